"""How large a shape is, in pixels and in millimetres."""

from dataclasses import dataclass
from math import hypot, isfinite

import numpy as np

from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape
from labeling.skeleton import length_and_width


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a pixel is on the part.

    Attributes
    ----------
    mm_per_px
        The calibration factor.
    uncertainty_mm_per_px
        Its standard uncertainty; None if nobody knows it.
    """

    mm_per_px: float
    uncertainty_mm_per_px: float | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.mm_per_px) and self.mm_per_px > 0):
            raise ValueError(f"a pixel must have a size above 0 mm, not {self.mm_per_px}")
        if self.uncertainty_mm_per_px is not None and not 0 <= self.uncertainty_mm_per_px < self.mm_per_px:
            raise ValueError(f"an uncertainty of {self.uncertainty_mm_per_px} mm does not fit {self.mm_per_px} mm")


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
    calibration
        None if the size of a pixel is unknown; then there are no millimetres.
    """

    length_px: float
    width_px: float
    area_px: float
    calibration: Calibration | None = None

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
        return None if self.calibration is None else self.area_px * self.calibration.mm_per_px**2

    @property
    def length_uncertainty_mm(self) -> float | None:
        """Standard uncertainty of the length, the calibration's share (JCGM 100:2008, 5.1.2)."""
        return self._uncertainty_mm(self.length_px)

    @property
    def width_uncertainty_mm(self) -> float | None:
        """Standard uncertainty of the width, the calibration's share."""
        return self._uncertainty_mm(self.width_px)

    @property
    def area_uncertainty_mm2(self) -> float | None:
        """Standard uncertainty of the area, the calibration's share: the factor counts twice."""
        known = self._uncertainty_mm(self.area_px)
        return None if known is None or self.calibration is None else 2 * self.calibration.mm_per_px * known

    def _mm(self, pixels: float) -> float | None:
        return None if self.calibration is None else pixels * self.calibration.mm_per_px

    def _uncertainty_mm(self, pixels: float) -> float | None:
        if self.calibration is None or self.calibration.uncertainty_mm_per_px is None:
            return None
        return pixels * self.calibration.uncertainty_mm_per_px


def measure(shape: Shape, mm_per_px: float | None = None, uncertainty_mm_per_px: float | None = None) -> Size:
    """Return the size of a shape; a few milliseconds for a polygon.

    Parameters
    ----------
    mm_per_px
        Size of a pixel on the part; None where there is no calibration.
    uncertainty_mm_per_px
        Standard uncertainty of that, where it is known.

    Raises
    ------
    ValueError
        If the size of a pixel is not above 0, or its uncertainty negative or as large as itself.
    """
    calibration = None if mm_per_px is None else Calibration(mm_per_px, uncertainty_mm_per_px)
    match shape:
        case Polygon():
            length, width = length_and_width(shape)
            return Size(length, width, max(shape.area_px, 0.0), calibration)  # a hole outside would make it less
        case Box(left, top, right, bottom):
            return _rectangle(right - left, bottom - top, calibration)
        case RotatedBox():
            return _rectangle(shape.width, shape.height, calibration)
        case Polyline(points):
            length = sum(hypot(x, y) for x, y in np.diff(points, axis=0).tolist())
            return Size(length, 0.0, 0.0, calibration)
        case Keypoint():
            return Size(0.0, 0.0, 0.0, calibration)


def _rectangle(one: float, other: float, calibration: Calibration | None) -> Size:
    return Size(max(one, other), min(one, other), one * other, calibration)
