"""The operator's screen as a real window before a real line: what a person sees of it, and what the journal has of them.

Buttons are found by their colours, as the operator finds them: blue is OK, orange is NG.
"""

import json
import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
from rig import Rig
from screen import screen
from waiting import wait_until
from x_window import Desktop

from labeling.annotation import Annotation
from station.demo.layout import write_files
from station.desk.messages import Kind, ManagePeople
from station.journal.reader import JournalReader
from station.journal.records import PartSummary
from station.line.inspection import Author, VerdictKind

BADGE, PIN = "B-4711", "271828"
OK_BLUE, NG_ORANGE = (0x00, 0x5A, 0x8C), (0xB3, 0x47, 0x00)
PANEL, FAULT_RED, VIOLET = (0xDF, 0xE2, 0xE3), (0x8F, 0x1D, 0x1D), (0x5B, 0x3F, 0x8C)
BUTTON_PX = 8_000
"""Pixels of a colour that only the big button has."""
TITLE = "Inspection station"
SCRIPT = Path(__file__).parent / "touched_screen.py"
SEES_MS = 500
"""A person taps no sooner after they have seen what to tap; the screen does not take what comes sooner."""
At = tuple[float, float]


# A line and its people ------------------------------------------------------------------------------------------------


def start_asking_line(rig: Rig, takt_ms: int, gate_pitch: int) -> Rig:
    """Start a line on which a person must decide every part, and give somebody a badge."""
    rig.plan = replace(rig.plan, takt_ms=takt_ms, gate_pitch=gate_pitch)
    write_files(rig.plan, rig.port)
    recipe = rig.plan.data / "recipes" / "plate-A.toml"
    text = re.sub(r"wait_ms = \d+", "wait_ms = 25000", recipe.read_text())
    recipe.write_text(text.replace('model = "plate-A"\n', 'model = "plate-A"\nlow = -1e9\nhigh = 1e9\n'))
    rig.start_engine()
    rig.until_online()
    with screen(rig.plan.data, Kind.TOOL) as tool:
        details = {"name": "Maria", "role": "operator", "badge": BADGE, "pin": PIN}
        answer = tool.ask(ManagePeople(key=uuid4(), action="add", details=details))
        assert answer.done, answer.text
    return rig


def parts(rig: Rig) -> dict[int, PartSummary]:
    with JournalReader(rig.plan.data) as reader:
        return {part.part_seq: part for part in reader.parts(limit=100).parts}


def until(rig: Rig, condition: Callable[[dict[int, PartSummary]], bool], what: str) -> None:
    wait_until(lambda: condition(parts(rig)), what, 40.0)


def verdicts(found: dict[int, PartSummary], kind: VerdictKind) -> set[int]:
    """Parts that a person called so."""
    return {seq for seq, part in found.items() if part.by is Author.OPERATOR and part.verdict is kind}


def verdicts_given(rig: Rig, part_seq: int) -> list[tuple[str, str]]:
    """Every verdict of a part, the oldest first, and who gave it."""
    with JournalReader(rig.plan.data) as reader:
        record = reader.part(parts(rig)[part_seq].uid)
    assert record is not None
    return [
        (verdict.kind.value, verdict.author if verdict.by is Author.OPERATOR else "") for verdict in record.verdicts
    ]


def newest_annotation(rig: Rig, part_seq: int) -> Annotation:
    with JournalReader(rig.plan.data) as reader:
        return reader.annotations(parts(rig)[part_seq].uid)[-1].annotation


# The window -----------------------------------------------------------------------------------------------------------


@contextmanager
def window(rig: Rig, display: Desktop) -> Iterator[subprocess.Popen[bytes]]:
    """Open the screen, as `station ui` does."""
    with _opened(rig, display, ["-m", "station"]) as process:
        yield process


@contextmanager
def _opened(rig: Rig, display: Desktop, program: Sequence[str], **how: Any) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, *program, "ui", "--data", str(rig.plan.data), "--window", "1600x960"]
    with rig.plc_log.with_name("ui.log").open("ab") as log:
        process = subprocess.Popen(command, env=display.environment, stderr=log, **how)
    try:
        display.hand("windowactivate", "--sync", display.window(TITLE))
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(10)


