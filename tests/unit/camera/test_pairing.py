import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from camera.accounting import OVERTAKEN
from camera.device import CameraInfo, IncompleteFrame, RawFrame, TriggerKind
from camera.frame import PixelFormat
from camera.pairing import FreeRunPairing, IdPairing, OrderPairing, Shot, pairing_for
from camera.settings import CameraSettings

PIXELS = np.zeros((2, 2), np.uint8)


def frame(frame_id: int, trigger_id: int | None = None) -> RawFrame:
    return RawFrame(PIXELS, PixelFormat.MONO8, frame_id, trigger_id)


def shot(number: int, at_ns: int = 0) -> Shot:
    return Shot(number, 100 + number, at_ns)


def info(*, knows: bool) -> CameraInfo:
    return CameraInfo("x", "v", "m", "s", 2, 2, PixelFormat.MONO8, ("Mono8",), knows_trigger_ids=knows)


def test_the_rule_follows_from_device_and_trigger() -> None:
    software, free = CameraSettings("a", "x"), CameraSettings("a", "x", trigger=TriggerKind.FREE_RUN)
    assert isinstance(pairing_for(software, info(knows=True)), IdPairing)
    assert isinstance(pairing_for(software, info(knows=False)), OrderPairing)
    assert isinstance(pairing_for(free, info(knows=True)), FreeRunPairing)


def test_by_id_frames_may_come_in_any_order_and_strangers_pair_with_nobody() -> None:
    pairing = IdPairing()
    first, second = shot(1), shot(2)
    pairing.add(first)
    pairing.add(second)
    assert pairing.match(frame(1, 102), 0) == (second,)
    assert pairing.match(frame(2, 555), 0) == ()
    assert pairing.match(frame(3, None), 0) == ()
    assert pairing.match(IncompleteFrame(4, "torn", 101), 0) == (first,)
    assert pairing.match(frame(5, 101), 0) == ()
    assert not pairing.waiting


def test_by_id_an_expired_shot_gets_nothing_any_more() -> None:
    pairing = IdPairing()
    pairing.add(shot(1, at_ns=10))
    assert pairing.expire(10) == ()
    assert pairing.expire(11) == (shot(1, at_ns=10),)
    assert pairing.match(frame(1, 101), 0) == ()


def test_by_order_only_one_shot_is_under_way() -> None:
    pairing = OrderPairing()
    assert pairing.refusal() is None
    pairing.add(shot(1))
    assert "trigger 101" in str(pairing.refusal())
    assert pairing.match(frame(1), 0) == (shot(1),)
    assert pairing.refusal() is None
    assert not pairing.in_doubt


def test_by_order_a_miss_voids_what_still_comes() -> None:
    pairing = OrderPairing()
    pairing.add(shot(1, at_ns=5))
    assert pairing.expire(6) == (shot(1, at_ns=5),)
    assert pairing.in_doubt
    pairing.add(shot(2, at_ns=7))
    assert pairing.match(frame(1), 0) == (), "the late answer to the first must not go to the second"
    pairing.armed()
    assert not pairing.in_doubt
    pairing.add(shot(3, at_ns=8))
    assert pairing.match(frame(1), 0) == (shot(3, at_ns=8),)


def test_by_order_an_unasked_frame_or_a_gap_is_doubt() -> None:
    unasked = OrderPairing()
    assert unasked.match(frame(1), 0) == ()
    assert unasked.in_doubt
    gap = OrderPairing()
    gap.add(shot(1))
    assert gap.match(frame(5), 2) == ()
    assert gap.in_doubt
    assert gap.expire(-1) == (shot(1),), "in doubt a shot ends at once"


def stream(pairing: FreeRunPairing, frame_id: int, found_empty_ns: int | None) -> tuple[Shot, ...]:
    if found_empty_ns is not None:
        pairing.nothing_left(found_empty_ns)
    return pairing.match(frame(frame_id), 0)


def test_free_run_takes_the_first_whole_frame_that_began_after_the_trigger() -> None:
    pairing = FreeRunPairing()
    pairing.add(shot(1, at_ns=100))
    assert stream(pairing, 1, 90) == ()
    assert stream(pairing, 2, 110) == (), "may have begun while the one before was read out"
    assert stream(pairing, 3, 130) == ()
    assert stream(pairing, 4, 150) == (shot(1, at_ns=100),)
    assert not pairing.waiting


