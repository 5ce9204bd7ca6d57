"""Removing pictures: the row that says so is durable before a file goes, and what a crash left is finished at the next start.

Rows and hashes stay. One removal covers many parts; the audit chain gets the SHA-256 of their list when it is complete.
Over the connection of the journal's writer and on its thread; every call does a bounded amount of work.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw

from models.learning.feature_cache import FeatureCache
from station.journal.audit import AuditChain, AuditEvent
from station.journal.blobs import BlobStore
from station.journal.connection import storage_errors, transaction
from station.journal.disk import storage_error
from station.journal.records import time_text
from station.line.inspection import VerdictKind

MOST_OF_ONE = 1000
"""Parts in one removal by the station's rules; the next part begins another."""
FILES_AT_ONCE = 64
"""Files that `finish` unlinks between two transactions."""

_CANDIDATES = """
SELECT id, uid, part_id, time, labels > 0 OR by <> 'rules' OR EXISTS (SELECT 1 FROM samples WHERE part_uid = uid)
    OR EXISTS (SELECT 1 FROM golden_parts WHERE part = parts.id)
FROM parts INDEXED BY parts_with_pictures WHERE verdict = ? AND id > ? AND removal IS NULL ORDER BY id LIMIT ?"""
_ONE = """
SELECT id, uid, part_id, time, labels > 0 OR by <> 'rules' OR EXISTS (SELECT 1 FROM samples WHERE part_uid = uid)
    OR EXISTS (SELECT 1 FROM golden_parts WHERE part = parts.id)
FROM parts WHERE uid = ? AND removal IS NULL"""
_CLASSES = "SELECT DISTINCT class FROM defects WHERE part = ?"
_PICTURES = "SELECT image, preview FROM views WHERE part = ?"
_OPEN = "SELECT id FROM removals WHERE why = ? AND sealed IS NULL"
_BEGIN = "INSERT INTO removals (why, author, reason, begun) VALUES (?, ?, ?, ?)"
_TAKE = "UPDATE parts SET removal = ? WHERE id = ?"
_RELEASE = "UPDATE blobs SET uses = uses - 1 WHERE sha256 IN (?, ?)"
_DOOM = """
INSERT INTO removed_blobs (sha256, removal, unlinked) SELECT sha256, ?1, 0 FROM blobs
WHERE sha256 = ?2 AND uses = 0 AND NOT EXISTS (SELECT 1 FROM samples s WHERE s.sha256 = blobs.sha256)
ON CONFLICT DO NOTHING"""
_SIZE = "SELECT size_bytes FROM blobs WHERE sha256 = ?"
_FORGET_SAMPLES = "DELETE FROM samples WHERE part_uid = (SELECT uid FROM parts WHERE id = ?)"
_TO_UNLINK = "SELECT sha256 FROM removed_blobs INDEXED BY removed_blobs_to_unlink WHERE unlinked = 0 LIMIT ?"
_UNLINKED = "UPDATE removed_blobs SET unlinked = 1 WHERE sha256 = ?"
_WAITS = "SELECT 1 FROM review_queue WHERE part = ? AND open = 1"
_COUNT = "SELECT count(*) FROM parts WHERE removal = ?"
_SEAL = "UPDATE removals SET sealed = ? WHERE id = ?"
_LEFT_OPEN = "SELECT id, why FROM removals WHERE sealed IS NULL"
_ROW = "SELECT id, why, author, reason, begun FROM removals WHERE id = ?"
_UIDS = "SELECT uid FROM parts INDEXED BY parts_of_removal WHERE removal = ? ORDER BY id"


class Why(StrEnum):
    """Why pictures were removed."""

    RETENTION = "retention"
    ROOM = "room"
    """The disk had to hold newer ones."""
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part that has its pictures; `kept` where people said something of it, or its answer is known."""

    row: int
    uid: UUID
    part_id: str
    time: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal frees; `shared` pictures stay, because other parts or samples show the same."""

    size_bytes: int = 0
    files: int = 0
    shared: int = 0


