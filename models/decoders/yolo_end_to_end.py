"""The heads of YOLOv10 and YOLO26, nothing said twice: (1, N, 6), each row a box, its score and its class. Pure.

A model for instance segmentation adds the coefficients of its masks to each row, see `models.decoders.yolov8_segment`.
"""

import numpy as np

from models.decoders.boxes import Detections, FloatArray, Limits, edges, listed
from models.decoders.yolov8_segment import with_masks


def decode(output: FloatArray, limits: Limits, classes: int) -> Detections:
    """Read the output of shape (1, N, 6) float32 of a model that knows `classes` classes; rows of score 0 are empty.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, or a class has no such number.
    """
    rows = output[0]
    return listed(edges(rows[:, :4]), rows[:, 4], rows[:, 5], limits, classes)


def decode_masks(
    output: FloatArray, prototypes: FloatArray, limits: Limits, classes: int, input_size: tuple[int, int]
) -> Detections:
    """Read the outputs of shape (1, N, 6 + M) and (1, M, h, w), both float32. Raises as `decode` does.

    Parameters
    ----------
    input_size
        (width, height) in pixels, which the prototypes cover.
    """
    rows = output[0]
    boxes = np.concatenate([edges(rows[:, :4]), rows[:, 6:]], axis=1)
    return with_masks(listed(boxes, rows[:, 4], rows[:, 5], limits, classes), prototypes[0], input_size)
