"""YOLOv8's head for instance segmentation, that of v11 as well: (1, 4 + C + M, N) and (1, M, h, w). Pure.

Each column is a box, its scores and M coefficients; the mask is where the M prototypes, weighed by the coefficients, are above 0
(a sigmoid above one half), within the box.
"""

from dataclasses import replace

import cv2
import numpy as np

from labeling.shapes import Points, Polygon
from models import geometry
from models.decoders.anomaly import SIMPLIFY, simplified
from models.decoders.boxes import Detections, FloatArray, Limits, corners, detections
from models.decoders.contours import Contour, Doubles, trace
from models.decoders.yolov8 import candidates

MAX_MASKS = 100
"""Masks drawn in one picture, the best first; the others get their box as outline."""
MAX_FINER = 8
"""A mask is interpolated to the input's pixels before it is traced, at most to so many for one of its own."""
TINY = np.float32(1e-6)


def decode(output: FloatArray, prototypes: FloatArray, limits: Limits, input_size: tuple[int, int]) -> Detections:
    """Read the outputs of shape (1, 4 + C + M, N) and (1, M, h, w), both float32.

    Parameters
    ----------
    input_size
        (width, height) in pixels, which the prototypes cover.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1.
    """
    columns, masks = output[0], prototypes[0]
    weights = len(masks)
    found, scores, classes, top_score = candidates(columns[:4], columns[4:-weights], limits)
    every = np.concatenate([corners(columns[:4, found].T), columns[-weights:, found].T], axis=1)
    return with_masks(detections(every, scores, classes, limits, top_score), masks, input_size)


def with_masks(kept: Detections, masks: FloatArray, input_size: tuple[int, int]) -> Detections:
    """Return detections whose boxes carry M coefficients with the outlines that these draw from masks of shape (M, h, w)."""
    boxes, coefficients = kept.boxes[:, :4], kept.boxes[:, 4:]
    outlines = tuple(
        _outline(box, weight, masks, input_size) if number < MAX_MASKS else rectangle(box)
        for number, (box, weight) in enumerate(zip(boxes, coefficients, strict=True))
    )
    return replace(kept, boxes=boxes, outlines=outlines)


def rectangle(box: FloatArray) -> Polygon:
    """Return the outline of a box (left, top, right, bottom)."""
    left, top, right, bottom = box.tolist()
    return Polygon(_frozen(np.array([[left, top], [right, top], [right, bottom], [left, bottom]])))


def _outline(box: FloatArray, weight: FloatArray, masks: FloatArray, input_size: tuple[int, int]) -> Polygon:
    """Return the largest piece of the mask within the box with its holes, or the box where the mask is empty."""
    height, width = masks.shape[1:]
    to_input = geometry.resized(input_size[0] / width, input_size[1] / height)
    left, top, right, bottom = geometry.apply(geometry.inverse(to_input), box.astype(np.float64).reshape(2, 2)).ravel()
    x, y = max(0, int(left) - 1), max(0, int(top) - 1)
    window = masks[:, y : max(y + 1, int(np.ceil(bottom)) + 2), x : max(x + 1, int(np.ceil(right)) + 2)]
    coarse = np.tensordot(weight, window, axes=1).astype(np.float32)
    if not coarse.size:
        return rectangle(box)
    finer = tuple(min(MAX_FINER, max(1, round(factor))) for factor in (to_input[0, 0], to_input[1, 1]))
    to_window = geometry.resized(1 / finer[0], 1 / finer[1])
    to_window[:, 2] += x, y
    field, corner = _within(
        coarse, finer, geometry.apply(geometry.inverse(to_window), _square(left, top, right, bottom))
    )
    to_window = geometry.compose(to_window, _shifted(corner))
    contours = trace(field, field >= 0, 0.0) if field.size else []
    return _largest(contours, geometry.compose(to_input, to_window), box) or rectangle(box)


def _within(coarse: FloatArray, finer: tuple[int, ...], box: Doubles) -> tuple[FloatArray, tuple[int, int]]:
    """Return a field interpolated as many times as fine, cut to the pixels whose centre a box of its own holds.

    Behind its edge the field is turned about, so that what fills the box is traced to the edge of the box.

    Parameters
    ----------
    box
        Two corners, shape (2, 2), in pixels of the finer field.

    Returns
    -------
    The field, shape (0, 0) where the box holds no pixel, and (x, y) of its first pixel in the finer field.
    """
    size = coarse.shape[1] * finer[0], coarse.shape[0] * finer[1]
    fine = np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    first, last = (
        np.maximum(np.ceil(box[0]), 0).astype(int),
        np.minimum(np.floor(box[1]), np.array(size) - 1).astype(int),
    )
    inner = fine[first[1] : last[1] + 1, first[0] : last[0] + 1]
    if (last < first).any():
        return np.zeros((0, 0), dtype=np.float32), (0, 0)
    field = np.pad(inner, 1, mode="edge")
    field[[0, -1]] = -np.maximum(np.abs(field[[0, -1]]), TINY)
    field[:, [0, -1]] = -np.maximum(np.abs(field[:, [0, -1]]), TINY)
    return field, (int(first[0]) - 1, int(first[1]) - 1)


def _largest(contours: list[Contour], to_input: geometry.Affine, box: FloatArray) -> Polygon | None:
    """Return the largest place with its holes, in input pixels and kept within its box; None where there is none."""
    rings = [_in_input(contour, to_input, box) for contour in contours]
    traced = [(index, contours[index].parent, ring) for index, ring in enumerate(rings) if ring is not None]
    outer = {index: Polygon(ring) for index, parent, ring in traced if parent < 0}
    if not outer:
        return None
    largest = max(outer, key=lambda index: outer[index].area_px)
    return Polygon(outer[largest].outline, tuple(ring for _, parent, ring in traced if parent == largest))


def _in_input(contour: Contour, to_input: geometry.Affine, box: FloatArray) -> Points | None:
    points = np.clip(geometry.apply(to_input, contour.points), box[:2], box[2:])
    return simplified(points.astype(np.float32), SIMPLIFY)


def _square(left: float, top: float, right: float, bottom: float) -> Doubles:
    return np.array([[left, top], [right, bottom]])


def _shifted(by: tuple[int, int]) -> geometry.Affine:
    return np.array([[1.0, 0.0, by[0]], [0.0, 1.0, by[1]]])


def _frozen(points: Points) -> Points:
    points = points.astype(np.float64)
    points.setflags(write=False)
    return points
