"""Work on many pictures with every processor that nobody else wants."""

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")

MOST = 4
"""Threads at once: what they look at lies in memory meanwhile."""


def in_spare_time(work: Callable[[Given], Result], over: Sequence[Given], threads: int = 1) -> Iterator[Result]:
    """Yield what `work` makes of each, in their order; `threads` run as their process does, others only where a processor idles.

    `work` lets go of the interpreter while it computes, as onnxruntime and decoders do. Its first exception is raised here;
    what has not begun by then is left alone, and so it is where the caller stops.
    """
    begun = itertools.count()

    def begin() -> None:
        if next(begun) >= threads:
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))  # sched(7): of this thread alone

    with ThreadPoolExecutor(min(MOST, len(os.sched_getaffinity(0))), "spare", begin) as pool:
        waiting = [pool.submit(work, one) for one in over]
        try:
            for one in waiting:
                yield one.result()
        finally:
            for one in waiting:
                one.cancel()
