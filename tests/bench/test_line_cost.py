"""The judgement of the ratios: noise is not held against the line, a line that is held up is found."""

import numpy as np
import pytest
from line_cost import must_not_slow

from station.bench.desk_cost import DeskCost

TURNS, PARTS = 3, 14


def measured(seed: int, slower: float, drift: float = 0.0) -> DeskCost:
    chance = np.random.default_rng(seed)
    without, beside = (
        15 * chance.lognormal(0, 0.2, (TURNS, PARTS)) * chance.lognormal(0, drift, (TURNS, 1)) for _ in range(2)
    )
    return DeskCost(without.ravel().tolist(), (beside * slower).ravel().tolist(), 1)


@pytest.mark.parametrize("drift", [0.0, 0.1])
@pytest.mark.parametrize("seed", range(20))
def test_noise_and_drift_are_not_held_against_the_line(seed: int, drift: float) -> None:
    costs = iter(range(100))
    must_not_slow(lambda: measured(1000 * seed + next(costs), 1.0, drift), 1.02, TURNS)


@pytest.mark.parametrize("drift", [0.0, 0.05])
@pytest.mark.parametrize("seed", range(20))
def test_a_line_that_is_held_up_is_found(seed: int, drift: float) -> None:
    costs = iter(range(100))
    with pytest.raises(pytest.fail.Exception, match="p90 is"):
        must_not_slow(lambda: measured(1000 * seed + next(costs), 1.6, drift), 1.02, TURNS)
