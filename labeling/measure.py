"""How large a shape is, in pixels and in millimetres."""

from dataclasses import dataclass
from math import hypot, isfinite

import numpy as np

from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape
from labeling.skeleton import length_and_width


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a shape.

    Attributes
    ----------
    length_px
        Along the middle of a polygon, along a polyline, the longer side of a box.
    width_px
        Diameter of the largest disc in a polygon, the shorter side of a box; a line has none.
    area_px
        In square pixels, holes taken off.
    mm_per_px
        Size of a pixel on the part; None if it is unknown, then there are no millimetres.
    """

    length_px: float
    width_px: float
    area_px: float
    mm_per_px: float | None = None

    @property
    def length_mm(self) -> float | None:
        """Length in millimetres."""
        return self._mm(self.length_px)

    @property
    def width_mm(self) -> float | None:
        """Width in millimetres."""
        return self._mm(self.width_px)

    @property
    def area_mm2(self) -> float | None:
        """Area in square millimetres."""
        return None if self.mm_per_px is None else self.area_px * self.mm_per_px**2

    def _mm(self, pixels: float) -> float | None:
        return None if self.mm_per_px is None else pixels * self.mm_per_px


def measure(shape: Shape, mm_per_px: float | None = None) -> Size:
    """Return the size of a shape; a few milliseconds for a polygon.

    Parameters
    ----------
    mm_per_px
        Size of a pixel on the part; None where there is no calibration.

    Raises
    ------
    ValueError
        If the size of a pixel is not above 0.
    """
    if mm_per_px is not None and not (isfinite(mm_per_px) and mm_per_px > 0):
        raise ValueError(f"a pixel must have a size above 0 mm, not {mm_per_px}")
    match shape:
        case Polygon():
            length, width = length_and_width(shape)
            return Size(length, width, max(shape.area_px, 0.0), mm_per_px)  # a hole outside would make it less
        case Box(left, top, right, bottom):
            return _rectangle(right - left, bottom - top, mm_per_px)
        case RotatedBox():
            return _rectangle(shape.width, shape.height, mm_per_px)
        case Polyline(points):
            length = sum(hypot(x, y) for x, y in np.diff(points, axis=0).tolist())
            return Size(length, 0.0, 0.0, mm_per_px)
        case Keypoint():
            return Size(0.0, 0.0, 0.0, mm_per_px)


def _rectangle(one: float, other: float, mm_per_px: float | None) -> Size:
    return Size(max(one, other), min(one, other), one * other, mm_per_px)
