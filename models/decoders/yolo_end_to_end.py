"""The head of YOLOv10 and YOLO26: (1, N, 6), each row a box, its score and its class, nothing said twice. Pure."""

import numpy as np

from models.decoders.boxes import HALF_PIXEL, Detections, FloatArray, Limits, check_scores, detections
from models.errors import ModelError

NEVER = 1.0
"""The overlap that no two boxes exceed: the model has done the suppression itself."""


def decode(output: FloatArray, limits: Limits, classes: int) -> Detections:
    """Read the output of shape (1, N, 6) float32 of a model that knows `classes` classes; rows of score 0 are empty.

    Raises
    ------
    ModelError
        If the scores are not within 0 to 1, or a class has no such number.
    """
    rows = output[0]
    check_scores(float(rows[:, 4].min(initial=0)), float(rows[:, 4].max(initial=0)))
    rows = rows[rows[:, 4] > 0]
    numbers = rows[:, 5].round().astype(np.intp)
    if len(rows) and (numbers.min() < 0 or numbers.max() >= classes):
        raise ModelError(
            f"the model found class {numbers.max()}, it has {classes}; name all its classes in the sidecar"
        )
    asked = np.isin(numbers, np.asarray(limits.classes, dtype=np.intp))
    rows, numbers = rows[asked], numbers[asked]
    top_score = float(rows[:, 4].max(initial=0))
    kept = rows[:, 4] >= limits.floor
    boxes = rows[kept, :4] - np.float32(HALF_PIXEL)
    unsuppressed = Limits(limits.classes, limits.floor, NEVER)
    return detections(boxes, rows[kept, 4], numbers[kept], unsuppressed, top_score)
