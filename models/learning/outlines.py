"""Which cells of a model's map lie under what people outlined, and how much of each."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape
from models import geometry

FloatArray = npt.NDArray[np.float32]
SHIFT = 4
"""Bits of a fraction in the coordinates that are drawn."""
LINE_PX = 3
"""What a line or a point that somebody drew covers, in pixels of the model's input."""


def coverage(
    shapes: Sequence[Shape], to_input: geometry.Affine, size: tuple[int, int], grid: tuple[int, int]
) -> FloatArray:
    """Return the share of each cell that lies under any of the shapes, shape (h, w) of `grid`.

    Parameters
    ----------
    shapes
        In source pixels.
    to_input
        Source pixels to pixels of the model's input.
    size
        (width, height) of the input.
    """
    drawn = np.zeros((size[1], size[0]), np.uint8)
    for shape in shapes:
        one = np.zeros_like(drawn)
        _draw(one, shape, to_input)
        drawn |= one
    cells = cv2.resize(drawn, (grid[1], grid[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(cells, np.float32) / np.float32(255)


def _draw(picture: npt.NDArray[np.uint8], shape: Shape, to_input: geometry.Affine) -> None:
    rings, closed = _rings(shape)
    points = [np.rint(geometry.apply(to_input, ring) * 2**SHIFT).astype(np.int32) for ring in rings]
    if closed:
        cv2.fillPoly(picture, points, (255,), cv2.LINE_8, SHIFT)
    else:
        cv2.polylines(picture, points, isClosed=False, color=(255,), thickness=LINE_PX, shift=SHIFT)


def _rings(shape: Shape) -> tuple[list[Points], bool]:
    """Return the lines of a shape, and whether they enclose what is meant; several of them by crossings, so that holes stay."""
    match shape:
        case Polygon():
            return [shape.outline, *shape.holes], True
        case Box():
            left, top, right, bottom = shape.bounds
            return [np.array([[left, top], [right, top], [right, bottom], [left, bottom]])], True
        case RotatedBox():
            return [shape.corners], True
        case Polyline():
            return [shape.points], False
        case Keypoint():
            return [np.array([[shape.x, shape.y], [shape.x, shape.y]])], False
