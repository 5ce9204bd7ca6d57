"""Whether scores come from where they came before: population stability index and Kolmogorov and Smirnov's test.

PSI: N. Siddiqi, Credit Risk Scorecards (2006); what chance makes of it: B. Yurdakul, J. Naranjo, J. Risk Model Validation 14
(2020) 4, by which PSI is close to chi-squared with bins - 1 degrees of freedom, times 1/n + 1/m.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

FEWEST = 50
"""Fewer scores than this on either side, and no drift is looked for."""
BINS = 10
STABLE, SHIFTED = 0.10, 0.25
"""Siddiqi's bounds: below the first nothing has changed, from the second on it is another population."""


class Change(StrEnum):
    """How far scores have moved, in words."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"


@dataclass(frozen=True, slots=True)
class Drift:
    """Scores then and now.

    Attributes
    ----------
    psi, by_chance
        The index, and what it stays under in 95 of 100 cases where nothing has changed.
    ks, p_value
        The largest distance of the two distributions, and how probable one as large is where nothing has changed.
    before, now
        Scores on either side.
    """

    psi: float
    by_chance: float
    ks: float
    p_value: float
    before: int
    now: int

    @property
    def change(self) -> Change:
        """In words; what chance makes is no change."""
        if self.psi < STABLE or self.psi <= self.by_chance:
            return Change.NONE
        return Change.SOME if self.psi < SHIFTED else Change.MUCH


def drift(before: Sequence[float], now: Sequence[float]) -> Drift | None:
    """Compare scores; None where there are too few of either."""
    if min(len(before), len(now)) < FEWEST:
        return None
    from scipy import stats  # noqa: PLC0415 - half a second that a screen's start does without

    then, after = np.asarray(before, np.float64), np.asarray(now, np.float64)
    index, bins = psi(then, after)
    by_chance = float(stats.chi2.ppf(0.95, max(bins - 1, 1))) * (1 / then.size + 1 / after.size)
    tested = stats.ks_2samp(then, after, method="asymp")
    return Drift(index, by_chance, float(tested.statistic), float(tested.pvalue), then.size, after.size)


def psi(before: npt.ArrayLike, now: npt.ArrayLike, bins: int = BINS) -> tuple[float, int]:
    """Return the index and the bins it rests on: the deciles of what was before, fewer where scores tie.

    A bin that is empty on one side counts as half a score, for the logarithm of nothing is not a number.
    """
    then, after = np.asarray(before, np.float64), np.asarray(now, np.float64)
    edges = np.unique(np.quantile(then, np.linspace(0, 1, bins + 1)[1:-1]))
    counts = [
        np.bincount(np.searchsorted(edges, side, side="right"), minlength=edges.size + 1) for side in (then, after)
    ]
    shares = [np.maximum(count, 0.5) / count.sum() for count in counts]
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum()), edges.size + 1
