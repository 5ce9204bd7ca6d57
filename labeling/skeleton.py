"""Length and width of an area along its middle line: what remains of it when it is thinned to a line."""

import heapq
from collections.abc import Set as AbstractSet
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import shapely

from labeling.areas import Geometry, to_area, to_polygons
from labeling.shapes import Polygon

_Array = npt.NDArray[np.float64]

_CELLS: Final = 6_000
"""Cells that an area is drawn with: a scratch of 1:100 is then 8 cells wide, and the work is a few milliseconds."""

_LARGEST_SIDE: Final = 1_024
"""Of the grid, whatever the area; what is thinner than a cell still has its length."""

_CORNER: Final = 0.65
"""How steeply the distance from the edge may grow along the way into a tip: the sine of half its angle, here of 81 degrees.

The way into a blunter corner is no part of the length: a rectangle has its side, not its diagonal (0.71), and a scratch
keeps its points.
"""


def length_and_width(polygon: Polygon) -> tuple[float, float]:
    """Return the length of the longest way through the middle of a polygon and the diameter of the largest disc in it.

    Thinning by Guo and Hall (1989) on a grid chosen by the area; distances from the edge are exact. In a ring, the length
    is that of the longest of the shortest ways: half around. What is less than twice as long as wide has the length of the
    smallest rectangle around it; what is thinner than a cell has at least its mean width. A crossed outline is untangled first.

    Returns
    -------
    length, width
        In pixels of the picture.
    """
    area = to_area(polygon)
    if area.area == 0:
        return float(np.hypot(*np.ptp(polygon.outline, axis=0))), 0.0
    left, top, right, bottom = area.bounds
    scale = min(np.sqrt(_CELLS / area.area), _LARGEST_SIDE / max(right - left, bottom - top))
    origin = np.array([left, top]) - 2 / scale
    mask = _drawn(area, scale, origin)
    way = _longest_way(_thinned(mask), mask.shape[1])
    rows, columns = np.divmod(way, mask.shape[1])
    points = _smooth(np.stack([columns, rows], axis=1) / scale + origin)
    radii = _depths(points, area)
    width = float(2 * max(radii.max(), _largest_disc(mask, scale, origin, area)))
    length = _length(points, radii, area, width=width, cell=1 / scale)
    return length, width if width * scale > 1 else max(width, area.area / length)


def _drawn(area: Geometry, scale: float, origin: _Array) -> npt.NDArray[np.uint8]:
    """Return an area as 0 and 1 on a grid with a free frame; `scale` in cells a pixel, cell (0, 0) at `origin`."""
    rings = [ring for piece in to_polygons(area) for ring in (piece.outline, *piece.holes)]
    width, height = (np.ceil((np.array(area.bounds[2:]) - origin) * scale) + 3).astype(int)
    mask = np.zeros((height, width), np.uint8)
    fixed_point = [np.rint((ring - origin) * scale * 16).astype(np.int32).reshape(-1, 1, 2) for ring in rings]
    cv2.fillPoly(mask, fixed_point, (1,), shift=4)
    return mask


def _tables() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """For each of the 256 neighbourhoods: whether the first and the second half of a round take the cell away."""
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1 == 1
    north, north_east, east, south_east, south, south_west, west, north_west = bits.T
    pairs = [(north_west, north), (north_east, east), (south_east, south), (south_west, west)]
    others = [(north, north_east), (east, south_east), (south, south_west), (west, north_west)]
    around = [
        (north, north_east, east),
        (east, south_east, south),
        (south, south_west, west),
        (west, north_west, north),
    ]
    pieces = sum((~side & (corner | after)).astype(int) for side, corner, after in around)
    filled = np.minimum(sum((a | b).astype(int) for a, b in pairs), sum((a | b).astype(int) for a, b in others))
    edge = (pieces == 1) & (filled >= 2) & (filled <= 3)
    first = edge & ~((south | south_west | ~north_west) & west)
    second = edge & ~((north | north_east | ~south_east) & east)
    return first, second


_TABLES: Final = _tables()


