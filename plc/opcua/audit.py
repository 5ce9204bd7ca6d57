"""What enters the audit chain of whoever runs the server, and how often: no client may fill it by repeating itself."""

import time
from collections.abc import Awaitable, Callable, Mapping

Write = Callable[[str, Mapping[str, str]], Awaitable[None]]
PERIOD_S = 5.0
"""What may come with every result, or be repeated by a client that is refused, is entered at most so often."""
MOST_KEYS = 1000


class AuditTrail:
    """Passes entries on."""

    def __init__(self, write: Write, now: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._now = now
        self._last: dict[tuple[str, ...], tuple[float, int]] = {}

    async def note(self, event: str, **details: str) -> None:
        """Enter what was done."""
        await self._write(event, details)

    async def note_often(self, event: str, **details: str) -> None:
        """Enter what may be done over and over; `times` says how often since the entry before with the same details."""
        key, now = (event, *details.values()), self._now()
        last, times = self._last.get(key, (float("-inf"), 0))
        if now - last < PERIOD_S:
            self._last[key] = (last, times + 1)
            return
        if len(self._last) >= MOST_KEYS:
            self._last.clear()
        self._last[key] = (now, 0)
        await self._write(event, {**details, "times": str(times + 1)})
