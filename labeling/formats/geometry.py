"""What the formats share of geometry: corners and centres of pixels, masks, runs, and holes in a single ring."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import shapely

from labeling.areas import to_polygons
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points

Mask = npt.NDArray[np.bool_]
Area = Polygon | Box | RotatedBox

HALF: Final = 0.5
"""From the centre of a pixel to its corner, where most formats begin to count."""

DIGITS: Final = 4
"""Decimals of a pixel that are written."""

MOST_PIECES: Final = 1_000
"""Of one region, that are joined; what has more is no defect but noise, and stays in pieces."""

LARGEST_MASK_PX: Final = 200_000_000
"""No camera has as many; what says so is there to fill the memory."""


def from_corner(points: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return points of this library as they are counted from the picture's corner, rounded to what is written."""
    return np.round(np.asarray(points, np.float64) + HALF, DIGITS)


def to_centre(points: npt.ArrayLike) -> Points:
    """Undo `from_corner`; `ValueError` if they are not points of two finite numbers."""
    return frozen_points(np.round(np.asarray(points, np.float64) - HALF, DIGITS))


def edges(shape: Shape) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the shape's upright box, counted from the picture's corner."""
    left, top, right, bottom = (round(edge + HALF, DIGITS) for edge in shape.bounds)
    return left, top, right, bottom


def box_of(left: float, top: float, right: float, bottom: float) -> Box:
    """Return a box by its edges counted from the picture's corner; `ValueError` if it is none."""
    return Box(*(round(edge - HALF, DIGITS) for edge in (left, top, right, bottom)))


def corners(box: Box) -> Points:
    """Return the four corners, clockwise on the picture from the top left one."""
    left, top, right, bottom = box.bounds
    return frozen_points([[left, top], [right, top], [right, bottom], [left, bottom]])


def rings(shape: Area) -> tuple[Points, ...]:
    """Return the outline of an area, then its holes."""
    match shape:
        case Polygon():
            return (shape.outline, *shape.holes)
        case Box():
            return (corners(shape),)
        case RotatedBox():
            return (shape.corners,)


def is_area(shape: Shape) -> bool:
    """Whether the shape covers anything."""
    return not isinstance(shape, Polyline | Keypoint)


# Masks ----------------------------------------------------------------------------------------------------------------


def rasterised(shape: Area, size: tuple[int, int]) -> tuple[slice, slice, Mask]:
    """Return the rows and columns of the picture that an area reaches, and the mask of the pixels whose centre it covers.

    What covers no centre at all is as the pixels nearest to its corners, so that no defect becomes background. A shape
    outside the picture gives an empty mask.

    Parameters
    ----------
    size
        Width and height of the picture in pixels.
    """
    width, height = size
    left, top, right, bottom = shape.bounds
    columns = slice(max(int(np.floor(left)), 0), min(int(np.ceil(right)) + 1, width))
    rows = slice(max(int(np.floor(top)), 0), min(int(np.ceil(bottom)) + 1, height))
    if columns.start >= columns.stop or rows.start >= rows.stop:
        return slice(0, 0), slice(0, 0), np.zeros((0, 0), np.bool_)
    mask = _filled(rings(shape), rows, columns)
    if not mask.any():
        nearest = np.rint(rings(shape)[0]).astype(np.int64)
        x = nearest[:, 0].clip(columns.start, columns.stop - 1) - columns.start
        y = nearest[:, 1].clip(rows.start, rows.stop - 1) - rows.start
        mask[y, x] = True
    return rows, columns, mask


def _filled(outlines: Sequence[Points], rows: slice, columns: slice) -> Mask:
    """Fill by crossings (even-odd): each edge turns a row over from the first pixel right of where it crosses it."""
    high, wide = rows.stop - rows.start, columns.stop - columns.start
    turns = np.zeros((high, wide + 1), np.int32)
    start = np.concatenate(list(outlines))
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in outlines])
    low, top = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    first = np.clip(np.ceil(low).astype(np.int64), rows.start, rows.stop)
    count = np.clip(np.clip(np.ceil(top).astype(np.int64), rows.start, rows.stop) - first, 0, None)
    edge = np.repeat(np.arange(len(start)), count)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    share = (row - start[edge, 1]) / (end[edge, 1] - start[edge, 1])
    x = start[edge, 0] + share * (end[edge, 0] - start[edge, 0])
    column = np.clip(np.ceil(x).astype(np.int64) - columns.start, 0, wide)
    np.add.at(turns, (row - rows.start, column), 1)
    return np.asarray(np.cumsum(turns[:, :wide], axis=1) & 1, np.bool_)


def traced(mask: Mask, left: int = 0, top: int = 0) -> tuple[Polygon, ...]:
    """Return a mask as polygons along the edges of its pixels, holes kept, the largest first.

    Pixels that touch at a corner are of one polygon, whose ring then goes through that corner twice.

    Parameters
    ----------
    mask
        Shape (h, w).
    left, top
        Where its first pixel lies in the picture.
    """
    count, regions, figures, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    found: list[Polygon] = []
    for region in range(1, count):
        x, y, width, height, _ = figures[region].tolist()
        pieces = _pieces(regions[y : y + height, x : x + width] == region, x + left, y + top)
        found += _joined(pieces) if len(pieces) <= MOST_PIECES else pieces
    return tuple(sorted(found, key=lambda polygon: -polygon.area_px))


