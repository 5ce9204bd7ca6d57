"""The two clocks of the station: monotonic for intervals, UTC for records. Injected, so that tests own time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time of day with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """A pair of clocks."""

    monotonic_ns: Callable[[], int] = time.monotonic_ns
    now: Callable[[], datetime] = utc_now
