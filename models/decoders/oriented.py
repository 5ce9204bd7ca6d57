"""Heads of oriented boxes: YOLOv8-obb and v11-obb, (1, 4 + C + 1, N), and YOLO26-obb, (1, N, 7). Pure.

Both give centre, width, height and the angle of the width to the x axis in radians, growing from x towards y: clockwise on the
picture, as `RotatedBox` counts. The first is still to be suppressed; the second gives score and class before the angle.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from labeling.shapes import Polygon, RotatedBox
from models import geometry
from models.decoders.boxes import (
    HALF_PIXEL,
    MAX_DETECTIONS,
    Detections,
    FloatArray,
    Indices,
    Limits,
    listed,
)
from models.decoders.yolov8 import candidates

Doubles = npt.NDArray[np.float64]

MAX_CANDIDATES = 1000
"""Boxes looked at in one picture, the best first: their overlaps cost more than those of upright boxes."""
SMALLEST_PX = 1e-3
"""A box of no width is given this one: it has a place and a score, and is no reason to fail."""


def decode(output: FloatArray, limits: Limits) -> Detections:
    """Read the output of shape (1, 4 + C + 1, N) float32. Raises `ModelError` if the scores are not within 0 to 1."""
    columns = output[0]
    found, scores, classes, top_score = candidates(columns[:4], columns[4:-1], limits)
    order = np.argsort(-scores, kind="stable")[:MAX_CANDIDATES]
    found, scores, classes = found[order], scores[order], classes[order]
    boxes = columns[[0, 1, 2, 3, -1]][:, found].T
    kept = rotated_nms(boxes, classes, limits.nms_iou)
    given = kept[:MAX_DETECTIONS]
    left_out = len(kept) - len(given)
    return _outlined(Detections(boxes[given], scores[given], classes[given], top_score, left_out=left_out))


def decode_end_to_end(output: FloatArray, limits: Limits, classes: int) -> Detections:
    """Read the output of shape (1, N, 7) float32 of a model that knows `classes` classes; rows of score 0 are empty.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, or a class has no such number.
    """
    rows = output[0]
    return _outlined(listed(rows[:, [0, 1, 2, 3, 6]], rows[:, 4], rows[:, 5], limits, classes))


def rotated_nms(boxes: FloatArray, classes: Indices, iou: float) -> Indices:
    """Return the indices of the boxes that no better box of the same class overlaps by more than `iou`.

    Greedy non-maximum suppression by the true overlap of the rectangles.

    Parameters
    ----------
    boxes
        Shape (N, 5): centre x and y, width, height, angle in radians; best first.
    """
    if iou >= 1:
        return np.arange(len(boxes))
    exact = boxes.astype(np.float64)
    exact[:, 2:4] = np.maximum(exact[:, 2:4], 0)
    areas = exact[:, 2] * exact[:, 3]
    half = np.abs(_spokes(exact[:, 2:4], exact[:, 4])).max(axis=1)
    low, high = exact[:, :2] - half, exact[:, :2] + half
    left = np.arange(len(boxes))
    kept = []
    while len(left):
        best, others = left[0], left[1:]
        kept.append(best)
        sides = np.minimum(high[others], high[best]) - np.maximum(low[others], low[best])
        shared = np.minimum(np.prod(np.maximum(sides, 0), axis=1), np.minimum(areas[others], areas[best]))  # at most
        both = areas[others] + areas[best]
        near = np.flatnonzero((classes[others] == classes[best]) & (shared > iou * (both - shared)))
        if len(near):
            exactly = shared_areas(exact[best], exact[others[near]])
            others = np.delete(others, near[exactly > iou * (both[near] - exactly)])
        left = others
    return np.array(kept, dtype=np.intp)


def shared_areas(box: Doubles, others: Doubles) -> Doubles:
    """Return the area that a box of shape (5,) shares with each of the others, shape (N, 5).

    In the box's own frame it is upright, and the others are cut at its sides.
    """
    relative = others[:, :2] - box[:2]
    cos, sin = np.cos(box[4]), np.sin(box[4])
    centres = relative @ np.array([[cos, -sin], [sin, cos]])
    rings = centres[:, None] + _spokes(others[:, 2:4], others[:, 4] - box[4])
    for axis in (0, 1):
        rings = geometry.cut(rings, axis, -box[2 + axis] / 2, box[2 + axis] / 2)
    x, y = rings[..., 0], rings[..., 1]
    doubled = (x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1)
    return np.asarray(np.abs(doubled) / 2)


def _spokes(sides: Doubles, angles: Doubles) -> Doubles:
    """Return the way from the centre of each box to its corners, in turn, shape (N, 4, 2)."""
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2
    along, across = np.moveaxis(signs * sides[:, None], -1, 0)
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]
    return np.stack([along * cos - across * sin, along * sin + across * cos], axis=-1)


def _outlined(found: Detections) -> Detections:
    """Return detections of shape (N, 5) with the rectangles as outlines, and the upright boxes around them as boxes."""
    shapes = [_rectangle(row) for row in found.boxes.astype(np.float64).tolist()]
    bounds = np.array([shape.bounds for shape in shapes], dtype=np.float32).reshape(-1, 4)
    return replace(found, boxes=bounds, outlines=tuple(Polygon(shape.corners) for shape in shapes))


def _rectangle(row: list[float]) -> RotatedBox:
    x, y, width, height, angle = row
    sides = max(width, SMALLEST_PX), max(height, SMALLEST_PX)
    return RotatedBox(x - HALF_PIXEL, y - HALF_PIXEL, *sides, float(np.degrees(angle)))
