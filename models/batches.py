"""How many pictures one run of a model should take, by trying: a batch must say what single runs say, and be quicker.

On a processor a batch hardly gains anything and makes the first picture wait for the last; on an accelerator it may gain a lot.
"""

import statistics
import time

import numpy as np
import numpy.typing as npt

from models.errors import ModelError
from models.foreign import ForeignSession

MAX_BATCH = 16
BATCH_GAIN = 1.15
"""How much less a picture must cost in twice the batch to be worth the wait."""
BENCH_RUNS = 9
WARM_UP_RUNS = 2
TOLERANCE = 1e-3
"""How far the answers of a batch may be from those of single runs, of the largest value: another order of the same sums."""


def choose_batch(session: ForeignSession, most: int = MAX_BATCH) -> int:
    """Return how many pictures a run of this model should take on this machine: 1 where its batch is fixed or wrong.

    Doubled as long as a picture becomes cheaper by `BATCH_GAIN`. Raises `ModelError` if the model fails on a single picture.
    """
    if not session.takes_several:
        return 1
    best, size = 1, 2
    while size <= most and answers_alike(session, size):
        best_s, this_s = _in_turn(session, best, size)
        if best_s < BATCH_GAIN * this_s:
            break
        best, size = size, 2 * size
    return best


def answers_alike(session: ForeignSession, size: int) -> bool:
    """Say whether a batch of so many pictures gives each of them the answer it gets alone."""
    images = _noise(session, size)
    try:
        together = [np.atleast_1d(output) for output in session.outputs(images)]
    except ModelError:
        return False
    for number, image in enumerate(images):
        alone = [np.atleast_1d(output) for output in session.outputs([image])]
        for one, every in zip(alone, together, strict=True):
            reach = TOLERANCE * max(1.0, float(np.abs(one).max(initial=0)))
            fits = every.shape == (size, *one.shape[1:])
            if not fits or not np.allclose(one, every[number : number + 1], rtol=0, atol=reach):
                return False
    return True


def warm_up_batches(session: ForeignSession, most: int) -> None:
    """Run every size of batch once: some providers make a plan for each, which takes long. Raises `ModelError`."""
    for size in range(2, most + 1):
        session.run_together(_noise(session, size))


def _in_turn(session: ForeignSession, *sizes: int) -> tuple[float, ...]:
    """Return the median time of a picture in batches of these sizes; they take turns, so that what else goes on hits all."""
    batches = [_noise(session, size) for size in sizes]
    times_s: list[list[float]] = [[] for _ in sizes]
    for number in range(WARM_UP_RUNS + BENCH_RUNS):
        for images, spent in zip(batches, times_s, strict=True):
            begin = time.perf_counter()
            session.run_together(images)
            if number >= WARM_UP_RUNS:
                spent.append((time.perf_counter() - begin) / len(images))
    return tuple(statistics.median(spent) for spent in times_s)


def _noise(session: ForeignSession, count: int) -> list[npt.NDArray[np.uint8]]:
    """Return different pictures, the same every time."""
    random = np.random.default_rng(0)
    shape = (1, session.height, session.width, 3)
    return [random.integers(0, 256, shape, dtype=np.uint8) for _ in range(count)]
