"""One writer a data folder: a second station on the same folder is told so, not let in."""

import contextlib
import errno
import fcntl
import os
import signal
import threading
import time
from pathlib import Path

from station.journal.disk import storage_error
from station.journal.errors import StorageError

_POLL_S = 0.02
WANTED = ".wanted"
"""Suffix of the file that asks a holder that gives way to let go."""
_GIVES_WAY = "gives way"
"""Stands behind the holder's process id, where it has promised to let go."""
PATIENCE_S = 5.0
"""A holder that has promised to let go and does not for so long hangs; it is ended, because the line waits for nobody."""
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
            Whether this holder looks at `wanted` and lets go; such a one asks no other to. One that hangs is killed by
            whoever has asked for `PATIENCE_S`: what it acknowledged is durable.

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
                promise = f" {_GIVES_WAY}" if gives_way else ""
                os.pwrite(self._descriptor, f"{os.getpid()}{promise}\n".encode(), 0)
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
        holder, _, promise = os.pread(descriptor, 32, 0).decode(errors="replace").strip().partition(" ")
        if wanted is not None and _asked_for_s(wanted) > PATIENCE_S and promise == _GIVES_WAY:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(holder), signal.SIGKILL)
        if time.monotonic() > deadline_s:
            raise StorageError(
                f"{path}: another station (process {holder or 'unknown'}) holds this data folder; "
                "stop it or choose another folder"
            )
        threading.Event().wait(_POLL_S)


def _asked_for_s(wanted: Path) -> float:
    """Ask the holder to let go; return for how long it has been asked, by whoever, in seconds."""
    now_s = time.monotonic()  # of the machine: every process reads the same
    try:
        since_s = float(wanted.read_text())
    except (FileNotFoundError, ValueError):
        since_s = now_s
    else:
        if since_s <= now_s:
            return now_s - since_s
    wanted.write_text(repr(now_s))
    return 0.0