def _pieces(mask: Mask, left: int, top: int) -> list[Polygon]:
    """Return the polygons of pixels that share edges, out of the union of all runs."""
    turns = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(turns == 1)
    _, stop = np.nonzero(turns == -1)
    x, y = start + left - HALF, row + top - HALF
    pieces = to_polygons(shapely.union_all(shapely.box(x, y, stop + left - HALF, y + 1)))
    return [Polygon(_straight(piece.outline), tuple(map(_straight, piece.holes))) for piece in pieces]


def _joined(pieces: Sequence[Polygon]) -> list[Polygon]:
    """Join pieces that have a corner in common: one ring goes on into the other there, and what is filled stays the same."""
    groups: list[list[Points]] = []
    for piece in pieces:
        group, apart = [piece.outline, *piece.holes], []
        for known in groups:
            merged = _spliced(known, group) or _spliced(group, known)
            if merged is None:
                apart.append(known)
            else:
                group = merged
        groups = [*apart, group]
    return [Polygon(outline, tuple(holes)) for outline, *holes in groups]


def _spliced(around: list[Points], piece: list[Points]) -> list[Points] | None:
    """Return the rings of both, the outline of `piece` within the ring of `around` that it touches; None if it touches none."""
    corners_of_piece = {point: index for index, point in enumerate(map(tuple, piece[0].tolist()))}
    for number, ring in enumerate(around):
        for at, point in enumerate(map(tuple, ring.tolist())):
            if (to := corners_of_piece.get(point)) is not None:
                longer = np.concatenate([ring[: at + 1], np.roll(piece[0], -to, axis=0)[1:], ring[at:]])
                return [*around[:number], frozen_points(longer), *around[number + 1 :], *piece[1:]]
    return None


def _straight(ring: Points) -> Points:
    """Drop the points in the middle of a straight edge."""
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    return frozen_points(ring[np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]) > 1e-9])


def run_lengths(values: Mask) -> list[int]:
    """Return how many pixels are off, then on, then off, …, of a mask that was made one row (1-dimensional)."""
    turns = np.flatnonzero(np.diff(values)) + 1
    bounds = [0, *turns.tolist(), len(values)]
    lengths = [stop - start for start, stop in pairwise(bounds)]
    return [0, *lengths] if len(values) and values[0] else lengths


def from_runs(lengths: Iterable[int], count: int) -> Mask:
    """Undo `run_lengths`.

    Raises
    ------
    ValueError
        If the runs are not `count` pixels together, or that is more than any picture has.
    """
    if count > LARGEST_MASK_PX:
        raise ValueError(f"a mask of {count} pixels; no picture has more than {LARGEST_MASK_PX}")
    runs = list(lengths)
    if any(run < 0 for run in runs) or sum(runs) != count:
        raise ValueError(f"the runs of a mask must be {count} pixels together")
    return np.repeat(np.arange(len(runs)) % 2 == 1, runs)


# Holes in a single ring -----------------------------------------------------------------------------------------------


def bridged(outlines: Sequence[Points]) -> Points:
    """Return an outline with its holes as one ring: to each hole and back over a bridge without width.

    What a format without holes can keep of them: every reader fills the right pixels, and `unbridged` takes it apart.
    """
    ring = outlines[0]
    if len(outlines) == 1:
        return ring
    turn = _signed_area(ring)
    for hole in outlines[1:]:
        inner = hole if _signed_area(hole) * turn < 0 else hole[::-1]  # against the outline, for fillers by winding
        distance = ((ring[:, None] - inner[None]) ** 2).sum(axis=2)
        at, to = (int(index) for index in np.unravel_index(distance.argmin(), distance.shape))
        around = np.roll(inner, -to, axis=0)
        ring = np.concatenate([ring[: at + 1], around, around[:1], ring[at:]])
    return frozen_points(ring)


def unbridged(ring: Points) -> Polygon:
    """Undo `bridged`: whatever lies behind a bridge is a hole."""
    points = [(x, y) for x, y in ring.tolist()]
    holes = []
    while (bridge := _bridge(points)) is not None:
        start, stop = bridge
        holes.append(points[start + 1 : stop])
        del points[start + 1 : stop + 2]
    return Polygon(frozen_points(points), tuple(frozen_points(hole) for hole in reversed(holes)))


def _bridge(points: list[tuple[float, float]]) -> tuple[int, int] | None:
    """Return the shortest way out over a bridge and back: there at `start`, back at the far end at `stop`."""
    if len(set(points)) == len(points):
        return None
    ways: dict[tuple[tuple[float, float], tuple[float, float]], list[int]] = {}
    for index, way in enumerate(pairwise(points)):
        ways.setdefault(way, []).append(index)
    found = [
        (start, stop)
        for (here, there), starts in ways.items()
        for start in starts
        for stop in ways.get((there, here), ())
        if stop - start >= 4 and len(points) - (stop + 1 - start) >= 3
    ]
    return min(found, key=lambda pair: pair[1] - pair[0], default=None)


def _signed_area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
