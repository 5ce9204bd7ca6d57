"""The limit of good parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.learning.thresholds import GOOD_SHARE, Gumbel, thresholds


def test_the_limit_is_where_the_drawn_distribution_has_it() -> None:
    location, scale = 5.0, 2.0
    scores = np.random.default_rng(1).gumbel(location, scale, 20_000)
    expected = location - scale * np.log(-np.log(GOOD_SHARE))
    assert Gumbel.fit(scores).quantile(GOOD_SHARE) == pytest.approx(expected, rel=0.02)


def test_more_parts_make_the_interval_narrower() -> None:
    rng = np.random.default_rng(2)
    few, many = (thresholds(rng.gumbel(5.0, 2.0, count), 0) for count in (20, 500))
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


@given(st.lists(st.floats(0.0, 1e3), min_size=2, max_size=60), st.integers(0, 100))
def test_any_scores_give_ordered_finite_thresholds(scores: list[float], seed: int) -> None:
    limits = thresholds(np.array(scores), seed)
    assert np.isfinite([limits.low, limits.high]).all()
    assert limits.interval[0] <= limits.low <= limits.high == limits.interval[1]
