"""Brings every result to one destination, in order and at least once.

A destination that does not answer is tried again ever more slowly, without end, and the queue waits. A result that it refuses
`MAX_REFUSALS` times in a row goes into quarantine, and the next one has its turn.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.delivery.message import Message
from station.delivery.queues import Queues
from station.delivery.sink import RefusedError, Sink, UnreachableError
from station.journal.errors import StorageError

log = logging.getLogger(__name__)

MAX_REFUSALS = 5
AT_ONCE = 20
"""Results read at once, and delivered before that is written down: so many may come twice after a kill."""
NOTE_S = 0.5
"""Where results take longer, it is written down this often in between."""
STORAGE_RETRY_S = 2.0
"""Pause after a journal or a delivery file that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look and to try, in seconds."""

    look_s: float = 0.2
    """How often the journal is asked for more."""
    wish_s: float = 1.0
    """How often it is asked, while a destination is away, whether a person wants it tried at once."""
    first_retry_s: float = 1.0
    longest_retry_s: float = 60.0

    def retry_s(self, attempts: int) -> float:
        """Return how long to wait after so many tries in a row that failed: doubling, up to the longest."""
        return min(self.first_retry_s * 2.0 ** min(attempts - 1, 30), self.longest_retry_s)


class Courier:
    """One destination's worker; `run` until it is cancelled.

    Parameters
    ----------
    name
        The destination's.
    since
        With which result a new destination begins; None: with the journal's first.
    queues
        The results, and what the destination has of them.
    sink
        The way there, started.
    now
        The clock on the wall, for what people read.
    roused
        Set when the destination is there again: it is tried at once then, whatever the pause.
    """

    def __init__(
        self,
        name: str,
        since: datetime | None,
        queues: Queues,
        sink: Sink,
        now: Callable[[], datetime],
        roused: asyncio.Event,
        pace: Pace | None = None,
    ) -> None:
        self._name = name
        self._since = since
        self._queues = queues
        self._sink = sink
        self._now = now
        self._pace = pace or Pace()
        self._done = 0
        self._noted = 0
        """Up to where it is written down that the destination has the results."""
        self._noted_at = 0.0
        self._attempts = 0
        self._refusals = 0
        self._asked = 0
        self._roused = roused

    async def run(self) -> None:
        """Deliver until cancelled; what was acknowledged by then is written down."""
        try:
            await self._begin()
            while True:
                pause_s = await self._turn()
                if pause_s is not None:
                    await self._wait(pause_s)
        finally:
            with contextlib.suppress(StorageError):
                await self._note()
            await self._sink.close()

    async def _begin(self) -> None:
        while True:
            try:
                state = await self._queues.begin(self._name, self._since)
            except StorageError as error:
                await self._storage_fails(error)
            else:
                self._done = self._noted = state.done
                self._asked, self._refusals = state.asked, state.refusals
                return

    async def _turn(self) -> float | None:
        """Deliver some results; return how long to wait before the next turn, None where there may be more."""
        try:
            messages = await self._queues.after(self._done, AT_ONCE)
            try:
                for message in messages:
                    await self._deliver(message)
            finally:
                await self._note()
            await self._try_again()
        except (RefusedError, UnreachableError) as error:
            return await self._failed(str(error), refused=isinstance(error, RefusedError))
        except StorageError as error:
            await self._storage_fails(error)
            return self._pace.look_s
        return None if messages else self._pace.look_s

    async def _deliver(self, message: Message) -> None:
        """Deliver the next result, or set it aside after the last refusal. Raises `RefusedError` before that."""
        try:
            await self._send(message)
        except RefusedError as error:
            if self._refusals + 1 < MAX_REFUSALS:
                raise
            log.error("%s: result %s goes into quarantine: %s", self._name, message.result_id, error)
            await self._queues.set_aside(self._name, message, str(error))
        self._done = message.number
        self._attempts = self._refusals = 0
        if asyncio.get_running_loop().time() > self._noted_at + NOTE_S:
            await self._note()

    async def _try_again(self) -> None:
        """Try what a person wants tried again, once each; whatever fails is back in quarantine with its new reason."""
        for kept in await self._queues.to_try_again(self._name, AT_ONCE):
            (message,) = await self._queues.after(kept.number - 1, 1)
            try:
                await self._send(message)
            except (RefusedError, UnreachableError) as error:
                await self._queues.set_aside(self._name, message, str(error))
            else:
                await self._queues.taken_after_all(self._name, kept.number)

    async def _send(self, message: Message) -> None:
        try:
            await self._sink.send(message)
        except (RefusedError, UnreachableError):
            raise
        except Exception as error:
            # The top of a worker: a result that our own code cannot send must not stop the ones after it.
            log.exception("%s: result %s cannot be sent", self._name, message.result_id)
            raise RefusedError(f"it cannot be sent: {type(error).__name__}: {error}") from error

    async def _note(self) -> None:
        """Write down what the destination has; what is not written down comes twice, never not at all."""
        if self._done > self._noted:
            await self._queues.delivered(self._name, self._done)
            self._noted, self._noted_at = self._done, asyncio.get_running_loop().time()

    async def _failed(self, error: str, *, refused: bool) -> float:
        self._attempts += 1
        self._refusals += refused
        pause_s = self._pace.retry_s(self._attempts)
        say = log.warning if self._attempts == 1 else log.debug
        say("%s: results wait, %s", self._name, error)
        try:
            await self._queues.failed(self._name, error, self._now() + timedelta(seconds=pause_s), refused=refused)
        except StorageError as trouble:
            await self._storage_fails(trouble)
        return pause_s

    async def _wait(self, pause_s: float) -> None:
        """Wait, but not once the destination is there again or a person wants it tried."""
        loop = asyncio.get_running_loop()
        end_s = loop.time() + pause_s
        while (left_s := end_s - loop.time()) > 0 and not await self._asked_again():
            try:
                async with asyncio.timeout(min(left_s, self._pace.wish_s)):
                    await self._roused.wait()
            except TimeoutError:
                continue
            break
        self._roused.clear()

    async def _asked_again(self) -> bool:
        try:
            state = await self._queues.state(self._name)
        except StorageError:
            return False
        asked, self._asked = self._asked, state.asked if state is not None else self._asked
        return self._asked != asked

    async def _storage_fails(self, error: StorageError) -> None:
        log.error("%s: the queue cannot be read or kept; it is tried again: %s", self._name, error)
        await asyncio.sleep(STORAGE_RETRY_S)
