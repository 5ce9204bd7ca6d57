"""The curve from scores to odds."""

import numpy as np
import pytest

from models.learning.logistic import Logistic


def test_odds_are_those_of_the_rows_it_was_fitted_to() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(0, 2, (4000, 1))
    bad = rng.random(4000) < 1 / (1 + np.exp(-(1.5 * values[:, 0] - 0.7)))
    curve = Logistic.fit(values, bad, np.ones(4000))
    assert curve.slopes[0] == pytest.approx(1.5, abs=0.15)
    assert curve.offset == pytest.approx(-0.7, abs=0.15)


def test_of_two_values_the_one_that_says_nothing_hardly_counts() -> None:
    rng = np.random.default_rng(1)
    bad = np.arange(400) % 2 == 0
    values = np.column_stack([np.where(bad, 1.0, -1.0) + rng.normal(0, 1, 400), rng.normal(0, 1, 400)])
    curve = Logistic.fit(values, bad, np.ones(400))
    assert curve.slopes[0] > 10 * abs(curve.slopes[1])


@pytest.mark.parametrize("count", [6, 60])
def test_what_is_told_apart_perfectly_stays_a_curve_the_flatter_the_fewer_rows(count: int) -> None:
    bad = np.arange(count) >= count // 2
    curve = Logistic.fit(np.where(bad, 2.0, -2.0)[:, None], bad, np.ones(count))
    worst = curve.probabilities(np.array([[2.0]]))[0]
    assert 0.7 < worst <= 1 - 1 / (count / 2 + 3)


def test_a_row_without_trust_counts_for_nothing() -> None:
    values = np.array([[-1.0], [-1.2], [-0.8], [1.0], [1.2], [0.8], [5.0]])
    bad = np.array([False, False, False, True, True, True, False])
    trust = np.array([1, 1, 1, 1, 1, 1, 1e-9])
    assert Logistic.fit(values, bad, trust).slopes[0] > Logistic.fit(values, bad, np.ones(7)).slopes[0]
