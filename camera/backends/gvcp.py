"""Whether a GigE Vision device is still there, asked beside the library that holds it.

The library waits for seconds before it gives a device up. What is asked is the register of its version, which every program may
read at any time (GigE Vision 2.0: GVCP, READREG_CMD; bootstrap registers).
"""

import itertools
import socket
import struct

PORT = 3956
TRIES = 3
WAIT_S = 0.15
"""For each try: a device on the same network answers within a few milliseconds."""

_READ = struct.Struct(">BBHHHI")
"""Key, flags, command, bytes that follow, number of the request, register."""
_KEY, _ANSWER_WANTED, _READREG, _FOLLOWING, _VERSION = 0x42, 0x01, 0x0080, 4, 0x0000


class Ping:
    """A question that is asked again and again; `address` is the device's.

    Raises
    ------
    OSError
        If there is no way to the address.
    """

    def __init__(self, address: str, port: int = PORT) -> None:
        self._numbers = itertools.cycle(range(1, 1 << 16))
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.connect((address, port))  # from now on it hears nobody else
        except OSError:
            self._socket.close()
            raise

    def answers(self) -> bool:
        """Ask, and wait at most `TRIES` times `WAIT_S`; whatever the device says, a refusal included, is an answer."""
        return any(self._answer() for _ in range(TRIES))

    def close(self) -> None:
        """Ask no more."""
        self._socket.close()

    def _answer(self) -> bool:
        request = _READ.pack(_KEY, _ANSWER_WANTED, _READREG, _FOLLOWING, next(self._numbers), _VERSION)
        try:
            self._socket.settimeout(0)
            while self._heard():  # what came too late for the question before
                pass
            self._socket.settimeout(WAIT_S)
            self._socket.send(request)
            return self._heard()
        except OSError:
            return False

    def _heard(self) -> bool:
        try:
            return bool(self._socket.recv(1024))
        except (TimeoutError, BlockingIOError):
            return False
