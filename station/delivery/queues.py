"""Every destination's queue, read from the journal and kept in `delivery.db`, on a thread of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from station.delivery.message import Message, PixelSize, make_message
from station.journal.deliveries import Deliveries, DestinationState, Quarantined
from station.journal.errors import NoJournalError
from station.journal.reader import JournalReader
from station.journal.result_queries import last_verdict_before, verdicts_after

T = TypeVar("T")


class Queues:
    """Journal and delivery file. `open` first, `close` at the end; every other method raises `StorageError`."""

    def __init__(self, data: Path, station: str, pixel_size: PixelSize) -> None:
        self._data = data
        self._station = station
        self._pixel_size = pixel_size
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="queues")
        self._reader: JournalReader | None = None
        self._deliveries: Deliveries | None = None

    async def open(self) -> bool:
        """Open both; False while there is no journal yet. Raises `StorageError`."""
        try:
            self._reader = self._reader or await self._in_thread(lambda: JournalReader(self._data))
        except NoJournalError:
            return False
        self._deliveries = await self._in_thread(lambda: Deliveries.open(self._data, synced=False))
        return True

    async def close(self) -> None:
        """Let go of both."""
        for held in (self._reader, self._deliveries):
            if held is not None:
                await self._in_thread(held.close)
        self._thread.shutdown()

    async def begin(self, name: str, since: datetime | None) -> DestinationState:
        """Return how a destination stands; a new one begins with the first result since a moment, None: the very first."""
        return await self._in_thread(self._begin, name, since)

    async def state(self, name: str) -> DestinationState | None:
        """Return how a destination stands."""
        return await self._in_thread(self._known.state, name)

    async def after(self, number: int, count: int) -> tuple[Message, ...]:
        """Return up to `count` results after one, in their order."""
        return await self._in_thread(self._after, number, count)

    async def to_try_again(self, name: str, limit: int) -> tuple[Quarantined, ...]:
        """List results of the quarantine that a person wants tried again."""
        return await self._in_thread(self._known.to_try_again, name, limit)

    async def delivered(self, name: str, number: int) -> None:
        """Note that the destination has every result up to a number."""
        await self._in_thread(self._known.delivered, name, number)

    async def failed(self, name: str, error: str, next_try: datetime, *, refused: bool) -> None:
        """Note why the next result could not be delivered, and when it is tried again."""
        await self._in_thread(lambda: self._known.failed(name, error, next_try, refused=refused))

    async def set_aside(self, name: str, message: Message, reason: str) -> None:
        """Put a result into quarantine."""
        await self._in_thread(self._known.set_aside, name, message.number, message.result_id, reason)

    async def taken_after_all(self, name: str, number: int) -> None:
        """Note that the destination has a result that was in quarantine."""
        await self._in_thread(self._known.taken_after_all, name, number)

    async def next_session(self, name: str) -> int:
        """Return 0, 1, 2, … for the destination's sessions, over every restart."""
        return await self._in_thread(self._known.next_session, name)

    def _begin(self, name: str, since: datetime | None) -> DestinationState:
        done = last_verdict_before(self._journal, since) if since is not None else 0
        return self._known.begin(name, self._journal.meta("journal_id") or "", done)

    def _after(self, number: int, count: int) -> tuple[Message, ...]:
        rows = verdicts_after(self._journal, number, count)
        return tuple(make_message(row, self._station, self._pixel_size) for row in rows)

    @property
    def _journal(self) -> JournalReader:
        assert self._reader is not None  # opened
        return self._reader

    @property
    def _known(self) -> Deliveries:
        assert self._deliveries is not None  # opened
        return self._deliveries

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)
