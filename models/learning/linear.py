"""The two small heads that outlines teach: a linear discriminant in closed form, and logistic regression by Newton's steps."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
DEFECT_SHARE = 0.1
"""Of the defects' own scatter beside the good cells': there are few of them, and of many kinds."""
RIDGE = 1.0
"""Added to each diagonal, relative to the mean variance."""
PENALTY = 1.0
STEPS = 12
CLOSE = 1e-4
STEEPEST = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """value = row @ `weights` + `offset`; `weights` has shape (C,)."""

    weights: FloatArray
    offset: float


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What a discriminant needs of some cells: for either kind how many, their sum (C,) and their scatter (C, C)."""

    counts: tuple[int, int]
    totals: tuple[Doubles, Doubles]
    scatters: tuple[Doubles, Doubles]

    @classmethod
    def of(cls, good: FloatArray, bad: FloatArray) -> "Sums":
        """Sum over cells of shape (n, C) each."""
        kinds = [rows.astype(np.float32) for rows in (good, bad)]
        totals = [rows.sum(axis=0, dtype=np.float64) for rows in kinds]
        scatters = [(rows.T @ rows).astype(np.float64) for rows in kinds]
        return cls((len(good), len(bad)), (totals[0], totals[1]), (scatters[0], scatters[1]))


def discriminant(cells: Iterable[Sums]) -> Linear:
    """Return Fisher's linear discriminant between good cells and defects, 0 at the mean good cell.

    Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7, 1936.
    """
    chosen = list(cells)
    means, covariances = [], []
    for kind in (0, 1):
        count = max(sum(one.counts[kind] for one in chosen), 1)
        mean = np.sum([one.totals[kind] for one in chosen], axis=0) / count
        scatter = np.sum([one.scatters[kind] for one in chosen], axis=0) / count
        means.append(mean)
        covariances.append(scatter - np.outer(mean, mean))
    within = (covariances[0] + DEFECT_SHARE * covariances[1]) / (1 + DEFECT_SHARE)
    within += RIDGE * max(float(np.trace(within)) / len(within), 1e-9) * np.eye(len(within))
    weights = np.linalg.solve(within, means[1] - means[0])
    return Linear(weights.astype(np.float32), float(-weights @ means[0]))


def logistic(rows: FloatArray, bad: FloatArray, weights: FloatArray) -> Linear:
    """Return a logistic regression by iteratively reweighted least squares; the value is the logarithm of the odds.

    Parameters
    ----------
    rows
        Shape (n, C).
    bad
        Shape (n,): 1 for a defect, 0 for good.
    weights
        Shape (n,): how many cells each row stands for.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)
    columns = np.concatenate([(rows - mean) / spread, np.ones((len(rows), 1), np.float32)], axis=1)
    share = (weights / weights.mean()).astype(np.float32)
    ridge = PENALTY * np.eye(columns.shape[1])
    ridge[-1, -1] = 1e-6
    found = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found.astype(np.float32), -STEEPEST, STEEPEST)))
        slope = columns.T @ (share * (chance - bad)) + ridge @ found
        curve = np.maximum(share * chance * (1 - chance), 1e-6).astype(np.float32)
        step = np.linalg.solve((columns * curve[:, None]).T.astype(np.float64) @ columns + ridge, slope)
        found = found - step
        if np.abs(step).max() < CLOSE:
            break
    scaled = found[:-1] / spread
    return Linear(scaled.astype(np.float32), float(found[-1] - scaled @ mean))
