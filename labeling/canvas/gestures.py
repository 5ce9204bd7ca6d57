"""What fingers mean: presses, moves and releases become taps, drags and pinches. No Qt; a mouse is one finger."""

from dataclasses import dataclass, field
from enum import Enum, auto
from math import hypot

At = tuple[float, float]
AGAIN_S = 0.4
"""A tap this soon after the last, and near it, is the second of a double tap."""
AGAIN_SLOPS = 6.0
"""How near, in slops: a gloved finger does not come back to the same pixel."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A finger went down and up without leaving its place; `again` where it is the second of a double tap."""

    at: At
    again: bool = False


@dataclass(frozen=True, slots=True)
class DragBegan:
    """One finger left the slop around where it was pressed; `at` is where it was pressed."""

    at: At


@dataclass(frozen=True, slots=True)
class DragMoved:
    """The dragging finger is now at `at`, `moved` screen pixels further."""

    at: At
    moved: At


@dataclass(frozen=True, slots=True)
class DragEnded:
    """The dragging finger was lifted."""

    at: At


@dataclass(frozen=True, slots=True)
class DragDropped:
    """A second finger came, or the system took the touch away: what was dragged does not count."""


@dataclass(frozen=True, slots=True)
class Pinched:
    """Two fingers changed their distance by `factor` around `at` and moved by `moved` screen pixels."""

    factor: float
    at: At
    moved: At


Gesture = Tap | DragBegan | DragMoved | DragEnded | DragDropped | Pinched


class _Phase(Enum):
    IDLE = auto()
    PRESSED = auto()
    DRAGGING = auto()
    PINCHING = auto()
    SPENT = auto()
    """A finger is left over from a pinch; it means nothing until all are lifted or another joins."""


@dataclass(slots=True)
class Gestures:
    """The state of all fingers. Positions are screen pixels, times monotonic seconds."""

    slop_px: float = 5.0
    _phase: _Phase = _Phase.IDLE
    _fingers: dict[int, At] = field(default_factory=dict)
    _pressed_at: At = (0.0, 0.0)
    _last_tap: tuple[float, At] | None = None

    @property
    def idle(self) -> bool:
        """Whether no finger is down."""
        return not self._fingers

    def press(self, finger: int, at: At) -> list[Gesture]:
        """A finger went down."""
        self._fingers[finger] = at
        if len(self._fingers) == 1:
            self._phase, self._pressed_at = _Phase.PRESSED, at
            return []
        if len(self._fingers) > 2:
            return []
        dropped: list[Gesture] = [DragDropped()] if self._phase is _Phase.DRAGGING else []
        self._phase, self._last_tap = _Phase.PINCHING, None
        return dropped

    def move(self, finger: int, at: At) -> list[Gesture]:
        """A finger that is down moved."""
        if finger not in self._fingers:
            return []
        before = self._pair()
        last = self._fingers[finger]
        self._fingers[finger] = at
        if self._phase is _Phase.PINCHING:
            return [_pinch(before, self._pair())] if at != last else []
        if self._phase is _Phase.PRESSED and _distance(at, self._pressed_at) > self.slop_px:
            self._phase = _Phase.DRAGGING
            return [DragBegan(self._pressed_at), DragMoved(at, _difference(at, self._pressed_at))]
        if self._phase is _Phase.DRAGGING and at != last:
            return [DragMoved(at, _difference(at, last))]
        return []

    def release(self, finger: int, at: At, time_s: float) -> list[Gesture]:
        """A finger was lifted."""
        if finger not in self._fingers:
            return []
        gestures = self.move(finger, at)
        del self._fingers[finger]
        if self._phase is _Phase.PRESSED:
            gestures.append(self._tap(at, time_s))
        elif self._phase is _Phase.DRAGGING:
            gestures.append(DragEnded(at))
        if not self._fingers:
            self._phase = _Phase.IDLE
        elif len(self._fingers) == 1:
            self._phase = _Phase.SPENT
        return gestures

    def cancel(self) -> list[Gesture]:
        """Forget every finger; what was dragged is dropped."""
        dropped: list[Gesture] = [DragDropped()] if self._phase is _Phase.DRAGGING else []
        self._fingers.clear()
        self._phase = _Phase.IDLE
        return dropped

    def _tap(self, at: At, time_s: float) -> Tap:
        last = self._last_tap
        again = (
            last is not None and time_s - last[0] <= AGAIN_S and _distance(at, last[1]) <= AGAIN_SLOPS * self.slop_px
        )
        self._last_tap = None if again else (time_s, at)
        return Tap(at, again)

    def _pair(self) -> tuple[At, At]:
        """Return the two oldest fingers (the same twice where there is one)."""
        fingers = list(self._fingers.values())[:2]
        return fingers[0], fingers[-1]


def _pinch(before: tuple[At, At], now: tuple[At, At]) -> Pinched:
    # Fingers that touch each other would make the factor jump.
    factor = max(_distance(*now), 1.0) / max(_distance(*before), 1.0)
    centre = _middle(*now)
    return Pinched(factor, centre, _difference(centre, _middle(*before)))


def _distance(one: At, other: At) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _difference(now: At, before: At) -> At:
    return now[0] - before[0], now[1] - before[1]


def _middle(one: At, other: At) -> At:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
