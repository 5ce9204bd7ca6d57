"""How well scores tell good parts from bad ones, and what the thresholds make of them. Pure; scores in, figures out.

A line rejects what is not decidable, so only a bad part that is judged good is missed; a good part that is judged bad is a
false alarm. Both are counted, never estimated; whoever shows them adds the interval of the share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

NOT_JUDGED = inf
"""Score of a picture that the model could not judge: its part is rejected, whatever the thresholds."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a model makes of parts that people know.

    Attributes
    ----------
    auroc
        Area under the ROC: how often a bad part scores above a good one, ties half.
    missed
        Bad parts judged good, of all bad parts.
    false_alarms
        Good parts judged bad, of all good parts.
    undecided_good, undecided_bad
        Parts between the thresholds, or that could not be judged.
    """

    auroc: float
    missed: Count
    false_alarms: Count
    undecided_good: Count
    undecided_bad: Count


def evaluate(good: Sequence[float], bad: Sequence[float], low: float, high: float) -> Evaluation:
    """Return what thresholds make of the scores of good and of bad parts, at least one of each.

    Parameters
    ----------
    good, bad
        Scores; higher is worse, `NOT_JUDGED` where there is none.
    low, high
        Below `low` a part is good, from `high` on it is bad, between them not decidable.

    Examples
    --------
    >>> evaluate([0.1, 0.2, 0.6, 0.9], [0.3, 0.7, 0.8], low=0.5, high=0.75)  # doctest: +NORMALIZE_WHITESPACE
    Evaluation(auroc=0.6666666666666666, missed=Count(count=1, of=3), false_alarms=Count(count=1, of=4),
               undecided_good=Count(count=1, of=4), undecided_bad=Count(count=1, of=3))
    """
    of_good, of_bad = np.asarray(good, dtype=np.float64), np.asarray(bad, dtype=np.float64)
    return Evaluation(
        auroc(of_good, of_bad),
        Count(int(is_good(of_bad, low).sum()), of_bad.size),
        Count(int(is_bad(of_good, high).sum()), of_good.size),
        Count(int(_is_undecided(of_good, low, high).sum()), of_good.size),
        Count(int(_is_undecided(of_bad, low, high).sum()), of_bad.size),
    )


def auroc(good: npt.ArrayLike, bad: npt.ArrayLike) -> float:
    """Return the area under the ROC by ranks (H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18 (1947) 50-60).

    Raises
    ------
    ValueError
        If there are no good or no bad scores, or one is no number.

    Examples
    --------
    >>> auroc([1, 2, 3], [4, 5])
    1.0
    >>> auroc([1, 3], [2, 3])  # 2 > 1, 3 > 1 and half for 3 = 3, of 4 pairs
    0.625
    """
    low, high = np.ravel(np.asarray(good, dtype=np.float64)), np.ravel(np.asarray(bad, dtype=np.float64))
    if not low.size or not high.size:
        raise ValueError("good and bad scores are needed, at least one of each")
    if np.isnan(low).any() or np.isnan(high).any():
        raise ValueError("a score is no number")
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, side="left")
    ties = np.searchsorted(ordered, high, side="right") - below
    return float((below.sum() + ties.sum() / 2) / (low.size * high.size))


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a curve, each of `x` with its `y`, both shares."""

    x: tuple[float, ...]
    y: tuple[float, ...]


def roc(good: Sequence[float], bad: Sequence[float]) -> Curve:
    """Return the share of bad parts that are found (y) over the share of good ones that are rejected (x).

    One point a threshold that changes something, from rejecting nothing to rejecting everything; at least one of each.

    Examples
    --------
    >>> roc([1, 3], [2, 3])
    Curve(x=(0.0, 0.5, 0.5, 1.0), y=(0.0, 0.5, 1.0, 1.0))
    """
    rejected, found = _steps(good, bad)
    return Curve(_shares(rejected, len(good)), _shares(found, len(bad)))


def precision_recall(good: Sequence[float], bad: Sequence[float]) -> Curve:
    """Return the share of bad parts among those rejected (y, precision) over the share of bad parts found (x, recall).

    One point a threshold that rejects something; at least one of each.

    Examples
    --------
    >>> precision_recall([1, 3], [2, 3])
    Curve(x=(0.5, 1.0, 1.0), y=(0.5, 0.6666666666666666, 0.5))
    """
    rejected, found = (steps[1:] for steps in _steps(good, bad))
    precision = found / (found + rejected)
    return Curve(_shares(found, len(bad)), tuple(precision.tolist()))


def average_precision(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return the precision at each bad part found, averaged over bad parts: the area under the steps of `precision_recall`.

    Examples
    --------
    >>> average_precision([1, 3], [2, 3])  # 0.5 at the first, 2 of 3 at the second
    0.5833333333333333
    """
    curve = precision_recall(good, bad)
    steps = np.diff(np.asarray(curve.x), prepend=0.0)
    return float((steps * np.asarray(curve.y)).sum())


def cheapest(good: Sequence[float], bad: Sequence[float], missed_cost: float) -> float:
    """Return the threshold below which parts should pass, for the least cost over these parts, at least one of each.

    Of several that cost the same, the one that misses least; half way between the scores on either side.

    Parameters
    ----------
    missed_cost
        What a bad part that passes costs, in good parts that are rejected.

    Examples
    --------
    >>> cheapest([0.1, 0.2, 0.6], [0.4, 0.9], missed_cost=1)  # 0.75 misses one, 0.3 rejects one: 0.3 misses less
    0.30000000000000004
    >>> cheapest([0.1, 0.2, 0.6, 0.6], [0.4, 0.9], missed_cost=1)
    0.75
    """
    rejected, found = _steps(good, bad)
    cost = rejected + missed_cost * (len(bad) - found)
    number = int(len(cost) - 1 - cost[::-1].argmin())
    levels = np.unique(np.concatenate([good, bad]))[::-1]
    if number == 0:  # nothing is rejected
        return float(np.nextafter(levels[0], inf))
    return float(levels[-1] if number == len(levels) else (levels[number - 1] + levels[number]) / 2)


def _steps(good: Sequence[float], bad: Sequence[float]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return how many good and how many bad parts are rejected, from the threshold above all scores to the lowest one."""
    of_good, of_bad = np.sort(np.asarray(good, np.float64)), np.sort(np.asarray(bad, np.float64))
    levels = np.unique(np.concatenate([of_good, of_bad]))[::-1]
    counts = [each.size - np.searchsorted(each, levels, side="left") for each in (of_good, of_bad)]
    rejected, found = (np.concatenate([[0.0], count]) for count in counts)
    return rejected, found


def _shares(counts: npt.NDArray[np.float64], of: int) -> tuple[float, ...]:
    return tuple((counts / of).tolist())


def is_good(scores: npt.ArrayLike, low: float) -> npt.NDArray[np.bool_]:
    """Return which scores are those of a good part."""
    return np.asarray(scores, dtype=np.float64) < low


def is_bad(scores: npt.ArrayLike, high: float) -> npt.NDArray[np.bool_]:
    """Return which scores are those of a bad part; one that was not judged is not."""
    values = np.asarray(scores, dtype=np.float64)
    return (values >= high) & np.isfinite(values)


def _is_undecided(scores: npt.NDArray[np.float64], low: float, high: float) -> npt.NDArray[np.bool_]:
    return ~is_good(scores, low) & ~is_bad(scores, high)
