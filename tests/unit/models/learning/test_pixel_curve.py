"""Average precision of cells against a plain sort of them, and the cut where marked and outlined agree best."""

import numpy as np
import pytest

from models.learning.pixel_curve import pixel_curve


def test_it_is_what_sorting_gives() -> None:
    rng = np.random.default_rng(3)
    covered = (rng.random((4, 30, 40)) < 0.05).astype(np.float32) * rng.random((4, 30, 40)).astype(np.float32)
    maps = (2 * covered + rng.normal(0, 0.4, covered.shape)).astype(np.float32)
    seen = np.ones((30, 40), np.float32)
    seen[:, :5] = 0
    curve = pixel_curve(list(maps), list(covered), seen)
    values, shares = maps[:, seen > 0].ravel(), covered[:, seen > 0].ravel()
    order = np.argsort(-values)
    hits = np.cumsum(shares[order])
    expected = (shares[order] * hits / np.arange(1, len(order) + 1)).sum() / hits[-1]
    assert curve.average_precision == pytest.approx(expected, rel=2e-3)

    def f1(cut: float) -> float:
        return float(2 * shares[values >= cut].sum() / ((values >= cut).sum() + shares.sum()))

    assert f1(curve.cut) == pytest.approx(max(f1(float(value)) for value in values), rel=1e-3)


def test_a_perfect_map_and_one_that_says_nothing() -> None:
    covered = np.zeros((20, 20), np.float32)
    covered[3:6, 4:9] = 1
    seen = np.ones_like(covered)
    perfect = pixel_curve([covered], [covered], seen)
    assert perfect.average_precision == pytest.approx(1.0)
    assert 0.9 < perfect.cut <= 1.0
    nothing = pixel_curve([np.zeros_like(covered)], [covered], seen)
    assert nothing.average_precision == pytest.approx(covered.mean())
