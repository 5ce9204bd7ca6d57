"""A large frame cut into overlapping tiles, and what was found in each put together again. Pure; all in source pixels.

Tiles of a row lie evenly, the first and the last flush with the frame. What lies across a seam is cut by the edges of both tiles,
and both see it where they overlap: where two tiles say the same of the ground they share, it is one thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import cv2
import numpy as np
import numpy.typing as npt

from labeling.areas import to_area, to_polygons
from labeling.shapes import Points, Polygon, frozen_points
from models import geometry
from models.decoders.anomaly import Placement
from models.errors import ModelError
from models.prediction import Defect
from models.preprocess import Picture

FloatArray = npt.NDArray[np.float32]
Bounds = tuple[float, float, float, float]

MAX_TILES = 1024
SAME = 0.3
"""Two tiles say the same of their shared ground when the boxes there overlap by this much (intersection over union)."""
TOUCHING_SHARE = 0.1
"""Outlines are one when they share this much of the smaller one's ground: masks of a thin scratch hardly cover each other."""
EDGE_PX = 2.0
"""What ends so near the inner edge of its tile was cut by it."""
FEATHER = 1e-3
"""Weight of a tile's outermost pixels in a blended map, so that a place only one tile sees keeps its value."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of a frame: its left top corner and its size, in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    def cut(self, pixels: Picture) -> Picture:
        """Return this piece of a picture, as a view of it."""
        return pixels[self.top : self.top + self.height, self.left : self.left + self.width]

    @property
    def bounds(self) -> Bounds:
        """Left, top, right, bottom of its ground: pixel (0, 0) is the centre of the frame's first one."""
        return self.left - 0.5, self.top - 0.5, self.left + self.width - 0.5, self.top + self.height - 0.5

    def moved(self, defect: Defect) -> Defect:
        """Return a defect found in this piece where it lies in the frame."""
        shape = defect.shape
        holes = tuple(self._in_frame(hole) for hole in shape.holes)
        return Defect(defect.class_name, defect.score, Polygon(self._in_frame(shape.outline), holes))

    def _in_frame(self, ring: Points) -> Points:
        return frozen_points(np.add(ring, (self.left, self.top)))


def tiles_of(size: tuple[int, int], side: int, overlap: int) -> tuple[Tile, ...]:
    """Cut a frame of (width, height) into tiles, row by row.

    Every pixel is in a tile, neighbours share at least `overlap` pixels, and no tile leaves the frame, which may be the smaller.

    Raises
    ------
    ModelError
        If there would be more than `MAX_TILES`.
    """
    columns, rows = (_starts(length, side, overlap) for length in size)
    if len(columns) * len(rows) > MAX_TILES:
        raise ModelError(
            f"a picture of {size[0]}x{size[1]} pixels would be cut into {len(columns) * len(rows)} tiles of {side} pixels, "
            f"{MAX_TILES} are allowed; say larger tiles in the sidecar and add the model again"
        )
    width, height = min(side, size[0]), min(side, size[1])
    return tuple(Tile(left, top, width, height) for top, left in product(rows, columns))


