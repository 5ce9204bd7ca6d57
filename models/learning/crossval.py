"""Chooses between heads by what each finds on good parts it has not learned from, disturbed by known marks."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.disturb import Disturbed
from models.learning.duplicates import joined
from models.learning.features import Features
from models.learning.graph import Head, scores
from models.learning.spare import in_spare_time
from models.learning.tolerance import FloatArray, Tolerance

Indices = npt.NDArray[np.intp]
FOLDS = 5

FitHead = Callable[[Indices], Head]
"""Fits a head to the parts of these indices."""
FitTolerance = Callable[[FloatArray], Tolerance]
"""Fits the tolerance to held-out distances (parts, h, w)."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What cross-validation found out about one head.

    Attributes
    ----------
    held_out
        Distances (parts, h, w), each part's by a head fitted without it.
    good
        Scores (parts,) of held-out good parts; head and tolerance were fitted without each.
    marks
        Scores (disturbances,): the map's largest value at each disturbance of a held-out part.
    """

    held_out: FloatArray
    good: FloatArray
    marks: FloatArray

    @property
    def separation(self) -> float:
        """Probability that a disturbance stands out more than a whole good part does (area under the ROC)."""
        above = (self.marks[:, None] > self.good[None, :]).mean()
        ties = (self.marks[:, None] == self.good[None, :]).mean()
        return float(above + ties / 2)


def folds(parts: int, seed: int) -> list[Indices]:
    """Return the held-out parts of each fold: a seeded partition into `FOLDS` of equal size, give or take one."""
    order = np.random.default_rng([seed, 3]).permutation(parts)
    return [np.sort(order[start :: min(FOLDS, parts)]) for start in range(min(FOLDS, parts))]


def numbered(names: Sequence[Hashable]) -> list[int]:
    """Return a number for each name, equal for equal ones."""
    known: dict[Hashable, int] = {}
    return [known.setdefault(name, len(known)) for name in names]


def with_lots(groups: Sequence[int], lots: Sequence[Hashable] | None) -> list[int]:
    """Return the groups of pictures, joined where they share a lot, if as many are left as there are folds; else as they are.

    A few lots cannot be dealt to several folds, and one lot cannot be on two sides.
    """
    by_lot = list(groups) if lots is None else joined(groups, numbered(lots))
    return by_lot if len(set(by_lot)) >= FOLDS else list(groups)


def grouped_folds(groups: Sequence[int], seed: int) -> list[Indices]:
    """Return the held-out pictures of each fold as `folds` does, with all pictures of a group in one fold.

    The largest groups are dealt first, each to the fold with fewest pictures, so that folds are as even as groups allow.

    Parameters
    ----------
    groups
        A number for each picture; pictures of equal number stay together. Of two groups or more.
    """
    numbers, sizes = np.unique(groups, return_counts=True)
    shuffled = np.random.default_rng([seed, 3]).permutation(len(numbers))
    order = shuffled[np.argsort(-sizes[shuffled], kind="stable")]
    held: list[list[int]] = [[] for _ in range(min(FOLDS, len(numbers)))]
    for group in order:
        min(held, key=len).extend(np.flatnonzero(np.asarray(groups) == numbers[group]).tolist())
    return [np.array(sorted(fold), dtype=np.intp) for fold in held]


def cross_validate(
    fit_head: FitHead,
    fit_tolerance: FitTolerance,
    features: Features,
    marked: Sequence[tuple[int, Features, Disturbed]],
    held: Sequence[Indices],
    top_cells: int,
    cell_px: int,
    threads: int = 1,
) -> Trial:
    """Try one head.

    Parameters
    ----------
    features
        Shape (parts, h, w, C).
    marked
        Part number, features (h, w, C) and places of each disturbed part.
    held
        The held-out parts of each fold.
    cell_px
        Side of a cell in pixels of the pictures.
    threads
        Folds tried at once whoever else wants the processors, see `in_spare_time`.
    """
    parts = len(features)
    held_out = np.zeros(features.shape[:3], np.float32)
    disturbed: dict[int, FloatArray] = {}

    def judged(fold: Indices) -> tuple[FloatArray, dict[int, FloatArray]]:
        head = fit_head(np.setdiff1d(np.arange(parts), fold))
        seen = {number: head.distances(one[None]) for number, (part, one, _) in enumerate(marked) if part in fold}
        return head.distances(features[fold]), seen

    for fold, (distances, seen) in zip(held, in_spare_time(judged, held, threads), strict=True):
        held_out[fold] = distances
        disturbed.update(seen)
    good = np.zeros(parts, np.float32)
    marks: list[float] = []
    for fold in held:
        tolerance = fit_tolerance(np.delete(held_out, fold, axis=0))
        good[fold] = scores(tolerance.apply(held_out[fold]), top_cells)
        for number, (part, _, places) in enumerate(marked):
            if part in fold:
                heat = tolerance.apply(disturbed[number])[0]
                marks += _at_marks(heat, tolerance.seen, places, cell_px)
    return Trial(held_out, good, np.array(marks, np.float32))


def _at_marks(heat: FloatArray, seen: FloatArray, disturbed: Disturbed, cell_px: int) -> list[float]:
    """Return the map's largest value near each disturbance; those where nothing is looked at do not count."""
    found = []
    for left, top, mask in disturbed.places:
        rows = slice(max(0, top // cell_px - 1), (top + mask.shape[0]) // cell_px + 2)
        columns = slice(max(0, left // cell_px - 1), (left + mask.shape[1]) // cell_px + 2)
        if seen[rows, columns].all():
            found.append(float(heat[rows, columns].max()))
    return found
