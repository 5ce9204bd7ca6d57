"""What all heads that find boxes share: the result, and the suppression of boxes that say the same twice. Pure.

Boxes are (left, top, right, bottom) of the model's input in its pixels, pixel (0, 0) being the centre of the top-left one. The
heads themselves count from the corner of that pixel, half a pixel further up and left.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.shapes import Polygon
from models.errors import ModelError

FloatArray = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]

MAX_CANDIDATES = 3000
"""Boxes looked at in one picture, the best first: the cost of suppression grows with their number."""
MAX_DETECTIONS = 300
HALF_PIXEL = 0.5
TOLERANCE = 1e-3
"""How far a score may leave 0 to 1 by rounding."""
NEVER = 1.0
"""The overlap that no two boxes exceed: for models that say nothing twice."""
FARTHEST = 4.0
"""What is given in shares of the picture lies within so many of it; boxes in pixels do not."""


@dataclass(frozen=True, slots=True, eq=False)
class Detections:
    """What a head found in one picture, best first.

    Attributes
    ----------
    boxes
        Shape (N, 4) float32.
    scores, classes
        Shape (N,), float32 in 0 to 1 and intp.
    top_score
        The highest score of any class asked for anywhere, found or below the floor; 0 where there is none.
    outlines
        One for each box in the same pixels, where the head draws masks.
    left_out
        How many more there were than are given.
    """

    boxes: FloatArray
    scores: FloatArray
    classes: Indices
    top_score: float
    outlines: tuple[Polygon, ...] | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept of what a head says.

    Attributes
    ----------
    classes
        Numbers of the classes asked for, growing; the others are as if the model did not know them.
    floor
        Lower scores are dropped.
    nms_iou
        A box that overlaps a better one of its class by more (intersection over union) is dropped.
    """

    classes: Sequence[int]
    floor: float
    nms_iou: float


def corners(boxes: FloatArray) -> FloatArray:
    """Return (centre x, centre y, width, height) of shape (N, 4), counted from a corner, as boxes; no side is negative."""
    half = np.maximum(boxes[:, 2:], 0) / 2
    return np.concatenate([boxes[:, :2] - half, boxes[:, :2] + half], axis=1) - np.float32(HALF_PIXEL)


def edges(boxes: FloatArray) -> FloatArray:
    """Return (left, top, right, bottom) of shape (N, 4), counted from a corner, as boxes; no side is negative."""
    return np.concatenate([boxes[:, :2], np.maximum(boxes[:, :2], boxes[:, 2:])], axis=1) - np.float32(HALF_PIXEL)


def listed(boxes: FloatArray, scores: FloatArray, numbers: FloatArray, limits: Limits, classes: int) -> Detections:
    """Return what a model gives that names box, score and class of each thing, and nothing twice.

    Parameters
    ----------
    boxes
        Shape (N, 4) or more columns, which travel with them; from the centre of the first pixel on.
    scores, numbers
        Shape (N,): score and number of the class. Where the score is 0, nothing was found.
    classes
        How many classes the model knows.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, or a class has no such number.
    """
    check_scores(float(scores.min(initial=0)), float(scores.max(initial=0)))
    there = scores > 0
    kinds = class_numbers(numbers[there], classes)
    asked = np.isin(kinds, np.asarray(limits.classes, dtype=np.intp))
    boxes, scores, kinds = boxes[there][asked], scores[there][asked], kinds[asked]
    kept = scores >= limits.floor
    unsuppressed = Limits(limits.classes, limits.floor, NEVER)
    return detections(boxes[kept], scores[kept], kinds[kept], unsuppressed, float(scores.max(initial=0)))


def class_numbers(values: FloatArray, classes: int) -> Indices:
    """Return numbers of classes as such. Raises `ModelError` if one is no number of a class."""
    lowest, highest = float(values.min(initial=0)), float(values.max(initial=0))
    if lowest < -TOLERANCE or highest > classes - 1 + TOLERANCE:
        wrong = lowest if lowest < -TOLERANCE else highest
        raise ModelError(f"the model found class {wrong:g}, it has {classes}; name all its classes in the sidecar")
    numbers = values.round().astype(np.intp)
    if np.abs(values - numbers).max(initial=0) > TOLERANCE:
        raise ModelError("the model's numbers of classes are no whole numbers; check its head and its `outputs`")
    return numbers


def in_pixels(shares: FloatArray, input_size: tuple[int, int]) -> FloatArray:
    """Return boxes of shape (N, 4), in shares of the input of (width, height), in its pixels, counted from its corner.

    Raises
    ------
    ModelError
        If they lie so far beyond the input that they cannot be shares of it.
    """
    farthest = float(np.abs(shares).max(initial=0))
    if not farthest <= FARTHEST:
        raise ModelError(
            f"the model's boxes reach {farthest:.3g}, they should be shares of the picture; name another head in the sidecar"
        )
    return np.asarray(shares * np.array([*input_size, *input_size], dtype=np.float32), dtype=np.float32)


def sigmoid(values: FloatArray) -> FloatArray:
    """Return the logistic function of the values, which never overflows."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * values)), dtype=np.float32)


def detections(boxes: FloatArray, scores: FloatArray, classes: Indices, limits: Limits, top_score: float) -> Detections:
    """Suppress what is said twice and return the rest, best first.

    Parameters
    ----------
    boxes, scores, classes
        Candidates, in any order, none below the floor. More columns than the four of a box travel with it.
    top_score
        See `Detections`.
    """
    order = np.argsort(-scores, kind="stable")[:MAX_CANDIDATES]
    kept = order[nms(boxes[order, :4], classes[order], limits.nms_iou)]
    given = kept[:MAX_DETECTIONS]
    return Detections(boxes[given], scores[given], classes[given], top_score, left_out=len(kept) - len(given))


def nms(boxes: FloatArray, classes: Indices, iou: float) -> Indices:
    """Return the indices of the boxes that no better box of the same class overlaps by more than `iou`.

    Greedy non-maximum suppression: the boxes stand best first, and one that is suppressed suppresses no other.
    """
    if iou >= 1:  # no two boxes overlap by more
        return np.arange(len(boxes))
    areas = np.prod(np.maximum(boxes[:, 2:] - boxes[:, :2], 0), axis=1)
    left = np.arange(len(boxes))
    kept = []
    while len(left):
        best, others = left[0], left[1:]
        kept.append(best)
        sides = np.minimum(boxes[others, 2:], boxes[best, 2:]) - np.maximum(boxes[others, :2], boxes[best, :2])
        shared = np.prod(np.maximum(sides, 0), axis=1)
        same = (classes[others] == classes[best]) & (shared > iou * (areas[others] + areas[best] - shared))
        left = others[~same]
    return np.array(kept, dtype=np.intp)


def check_scores(lowest: float, highest: float) -> None:
    """Raise `ModelError` unless scores lie in 0 to 1; others come from a model whose last step was left out."""
    if not (lowest >= -TOLERANCE and highest <= 1 + TOLERANCE):  # nor is it of NaN
        raise ModelError(
            f"the model's scores lie between {lowest:.3g} and {highest:.3g}, 0 to 1 is needed; export it with its last activation"
        )
