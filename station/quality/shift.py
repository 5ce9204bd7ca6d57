"""What a shift is and what it made: yield, classes, pace, agreement of model and people. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate

from station.line.inspection import VerdictKind
from station.quality.p_chart import Interval, Subgroup, wilson

SUBGROUP_MINUTES = (5, 10, 15, 20, 30, 60)
"""Lengths a subgroup may have; each divides an hour."""
MOST_SUBGROUPS = 24
"""More points than this cannot be told apart at arm's length."""


# When ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift; `number` is its place in the day, from 1. Times are UTC."""

    number: int
    start: datetime
    end: datetime


def shift_at(moment: datetime, starts: Sequence[time], zone: tzinfo | None = None) -> Shift:
    """Return the shift that a moment lies in.

    Parameters
    ----------
    moment
        With a zone.
    starts
        Wall-clock times at which shifts begin, in order; each lasts until the next one begins.
    zone
        Where the wall clock hangs; None: this machine's zone.

    A start that the clock leaps over in spring is when the clock has leapt; one that comes twice in autumn is the first.
    """
    today = moment.astimezone(zone).date()
    days = [today + timedelta(days=days) for days in (-1, 0, 1, 2)]
    begins = [(_utc(day, start, zone), number) for day in days for number, start in enumerate(starts, 1)]
    last = max(index for index, (begin, _) in enumerate(begins) if begin <= moment)
    begin, number = begins[last]
    return Shift(number, begin, begins[last + 1][0])


def _utc(day: date, start: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, start, zone).astimezone(UTC)  # without a zone it is the machine's


# How many ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """Parts by their current verdict."""

    ok: int = 0
    ng: int = 0
    not_decidable: int = 0

    @property
    def parts(self) -> int:
        """All of them."""
        return self.ok + self.ng + self.not_decidable

    @property
    def rejected(self) -> int:
        """Those without a positive OK."""
        return self.ng + self.not_decidable

    @property
    def yield_share(self) -> float | None:
        """The share of OK parts, None where there are no parts."""
        return self.ok / self.parts if self.parts else None

    @property
    def yield_interval(self) -> Interval:
        """Where the line's yield lies, with 95 % confidence."""
        return wilson(self.ok, self.parts)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.ok + other.ok, self.ng + other.ng, self.not_decidable + other.not_decidable)


@dataclass(frozen=True, slots=True)
class Span:
    """The parts of a stretch of time."""

    start: datetime
    tally: Tally


def total(spans: Iterable[Span]) -> Tally:
    """Add up what the spans hold."""
    return sum((span.tally for span in spans), Tally())


def regular(spans: Iterable[Span], start: datetime, end: datetime, minutes: int) -> tuple[Span, ...]:
    """Put spans into longer ones of equal length that cover `start` to `end` without a gap; the empty ones too."""
    length = timedelta(minutes=minutes)
    sums = [Tally()] * max(1, -(-(end - start) // length))
    for span in spans:
        place = (span.start - start) // length
        if 0 <= place < len(sums):
            sums[place] += span.tally
    return tuple(Span(start + number * length, tally) for number, tally in enumerate(sums))


def subgroup_minutes(start: datetime, end: datetime) -> int:
    """Choose how long a subgroup of the p-chart is: as short as leaves no more points than can be read."""
    minutes = (end - start) / timedelta(minutes=1)
    return next((length for length in SUBGROUP_MINUTES if minutes <= length * MOST_SUBGROUPS), SUBGROUP_MINUTES[-1])


def subgroups(spans: Iterable[Span]) -> tuple[Subgroup, ...]:
    """Make each span a subgroup of the p-chart."""
    return tuple(Subgroup(span.tally.parts, span.tally.rejected) for span in spans)


def parts_an_hour(parts: int, start: datetime, now: datetime) -> float | None:
    """Give the pace since `start`; None within the first minute, when it would mean nothing."""
    elapsed = now - start
    return parts / (elapsed / timedelta(hours=1)) if elapsed >= timedelta(minutes=1) else None


# Why ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParetoBar:
    """One class: its parts, its share of all, and the share of it and all that come before. `name` None: the rest."""

    name: str | None
    parts: int
    share: float
    cumulative: float


def pareto(counts: Mapping[str, int], most: int = 7) -> tuple[ParetoBar, ...]:
    """Order classes by their parts, most first, those of equal number by name; beyond `most` bars they are one."""
    ordered = sorted(((name, count) for name, count in counts.items() if count), key=lambda one: (-one[1], one[0]))
    bars: list[tuple[str | None, int]] = [*ordered]
    if len(bars) > most:
        bars = [*bars[: most - 1], (None, sum(count for _, count in bars[most - 1 :]))]
    whole = sum(count for _, count in bars)
    sums = accumulate(count for _, count in bars)
    return tuple(
        ParetoBar(name, count, count / whole, so_far / whole) for (name, count), so_far in zip(bars, sums, strict=True)
    )


# Who was right ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agreement:
    """Parts on which a person gave a verdict, by what the model (with the rules) and then the person said."""

    counts: Mapping[tuple[VerdictKind, VerdictKind], int]

    def of(self, model: VerdictKind, person: VerdictKind) -> int:
        """Count the parts of one cell."""
        return self.counts.get((model, person), 0)

    @property
    def overruled_ok(self) -> int:
        """The model let it pass, the person did not: a miss."""
        return self.of(VerdictKind.OK, VerdictKind.NG)

    @property
    def overruled_ng(self) -> int:
        """The model rejected it, the person did not: a false alarm."""
        return self.of(VerdictKind.NG, VerdictKind.OK)

    @property
    def decided_by_both(self) -> int:
        """Parts on which model and person each said OK or NG."""
        sides = (VerdictKind.OK, VerdictKind.NG)
        return sum(self.of(model, person) for model in sides for person in sides)

    @property
    def disagreements(self) -> int:
        """Parts on which they said the opposite."""
        return self.overruled_ok + self.overruled_ng

    @property
    def disagreement_interval(self) -> Interval:
        """Where the share of disagreement lies, with 95 % confidence."""
        return wilson(self.disagreements, self.decided_by_both)
