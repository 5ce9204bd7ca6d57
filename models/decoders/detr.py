"""The heads of the DETR family, which say nothing twice: boxes are centre and size in shares of the input. Pure.

RT-DETR as Ultralytics exports it: (1, N, 4 + C), each row a box and the score of each class. RF-DETR, and RT-DETR and D-FINE as
Hugging Face exports them: (1, N, 4) and (1, N, C) logits, of which each class has a sigmoid of its own.
"""

import numpy as np

from models.decoders.boxes import (
    NEVER,
    Detections,
    FloatArray,
    Limits,
    check_scores,
    corners,
    detections,
    in_pixels,
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
    return _read(boxes, scores[:, list(limits.classes)], limits, input_size)


def decode_logits(boxes: FloatArray, logits: FloatArray, limits: Limits, input_size: tuple[int, int]) -> Detections:
    """Read the outputs of shape (1, N, 4) and (1, N, C), both float32; of a box only its best class counts.

    Parameters
    ----------
    input_size
        (width, height) in pixels.

    Raises
    ------
    ModelError
        If the boxes are no shares of the input.
    """
    return _read(boxes[0], sigmoid(logits[0][:, list(limits.classes)]), limits, input_size)


def _read(boxes: FloatArray, scores: FloatArray, limits: Limits, input_size: tuple[int, int]) -> Detections:
    best = scores.argmax(axis=1)
    highest = scores[np.arange(len(scores)), best]
    top_score = float(highest.max())
    likely = np.flatnonzero(highest >= min(limits.floor, top_score))  # at least one, so that its box is looked at
    pixels, found = corners(in_pixels(boxes[likely], input_size)), highest[likely] >= limits.floor
    kept = likely[found]
    classes = np.asarray(limits.classes, dtype=np.intp)[best[kept]]
    return detections(pixels[found], highest[kept], classes, Limits(limits.classes, limits.floor, NEVER), top_score)
