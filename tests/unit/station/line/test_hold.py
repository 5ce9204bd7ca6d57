"""A part that waits for a person leaves once, and never as OK but by a person's word in time."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.link import ErrorCode, PlcResult, VerdictCode
from station.line.hold import Hold, Release
from station.line.inspection import VerdictKind

MS = 1_000_000
RESULT = PlcResult(
    inspection_id=1,
    acquisition_id=2,
    part_seq=3,
    encoder=4,
    verdict=VerdictCode.NOT_DECIDABLE,
    result_code=1,
    error=ErrorCode.NONE,
    defect_count=5,
    worst_class=6,
    score=0.7,
    cycle_ms=80,
)
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def empty(capacity: int = 2, wait_ms: int = 100) -> Hold:
    return Hold(capacity=capacity, wait_ns=wait_ms * MS)


@pytest.mark.parametrize(
    ("kind", "faulty", "attended", "wait_ms", "held", "admitted"),
    [
        (VerdictKind.NOT_DECIDABLE, False, True, 100, 0, True),
        (VerdictKind.NOT_DECIDABLE, False, True, 100, 1, True),
        (VerdictKind.NOT_DECIDABLE, False, True, 100, 2, False),
        (VerdictKind.NOT_DECIDABLE, False, True, 0, 0, False),
        (VerdictKind.NOT_DECIDABLE, False, False, 100, 0, False),
        (VerdictKind.NOT_DECIDABLE, True, True, 100, 0, False),
        (VerdictKind.OK, False, True, 100, 0, False),
        (VerdictKind.NG, False, True, 100, 0, False),
    ],
    ids=["room", "a place left", "full", "no waiting", "nobody there", "a fault", "OK", "NG"],
)
def test_who_may_wait(
    kind: VerdictKind, *, faulty: bool, attended: bool, wait_ms: int, held: int, admitted: bool
) -> None:
    hold = empty(wait_ms=wait_ms)
    for uid in (A, B)[:held]:
        hold = hold.take(uid, RESULT, 0, 0)
    assert hold.admits(kind, faulty=faulty, attended=attended) == admitted


@pytest.mark.parametrize(
    ("uid", "kind", "at_ms", "verdict"),
    [
        (A, VerdictKind.OK, 99, VerdictCode.OK),
        (A, VerdictKind.NG, 99, VerdictCode.NG),
        (A, VerdictKind.OK, 100, None),
        (A, VerdictKind.OK, 5000, None),
        (B, VerdictKind.OK, 50, None),
        (A, VerdictKind.NOT_DECIDABLE, 50, None),
    ],
    ids=["OK in time", "NG in time", "at its end", "long after", "another part", "no verdict at all"],
)
def test_what_a_persons_verdict_does(uid: UUID, kind: VerdictKind, at_ms: int, verdict: VerdictCode | None) -> None:
    hold = empty().take(A, RESULT, triggered_ns=-7 * MS, now_ns=0)
    after, release = hold.decide(uid, kind, at_ms * MS)
    if verdict is None:
        assert release is None
        assert after == hold
        return
    assert release is not None
    assert release.decided
    assert release.result.verdict is verdict
    assert release.result.cycle_ms == at_ms + 7, "the verdict came when the person gave it"
    assert (release.result.part_seq, release.result.encoder, release.result.score) == (3, 4, 0.7)
    assert not after.held
    assert after.decide(uid, VerdictKind.OK, at_ms * MS) == (after, None), "once"


def test_time_lets_go_in_order_and_undecided() -> None:
    hold = empty().take(B, RESULT, 0, 10 * MS).take(A, RESULT, 0, 0)
    assert hold.next_ns == 100 * MS
    hold, releases = hold.expire(99 * MS)
    assert releases == ()
    hold, releases = hold.expire(110 * MS)
    assert releases == (Release(A, RESULT, decided=False), Release(B, RESULT, decided=False))
    assert hold.next_ns is None


def test_the_end_lets_go_of_all() -> None:
    hold, releases = empty().take(A, RESULT, 0, 0).take(B, RESULT, 0, 5).end()
    assert [release.uid for release in releases] == [A, B]
    assert {release.result.verdict for release in releases} == {VerdictCode.NOT_DECIDABLE}
    assert not hold.held


def test_there_is_no_room_for_more_or_for_the_same() -> None:
    hold = empty().take(A, RESULT, 0, 0)
    with pytest.raises(ValueError, match="cannot be held"):
        hold.take(A, RESULT, 0, 0)
    with pytest.raises(ValueError, match="2 of 2"):
        hold.take(B, RESULT, 0, 0).take(C, RESULT, 0, 0)


@dataclass(frozen=True)
class Event:
    what: str
    uid: UUID
    kind: VerdictKind
    after_ms: int


EVENTS = st.builds(
    Event,
    st.sampled_from(["take", "decide", "decide", "expire", "end"]),
    st.sampled_from([A, B, C]),
    st.sampled_from(list(VerdictKind)),
    st.integers(0, 80),
)


@given(st.lists(EVENTS, max_size=40))
def test_whatever_happens_every_part_leaves_at_most_once_and_ok_is_a_persons_word(events: list[Event]) -> None:
    hold, now, taken, left = empty(), 0, 0, 0
    for event in events:
        now += event.after_ms * MS
        releases: tuple[Release, ...] = ()
        match event.what:
            case "take":
                if len(hold.held) < hold.capacity and event.uid not in hold.held:
                    hold = hold.take(event.uid, RESULT, now, now)
                    taken += 1
            case "decide":
                waiting = event.uid in hold.held
                hold, release = hold.decide(event.uid, event.kind, now)
                releases = (release,) if release else ()
                assert not releases or (waiting and releases[0].result.verdict.name == event.kind.value)
            case "expire":
                hold, releases = hold.expire(now)
                assert all(held.until_ns > now for held in hold.held.values())
            case _:
                hold, releases = hold.end()
        for release in releases:
            assert release.decided == (event.what == "decide")
            assert release.decided or release.result.verdict is VerdictCode.NOT_DECIDABLE
        left += len(releases)
        assert len(hold.held) <= hold.capacity
        assert taken == left + len(hold.held), "nobody is lost and nobody comes twice"
