"""A worker's process as the client sees it: start, talk, kill."""

import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

from camera.ring import Ring
from camera.settings import CameraSettings
from camera.wire import PACKET_BYTES, Begin, Message, Stop, decode, encode

_STOP_GRACE_S = 0.7
"""How long a worker may take to close its device before it is killed; Ctrl-C must end a station within two seconds."""
_CHECKOUT = str(Path(__file__).parent.parent)


class WorkerProcess:
    """One worker with its own socket and its own ring; both end with it, except for leases still held.

    It loads the libraries of its backend at once and then waits for `begin`: until then it touches no device.

    Parameters
    ----------
    settings
        The camera's.
    wake_fd
        An eventfd that ends a `receive` without a message.

    Raises
    ------
    OSError
        If the process cannot be started.
    """

    def __init__(self, settings: CameraSettings, wake_fd: int) -> None:
        self._settings = settings
        self._wake_fd = wake_fd
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        memory = Ring.create(settings.name, settings.ring_slots, settings.max_frame_bytes)
        try:
            self.ring = Ring(memory, settings.ring_slots, settings.max_frame_bytes)
            self._process = _spawn(settings.backend, theirs.fileno(), memory)
        except OSError:
            self._socket.close()
            raise
        finally:
            theirs.close()
            os.close(memory)
        self._socket.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)
        self._poll.register(wake_fd, select.POLLIN)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def begin(self) -> bool:
        """Let it open its device; False when it is gone."""
        return self.send(Begin(self._settings))

    def send(self, message: Message) -> bool:
        """Send without waiting; False when the worker does not take it."""
        try:
            self._socket.send(encode(message))
        except OSError:
            return False
        return True

    def receive(self, timeout_s: float) -> Message | None:
        """Wait for a message or to be woken; None when no message came.

        Raises
        ------
        EOFError
            When the worker is gone and everything it said has been heard.
        """
        spoken = False
        for fd, _ in self._poll.poll(timeout_s * 1000):
            if fd == self._wake_fd:
                os.eventfd_read(fd)
            else:
                spoken = True
        if not spoken:
            return None
        try:
            packet = self._socket.recv(PACKET_BYTES)
        except ConnectionResetError:
            packet = b""
        if not packet:
            raise EOFError
        return decode(packet)

    def end(self, *, gently: bool) -> str:
        """Make sure that the process is gone, and say how it went."""
        if gently and self.send(Stop()):
            self._wait(_STOP_GRACE_S)
        if self._process.poll() is None:
            self._process.kill()
        status = self._process.wait()
        self._socket.close()
        if status < 0:
            return f"its process was ended by {signal.Signals(-status).name}"
        return f"its process ended with status {status}"

    def expect_exit(self) -> None:
        """Give a worker that closed its socket the time to end by itself, so that its true status is seen."""
        self._wait(_STOP_GRACE_S)

    def _wait(self, timeout_s: float) -> None:
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return


def wait_for_wake(timeout_s: float, wake_fd: int) -> None:
    """Wait for the eventfd `wake_fd`, and reset it."""
    poll = select.poll()
    poll.register(wake_fd, select.POLLIN)
    if poll.poll(timeout_s * 1000):
        os.eventfd_read(wake_fd)


def _spawn(backend: str, socket_fd: int, ring_fd: int) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (_CHECKOUT, os.environ.get("PYTHONPATH"))))
    numbers = {"--socket": socket_fd, "--ring": ring_fd, "--parent": os.getpid()}
    arguments = [text for name, number in numbers.items() for text in (name, str(number))]
    return subprocess.Popen(
        # -P: a folder named `camera` in the working directory is not ours.
        [sys.executable, "-P", "-m", "camera.worker", "--backend", backend, *arguments],
        pass_fds=(socket_fd, ring_fd),
        stdin=subprocess.DEVNULL,
        stdout=2,  # what a producer prints must not get into the results on stdout
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        process_group=0,  # Ctrl-C in a terminal reaches the engine alone
    )