def _starts(length: int, side: int, overlap: int) -> tuple[int, ...]:
    if length <= side:
        return (0,)
    gaps = -(-(length - side) // (side - overlap))
    return tuple(number * (length - side) // gaps for number in range(gaps + 1))


def merged(found: Sequence[tuple[Tile, Sequence[Defect]]], size: tuple[int, int], *, boxes: bool) -> tuple[Defect, ...]:
    """Return the defects of all tiles, best first, each of them once.

    Parameters
    ----------
    found
        Each tile with what was found in it, in the frame's pixels.
    size
        (width, height) of the frame.
    boxes
        Whether the shapes are upright boxes: those cut by a seam become the box around both, outlines their union.
    """
    every = [(tile, defect) for tile, defects in found for defect in defects]
    groups = _Groups(len(every))
    for here, there in combinations(_by_tile(every), 2):
        ground = _shared(every[here[0]][0].bounds, every[there[0]][0].bounds)
        if ground is not None:
            for one, other in _said_twice(every, here, there, ground, boxes=boxes):
                groups.join(one, other)
    defects = [_one([every[number] for number in group], size, boxes=boxes) for group in groups.all()]
    return tuple(sorted(defects, key=lambda defect: -defect.score))


class _Groups:
    """Which of so many things are one (union-find)."""

    def __init__(self, count: int) -> None:
        self._of = list(range(count))

    def join(self, one: int, other: int) -> None:
        self._of[self._root(one)] = self._root(other)

    def all(self) -> list[list[int]]:
        groups: dict[int, list[int]] = {}
        for number in range(len(self._of)):
            groups.setdefault(self._root(number), []).append(number)
        return list(groups.values())

    def _root(self, number: int) -> int:
        while self._of[number] != number:
            number = self._of[number]
        return number


def _by_tile(every: Sequence[tuple[Tile, Defect]]) -> list[list[int]]:
    groups: dict[Tile, list[int]] = {}
    for number, (tile, _) in enumerate(every):
        groups.setdefault(tile, []).append(number)
    return list(groups.values())


def _said_twice(
    every: Sequence[tuple[Tile, Defect]], here: Sequence[int], there: Sequence[int], ground: Bounds, *, boxes: bool
) -> list[tuple[int, int]]:
    """Return which defects of two tiles are the same on the ground they share; of boxes each with one other at most.

    Boxes of two things may overlap, so that each belongs to the one it fits best; outlines that overlap are one place.
    """
    near = [[number for number in side if _shared(every[number][1].shape.bounds, ground)] for side in (here, there)]
    pairs = []
    for one, other in product(*near):
        first, second = every[one][1], every[other][1]
        if first.class_name == second.class_name and _shared(first.shape.bounds, second.shape.bounds):
            likeness = _likeness(first.shape, second.shape, ground, boxes=boxes)
            if likeness >= (SAME if boxes else TOUCHING_SHARE):
                pairs.append((likeness, one, other))
    if not boxes:
        return [(one, other) for _, one, other in pairs]
    pairs.sort(reverse=True)
    taken: set[int] = set()
    best = []
    for _, one, other in pairs:
        if not taken & {one, other}:
            taken |= {one, other}
            best.append((one, other))
    return best


def _likeness(first: Polygon, second: Polygon, ground: Bounds, *, boxes: bool) -> float:
    """Return how much two shapes agree on a piece of ground, from 0 to 1."""
    if boxes:
        one, other = _shared(first.bounds, ground), _shared(second.bounds, ground)
        if one is None or other is None:
            return 0.0
        common = _area(_shared(one, other))
        return common / (_area(one) + _area(other) - common)
    ground_area = to_area(Polygon(_rectangle(ground)))
    one, other = to_area(first) & ground_area, to_area(second) & ground_area
    smaller = min(one.area, other.area)
    return (one & other).area / smaller if smaller > 0 else 0.0


def _one(parts: Sequence[tuple[Tile, Defect]], size: tuple[int, int], *, boxes: bool) -> Defect:
    """Return one defect of all that tiles say of it; what a tile sees whole outweighs what others see of it."""
    parts = sorted(parts, key=lambda part: -part[1].score)
    best = parts[0][1]
    if len(parts) == 1:
        return best
    whole = [defect for tile, defect in parts if not _is_cut(defect.shape.bounds, tile, size)]
    if whole and all(_lies_on(defect.shape.bounds, whole[0].shape.bounds) for _, defect in parts):
        return Defect(best.class_name, best.score, whole[0].shape)
    if boxes:
        every = np.array([defect.shape.bounds for _, defect in parts])
        return Defect(best.class_name, best.score, Polygon(_rectangle((*every[:, :2].min(0), *every[:, 2:].max(0)))))
    area = to_area(parts[0][1].shape)
    for _, defect in parts[1:]:
        area = area | to_area(defect.shape)
    return Defect(best.class_name, best.score, to_polygons(area)[0])


def _is_cut(bounds: Bounds, tile: Tile, size: tuple[int, int]) -> bool:
    """Say whether a shape ends at an edge of its tile within the frame."""
    frame = Tile(0, 0, *size).bounds
    return any(
        edge != outer and abs(side - edge) <= EDGE_PX
        for side, edge, outer in zip(bounds, tile.bounds, frame, strict=True)
    )


def _lies_on(bounds: Bounds, other: Bounds) -> bool:
    return 2 * _area(_shared(bounds, other)) >= _area(bounds)


def _shared(one: Bounds, other: Bounds) -> Bounds | None:
    """Return what two upright boxes share; None where that has no area."""
    left, top, right, bottom = (
        *(max(one[side], other[side]) for side in (0, 1)),
        *(min(one[side], other[side]) for side in (2, 3)),
    )
    return (left, top, right, bottom) if left < right and top < bottom else None


def _area(bounds: Bounds | None) -> float:
    return 0.0 if bounds is None else (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _rectangle(bounds: Bounds) -> Points:
    left, top, right, bottom = bounds
    return frozen_points([[left, top], [right, top], [right, bottom], [left, bottom]])


def blended(maps: Sequence[tuple[Tile, FloatArray, Placement]], size: tuple[int, int]) -> FloatArray:
    """Return one heat map over a frame of (width, height), as fine as those of the tiles; read-only float32.

    Where tiles overlap, each counts the more the farther the place is from its own edge, so that no seam is seen.

    Parameters
    ----------
    maps
        Each tile, its heat map of shape (h, w) over the model's input, and where the input lies in the tile.
    """
    _, first, placement = maps[0]
    step = float(np.sqrt(abs(np.linalg.det(placement.from_map(first.shape)[:, :2]))))
    shape = max(1, round(size[1] / step)), max(1, round(size[0] / step))
    to_canvas = geometry.resized(shape[1] / size[0], shape[0] / size[1])
    total, weights = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for tile, heat, placed in maps:
        left, top, right, bottom = _canvas_window(tile, to_canvas, shape)
        to_frame = geometry.compose(np.array([[1.0, 0, tile.left], [0, 1, tile.top]]), placed.from_map(heat.shape))
        to_window = geometry.compose(to_canvas, to_frame) - np.array([[0, 0, left], [0, 0, top]])
        laid = cv2.warpAffine(heat, to_window, (right - left, bottom - top), borderMode=cv2.BORDER_REPLICATE)
        weight = _feather(bottom - top)[:, None] * _feather(right - left)[None, :]
        total[top:bottom, left:right] += weight * laid
        weights[top:bottom, left:right] += weight
    result = total / weights
    result.setflags(write=False)
    return result


def _canvas_window(tile: Tile, to_canvas: geometry.Affine, shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the canvas' pixels that a tile touches; neighbours leave none between them."""
    corners = geometry.apply(to_canvas, np.array(tile.bounds).reshape(2, 2)) + 0.5
    (left, top), (right, bottom) = np.floor(corners[0]).astype(int), np.ceil(corners[1]).astype(int)
    return max(0, left), max(0, top), min(shape[1], right), min(shape[0], bottom)


def _feather(length: int) -> FloatArray:
    """Return weights that grow from either end towards the middle."""
    place = np.arange(length, dtype=np.float32)
    return np.asarray(np.minimum(place, length - 1 - place) / np.float32(max(1, length)) + np.float32(FEATHER))
