"""How far two people outlined the same: areas matched one to one so that their overlap is largest, and its measure.

Intersection over union of plane areas, not of pixels; the matching is Kuhn's (Naval Res. Logist. 2 (1955) 83-97), by scipy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from labeling.annotation import Label
from labeling.areas import to_area
from labeling.shapes import Box, Polygon, RotatedBox

LEAST_IOU = 0.1
"""Areas that overlap less are not the same defect."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two labels of the same defect, by their places in what was given; `same_class` whether both named it alike."""

    first: int
    second: int
    iou: float
    same_class: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two people outlined on one picture: the pairs, and how many each outlined that the other did not."""

    pairs: tuple[Pair, ...]
    only_first: int
    only_second: int

    @property
    def mean_iou(self) -> float | None:
        """Mean over all defects that anybody outlined, 0 for those that only one did; None of none."""
        number = len(self.pairs) + self.only_first + self.only_second
        return sum(pair.iou for pair in self.pairs) / number if number else None


def overlap(first: Sequence[Label], second: Sequence[Label], least_iou: float = LEAST_IOU) -> Overlap:
    """Match the areas of two annotations of the same picture; labels without an area (lines, points) are left out."""
    one, other = _areas(first), _areas(second)
    if not one or not other:
        return Overlap((), len(one), len(other))
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - half a second that a screen's start does without

    a = np.asarray([area for _, area in one], dtype=object)[:, None]
    b = np.asarray([area for _, area in other], dtype=object)[None, :]
    common = shapely.area(shapely.intersection(a, b))
    iou = common / np.maximum(shapely.area(a) + shapely.area(b) - common, np.finfo(np.float64).tiny)
    rows, columns = linear_sum_assignment(np.where(iou >= least_iou, iou, 0.0), maximize=True)
    pairs = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if iou[row, column] >= least_iou:
            number, place = one[row][0], other[column][0]
            same = first[number].class_name == second[place].class_name
            pairs.append(Pair(number, place, float(iou[row, column]), same))
    return Overlap(tuple(pairs), len(one) - len(pairs), len(other) - len(pairs))


def _areas(labels: Sequence[Label]) -> list[tuple[int, object]]:
    return [
        (number, to_area(label.shape))
        for number, label in enumerate(labels)
        if isinstance(label.shape, Polygon | Box | RotatedBox)
    ]
