from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camera.accounting import OVERTAKEN, Ending, StreamCount, StreamCounter, TriggerLedger


@dataclass(frozen=True)
class Produced:
    """One frame of a device: its id, and what became of it."""

    frame_id: int
    fate: str


@st.composite
def streams(draw: st.DrawFn) -> list[Produced]:
    """Ids as devices count them: 16 or 32 bits without 0, 16 bits with it, or 64 bits; the ends arrive, so that gaps show."""
    first, wrap, restart = draw(st.sampled_from([(1, 2**16, 1), (0, 2**16, 0), (1, 2**32, 1), (0, 2**64, 0)]))
    near_wrap = wrap - 20 if wrap < 2**64 else 70_000  # 64 bits never wrap in a station's life, but pass 16 and 32
    start = draw(st.sampled_from([first, near_wrap, 500]))
    fates = draw(st.lists(st.sampled_from(["whole", "whole", "incomplete", "lost"]), min_size=1, max_size=60))
    fates[0] = fates[-1] = "whole"
    ids, frame_id = [], start
    for _ in fates:
        ids.append(frame_id)
        frame_id = restart if frame_id + 1 >= wrap else frame_id + 1
    produced = [Produced(number, fate) for number, fate in zip(ids, fates, strict=True)]
    # A frame lost right at the wrap cannot be told from an id that device leaves out, unless a 0 was seen before.
    return [Produced(item.frame_id, "whole") if item.frame_id == 0 else item for item in produced]


@given(streams())
def test_every_produced_frame_is_counted_once(stream: list[Produced]) -> None:
    counter = StreamCounter()
    for item in stream:
        if item.fate != "lost":
            counter.see(item.frame_id, whole=item.fate == "whole")
    fates = [item.fate for item in stream]
    assert counter.count == StreamCount(
        produced=len(fates), whole=fates.count("whole"), incomplete=fates.count("incomplete"), lost=fates.count("lost")
    )


@given(st.lists(streams(), max_size=4))
def test_acquisitions_add_up(parts: list[list[Produced]]) -> None:
    counter = StreamCounter()
    for part in parts:
        counter.restart()
        for item in part:
            if item.fate != "lost":
                counter.see(item.frame_id, whole=item.fate == "whole")
    count = counter.count
    assert count.produced == sum(len(part) for part in parts)
    assert count.produced == count.whole + count.incomplete + count.lost


def test_a_count_that_starts_over_by_itself_invents_no_loss() -> None:
    counter = StreamCounter()
    for frame_id in (100, 101, 1, 2, 2):
        counter.see(frame_id, whole=True)
    assert counter.count == StreamCount(produced=5, whole=5)


def test_a_gap_is_told_to_the_caller() -> None:
    counter = StreamCounter()
    assert [counter.see(frame_id, whole=True) for frame_id in (7, 8, 11)] == [0, 0, 2]


def test_a_wrap_without_zero_loses_nothing() -> None:
    counter = StreamCounter()
    assert [counter.see(frame_id, whole=True) for frame_id in (65534, 65535, 1, 3)] == [0, 0, 0, 1]


Action = tuple[str, int]
ACTIONS = st.lists(
    st.tuples(st.sampled_from(["fire", "delivered", "incomplete", "lost", "overrun", "time"]), st.integers(0, 12)),
    max_size=80,
)


@given(ACTIONS)
def test_every_trigger_ends_in_exactly_one_way(actions: list[Action]) -> None:
    ledger, now, fired, endings = TriggerLedger(), 0, 0, dict.fromkeys(Ending, 0)
    ended: set[int] = set()
    for what, number in actions:
        if what == "fire":
            fired += 1
            assert ledger.fire(1000 + fired, now + 5) == fired
        elif what == "time":
            now += number
            for shot in ledger.overdue(now):
                assert ledger.end(shot, Ending.LOST) is not None
                ended.add(shot)
                endings[Ending.LOST] += 1
        else:
            known = number in set(ledger.pending)
            assert (ledger.end(number, Ending(what)) == 1000 + number) is known
            assert not (known and number in ended)
            ended |= {number} if known else set()
            endings[Ending(what)] += known
        account = ledger.account(StreamCount())
        assert account.triggered == fired
        assert (
            account.triggered
            == account.delivered + account.incomplete + account.lost + account.overrun + account.pending
        )
        counted = (account.delivered, account.incomplete, account.lost, account.overrun)
        assert counted == tuple(endings[ending] for ending in Ending)


def test_a_late_answer_does_not_meet_a_later_trigger_of_the_same_id() -> None:
    ledger = TriggerLedger()
    first = ledger.fire(7, 10)
    assert ledger.end(first, Ending.LOST) == 7
    second = ledger.fire(7, 20)
    assert ledger.end(first, Ending.DELIVERED) is None
    assert ledger.pending == (second,)


def test_an_id_that_is_pending_is_refused() -> None:
    ledger = TriggerLedger()
    ledger.fire(7, 10)
    with pytest.raises(ValueError, match="trigger 7 is still pending"):
        ledger.fire(7, 20)
    assert ledger.account(StreamCount()).triggered == 1


def test_only_passed_deadlines_are_overdue() -> None:
    ledger = TriggerLedger()
    shots = [ledger.fire(number, deadline) for number, deadline in ((1, 10), (2, 5), (3, 20))]
    assert ledger.overdue(4) == ()
    assert ledger.overdue(10) == (shots[0], shots[1])


def test_a_frame_overtaken_by_later_ones_is_lost_no_longer() -> None:
    counter = StreamCounter()
    seen = [counter.see(frame_id, whole=frame_id != 3) for frame_id in (2, 1, 5, 3, 4, 6)]
    assert seen == [0, OVERTAKEN, 2, OVERTAKEN, OVERTAKEN, 0]
    assert counter.count == StreamCount(produced=6, whole=5, incomplete=1, lost=0)


def test_soon_after_the_start_an_overtaken_frame_may_leave_others_missing() -> None:
    counter = StreamCounter()
    assert [counter.see(frame_id, whole=True) for frame_id in (6, 3, 7, 5)] == [0, OVERTAKEN, 0, OVERTAKEN]
    assert counter.count == StreamCount(produced=5, whole=4, lost=1)


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8), max_size=3))
def test_in_whatever_order_they_come_what_came_and_what_is_missing_add_up(order: list[int], lost: set[int]) -> None:
    counter = StreamCounter()
    came = [frame_id for frame_id in order if frame_id not in lost]
    for frame_id in came:
        counter.see(frame_id, whole=True)
    span = max(came) - min(came) + 1
    assert counter.count == StreamCount(produced=span, whole=len(came), lost=span - len(came))


def test_a_frame_lost_at_the_wrap_is_one_lost_and_what_follows_is_in_order() -> None:
    counter = StreamCounter()
    assert [counter.see(frame_id, whole=True) for frame_id in (65534, 65535, 2, 3, 4)] == [0, 0, 1, 0, 0]
    assert counter.count == StreamCount(produced=6, whole=5, incomplete=0, lost=1)
