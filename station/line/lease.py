"""A frame's slot in the ring, shared by those who still read it."""

import threading

from camera.events import FrameLease
from camera.frame import Frame


class SharedLease:
    """A lease that `holders` users share; the slot goes back to the camera when the last of them lets go."""

    def __init__(self, lease: FrameLease, holders: int) -> None:
        self._lease = lease
        self._holders = holders
        self._lock = threading.Lock()

    @property
    def frame(self) -> Frame:
        """The frame; its pixels are valid until this holder lets go."""
        return self._lease.frame

    def let_go(self) -> None:
        """Say that one holder needs the pixels no more; to be called once by each."""
        with self._lock:
            self._holders -= 1
            last = self._holders == 0
        if last:
            self._lease.release()
