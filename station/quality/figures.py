"""All figures of quality of a stretch of time, as the report and the screen show them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean, stdev

from station.quality.drift import Drift
from station.quality.lots import JudgedLot
from station.quality.p_chart import Z_95, Interval, PChart
from station.quality.people import PeopleFigures
from station.quality.sampling import Scheme
from station.quality.scope import Scope
from station.quality.share import Share
from station.quality.shift import ParetoBar, Tally
from station.quality.western_electric import Signal


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, the interval of it (95 %, None of fewer than ten), and what it is of."""

    value: float
    interval: Interval | None
    number: int


@dataclass(frozen=True, slots=True)
class Outlines:
    """How far those who outlined the same view did it alike: pictures, and the mean over them of the overlap (IoU)."""

    first: str
    second: str
    iou: Mean
    pairs: int
    same_class: Share
    unmatched: int


@dataclass(frozen=True, slots=True)
class Covered:
    """Parts of a shift or a lot: how many there were, people decided, and people labelled."""

    name: str
    parts: int
    decided: int
    labelled: int


@dataclass(frozen=True, slots=True)
class ModelDrift:
    """A model's scores in the first and in the second half of the stretch of time."""

    model: str
    drift: Drift
    before: tuple[float, ...]
    now: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything.

    Attributes
    ----------
    classes
        NG parts by class, as people or else the model named them.
    chart, signals
        The share of rejected parts by subgroup, and what the Western Electric rules find in it.
    labels
        People's outlines and tags by class; `labelled` are the parts they are on.
    reference
        Where the known state of parts comes from, in words.
    drifts
        Of each model that gave enough scores.
    scheme, sampled
        How lots are accepted by their audited parts, where that was asked for, and what became of each.
    """

    scope: Scope
    tally: Tally
    classes: tuple[ParetoBar, ...]
    chart: PChart | None
    starts: tuple[datetime, ...]
    subgroup_minutes: int
    signals: tuple[Signal, ...]
    labels: Mapping[str, int]
    labelled: int
    shifts: tuple[Covered, ...]
    lots: tuple[Covered, ...]
    people: PeopleFigures
    reference: str
    outlines: tuple[Outlines, ...]
    drifts: tuple[ModelDrift, ...]
    scheme: Scheme | None = None
    sampled: tuple[JudgedLot, ...] = ()


def mean_of(values: Sequence[float], fewest: int = 10) -> Mean:
    """Return the mean of at least one value, with its interval by the normal distribution from `fewest` on."""
    mean = fmean(values)
    if len(values) < fewest:
        return Mean(mean, None, len(values))
    reach = Z_95 * stdev(values) / len(values) ** 0.5
    return Mean(mean, Interval(mean - reach, mean + reach), len(values))
