"""What a stretch of time made, read so that its cost grows with that stretch and not with all that is on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from station.journal.connection import storage_errors
from station.journal.reader import JournalReader
from station.journal.records import time_text
from station.line.inspection import VerdictKind
from station.quality.shift import Agreement, Span, Tally

SPAN = timedelta(minutes=5)
"""How long a span is; every longer one is made of whole ones."""

# Without being told, SQLite would rather read every NG part there ever was.
SPANS = """
SELECT (unixepoch(time) - unixepoch(?1)) / ?3, verdict, count(*)
FROM parts INDEXED BY parts_by_time WHERE time >= ?1 AND time < ?2 GROUP BY 1, 2"""
CLASSES = """
SELECT coalesce((
    SELECT coalesce(json_extract(annotation, '$.labels[0].class'), json_extract(annotation, '$.tags[0]'))
    FROM annotations a WHERE a.part = parts.id AND labels > 0
        AND NOT EXISTS (SELECT 1 FROM annotations WHERE parent = a.uid)
    ORDER BY a.id DESC LIMIT 1
), worst_class), count(*)
FROM parts INDEXED BY parts_by_time WHERE time >= ?1 AND time < ?2 AND verdict = 'NG' GROUP BY 1"""
AGREEMENT = """
SELECT (SELECT kind FROM verdicts WHERE part = parts.id ORDER BY id LIMIT 1), verdict, count(*)
FROM parts INDEXED BY parts_by_time WHERE time >= ?1 AND time < ?2 AND by <> 'rules' GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class ShiftRecord:
    """A stretch of time: parts by span in order of time (empty spans left out), NG parts by class, and who overruled whom.

    A class is the first that a person gave the part, else that of the model's worst defect; "" where there is neither.
    """

    spans: tuple[Span, ...]
    classes: Mapping[str, int]
    agreement: Agreement


def read_shift(reader: JournalReader, since: datetime, until: datetime) -> ShiftRecord:
    """Read the parts triggered from `since` on and before `until`, as they are judged now.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    times = (time_text(since), time_text(until))
    with storage_errors(reader.path), reader.connection:  # one snapshot for all of it
        spans = _rows(reader, SPANS, *times, SPAN // timedelta(seconds=1))
        classes = _rows(reader, CLASSES, *times)
        pairs = _rows(reader, AGREEMENT, *times)
    agreement = Agreement({(VerdictKind(model), VerdictKind(person)): parts for model, person, parts in pairs})
    return ShiftRecord(_spans(spans, since.astimezone(UTC)), dict(classes), agreement)


def _spans(rows: list[tuple[Any, ...]], since: datetime) -> tuple[Span, ...]:
    found: dict[int, dict[str, int]] = {}
    for span, verdict, parts in rows:
        found.setdefault(span, {})[verdict] = parts
    return tuple(
        Span(since + span * SPAN, Tally(*(verdicts.get(kind.value, 0) for kind in VerdictKind)))
        for span, verdicts in sorted(found.items())
    )


def _rows(reader: JournalReader, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
    return reader.connection.execute(statement, values).fetchall()
