"""Verdicts in the order in which they became durable, each with its part: what other systems get as results.

The number of a verdict is its row: 1, 2, 3 without a gap, because no verdict is ever deleted. So the rows after a known
number are found by key, however many there are.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.prediction import Defect
from station.journal.connection import storage_errors
from station.journal.polygons import unpack
from station.journal.reader import JournalReader
from station.journal.records import time_text
from station.line.inspection import Author, RecipeRef, VerdictKind

_VERDICTS = """
SELECT v.id, v.kind, v.by, v.author, v.reason, v.time, p.id, p.uid, p.part_id, p.time, p.cycle_ms,
    p.recipe_name, p.recipe_version, p.recipe_sha256, p.score, p.model, p.worst_class,
    (SELECT count(*) FROM verdicts e WHERE e.part = v.part AND e.id < v.id),
    EXISTS (SELECT 1 FROM views f WHERE f.part = v.part AND f.fault_code IS NOT NULL),
    EXISTS (SELECT 1 FROM truth t WHERE t.part = v.part)
FROM verdicts v JOIN parts p ON p.id = v.part"""
_DEFECTS = """
SELECT d.part, w.name, d.class, d.score, d.shape FROM defects d JOIN views w ON w.part = d.part AND w.position = d.view
WHERE d.part IN ({}) ORDER BY d.part, d.view, d.position"""
_PICTURES = """
SELECT w.part, w.name, b.media_type, b.sha256 FROM views w JOIN blobs b ON b.sha256 = w.image
WHERE w.part IN ({}) ORDER BY w.part, w.position"""
_MODELS = """
SELECT w.part, w.name, w.model_name, w.model_version, w.model_sha256 FROM views w
WHERE w.part IN ({}) AND w.model_name <> '' ORDER BY w.part, w.position"""
_AMONG = """(EXISTS (SELECT 1 FROM json_each(?) s
    WHERE p.id BETWEEN json_extract(s.value, '$[0]') AND json_extract(s.value, '$[1]'))
    OR p.uid IN (SELECT u.value FROM json_each(?) u))"""
_FAULTY = "EXISTS (SELECT 1 FROM views f WHERE f.part = v.part AND f.fault_code IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class ViewDefect:
    """A defect and the view it was found in."""

    view: str
    defect: Defect


@dataclass(frozen=True, slots=True)
class ViewPicture:
    """A stored picture and the view it shows."""

    view: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ViewModel:
    """The model that judged a view."""

    view: str
    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class VerdictRow:
    """One verdict with its part.

    `before` counts the part's earlier verdicts, `faulty` says that a view had a fault, `simulated` that a simulated camera
    drew one.
    """

    number: int
    kind: VerdictKind
    by: Author
    author: str
    reason: str
    time: datetime
    part: int
    uid: UUID
    part_id: str
    part_time: datetime
    cycle_ms: int
    recipe: RecipeRef
    score: float | None
    model: str
    worst_class: str
    before: int
    faulty: bool
    simulated: bool = False
    defects: tuple[ViewDefect, ...] = ()
    pictures: tuple[ViewPicture, ...] = ()
    models: tuple[ViewModel, ...] = ()

    @property
    def result_id(self) -> str:
        """The result's id."""
        return id_of_result(self.uid, self.before)

    @property
    def supersedes(self) -> str:
        """The id of the result that this one takes the place of, empty for a part's first."""
        return id_of_result(self.uid, self.before - 1) if self.before else ""


def id_of_result(uid: UUID, before: int) -> str:
    """Return a result's id: the part's uid, and for its second and further verdicts their place behind a dot."""
    return f"{uid}.{before + 1}" if before else str(uid)


@dataclass(frozen=True, slots=True)
class PartSet:
    """Parts of any of these: `stretches` are rows from-to."""

    stretches: tuple[tuple[int, int], ...] = ()
    uids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictFilter:
    """Which verdicts; None leaves a field open. `kinds` and `faulty` say what was judged, `parts` are rows from-to."""

    kinds: tuple[VerdictKind, ...] | None = None
    faulty: bool | None = None
    part_id: str | None = None
    recipe: str | None = None
    uid: UUID | None = None
    parts: tuple[int, int] | None = None
    among: PartSet | None = None


def last_verdict(reader: JournalReader) -> int:
    """Return the number of the latest verdict, 0 before the first. Raises `StorageError`."""
    return _number(reader, "SELECT coalesce(max(id), 0) FROM verdicts")


def last_verdict_before(reader: JournalReader, moment: datetime) -> int:
    """Return the number of the latest verdict given before a moment, 0 for none. Raises `StorageError`."""
    return _number(reader, "SELECT coalesce(max(id), 0) FROM verdicts WHERE time < ?", time_text(moment))


def numbers_of(reader: JournalReader, uid: UUID) -> tuple[int, ...]:
    """Return the numbers of a part's verdicts, oldest first. Raises `StorageError`."""
    statement = "SELECT v.id FROM verdicts v JOIN parts p ON p.id = v.part WHERE p.uid = ? ORDER BY v.id"
    with storage_errors(reader.path):
        rows: list[Any] = reader.connection.execute(statement, (str(uid),)).fetchall()
    return tuple(row[0] for row in rows)


