"""Where the defects of one view lie: in which zones, and what an ignore zone leaves of them.

A zone's limits are for every defect that touches it; what an ignore zone leaves out, and what a zone's rule accepts, lies
in it as a whole. So a defect that grows comes under more limits and never under fewer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import cv2
import numpy as np
import numpy.typing as npt

from labeling.relations import Areas, Mask
from labeling.shapes import Polygon
from models.prediction import Defect, Prediction
from station.line.acceptance import ZoneTable

_EXPLAINED = 1e-6
"""Scores nearer than this are the same."""


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is judged of a view.

    Attributes
    ----------
    defects
        Those that no ignore zone leaves out.
    score
        The view's, without what the ignore zones leave out.
    ignored
        By ignore zone: how many defects it left out.
    """

    defects: tuple[Defect, ...]
    score: float
    ignored: dict[str, int]


class Zones:
    """The zones of one view, and which defects are in them."""

    def __init__(self, zones: Sequence[ZoneTable], defects: Sequence[Defect]) -> None:
        self._shapes = {zone.name: zone.shape for zone in zones}
        self._defects = defects

    def touching(self, zone: str) -> Mask:
        """Say of each defect whether it touches the zone, shape (N,)."""
        return self._areas.touching(self._shapes[zone])

    def within(self, zone: str) -> Mask:
        """Say of each defect whether it lies in the zone as a whole, shape (N,)."""
        return self._areas.within(self._shapes[zone])

    @cached_property
    def _areas(self) -> Areas:
        return Areas([defect.shape for defect in self._defects])


def leave_out(
    zones: Sequence[ZoneTable], prediction: Prediction, low: float, size: tuple[int, int] | None
) -> Remainder:
    """Return what is left of a prediction outside the ignore zones.

    What the score is there is read off the heat map; without one, off the defects, where one that is left out explains
    the score. Otherwise the score stays what it is.

    Parameters
    ----------
    zones
        The ignore zones of the view.
    low
        The threshold below which a view is good.
    size
        Width and height of the picture.
    """
    defects = prediction.defects
    if not zones:
        return Remainder(defects, prediction.score, {})
    inside = Zones(zones, defects)
    left_out = np.zeros(len(defects), np.bool_)
    ignored = {}
    for zone in zones:
        newly = inside.within(zone.name) & ~left_out if defects else left_out
        ignored[zone.name] = int(newly.sum())
        left_out = left_out | newly
    rest = tuple(defect for defect, out in zip(defects, left_out.tolist(), strict=True) if not out)
    scores = [defect.score for defect in rest]
    if prediction.heat_map is not None and size is not None:
        heat = prediction.heat_map
        unseen = max(0.0, prediction.score - float(heat.max()))  # of the score, what the map does not show
        elsewhere = _hottest_outside(heat, [zone.shape for zone in zones], size) + unseen
    else:
        elsewhere = _unseen_elsewhere(prediction, left_out, low)
    score = min(prediction.score, max([elsewhere, *scores]))
    return Remainder(rest, score, {name: count for name, count in ignored.items() if count})


def _hottest_outside(heat: npt.NDArray[np.float32], zones: Sequence[Polygon], size: tuple[int, int]) -> float:
    """Return the highest value of a heat map outside the zones; a cell counts unless the zones have it and all around it.

    Infinite where the zones leave nothing over: a picture that is ignored as a whole is not a good one.
    """
    height, width = heat.shape
    factors = np.array([width / size[0], height / size[1]])
    inside = np.zeros((height, width), np.uint8)
    for zone in zones:
        one = np.zeros_like(inside)
        corners = (zone.outline + 0.5) * factors - 0.5
        cv2.fillPoly(one, [np.rint(corners * 16).astype(np.int32)], (1,), shift=4)
        inside |= one
    inside = np.asarray(cv2.erode(inside, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_REPLICATE), np.uint8)
    outside = heat[inside == 0]
    return float(outside.max()) if outside.size else inf


def _unseen_elsewhere(prediction: Prediction, left_out: Mask, low: float) -> float:
    """Return how high the score of a place may be that is neither outlined nor left out; there is no heat map."""
    gone = [defect.score for defect, out in zip(prediction.defects, left_out.tolist(), strict=True) if out]
    if not gone or max(gone) < prediction.score - _EXPLAINED:
        return prediction.score
    if prediction.defects_left_out:  # none of them is worse than the least of those that were kept
        return max(low, min(defect.score for defect in prediction.defects))
    below = prediction.outlined_from
    return low if below is None or below > low else 0.0
