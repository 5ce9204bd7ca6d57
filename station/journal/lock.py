"""One writer a data folder: a second station on the same folder is told so, not let in."""

import errno
import fcntl
import os
import threading
import time
from pathlib import Path

from station.journal.disk import storage_error
from station.journal.errors import StorageError

_POLL_S = 0.02
_held: set[Path] = set()
"""What this process holds: a record lock does not refuse its own process, and a second close would free the first."""


class WriterLock:
    """A POSIX record lock on a file.

    It goes when its process goes, however it goes, and a forked child does not inherit it, so that nothing a killed
    station leaves behind keeps the next one out (see fcntl(2)).
    """

    def __init__(self, path: Path, timeout_s: float) -> None:
        """Take the lock, waiting for a process that is just ending.

        Raises
        ------
        StorageError
            If somebody else still holds it after `timeout_s`, or this process does.
        """
        self._path = path.resolve()
        if self._path in _held:
            raise StorageError(f"{path}: this process has the data folder open already; close it there first")
        try:
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _take(self._descriptor, path, time.monotonic() + timeout_s)
                os.truncate(self._descriptor, 0)
                os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)
            except BaseException:
                os.close(self._descriptor)
                raise
        except OSError as error:
            raise storage_error(path, "lock the journal", error) from error
        _held.add(self._path)

    def release(self) -> None:
        """Let the next one in; safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            _held.discard(self._path)


def _take(descriptor: int, path: Path, deadline_s: float) -> None:
    while True:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EACCES, errno.EAGAIN}:
                raise
        else:
            return
        if time.monotonic() > deadline_s:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            raise StorageError(
                f"{path}: another station (process {holder}) holds this data folder; stop it or choose another folder"
            )
        threading.Event().wait(_POLL_S)
