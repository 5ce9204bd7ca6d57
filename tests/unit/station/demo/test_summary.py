"""The demo's arithmetic: what it must notice."""

import json

import pytest

from station.demo.summary import GatedPart, JudgedPart, is_defective, mismatches, read_plc_log, summarise
from station.line.inspection import VerdictKind

STATUS = {
    "frames": {"triggered": 4, "delivered": 3, "incomplete": 1, "lost": 0, "pending": 0},
    "latency_ms": {"p50": 1.0, "p99": 2.0},
}
OK = JudgedPart(1, 1, (VerdictKind.OK,), defective=False)
NG = JudgedPart(2, 2, (VerdictKind.NG,), defective=True)


def gated(seq: int, inspection: int | None, verdict: str | None, *, passed: bool) -> GatedPart:
    return GatedPart(seq, inspection, verdict, passed, "")


def test_agreement_is_no_mismatch() -> None:
    parts = [gated(1, 1, "OK", passed=True), gated(2, 2, "NG", passed=False), gated(3, None, None, passed=False)]
    assert mismatches([OK, NG], parts) == []


@pytest.mark.parametrize(
    "part",
    [
        gated(2, 2, "OK", passed=True),
        gated(2, 2, "NG", passed=True),
        gated(1, 9, "OK", passed=True),
        gated(9, 1, "OK", passed=True),
        gated(1, None, None, passed=True),
        gated(1, 1, "NG", passed=False),
    ],
    ids=["other verdict", "passed an NG", "unknown inspection", "another part's result", "passed unread", "read wrong"],
)
def test_every_disagreement_is_noticed(part: GatedPart) -> None:
    assert len(mismatches([OK, NG], [part])) == 1


def test_what_a_person_corrects_after_the_plc_was_told_is_no_disagreement() -> None:
    ok, ng, open_ = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
    judged = [
        JudgedPart(1, 1, (ng, ok), defective=False),
        JudgedPart(2, 2, (open_, ok), defective=False),
        JudgedPart(3, 3, (open_, ng), defective=True),
    ]
    assert judged[0].verdict is ok
    right = [
        gated(1, 1, "NG", passed=False),
        gated(2, 2, "OK", passed=True),
        gated(3, 3, "NOT_DECIDABLE", passed=False),
    ]
    assert mismatches(judged, right) == []
    wrong = [
        gated(1, 1, "OK", passed=True),
        gated(2, 2, "NG", passed=False),
        gated(3, 3, "NOT_DECIDABLE", passed=True),
    ]
    assert len(mismatches(judged, wrong)) == 3


def test_truth_is_told_by_the_gate() -> None:
    judged = [
        OK,
        NG,
        JudgedPart(3, 3, (VerdictKind.OK,), defective=True),
        JudgedPart(4, 4, (VerdictKind.NOT_DECIDABLE,), defective=False),
    ]
    left = [
        gated(1, 1, "OK", passed=True),
        gated(2, 2, "NG", passed=False),
        gated(3, 3, "OK", passed=True),
        gated(4, 4, "NOT_DECIDABLE", passed=False),
    ]
    summary = summarise(judged, left, STATUS, 8, {"parts": 30, "seconds": 9.0})
    assert summary["truth"] == {"defective": 2, "missed": 1, "false_alarms": 1}
    assert summary["plc"] == {"passed": 2, "rejected": 2, "mismatched": 0}
    assert (summary["ok"], summary["ng"], summary["not_decidable"]) == (2, 1, 1)
    assert summary["frames"] == {"triggered": 4, "delivered": 3, "incomplete": 1, "lost": 0}
    json.dumps(summary)


def test_a_trigger_within_the_dead_time_is_among_the_lost() -> None:
    frames = {"triggered": 5, "delivered": 3, "incomplete": 1, "lost": 0, "overrun": 1, "pending": 0}
    counted = summarise([], [], {**STATUS, "frames": frames}, 0, {})["frames"]
    assert counted == {"triggered": 5, "delivered": 3, "incomplete": 1, "lost": 1}


def test_a_part_that_passed_unknown_counts_as_missed() -> None:
    summary = summarise([], [gated(1, 1, "OK", passed=True)], STATUS, 0, {})
    assert summary["truth"]["missed"] == 1
    assert summary["plc"]["mismatched"] == 1


def test_a_log_cut_short_is_read_up_to_there() -> None:
    row = {"part_seq": 1, "inspection_id": 1, "verdict": "OK", "passed": True, "why": "OK", "time": "x"}
    assert read_plc_log([json.dumps(row), '{"part_seq": 2, "insp']) == [GatedPart(1, 1, "OK", passed=True, why="OK")]


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ([], None),
        ([None], None),
        (['{"defective": false}', None], False),
        (['{"defective": false}', '{"defective": true}'], True),
    ],
)
def test_a_part_is_as_bad_as_its_worst_view(truths: list[str | None], expected: bool | None) -> None:
    assert is_defective(truths) is expected
