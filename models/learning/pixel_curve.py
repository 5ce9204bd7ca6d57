"""How well maps tell what people outlined from the rest, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.learning.tolerance import FloatArray

STEPS = 1 << 16
"""Values that are told apart, evenly spaced: to sort millions of cells takes longer than to learn from them."""


@dataclass(frozen=True, slots=True)
class PixelCurve:
    """`average_precision` over all cells, and the value above which most of what is marked and most of what is outlined agree."""

    average_precision: float
    cut: float


def pixel_curve(maps: Sequence[FloatArray], covered: Sequence[FloatArray], seen: FloatArray) -> PixelCurve:
    """Return the precision-recall curve's area and its point of largest F1, all pictures together.

    Parameters
    ----------
    maps
        Shape (h, w) each; larger is worse.
    covered
        Shape (h, w) each: the share of each cell that is outlined; not nothing in all of them.
    seen
        Shape (h, w): cells where it is 0 do not count.
    """
    where = seen > 0
    values = np.concatenate([each[where] for each in maps]).astype(np.float64)
    shares = np.concatenate([each[where] for each in covered])
    highest, step = float(values.max()), max(float(np.ptp(values)) / (STEPS - 1), 1e-12)
    below = ((highest - values) / step).astype(np.int64)
    hits = np.bincount(below, weights=shares, minlength=STEPS)
    found, taken = np.cumsum(hits), np.cumsum(np.bincount(below, minlength=STEPS))
    best = int((2 * found / (taken + found[-1])).argmax())
    precision = found / np.maximum(taken, 1)
    return PixelCurve(float((hits * precision).sum() / found[-1]), highest - (best + 1) * step)
