"""The shift register and the fail-safe rule: a part passes on its own OK, and on nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.conveyor import BeltPart, Conveyor, Verdict, gate
from plc.link import VerdictCode

OK, NG = Verdict(1, VerdictCode.OK), Verdict(2, VerdictCode.NG)


@pytest.mark.parametrize(
    ("part", "hindrance", "why"),
    [
        (BeltPart(1, OK), "", "OK"),
        (BeltPart(1), "", "no verdict before the gate"),
        (BeltPart(1), "heartbeat lost", "heartbeat lost"),
        (BeltPart(1, trouble="station offline"), "heartbeat lost", "station offline"),
        (BeltPart(1, OK), "heartbeat lost", "heartbeat lost"),
        (BeltPart(1, OK, "two verdicts for one part"), "", "two verdicts for one part"),
        (BeltPart(1, NG), "link lost", "NG"),
        (BeltPart(1, Verdict(3, VerdictCode.NOT_DECIDABLE)), "", "NOT_DECIDABLE"),
        (BeltPart(1, Verdict(3, VerdictCode.NONE)), "", "NONE"),
    ],
)
def test_the_gate_says_why(part: BeltPart, hindrance: str, why: str) -> None:
    left = gate(part, hindrance)
    assert left.why == why
    assert left.passed == (why == "OK")
    assert left.verdict == part.verdict


@given(st.integers(1, 6), st.integers(0, 20))
def test_parts_leave_in_order_as_many_shifts_later(pitch: int, parts: int) -> None:
    belt = Conveyor(pitch)
    left = [belt.shift(BeltPart(number) if number < parts else None) for number in range(parts + pitch)]
    assert [part.part_seq if part else None for part in left] == [None] * pitch + list(range(parts))


@given(st.permutations(range(4)), st.lists(st.sampled_from(list(VerdictCode)), min_size=4, max_size=4))
def test_a_verdict_reaches_its_part_in_any_order(order: list[int], codes: list[VerdictCode]) -> None:
    belt = Conveyor(4)
    for number in range(4):
        belt.shift(BeltPart(number))
    assert all(belt.judge(number, Verdict(number, codes[number])) for number in order)
    for number in range(4):
        part = belt.shift(None)
        assert part is not None
        assert gate(part, "").passed == (codes[number] is VerdictCode.OK)


def test_a_verdict_for_a_part_that_is_gone_is_refused() -> None:
    belt = Conveyor(1)
    belt.shift(BeltPart(1))
    belt.shift(BeltPart(2))
    assert not belt.judge(1, OK)
    assert belt.judge(2, OK)


@pytest.mark.parametrize("codes", [(OK, OK), (OK, NG), (NG, OK)])
def test_two_verdicts_for_one_part_never_pass(codes: tuple[Verdict, Verdict]) -> None:
    belt = Conveyor(1)
    belt.shift(BeltPart(1))
    for verdict in codes:
        belt.judge(1, verdict)
    part = belt.shift(None)
    assert part is not None
    assert not gate(part, "").passed
    assert gate(part, "").why == ("NG" if NG in codes else "two verdicts for one part")


def test_the_first_trouble_stands() -> None:
    belt = Conveyor(2)
    belt.shift(BeltPart(1))
    assert belt.trouble(1, "trigger missed")
    assert belt.trouble(1, "later")
    assert not belt.trouble(9, "nobody")
    belt.shift(None)
    assert belt.shift(None) == BeltPart(1, trouble="trigger missed")


def test_a_gate_at_the_camera_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Conveyor(0)
