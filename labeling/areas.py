"""Shapes as plane geometry (shapely) and back: the only module that knows both."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points

Geometry = Any
"""A shapely geometry; shapely has no types of its own."""


def to_geometry(shape: Shape) -> Geometry:
    """Return a shape as a shapely polygon, line or point; crossed outlines stay crossed."""
    match shape:
        case Polygon():
            return shapely.Polygon(settled(shape.outline), [settled(hole) for hole in shape.holes])
        case Box():
            return shapely.box(*settled(np.array(shape.bounds)))
        case RotatedBox():
            return shapely.Polygon(settled(shape.corners))
        case Polyline():
            return shapely.LineString(settled(shape.points))
        case Keypoint():
            return shapely.Point(shape.x, shape.y)


def settled(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return coordinates to a millionth of a pixel: smaller differences have no direction that arithmetic can tell."""
    return np.round(numbers, 6)


def to_area(shape: Polygon | Box | RotatedBox) -> Geometry:
    """Return the area of a shape as a valid shapely polygon or several: a crossed outline untangled, empty if nothing is left."""
    return untangled(to_geometry(shape))


def untangled(area: Geometry) -> Geometry:
    """Return a shapely polygon as valid area, itself if it is so already."""
    return area if area.is_valid else shapely.make_valid(area, method="structure", keep_collapsed=False)


def to_polygons(area: Geometry, *, smallest_px: float = 0.0) -> tuple[Polygon, ...]:
    """Return the pieces of an area, the largest first; islands and holes below `smallest_px` square pixels are dropped.

    Points keep their fractions. What of the area is line or point is dropped.
    """
    pieces = [part for part in _parts(area) if part.area > 0 and shapely.Polygon(part.exterior).area >= smallest_px]
    pieces.sort(key=lambda part: -part.area)
    return tuple(
        Polygon(
            _ring(part.exterior),
            tuple(_ring(hole) for hole in part.interiors if shapely.Polygon(hole).area >= max(smallest_px, 1e-9)),
        )
        for part in pieces
    )


def simplify(points: npt.ArrayLike, tolerance_px: float, *, closed: bool) -> Points:
    """Return the points that matter: no point of the line given is farther than the tolerance from the line returned.

    Douglas and Peucker, 1973. The points returned are some of those given, to a millionth of a pixel; the first is kept, and
    of an open line the last.

    Parameters
    ----------
    points
        Shape (N, 2).
    tolerance_px
        In the unit of the points.
    closed
        Whether the last point joins the first. A ring of at least three points keeps at least three.

    Raises
    ------
    ValueError
        If the points are not N pairs of finite numbers, or the tolerance is negative.
    """
    line = frozen_points(settled(frozen_points(points)))
    if tolerance_px < 0:
        raise ValueError(f"a tolerance is not negative, as {tolerance_px} is")
    if len(line) < 3:
        return line
    if not closed:
        return frozen_points(_simplified(line, tolerance_px))
    # GEOS keeps both ends of a line; cutting the ring at the point farthest from the first leaves no corner to chance.
    farthest = int(((line - line[0]) ** 2).sum(axis=1).argmax())
    there = _simplified(line[: farthest + 1], tolerance_px)
    back = _simplified(np.vstack([line[farthest:], line[:1]]), tolerance_px)
    ring = np.vstack([there[:-1], back[:-1]])
    return frozen_points(ring) if len(ring) >= 3 else line


def _simplified(line: npt.NDArray[np.float64], tolerance_px: float) -> npt.NDArray[np.float64]:
    if len(line) < 3:
        return line
    short = shapely.simplify(shapely.LineString(line), tolerance_px, preserve_topology=False)
    return np.asarray(shapely.get_coordinates(short), np.float64)


def _parts(area: Geometry) -> Iterable[Geometry]:
    """The polygons of whatever an operation returned."""
    return (part for part in shapely.get_parts(shapely.get_parts(area)) if part.geom_type == "Polygon")


def _ring(ring: Geometry) -> Points:
    return frozen_points(shapely.get_coordinates(ring)[:-1])


def lassoed(points: npt.ArrayLike) -> Polygon:
    """Return the area a closed stroke goes around: where its ends overlap, or it crosses itself, the largest piece of it.

    A finger rarely stops where it began. Every crossing cuts a piece off; a stroke without a crossing stays as it is.

    Parameters
    ----------
    points
        Shape (N, 2), the last joined to the first.

    Raises
    ------
    ValueError
        If there are fewer than three points.
    """
    outline = Polygon(frozen_points(points))
    area = to_geometry(outline)
    if area.is_valid:
        return outline
    ring = shapely.node(shapely.LinearRing(settled(outline.outline)))
    pieces = to_polygons(shapely.MultiPolygon(list(shapely.get_parts(shapely.polygonize([*shapely.get_parts(ring)])))))
    return Polygon(pieces[0].outline) if pieces else outline
