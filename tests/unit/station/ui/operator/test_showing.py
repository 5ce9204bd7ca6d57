"""Which part is on show, whatever comes in whatever order."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from station.ui.operator.showing import Held, Showing

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def held(uid: UUID) -> Held:
    return Held(uid, uid.int, 10.0, 10.0)


def test_it_follows_the_line() -> None:
    assert Showing().arrived(A).arrived(B).shown == B


def test_a_part_that_waits_for_a_decision_stays() -> None:
    showing = Showing().arrived(A, held(A)).arrived(B)
    assert (showing.shown, showing.newer) == (A, 1)
    assert showing.hold == held(A)
    assert showing.released(A).advanced().shown == B


def test_a_part_that_waits_comes_before_a_newer_one() -> None:
    showing = Showing().arrived(A, held(A)).arrived(B, held(B)).arrived(C)
    assert showing.waiting == (held(B),)
    assert showing.released(A).shown == B, "the next that waits takes its place"
    assert showing.released(A).released(B).shown == B, "nothing waits: it stays until a newer part comes"
    assert showing.released(A).released(B).arrived(A).shown == A


def test_what_the_person_opened_stays() -> None:
    showing = Showing().arrived(A).opened(A).arrived(B).arrived(C, held(C))
    assert (showing.shown, showing.newer) == (A, 2)
    assert showing.advanced().shown == C
    assert showing.released(C).shown == A


def test_a_decision_elsewhere_does_not_move_a_part_the_person_works_on() -> None:
    showing = Showing().arrived(A, held(A)).arrived(B, held(B)).keep()
    assert showing.released(A).shown == A


def test_a_hold_whose_end_was_never_heard_lapses() -> None:
    showing = Showing().arrived(A, held(A)).arrived(B, Held(B, 2, 20.0, 10.0))
    assert showing.lapsed(9.9) is showing
    after = showing.lapsed(10.1)
    assert (after.shown, after.waiting, after.hold) == (B, (), Held(B, 2, 20.0, 10.0))


def test_what_waits_still_when_the_screen_comes_back_is_shown_and_not_counted_as_new() -> None:
    fresh = Showing().forgotten().waits_still(held(A)).waits_still(held(B))
    assert (fresh.shown, fresh.newer, fresh.waiting) == (A, 0, (held(B),))
    kept = Showing().arrived(C).opened(C).forgotten().waits_still(held(A))
    assert (kept.shown, kept.newer, kept.waiting) == (C, 0, (held(A),))
    assert kept.advanced().shown == A


def test_another_engine_holds_nothing_of_the_one_before() -> None:
    showing = Showing().arrived(A, held(A)).forgotten()
    assert showing.hold is None
    assert showing.arrived(B).shown == B


events = st.lists(
    st.tuples(st.sampled_from(["arrive", "hold", "release", "open", "advance", "keep"]), st.integers(1, 6)), max_size=30
)


@given(events)
def test_no_order_of_events_shows_nothing_or_forgets_what_waits(steps: list[tuple[str, int]]) -> None:
    showing, waits = Showing(), set[UUID]()
    seen = set[UUID]()
    for step, number in steps:
        uid = UUID(int=number)
        if step in {"arrive", "hold"} and uid in seen:
            continue
        match step:
            case "arrive" | "hold":
                seen.add(uid)
                waits |= {uid} if step == "hold" else set()
                showing = showing.arrived(uid, held(uid) if step == "hold" else None)
            case "release":
                waits.discard(uid)
                showing = showing.released(uid)
            case "open" if uid in seen:
                showing = showing.opened(uid)
            case "advance":
                showing = showing.advanced()
            case "keep":
                showing = showing.keep()
        assert {part.uid for part in showing.held} == waits
        assert (showing.shown is not None) == bool(seen)
        if waits and not showing.kept:
            assert showing.shown in waits, "what waits for a decision is what is shown"
