"""A camera that the line triggers by a wire: frames and the PLC's words meet by time alone; what is in doubt is nobody's."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from camera.accounting import OVERTAKEN, Ending
from camera.device import CameraError, IncompleteFrame, RawFrame
from camera.device_clock import DeviceClock
from camera.frame import PixelFormat
from camera.line_pairing import Answer, LinePairing
from camera.pairing import Shot

MS = 1_000_000
WINDOW, DELAY, BEHIND = 10 * MS, 5 * MS, 1000 * MS


@dataclass
class Wire:
    """Signals and words at times in ms; a frame is here 3 ms after its signal unless told otherwise."""

    pairing: LinePairing = field(default_factory=lambda: LinePairing(WINDOW, DELAY))
    frame_id: int = 0
    shots: int = 0

    def __post_init__(self) -> None:
        self.pairing.clock.note(BEHIND, 0, BEHIND)

    def word(self, at_ms: float) -> None:
        self.shots += 1
        self.pairing.add(Shot(self.shots, self.shots, self.ns(at_ms)))

    def frame(self, at_ms: float, gap: int = 0, here_ms: float | None = None, *, whole: bool = True) -> None:
        self.frame_id += 1
        taken_ns = self.ns(at_ms) - BEHIND
        picture = RawFrame(np.zeros((1, 1), np.uint8), PixelFormat.MONO8, self.frame_id, None, taken_ns)
        torn = IncompleteFrame(self.frame_id, "torn", None, taken_ns)
        assert self.pairing.match(picture if whole else torn, gap) == ()
        self.pairing.decided(self.ns(at_ms + 3 if here_ms is None else here_ms))

    def endings(self, now_ms: float) -> list[tuple[int, Ending]]:
        return [(answer.shot.number, answer.ending) for answer in self.answers(now_ms)]

    def answers(self, now_ms: float) -> tuple[Answer, ...]:
        return self.pairing.decided(self.ns(now_ms))

    @staticmethod
    def ns(at_ms: float) -> int:
        return BEHIND + round(at_ms * MS)


def test_a_part_gets_its_picture_when_no_other_can_come_any_more() -> None:
    wire = Wire()
    wire.word(105)
    wire.frame(100)
    assert wire.endings(122) == []
    (answer,) = wire.answers(124)
    assert (answer.shot.number, answer.ending, answer.here_ns) == (1, Ending.DELIVERED, wire.ns(103))
    assert answer.frame is not None
    assert answer.frame.frame_id == 1


def test_the_wire_may_be_first() -> None:
    wire = Wire()
    wire.frame(100)
    wire.word(109)
    assert wire.endings(128) == [(1, Ending.DELIVERED)]


def test_a_double_signal_is_an_overrun_and_the_next_part_has_its_own() -> None:
    wire = Wire()
    wire.word(100)
    wire.frame(99)
    wire.frame(103)
    assert wire.endings(125) == [(1, Ending.OVERRUN)]
    wire.word(200)
    wire.frame(200)
    assert wire.endings(240) == [(2, Ending.DELIVERED)]


def test_a_missing_signal_is_lost_and_the_next_part_has_its_own() -> None:
    wire = Wire()
    wire.word(100)
    assert [shot.number for shot in wire.pairing.expire(wire.ns(150))] == [1]
    wire.word(200)
    wire.frame(200)
    assert wire.endings(240) == [(2, Ending.DELIVERED)]


def test_a_signal_for_nobody_rejects_the_next_part_only() -> None:
    wire = Wire()
    wire.frame(100)
    wire.word(200)
    wire.frame(200)
    (answer,) = wire.answers(240)
    assert answer.ending is Ending.OVERRUN
    assert "for no part announced" in answer.reason
    wire.word(300)
    wire.frame(300)
    assert wire.endings(340) == [(2, Ending.DELIVERED)]


def test_a_word_that_comes_a_whole_part_late_gets_nothing() -> None:
    """The station stood still for the time between two parts: the first one's word meets the second one's picture."""
    wire = Wire()
    wire.frame(100)
    wire.frame(150)
    wire.word(150)
    wire.word(152)
    assert wire.endings(240) == [(1, Ending.OVERRUN), (2, Ending.OVERRUN)]


def test_of_two_words_near_one_signal_none_gets_it() -> None:
    wire = Wire()
    wire.word(95)
    wire.word(105)
    wire.frame(100)
    assert wire.endings(140) == [(1, Ending.OVERRUN), (2, Ending.OVERRUN)]


def test_a_frame_lost_before_it_is_another_parts_where_one_waits_for_it() -> None:
    wire = Wire()
    wire.frame(50)
    wire.word(50)
    assert wire.endings(90) == [(1, Ending.DELIVERED)]
    wire.word(100)
    wire.word(150)
    wire.frame(150, gap=1)
    assert wire.endings(190) == [(3, Ending.DELIVERED)]
    wire.word(200)
    wire.frame(200, gap=1)
    assert wire.endings(240) == [(4, Ending.LOST)]


def test_an_incomplete_picture_ends_its_part_with_its_reason_and_one_overtaken_is_still_its_own() -> None:
    wire = Wire()
    wire.word(100)
    wire.word(150)
    wire.frame(150, gap=1, here_ms=160)
    wire.frame(100, gap=OVERTAKEN, here_ms=170, whole=False)
    assert wire.endings(260) == [(1, Ending.INCOMPLETE), (2, Ending.DELIVERED)]


def test_a_busy_host_or_a_slow_link_shifts_nothing() -> None:
    wire = Wire()
    wire.word(100)
    wire.word(150)
    wire.frame(100, here_ms=400)
    wire.frame(150, here_ms=400)
    assert wire.endings(900) == [(1, Ending.DELIVERED), (2, Ending.DELIVERED)]


def test_a_picture_without_the_devices_time_is_refused() -> None:
    with pytest.raises(CameraError, match="when they were taken"):
        Wire().pairing.match(RawFrame(np.zeros((1, 1), np.uint8), PixelFormat.MONO8, 1), 0)


def test_of_the_readings_of_a_clock_the_shortest_counts() -> None:
    clock = DeviceClock()
    clock.note(100, 0, 140)
    assert (clock.here_ns(10), clock.doubt_ns) == (130, 20)
    clock.note(200, 90, 210)
    assert (clock.here_ns(10), clock.doubt_ns) == (125, 5)
    for _ in range(3):
        clock.note(300, 200, 320)
    assert (clock.here_ns(0), clock.doubt_ns) == (110, 10)