class Removals:
    """What the writer's thread removes; every method raises `StorageError` when database or disk cannot take it."""

    def __init__(
        self,
        connection: apsw.Connection,
        path: Path,
        blobs: BlobStore,
        features: FeatureCache,
        chain: AuditChain,
        now: Callable[[], datetime],
        anchor: Callable[[], None],
        changed: Callable[[int], None],
    ) -> None:
        self._connection = connection
        self._path = path
        self._blobs = blobs
        self._features = features
        self._chain = chain
        self._now = now
        self._anchor = anchor
        self._changed = changed

    def candidates(self, verdict: VerdictKind, after: int, limit: int) -> tuple[Candidate, ...]:
        """List the parts with pictures that have this verdict, the oldest after row `after` first."""
        return tuple(_candidate(row) for row in self._rows(_CANDIDATES, verdict.value, after, limit))

    def candidate(self, uid: UUID) -> Candidate | None:
        """Return one part; None where there is none, or its pictures were removed before."""
        rows = self._rows(_ONE, str(uid))
        return _candidate(rows[0]) if rows else None

    def classes(self, row: int) -> frozenset[str]:
        """Return the classes of the defects that the model found on a part."""
        return frozenset(name for (name,) in self._rows(_CLASSES, row))

    def pictures(self, row: int) -> frozenset[str]:
        """Return the hashes of a part's pictures and previews."""
        return frozenset(each for pair in self._rows(_PICTURES, row) for each in pair if each)

    def remove(
        self,
        rows: Sequence[int],
        why: Why,
        *,
        author: str = "",
        reason: str = "",
    ) -> Removed:
        """Note that the pictures of parts go; return what that frees. Their files go with `unlink` and `settle`.

        A picture that another part shows too, or that is a sample, stays. A request also takes the part's samples, and is sealed
        at once.
        """
        if not rows:
            return Removed()
        with transaction(self._connection, self._path):
            removal = self._open(why, author, reason)
            taken = [self._take(row, removal, why) for row in rows]
            full = self._rows(_COUNT, removal)[0][0] >= MOST_OF_ONE
            if sealed := why is Why.REQUEST or full:
                self._seal(removal)
        if sealed:
            self._anchor()
        return Removed(*(sum(column) for column in zip(*taken, strict=True)))

    def doomed(self, limit: int) -> tuple[str, ...]:
        """List pictures whose file is to go, or is not known to be gone for good."""
        return tuple(sha256 for (sha256,) in self._rows(_TO_UNLINK, limit))

    def unlink(self, hashes: Iterable[str]) -> list[str]:
        """Unlink doomed files; return those that are gone, for good only after `settle`.

        What learning computed from them goes too, after them: a learner that computes it a moment later finds no picture.
        """
        gone = self._blobs.unlink(hashes)
        self._forget(gone)
        return gone

    def settle(self, hashes: Sequence[str]) -> None:
        """Make it durable that files are gone, and note it; not of one that came again meanwhile."""
        self._blobs.settle(hashes)
        self._forget(hashes)
        gone = [(sha256,) for sha256 in hashes if not self._blobs.path(sha256).exists()]
        with transaction(self._connection, self._path):
            self._connection.executemany(_UNLINKED, gone)

    def _forget(self, hashes: Iterable[str]) -> None:
        try:
            self._features.forget(hashes)
        except OSError as error:
            raise storage_error(self._features.root, "remove what was learned from a picture", error) from error

    def finish(self) -> int:
        """Unlink and settle every doomed file at once, for whoever has nobody waiting; return how many are gone."""
        count = 0
        while gone := self.unlink(self.doomed(FILES_AT_ONCE)):
            self.settle(gone)
            count += len(gone)
        return count

    def close_open(self) -> None:
        """Seal what the station's rules removed so far; nothing where nothing is open."""
        left = self._rows(_LEFT_OPEN)
        if not left:
            return
        with transaction(self._connection, self._path):
            for removal, _ in left:
                self._seal(removal)
        self._anchor()

    def _open(self, why: Why, author: str, reason: str) -> int:
        if rows := self._rows(_OPEN, why.value):
            return int(rows[0][0])
        self._connection.execute(_BEGIN, (why.value, author, reason, time_text(self._now())))
        return self._connection.last_insert_rowid()

    def _take(self, row: int, removal: int, why: Why) -> tuple[int, int, int]:
        self._connection.execute(_TAKE, (removal, row))
        pictures = self._rows(_PICTURES, row)
        if why is Why.REQUEST:
            self._connection.execute(_FORGET_SAMPLES, (row,))
        for pair in pictures:
            self._connection.execute(_RELEASE, pair)
        if self._rows(_WAITS, row):
            self._changed(row)
        named = {each for pair in pictures for each in pair if each}
        doomed = [self._rows(_SIZE, sha256)[0][0] for sha256 in named if self._doom(sha256, removal)]
        return sum(doomed), len(doomed), len(named) - len(doomed)

    def _doom(self, sha256: str, removal: int) -> bool:
        self._connection.execute(_DOOM, (removal, sha256))
        return bool(self._connection.changes())

    def _seal(self, removal: int) -> None:
        now = self._now()
        self._connection.execute(_SEAL, (time_text(now), removal))
        details = removal_details(self._rows(_ROW, removal)[0], (uid for (uid,) in self._rows(_UIDS, removal)))
        self._chain.append(AuditEvent.PICTURES_REMOVED, details, now)

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with storage_errors(self._path):
            return self._connection.execute(statement, values).fetchall()


def removal_details(row: Sequence[Any], uids: Iterable[str]) -> dict[str, str]:
    """Return the audit entry of a removal: its columns, how many parts it has, and the SHA-256 of all that."""
    removal, why, author, reason, begun = row
    digest, count = hashlib.sha256(json.dumps([removal, why, author, reason, begun]).encode()), 0
    for uid in uids:
        digest.update(f"\n{uid}".encode())
        count += 1
    facts = {"removal": str(removal), "why": why, "author": author, "reason": reason, "parts": str(count)}
    return facts | {"sha256": digest.hexdigest()}


def sealed_removals(connection: apsw.Connection) -> Iterator[tuple[int, bool, Mapping[str, str]]]:
    """Yield every removal's number, whether its list is complete, and what its audit entry has to say."""
    after: Any = 0
    statement = "SELECT id, why, author, reason, begun, sealed FROM removals WHERE id > ? ORDER BY id LIMIT 1"
    while rows := connection.execute(statement, (after,)).fetchall():
        *row, sealed = rows[0]
        after = row[0]
        yield after, sealed is not None, removal_details(row, (uid for (uid,) in connection.execute(_UIDS, (after,))))


def _candidate(row: tuple[Any, ...]) -> Candidate:
    number, uid, part_id, time, kept = row
    return Candidate(number, UUID(uid), part_id, datetime.fromisoformat(time), bool(kept))
