"""Whether the journal is whole: every row against its picture, every picture against its hash, the audit chain.

What people said of parts is held against what the audit chain knows of it.

It may run beside a station at work: what is stored before its row appears counts as an orphan at most, and orphans are
harmless (a part whose commit never came).
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from station.journal.audit import (
    AuditEntry,
    AuditEvent,
    AuditReport,
    anchors_path,
    check_chain,
    default_key_path,
    key_id,
    read_anchors,
    read_key,
)
from station.journal.blobs import BlobStore
from station.journal.connection import storage_errors
from station.journal.errors import StorageError
from station.journal.opinions import Sealed, sealed_annotations, sealed_notes
from station.journal.reader import JournalReader
from station.journal.review_seals import sealed_reviews, sealed_undos
from station.journal.verify_keeping import KeepingSeals, Removal, is_removed, removals, unfounded

log = logging.getLogger(__name__)

_ROWS_AT_ONCE = 1000
"""Rows a read transaction covers: a long one would keep the writer's WAL from being emptied."""

_SEALED: Mapping[str, tuple[AuditEvent, str, Callable[[apsw.Connection, int], Iterator[tuple[int, Sealed]]]]] = {
    "annotations": (AuditEvent.ANNOTATED, "revision", sealed_annotations),
    "notes": (AuditEvent.NOTE_WRITTEN, "note", sealed_notes),
    "reviews": (AuditEvent.REVIEWED, "review", sealed_reviews),
    "review_undos": (AuditEvent.REVIEW_UNDONE, "review", sealed_undos),
}
"""By table: the event that its rows enter the chain with, what names a row there, and the rows themselves."""

_BLOBS = "SELECT sha256 FROM blobs WHERE sha256 > ? ORDER BY sha256 LIMIT ?"
_AUDIT = "SELECT seq, time, event, details, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ?"
_WITHOUT_PICTURE = """
SELECT uid, name FROM views JOIN parts ON parts.id = part
WHERE (image IS NULL AND fault_code IS NULL)
    OR (image IS NOT NULL AND image NOT IN (SELECT sha256 FROM blobs))
    OR (preview IS NOT NULL AND preview NOT IN (SELECT sha256 FROM blobs))"""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was found; the names of what is missing or changed are in the log."""

    parts: int
    blobs: int
    missing_blobs: int
    corrupt_blobs: int
    orphan_blobs: int
    audit: AuditReport
    annotations: int = 0
    notes: int = 0
    altered: int = 0
    """Annotations and notes that are not as the audit chain knows them: changed, removed, or written behind its back.

    Removals, holds and signatures are counted here too.
    """
    removed_blobs: int = 0
    """Pictures that were removed on purpose; their rows and hashes are here."""
    removals: tuple[Removal, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is missing, changed or cut; orphans do no harm."""
        return not (self.missing_blobs or self.corrupt_blobs or self.altered) and self.audit.ok


def verify(data_dir: Path, audit_key_path: Path | None = None) -> VerifyReport:
    """Check a data folder from end to end, reading every picture.

    Raises
    ------
    NoJournalError
        If there is no journal.
    StorageError
        If the database is damaged or cannot be read.
    """
    with JournalReader(data_dir) as journal:
        database = _Database(journal)
        database.check()
        files = set(journal.blobs.hashes())
        counts = journal.counts()
        missing = database.views_without_picture()
        blobs = corrupt = removed = 0
        for sha256 in database.blobs():
            blobs += 1
            files.discard(sha256)
            state = _state(journal.blobs, sha256, database)
            removed += state == "removed"
            missing += state == "missing"
            corrupt += state == "corrupt"
        seals = _Seals(database)
        audit = _audit(database, journal, audit_key_path or default_key_path(), seals)
        if not audit.ok:
            log.error("audit chain: %s", audit.problem)
        annotations, notes, altered = seals.check()
        altered += database.unfounded()
        gone = database.removals()
    found = (counts.parts, blobs, missing, corrupt, len(files), audit, annotations, notes, altered)
    return VerifyReport(*found, removed, gone)


