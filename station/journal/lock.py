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
WANTED = ".wanted"
"""Suffix of the file that asks a holder that gives way to let go."""
_held: set[Path] = set()
"""What this process holds: a record lock does not refuse its own process, and a second close would free the first."""


class WriterLock:
    """A POSIX record lock on a file.

    It goes when its process goes, however it goes, and a forked child does not inherit it, so that nothing a killed
    station leaves behind keeps the next one out (see fcntl(2)).
    """

    def __init__(self, path: Path, timeout_s: float, *, gives_way: bool = False) -> None:
        """Take the lock, waiting for a process that is just ending, or that gives way to this one.

        Parameters
        ----------
        gives_way
            Whether this holder looks at `wanted` and lets go; such a one asks no other to.

        Raises
        ------
        StorageError
            If somebody else still holds it after `timeout_s`, or this process does.
        """
        self._path = path.resolve()
        if self._path in _held:
            raise StorageError(f"{path}: this process has the data folder open already; close it there first")
        try:
            wanted = None if gives_way else self._path.with_suffix(WANTED)
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _take(self._descriptor, path, time.monotonic() + timeout_s, wanted)
                os.truncate(self._descriptor, 0)
                os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)
            except BaseException:
                os.close(self._descriptor)
                raise
        except OSError as error:
            raise storage_error(path, "lock the journal", error) from error
        _held.add(self._path)

    @property
    def wanted(self) -> bool:
        """Whether somebody waits who does not give way; they say so in a file beside the lock."""
        return self._path.with_suffix(WANTED).exists()

    def release(self) -> None:
        """Let the next one in; safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            _held.discard(self._path)


def _take(descriptor: int, path: Path, deadline_s: float, wanted: Path | None) -> None:
    while True:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EACCES, errno.EAGAIN}:
                raise
        else:
            path.with_suffix(WANTED).unlink(missing_ok=True)
            return
        if wanted is not None:
            wanted.touch()
        if time.monotonic() > deadline_s:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
            raise StorageError(
                f"{path}: another station (process {holder}) holds this data folder; stop it or choose another folder"
            )
        threading.Event().wait(_POLL_S)