def last_part(reader: JournalReader) -> int:
    """Return the row of the latest part, 0 before the first. Raises `StorageError`."""
    return _number(reader, "SELECT coalesce(max(id), 0) FROM parts")


def verdicts_after(reader: JournalReader, number: int, count: int) -> tuple[VerdictRow, ...]:
    """Return up to `count` verdicts after a number, oldest first. Raises `StorageError`."""
    return _read(reader, f"{_VERDICTS} WHERE v.id > ? ORDER BY v.id LIMIT ?", number, count)


def verdict_of(reader: JournalReader, uid: UUID, before: int) -> VerdictRow | None:
    """Return the verdict of a part that has `before` earlier ones, None where there is none. Raises `StorageError`."""
    found = _read(reader, f"{_VERDICTS} WHERE p.uid = ? ORDER BY v.id LIMIT 1 OFFSET ?", str(uid), before)
    return found[0] if found else None


def filtered_verdicts(
    reader: JournalReader, wanted: VerdictFilter, start: int, count: int, *, newest: bool = False
) -> tuple[VerdictRow, ...]:
    """Return matching verdicts, oldest first, `start` of them skipped.

    Parameters
    ----------
    reader
        The journal.
    wanted
        Which ones.
    start
        How many matching ones to leave out at the beginning.
    count
        How many at most.
    newest
        Take the last `count` instead of those after `start`; still oldest first.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    conditions = list(_conditions(wanted))
    if not conditions and not newest:
        return verdicts_after(reader, start, count)
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    values = [value for _, given in conditions for value in given]
    order = "DESC" if newest else "ASC"
    statement = f"{_VERDICTS} WHERE {where} ORDER BY v.id {order} LIMIT ? OFFSET ?"
    found = _read(reader, statement, *values, count, 0 if newest else start)
    return found[::-1] if newest else found


def _conditions(wanted: VerdictFilter) -> Iterable[tuple[str, tuple[str | int, ...]]]:
    if wanted.kinds is not None:
        marks = ", ".join("?" for _ in wanted.kinds)
        yield f"v.kind IN ({marks})", tuple(kind.value for kind in wanted.kinds)
    if wanted.faulty is not None:
        yield (_FAULTY if wanted.faulty else f"NOT {_FAULTY}"), ()
    if wanted.part_id is not None:
        yield "p.part_id = ?", (wanted.part_id,)
    if wanted.recipe is not None:
        yield "p.recipe_name = ?", (wanted.recipe,)
    if wanted.uid is not None:
        yield "p.uid = ?", (str(wanted.uid),)
    if wanted.parts is not None:
        yield "p.id BETWEEN ? AND ?", wanted.parts
    if wanted.among is not None:
        yield _AMONG, (json.dumps(wanted.among.stretches), json.dumps([str(uid) for uid in wanted.among.uids]))


def _number(reader: JournalReader, statement: str, *values: str) -> int:
    with storage_errors(reader.path):
        number: Any = reader.connection.execute(statement, values).get
    return int(number)


def _read(reader: JournalReader, statement: str, *values: str | int) -> tuple[VerdictRow, ...]:
    with storage_errors(reader.path), reader.connection:  # one snapshot for all of it
        rows: list[Any] = reader.connection.execute(statement, values).fetchall()
        parts = sorted({row[6] for row in rows})
        defects = _by_part(reader, _DEFECTS, parts, lambda view, *rest: ViewDefect(view, _defect(*rest)))
        pictures = _by_part(reader, _PICTURES, parts, ViewPicture)
        models = _by_part(reader, _MODELS, parts, ViewModel)
    found = (defects, pictures, models)
    return tuple(_row(row, *(of_part.get(row[6], ()) for of_part in found)) for row in rows)


def _by_part(reader: JournalReader, statement: str, parts: list[int], make: Any) -> dict[int, tuple[Any, ...]]:
    found: dict[int, tuple[Any, ...]] = {}
    marks = ", ".join("?" for _ in parts)
    for part, *values in reader.connection.execute(statement.format(marks), parts):
        found[part] = (*found.get(part, ()), make(*values))
    return found


def _defect(name: str, score: float, shape: bytes) -> Defect:
    return Defect(name, score, unpack(shape))


def _row(
    row: Any, defects: tuple[ViewDefect, ...], pictures: tuple[ViewPicture, ...], models: tuple[ViewModel, ...]
) -> VerdictRow:
    number, kind, by, author, reason, time, part, uid, part_id, part_time, cycle_ms, *rest = row
    name, version, sha256, score, model, worst_class, before, faulty, simulated = rest
    return VerdictRow(
        number,
        VerdictKind(kind),
        Author(by),
        author,
        reason,
        datetime.fromisoformat(time),
        part,
        UUID(uid),
        part_id,
        datetime.fromisoformat(part_time),
        cycle_ms,
        RecipeRef(name, version, sha256),
        score,
        model,
        worst_class,
        before,
        bool(faulty),
        bool(simulated),
        defects,
        pictures,
        models,
    )
