"""What is in a draft log: its lines, and what they come to when they are done again one after the other.

One line an entry: the CRC-32 of the line (seeded with its number, so that no line can be lost or swapped unseen), a space,
JSON. The first line says what the draft is about and what it began with; the others are replayed on it. A line that was
cut off or damaged ends the replay: what came before it is whole.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import numpy as np

from labeling import strict
from labeling.codec import command_from_json, document_from_json
from labeling.edits import History
from labeling.shapes import Points, frozen_points

FORMAT: Final = 1
"""Of the log; a command's JSON is that of `labeling.codec`."""


class DraftError(Exception):
    """A draft cannot be read or written; the message says which file, why, and what to do."""


class Step(StrEnum):
    """What is entered beside commands."""

    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """A stroke while it is drawn.

    Attributes
    ----------
    points
        Shape (N, 2), in image pixels.
    tool
        The caller's word for what draws it.
    radius_px
        Of a brush; 0 for tools without one.
    """

    points: Points
    tool: str = ""
    radius_px: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What a draft log holds.

    Attributes
    ----------
    about
        What the writer said it is about, such as part and view.
    history
        The document with all that can be undone and redone.
    unfinished_stroke
        A stroke that no entry ended.
    intact
        False where the file ends in something else than a whole line; `problem` says what and where.
    length
        Bytes of the file up to the last whole line.
    """

    about: Mapping[str, str]
    history: History
    unfinished_stroke: Stroke | None
    intact: bool
    problem: str
    length: int


def read_draft(path: Path) -> Draft:
    """Return what is in a draft log, as far as it is whole.

    Raises
    ------
    DraftError
        If there is no such file, its beginning is damaged, or another version of the program wrote it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DraftError(f"{path}: cannot be read: {error.strerror}") from error
    return replay(path, data)


@dataclass(slots=True)
class _Replay:
    """The state between two lines."""

    about: dict[str, str]
    history: History
    stroke: Stroke | None = None

    def take(self, entry: Mapping[str, Any]) -> None:
        """Apply one line; `ValueError` if it is none or does not fit what is there."""
        match entry:
            case {"command": command, **rest} if not rest:
                self.history = self.history.do(command_from_json(command))
                self.stroke = None
            case {"step": Step.UNDO, **rest} if not rest:
                self.history, self.stroke = self.history.undo(), None
            case {"step": Step.REDO, **rest} if not rest:
                self.history, self.stroke = self.history.redo(), None
            case {"stroke": None, **rest} if not rest:
                self.stroke = None
            case {"stroke": stroke, **rest} if not rest:
                self.stroke = _continued(self.stroke, stroke)
            case _:
                raise ValueError("it is no entry of a draft")


def _continued(stroke: Stroke | None, value: object) -> Stroke:
    """Return the stroke with what a line adds to it; `ValueError` if that does not fit."""
    read = strict.exact_object(value, "stroke", ("from", "points", "tool", "radius_px"))
    before = np.empty((0, 2)) if stroke is None else stroke.points
    if (kept := strict.whole(read["from"], "stroke.from")) > len(before):
        raise ValueError(f"a stroke of {len(before)} points cannot go on from point {kept}")
    added = strict.items(read["points"], "stroke.points", strict.point)
    points = np.concatenate([before[:kept], np.reshape(added, (-1, 2))])
    radius_px = strict.number(read["radius_px"], "stroke.radius_px")
    return Stroke(frozen_points(points), strict.text(read["tool"], "stroke.tool"), radius_px)


def replay(path: Path, data: bytes) -> Draft:
    """Return what the lines of a log come to, up to the first that is not whole."""
    *lines, rest = data.split(b"\n")
    state: _Replay | None = None
    length = 0
    problem = f"line {len(lines) + 1} was cut off" if rest else ""
    for number, line in enumerate(lines):
        try:
            entry = _entry(number, line)
            if state is None:
                strict.check_format(entry, "draft", FORMAT)
                state = _first(entry)
            else:
                state.take(entry)
        except ValueError as error:
            if state is None:
                raise DraftError(f"{path}: cannot be read: {error}") from error
            problem = f"line {number + 1} cannot be read ({error}); {len(lines) - number} lines are left out"
            break
        length += len(line) + 1
    if state is None:
        raise DraftError(f"{path}: its beginning was cut off; nothing can be recovered from it")
    return Draft(state.about, state.history, state.stroke, not problem, problem and f"{path}: {problem}", length)


def _first(entry: Mapping[str, Any]) -> _Replay:
    match entry:
        case {"format": int(), "about": dict(about), "document": document, **rest} if not rest:
            if not all(isinstance(value, str) for value in about.values()):
                raise ValueError("draft.about: must be texts")
            return _Replay(about, History(document_from_json(document)))
    raise ValueError("it does not begin as a draft")


def line_of(number: int, entry: Mapping[str, Any]) -> bytes:
    """Return the line of an entry; `number` counts lines from 0."""
    body = json.dumps(entry, separators=(",", ":"), allow_nan=False).encode()
    return b"%08x %s\n" % (zlib.crc32(body, number), body)


def _entry(number: int, line: bytes) -> dict[str, Any]:
    """Return the entry of a line; `ValueError` if the line is not as it was written."""
    body = line[9:]
    if line[:9] != b"%08x " % zlib.crc32(body, number):
        raise ValueError("its check sum is wrong")
    entry = json.loads(body)
    if not isinstance(entry, dict):
        raise ValueError("it is no entry of a draft")  # noqa: TRY004  # what is in a file is a value, whatever its type
    return entry
