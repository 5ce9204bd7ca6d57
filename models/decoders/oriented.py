"""Heads of oriented boxes: YOLOv8-obb and v11-obb, (1, 4 + C + 1, N), and YOLO26-obb, (1, N, 7). Pure.

Both give centre, width, height and the angle of the width to the x axis in radians, growing from x towards y: clockwise on the
picture, as `RotatedBox` counts. The first is still to be suppressed; the second gives score and class before the angle.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from labeling.shapes import Polygon, RotatedBox
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


def rotated_nms(boxes: FloatArray, classes: Indices, likeness: float) -> Indices:
    """Return the indices of the boxes that are not more like a better box of the same class than `likeness`.

    Every better box counts, a suppressed one too ("Fast NMS", arXiv 1904.02689), as where such models are trained.

    Parameters
    ----------
    boxes
        Shape (N, 5): centre x and y, width, height, angle in radians; best first.
    """
    kept = np.ones(len(boxes), dtype=bool)
    for number in np.unique(classes) if likeness < 1 else ():
        mine = np.flatnonzero(classes == number)
        alike = likenesses(boxes[mine].astype(np.float64)) > likeness
        kept[mine] = ~np.triu(alike, 1).any(axis=0)
    return np.flatnonzero(kept)


def likenesses(boxes: Doubles) -> Doubles:
    """Return how alike each two boxes of shape (N, 5) are, from 0 to 1, shape (N, N): ProbIoU (arXiv 2106.06072).

    A box is a Gaussian of its own mean and covariance; they are as alike as one less their Hellinger distance.
    """
    xx, yy, xy = _covariances(boxes)
    own = xx * yy - xy**2
    xx, yy, xy = (_means(values) for values in (xx, yy, xy))
    right, down = (values[:, None] - values for values in (boxes[:, 0], boxes[:, 1]))
    both = np.maximum(xx * yy - xy**2, SMALLEST_PX**4)
    apart = (yy * right**2 + xx * down**2 - 2 * xy * right * down) / (8 * both)
    unlike = np.log(both / np.maximum(np.sqrt(own[:, None] * own), SMALLEST_PX**4)) / 2
    shared = np.exp(-np.maximum(apart + unlike, 0))
    return np.asarray(1 - np.sqrt(1 - shared))


def _covariances(boxes: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Return the covariance of the area of each box: of x, of y, and of both."""
    along, across = np.maximum(boxes[:, 2], SMALLEST_PX) ** 2 / 12, np.maximum(boxes[:, 3], SMALLEST_PX) ** 2 / 12
    cos, sin = np.cos(boxes[:, 4]), np.sin(boxes[:, 4])
    xx, yy = along * cos**2 + across * sin**2, along * sin**2 + across * cos**2
    return xx, yy, (along - across) * cos * sin


def _means(values: Doubles) -> Doubles:
    return np.asarray((values[:, None] + values) / 2)


def _outlined(found: Detections) -> Detections:
    """Return detections of shape (N, 5) with the rectangles as outlines, and the upright boxes around them as boxes."""
    shapes = [_rectangle(row) for row in found.boxes.astype(np.float64).tolist()]
    bounds = np.array([shape.bounds for shape in shapes], dtype=np.float32).reshape(-1, 4)
    return replace(found, boxes=bounds, outlines=tuple(Polygon(shape.corners) for shape in shapes))


def _rectangle(row: list[float]) -> RotatedBox:
    x, y, width, height, angle = row
    sides = max(width, SMALLEST_PX), max(height, SMALLEST_PX)
    return RotatedBox(x - HALF_PIXEL, y - HALF_PIXEL, *sides, float(np.degrees(angle)))