def _thinned(mask: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """Return the flat indices of the cells that remain; each half of a round looks only at those that are left."""
    width = mask.shape[1]
    around = np.array([-width, 1 - width, 1, 1 + width, width, width - 1, -1, -1 - width])
    weights = 1 << np.arange(8)
    flat = mask.ravel().copy()
    cells = np.flatnonzero(flat)
    before = -1
    while len(cells) != before:
        before = len(cells)
        for table in _TABLES:
            gone = table[flat[cells[:, None] + around] @ weights]
            if gone.all():  # four cells in a square have no middle line and would vanish
                return cells
            flat[cells[gone]] = 0
            cells = cells[~gone]
    return cells


def _longest_way(cells: npt.NDArray[np.intp], width: int) -> npt.NDArray[np.intp]:
    """Return the cells of the longest way in the skeleton, piece by piece from the cell that is farthest from any."""
    left = {int(cell) for cell in cells}
    best, best_length = [next(iter(left))], -1.0
    while left:
        reached, _ = _sweep(next(iter(left)), left, width)
        lengths, before = _sweep(max(reached, key=reached.__getitem__), left, width)
        cell = max(lengths, key=lengths.__getitem__)
        if lengths[cell] > best_length:
            best, best_length = [cell], lengths[cell]
            while (cell := before[cell]) >= 0:
                best.append(cell)
        left -= lengths.keys()
    return np.array(best)


def _sweep(begin: int, cells: AbstractSet[int], width: int) -> tuple[dict[int, float], dict[int, int]]:
    """Return how far each cell is that can be reached, and the cell before it (-1: none); Dijkstra, 1959."""
    straight, slanting = (-width, -1, 1, width), (-width - 1, -width + 1, width - 1, width + 1)
    steps = [*((step, 1.0) for step in straight), *((step, 2**0.5) for step in slanting)]
    lengths, before = {begin: 0.0}, {begin: -1}
    queue = [(0.0, begin)]
    while queue:
        length, cell = heapq.heappop(queue)
        if length > lengths[cell]:
            continue
        for step, cost in steps:
            beside, farther = cell + step, length + cost
            if beside in cells and farther < lengths.get(beside, np.inf):
                lengths[beside], before[beside] = farther, cell
                heapq.heappush(queue, (farther, beside))
    return lengths, before


def _smooth(points: _Array) -> _Array:
    """Return each point as the mean of up to seven around it, so that a way over cells is as long as the line it follows."""
    numbers = np.arange(len(points))
    reach = np.minimum(np.minimum(numbers, numbers[::-1]), 3)
    sums = np.vstack([np.zeros((1, 2)), points.cumsum(axis=0)])
    return np.asarray((sums[numbers + reach + 1] - sums[numbers - reach]) / (2 * reach + 1)[:, None])


def _depths(points: _Array, area: Geometry) -> _Array:
    """Return how far points are from the edge, inside; 0 outside."""
    places = shapely.points(points)
    return np.where(shapely.intersects(area, places), shapely.distance(places, area.boundary), 0.0)


def _largest_disc(mask: npt.NDArray[np.uint8], scale: float, origin: _Array, area: Geometry) -> float:
    """Return the radius of the largest disc: found to a cell by the distance transform, then around it exactly."""
    depth = cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    centre = np.array([column, row]) / scale + origin
    fractions = np.linspace(-1, 1, 9)
    grid = np.stack(np.meshgrid(fractions, fractions), axis=-1).reshape(-1, 2) / scale
    for finer in (1, 4):
        around = centre + grid / finer
        depths = _depths(around, area)
        centre = around[depths.argmax()]
    return float(depths.max())


def _length(points: _Array, radii: _Array, area: Geometry, *, width: float, cell: float) -> float:
    """Return the length of the way without its ends in blunt corners, and on from there straight to the edge."""
    along = np.concatenate([[0.0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    begin = _end_of_corner(radii, along, 1.5 * cell)
    end = len(points) - 1 - _end_of_corner(radii[::-1], (along[-1] - along)[::-1], 1.5 * cell)
    if along[end] - along[begin] < width:  # not twice as long as wide: its middle line has no direction to speak of
        corners = shapely.get_coordinates(shapely.oriented_envelope(area))
        return float(np.hypot(*np.diff(corners, axis=0).T).max())
    middle, depths = points[begin : end + 1], radii[begin : end + 1]
    caps = _cap(middle, depths, area, cell) + _cap(middle[::-1], depths[::-1], area, cell)
    return float(along[end] - along[begin] + caps)


def _end_of_corner(radii: _Array, along: _Array, noise: float) -> int:
    """Return the number of the point, from the beginning, where a way out of a blunt corner meets the middle line."""
    gain = radii - _CORNER * along
    falls = np.flatnonzero(gain < np.maximum.accumulate(gain) - noise)
    return int(gain[: falls[0] if len(falls) else None].argmax())


def _cap(points: _Array, radii: _Array, area: Geometry, cell: float) -> float:
    """Return how far it is from the beginning of a way to the edge, straight on; thinning ends before a round end does."""
    first, radius = points[0], radii[0]
    if radius == 0:
        return 0.0
    away = np.hypot(*(points - first).T)
    back = points[int(np.argmax(away >= min(max(radius, 4 * cell), away.max())))]
    reach = 1.5 * radius + 2 * cell
    ahead = shapely.LineString([first, first + (first - back) / np.hypot(*(first - back)) * reach])
    hits = shapely.intersection(ahead, area.boundary)
    return float(reach if hits.is_empty else shapely.distance(shapely.Point(first), hits))
