"""Where good ends: a limit from the scores of held-out good parts alone, with its confidence interval.

A part's score is the largest of thousands of deviations, so scores of good parts follow an extreme value distribution; with
some tens of parts only its simplest form, Gumbel's, can be fitted. Fitted by L-moments (J. Hosking, "L-moments", J. R.
Statist. Soc. B 52, 1990), which bear one odd part better than moments do; interval by parametric bootstrap.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.manifest import Thresholds

FloatArray = npt.NDArray[np.float64]
GOOD_SHARE = 0.995
"""Share of good parts below the limit."""
FIRM_SHARE, RARE_SHARE = 0.999, 0.9999
"""The same for firm thresholds: below `low`, and below `high`."""
CONFIDENCE = 0.9
RESAMPLES = 2000
EULER = 0.5772156649015329
MIN_SCALE = 1e-6


@dataclass(frozen=True, slots=True)
class Gumbel:
    """Largest-value distribution of type I."""

    location: float
    scale: float

    @classmethod
    def fit(cls, scores: FloatArray) -> "Gumbel":
        """Fit by L-moments to scores of shape (n,), n at least 2."""
        location, scale = _l_moments(np.asarray(scores, dtype=np.float64)[None])
        return cls(float(location[0]), float(scale[0]))

    def quantile(self, share: float) -> float:
        """Return the score that this share of parts stays below."""
        return self.location - self.scale * float(np.log(-np.log(share)))


def thresholds(scores: FloatArray, seed: int) -> Thresholds:
    """Return the thresholds for held-out scores of good parts, shape (n,), n at least 2.

    Below `low`, the best estimate of the limit, a part is good; from `high`, the upper end of the interval, it is not;
    between them nothing is certain.
    """
    limit, interval = _limit(scores, GOOD_SHARE, seed)
    return Thresholds(low=limit, high=interval[1], interval=interval, confidence=CONFIDENCE, parts=len(scores))


def firm_thresholds(scores: FloatArray, seed: int) -> Thresholds:
    """Return thresholds that err to the side of fewer false alarms; parameters as for `thresholds`.

    `low` is the upper end of the interval for `FIRM_SHARE`, `high` that for `RARE_SHARE`. For scores where defects stand far
    above good parts, and where some choices were made with the same held-out parts, so that those score a little too low.
    """
    _, interval = _limit(scores, FIRM_SHARE, seed)
    _, rare = _limit(scores, RARE_SHARE, seed)
    return Thresholds(
        low=interval[1], high=max(rare[1], interval[1]), interval=interval, confidence=CONFIDENCE, parts=len(scores)
    )


def _limit(scores: FloatArray, share: float, seed: int) -> tuple[float, tuple[float, float]]:
    """Return what this share of good parts stays below: the best estimate and its interval."""
    fitted = Gumbel.fit(scores)
    limit = fitted.quantile(share)
    rng = np.random.default_rng([seed, 11])
    drawn = rng.gumbel(fitted.location, fitted.scale, (RESAMPLES, len(scores)))
    location, scale = _l_moments(drawn)
    limits = location - scale * np.log(-np.log(share))
    tail = (1 - CONFIDENCE) / 2
    below, above = (float(value) for value in np.quantile(limits, [tail, 1 - tail]))
    return limit, (min(below, limit), max(above, limit))


def _l_moments(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return location and scale for each row of scores (m, n)."""
    ordered = np.sort(scores, axis=1)
    count = ordered.shape[1]
    weights = np.arange(count) / max(count - 1, 1)
    mean = ordered.mean(axis=1)
    second = 2 * (ordered * weights).mean(axis=1) - mean
    scale = np.maximum(second / np.log(2), MIN_SCALE)
    return mean - EULER * scale, scale
