"""Drift where there is none, some, and much; the index on counts that can be worked out by hand."""

import math

import numpy as np
import pytest

from station.quality.drift import Change, drift, psi

RANDOM = np.random.default_rng(5)


def test_the_index_by_hand() -> None:
    """Halves of 50 and 50 that become 80 and 20: (0.8 - 0.5) ln 1.6 + (0.2 - 0.5) ln 0.4."""
    before, now = [0.0] * 50 + [1.0] * 50, [0.0] * 80 + [1.0] * 20
    assert psi(before, now, bins=2) == (pytest.approx(0.3 * math.log(1.6) - 0.3 * math.log(0.4)), 2)


def test_nothing_has_changed() -> None:
    found = drift(RANDOM.normal(0, 1, 400).tolist(), RANDOM.normal(0, 1, 400).tolist())
    assert found is not None
    assert found.change is Change.NONE
    assert found.p_value > 0.01


def test_a_shift_of_a_standard_deviation_is_another_population() -> None:
    found = drift(RANDOM.normal(0, 1, 400).tolist(), RANDOM.normal(1, 1, 400).tolist())
    assert found is not None
    assert found.change is Change.MUCH
    assert found.ks == pytest.approx(0.383, abs=0.06)  # 2 Phi(1/2) - 1
    assert found.p_value < 1e-6


def test_few_scores_have_no_drift() -> None:
    assert drift([0.1] * 49, [0.9] * 500) is None


def test_few_scores_move_by_chance() -> None:
    """What would be some change of many scores is none of 60."""
    found = drift(RANDOM.normal(0, 1, 60).tolist(), RANDOM.normal(0, 1, 60).tolist())
    assert found is not None
    assert found.by_chance == pytest.approx(16.92 * 2 / 60, abs=1e-3)
    assert found.change is Change.NONE


def test_scores_that_are_all_alike_do_not_drift() -> None:
    found = drift([0.5] * 60, [0.5] * 60)
    assert found is not None
    assert (found.psi, found.ks) == (0.0, 0.0)