def log_in(rig: Rig, display: Desktop) -> None:
    """Scan the badge and type the PIN."""
    before = logins(rig)
    wait_until(lambda: seen(display, PANEL) and not seen(display, FAULT_RED), "the screen, attached to the engine")
    display.type(BADGE, pause_ms=1)
    display.type(PIN)
    wait_until(lambda: logins(rig) == before + 1, "the log-in in the audit chain")


def logins(rig: Rig) -> int:
    with JournalReader(rig.plan.data) as reader:
        ((count,),) = reader.connection.execute("SELECT count(*) FROM audit WHERE event = 'logged-in'")
    return int(count)


def matching(display: Desktop, colour: tuple[int, int, int]) -> npt.NDArray[np.bool_]:
    pixels: npt.NDArray[np.uint8] = np.asarray(display.picture().convert("RGB"))
    return np.asarray((np.abs(pixels.astype(int) - colour) <= 2).all(axis=2), np.bool_)


def seen(display: Desktop, colour: tuple[int, int, int]) -> bool:
    return int(matching(display, colour).sum()) > BUTTON_PX


def place_of(display: Desktop, colour: tuple[int, int, int]) -> At | None:
    """Return the middle of a big button of that colour; None while there is none, or it is greyed out."""
    rows, columns = np.nonzero(matching(display, colour))
    return (float(np.median(columns)), float(np.median(rows))) if len(rows) > BUTTON_PX else None


def found(display: Desktop, colour: tuple[int, int, int], what: str) -> At:
    """Wait for a big button of that colour."""
    places: list[At] = []

    def look() -> bool:
        place = place_of(display, colour)
        places.extend([place] if place is not None else [])
        return bool(places)

    wait_until(look, f"{what} to tap")
    return places[0]


def circle(x: float, y: float, radius: float) -> list[At]:
    return [(x + radius * math.cos(a / 10), y + radius * math.sin(a / 10)) for a in range(60)]


# A window that can be touched -----------------------------------------------------------------------------------------


@dataclass
class Fingers:
    """Fingers on the screen's window (see `touched_screen`); they count their taps and strokes."""

    process: subprocess.Popen[bytes]
    taps: int = 0
    strokes: int = 0

    def tap(self, at: At) -> None:
        """Touch and let go."""
        self.taps += 1
        self._touch([[[0, "press", *at]], [[0, "release", *at]]], SEES_MS)

    def tap_button(self, words: str) -> None:
        """Tap a button by what it says."""
        wait_until(lambda: self.where(words) is not None, f"a button {words!r}")
        at = self.where(words)
        assert at is not None
        self.tap(at)

    def stroke(self, points: Sequence[At]) -> None:
        """Draw with one finger."""
        self.strokes += 1
        moves = [[[0, "move", *at]] for at in points[1:]]
        self._touch([[[0, "press", *points[0]]], *moves, [[0, "release", *points[-1]]]])

    def two(self, begin: tuple[At, At], end: tuple[At, At], steps: int = 20) -> None:
        """Put two fingers down, move both and lift them."""
        frames: list[Any] = [[[finger, "press", *at] for finger, at in enumerate(begin)]]
        for step in range(1, steps + 1):
            places = [
                [x + (to_x - x) * step / steps, y + (to_y - y) * step / steps]
                for (x, y), (to_x, to_y) in zip(begin, end, strict=True)
            ]
            frames.append([[finger, "move", *at] for finger, at in enumerate(places)])
        frames.append([[finger, "release", *at] for finger, at in enumerate(end)])
        self._touch(frames)

    def where(self, words: str) -> At | None:
        """Return the middle of a button that can be pressed, by what it says."""
        place: At | None = self._ask({"where": words})
        return place

    def canvas(self) -> tuple[At, At]:
        """Return the upper left and the lower right corner of the picture's widget."""
        left, top, right, bottom = self._ask({"canvas": True})
        return (left, top), (right, bottom)

    def _touch(self, frames: list[Any], after_ms: int = 0) -> None:
        assert self._ask({"frames": frames, "after_ms": after_ms})

    def _ask(self, question: dict[str, Any]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def touched_window(rig: Rig, display: Desktop) -> Iterator[Fingers]:
    """Open the screen with a touch panel."""
    with _opened(rig, display, [str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin, process.stdout:
            yield Fingers(process)
            process.terminate()
            process.wait(10)
