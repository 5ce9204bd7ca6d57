"""Everything the page Shift shows, worked out in one go in the thread that reads the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from station.config import ShiftTable, load_station
from station.journal.reader import JournalReader
from station.journal.records import Note
from station.journal.shift_queries import read_shift
from station.quality.p_chart import PChart, p_chart
from station.quality.shift import (
    Agreement,
    ParetoBar,
    Shift,
    Span,
    Tally,
    pareto,
    parts_an_hour,
    regular,
    subgroup_minutes,
    subgroups,
    total,
)
from station.toml_file import ConfigError

NOTES = 20
"""Hand-over notes that are shown."""
JUST_BEFORE = timedelta(microseconds=1)
_LATEST_CHANGE = timedelta(minutes=1)
"""How far the clocks of engine and screen may lie apart: parts of the next minute are counted too."""


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """One shift as the page shows it; times are UTC, `zone` (None: the machine's) is for the eye.

    `pace` is the parts an hour since the first part, None where there are none.
    """

    shift: Shift
    running: bool
    zone: tzinfo | None
    tally: Tally
    pace: float | None
    classes: tuple[ParetoBar, ...]
    chart: PChart | None
    chart_starts: tuple[datetime, ...]
    subgroup_minutes: int
    hours: tuple[Span, ...]
    agreement: Agreement
    notes: tuple[Note, ...]


def read_figures(reader: JournalReader, table: ShiftTable, now: datetime, back: int) -> ShiftFigures:
    """Read the shift that lies `back` shifts before the one of `now`. Raises `StorageError`."""
    shift = table.at(now)
    for _ in range(back):
        shift = table.at(shift.start - JUST_BEFORE)
    running = back == 0
    end = min(shift.end, now + _LATEST_CHANGE) if running else shift.end
    record = read_shift(reader, shift.start, end)
    minutes = subgroup_minutes(shift.start, shift.end)
    groups = regular(record.spans, shift.start, shift.end, minutes)
    tally = total(record.spans)
    until = min(now, shift.end)
    first = record.spans[0].start if record.spans else until
    return ShiftFigures(
        shift=shift,
        running=running,
        zone=ZoneInfo(table.zone) if table.zone else None,
        tally=tally,
        pace=parts_an_hour(tally.parts, first, until),
        classes=pareto(record.classes),
        chart=p_chart(subgroups(groups)),
        chart_starts=tuple(span.start for span in groups),
        subgroup_minutes=minutes,
        hours=regular(record.spans, shift.start, until, 60),
        agreement=record.agreement,
        notes=reader.notes(limit=NOTES),
    )


def shift_table(config: Path | None) -> ShiftTable:
    """When shifts begin: what `station.toml` says, or the default where there is none that can be read."""
    if config is None:
        return ShiftTable()
    try:
        return load_station(config).shift
    except ConfigError:  # `station doctor` and the engine say what is wrong with it
        return ShiftTable()
