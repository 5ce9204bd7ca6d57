import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.review.drift import MEMORY, NEW_PARTS, SETTLED, Baseline


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=200))
def test_mean_and_variance_are_those_of_the_scores(scores: list[float]) -> None:
    baseline = Baseline()
    for score in scores:
        baseline = baseline.with_score(score)
    assert baseline.parts == len(scores)
    assert baseline.mean == pytest.approx(np.mean(scores), abs=1e-6)
    assert baseline.variance == pytest.approx(np.var(scores), abs=1e-6)


def test_the_first_parts_and_those_far_off_are_drawn() -> None:
    random = np.random.default_rng(1)
    baseline, drawn = Baseline(), []
    for number in range(300):
        score = float(random.normal(0.2, 0.01))
        if baseline.unlike(score, 6.0):
            drawn.append(number)
        baseline = baseline.with_score(score)
    assert drawn == list(range(NEW_PARTS))
    assert baseline.unlike(0.3, 6.0)
    assert baseline.unlike(0.1, 6.0), "a score that is too good is a drift as well"
    assert not Baseline(SETTLED - 1, 0.2, 1e-4).unlike(0.9, 6.0), "too early to tell"


def test_old_parts_are_forgotten() -> None:
    baseline = Baseline(10 * MEMORY, 0.2, 1e-4)
    for _ in range(10 * MEMORY):
        baseline = baseline.with_score(0.5)
    assert baseline.mean == pytest.approx(0.5, abs=0.001)
