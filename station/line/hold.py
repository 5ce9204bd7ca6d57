"""Parts that wait for a person before the PLC is told, as a pure state machine: what happens goes in, what to do comes out.

A part gets here durable and NOT_DECIDABLE, and it leaves in exactly one of two ways::

    held ──a person's verdict, durable──► Release(that verdict)
      └────its time is up, or the end───► Release(NOT_DECIDABLE)

Whichever comes first wins; what comes later finds nothing held and changes nothing. There is no third way, so a part is never OK
by waiting, by a crash or by being forgotten. Nothing here delays another part: what is held is not among the open ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from plc.link import PlcResult
from station.line.inspection import VerdictKind
from station.line.result import COMPLETED, U16_MAX, verdict_code


@dataclass(frozen=True, slots=True)
class Held:
    """A part that waits, with what the PLC is to be told of it and when its trigger was."""

    uid: UUID
    result: PlcResult
    triggered_ns: int
    until_ns: int


@dataclass(frozen=True, slots=True)
class Release:
    """What to tell the PLC of a part that waits no longer; `decided` by a person, or not in time."""

    uid: UUID
    result: PlcResult
    decided: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """All parts that wait. Moments are those of the monotonic clock."""

    capacity: int
    wait_ns: int
    held: Mapping[UUID, Held] = field(default_factory=lambda: MappingProxyType({}))

    def admits(self, kind: VerdictKind, *, faulty: bool, attended: bool) -> bool:
        """Whether a durable part may wait: nobody but a person can decide it, and one is there, and there is room."""
        undecided = kind is VerdictKind.NOT_DECIDABLE and not faulty
        return undecided and attended and self.wait_ns > 0 and len(self.held) < self.capacity

    def take(self, uid: UUID, result: PlcResult, triggered_ns: int, now_ns: int) -> "Hold":
        """Return the state with one more part.

        Raises
        ------
        ValueError
            If there is no room, or the part waits already: `admits` comes first.
        """
        if len(self.held) >= self.capacity or uid in self.held:
            raise ValueError(f"part {uid} cannot be held: {len(self.held)} of {self.capacity} are")
        held = Held(uid, result, triggered_ns, now_ns + self.wait_ns)
        return replace(self, held=MappingProxyType({**self.held, uid: held}))

    def decide(self, uid: UUID, kind: VerdictKind, now_ns: int) -> tuple["Hold", Release | None]:
        """Take a person's verdict that is durable; no release when the part does not wait, or waits no longer."""
        held = self.held.get(uid)
        if held is None or now_ns >= held.until_ns or kind is VerdictKind.NOT_DECIDABLE:
            return self, None
        cycle_ms = min((now_ns - held.triggered_ns) // 1_000_000, U16_MAX)
        result = replace(held.result, verdict=verdict_code(kind), result_code=COMPLETED, cycle_ms=cycle_ms)
        return self._without(uid), Release(uid, result, decided=True)

    def expire(self, now_ns: int) -> tuple["Hold", tuple[Release, ...]]:
        """Let go of every part whose time is up, undecided, in the order of their times."""
        over = [held for held in self.held.values() if now_ns >= held.until_ns]
        return self._let_go(over)

    def end(self) -> tuple["Hold", tuple[Release, ...]]:
        """Let go of every part, undecided: the station stops."""
        return self._let_go(list(self.held.values()))

    @property
    def next_ns(self) -> int | None:
        """When the next part's time is up, None when none waits."""
        return min((held.until_ns for held in self.held.values()), default=None)

    def _let_go(self, over: list[Held]) -> tuple["Hold", tuple[Release, ...]]:
        state = self
        for held in over:
            state = state._without(held.uid)
        ordered = sorted(over, key=lambda held: held.until_ns)
        return state, tuple(Release(held.uid, held.result, decided=False) for held in ordered)

    def _without(self, uid: UUID) -> "Hold":
        remaining = {key: held for key, held in self.held.items() if key != uid}
        return replace(self, held=MappingProxyType(remaining))
