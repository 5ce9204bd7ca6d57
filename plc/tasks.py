"""Ending asyncio tasks."""

import asyncio
from collections.abc import Iterable
from typing import Any


async def end_all(tasks: Iterable[asyncio.Task[Any]], *, again_s: float = 0.05) -> None:
    """Cancel tasks until each has ended; how they ended is of no interest any more.

    Once is not enough: `asyncio.wait_for`, which pymodbus and asyncua use, swallows a cancellation that meets its result
    (CPython 3.11). `again_s` is the time a task has to end in order before it is cancelled once more.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        ended, pending = await asyncio.wait(pending, timeout=again_s)
        for task in ended:
            if not task.cancelled():
                task.exception()
