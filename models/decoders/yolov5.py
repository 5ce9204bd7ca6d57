"""YOLOv5's head: (1, N, 5 + C), each row centre, size, objectness and the probability of each class. Pure."""

import numpy as np

from models.decoders.boxes import Detections, FloatArray, Limits, check_scores, corners, detections


def decode(output: FloatArray, limits: Limits) -> Detections:
    """Read the output of shape (1, N, 5 + C) float32; the score of a class is objectness times its probability.

    Raises
    ------
    ModelError
        If what should be probabilities is not within 0 to 1.
    """
    rows = output[0]
    objectness, columns = rows[:, 4], [5 + number for number in limits.classes]
    if not len(rows):
        return detections(rows[:, :4], objectness, np.empty(0, dtype=np.intp), limits, 0.0)
    check_scores(float(objectness.min()), float(objectness.max()))
    likely = rows[int(objectness.argmax())]
    sure = float(likely[4] * likely[columns].max())  # no row of less objectness can reach this score
    candidates = rows[objectness >= min(limits.floor, sure)]
    check_scores(float(candidates[:, 5:].min()), float(candidates[:, 5:].max()))
    scores = candidates[:, columns] * candidates[:, 4:5]
    best = scores.argmax(axis=1)
    highest = scores[np.arange(len(scores)), best]
    kept = highest >= limits.floor
    classes = np.asarray(limits.classes, dtype=np.intp)[best[kept]]
    return detections(corners(candidates[kept, :4]), highest[kept], classes, limits, float(highest.max()))