class _Database:
    """The tables in pages, over a reader's connection."""

    def __init__(self, journal: JournalReader) -> None:
        self._connection: apsw.Connection = journal.connection
        self._path = journal.path

    @property
    def path(self) -> Path:
        """The database's file."""
        return self._path

    def check(self) -> None:
        """Raise `StorageError` when SQLite itself finds the file damaged."""
        found = self._rows("PRAGMA quick_check(1)")
        if found != [("ok",)]:
            raise StorageError(f"{self._path}: the database is damaged ({found[0][0]}); restore it from a backup")

    def views_without_picture(self) -> int:
        """Count the views whose picture has no row, or that have neither picture nor fault."""
        found = self._rows(_WITHOUT_PICTURE)
        for uid, name in found:
            log.error("part %s, view %s: the journal names no picture that it knows", uid, name)
        return len(found)

    def is_removed(self, sha256: str) -> bool:
        """Whether a picture was removed on purpose."""
        with storage_errors(self._path):
            return is_removed(self._connection, sha256)

    def unfounded(self) -> int:
        """Count the pictures that are said to be removed without a removal of their part."""
        with storage_errors(self._path):
            found = unfounded(self._connection)
        for sha256 in found:
            log.error("picture %s: said to be removed, and no removal is of its part", sha256)
        return len(found)

    def removals(self) -> tuple[Removal, ...]:
        """Return what was removed on purpose."""
        with storage_errors(self._path):
            return removals(self._connection)

    def keeping(self) -> KeepingSeals:
        """Return what removals, holds and signatures are held against."""
        with storage_errors(self._path):
            return KeepingSeals(self._connection)

    def blobs(self) -> Iterator[str]:
        """Yield the hash of every picture the journal knows."""
        after = ""
        while rows := self._rows(_BLOBS, after, _ROWS_AT_ONCE):
            yield from (sha256 for (sha256,) in rows)
            ((after,),) = rows[-1:]

    def audit(self) -> Iterator[AuditEntry]:
        """Yield the audit chain in its order."""
        after = -1
        while rows := self._rows(_AUDIT, after, _ROWS_AT_ONCE):
            yield from (AuditEntry(*row) for row in rows)
            after = rows[-1][0]

    def last(self, table: str) -> int:
        """Return the highest row number of a table of `_SEALED`."""
        return int(self._rows(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0])  # noqa: S608 - one of the names above

    def sealed(self, table: str) -> Iterator[tuple[int, Sealed]]:
        """Yield the rows of a table of `_SEALED`, as they are now."""
        _, _, rows = _SEALED[table]
        with storage_errors(self._path):
            yield from rows(self._connection, _ROWS_AT_ONCE)

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with storage_errors(self._path):
            return self._connection.execute(statement, values).fetchall()


def _state(blobs: BlobStore, sha256: str, database: _Database) -> str:
    if not blobs.path(sha256).exists():
        if database.is_removed(sha256):
            return "removed"
        log.error("%s: the picture is missing", blobs.path(sha256))
        return "missing"
    try:
        blobs.get(sha256)
    except StorageError as error:
        log.error("%s", error)
        return "corrupt"
    if database.is_removed(sha256):
        log.warning("%s: was removed on purpose, and is there; a restored backup?", blobs.path(sha256))
        return "removed"
    return "whole"


class _Seals:
    """What the audit chain says of annotations and notes, held against them.

    `last` is read first and the rows last: a station at work adds to the rows and the chain at once, so that what is in
    the chain must be among the rows, and the rows up to `last` must be in the chain.
    """

    def __init__(self, database: "_Database") -> None:
        self._database = database
        self._last = {table: database.last(table) for table in _SEALED}
        self._wanted: dict[str, dict[str, str]] = {table: {} for table in _SEALED}
        self._keeping = database.keeping()

    def note(self, entry: AuditEntry) -> None:
        """Take up an entry of the chain."""
        self._keeping.note(entry.event, _details(entry))
        for table, (event, name, _) in _SEALED.items():
            if entry.event == event.value:
                details = _details(entry)
                self._wanted[table][details.get(name, "")] = details.get("sha256", "")

    def check(self) -> tuple[int, int, int]:
        """Return how many annotations and notes there are, and how many of them are not as the chain has them."""
        counts, altered = [], 0
        for table, wanted in self._wanted.items():
            count = 0
            for number, (name, seal) in self._database.sealed(table):
                count += 1
                known = wanted.pop(name, None)
                if known != seal and (known is not None or number <= self._last[table]):
                    log.error("%s %s: not as its author left it", table, name)
                    altered += 1
            for name in wanted:
                log.error("%s %s: the audit chain knows it, the journal does not", table, name)
            altered += len(wanted)
            counts.append(count)
        with storage_errors(self._database.path):
            altered += self._keeping.check()
        return counts[0], counts[1], altered


def _audit(database: _Database, journal: JournalReader, key_path: Path, seals: _Seals) -> AuditReport:
    journal_id = journal.meta("journal_id") or ""
    problem = ""
    try:
        key = read_key(key_path)
        anchors = read_anchors(anchors_path(key_path, journal_id))
    except StorageError as error:
        problem = str(error)
    else:
        if key_id(key) != journal.meta("audit_key_id"):
            problem = f"{key_path}: not the key this audit chain was begun with"
    entries = _noted(database.audit(), seals)
    return AuditReport(sum(1 for _ in entries), problem) if problem else check_chain(entries, key, journal_id, anchors)


def _details(entry: AuditEntry) -> Mapping[str, str]:
    try:
        details = json.loads(entry.details)
    except ValueError:  # somebody changed it, as the chain's own check says
        return {}
    return details if isinstance(details, dict) else {}


def _noted(entries: Iterable[AuditEntry], seals: _Seals) -> Iterator[AuditEntry]:
    for entry in entries:
        seals.note(entry)
        yield entry
