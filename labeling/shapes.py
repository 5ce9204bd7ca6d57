"""Shapes a person or a model draws on a picture, in source-image pixels with sub-pixel precision.

Pixel (0, 0) is the centre of the top-left pixel; x grows to the right, y downwards (as in OpenCV).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (N, 2), columns x and y in pixels, read-only."""


def frozen_points(values: npt.ArrayLike) -> Points:
    """Return `values` as a read-only (N, 2) float64 array.

    Raises
    ------
    ValueError
        If the values are not N points of two finite numbers.
    """
    points = np.array(values, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"points must have shape (N, 2), not {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("points must be finite")
    points.setflags(write=False)
    return points


@dataclass(frozen=True, slots=True, eq=False)
class Polygon:
    """A closed outline with optional holes; the last point joins the first by itself."""

    outline: Points
    holes: tuple[Points, ...] = ()

    def __post_init__(self) -> None:
        if len(self.outline) < 3:
            raise ValueError(f"a polygon needs at least 3 points, not {len(self.outline)}")

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels."""
        left, top = self.outline.min(axis=0)
        right, bottom = self.outline.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    @property
    def area_px(self) -> float:
        """Area in square pixels, holes taken off (shoelace formula)."""
        return ring_area_px(self.outline) - sum(ring_area_px(hole) for hole in self.holes)


def ring_area_px(ring: Points) -> float:
    """Area in square pixels of a closed ring of shape (N, 2), by the shoelace formula, never negative."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2.0)
