"""A part of the picture at 1:1 in a corner of the canvas: what the reduced picture may hide. No Qt."""

import numpy as np

from labeling.canvas.layers import PictureLayer
from labeling.canvas.scratch import Bytes
from labeling.canvas.transform import Rect, Size, ViewTransform

SIDE_MM = 38.0
MARGIN_MM = 3.0
LARGEST_SHARE = 0.4
"""Of the viewport's shorter side; a loupe never hides the part it explains."""


def loupe_rect(viewport: Size, at: tuple[float, float], px_per_mm: float) -> Rect:
    """Return the square of the loupe: in the top corner of the side where the screen point `at` is not."""
    side = round(min(SIDE_MM * px_per_mm, LARGEST_SHARE * min(viewport)))
    margin = round(min(MARGIN_MM * px_per_mm, side / 4))
    left = margin if at[0] > viewport[0] / 2 else viewport[0] - margin - side
    return Rect(left, margin, left + side, margin + side)


def loupe_pixels(picture: PictureLayer, at: tuple[float, float], side: int) -> Bytes:
    """Return shape (side, side, 4): one image pixel a screen pixel, the image point `at` in the middle."""
    view = ViewTransform(1.0, side / 2 - at[0], side / 2 - at[1])
    pixels = np.empty((side, side, 4), dtype=np.uint8)
    picture.paint(pixels, Rect(0, 0, side, side), view)
    return pixels
