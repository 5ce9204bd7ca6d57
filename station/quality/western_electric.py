"""The Western Electric rules on a p-chart: Western Electric, Statistical Quality Control Handbook (1956), pp. 25-28.

Each point is taken in sigmas of its own subgroup, so that subgroups of unequal size may stand side by side. Only the half of
the chart that a run lies in counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from station.quality.p_chart import PChart, Point

RULES = {
    1: "one point beyond 3 sigma",
    2: "two of three points beyond 2 sigma on one side",
    3: "four of five points beyond 1 sigma on one side",
    4: "eight points in a row on one side",
}
_RUNS = {1: (1, 1, 3.0), 2: (2, 3, 2.0), 3: (4, 5, 1.0), 4: (8, 8, 0.0)}
"""Points beyond, of how many, how many sigmas."""
LONGEST_RUN = max(of for _, of, _ in _RUNS.values())


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that a point completes: `index` is that of the point, `above` the side."""

    rule: int
    index: int
    above: bool


def signals(chart: PChart) -> tuple[Signal, ...]:
    """Return what the rules find, in the order of points and rules."""
    places = [_sigmas(point, chart.centre) for point in chart.points]
    return tuple(
        Signal(rule, point.index, above)
        for last, point in enumerate(chart.points)
        for rule, (beyond, of, sigmas) in _RUNS.items()
        for above in (True, False)
        if _completes(places[: last + 1], beyond, of, _past(sigmas, above=above))
    )


def _past(sigmas: float, *, above: bool) -> Callable[[float], bool]:
    return (lambda place: place > sigmas) if above else (lambda place: place < -sigmas)


def _completes(places: Sequence[float], beyond: int, of: int, past: Callable[[float], bool]) -> bool:
    """Whether the last point is beyond, and with it enough of the last ones."""
    return past(places[-1]) and sum(map(past, places[-of:])) >= beyond


def _sigmas(point: Point, centre: float) -> float:
    sigma = sqrt(centre * (1.0 - centre) / point.parts)
    return (point.share - centre) / sigma if sigma else 0.0
