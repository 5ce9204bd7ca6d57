"""Whether something beside the line slows it: told from the noise of the machine, or not said at all."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pytest

from station.bench.desk_cost import DeskCost

ROUNDS = 3
"""The machine may be busy with something else; the target must be met in one of them."""
PERCENTILE = 90
"""A few dozen parts have no 99th percentile but the slowest of them; `station bench` takes the parts that one needs."""
DRAWS = 2000


def must_not_slow(measure: Callable[[], DeskCost], allowed: float, turns: int) -> None:
    """Pass when the slowest tenth grows no more than allowed in one round, or all rounds do not show that it does.

    Two turns of the same line differ by more than the target. So it fails where the lower end of the 99 % interval over all
    rounds is above the target: what holds the line up is far above it. `turns` is how many each round has with and without.
    """
    without_ms: list[float] = []
    with_ms: list[float] = []
    for _ in range(ROUNDS):
        cost = measure()
        if slow(cost.with_ms) <= allowed * slow(cost.without_ms):
            return
        without_ms += cost.without_ms
        with_ms += cost.with_ms
    low, high = interval(without_ms, with_ms, ROUNDS * turns)
    if low > allowed:
        figures = f"{slow(without_ms):.1f} ms without, {slow(with_ms):.1f} ms with"
        pytest.fail(f"p{PERCENTILE} is {low:.2f} to {high:.2f} of that without, allowed {allowed}: {figures}")


def slow(times_ms: Sequence[float]) -> float:
    """Return what a tenth of the parts take at least."""
    return float(np.percentile(times_ms, PERCENTILE))


def interval(without_ms: Sequence[float], with_ms: Sequence[float], turns: int) -> tuple[float, float]:
    """Return between what the ratio of the two lies (bootstrap).

    Whole turns are drawn, not parts: the machine drifts, and the parts of a turn share what it does (cluster bootstrap; Davison
    and Hinkley 1997, section 3.8).
    """
    chance = np.random.default_rng(0)
    before, beside = (_drawn(np.reshape(times, (turns, -1)), chance) for times in (without_ms, with_ms))
    low, high = np.percentile(beside / before, [0.5, 99.5])
    return float(low), float(high)


def _drawn(by_turn: npt.NDArray[np.float64], chance: np.random.Generator) -> npt.NDArray[np.float64]:
    chosen = chance.integers(len(by_turn), size=(DRAWS, len(by_turn)))
    return np.asarray(np.percentile(by_turn[chosen].reshape(DRAWS, -1), PERCENTILE, axis=1))
