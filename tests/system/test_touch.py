"""The operator's screen as a real window under real fingers: what they did reaches journal and PLC, tap for tap."""

import numpy as np
import pytest
from operator_window import (
    NG_ORANGE,
    OK_BLUE,
    circle,
    found,
    log_in,
    newest_annotation,
    start_asking_line,
    touched_window,
    until,
    verdicts,
)
from rig import Rig
from waiting import wait_until
from x_window import Desktop

from labeling.shapes import Polygon
from station.line.inspection import VerdictKind

pytestmark = pytest.mark.system

SPREAD = 2.0
"""How much further apart two fingers end than they began."""
MOVED = np.array([-60.0, 40.0])
"""How far both went together, in pixels of the screen."""


def test_taps_strokes_and_two_fingers_reach_the_journal_and_the_plc(rig: Rig, display: Desktop) -> None:
    line = start_asking_line(rig, takt_ms=4000, gate_pitch=3)
    with touched_window(line, display) as fingers:
        log_in(line, display)
        line.start_plc(2)
        until(line, lambda known: 1 in known, "the first part")
        fingers.tap(found(display, OK_BLUE, "OK"))
        until(line, lambda known: verdicts(known, VerdictKind.OK) == {1}, "the first part is OK")
        assert (fingers.taps, fingers.strokes) == (1, 0)

        until(line, lambda known: 2 in known, "the second part")
        fingers.tap(found(display, NG_ORANGE, "NG"))
        until(line, lambda known: verdicts(known, VerdictKind.NG) == {2}, "the second part is NG")
        (left, top), (right, bottom) = fingers.canvas()
        middle = np.array([(left + right) / 2, (top + bottom) / 2])
        lasso = circle(middle[0], middle[1], 60.0)
        fingers.stroke(lasso)
        wait_until(lambda: fingers.where("Undo") is not None, "a stroke to take back")
        while fingers.where("Undo") is not None:  # the edges that were found first, where there were any
            fingers.tap_button("Undo")
        fingers.taps = fingers.strokes = 0
        fingers.stroke(lasso)
        fingers.tap_button("scratch")
        until(line, lambda known: known[2].labels == 1, "the defect has its outline and class")
        assert (fingers.taps, fingers.strokes) == (1, 1)

        fingers.tap_button("Box")
        ends = middle - 50.0, middle + 50.0
        box = [tuple((ends[0] + (ends[1] - ends[0]) * share).tolist()) for share in np.linspace(0.0, 1.0, 12)]
        fingers.stroke(box)
        fingers.tap_button("dent")
        until(line, lambda known: known[2].labels == 2, "a box as the whole part is seen")
        apart = np.array([60.0, 0.0])
        fingers.two(_pair(middle, apart), _pair(middle, apart * SPREAD))
        fingers.two(_pair(middle, apart), _pair(middle + MOVED, apart))
        fingers.stroke(box)
        fingers.tap_button("dent")
        until(line, lambda known: known[2].labels == 3, "the same box where the view was enlarged and moved")
        fingers.tap_button("Done")
        line.wait_plc()
    outlined, before, after = newest_annotation(line, 2).labels
    assert isinstance(outlined.shape, Polygon)
    assert [label.class_name for label in (outlined, before, after)] == ["scratch", "dent", "dent"]
    small, large = np.array(after.shape.bounds), np.array(before.shape.bounds)
    scale = 100.0 / (large[2] - large[0])  # pixels of the screen for one of the picture
    assert small[2:] - small[:2] == pytest.approx((large[2:] - large[:2]) / SPREAD, rel=0.02)
    centres = [(bounds[2:] + bounds[:2]) / 2 for bounds in (large, small)]
    assert (centres[0] - centres[1]) * scale * SPREAD == pytest.approx(MOVED, abs=2.0)
    assert {part.part_seq for part in line.gated() if part.passed} == {1}
    assert line.json("verify")["ok"]


def _pair(middle: np.ndarray, apart: np.ndarray) -> tuple[tuple[float, float], tuple[float, float]]:
    one, other = (middle - apart / 2).tolist(), (middle + apart / 2).tolist()
    return (one[0], one[1]), (other[0], other[1])
