"""Waiting for what another task does."""

import asyncio
import contextlib


async def happened(event: asyncio.Event, within_s: float) -> bool:
    """Wait for an event, at most so long; return whether it is set.

    `asyncio.wait_for` of CPython 3.11 loses a cancellation that comes in the same turn as the event (gh-86296): a task that
    waits again and again would never end.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
    return event.is_set()
