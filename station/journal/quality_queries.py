"""What the figures of quality are made from, read so that the cost grows with the stretch of time asked for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from station.journal.connection import storage_errors
from station.journal.reader import JournalReader
from station.journal.records import time_text
from station.line.inspection import VerdictKind
from station.quality.scope import Scope

_EXTENT = "SELECT min(time), max(time) FROM parts WHERE (?1 = '' OR recipe_name = ?1)"
_PARTS = """
SELECT time, part_id, verdict, by, score, model, labels, (
    SELECT max(json_extract(truth, '$.defective')) FROM truth t WHERE t.part = parts.id
), uid, CASE WHEN verdict = 'NG' THEN coalesce((
    SELECT coalesce(json_extract(annotation, '$.labels[0].class'), json_extract(annotation, '$.tags[0]'))
    FROM annotations a WHERE a.part = parts.id AND labels > 0
        AND NOT EXISTS (SELECT 1 FROM annotations WHERE parent = a.uid)
    ORDER BY a.id DESC LIMIT 1
), worst_class) ELSE '' END, (SELECT kind FROM verdicts WHERE part = parts.id ORDER BY id LIMIT 1)
FROM parts INDEXED BY parts_by_time WHERE time >= ?1 AND time < ?2
    AND (?3 = '' OR substr(part_id, 1, length(?3)) = ?3) AND (?4 = '' OR recipe_name = ?4)
ORDER BY time, id"""
_LABELLED = """
SELECT uid FROM parts INDEXED BY parts_by_time WHERE time >= ?1 AND time < ?2
    AND (?3 = '' OR substr(part_id, 1, length(?3)) = ?3) AND (?4 = '' OR recipe_name = ?4) AND labels > 0
ORDER BY time DESC, id DESC LIMIT ?5"""
_LABELS = """
SELECT a.annotation FROM parts INDEXED BY parts_by_time JOIN annotations a ON a.part = parts.id
WHERE parts.time >= ?1 AND parts.time < ?2
    AND (?3 = '' OR substr(part_id, 1, length(?3)) = ?3) AND (?4 = '' OR recipe_name = ?4) AND a.labels > 0
    AND NOT EXISTS (SELECT 1 FROM annotations next WHERE next.parent = a.uid)"""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part, as the figures need it.

    Attributes
    ----------
    decided
        Whether its present verdict is a person's.
    told
        Its first verdict, that of the rules: what the line acted on unless a person was waited for.
    is_bad
        What a simulated camera knows of it; None where nobody does.
    class_name
        Of an NG part: the first that a person gave it, else that of the model's worst defect; "" where there is neither.
    """

    time: datetime
    part_id: str
    verdict: VerdictKind
    decided: bool
    score: float | None
    model: str
    labelled: bool
    is_bad: bool | None
    uid: UUID
    class_name: str
    told: VerdictKind


def extent(reader: JournalReader, recipe: str = "") -> tuple[datetime, datetime] | None:
    """Return when the first part was triggered, and a moment after the last; None where there is none."""
    ((first, last),) = _rows(reader, _EXTENT, recipe)
    if first is None:
        return None
    return datetime.fromisoformat(first), datetime.fromisoformat(last) + timedelta(microseconds=1)


def part_rows(reader: JournalReader, scope: Scope) -> Iterator[PartRow]:
    """Yield the parts, oldest first, with flat memory."""
    with storage_errors(reader.path):
        for row in reader.connection.execute(_PARTS, _values(scope)):
            yield _part(row)


def labelled_parts(reader: JournalReader, scope: Scope, most: int) -> tuple[UUID, ...]:
    """Return the newest parts that somebody labelled."""
    return tuple(UUID(uid) for (uid,) in _rows(reader, _LABELLED, *_values(scope), most))


def label_counts(reader: JournalReader, scope: Scope) -> dict[str, int]:
    """Return how many outlines and tags of each class stand in the newest annotation of each view."""
    counts: dict[str, int] = {}
    for (text,) in _rows(reader, _LABELS, *_values(scope)):
        annotation = json.loads(text)
        for name in (*(label["class"] for label in annotation["labels"]), *annotation["tags"]):
            counts[name] = counts.get(name, 0) + 1
    return counts


def _values(scope: Scope) -> tuple[str, str, str, str]:
    return time_text(scope.since), time_text(scope.until), scope.lot, scope.recipe


def _part(row: tuple[Any, ...]) -> PartRow:
    time, part_id, verdict, by, score, model, labels, truth, uid, class_name, told = row
    return PartRow(
        datetime.fromisoformat(time),
        part_id,
        VerdictKind(verdict),
        by != "rules",
        score,
        model,
        labels > 0,
        None if truth is None else bool(truth),
        UUID(uid),
        class_name,
        VerdictKind(told),
    )


def _rows(reader: JournalReader, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
    with storage_errors(reader.path):
        return reader.connection.execute(statement, values).fetchall()
