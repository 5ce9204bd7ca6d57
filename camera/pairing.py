"""Which trigger a frame answers. Pure; a wrong pairing passes a bad part, so whatever is in doubt is not paired.

Times are of the monotonic clock of the host, in ns.
"""

from collections import deque
from dataclasses import dataclass
from typing import Protocol

from camera.accounting import OVERTAKEN
from camera.device import CameraInfo, IncompleteFrame, RawFrame, TriggerKind
from camera.settings import CameraSettings

_FRAMES_UNDER_WAY = 2
"""One being exposed, one being read out."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One trigger on its way: the client's number, the trigger id, and when it was asked for."""

    number: int
    trigger_id: int
    at_ns: int


class Pairing(Protocol):
    """The shots under way and the rule that ends them."""

    @property
    def waiting(self) -> bool:
        """Whether a shot is under way."""

    @property
    def in_doubt(self) -> bool:
        """Whether the device must be armed anew before the next shot, because a frame may come that belongs to nobody."""

    @property
    def needs_empty_device(self) -> bool:
        """Whether frames the device holds already must be taken before a shot is fired."""

    def refusal(self) -> str | None:
        """Why no shot can be fired now; None when one can."""

    def add(self, shot: Shot) -> None:
        """A shot is fired."""

    def match(self, frame: RawFrame | IncompleteFrame, gap: int) -> tuple[Shot, ...]:
        """The shots this frame ends; `gap` frames were lost just before it, OVERTAKEN where it comes after a later one."""

    def nothing_left(self, now_ns: int) -> None:
        """The device held no more frames at that time."""

    def expire(self, before_ns: int) -> tuple[Shot, ...]:
        """Drop the shots asked for before that time; whatever still comes for them is nobody's."""

    def armed(self) -> None:
        """The device was armed anew: nothing is under way in it."""


def pairing_for(settings: CameraSettings, info: CameraInfo) -> Pairing:
    """Choose the rule."""
    if settings.trigger is TriggerKind.FREE_RUN:
        return FreeRunPairing(round(settings.link_delay_s * 1e9))
    return IdPairing() if info.knows_trigger_ids else OrderPairing()


class IdPairing:
    """The device says which trigger a frame answers: nothing to guess."""

    in_doubt = False
    needs_empty_device = False

    def __init__(self) -> None:
        self._shots: dict[int, Shot] = {}

    @property
    def waiting(self) -> bool:
        """See `Pairing`."""
        return bool(self._shots)

    def refusal(self) -> str | None:
        """See `Pairing`."""
        return None

    def add(self, shot: Shot) -> None:
        """See `Pairing`."""
        self._shots[shot.trigger_id] = shot

    def match(self, frame: RawFrame | IncompleteFrame, gap: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        del gap
        shot = None if frame.trigger_id is None else self._shots.pop(frame.trigger_id, None)
        return () if shot is None else (shot,)

    def nothing_left(self, now_ns: int) -> None:
        """See `Pairing`."""

    def expire(self, before_ns: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        late = tuple(shot for shot in self._shots.values() if shot.at_ns < before_ns)
        for shot in late:
            del self._shots[shot.trigger_id]
        return late

    def armed(self) -> None:
        """See `Pairing`."""
        self._shots.clear()


class OrderPairing:
    """The device takes software triggers but its frames do not say which one they answer.

    Only one shot is under way at a time: the one frame that comes is its answer. As soon as that is in doubt (a miss, a frame
    nobody asked for, a gap in the ids) the device must be armed anew, which throws away what it still holds.
    """

    def __init__(self) -> None:
        self._shot: Shot | None = None
        self.in_doubt = False

    @property
    def needs_empty_device(self) -> bool:
        """See `Pairing`."""
        return self._shot is None

    @property
    def waiting(self) -> bool:
        """See `Pairing`."""
        return self._shot is not None

    def refusal(self) -> str | None:
        """See `Pairing`."""
        if self._shot is None:
            return None
        return (
            f"trigger {self._shot.trigger_id} is still being answered, and this device cannot tell two answers apart; "
            "trigger more slowly"
        )

    def add(self, shot: Shot) -> None:
        """See `Pairing`."""
        self._shot = shot

    def match(self, frame: RawFrame | IncompleteFrame, gap: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        del frame
        if self._shot is None or gap or self.in_doubt:
            self.in_doubt = True
            return ()
        shot, self._shot = self._shot, None
        return (shot,)

    def nothing_left(self, now_ns: int) -> None:
        """See `Pairing`."""

    def expire(self, before_ns: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        if self._shot is None or (self._shot.at_ns >= before_ns and not self.in_doubt):
            return ()
        shot, self._shot = self._shot, None
        self.in_doubt = True
        return (shot,)

    def armed(self) -> None:
        """See `Pairing`."""
        self._shot = None
        self.in_doubt = False


class FreeRunPairing:
    """The device streams at its own pace: a shot takes the first whole frame that began after it.

    No frame says when it began. But a sensor that exposes one frame while it reads out the last cannot begin a frame before the
    one two ahead of it was here; and that one was not here yet when the device was last found empty before it was
    read. That moment is what counts, so neither an overlapped exposure nor a frame that waited in the driver's buffers while
    the host was busy is taken for a new one. What is found missing may still be on the link; `link_delay_ns` is how long at
    most. A frame that a later one overtook is nobody's.
    """

    in_doubt = False
    needs_empty_device = False

    def __init__(self, link_delay_ns: int = 0) -> None:
        self._link_delay_ns = link_delay_ns
        self._shots: list[Shot] = []
        self._empty_ns: int | None = None
        self._not_here_ns: deque[int | None] = deque([None] * _FRAMES_UNDER_WAY, _FRAMES_UNDER_WAY)

    @property
    def waiting(self) -> bool:
        """See `Pairing`."""
        return bool(self._shots)

    def refusal(self) -> str | None:
        """See `Pairing`."""
        return None

    def add(self, shot: Shot) -> None:
        """See `Pairing`."""
        self._shots.append(shot)

    def match(self, frame: RawFrame | IncompleteFrame, gap: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        if gap == OVERTAKEN:
            return ()
        not_here_ns = self._not_here_ns[0]
        self._not_here_ns.append(self._empty_ns)
        if not_here_ns is None or isinstance(frame, IncompleteFrame):
            return ()
        began_ns = not_here_ns - self._link_delay_ns
        answered = tuple(shot for shot in self._shots if shot.at_ns <= began_ns)
        self._shots = [shot for shot in self._shots if shot.at_ns > began_ns]
        return answered

    def nothing_left(self, now_ns: int) -> None:
        """See `Pairing`."""
        self._empty_ns = now_ns

    def expire(self, before_ns: int) -> tuple[Shot, ...]:
        """See `Pairing`."""
        late = tuple(shot for shot in self._shots if shot.at_ns < before_ns)
        self._shots = [shot for shot in self._shots if shot.at_ns >= before_ns]
        return late

    def armed(self) -> None:
        """See `Pairing`."""
        self._shots.clear()
        self._empty_ns = None
        self._not_here_ns.extend([None] * _FRAMES_UNDER_WAY)
