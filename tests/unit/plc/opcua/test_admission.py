"""Connections of strangers: a burst at once, the rest at a steady rate, too many not at all; who is let in never waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.opcua.admission import LONGEST_WAIT_S, MOST_KNOWN, Admission

RATE, BURST = 5, 20


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_read_at_once_the_rest_in_turn_and_too_many_not_at_all() -> None:
    admission = Admission(RATE, BURST, Clock())
    waits = [admission.wait_s("10.0.0.9") for _ in range(100)]
    assert waits[:BURST] == pytest.approx([0.0] * BURST)
    in_turn = [wait for wait in waits[BURST:] if wait is not None]
    assert in_turn == sorted(in_turn)
    assert LONGEST_WAIT_S * RATE - 1 <= len(in_turn) <= LONGEST_WAIT_S * RATE
    assert max(in_turn) <= LONGEST_WAIT_S
    assert waits[-1] is None


def test_strangers_share_what_there_is_and_do_not_keep_out_who_was_let_in_before() -> None:
    admission = Admission(RATE, BURST, Clock())
    assert admission.wait_s("mes") == 0
    admission.let_in("mes")
    for number in range(300):
        admission.wait_s(f"10.0.0.{number}")
    assert admission.wait_s("10.0.1.1") is None
    assert [admission.wait_s("mes") for _ in range(BURST)] == pytest.approx([0.0] * BURST)


def test_who_is_let_in_never_waits() -> None:
    admission = Admission(RATE, BURST, Clock())
    for _ in range(10 * BURST):
        assert admission.wait_s("mes") == 0
        admission.let_in("mes")


def test_addresses_are_remembered_within_bounds() -> None:
    admission = Admission(RATE, BURST, Clock())
    for number in range(2 * MOST_KNOWN):
        assert admission.wait_s(f"host-{number}") == 0
        admission.let_in(f"host-{number}")
    assert len(admission._due) <= MOST_KNOWN
    assert admission.wait_s("host-0") == 0


@given(st.lists(st.floats(0, 3), max_size=200))
def test_in_the_long_run_no_more_than_the_rate_is_read(pauses: list[float]) -> None:
    clock = Clock()
    begin, read = clock.now, 0
    admission = Admission(RATE, BURST, clock)
    for pause in pauses:
        clock.now += pause
        read += admission.wait_s("10.0.0.9") is not None
    assert read <= BURST + RATE * (clock.now - begin + LONGEST_WAIT_S) + 1
