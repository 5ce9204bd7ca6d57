"""The draft log: every edit and every piece of a stroke is in a file before the screen shows it, so that a kill loses none.

A line is written with one system call, whose work outlives the process; `sync` makes it outlive a power cut as well.
`labeling.replay` says what a line is and reads it again.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy.typing as npt

from labeling.codec import command_to_json, document_to_json
from labeling.edits import Command, Document, History
from labeling.replay import FORMAT, Draft, DraftError, Step, Stroke, line_of, read_draft, replay
from labeling.shapes import Points, frozen_points

__all__ = ["Draft", "DraftError", "DraftLog", "Step", "Stroke", "read_draft"]


class DraftLog:
    """Writes one draft. One process at a time holds it; others get a `DraftError`.

    `append` and `stroke` return when the operating system has the entry: from then on a killed process does not lose it.
    """

    def __init__(self, path: Path, descriptor: int, draft: Draft, lines: int) -> None:
        self.path = path
        self.draft = draft
        """What was in the log when it was opened."""
        self._descriptor = descriptor
        self._length = draft.length
        self._lines = lines
        self._stroke = draft.unfinished_stroke
        self._torn = False
        """Whether a write failed, perhaps half way; the next one mends it first."""
        self._folder_synced = False
        self._closing = threading.Lock()

    @classmethod
    def begin(cls, path: Path, document: Document, about: Mapping[str, str]) -> Self:
        """Create a draft that begins with `document`; the file is there with its first line or not at all.

        Raises
        ------
        DraftError
            If there is one already (see `open`), or it cannot be written.
        """
        first = {"format": FORMAT, "about": dict(about), "document": document_to_json(document)}
        line = line_of(0, first)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            descriptor = _lock(
                os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600)
            )
            try:
                _write_whole(descriptor, line)
                os.link(temporary, path)
            except OSError:
                os.close(descriptor)
                raise
            finally:
                temporary.unlink()
        except FileExistsError:
            raise DraftError(f"{path}: there is a draft already; open it or discard it first") from None
        except OSError as error:
            raise DraftError(f"{path}: the draft cannot be written: {error.strerror}") from error
        return cls(path, descriptor, Draft(dict(about), History(document), None, True, "", len(line)), 1)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Go on with a draft after a crash; `draft` says what it holds.

        What cannot be read is cut off; if it is more than a line that was cut off, it is kept beside it as `….damaged`.

        Raises
        ------
        DraftError
            As `read_draft`, or if another process draws in it.
        """
        try:
            descriptor = _lock(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC))
        except BlockingIOError:
            raise DraftError(f"{path}: another program is drawing in it; close that one first") from None
        except OSError as error:
            raise DraftError(f"{path}: cannot be opened: {error.strerror}") from error
        try:
            data = path.read_bytes()
            draft = replay(path, data)
            rest = data[draft.length :]
            if b"\n" in rest:
                path.with_name(f"{path.name}.damaged").write_bytes(rest)
            os.ftruncate(descriptor, draft.length)
        except OSError as error:
            os.close(descriptor)
            raise DraftError(f"{path}: cannot be mended: {error.strerror}") from error
        except DraftError:
            os.close(descriptor)
            raise
        return cls(path, descriptor, draft, data[: draft.length].count(b"\n"))

    def append(self, entry: Command | Step) -> None:
        """Enter a command, an undo or a redo; a stroke that was being drawn ends with it.

        Raises
        ------
        DraftError
            If it cannot be written (disk full); the entries before it stay whole.
        """
        self._write({"step": entry.value} if isinstance(entry, Step) else {"command": command_to_json(entry)})
        self._stroke = None

    def stroke(self, points: npt.ArrayLike, *, tool: str = "", radius_px: float = 0.0) -> None:
        """Enter the stroke as far as it is drawn, shape (N, 2); only what is new since the last call is written.

        Raises
        ------
        DraftError
            As `append`.
        ValueError
            If the points are not N pairs of finite numbers.
        """
        stroke = Stroke(frozen_points(points), tool, radius_px)
        before = self._stroke
        same = before is not None and (before.tool, before.radius_px) == (tool, radius_px)
        kept = _common(before.points, stroke.points) if before is not None and same else 0
        if before is not None and same and kept == len(before.points) == len(stroke.points):
            return
        entry = {"from": kept, "points": stroke.points[kept:].tolist(), "tool": tool, "radius_px": radius_px}
        self._write({"stroke": entry})
        self._stroke = stroke

    def drop_stroke(self) -> None:
        """Enter that the stroke came to nothing, as when a second finger made a pinch of it."""
        if self._stroke is not None:
            self._write({"stroke": None})
            self._stroke = None

    def sync(self) -> None:
        """Make what is entered outlive a power cut; takes as long as the disk wants, so it may be called on any thread.

        Raises
        ------
        DraftError
            If the disk fails.
        """
        with self._closing:
            if self._descriptor < 0:
                return
            descriptor = os.dup(self._descriptor)  # stays open while the disk works, whoever closes the log meanwhile
        try:
            os.fdatasync(descriptor)
            if not self._folder_synced:
                _sync_folder(self.path.parent)
                self._folder_synced = True
        except OSError as error:
            raise DraftError(f"{self.path}: the draft cannot be kept: {error.strerror}") from error
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Let go of the file; it stays."""
        with self._closing:
            if self._descriptor >= 0:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)
                os.close(self._descriptor)
                self._descriptor = -1

    def discard(self) -> None:
        """Remove the draft, once what it holds is stored elsewhere or given up."""
        self.path.unlink(missing_ok=True)
        self.close()

    def _write(self, entry: Mapping[str, Any]) -> None:
        line = line_of(self._lines, entry)
        try:
            if self._torn:
                os.ftruncate(self._descriptor, self._length)
            self._torn = True
            _write_whole(self._descriptor, line)
        except OSError as error:
            raise DraftError(f"{self.path}: the draft cannot be written: {error.strerror}") from error
        self._torn = False
        self._length += len(line)
        self._lines += 1


def _common(before: Points, after: Points) -> int:
    """Number of points at the beginning that both have."""
    count = min(len(before), len(after))
    same = (before[:count] == after[:count]).all(axis=1)
    return count if same.all() else int(same.argmin())


def _write_whole(descriptor: int, data: bytes) -> None:
    """Write in one call; `OSError` if the disk took only a part."""
    if os.write(descriptor, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _lock(descriptor: int) -> int:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
