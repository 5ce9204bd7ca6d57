"""A shape as rings of points, and a shape with one of its handles elsewhere."""

from collections.abc import Callable

import numpy as np

from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points

MIN_SIDE_PX = 1e-3
"""A box dragged through itself keeps this side, in image pixels."""


def rings_of(shape: Shape) -> tuple[Points, ...]:
    """Return the lines of a shape, each of shape (N, 2) in image pixels; a keypoint is one ring of one point."""
    if isinstance(shape, Polygon):
        return (shape.outline, *shape.holes)
    if isinstance(shape, Box):
        return (_box_corners(shape),)
    if isinstance(shape, RotatedBox):
        return (shape.corners,)
    if isinstance(shape, Polyline):
        return (shape.points,)
    return (frozen_points([(shape.x, shape.y)]),)


def is_closed(shape: Shape) -> bool:
    """Whether the last point of each ring joins the first."""
    return not isinstance(shape, Polyline | Keypoint)


def handles_of(shape: Shape) -> Points:
    """Return the points that can be taken hold of, shape (N, 2): all rings one after the other."""
    return np.concatenate(rings_of(shape))


def with_handle_at(shape: Shape, index: int, to: tuple[float, float]) -> Shape:
    """Return the shape with the handle `index` of `handles_of` moved to `to`.

    A corner of a box takes the two edges along; the opposite corner stays, and so does the angle of a rotated box.
    """
    if isinstance(shape, Polygon):
        return _polygon_with(shape, index, to)
    if isinstance(shape, Polyline):
        return Polyline(_with_row(shape.points, index, to))
    if isinstance(shape, Keypoint):
        return Keypoint(*to)
    move: Callable[[Shape, int, tuple[float, float]], Shape] = _box_with if isinstance(shape, Box) else _rotated_with
    return move(shape, index, to)


def _box_corners(box: Box) -> Points:
    return frozen_points([(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)])


def _with_row(points: Points, index: int, to: tuple[float, float]) -> Points:
    changed = points.copy()
    changed[index] = to
    return frozen_points(changed)


def _polygon_with(polygon: Polygon, index: int, to: tuple[float, float]) -> Polygon:
    rings = [polygon.outline, *polygon.holes]
    for number, ring in enumerate(rings):
        if index < len(ring):
            rings[number] = _with_row(ring, index, to)
            return Polygon(rings[0], tuple(rings[1:]))
        index -= len(ring)
    raise IndexError(f"the polygon has no handle {index} beyond its last")


def box_between(one: tuple[float, float], other: tuple[float, float]) -> Box:
    """Return the upright box with these opposite corners; never thinner than `MIN_SIDE_PX`."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    return Box(left, top, max(right, left + MIN_SIDE_PX), max(bottom, top + MIN_SIDE_PX))


def _box_with(shape: Shape, index: int, to: tuple[float, float]) -> Shape:
    fixed = rings_of(shape)[0][(index + 2) % 4]
    return box_between((float(fixed[0]), float(fixed[1])), to)


def _rotated_with(shape: Shape, index: int, to: tuple[float, float]) -> Shape:
    assert isinstance(shape, RotatedBox)
    fixed = shape.corners[(index + 2) % 4]
    angle = np.deg2rad(shape.angle_deg)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    diagonal = np.asarray(to) - fixed
    centre = fixed + diagonal / 2
    width, height = abs(float(diagonal @ along)), abs(float(diagonal @ across))
    return RotatedBox(
        float(centre[0]), float(centre[1]), max(width, MIN_SIDE_PX), max(height, MIN_SIDE_PX), shape.angle_deg
    )


def rotated_box_on(base: tuple[tuple[float, float], tuple[float, float]], to: tuple[float, float]) -> RotatedBox:
    """Return the rotated box with `base` as one side, reaching as far from it as `to` does."""
    start, end = np.asarray(base[0]), np.asarray(base[1])
    side = end - start
    width = max(float(np.hypot(*side)), MIN_SIDE_PX)
    along = side / width
    across = np.array([-along[1], along[0]])
    reach = float((np.asarray(to) - start) @ across)
    centre = (start + end) / 2 + across * reach / 2
    angle_deg = float(np.rad2deg(np.arctan2(along[1], along[0])))
    return RotatedBox(float(centre[0]), float(centre[1]), width, max(abs(reach), MIN_SIDE_PX), angle_deg)
