"""The audit chain: entries joined by HMAC-SHA256 in the journal, anchored beside the key, outside the data folder.

Each entry's code covers the one before it, so that a changed, inserted or deleted entry breaks the chain; the anchors,
a file that only grows, show entries cut off the end. What cannot be noticed: a change by somebody who holds the key.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import apsw

from station.journal.disk import make_directory, storage_error, sync_directory, write_all
from station.journal.errors import StorageError
from station.journal.records import time_text

KEY_BYTES = 32

_LONGEST_LINE = 4096
"""More than any line of the anchors' file has; only so much of its end is read before a line is added."""


class AuditEvent(StrEnum):
    """What enters the chain. Verdicts by rules do not: they are in the part's own record, twenty a second."""

    JOURNAL_CREATED = "journal-created"
    CHAIN_BROKEN = "chain-broken"
    """Opened with entries missing that the anchors know of: a cut, or a restored backup."""
    STATION_STARTED = "station-started"
    STATION_STOPPED = "station-stopped"
    RECIPE_IN_USE = "recipe-in-use"
    MODEL_IN_USE = "model-in-use"
    PERSON_VERDICT = "person-verdict"
    ANNOTATED = "annotated"
    """`sha256` is that of the stored revision, as `station.journal.opinions` seals it; a note's likewise."""
    NOTE_WRITTEN = "note-written"
    LOGGED_IN = "logged-in"
    LOGIN_REFUSED = "login-refused"
    LOCKED_OUT = "locked-out"
    UNLOCKED = "unlocked"
    LOGGED_OUT = "logged-out"
    PERSON_ADDED = "person-added"
    PERSON_CHANGED = "person-changed"
    PERSON_REMOVED = "person-removed"
    RECIPE_CHOSEN = "recipe-chosen"
    PAUSED = "paused"
    RESUMED = "resumed"
    PART_TRIGGERED = "part-triggered"
    PICTURES_REMOVED = "pictures-removed"
    """`sha256` is that of the removal and its parts, as `station.journal.removals` lists them."""
    HOLD_PLACED = "hold-placed"
    HOLD_ENDED = "hold-ended"
    SIGNED = "signed"
    """`record` is the SHA-256 of what was signed; see `station.keeping.record`."""
    DONE_ELSEWHERE = "done-elsewhere"
    """What a person or a system did through another program, such as a write over OPC UA."""
    PARTS_TAKEN = "parts-taken"
    PARTS_RELEASED = "parts-released"
    REVIEWED = "reviewed"
    REVIEW_UNDONE = "review-undone"
    RELABELLED = "relabelled"
    RELABEL_UNDONE = "relabel-undone"
    GOLDEN_SET = "golden-set"
    LABELS_DOUBTED = "labels-doubted"
    """A model contradicts what people said of these parts, and they are to be reviewed."""
    VIEW_SAVED = "view-saved"
    VIEW_DELETED = "view-deleted"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the chain; `details` is canonical JSON."""

    seq: int
    time: str
    event: str
    details: str
    mac: bytes


@dataclass(frozen=True, slots=True)
class AuditReport:
    """How many entries the chain has and what is wrong with it; empty when nothing is."""

    entries: int
    problem: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problem


def default_key_path() -> Path:
    """`audit.key` in the user's configuration folder (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "inspection-station" / "audit.key"


def read_key(path: Path) -> bytes:
    """Read the key.

    Raises
    ------
    StorageError
        If it is missing, unreadable, no key or open to other users.
    """
    try:
        key, mode = path.read_bytes(), path.stat().st_mode
    except FileNotFoundError as error:
        raise StorageError(f"{path}: the audit key is missing; restore it from its backup or name its place") from error
    except OSError as error:
        raise storage_error(path, "read the audit key", error) from error
    if len(key) != KEY_BYTES:
        raise StorageError(
            f"{path}: an audit key has {KEY_BYTES} bytes, this file {len(key)}; restore it from its backup"
        )
    if mode & 0o077:
        raise StorageError(f"{path}: other users may read the audit key; run chmod 600 on it")
    return key


