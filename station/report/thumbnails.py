"""Small pictures for a page: a part as it was, with the model's heat laid over it."""

import cv2
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
SIDE_PX = 320
QUALITY = 80
COLD = 0.5
"""Share of what is red, below which heat is not shown."""
STRENGTH = 0.55


def thumbnail(pixels: Bytes, heat: npt.NDArray[np.float32] | None, threshold: float) -> bytes:
    """Return a JPEG, its longer side `SIDE_PX` at most.

    Parameters
    ----------
    pixels
        Shape (H, W) or (H, W, 3) RGB uint8.
    heat
        Shape (h, w) float32 over the whole picture, None without.
    threshold
        On the scale of the heat: what reaches it is red; where nothing does, the hottest place is.
    """
    colour = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR)
    shrink = min(1.0, SIDE_PX / max(colour.shape[:2]))
    size = max(1, round(colour.shape[1] * shrink)), max(1, round(colour.shape[0] * shrink))
    small = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    if heat is not None:
        small = _heated(small, np.asarray(cv2.resize(heat, size, interpolation=cv2.INTER_LINEAR)), threshold)
    _, coded = cv2.imencode(".jpg", small.round().astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return bytes(coded)


def _heated(small: npt.NDArray[np.float32], heat: npt.NDArray[np.float32], threshold: float) -> npt.NDArray[np.float32]:
    full = max(min(threshold, float(heat.max())), 1e-9)
    warm = np.clip((heat / full - COLD) / (1 - COLD), 0, 1)[..., None] * STRENGTH
    red = np.array([0.0, 0.0, 255.0], dtype=np.float32)
    return np.asarray(small * (1 - warm) + red * warm, dtype=np.float32)
