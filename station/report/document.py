"""A report between figures and file: sections of sentences, tables and charts, the same for HTML and PDF."""

from dataclasses import dataclass

from station.quality.p_chart import Interval


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or more; `missing` says that a figure is not there and why."""

    text: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words; the first column names them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ShareChart:
    """Shares over subgroups, between limits; `starts` are written below, `marked` points stand out."""

    shares: tuple[float | None, ...]
    limits: tuple[Interval | None, ...]
    centre: float
    starts: tuple[str, ...]
    marked: frozenset[int]
    title: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """One bar a name, with what is written at its end."""

    names: tuple[str, ...]
    values: tuple[float, ...]
    notes: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """One line a name: the value as a dot, its interval as a bar; `bounds` are drawn as dashed lines."""

    names: tuple[str, ...]
    values: tuple[float, ...]
    intervals: tuple[Interval | None, ...]
    bounds: tuple[float, ...]
    title: str


@dataclass(frozen=True, slots=True)
class HistogramChart:
    """Two distributions on the same scale, as shares of each."""

    before: tuple[float, ...]
    now: tuple[float, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of shares; `mark` is a point on it that stands out."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    mark: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines in one square, both axes from 0 to 1."""

    title: str
    x_title: str
    y_title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CurveChart:
    """One or two panels side by side, of the same lines."""

    panels: tuple[Panel, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as JPEG, with what is written below it."""

    jpeg: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures of one size in rows."""

    pictures: tuple[Picture, ...]


Chart = ShareChart | BarChart | IntervalChart | HistogramChart | CurveChart
Block = Text | Table | Pictures | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what its figures mean, and the figures."""

    title: str
    about: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole; `facts` say what it is about and when it was made."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


KEEP = "\N{NO-BREAK SPACE}"
"""Between a number and its unit: no line ends there."""


def percent(share: float, digits: int = 1) -> str:
    """Write a share."""
    return f"{100 * share:.{digits}f}{KEEP}%"


def between(interval: Interval, digits: int = 1) -> str:
    """Write an interval of a share."""
    return f"{100 * interval.low:.{digits}f} to {100 * interval.high:.{digits}f}{KEEP}%"
