"""YOLOv8's head, that of v9 and v11 as well: (1, 4 + C, N), each column centre, size and the score of each class. Pure."""

import numpy as np

from models.decoders.boxes import Detections, FloatArray, Indices, Limits, check_scores, corners, detections


def decode(output: FloatArray, limits: Limits) -> Detections:
    """Read the output of shape (1, 4 + C, N) float32. Raises `ModelError` if the scores are not within 0 to 1."""
    found, scores, classes, top_score = candidates(output[0, :4], output[0, 4:], limits)
    return detections(corners(output[0][:4, found].T), scores, classes, limits, top_score)


def candidates(boxes: FloatArray, scores: FloatArray, limits: Limits) -> tuple[Indices, FloatArray, Indices, float]:
    """Return columns that reach the floor, with their best score and its class, and the highest score of all.

    Parameters
    ----------
    boxes
        Shape (4, N).
    scores
        Shape (C, N).
    """
    if not boxes.shape[1]:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32), np.empty(0, dtype=np.intp), 0.0
    check_scores(float(scores.min()), float(scores.max()))
    asked = scores if len(limits.classes) == len(scores) else scores[list(limits.classes)]
    highest = asked.max(axis=0)
    found = np.flatnonzero(highest >= limits.floor)
    classes = np.asarray(limits.classes, dtype=np.intp)[asked[:, found].argmax(axis=0)]
    return found, highest[found], classes, float(highest.max())
