"""A screen that is killed in the middle of an outline: what was drawn is there again, and nobody is told it was saved."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk_of_parts import Station
from whole_screen import Screen

from labeling.drafts import read_draft
from labeling.shapes import Polygon
from station.ui.operator.handover import Standing

SCRIPT = Path(__file__).parent.parent / "support" / "draw_on_screen.py"


@dataclass
class Killed:
    """A screen that is no more: how many outlines it had finished, and places of the next that it said it had taken."""

    outlines: int
    taken: int


@pytest.fixture
def killed(tmp_path: Path, request: pytest.FixtureRequest) -> Killed:
    """Run a screen that draws, and kill it when the finger was at so many places."""
    outlines, places = request.param
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(SCRIPT), str(tmp_path / "data"), str(tmp_path / "audit.key"), str(outlines)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as screen:
        assert screen.stdout is not None
        taken = 0
        while taken < places:
            line = screen.stdout.readline()
            assert line, "the screen ended by itself"
            taken = int(line)
        screen.kill()
        rest = screen.stdout.read().split(b"\n")[:-1]  # a line that was cut off was not said
    return Killed(outlines, int(rest[-1]) if rest else taken)


@pytest.fixture
def station(killed: Killed, tmp_path: Path) -> Iterator[Station]:
    """The desk that the next screen is attached to, on the same data."""
    station = Station(tmp_path / "data", tmp_path / "audit.key")
    yield station
    station.close()


@pytest.mark.system
@pytest.mark.parametrize("killed", [(0, 12), (2, 60), (1, 150)], indirect=True)
def test_what_was_drawn_when_the_screen_was_killed_is_there_again(
    killed: Killed, station: Station, screen: Screen
) -> None:
    (draft,) = (station.data / "desk" / "drafts").glob("*.jsonl")
    stroke = read_draft(draft).unfinished_stroke
    assert stroke is not None
    assert len(stroke.points) >= killed.taken  # not a single place is lost

    ng = screen.inspect.ng
    screen.until(ng.kept.isVisible)
    assert "Recovered" in ng.kept.words
    assert "saved" not in ng.kept.words.lower()
    screen.hands.tap(ng.kept._open)
    screen.until(lambda: ng.active)
    work = ng.work
    assert work is not None
    assert work.recovered
    before = ["scratch", "dent"][: killed.outlines]
    assert [label.class_name for label in work.state.labels] == [*before, ""]
    shape = work.state.labels[-1].shape
    assert isinstance(shape, Polygon)
    (left, top), (right, bottom) = stroke.points.min(axis=0), stroke.points.max(axis=0)
    assert shape.bounds == pytest.approx((left, top, right, bottom))
    assert "Recovered" in ng.page.standing.words
    assert "saved" not in f"{ng.page.standing.words} {ng.page.short.whole}".lower()

    screen.hands.tap(ng.page.palette_.chips[2])
    screen.until(lambda: work.handover.standing is Standing.SAVED)
    (part,) = station.journal.parts().parts
    newest = station.journal.annotations(part.uid)[-1].annotation
    assert [label.class_name for label in newest.labels] == [*before, "stain"]
    screen.hands.tap(ng.page.finish)
    screen.until(lambda: not list((station.data / "desk" / "drafts").glob("*.jsonl")))
