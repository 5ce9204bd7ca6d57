"""Heads that list what they found, suppression done: labels, boxes and scores, in one to three outputs. Pure.

RT-DETR and D-FINE as their authors export them (the model is told the size of its input, and boxes are in pixels of it), and what
the OpenVINO Model API calls SSD: boxes in shares of the input, boxes with their score, or the one output of a DetectionOutput.
"""

import numpy as np

from models.decoders.boxes import Detections, FloatArray, Limits, edges, in_pixels, listed

LABEL, SCORE, BOX = 1, 2, slice(3, 7)
"""Columns of a DetectionOutput; column 0 is the number of the picture, below 0 behind the last row."""


def decode(
    labels: FloatArray,
    boxes: FloatArray,
    scores: FloatArray,
    limits: Limits,
    classes: int,
    input_size: tuple[int, int] | None,
) -> Detections:
    """Read the outputs of shape (1, N), (1, N, 4) and (1, N), all float32; boxes are left, top, right, bottom.

    Parameters
    ----------
    classes
        How many classes the model knows.
    input_size
        (width, height) in pixels where the boxes are shares of it; None where they are pixels.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, a class has no such number, or the boxes are no shares.
    """
    pixels = boxes[0] if input_size is None else in_pixels(boxes[0], input_size)
    return listed(edges(pixels), scores[0], labels[0], limits, classes)


def decode_scored(boxes: FloatArray, labels: FloatArray, limits: Limits, classes: int) -> Detections:
    """Read the outputs of shape (1, N, 5), each row a box in pixels and its score, and (1, N). Raises as `decode` does."""
    return listed(edges(boxes[0, :, :4]), boxes[0, :, 4], labels[0], limits, classes)


def decode_ssd(output: FloatArray, limits: Limits, classes: int, input_size: tuple[int, int]) -> Detections:
    """Read the output of shape (1, 1, N, 7), each row picture, label, score and box in shares. Raises as `decode` does."""
    rows = output[0, 0]
    behind = np.flatnonzero(rows[:, 0] < 0)
    rows = rows[: behind[0]] if len(behind) else rows
    pixels = in_pixels(rows[:, BOX], input_size)
    return listed(edges(pixels), rows[:, SCORE], rows[:, LABEL], limits, classes)
