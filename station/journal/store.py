"""The journal's writer: what it took is on the disk when the call returns.

Pictures first (`blobs.put`, from any thread), then `record` in one transaction, and only then may anyone be told of the
part. All methods but those of `blobs` belong to one thread.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

import apsw

from models.learning.feature_cache import FeatureCache
from station.journal.audit import AuditChain, AuditEvent, anchors_path, default_key_path, key_id, make_key, read_key
from station.journal.blobs import BlobStore
from station.journal.connection import open_writer, transaction
from station.journal.disk import make_directory, sync_directory
from station.journal.errors import StorageError
from station.journal.holds import HoldBook
from station.journal.lock import WriterLock
from station.journal.reader import BLOBS, DATABASE, FEATURES
from station.journal.records import time_text, utc_now
from station.journal.relabelling import Relabelling
from station.journal.removals import Removals
from station.journal.review_rows import enqueue, fill_queue, refresh
from station.journal.rows import insert_blobs, insert_part
from station.journal.schema import migrate
from station.line.inspection import BlobRef, Inspection
from station.review.rules import ReviewRules

log = logging.getLogger(__name__)

LOCK = "journal.lock"

_SAMPLE = """
INSERT INTO samples (sha256, pixel_format, label, source, part_uid, recipe, time) VALUES (?, ?, ?, ?, ?, ?, ?)"""


class Journal(Relabelling):
    """A data folder opened for writing; made by `Journal.open`. `removals` takes pictures away, `holds` keeps them."""

    removals: Removals
    holds: HoldBook

    def __init__(
        self,
        connection: apsw.Connection,
        path: Path,
        lock: WriterLock,
        now: Callable[[], datetime] = utc_now,
        review: ReviewRules | None = None,
    ) -> None:
        super().__init__(connection, path, now, review)
        self._lock = lock
        self.blobs = BlobStore(path.parent / BLOBS)

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        audit_key_path: Path | None = None,
        busy_timeout_s: float = 5.0,
        now: Callable[[], datetime] = utc_now,
        review: ReviewRules | None = None,
        gives_way: bool = False,
    ) -> Self:
        """Open or make the journal of a data folder, migrate it, sweep what a killed process left.

        Parameters
        ----------
        audit_key_path
            Outside the data folder; `default_key_path()` when None. Made on first use.
        busy_timeout_s
            How long to wait for another process to let go of the folder or the database.
        review
            What of the parts is put into the review queue; the rules of a station without a table [review] when None.
        gives_way
            Whether this holder lets go when another process wants the folder (`wanted`), and asks nobody to do so itself.

        Raises
        ------
        StorageError
            If the folder cannot be written, another process holds it, the database is damaged, of a newer version or
            not a journal, or the audit key is not the journal's.
        """
        make_directory(data_dir)
        path = data_dir / DATABASE
        lock = WriterLock(data_dir / LOCK, busy_timeout_s, gives_way=gives_way)
        try:
            connection = open_writer(path, busy_timeout_s)
        except BaseException:
            lock.release()
            raise
        journal = cls(connection, path, lock, now, review)
        try:
            journal._prepare(audit_key_path or default_key_path())
        except BaseException:
            journal.close()
            raise
        return journal

    def record(self, inspection: Inspection) -> None:
        """Record a part with views, defects and verdict; durable on return.

        Recording the same uid again changes nothing, so that a call whose outcome is unknown may be repeated.

        Raises
        ------
        StorageError
            If a picture it names is not in the store, or the database cannot take it; nothing is recorded then.
        """
        for view in inspection.views:
            self._check_stored(view.image, view.preview)
        with transaction(self._connection, self._path):
            part = insert_part(self._connection, inspection)
            if part is not None:
                enqueue(self._connection, part, inspection, self._rules)
        self.blobs.named(ref for view in inspection.views for ref in (view.image, view.preview) if ref)

    def add_sample(
        self, image: BlobRef, pixel_format: str, *, label: str, source: str, recipe: str, part_uid: UUID | None = None
    ) -> None:
        """Keep a labelled picture for learning; durable on return.

        Raises
        ------
        StorageError
            If the picture is not in the store, or the database cannot take it.
        """
        self._check_stored(image)
        uid = str(part_uid) if part_uid else None
        with transaction(self._connection, self._path):
            insert_blobs(self._connection, [image])
            values = (image.sha256, pixel_format, label, source, uid, recipe, time_text(self._now()))
            self._connection.execute(_SAMPLE, values)
        self.blobs.named([image])

    def prove_writable(self) -> None:
        """Commit a transaction that changes nothing: what a locked or failing database cannot do.

        Raises
        ------
        StorageError
            If the database cannot take it.
        """
        with transaction(self._connection, self._path):
            self._connection.execute("UPDATE counters SET value = value WHERE name = 'blobs'")

    def next_inspection_id(self) -> int:
        """Return the number after the highest on record: where a restarted engine goes on counting.

        The whole sequence, never wrapped; `register_id` gives what a PLC register shows of it.
        """
        return self.last_inspection_id() + 1

    @property
    def wanted(self) -> bool:
        """Whether another process waits for this one to let go of the folder."""
        return self._lock.wanted

    def close(self) -> None:
        """Let go of database and folder; safe to call twice."""
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self, key_path: Path) -> None:
        migrate(self._connection, self._path)
        sync_directory(self._path.parent)
        if swept := self.blobs.prepare():
            log.info("%s: swept %d unfinished pictures of an earlier run", self._path.parent, swept)
        if self.meta("journal_id") is None:
            self._begin_audit(key_path)
        else:
            self._resume_audit(key_path)
        self._chain.anchor()
        self._finish_removals()
        fill_queue(self._connection, self._path, self._rules)

    def _finish_removals(self) -> None:
        """Do what a killed process had only written down."""
        self.removals.close_open()
        self.removals.finish()

    def _use(self, chain: AuditChain) -> None:
        super()._use(chain)
        self.removals = Removals(
            self._connection,
            self._path,
            self.blobs,
            FeatureCache(self._path.parent / FEATURES),
            chain,
            self._now,
            self._anchor,
            self._refresh,
        )
        self.holds = HoldBook(self._connection, self._path, chain, self._now, self._anchor)

    def _refresh(self, part: int) -> None:
        refresh(self._connection, part, self._rules)

    def _begin_audit(self, key_path: Path) -> None:
        key, journal_id, time = make_key(key_path), str(uuid4()), self._now()
        self._use(AuditChain(self._connection, key, journal_id, anchors_path(key_path, journal_id)))
        facts = [("journal_id", journal_id), ("audit_key_id", key_id(key)), ("created", time_text(time))]
        with transaction(self._connection, self._path):
            self._connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", facts)
            self._chain.append(AuditEvent.JOURNAL_CREATED, {"journal": journal_id}, time)

    def _resume_audit(self, key_path: Path) -> None:
        key, journal_id = read_key(key_path), self.meta("journal_id") or ""
        if key_id(key) != self.meta("audit_key_id"):
            raise StorageError(f"{key_path}: this journal's audit chain was begun with another key; name the right one")
        self._use(AuditChain(self._connection, key, journal_id, anchors_path(key_path, journal_id)))
        if lost := self._chain.lost_entries():
            log.error("%s: %s; it was cut or restored from a backup, as verify will go on saying", self._path, lost)
            with transaction(self._connection, self._path):
                self._chain.append(AuditEvent.CHAIN_BROKEN, {"problem": lost}, self._now())

    def _check_stored(self, *refs: BlobRef | None) -> None:
        for ref in refs:
            if ref is not None and not self.blobs.has(ref):
                raise StorageError(f"{self.blobs.path(ref.sha256)}: the picture is not stored; store it before its row")
