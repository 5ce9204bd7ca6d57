"""The band of doubt around even odds."""

import numpy as np
import pytest

from models.learning.ok_ng import EVEN, doubt


def held_out(count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(count)
    bad = np.arange(count) % 2 == 0
    return 1 / (1 + np.exp(-np.where(bad, 1.5, -1.5) + rng.normal(0, 1.5, count))), bad


def test_the_more_verdicts_the_narrower_the_band_of_doubt() -> None:
    widths = []
    for count in (20, 80, 800):
        scores, bad = held_out(count)
        limits = doubt(scores, bad, np.ones(count), seed=0)
        assert limits.low == EVEN
        assert limits.interval[0] <= EVEN <= limits.interval[1] == limits.high < 1
        assert limits.parts == count // 2
        widths.append(limits.high - limits.interval[0])
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < widths[0] / 2


@pytest.mark.parametrize("count", [10, 40])
def test_scores_that_say_nothing_leave_much_in_doubt(count: int) -> None:
    rng = np.random.default_rng(1)
    limits = doubt(rng.uniform(0.45, 0.55, count), np.arange(count) % 2 == 0, np.ones(count), seed=0)
    assert limits.low <= limits.high <= 1
