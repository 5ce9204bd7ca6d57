"""Brush and eraser: a stroke with a radius, added to or taken from polygons with holes. Nothing is rounded to pixels."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from labeling.areas import Geometry, settled, simplify, to_area, to_polygons
from labeling.shapes import Box, Polygon, RotatedBox, frozen_points

SMALLEST_PX: Final = 4.0
"""Islands and holes of fewer square pixels are what a shaky hand leaves; they are dropped."""

_TOLERANCE_PX: Final = 0.1
"""How far an edge may be off, so that a long stroke does not become thousands of points."""


def add_stroke(
    shape: Polygon | Box | RotatedBox | None, points: npt.ArrayLike, radius_px: float
) -> tuple[Polygon, ...]:
    """Return a shape with a stroke added, or the stroke alone; in pieces where it does not touch, the largest first.

    Parameters
    ----------
    points
        Shape (N, 2), the way of the brush in image pixels; one point is a dab.
    radius_px
        Of the round brush.

    Raises
    ------
    ValueError
        If there is no point or one is not finite, or the radius is not above 0.
    """
    stroke = _stroke(points, radius_px)
    area = stroke if shape is None else shapely.union(to_area(shape), stroke)
    return to_polygons(area, smallest_px=SMALLEST_PX)


def erase_stroke(shape: Polygon | Box | RotatedBox, points: npt.ArrayLike, radius_px: float) -> tuple[Polygon, ...]:
    """Return what an eraser leaves of a shape: nothing, one piece or several, the largest first, with holes where it went.

    Parameters and errors are those of `add_stroke`.
    """
    return to_polygons(shapely.difference(to_area(shape), _stroke(points, radius_px)), smallest_px=SMALLEST_PX)


def _stroke(points: npt.ArrayLike, radius_px: float) -> Geometry:
    """Return the area that a round brush covers."""
    way = frozen_points(points)
    if not len(way):
        raise ValueError("a stroke needs a point")
    if not 0 < radius_px < float("inf"):
        raise ValueError(f"a brush needs a radius above 0, not {radius_px}")
    if len(way) == 1:
        way = way.repeat(2, axis=0)
    way = settled(simplify(way, _TOLERANCE_PX, closed=False))
    # Step by step: the buffer of a whole line that turns back on itself within its radius can have bites missing (GEOS 3.14).
    steps = shapely.linestrings(np.stack([way[:-1], way[1:]], axis=1))
    return shapely.simplify(shapely.union_all(shapely.buffer(steps, radius_px, quad_segs=16)), _TOLERANCE_PX)
