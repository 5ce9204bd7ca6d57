"""Counts that add up: every trigger ends in exactly one way, every frame id of the device is whole, incomplete or lost."""

from collections import deque
from dataclasses import dataclass
from enum import Enum

from camera.events import FrameAccount

_WRAPS = (2**16, 2**32)
"""Where frame ids of real devices start over: GigE Vision block ids of 16 bits, some producers' of 32."""
_LATECOMERS = 256
"""So many missing frames are remembered, in case they come after later ones."""
_FIRST_IDS = 8
"""Among so many ids after a start one below the first seen was overtaken by it; later, a step back is a new count."""
_WRAP_WINDOW = 1024
"""An id this near above zero after one this near below a wrap has wrapped; any other step back is a new count."""


OVERTAKEN = -1
"""Where a number of missing frames is told: the frame came after one that the device produced later."""


class Ending(Enum):
    """How a trigger ended."""

    DELIVERED = "delivered"
    INCOMPLETE = "incomplete"
    LOST = "lost"
    OVERRUN = "overrun"
    """It came before the device could take it, and was not fired."""


@dataclass(frozen=True, slots=True)
class StreamCount:
    """Frames of a device: `produced == whole + incomplete + lost`."""

    produced: int = 0
    whole: int = 0
    incomplete: int = 0
    lost: int = 0

    def __add__(self, other: "StreamCount") -> "StreamCount":
        return StreamCount(
            self.produced + other.produced,
            self.whole + other.whole,
            self.incomplete + other.incomplete,
            self.lost + other.lost,
        )


class StreamCounter:
    """Counts the frames of a device by their ids; a gap in the ids is lost frames.

    Ids may start anywhere, wrap at 16 or 32 bits (GigE Vision leaves out 0 then), and start over when acquisition does.
    What is lost before the first id after a start nobody can know. A frame that comes after a later one is no longer lost.
    """

    def __init__(self) -> None:
        self._first = 0
        self._last: int | None = None
        self._missing: deque[int] = deque(maxlen=_LATECOMERS)
        self._uses_zero = False
        self._count = StreamCount()

    @property
    def count(self) -> StreamCount:
        """All frames so far."""
        return self._count

    def restart(self) -> None:
        """Acquisition starts anew: the next id has no predecessor."""
        self._last = None
        self._missing.clear()
        self._uses_zero = False

    def see(self, frame_id: int, *, whole: bool) -> int:
        """Count one frame that arrived; returns how many are missing just before it, -1 for one that later ones overtook."""
        if frame_id in self._missing:
            self._missing.remove(frame_id)
            self._count += StreamCount(whole=int(whole), incomplete=int(not whole), lost=-1)
            return OVERTAKEN
        if self._last is not None and self._last - _FIRST_IDS < frame_id < self._first:
            between = range(frame_id + 1, self._first)
            self._missing.extend(between)
            self._count += StreamCount(len(between) + 1, int(whole), int(not whole), len(between))
            self._first = frame_id
            return OVERTAKEN
        self._uses_zero |= frame_id == 0
        gap = self._gap(frame_id)
        if self._last is None or frame_id <= self._last:  # a start, a new count, or a wrap
            self._first = frame_id
            if not gap:
                self._missing.clear()
        self._missing.extend(range(max(frame_id - gap, frame_id - _LATECOMERS, 0), frame_id))
        self._last = frame_id
        self._count += StreamCount(produced=gap + 1, whole=int(whole), incomplete=int(not whole), lost=gap)
        return gap

    def _gap(self, frame_id: int) -> int:
        if self._last is None:
            return 0
        if frame_id > self._last:
            return frame_id - self._last - 1
        first = 0 if self._uses_zero else 1
        for wrap in _WRAPS:
            if wrap - _WRAP_WINDOW <= self._last < wrap and frame_id < _WRAP_WINDOW:
                return (wrap - 1 - self._last) + (frame_id - first)
        return 0


class TriggerLedger:
    """Every trigger from its firing to its one ending. Not thread-safe: its owner holds a lock.

    Inside, a trigger is a shot with a number that never comes twice, so that a late answer cannot meet a later trigger even
    where the trigger ids start over.
    """

    def __init__(self) -> None:
        self._shots = 0
        self._pending: dict[int, tuple[int, int]] = {}
        self._ended = dict.fromkeys(Ending, 0)

    @property
    def pending(self) -> tuple[int, ...]:
        """Numbers of the shots still under way, oldest first."""
        return tuple(self._pending)

    def fire(self, trigger_id: int, deadline_ns: int) -> int:
        """Enter a trigger; returns its shot number.

        Raises
        ------
        ValueError
            If a trigger of that id is still pending.
        """
        if any(trigger_id == pending for pending, _ in self._pending.values()):
            raise ValueError(f"trigger {trigger_id} is still pending; every trigger needs an id of its own")
        self._shots += 1
        self._pending[self._shots] = (trigger_id, deadline_ns)
        return self._shots

    def end(self, shot: int, ending: Ending) -> int | None:
        """End a shot; returns its trigger id, or None when it had ended already and this answer comes too late."""
        found = self._pending.pop(shot, None)
        if found is None:
            return None
        self._ended[ending] += 1
        return found[0]

    def overdue(self, now_ns: int) -> tuple[int, ...]:
        """Shots whose deadline has passed."""
        return tuple(shot for shot, (_, deadline_ns) in self._pending.items() if deadline_ns <= now_ns)

    def account(self, stream: StreamCount) -> FrameAccount:
        """Both balances together."""
        return FrameAccount(
            triggered=self._shots,
            delivered=self._ended[Ending.DELIVERED],
            incomplete=self._ended[Ending.INCOMPLETE],
            lost=self._ended[Ending.LOST],
            overrun=self._ended[Ending.OVERRUN],
            pending=len(self._pending),
            stream_produced=stream.produced,
            stream_whole=stream.whole,
            stream_incomplete=stream.incomplete,
            stream_lost=stream.lost,
        )
