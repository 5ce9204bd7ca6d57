"""Closed contours of a mask over a field, moved to where the field crosses its threshold between the pixels. Pure."""

from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

MAX_HOLES = 100
"""Holes kept in all contours together, the largest first: a speckled place must not cost more than a plain one."""
MIN_SLOPE = 1e-6
"""Of the threshold or one, per pixel: a flatter field does not say where it crosses."""


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """One ring.

    Attributes
    ----------
    pixel
        (x, y) of one pixel of the mask on the ring.
    points
        Shape (N, 2) in pixels of the field, N at least 4.
    parent
        Index of the contour this ring is a hole in; -1 for an outline.
    """

    pixel: tuple[int, int]
    points: Doubles
    parent: int


def trace(field: FloatArray, mask: Mask, threshold: float) -> list[Contour]:
    """Trace every 8-connected place of a mask, with its holes.

    Parameters
    ----------
    field
        Shape (h, w); at or above `threshold` within the mask.
    mask
        Shape (h, w).
    threshold
        Where the contours run in the field.

    Returns
    -------
    Outlines and holes. A place too thin to have an area gets the box around its pixels.
    """
    found, tree = cv2.findContours(mask.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if not found:
        return []
    if np.count_nonzero(tree[0][:, 3] >= 0) > MAX_HOLES:
        found, tree = cv2.findContours(_without_small_holes(mask), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = [np.asarray(ring, dtype=np.int32) for ring in found]
    pixels = np.concatenate([ring[:, 0] for ring in rings])
    points = sliced(_crossings(field, pixels, threshold), [len(ring) for ring in rings])
    parents: list[int] = tree[0][:, 3].tolist()
    contours = []
    for ring, moved, parent in zip(rings, points, parents, strict=True):
        thin = len(ring) < 4 or cv2.contourArea(ring) < 1.0
        first = ring[0, 0]
        contours.append(Contour((int(first[0]), int(first[1])), _box(ring) if thin else moved, parent))
    return contours


def sliced(values: npt.NDArray[Scalar], lengths: list[int]) -> list[npt.NDArray[Scalar]]:
    """Return consecutive slices of the given lengths; `numpy.split` takes many times as long."""
    ends = list(accumulate(lengths))
    return [values[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def _crossings(field: FloatArray, pixels: npt.NDArray[np.int32], threshold: float) -> Doubles:
    """Move the pixels of shape (N, 2) down the slope to the threshold by one Newton step of at most one pixel."""
    height, width = field.shape
    x, y = pixels[:, 0].astype(np.intp), pixels[:, 1].astype(np.intp)
    left, right = np.maximum(x - 1, 0), np.minimum(x + 1, width - 1)
    above, below = np.maximum(y - 1, 0), np.minimum(y + 1, height - 1)
    slope_x = (field[y, right] - field[y, left]) / np.maximum(right - left, 1)
    slope_y = (field[below, x] - field[above, x]) / np.maximum(below - above, 1)
    slope = np.hypot(slope_x, slope_y).astype(np.float64)
    known = slope > MIN_SLOPE * max(abs(threshold), 1.0)
    slope = np.where(known, slope, 1.0)
    way = np.where(known, np.clip((field[y, x] - threshold) / slope, 0.0, 1.0), 0.0) / slope
    return np.asarray(pixels - way[:, None] * np.column_stack([slope_x, slope_y]), dtype=np.float64)


def _without_small_holes(mask: Mask) -> npt.NDArray[np.uint8]:
    """Return the mask as bytes with all but its `MAX_HOLES` largest holes filled."""
    height, width = mask.shape
    filled = mask.astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(1 - filled, connectivity=4)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    enclosed = (left > 0) & (top > 0) & (right < width) & (bottom < height)
    enclosed[0] = False  # the mask itself
    holes = np.flatnonzero(enclosed)
    small = np.zeros(len(stats), dtype=bool)
    small[holes[np.argsort(stats[holes, cv2.CC_STAT_AREA])[:-MAX_HOLES]]] = True
    filled[small[labels]] = 1
    return filled


def _box(ring: npt.NDArray[np.int32]) -> Doubles:
    left, top = ring[:, 0].min(axis=0) - 0.5
    right, bottom = ring[:, 0].max(axis=0) + 0.5
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
