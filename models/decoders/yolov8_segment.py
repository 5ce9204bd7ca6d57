"""YOLOv8's head for instance segmentation, that of v11 as well: (1, 4 + C + M, N) and (1, M, h, w). Pure.

Each column is a box, its scores and M coefficients; the mask is where the M prototypes, weighed by the coefficients, are above 0
(a sigmoid above one half), within the box.
"""

from dataclasses import replace

import numpy as np

from labeling.shapes import Points, Polygon
from models import geometry
from models.decoders.boxes import Detections, FloatArray, Limits, corners, detections
from models.decoders.contours import Contour, trace
from models.decoders.yolov8 import candidates

MAX_MASKS = 100
"""Masks drawn in one picture, the best first; the others get their box as outline."""


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
    field = np.tensordot(weight, window, axes=1).astype(np.float32)
    columns, rows = np.arange(x, x + field.shape[1]), np.arange(y, y + field.shape[0])
    within = ((rows >= top) & (rows <= bottom))[:, None] & ((columns >= left) & (columns <= right))[None, :]
    contours = trace(field, (field >= 0) & within, 0.0) if field.size else []
    outer = [index for index, contour in enumerate(contours) if contour.parent < 0]
    if not outer:
        return rectangle(box)
    rings = [_in_input(contour, (x, y), to_input, box) for contour in contours]
    largest = max(outer, key=lambda index: Polygon(rings[index]).area_px)
    holes = [ring for contour, ring in zip(contours, rings, strict=True) if contour.parent == largest]
    return Polygon(rings[largest], tuple(hole for hole in holes if len(hole) >= 3))


def _in_input(contour: Contour, corner: tuple[int, int], to_input: geometry.Affine, box: FloatArray) -> Points:
    """Return a ring in input pixels, kept within its box."""
    points = geometry.apply(to_input, contour.points + corner)
    return _frozen(np.clip(points, box[:2], box[2:]))


def _frozen(points: Points) -> Points:
    points = points.astype(np.float64)
    points.setflags(write=False)
    return points
