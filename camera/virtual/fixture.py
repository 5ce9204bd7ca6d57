"""The fixture under the virtual part: a dark blasted pocket in a frame with four screws."""

import cv2
import numpy as np

from camera.virtual.plate import Grey

POCKET_MM = (112.0, 92.0)
SCREWS_MM = (58.6, 48.6)


def draw_fixture(width: int, height: int, mm_per_px: float) -> Grey:
    """Shape (height, width), grey values under nominal light."""
    x = ((np.arange(width) - (width - 1) / 2) * mm_per_px).astype(np.float32)[None, :]
    y = ((np.arange(height) - (height - 1) / 2) * mm_per_px).astype(np.float32)[:, None]
    edge = np.maximum(np.abs(x) - POCKET_MM[0] / 2, np.abs(y) - POCKET_MM[1] / 2)
    picture = np.where(edge > 0, np.float32(47), np.float32(31))
    picture += (26 * np.exp(-((edge / 0.15) ** 2)) * np.where(y + 0.5 * x > 0, 1.0, 0.35)).astype(np.float32)
    for sx in (-1, 1):
        for sy in (-1, 1):
            radius = np.hypot(x - sx * SCREWS_MM[0], y - sy * SCREWS_MM[1])
            picture += (38 * np.clip((1.6 - radius) / mm_per_px, 0, 1)).astype(np.float32)
            picture -= (60 * np.clip((0.75 - radius) / mm_per_px, 0, 1)).astype(np.float32)
    grain = np.random.default_rng(7).standard_normal((height, width), dtype=np.float32)
    fine = cv2.GaussianBlur(grain, (0, 0), max(0.5, 0.07 / mm_per_px))
    coarse = cv2.GaussianBlur(grain, (0, 0), max(0.5, 0.5 / mm_per_px))
    picture *= 1 + 0.10 * fine / fine.std() + 0.05 * coarse / coarse.std()
    return np.maximum(picture, 2).astype(np.float32)
