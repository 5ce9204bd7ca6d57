"""The operator's screen as a real window on a real X server, worked by a hand that knows nothing of it but what it sees."""

import signal

import numpy as np
import pytest
from operator_window import (
    BADGE,
    FAULT_RED,
    NG_ORANGE,
    OK_BLUE,
    PANEL,
    PIN,
    VIOLET,
    circle,
    found,
    log_in,
    logins,
    matching,
    newest_annotation,
    parts,
    seen,
    touched_window,
    until,
    verdicts,
    verdicts_given,
    window,
)
from rig import Rig
from waiting import wait_until
from x_window import Desktop

from station.line.inspection import VerdictKind

pytestmark = pytest.mark.system


def test_one_tap_for_ok_two_for_ng_and_a_stroke_for_a_defect(asking_line: Rig, display: Desktop) -> None:
    line = asking_line
    with window(line, display):
        log_in(line, display)
        line.start_plc(3)
        until(line, lambda known: 1 in known, "the first part")
        display.tap(*found(display, OK_BLUE, "OK"))
        until(line, lambda known: verdicts(known, VerdictKind.OK) == {1}, "one tap: the first part is OK")
        until(line, lambda known: 2 in known, "the second part")
        display.tap(*found(display, NG_ORANGE, "NG"))
        until(line, lambda known: verdicts(known, VerdictKind.NG) == {2}, "one tap: the second part is NG")
        display.stroke(circle(520, 520, 60))
        display.key("2")
        until(line, lambda known: known[2].labels == 1, "one stroke and one key: its defect has outline and class")
        display.key("Return")
        until(line, lambda known: 3 in known, "the third part")
        wait_until(lambda: seen(display, VIOLET), "the third part asks for a decision")
        display.key("o")
        until(line, lambda known: verdicts(known, VerdictKind.OK) == {1, 3}, "one key: the third part is OK")
        line.wait_plc()
    (label,) = newest_annotation(line, 2).labels
    assert label.class_name == "dent"
    left, top, right, bottom = label.shape.bounds
    assert 10 < right - left < 100
    assert 10 < bottom - top < 100
    assert {part.part_seq for part in line.gated() if part.passed} == {1, 3}
    assert all(part.author == "Maria" for part in parts(line).values())
    assert line.json("verify")["ok"]


def test_an_outline_is_taken_back_by_key_and_by_button_and_a_verdict_too(asking_line: Rig, display: Desktop) -> None:
    line = asking_line
    with touched_window(line, display) as fingers:  # which says where its buttons are; the hand is xdotool's
        log_in(line, display)
        line.start_plc(1)
        until(line, lambda known: 1 in known, "the part")
        display.tap(*found(display, OK_BLUE, "OK"))
        until(line, lambda known: verdicts(known, VerdictKind.OK) == {1}, "OK")
        display.tap(*found(display, NG_ORANGE, "NG"))
        until(line, lambda known: verdicts(known, VerdictKind.NG) == {1}, "NG after all")
        wait_until(lambda: fingers.where("saved · undo") is not None, "the way back")
        display.tap(*(fingers.where("saved · undo") or ()))
        until(line, lambda known: verdicts(known, VerdictKind.OK) == {1}, "OK again")
        display.key("n")
        until(line, lambda known: verdicts(known, VerdictKind.NG) == {1}, "NG once more")

        wait_until(lambda: fingers.where("Box") is not None, "the tools")
        display.key("r")  # the box, which has no edges to find
        diagonal = [(400.0 + step, 400.0 + step) for step in range(0, 100, 10)]
        display.stroke(diagonal)
        wait_until(lambda: fingers.where("Undo") is not None, "something to take back")
        display.key("ctrl+z")
        wait_until(lambda: fingers.where("Undo") is None, "nothing more to take back")
        display.stroke(diagonal)
        wait_until(lambda: fingers.where("Undo") is not None, "something to take back")
        display.tap(*(fingers.where("Undo") or ()))
        wait_until(lambda: fingers.where("Undo") is None, "nothing more to take back")
        display.key("ctrl+y")
        wait_until(lambda: fingers.where("Undo") is not None, "the box is there again")
        display.key("1")
        until(line, lambda known: known[1].labels == 1, "the box and its class")
        display.key("Return")
    assert [label.class_name for label in newest_annotation(line, 1).labels] == ["scratch"]
    given = verdicts_given(line, 1)
    assert given == [
        ("NOT_DECIDABLE", ""),
        ("OK", "Maria"),
        ("NG", "Maria"),
        ("OK", "Maria"),
        ("NG", "Maria"),
    ], "nothing is rewritten: what is taken back stands in the journal too"
    assert line.json("verify")["ok"]


def test_a_pin_that_is_typed_while_the_screen_is_busy_logs_in(asking_line: Rig, display: Desktop) -> None:
    line = asking_line
    with window(line, display) as process:
        wait_until(lambda: seen(display, PANEL) and not seen(display, FAULT_RED), "the screen, attached to the engine")
        keypad = display.picture()
        display.type(BADGE, pause_ms=1)
        wait_until(lambda: display.picture() != keypad, "the badge was read")
        process.send_signal(signal.SIGSTOP)
        try:
            display.type(PIN)
        finally:
            process.send_signal(signal.SIGCONT)
        wait_until(lambda: logins(line) == 1, "the log-in in the audit chain")


def test_killed_in_the_middle_of_an_outline_the_screen_goes_on_with_it(asking_line: Rig, display: Desktop) -> None:
    line = asking_line
    with window(line, display) as process:
        log_in(line, display)
        line.start_plc(1)
        until(line, lambda known: 1 in known, "the part")
        display.tap(*found(display, NG_ORANGE, "NG"))
        until(line, lambda known: verdicts(known, VerdictKind.NG) == {1}, "NG")
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
        wait_until(
            lambda: bool(np.median(np.nonzero(matching(display, VIOLET))[0]) > above + 100), "the part, open again"
        )
        display.key("1")
        until(line, lambda known: known[1].labels == 1, "the outline came back, and one key gives it its class")
        display.key("Return")
        wait_until(lambda: not any(drafts.glob("*")), "a draft goes once all of it is in the journal")
    (label,) = newest_annotation(line, 1).labels
    assert label.class_name == "scratch"