def test_free_run_frames_that_waited_in_the_driver_are_not_new() -> None:
    pairing = FreeRunPairing()
    for number, empty in ((1, 10), (2, 20), (3, 30)):
        stream(pairing, number, empty)
    pairing.add(shot(1, at_ns=100))
    backlog = [stream(pairing, number, None) for number in range(4, 12)]
    assert backlog == [()] * 8
    answers = [stream(pairing, number, empty) for number, empty in ((12, 200), (13, 220), (14, 240))]
    assert answers == [(), (), (shot(1, at_ns=100),)]


def test_free_run_incomplete_frames_are_passed_over_and_two_triggers_may_share_a_frame() -> None:
    pairing = FreeRunPairing()
    stream(pairing, 1, 10)
    stream(pairing, 2, 20)
    pairing.add(shot(1, at_ns=5))
    pairing.add(shot(2, at_ns=8))
    pairing.nothing_left(30)
    assert pairing.match(IncompleteFrame(3, "torn"), 0) == ()
    assert stream(pairing, 4, 40) == (shot(1, at_ns=5), shot(2, at_ns=8))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 30)), min_size=4, max_size=40),
    st.integers(0, 39),
    st.integers(1, 8),
    st.integers(0, 8),
)
def test_free_run_never_takes_a_frame_begun_before_the_trigger(
    steps: list[tuple[bool, int]], near: int, after_ns: int, readout_ns: int
) -> None:
    """A device that exposes the next frame while it reads out the last; the host reads at once, or only after a while."""
    begins: list[int] = []
    arrives: list[int] = []
    for _, exposure in steps:
        exposed = begins[-1] + steps[len(begins) - 1][1] if begins else 0
        begins.append(max(exposed, arrives[-1] - exposure) if begins else 0)
        arrives.append(max(begins[-1] + exposure, arrives[-1] if arrives else 0) + readout_ns + 1)
    pairing, asked_ns = FreeRunPairing(), begins[near % len(begins)] + after_ns
    pairing.add(shot(1, at_ns=asked_ns))
    clock = 0
    for number, (lingers, _) in enumerate(steps):
        if not lingers and (number == 0 or max(clock, arrives[number] - 1) > arrives[number - 1]):
            clock = max(clock, arrives[number] - 1)
            if clock < arrives[number]:
                pairing.nothing_left(clock)
        clock = max(clock, arrives[number])
        if pairing.match(frame(number), 0):
            assert begins[number] >= asked_ns


def test_free_run_starts_anew_after_arming() -> None:
    pairing = FreeRunPairing()
    stream(pairing, 1, 10)
    stream(pairing, 2, 20)
    pairing.armed()
    pairing.add(shot(1, at_ns=15))
    assert stream(pairing, 1, None) == ()
    assert pairing.expire(16) == (shot(1, at_ns=15),)


def test_free_run_a_frame_that_was_overtaken_is_nobodys() -> None:
    pairing = FreeRunPairing()
    for number, empty in ((1, 10), (2, 20), (4, 30)):
        stream(pairing, number, empty)
    pairing.add(shot(1, at_ns=15))
    pairing.nothing_left(40)
    assert pairing.match(frame(3), OVERTAKEN) == ()
    assert stream(pairing, 5, 40) == (shot(1, at_ns=15),)


def test_free_run_allows_for_what_may_still_be_on_the_link() -> None:
    pairing = FreeRunPairing(link_delay_ns=15)
    pairing.add(shot(1, at_ns=100))
    answers = [stream(pairing, number, empty) for number, empty in ((1, 105), (2, 114), (3, 116), (4, 130), (5, 140))]
    assert answers == [(), (), (), (), (shot(1, at_ns=100),)]


def test_by_order_a_frame_that_was_overtaken_is_doubt() -> None:
    pairing = OrderPairing()
    pairing.add(shot(1))
    assert pairing.match(frame(1), OVERTAKEN) == ()
    assert pairing.in_doubt
