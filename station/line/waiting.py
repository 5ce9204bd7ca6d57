"""Drives the hold on the engine's loop: one timer for the next part whose time is up, and the releases it gives."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from plc.link import PlcResult
from station.line.clock import Clock
from station.line.hold import Held, Hold, Release
from station.line.inspection import VerdictKind


class WaitingParts:
    """Parts that wait for a person; `released` is called for each as it leaves, on the loop."""

    def __init__(self, hold: Hold, clock: Clock, released: Callable[[Release], None]) -> None:
        self._hold = hold
        self._clock = clock
        self._released = released
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def admits(self, kind: VerdictKind, *, faulty: bool, attended: bool) -> bool:
        """Whether a durable part may wait."""
        return self._hold.admits(kind, faulty=faulty, attended=attended)

    def take(self, uid: UUID, result: PlcResult, triggered_ns: int) -> None:
        """Let a part wait from now on; `admits` comes first."""
        self._hold = self._hold.take(uid, result, triggered_ns, self._clock.monotonic_ns())
        self._arm()

    def decide(self, uid: UUID, kind: VerdictKind) -> bool:
        """Release a part with a person's durable verdict; False when it waits no longer."""
        self._hold, release = self._hold.decide(uid, kind, self._clock.monotonic_ns())
        if release is None:
            return False
        self._arm()
        self._released(release)
        return True

    @property
    def held(self) -> tuple[Held, ...]:
        """The parts that wait, the oldest first."""
        return tuple(self._hold.held.values())

    def end(self) -> None:
        """Release every part undecided."""
        self._hold, releases = self._hold.end()
        self._arm()
        for release in releases:
            self._released(release)

    def _expire(self) -> None:
        self._hold, releases = self._hold.expire(self._clock.monotonic_ns())
        self._arm()
        for release in releases:
            self._released(release)

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if (next_ns := self._hold.next_ns) is not None:
            delay_s = max(0.0, (next_ns - self._clock.monotonic_ns()) / 1e9)
            self._timer = self._loop.call_later(delay_s, self._expire)
