"""Which part's picture a frame is where the line itself triggers the camera, by a wire. Pure; in doubt it is nobody's.

The PLC says that a part is there (a shot), the wire triggers the camera, and neither knows of the other. What they have in common
is the time. A frame bears the device's own time, which neither a busy host nor a slow link can shift; a shot bears the time at
which the PLC's word was here, at most `window_ns` from the wire's signal. A shot gets its frame when

- exactly one frame lies within its window, and that frame in no other shot's;
- no frame came since the part before that no part was announced for: the wire is one signal ahead then;
- no frame is missing before it that may have been its own.

Anything else ends the shot without a picture, and the next one starts afresh: a signal too many or too few never moves on.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from camera.accounting import OVERTAKEN, Ending
from camera.device import CameraError, IncompleteFrame, RawFrame
from camera.device_clock import DeviceClock
from camera.pairing import Shot

_REMEMBERED = 64
"""Shots that ended without a frame, which may be why one is missing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a shot ended: with a frame and when it was here, or with a reason."""

    shot: Shot
    ending: Ending
    frame: RawFrame | None = None
    here_ns: int = 0
    reason: str = ""


@dataclass(slots=True)
class _Held:
    """A frame until it is certain whose it is. `missing` frames are lost between it and the one at `before_ns`."""

    frame: RawFrame | IncompleteFrame
    at_ns: int
    before_ns: int
    missing: int
    here_ns: int | None = None
    claimed: bool = False


@dataclass(slots=True)
class LinePairing:
    """A `Pairing` whose shots end in `decided`, when nothing more can come that speaks against their frame.

    Attributes
    ----------
    window_ns
        How far apart the wire's signal and the PLC's word may be.
    delay_ns
        For how long what was sent may still be on its way to this machine.
    clock
        The device's; to be read before the first frame.
    """

    window_ns: int
    delay_ns: int
    clock: DeviceClock = field(default_factory=DeviceClock)
    in_doubt: bool = False
    needs_empty_device: bool = False
    waiting: bool = True
    """A frame may come before the PLC's word."""
    _shots: list[Shot] = field(default_factory=list)
    _held: list[_Held] = field(default_factory=list)
    _nobodys_ns: list[int] = field(default_factory=list)
    _unanswered_ns: deque[int] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _missing: int = 0
    _before_ns: int = 0

    def refusal(self) -> str | None:
        """See `Pairing`."""
        return None

    def add(self, shot: Shot) -> None:
        """See `Pairing`."""
        self._shots.append(shot)

    def match(self, frame: RawFrame | IncompleteFrame, gap: int) -> tuple[Shot, ...]:
        """Hold a frame; it ends no shot yet. Raises `CameraError` for a picture without the device's time."""
        self._missing += max(gap, 0)
        taken_ns = frame.device_time_ns
        if taken_ns is None:
            if isinstance(frame, RawFrame):
                raise CameraError("its pictures do not say when they were taken, which a line trigger needs")
            self._missing += 1
            return ()
        if isinstance(frame, RawFrame):
            frame = replace(frame, pixels=frame.pixels.copy())  # the device uses its memory again
        at_ns = self.clock.here_ns(taken_ns)
        if gap == OVERTAKEN:
            self._found(at_ns)
        self._held.append(_Held(frame, at_ns, self._before_ns, self._missing))
        self._missing, self._before_ns = 0, max(self._before_ns, at_ns)
        return ()

    def _found(self, at_ns: int) -> None:
        """A frame that was missing came after all."""
        for held in self._held:
            if held.missing and held.before_ns < at_ns < held.at_ns:
                held.missing -= 1
                return

    def nothing_left(self, now_ns: int) -> None:
        """See `Pairing`."""

    def decided(self, now_ns: int) -> tuple[Answer, ...]:
        """End the shots of which everything is here that could speak for or against them."""
        for held in self._held:
            held.here_ns = held.here_ns or now_ns
        answers = []
        for shot in tuple(self._shots):
            fitting = [held for held in self._held if self._fits(held, shot)]
            if fitting and now_ns > self._certain_ns(shot, fitting):
                answers.append(self._answer(shot, fitting))
                self._shots.remove(shot)
        self._let_go(now_ns)
        return tuple(answers)

    def expire(self, before_ns: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        late = tuple(shot for shot in self._shots if shot.at_ns < before_ns and not self._has_frame(shot))
        for shot in late:
            self._shots.remove(shot)
            self._unanswered_ns.append(shot.at_ns)
        self._nobodys_ns = [at_ns for at_ns in self._nobodys_ns if at_ns >= before_ns]
        return late

    def armed(self) -> None:
        """See `Pairing`."""
        self._shots.clear()
        self._held.clear()
        self._missing = 0

    @property
    def _reach_ns(self) -> int:
        return self.window_ns + self.clock.doubt_ns

    def _fits(self, held: _Held, shot: Shot) -> bool:
        return abs(held.at_ns - shot.at_ns) <= self._reach_ns

    def _has_frame(self, shot: Shot) -> bool:
        return any(self._fits(held, shot) for held in self._held)

    def _certain_ns(self, shot: Shot, fitting: Iterable[_Held]) -> int:
        """From when on neither a further frame of this shot nor a further shot of these frames is to be expected."""
        way_ns = max((held.here_ns or 0) - held.at_ns for held in fitting)
        last_ns = max(shot.at_ns + max(way_ns, 0), *(held.at_ns for held in fitting))
        return last_ns + self._reach_ns + self.delay_ns

    def _answer(self, shot: Shot, fitting: list[_Held]) -> Answer:
        first = fitting[0]
        before = [at_ns for at_ns in self._nobodys_ns if at_ns < first.at_ns]
        self._nobodys_ns = [at_ns for at_ns in self._nobodys_ns if at_ns >= first.at_ns]
        shared = any(held.claimed for held in fitting) or any(
            self._fits(held, other) for held in fitting for other in self._shots if other is not shot
        )
        for held in fitting:
            held.claimed = True
        if len(fitting) > 1:
            return Answer(
                shot, Ending.OVERRUN, reason=f"trigger overrun: the line triggered {len(fitting)} times for it"
            )
        if shared:
            return Answer(shot, Ending.OVERRUN, reason="trigger overrun: its picture may be that of another part")
        if before:
            return Answer(
                shot, Ending.OVERRUN, reason="trigger overrun: the line triggered before, for no part announced"
            )
        if first.missing > self._explained(first):
            return Answer(shot, Ending.LOST, reason="a picture was lost just before it, which may have been its own")
        if isinstance(first.frame, IncompleteFrame):
            return Answer(shot, Ending.INCOMPLETE, reason=first.frame.reason)
        return Answer(shot, Ending.DELIVERED, first.frame, first.here_ns or 0)

    def _explained(self, held: _Held) -> int:
        """How many frames missing before this one are those of other parts."""
        waiting = [shot.at_ns for shot in self._shots if not self._has_frame(shot)]
        return sum(held.before_ns < at_ns < held.at_ns for at_ns in (*waiting, *self._unanswered_ns))

    def _let_go(self, now_ns: int) -> None:
        """Forget frames that no shot can want any more; those that none wanted are remembered for the next shot."""
        old = [held for held in self._held if held.at_ns + self._reach_ns + self.delay_ns < now_ns]
        for held in old:
            if any(self._fits(held, shot) for shot in self._shots):
                continue
            self._held.remove(held)
            if not held.claimed:
                self._nobodys_ns.append(held.at_ns)
