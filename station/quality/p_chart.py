"""The control chart for the share of rejected parts, and the interval of a share.

The p-chart is Shewhart's, with limits for each subgroup's own size: D. C. Montgomery, Introduction to Statistical Quality
Control, 6th ed., 7.2 (variable sample size); NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

SIGMAS = 3.0
Z_95 = 1.959964
"""The normal deviate that leaves 2.5 % on either side."""
FEW = 5.0
"""Fewer rejected parts expected in a subgroup than this, and three sigmas are only a rough limit."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A range; that of a share lies within 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Subgroup:
    """Parts taken together: how many, and how many of them were rejected."""

    parts: int
    rejected: int

    def __post_init__(self) -> None:
        if not 0 <= self.rejected <= self.parts:
            raise ValueError(f"{self.rejected} of {self.parts} parts cannot be rejected")


@dataclass(frozen=True, slots=True)
class Point:
    """One subgroup on the chart; `index` is its place among the subgroups, empty ones counted."""

    index: int
    parts: int
    rejected: int
    share: float
    limits: Interval
    beyond: bool
    """Whether the share lies outside its limits: more than chance, look for a cause."""


@dataclass(frozen=True, slots=True)
class PChart:
    """A chart; `coarse` says that the parts are too few for its limits to be more than rough."""

    centre: float
    points: tuple[Point, ...]
    coarse: bool

    @property
    def beyond(self) -> tuple[Point, ...]:
        """The points outside their limits."""
        return tuple(point for point in self.points if point.beyond)


def p_chart(subgroups: Sequence[Subgroup], centre: float | None = None) -> PChart | None:
    """Chart the share of rejected parts with limits of three sigmas, clipped to 0 and 1.

    Parameters
    ----------
    subgroups
        In the order of time; one without parts has no point.
    centre
        The share that the process is known for; the share of all parts of the subgroups where None (trial limits).

    Returns
    -------
    The chart, None where there is not a single part.
    """
    parts = sum(group.parts for group in subgroups)
    if not parts:
        return None
    if centre is None:
        centre = sum(group.rejected for group in subgroups) / parts
    points = tuple(_point(index, group, centre) for index, group in enumerate(subgroups) if group.parts)
    return PChart(centre, points, coarse=centre * parts / len(points) < FEW)


def _point(index: int, group: Subgroup, centre: float) -> Point:
    reach = SIGMAS * sqrt(centre * (1.0 - centre) / group.parts)
    share = group.rejected / group.parts
    limits = Interval(max(0.0, centre - reach), min(1.0, centre + reach))
    return Point(index, group.parts, group.rejected, share, limits, beyond=not limits.low <= share <= limits.high)


def wilson(count: int, of: int, z: float = Z_95) -> Interval:
    """Give the interval in which the share lies that `count` of `of` was drawn from; all of 0 to 1 for none.

    The score interval without correction for continuity: E. B. Wilson, JASA 22 (1927) 209-212; method 3 of
    R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} cannot be a part of {of}")
    if not of:
        return Interval(0.0, 1.0)
    share, square = count / of, z * z
    middle = share + square / (2 * of)
    reach = z * sqrt(share * (1.0 - share) / of + square / (4 * of * of))
    scale = 1.0 + square / of
    return Interval(
        0.0 if count == 0 else (middle - reach) / scale,
        1.0 if count == of else (middle + reach) / scale,
    )
