"""The operator's screen as a real window on a real X server, worked by a hand that knows nothing of it but what it sees.

Buttons are found by their colours, as the operator finds them: blue is OK, orange is NG.
"""

import math
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest
from rig import Rig
from screen import screen
from waiting import wait_until
from x_window import Desktop, desktop

from labeling.annotation import Annotation
from station.demo.layout import write_files
from station.desk.messages import Kind, ManagePeople
from station.journal.reader import JournalReader
from station.journal.records import PartSummary
from station.line.inspection import Author, VerdictKind

pytestmark = pytest.mark.system

BADGE, PIN = "B-4711", "271828"
OK_BLUE, NG_ORANGE = (0x00, 0x5A, 0x8C), (0xB3, 0x47, 0x00)
PANEL, FAULT_RED, VIOLET = (0xDF, 0xE2, 0xE3), (0x8F, 0x1D, 0x1D), (0x5B, 0x3F, 0x8C)
BUTTON_PX = 8_000
"""Pixels of a colour that only the big button has."""
TITLE = "Inspection station"


@pytest.fixture(scope="module")
def display() -> Iterator[Desktop]:
    with desktop(1600, 1000) as found:
        yield found


@contextmanager
def window(rig: Rig, display: Desktop) -> Iterator[subprocess.Popen[bytes]]:
    """Open the screen and log in with badge and PIN."""
    command = [sys.executable, "-m", "station", "ui", "--data", str(rig.plan.data), "--window", "1600x960"]
    with rig.plc_log.with_name("ui.log").open("ab") as log:
        process = subprocess.Popen(command, env=display.environment, stderr=log)
    try:
        display.hand("windowactivate", "--sync", display.window(TITLE))
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(10)


def log_in(rig: Rig, display: Desktop) -> None:
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


def place_of(display: Desktop, colour: tuple[int, int, int]) -> tuple[float, float] | None:
    """Return the middle of a big button of that colour; None while there is none, or it is greyed out."""
    rows, columns = np.nonzero(matching(display, colour))
    return (float(np.median(columns)), float(np.median(rows))) if len(rows) > BUTTON_PX else None


def tap(display: Desktop, colour: tuple[int, int, int], what: str) -> None:
    wait_until(lambda: place_of(display, colour) is not None, f"{what} to tap")
    place = place_of(display, colour)
    assert place is not None
    display.tap(*place)


def parts(rig: Rig) -> dict[int, PartSummary]:
    with JournalReader(rig.plan.data) as reader:
        return {part.part_seq: part for part in reader.parts(limit=100).parts}


def until(rig: Rig, condition: Callable[[dict[int, PartSummary]], bool], what: str) -> None:
    wait_until(lambda: condition(parts(rig)), what, 40.0)


@pytest.fixture
def line(rig: Rig) -> Rig:
    """A line on which a person must decide every part, and somebody with a badge."""
    rig.plan = replace(rig.plan, takt_ms=9000)
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


def circle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return [(x + radius * math.cos(a / 10), y + radius * math.sin(a / 10)) for a in range(60)]


def verdicts(found: dict[int, PartSummary], kind: VerdictKind) -> set[int]:
    return {seq for seq, part in found.items() if part.by is Author.OPERATOR and part.verdict is kind}


def newest_annotation(rig: Rig, part_seq: int) -> Annotation:
    with JournalReader(rig.plan.data) as reader:
        return reader.annotations(parts(rig)[part_seq].uid)[-1].annotation


def test_one_tap_for_ok_two_for_ng_and_a_stroke_for_a_defect(line: Rig, display: Desktop) -> None:
    with window(line, display):
        log_in(line, display)
        line.start_plc(3)
        until(line, lambda found: 1 in found, "the first part")
        tap(display, OK_BLUE, "OK")
        until(line, lambda found: verdicts(found, VerdictKind.OK) == {1}, "one tap: the first part is OK")
        until(line, lambda found: 2 in found, "the second part")
        tap(display, NG_ORANGE, "NG")
        until(line, lambda found: verdicts(found, VerdictKind.NG) == {2}, "one tap: the second part is NG")
        display.stroke(circle(520, 520, 60))
        display.key("2")
        until(line, lambda found: found[2].labels == 1, "one stroke and one key: its defect has outline and class")
        display.key("Return")
        until(line, lambda found: 3 in found, "the third part")
        wait_until(lambda: seen(display, VIOLET), "the third part asks for a decision")
        display.key("o")
        until(line, lambda found: verdicts(found, VerdictKind.OK) == {1, 3}, "one key: the third part is OK")
        line.wait_plc()
    (label,) = newest_annotation(line, 2).labels
    assert label.class_name == "dent"
    left, top, right, bottom = label.shape.bounds
    assert 10 < right - left < 100
    assert 10 < bottom - top < 100
    assert {part.part_seq for part in line.gated() if part.passed} == {1, 3}
    assert all(part.author == "Maria" for part in parts(line).values())
    assert line.json("verify")["ok"]


def test_killed_in_the_middle_of_an_outline_the_screen_goes_on_with_it(line: Rig, display: Desktop) -> None:
    with window(line, display) as process:
        log_in(line, display)
        line.start_plc(1)
        until(line, lambda found: 1 in found, "the part")
        tap(display, NG_ORANGE, "NG")
        until(line, lambda found: verdicts(found, VerdictKind.NG) == {1}, "NG")
        display.stroke(circle(520, 520, 60), release=False)
        drafts = line.plan.data / "desk" / "drafts"
        wait_until(lambda: any(drafts.glob("*")), "the stroke is in a draft while the finger is still down")
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        display.hand("mouseup", 1)
    assert parts(line)[1].labels == 0
    with window(line, display):
        log_in(line, display)
        wait_until(lambda: seen(display, VIOLET), "the band that says what was recovered")
        rows, columns = np.nonzero(matching(display, VIOLET))
        display.tap(columns.max() - 50, float(np.median(rows)))  # its button, at the end of the band
        above = float(np.median(rows))
        wait_until(lambda: np.median(np.nonzero(matching(display, VIOLET))[0]) > above + 100, "the part, open again")
        display.key("1")
        until(line, lambda found: found[1].labels == 1, "the outline came back, and one key gives it its class")
        display.key("Return")
        wait_until(lambda: not any(drafts.glob("*")), "a draft goes once all of it is in the journal")
    (label,) = newest_annotation(line, 1).labels
    assert label.class_name == "scratch"
