"""The scale of a foreign anomaly model: its map, and its score of the picture where it gives one, brought to 0 to 1. Pure.

anomalib's exports since version 2 normalise within the graph. The OpenVINO Model API leaves it to the reader: a value v becomes
(v - threshold) / scale + 0.5, cut to 0 to 1, with one threshold for the picture and one for its pixels.
"""

import numpy as np

from models.decoders.boxes import FloatArray, check_scores
from models.manifest import AnomalyScale


def read(outputs: list[FloatArray], scale: AnomalyScale | None) -> tuple[float, FloatArray]:
    """Return the score of the picture and the map of shape (h, w) float32, both within 0 to 1.

    Parameters
    ----------
    outputs
        The map, of shape (1, h, w) or (1, 1, h, w), and the score where the model gives one; its highest value otherwise.
    scale
        None where the model normalises by itself.

    Raises
    ------
    ModelError
        If it should have done so, and values lie outside 0 to 1.
    """
    heat = outputs[0].reshape(outputs[0].shape[-2:])
    score = float(outputs[1].reshape(())) if len(outputs) > 1 else float(heat.max())
    if scale is None:
        check_scores(min(score, float(heat.min())), max(score, float(heat.max())))
        return float(np.clip(score, 0, 1)), heat
    pixels = (heat - scale.pixel_threshold) / scale.normalization_scale + 0.5
    value = (score - scale.image_threshold) / scale.normalization_scale + 0.5
    return float(np.clip(value, 0, 1)), np.clip(pixels, 0, 1, dtype=np.float32)
