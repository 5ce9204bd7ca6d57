"""How large the defects of one view are: only what is asked for is measured, because following a middle line takes time.

Each size has an upper bound that is found at once. Only where that crosses a limit the defect itself is measured, the
largest first: at most `MOST_MEASURED` in a view, and where more would have to be, only the first `OF_MANY` for each limit, to
prove the part NG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import pi, sqrt
from typing import Final

import numpy as np

from camera.calibration import Calibration
from labeling.measure import measure
from labeling.relations import Areas
from labeling.shapes import Polygon
from station.line.acceptance import Quantity

MOST_MEASURED: Final = 8
"""Defects of a view whose middle line is followed; what is left then, a person decides."""

OF_MANY: Final = 2

_SLACK: Final = 1.05
"""What drawing an area on a grid may add to its bounds."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """What a pixel of a view is on the part; no millimetres where neither is known.

    Attributes
    ----------
    calibration
        Of the view.
    mm_per_px
        Of a view without calibration, as the recipe says.
    """

    calibration: Calibration | None = None
    mm_per_px: float | None = None

    @property
    def known(self) -> bool:
        """Whether there are millimetres."""
        return self.calibration is not None or self.mm_per_px is not None

    @property
    def middle_mm_per_px(self) -> float | None:
        """Millimetres a pixel in the middle of the picture."""
        return self.mm_per_px if self.calibration is None else self.calibration.mm_per_px

    @property
    def relative_uncertainty(self) -> float | None:
        """Expanded uncertainty of any length, coverage 2, as a share of it."""
        return None if self.calibration is None else self.calibration.relative_uncertainty

    def to_mm(self, polygons: Sequence[Polygon]) -> tuple[Polygon, ...]:
        """Return the polygons on the part, in millimetres where these are known; all points are mapped at once."""
        rings = [ring for polygon in polygons for ring in (polygon.outline, *polygon.holes)]
        points = np.concatenate(rings) if rings else np.empty((0, 2))
        mapped = points * (self.mm_per_px or 0.0) if self.calibration is None else self.calibration.to_mm(points)
        mapped.setflags(write=False)
        cut = iter(np.split(mapped, np.cumsum([len(ring) for ring in rings])))
        return tuple(Polygon(next(cut), tuple(next(cut) for _ in polygon.holes)) for polygon in polygons)


def scale_of(calibration: Calibration | None, pixel_size_um: float | None, size: tuple[int, int] | None) -> Scale:
    """Return how large the pixels of a picture are; a view's calibration outweighs what the recipe says.

    Parameters
    ----------
    size
        Width and height of the picture, None where they do not matter: a calibration for another size says nothing.
    """
    if calibration is not None:
        fits = size in {None, (calibration.width, calibration.height)}
        return Scale(calibration=calibration if fits else None)
    return Scale(mm_per_px=None if pixel_size_um is None else pixel_size_um / 1000.0)


class Sizes:
    """The defects of one view, in one unit; lengths along the middle, widths by the largest disc, areas without holes."""

    def __init__(self, polygons: Sequence[Polygon], budget: "Budget") -> None:
        self._polygons = polygons
        self._budget = budget
        self._measured: dict[int, tuple[float, float]] = {}

    @property
    def finite(self) -> bool:
        """Whether all of it lies somewhere: far outside its picture a calibration leads nowhere."""
        return all(bool(np.isfinite(ring).all()) for shape in self._polygons for ring in (shape.outline, *shape.holes))

    @cached_property
    def areas(self) -> list[float]:
        """Area of each."""
        return [float(area) for area in self.relations.areas()]

    @cached_property
    def relations(self) -> Areas:
        """How they lie to each other."""
        return Areas(self._polygons)

    @cached_property
    def longest(self) -> list[float]:
        """What no length exceeds: half of all edges, for a line that goes along the middle has one on either side of it."""
        return [_SLACK * float(edges) / 2 for edges in self.relations.edges()]

    @cached_property
    def widest(self) -> list[float]:
        """What no width exceeds: the disc of the same area."""
        return [_SLACK * 2 * sqrt(area / pi) for area in self.areas]

    def bounds(self, quantity: Quantity) -> list[float]:
        """Return what the length or the width of each cannot exceed."""
        return self.longest if quantity is Quantity.LENGTH else self.widest

    def measured(self, number: int, quantity: Quantity) -> float | None:
        """Return the length or the width of one; None where the budget is spent."""
        if number not in self._measured:
            if not self._budget.spend():
                return None
            size = measure(self._polygons[number])
            self._measured[number] = size.length_px, size.width_px
        return self._measured[number][quantity is not Quantity.LENGTH]


class Budget:
    """How many defects of a view may still be measured."""

    def __init__(self, left: int = MOST_MEASURED) -> None:
        self._left = left

    def spend(self) -> bool:
        """Take one; False when there is none left."""
        self._left -= 1
        return self._left >= 0
