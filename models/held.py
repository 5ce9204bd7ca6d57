"""Folders that one process at a time works in, and files that are on the disk when they are said to be."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

YOUNG_S = 60.0
"""A folder this young may be somebody's who does not hold it yet."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder against everybody else who asks for it; whoever dies lets go."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_left(folder: Path) -> bool:
    """Whether nobody works in a folder that a version is written in: it is not young, and not held."""
    try:
        if time.time() - folder.stat().st_mtime < YOUNG_S:
            return False
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return False  # whoever wrote it has just finished
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def write(path: Path, data: bytes) -> None:
    """Write a file, durably but for its name: see `sync_folder`."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
