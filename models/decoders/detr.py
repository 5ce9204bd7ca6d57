"""The heads of the DETR family, which say nothing twice: boxes are centre and size in shares of the input. Pure.

RT-DETR as Ultralytics exports it: (1, N, 4 + C), each row a box and the score of each class, and since 2026 (1, N, 6), each row a
box, its score and the number of its class, of which a box may have several. RF-DETR, and RT-DETR and D-FINE as
Hugging Face exports them: (1, N, 4) and (1, N, C) logits, of which each class has a sigmoid of its own.
"""

import numpy as np

from models.decoders.boxes import (
    NEVER,
    Detections,
    FloatArray,
    Indices,
    Limits,
    check_scores,
    corners,
    detections,
    in_pixels,
    listed,
    sigmoid,
)


def decode(output: FloatArray, limits: Limits, input_size: tuple[int, int]) -> Detections:
    """Read the output of shape (1, N, 4 + C) float32; of a box only its best class counts.

    Parameters
    ----------
    input_size
        (width, height) in pixels.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, or the boxes are no shares of the input.
    """
    boxes, scores = output[0, :, :4], output[0, :, 4:]
    check_scores(float(scores.min()), float(scores.max()))
    asked = scores[:, list(limits.classes)]
    best = asked.argmax(axis=1)
    return _read(boxes, asked[np.arange(len(asked)), best], best, limits, input_size)


def decode_end_to_end(output: FloatArray, limits: Limits, classes: int, input_size: tuple[int, int]) -> Detections:
    """Read the output of shape (1, N, 6) float32 of a model that knows `classes` classes; rows of score 0 are empty.

    Parameters
    ----------
    input_size
        (width, height) in pixels.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, a class has no such number, or the boxes are no shares of the input.
    """
    rows = output[0]
    return listed(corners(in_pixels(rows[:, :4], input_size)), rows[:, 4], rows[:, 5], limits, classes)


def decode_logits(boxes: FloatArray, logits: FloatArray, limits: Limits, input_size: tuple[int, int]) -> Detections:
    """Read the outputs of shape (1, N, 4) and (1, N, C), both float32; a box has every class that reaches the floor.

    Parameters
    ----------
    input_size
        (width, height) in pixels.

    Raises
    ------
    ModelError
        If the boxes are no shares of the input.
    """
    scores = sigmoid(logits[0][:, list(limits.classes)])
    places = np.indices(scores.shape).reshape(2, -1)
    return _read(boxes[0][places[0]], scores.ravel(), places[1], limits, input_size)


def _read(
    boxes: FloatArray, scores: FloatArray, kinds: Indices, limits: Limits, input_size: tuple[int, int]
) -> Detections:
    """Return what reaches the floor of as many boxes, scores and places in the list of the classes asked for."""
    top_score = float(scores.max())
    likely = np.flatnonzero(scores >= min(limits.floor, top_score))  # at least one, so that its box is looked at
    pixels, found = corners(in_pixels(boxes[likely], input_size)), scores[likely] >= limits.floor
    kept = likely[found]
    classes = np.asarray(limits.classes, dtype=np.intp)[kinds[kept]]
    return detections(pixels[found], scores[kept], classes, Limits(limits.classes, limits.floor, NEVER), top_score)
