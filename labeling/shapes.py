"""Shapes a person or a model draws on a picture, in source-image pixels with sub-pixel precision.

Pixel (0, 0) is the centre of the top-left pixel; x grows to the right, y downwards (as in OpenCV).
"""

from dataclasses import dataclass
from math import isfinite

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
        return _bounds(self.outline)

    @property
    def area_px(self) -> float:
        """Area in square pixels, holes taken off (shoelace formula)."""
        return ring_area_px(self.outline) - sum(ring_area_px(hole) for hole in self.holes)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        _check_finite(self.left, self.top, self.right, self.bottom)
        if self.right <= self.left or self.bottom <= self.top:
            raise ValueError(f"a box needs left < right and top < bottom, not {self}")

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class RotatedBox:
    """A rectangle by centre, sides and the angle of its width to the x axis; a positive angle turns clockwise on the picture."""

    x: float
    y: float
    width: float
    height: float
    angle_deg: float

    def __post_init__(self) -> None:
        _check_finite(self.x, self.y, self.width, self.height, self.angle_deg)
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"a rotated box needs sides above 0, not {self.width} x {self.height}")

    @property
    def corners(self) -> Points:
        """Four corners, clockwise on the picture from the one that is top left at 0 degrees."""
        angle = np.deg2rad(self.angle_deg)
        along = np.array([np.cos(angle), np.sin(angle)]) * self.width / 2
        across = np.array([-np.sin(angle), np.cos(angle)]) * self.height / 2
        centre = np.array([self.x, self.y])
        return frozen_points(
            [centre - along - across, centre + along - across, centre + along + across, centre - along + across]
        )

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels."""
        return _bounds(self.corners)


@dataclass(frozen=True, slots=True, eq=False)
class Polyline:
    """An open line, as along a weld or a scratch."""

    points: Points

    def __post_init__(self) -> None:
        if len(self.points) < 2:
            raise ValueError(f"a polyline needs at least 2 points, not {len(self.points)}")

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels."""
        return _bounds(self.points)


@dataclass(frozen=True, slots=True)
class Keypoint:
    """One place."""

    x: float
    y: float

    def __post_init__(self) -> None:
        _check_finite(self.x, self.y)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels."""
        return self.x, self.y, self.x, self.y


Shape = Polygon | Box | RotatedBox | Polyline | Keypoint
"""What can be drawn; a brushed mask is a `Polygon` with its holes."""


def _bounds(points: Points) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _check_finite(*numbers: float) -> None:
    if not all(isfinite(number) for number in numbers):
        raise ValueError(f"a shape needs finite numbers, not {numbers}")


def ring_area_px(ring: Points) -> float:
    """Area in square pixels of a closed ring of shape (N, 2), by the shoelace formula, never negative."""
    x, y = ring[:, 0], ring[:, 1]
    twice = np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:]) + x[-1] * y[0] - y[-1] * x[0]
    return float(abs(twice) / 2.0)
