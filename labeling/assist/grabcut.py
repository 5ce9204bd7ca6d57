"""A lasso drawn roughly becomes the outline of what lies in it: GrabCut (Rother, Kolmogorov, Blake 2004) on a small region.

Slow (some 10 to 100 ms): not for the thread that draws. Pure and re-entrant; any number may run at once.
"""

from math import ceil, floor, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from labeling.assist.masks import outline_of
from labeling.shapes import Points, Polygon, frozen_points, ring_area_px

Bytes = npt.NDArray[np.uint8]
MARGIN_SHARE = 0.35
"""How far around the lasso is looked at, in its own size: the background there is what the inside is told apart from."""
MARGIN_PX = 12.0
HALF = 0.5
SMALL_PX = 120.0
"""A lasso smaller than this is not looked at in half its resolution: too few pixels would be left."""
MOST_CELLS = 60_000
"""Of the region that is cut; a larger one is made coarser."""
RIM_CELLS = 3
"""How far from the cut its place is looked for again."""
CLEAR_LEVELS = 40.0
"""Of contrast, over three colours: below it, noise would move the border."""
GRAIN_PX = 0.8
LEAST_SHARE = 0.4
"""Of the lasso's area: a smaller outline is something within, or noise."""
SLACK_SHARE = 0.12
"""How far beyond the lasso the outline may go, in the lasso's size."""
CORE_SHARE = 0.25
"""How far within the lasso a place must be, in the lasso's size, to be taken as inside for certain."""


def snap(pixels: Bytes, lasso: npt.ArrayLike) -> Polygon | None:
    """Return the outline of what a lasso was drawn around, or None where no edge tells it apart.

    Parameters
    ----------
    pixels
        Shape (H, W) grey or (H, W, 3) RGB.
    lasso
        Points of shape (N, 2) in image pixels, closed by themselves; at least 3.

    Raises
    ------
    ValueError
        If the lasso has fewer than 3 points, or they are not finite.
    """
    ring = Polygon(frozen_points(lasso)).outline
    size_px = float(np.ptp(ring, axis=0).max())
    left, top, right, bottom = _region(ring, size_px, pixels.shape)
    if right - left < 3 or bottom - top < 3:
        return None
    part, scale = _scaled(pixels[top:bottom, left:right], size_px)
    cells = (ring - (left, top) + 0.5) * scale - 0.5
    marks, inside = _marks(cells, part.shape[:2], size_px * scale)
    if inside.sum() < 3 or inside.all():
        return None
    outline = outline_of(_sharpened(part, _cut(part, marks)), inside)
    if outline is None or ring_area_px(outline) < LEAST_SHARE * inside.sum():
        return None
    return Polygon(frozen_points((outline + 0.5) / scale - 0.5 + (left, top)))


def _region(ring: Points, size_px: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    margin = max(MARGIN_PX, MARGIN_SHARE * size_px)
    (left, top), (right, bottom) = ring.min(axis=0) - margin, ring.max(axis=0) + margin
    return max(0, floor(left)), max(0, floor(top)), min(shape[1], ceil(right) + 1), min(shape[0], ceil(bottom) + 1)


def _scaled(part: Bytes, size_px: float) -> tuple[Bytes, float]:
    """Return the region as three colours, coarser where it is large, and by how much."""
    cells = part.shape[0] * part.shape[1]
    scale = min(1.0 if size_px < SMALL_PX else HALF, sqrt(MOST_CELLS / cells))
    colours = cv2.cvtColor(part, cv2.COLOR_GRAY2BGR) if part.ndim == 2 else np.ascontiguousarray(part)
    size = max(3, round(part.shape[1] * scale)), max(3, round(part.shape[0] * scale))
    if scale < 1:
        colours = cv2.resize(colours, size, interpolation=cv2.INTER_AREA)
    else:  # as halving does, take the noise of single pixels out
        colours = cv2.GaussianBlur(colours, (0, 0), GRAIN_PX)
    return np.asarray(colours, dtype=np.uint8), scale


def _marks(cells: Points, shape: tuple[int, ...], size: float) -> tuple[Bytes, npt.NDArray[np.bool_]]:
    """Return what is known of each cell, as GrabCut takes it, and what lies within the lasso."""
    filled = np.zeros(shape, dtype=np.uint8)
    cv2.fillPoly(filled, [np.rint(cells * 16).astype(np.int32)], 1, cv2.LINE_8, 4)
    outside = cv2.distanceTransform(1 - filled, cv2.DIST_L2, 3)
    within = cv2.distanceTransform(filled, cv2.DIST_L2, 3)
    marks = np.where(filled > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[outside > max(2.0, SLACK_SHARE * size)] = cv2.GC_BGD
    marks[within > max(2.0, CORE_SHARE * size)] = cv2.GC_FGD
    return marks, filled > 0


def _cut(part: Bytes, marks: Bytes) -> npt.NDArray[np.bool_]:
    cv2.setRNGSeed(0)  # this thread's own: the same lasso gives the same outline
    background, foreground = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(part, marks, (0, 0, 1, 1), background, foreground, 1, cv2.GC_INIT_WITH_MASK)
    return np.asarray((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD), dtype=np.bool_)


def _sharpened(part: Bytes, cut: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """Return the cut as 0 to 1, its border set to where the picture is halfway between inside and outside nearby.

    GrabCut counts the blurred rim of a high contrast to the inside, since only there it is seen; this takes it back.
    """
    solid = cut.astype(np.uint8)
    depth = cv2.distanceTransform(solid, cv2.DIST_L2, 3) - cv2.distanceTransform(1 - solid, cv2.DIST_L2, 3)
    colours = part.astype(np.float32)
    within, inner = _local_mean(colours, depth > RIM_CELLS)
    beyond, outer = _local_mean(colours, depth < -RIM_CELLS)
    step = within - beyond
    contrast = (step * step).sum(axis=2)
    share = ((colours - beyond) * step).sum(axis=2) / np.maximum(contrast, 1.0)
    clear = (np.abs(depth) <= RIM_CELLS + 1) & inner & outer & (contrast > CLEAR_LEVELS**2)
    field = np.where(clear, np.clip(share, 0.0, 1.0), cut).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(field, (3, 3), 0), dtype=np.float32)


def _local_mean(
    colours: npt.NDArray[np.float32], where: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Return the mean colour of the cells `where` around each cell, and whether there are any."""
    window = (4 * RIM_CELLS + 1,) * 2
    chosen = where.astype(np.float32)
    count = cv2.blur(chosen, window)
    total = cv2.blur(colours * chosen[..., np.newaxis], window)
    mean = total / np.maximum(count, 1e-6)[..., np.newaxis]
    return np.asarray(mean, dtype=np.float32), np.asarray(count > 1e-4, dtype=np.bool_)