def make_key(path: Path) -> bytes:
    """Make a new random key, readable by its owner alone, durable on return; an existing one is read instead."""
    if path.exists():
        return read_key(path)
    make_directory(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            write_all(descriptor, os.urandom(KEY_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            path.hardlink_to(temporary)  # unlike a rename, never over the key of another process
        except FileExistsError:
            return read_key(path)
        finally:
            temporary.unlink()
        sync_directory(path.parent)
    except OSError as error:
        raise storage_error(path, "make the audit key", error) from error
    return read_key(path)


class AuditChain:
    """Writes the chain of one journal: `append` in the caller's transaction, `anchor` after its commit."""

    def __init__(self, connection: apsw.Connection, key: bytes, journal_id: str, anchors: Path) -> None:
        self._connection = connection
        self._key = key
        self._journal_id = journal_id
        self._anchors = anchors
        self._anchored: tuple[int, bytes] | None = None

    def derived_key(self, purpose: str) -> bytes:
        """Return a key for another purpose, 32 bytes; whoever has it learns nothing of the chain's own."""
        return hmac.digest(self._key, f"inspection-station {purpose}".encode(), "sha256")

    def append(self, event: AuditEvent, details: Mapping[str, str], time: datetime) -> None:
        """Add one entry; it lasts if the caller's transaction does."""
        row = self._connection.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        seq, previous = (row[0] + 1, row[1]) if row else (1, genesis(self._journal_id))
        values = (seq, time_text(time), event.value, json.dumps(dict(details), sort_keys=True, ensure_ascii=False))
        mac = chained(self._key, previous, values)
        self._connection.execute(
            "INSERT INTO audit (seq, time, event, details, mac) VALUES (?, ?, ?, ?, ?)", (*values, mac)
        )

    def anchor(self) -> None:
        """Note the head outside the data folder, durable on return; nothing when it is noted already.

        After the commit, so that the anchors never know more than the journal does.
        """
        row: Any = self._connection.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        if row is None or row == self._anchored:
            return
        if self._anchored is None and read_anchors(self._anchors)[-1:] == [row]:
            self._anchored = row
            return
        try:
            _append_line(self._anchors, f"{row[0]} {row[1].hex()}\n".encode())
        except OSError as error:
            raise storage_error(self._anchors, "anchor the audit chain", error) from error
        self._anchored = row

    def lost_entries(self) -> str:
        """Say what the last anchor knows and the chain does not; empty when they agree."""
        anchored = read_anchors(self._anchors)
        if not anchored:
            return ""
        seq, mac = anchored[-1]
        row = self._connection.execute("SELECT mac FROM audit WHERE seq = ?", (seq,)).fetchone()
        return "" if row == (mac,) else f"the anchors know entry {seq}, the journal does not"


def anchors_path(key_path: Path, journal_id: str) -> Path:
    """The file of one journal's anchors, beside the key."""
    return key_path.with_name(f"{key_path.stem}-{journal_id}.anchors")


def read_anchors(path: Path) -> list[tuple[int, bytes]]:
    """Read sequence number and code of every anchored head, oldest first.

    A last line without its end, as a power cut leaves it, does not count.

    Raises
    ------
    StorageError
        If the file is unreadable or a whole line of it is no anchor.
    """
    try:
        whole, _, _ = path.read_bytes().rpartition(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise storage_error(path, "read the audit anchors", error) from error
    try:
        return [(int(seq), bytes.fromhex(mac)) for seq, mac in (line.split() for line in whole.decode().splitlines())]
    except ValueError as error:
        raise StorageError(f"{path}: not a file of audit anchors ({error}); restore it from its backup") from error


def _append_line(path: Path, line: bytes) -> None:
    """Append a line, durable on return; the half of one that a power cut left at the end goes first."""
    known = path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        begin = max(0, size - _LONGEST_LINE)
        if not (tail := os.pread(descriptor, size - begin, begin)).endswith(b"\n"):
            os.truncate(descriptor, begin + tail.rfind(b"\n") + 1)
        write_all(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if not known:
        sync_directory(path.parent)


def genesis(journal_id: str) -> bytes:
    """What the first entry is chained to: the journal itself, so that no chain can be moved to another."""
    return hashlib.sha256(f"inspection-station journal {journal_id}".encode()).digest()


def key_id(key: bytes) -> str:
    """A name for the key that does not give it away; the journal keeps it, to notice a wrong key."""
    return hmac.new(key, b"inspection-station audit key", hashlib.sha256).hexdigest()[:16]


def chained(key: bytes, previous: bytes, entry: tuple[int, str, str, str]) -> bytes:
    """Return an entry's code: HMAC-SHA256 (RFC 2104) over the previous code and the other columns as a JSON list."""
    return hmac.digest(key, previous + json.dumps(entry).encode(), "sha256")


def check_chain(
    entries: Iterable[AuditEntry], key: bytes, journal_id: str, anchors: list[tuple[int, bytes]]
) -> AuditReport:
    """Check every entry against the one before it, and every anchor against its entry.

    `anchors` must have been read before the entries: a station at work adds to both.
    """
    previous, count, problem = genesis(journal_id), 0, ""
    wanted = dict(anchors)
    if len(wanted) != len(set(anchors)):
        problem = "the anchors disagree: entries were cut off and others written in their place"
    for entry in entries:
        count += 1
        expected = chained(key, previous, (entry.seq, entry.time, entry.event, entry.details))
        if entry.seq != count:
            problem = problem or f"entry {count} is missing"
        elif not hmac.compare_digest(expected, entry.mac):
            problem = problem or f"entry {entry.seq} was changed, or written with another key"
        elif wanted.pop(entry.seq, entry.mac) != entry.mac:
            problem = problem or f"entry {entry.seq} is not the one that was anchored"
        previous = entry.mac
    if wanted and not problem:
        problem = f"the chain was cut: entry {max(wanted)} is anchored, the last one here is {count}"
    if count > 1 and not anchors:
        problem = problem or "the anchors are missing: entries cut off the end would not be noticed"
    return AuditReport(count, problem)
