import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models.evaluate
from models.evaluate import (
    NOT_JUDGED,
    Count,
    auroc,
    average_precision,
    cheapest,
    evaluate,
    is_bad,
    is_good,
    precision_recall,
    roc,
)

SCORES = st.lists(st.integers(0, 8).map(float) | st.just(NOT_JUDGED), min_size=1, max_size=30)
FINITE = st.lists(st.integers(0, 8).map(float), min_size=1, max_size=30)


def test_the_worked_examples() -> None:
    assert doctest.testmod(models.evaluate).failed == 0


@pytest.mark.parametrize(
    ("good", "bad", "area"),
    [
        ([0.0], [1.0], 1.0),
        ([1.0], [0.0], 0.0),
        ([1.0, 1.0], [1.0], 0.5),
        # Hanley and McNeil, Radiology 143 (1982) 29-36, table I: 58 normal and 51 abnormal readings in five ratings
        (
            np.repeat([1, 2, 3, 4, 5], [33, 6, 6, 11, 2]),
            np.repeat([1, 2, 3, 4, 5], [3, 2, 2, 11, 33]),
            0.8932,
        ),
        ([0.1, 0.2], [NOT_JUDGED, 0.3], 1.0),
    ],
)
def test_the_area_under_known_curves(good: list[float], bad: list[float], area: float) -> None:
    assert auroc(good, bad) == pytest.approx(area, abs=5e-5)


@given(SCORES, SCORES)
def test_the_area_is_the_share_of_pairs_in_the_right_order(good: list[float], bad: list[float]) -> None:
    pairs = [(b > g) + 0.5 * (b == g) for b in bad for g in good]
    assert auroc(good, bad) == pytest.approx(sum(pairs) / len(pairs))
    assert auroc(bad, good) == pytest.approx(1 - auroc(good, bad))


@pytest.mark.parametrize(("good", "bad"), [([], [1.0]), ([1.0], []), ([math.nan], [1.0])])
def test_what_has_no_area_is_refused(good: list[float], bad: list[float]) -> None:
    with pytest.raises(ValueError):
        auroc(good, bad)


@given(SCORES, SCORES, st.integers(0, 8), st.integers(0, 8))
def test_every_part_is_good_bad_or_not_decidable(good: list[float], bad: list[float], one: int, other: int) -> None:
    low, high = min(one, other), max(one, other)
    found = evaluate(good, bad, low, high)
    for scores, undecided in ((good, found.undecided_good), (bad, found.undecided_bad)):
        assert undecided.of == len(scores)
        assert int(is_good(scores, low).sum() + is_bad(scores, high).sum()) + undecided.count == len(scores)
    assert found.missed.count == sum(score < low for score in bad)
    assert found.false_alarms.count == sum(high <= score < NOT_JUDGED for score in good)


def test_what_could_not_be_judged_is_neither_missed_nor_a_false_alarm() -> None:
    found = evaluate([NOT_JUDGED, 0.0], [NOT_JUDGED], 0.5, 0.5)
    assert (found.missed, found.false_alarms) == (Count(0, 1), Count(0, 2))
    assert (found.undecided_good, found.undecided_bad) == (Count(1, 2), Count(1, 1))


def test_a_share_of_nothing_is_none() -> None:
    assert Count(1, 4).share == 0.25
    assert Count(0, 0).share is None


@given(SCORES, SCORES)
def test_the_curves_end_where_everything_is_rejected_and_hold_the_area(good: list[float], bad: list[float]) -> None:
    curve = roc(good, bad)
    assert (curve.x[0], curve.y[0], curve.x[-1], curve.y[-1]) == (0, 0, 1, 1)
    assert np.trapezoid(curve.y, curve.x) == pytest.approx(auroc(good, bad))
    share = len(bad) / (len(good) + len(bad))
    assert precision_recall(good, bad).y[-1] == pytest.approx(share)
    assert 0 < average_precision(good, bad) <= 1 + 1e-12


@given(FINITE, FINITE, st.sampled_from([0.1, 1.0, 3.0, 50.0]))
def test_no_threshold_is_cheaper_than_the_cheapest(good: list[float], bad: list[float], missed_cost: float) -> None:
    def cost(low: float) -> float:
        return sum(score >= low for score in good) + missed_cost * sum(score < low for score in bad)

    chosen = cheapest(good, bad, missed_cost)
    everywhere = [-1.0, *(number + 0.5 for number in range(-1, 9)), *map(float, range(9)), 20.0]
    assert cost(chosen) == pytest.approx(min(map(cost, everywhere)))
