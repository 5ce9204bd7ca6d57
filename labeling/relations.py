"""How areas lie to each other: which touch, which lie within which, which are nearest. Of many areas at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from labeling.areas import settled, to_area
from labeling.shapes import Polygon

Mask = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]

_ROUNDING: Final = 1e-6
"""Coordinates are settled to a millionth; an edge on an edge lies within."""
_AT_ONCE: Final = 32
"""Pairs whose distance is worked out in one call."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The two areas that are nearest to each other: how far apart, by their numbers."""

    distance: float
    first: int
    second: int


class Areas:
    """Some polygons, prepared once for questions about all of them; a crossed outline is untangled first.

    What has no area counts as the line or point it is: it still touches, lies within, and has a distance.
    """

    def __init__(self, polygons: Sequence[Polygon]) -> None:
        self._shapes = _solid(polygons)

    def areas(self) -> npt.NDArray[np.float64]:
        """Return the area of each, shape (N,), holes taken off, in the square of the polygons' unit."""
        return np.asarray(shapely.area(self._shapes), np.float64)

    def edges(self) -> npt.NDArray[np.float64]:
        """Return the length of all edges of each, shape (N,), those of holes included; a line has an edge on either side."""
        lines = shapely.get_dimensions(self._shapes) == 1
        return np.asarray(np.where(lines, 2, 1) * shapely.length(self._shapes), np.float64)

    def touching(self, zone: Polygon) -> Mask:
        """Say of each whether it has a point in common with the zone, shape (N,)."""
        return np.asarray(shapely.intersects(self._shapes, to_area(zone)), np.bool_)

    def within(self, zone: Polygon) -> Mask:
        """Say of each whether it lies in the zone as a whole, shape (N,)."""
        return np.asarray(shapely.covers(shapely.buffer(to_area(zone), _ROUNDING), self._shapes), np.bool_)

    def nearest(self, numbers: Sequence[int]) -> Nearest | None:
        """Return the two of those numbered that are nearest to each other; None of fewer than two.

        The exact distance is worked out only of those whose upright boxes are nearer than the best so far.
        """
        if len(numbers) < 2:
            return None
        shapes = self._shapes[list(numbers)]
        one, other = np.triu_indices(len(shapes), 1)
        gaps = _box_gaps(shapely.bounds(shapes), one, other)
        order = gaps.argsort(kind="stable")
        best = Nearest(np.inf, numbers[0], numbers[1])
        for begin in range(0, len(order), _AT_ONCE):
            batch = order[begin : begin + _AT_ONCE]
            if gaps[batch[0]] >= best.distance:
                break
            distances = shapely.distance(shapes[one[batch]], shapes[other[batch]])
            least = int(distances.argmin())
            if distances[least] < best.distance:
                pair = batch[least]
                best = Nearest(float(distances[least]), numbers[int(one[pair])], numbers[int(other[pair])])
        return best


def _box_gaps(bounds: _Floats, one: npt.NDArray[np.intp], other: npt.NDArray[np.intp]) -> _Floats:
    """Return how far apart upright boxes (N, 4) are, pair by pair; 0 where they overlap."""
    low = np.maximum(bounds[one, :2], bounds[other, :2])
    high = np.minimum(bounds[one, 2:], bounds[other, 2:])
    return np.asarray(np.hypot(*np.maximum(low - high, 0).T), np.float64)


def is_plain(polygon: Polygon) -> bool:
    """Whether a polygon has an area and its outline does not cross itself."""
    shape = shapely.Polygon(settled(polygon.outline))
    return bool(shape.is_valid and shape.area > 0)


def _solid(polygons: Sequence[Polygon]) -> npt.NDArray[np.object_]:
    """Return shapely's areas, shape (N,), all made at once; what crosses itself or has no area is looked at by itself."""
    rings = [ring for polygon in polygons for ring in (polygon.outline, *polygon.holes)]
    if not rings:
        return np.empty(0, dtype=object)
    sizes = [len(ring) for ring in rings]
    made = shapely.linearrings(settled(np.concatenate(rings)), indices=np.repeat(np.arange(len(rings)), sizes))
    owners = np.repeat(np.arange(len(polygons)), [1 + len(polygon.holes) for polygon in polygons])
    shapes = np.asarray(shapely.polygons(made, indices=owners), dtype=object)
    for number in np.flatnonzero(~shapely.is_valid(shapes)).tolist():
        area = to_area(polygons[number])
        outline = shapely.MultiPoint(settled(polygons[number].outline))
        shapes[number] = outline.convex_hull if area.is_empty else area
    return shapes
