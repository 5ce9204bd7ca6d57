"""A line along the edges between two taps: intelligent scissors (Mortensen, Barrett 1995) on the region around them.

Slow (some 10 ms): not for the thread that draws. Pure and re-entrant; any number may run at once.
"""

from math import ceil, floor, hypot, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from labeling.shapes import Points, frozen_points

Bytes = npt.NDArray[np.uint8]
At = tuple[float, float]
MARGIN_SHARE = 0.4
"""How far around the two taps an edge may lead, in their distance."""
MARGIN_PX = 24.0
MOST_CELLS = 120_000
"""Of the region that is searched; a larger one is made coarser."""
DEVIATION_PX = 1.0
CANNY = (24, 72)
"""Lower and upper gradient of an edge, in grey levels: weak ones too, where a person taps there is one."""


def edge_path(pixels: Bytes, start: At, end: At) -> Points:
    """Return the way along edges from `start` to `end`, both included, shape (N, 2) in image pixels.

    Where there is no edge it is nearly straight. Taps beyond the picture lead along its edge.

    Parameters
    ----------
    pixels
        Shape (H, W) grey or (H, W, 3) RGB.

    Raises
    ------
    ValueError
        If a place is not finite.
    """
    ends = frozen_points([start, end])
    left, top, right, bottom = _region(ends, pixels.shape)
    if right - left < 3 or bottom - top < 3:
        return ends
    part, scale = _scaled(pixels[top:bottom, left:right])
    last = part.shape[1] - 1, part.shape[0] - 1
    cells = np.clip(np.rint((ends - (left, top) + 0.5) * scale - 0.5), 0, last).astype(int)
    (start_x, start_y), (end_x, end_y) = cells.tolist()
    if (start_x, start_y) == (end_x, end_y):
        return ends
    scissors = cv2.segmentation.IntelligentScissorsMB()
    scissors.setEdgeFeatureCannyParameters(*CANNY)
    scissors.setGradientMagnitudeMaxLimit(200)
    scissors.applyImage(part)
    scissors.buildMap((start_x, start_y))
    path = scissors.getContour((end_x, end_y)).reshape(-1, 1, 2).astype(np.float32)
    simple = cv2.approxPolyDP(path, DEVIATION_PX, closed=False).reshape(-1, 2)
    inner = (simple[1:-1] + 0.5) / scale - 0.5 + (left, top)
    return frozen_points(np.concatenate([ends[:1], inner, ends[1:]]))


def nearest_edge(pixels: Bytes, at: At, reach_px: float) -> At:
    """Return the place with the strongest edge within `reach_px` of a tap, nearer ones preferred; the tap where all is even.

    Parameters
    ----------
    pixels
        Shape (H, W) grey or (H, W, 3) RGB.
    """
    reach = max(1.0, reach_px)
    left, top = max(0, floor(at[0] - reach)), max(0, floor(at[1] - reach))
    right, bottom = min(pixels.shape[1], ceil(at[0] + reach) + 1), min(pixels.shape[0], ceil(at[1] + reach) + 1)
    if right - left < 3 or bottom - top < 3:
        return at
    grey = cv2.GaussianBlur(_grey(pixels[top:bottom, left:right]), (0, 0), 1.0)
    strength = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    rows, columns = np.mgrid[top:bottom, left:right]
    away = np.hypot(columns - at[0], rows - at[1]) / reach
    weighed = np.where(away <= 1, strength * (1 - away / 2), 0.0)
    if weighed.max() < CANNY[0]:
        return at
    row, column = np.unravel_index(int(weighed.argmax()), weighed.shape)
    return float(left + column), float(top + row)


def _region(ends: Points, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    margin = max(MARGIN_PX, MARGIN_SHARE * hypot(*(ends[1] - ends[0])))
    (left, top), (right, bottom) = ends.min(axis=0) - margin, ends.max(axis=0) + margin
    return max(0, floor(left)), max(0, floor(top)), min(shape[1], ceil(right) + 1), min(shape[0], ceil(bottom) + 1)


def _scaled(part: Bytes) -> tuple[Bytes, float]:
    scale = min(1.0, sqrt(MOST_CELLS / (part.shape[0] * part.shape[1])))
    grey = _grey(part)
    if scale < 1:
        size = max(3, round(part.shape[1] * scale)), max(3, round(part.shape[0] * scale))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return grey, scale


def _grey(part: Bytes) -> Bytes:
    return np.ascontiguousarray(part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
