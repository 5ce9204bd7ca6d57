"""How the report writes numbers, times and what is not there."""

from datetime import datetime

from station.quality.agreement import FEWEST_UNITS, Coefficient
from station.quality.share import Share
from station.report.document import Text, between, percent

MOST_ROWS = 40
"""Longer tables show the last ones."""
FEWEST_TRIALS = 10
"""Of bad, of good, or of audited parts, before a rate is given."""


def missing(why: str) -> Text:
    """Say that there is not enough data, and why."""
    return Text(f"Not enough data: {why}.", missing=True)


def not_enough() -> str:
    """Say so in a cell."""
    return "not enough data"


def share_cells(share: Share) -> tuple[str, str, str]:
    """Three cells: the counts, the share, its interval."""
    value = share.share
    return f"{share.count} of {share.of}", "" if value is None else percent(value), between(share.interval)


def coefficient(one: Coefficient) -> str:
    """Write a coefficient with its interval."""
    bounds = "all alike, no interval" if one.interval is None else f"{one.interval.low:.2f} to {one.interval.high:.2f}"
    return f"{one.value:.2f} ({bounds})"


def or_missing(one: Coefficient | None) -> str:
    """Write a coefficient, or that there is none."""
    return f"{not_enough()} (fewer than {FEWEST_UNITS} parts, or one kind)" if one is None else coefficient(one)


def time_text(moment: datetime) -> str:
    """Write a moment."""
    return f"{moment:%Y-%m-%d %H:%M} {moment:%Z}".strip()


def minutes_text(minutes: int) -> str:
    """Write how long a subgroup is."""
    if minutes % 1440 == 0:
        return "day" if minutes == 1440 else f"{minutes // 1440} days"
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
