"""How many threads a run of a model should use on this machine, by trying."""

import os
import statistics
import time
from collections.abc import Callable

import numpy as np

from models.session import Judging

BENCH_RUNS = 15
MAX_THREADS = 16
THREAD_GAIN = 1.25
"""How much quicker twice the threads must be to be worth their processors."""


def choose_threads(data: bytes, load: Callable[[bytes, int], Judging], processors: int | None = None) -> int:
    """Return how many threads a run of this model should use on this machine, by trying.

    `load` makes a model of the bytes that uses so many.

    One processor is left to the camera, the journal and the PLC, so that no thread of a run waits for them while the
    others wait for it: on two processors the answer is 1 without a trial. Beyond that, threads are doubled as long as
    the 90th percentile of a run becomes quicker by `THREAD_GAIN`: fewer are steadier and leave more to others.

    Raises
    ------
    ModelError
        As `load` does, or where the model fails.
    """
    spare = (processors if processors is not None else len(os.sched_getaffinity(0))) - 1
    best, best_s = 1, 0.0
    threads = 2
    while threads <= min(spare, MAX_THREADS):
        best_s = best_s or _run_s(load(data, best))
        this_s = _run_s(load(data, threads))
        if best_s < THREAD_GAIN * this_s:
            break
        best, best_s, threads = threads, this_s, 2 * threads
    return best


def _run_s(session: Judging) -> float:
    session.warm_up()
    image = np.full((1, session.height, session.width, 3), 128, dtype=np.uint8)
    times_s = []
    for _ in range(BENCH_RUNS):
        begin = time.perf_counter()
        session.run(image)
        times_s.append(time.perf_counter() - begin)
    return statistics.quantiles(times_s, n=10)[-1]
