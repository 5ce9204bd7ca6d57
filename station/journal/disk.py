"""How files become durable, and how much room is left for them."""

import contextlib
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from station.journal.errors import StorageError

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that mean "full": the disk, the quota, the largest file this process may write."""


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable (fsync of the directory itself, see fsync(2))."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(path: Path) -> None:
    """Make a directory with its parents and make every new name durable.

    Raises
    ------
    StorageError
        If it cannot be made.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        for folder in missing:
            sync_directory(folder.parent)
    except OSError as error:
        raise storage_error(path, "make the folder", error) from error


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; write(2) may take fewer than it is given (at the end of a full disk, for one)."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_durably(path: Path, data: bytes, *, mode: int = 0o644, attempt: str = "write the file") -> None:
    """Put a file in place of the one of that name, durable on return; a crash leaves the one or the other, never a part.

    Not to be called for one path by two threads at once.

    Parameters
    ----------
    mode
        Who may read it, as in open(2).
    attempt
        What could not be done when it goes wrong, as in "cannot …".

    Raises
    ------
    StorageError
        If it cannot be written; what was there stays.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise storage_error(path, attempt, error) from error


def storage_error(path: Path, attempt: str, error: OSError) -> StorageError:
    """Say in words what the operating system refused, and what to do about it."""
    if error.errno in NO_SPACE:
        remedy = "the disk is full: free some space or move the data folder to a larger disk"
    elif error.errno in {errno.EACCES, errno.EPERM}:
        remedy = "give the station's user write access to the data folder"
    elif error.errno == errno.EROFS:
        remedy = "the file system is read-only: mount it for writing and check the disk"
    elif error.errno == errno.EIO:
        remedy = "the disk fails: check its health (smartctl) and the kernel log, and replace it"
    else:
        remedy = "check the data folder and the disk it is on"
    return StorageError(f"{path}: cannot {attempt} ({error.strerror or error}); {remedy}")


def free_space(root: Path) -> int:
    """Return the bytes an ordinary user may still write on the file system of `root`.

    Raises
    ------
    StorageError
        If `root` is not there.
    """
    try:
        status = os.statvfs(root)
    except OSError as error:
        raise storage_error(root, "measure the free space", error) from error
    return status.f_bavail * status.f_frsize


@dataclass(frozen=True, slots=True)
class Watermark:
    """The least free space a station works with: below it Ready drops, before the disk is full."""

    root: Path
    minimum_bytes: int

    def check(self) -> None:
        """Raise `StorageError` with the remedy when less than the minimum is free."""
        free = free_space(self.root)
        if free < self.minimum_bytes:
            raise StorageError(
                f"{self.root}: {free / 1e6:.0f} MB free, the station stops taking parts below "
                f"{self.minimum_bytes / 1e6:.0f} MB; free some space or move the data folder to a larger disk"
            )
