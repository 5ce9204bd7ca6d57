"""The wire of the virtual line: pulses that trigger a simulated camera, as datagrams on one machine.

Whoever drives the line sends a JSON object a pulse, ``{"part": 12, "at_ns": 123}``, to the abstract UNIX socket
``station-wire-NAME``: which part lies before the camera, and when, by this machine's monotonic clock. A pulse that nobody listens
to is gone, as on a wire.
"""

import json
import select
import socket
from dataclasses import dataclass

from camera.device import CameraError

ADDRESS = "\0station-wire-{name}"
_PULSE_BYTES = 256


@dataclass(frozen=True, slots=True)
class Pulse:
    """One signal."""

    part: int
    at_ns: int


class Wire:
    """The camera's end. Raises `CameraError` where another camera has it."""

    def __init__(self, camera: str, name: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        try:
            self._socket.bind(ADDRESS.format(name=name))
        except OSError as error:
            self._socket.close()
            raise CameraError(
                f"camera {camera!r}: option 'wire': {name!r} cannot be had ({error.strerror}); another camera may have it"
            ) from None

    def pulses(self, wait_s: float) -> list[Pulse]:
        """What came since; waits so long for the first."""
        select.select([self._socket], [], [], max(wait_s, 0.0))
        came = []
        while True:
            try:
                came.append(Pulse(**json.loads(self._socket.recv(_PULSE_BYTES))))
            except BlockingIOError:
                return came

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()
