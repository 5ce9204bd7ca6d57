"""Legal holds and signatures: rows that are never taken back, each sealed in the audit chain.

Over the connection of the journal's writer and on its thread.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw

from station.journal.audit import AuditChain, AuditEvent
from station.journal.connection import storage_errors, transaction
from station.journal.errors import Refusal, RefusedError
from station.journal.records import time_text

_HOLDS = """
SELECT id, part, lot, since, until, author, reason, time, ended, ended_by, ended_reason FROM holds
WHERE ended = '' OR ?1 ORDER BY id"""
"""Of those that ended too where ?1 is 1."""
_PLACE = "INSERT INTO holds (part, lot, since, until, author, reason, time) VALUES (?, ?, ?, ?, ?, ?, ?)"
_END = "UPDATE holds SET ended = ?, ended_by = ?, ended_reason = ? WHERE id = ? AND ended = ''"
_SIGN = """
INSERT INTO signatures (kind, subject, record, items, meaning, name, role, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_SIGNATURES = "SELECT id, kind, subject, record, items, meaning, name, role, time FROM signatures ORDER BY id"


@dataclass(frozen=True, slots=True)
class Hold:
    """What must not be removed: a part, a lot, or what was triggered from `since` on and before `until`; "" or None: any.

    `ended` is None while it stands.
    """

    number: int
    part: UUID | None
    lot: str
    since: datetime | None
    until: datetime | None
    author: str
    reason: str
    time: datetime
    ended: datetime | None = None
    ended_by: str = ""
    ended_reason: str = ""

    def covers(self, uid: UUID, part_id: str, time: datetime) -> bool:
        """Whether a part is under this hold."""
        return (
            self.part in {None, uid}
            and (not self.lot or is_of_lot(part_id, self.lot))
            and (self.since is None or time >= self.since)
            and (self.until is None or time < self.until)
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """Name, time and meaning (21 CFR Part 11.50), bound to the SHA-256 of a record as it was then."""

    number: int
    kind: str
    subject: str
    record: str
    items: int
    meaning: str
    name: str
    role: str
    time: datetime


def is_of_lot(part_id: str, lot: str) -> bool:
    """Whether a part's id is of a lot: it begins with the lot's name, and goes on with neither letter nor digit."""
    return part_id.startswith(lot) and not part_id[len(lot) : len(lot) + 1].isalnum()


class HoldBook:
    """Holds and signatures for the writer's thread; durable when a call returns. Every method raises `StorageError`."""

    def __init__(
        self,
        connection: apsw.Connection,
        path: Path,
        chain: AuditChain,
        now: Callable[[], datetime],
        anchor: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._path = path
        self._chain = chain
        self._now = now
        self._anchor = anchor

    def standing(self) -> tuple[Hold, ...]:
        """List the holds that stand, the oldest first."""
        with storage_errors(self._path):
            return tuple(map(_hold, self._connection.execute(_HOLDS, (0,)).fetchall()))

    def place(
        self,
        author: str,
        reason: str,
        *,
        part: UUID | None = None,
        lot: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> int:
        """Begin a hold; return its number. Raises `RefusedError` where it has no reason or would hold everything."""
        if not reason.strip():
            raise RefusedError(Refusal.BAD_VALUE, "Say why: a hold without a reason cannot be defended.")
        if part is None and not lot and since is None and until is None:
            raise RefusedError(Refusal.BAD_VALUE, "Say what to hold: a part, a lot or a time range.")
        now = self._now()
        times = (time_text(each) if each else "" for each in (since, until))
        columns = (str(part) if part else "", lot, *times, author, reason, time_text(now))
        with transaction(self._connection, self._path):
            self._connection.execute(_PLACE, columns)
            number = self._connection.last_insert_rowid()
            self._chain.append(AuditEvent.HOLD_PLACED, hold_details((number, *columns)), now)
        self._anchor()
        return number

    def end(self, number: int, author: str, reason: str) -> None:
        """End a hold. Raises `RefusedError` where it does not stand, or without a reason."""
        if not reason.strip():
            raise RefusedError(Refusal.BAD_VALUE, "Say why the hold ends.")
        now = self._now()
        columns = (time_text(now), author, reason)
        with transaction(self._connection, self._path):
            self._connection.execute(_END, (*columns, number))
            if not self._connection.changes():
                raise RefusedError(Refusal.BAD_VALUE, f"No hold {number} stands; `station hold list` says which do.")
            self._chain.append(AuditEvent.HOLD_ENDED, ended_details((number, *columns)), now)
        self._anchor()

    def sign(self, kind: str, subject: str, record: str, items: int, *, meaning: str, name: str, role: str) -> int:
        """Keep a signature; return its number. Who signs was proved before."""
        now = self._now()
        columns = (kind, subject, record, items, meaning, name, role, time_text(now))
        with transaction(self._connection, self._path):
            self._connection.execute(_SIGN, columns)
            number = self._connection.last_insert_rowid()
            self._chain.append(AuditEvent.SIGNED, signed_details((number, *columns)), now)
        self._anchor()
        return number


def holds(connection: apsw.Connection) -> tuple[Hold, ...]:
    """List every hold there was, the oldest first."""
    return tuple(map(_hold, connection.execute(_HOLDS, (1,)).fetchall()))


def signatures(connection: apsw.Connection) -> tuple[Signature, ...]:
    """List every signature, the oldest first."""
    return tuple(map(_signature, connection.execute(_SIGNATURES).fetchall()))


def hold_details(columns: tuple[Any, ...]) -> dict[str, str]:
    """Return the audit entry of a hold as it was placed."""
    number, part, lot, since, until, author, reason, _ = columns
    facts = {"hold": str(number), "part": part, "lot": lot, "since": since, "until": until}
    return facts | {"author": author, "reason": reason, "sha256": _seal(columns)}


def ended_details(columns: tuple[Any, ...]) -> dict[str, str]:
    """Return the audit entry of a hold's end."""
    number, _, author, reason = columns
    return {"hold": str(number), "author": author, "reason": reason, "sha256": _seal(columns)}


def signed_details(columns: tuple[Any, ...]) -> dict[str, str]:
    """Return the audit entry of a signature."""
    number, kind, subject, record, items, meaning, name, role, _ = columns
    facts = {"signature": str(number), "kind": kind, "subject": subject, "record": record, "items": str(items)}
    return facts | {"meaning": meaning, "author": name, "role": role, "sha256": _seal(columns)}


def sealed_holds(connection: apsw.Connection) -> Iterator[tuple[AuditEvent, Mapping[str, str]]]:
    """Yield what the audit chain must have of holds, as the rows are now."""
    for *placed, ended, by, reason in connection.execute(_HOLDS, (1,)).fetchall():
        yield AuditEvent.HOLD_PLACED, hold_details(tuple(placed))
        if ended:
            yield AuditEvent.HOLD_ENDED, ended_details((placed[0], ended, by, reason))


def sealed_signatures(connection: apsw.Connection) -> Iterator[tuple[AuditEvent, Mapping[str, str]]]:
    """Yield what the audit chain must have of signatures, as the rows are now."""
    for row in connection.execute(_SIGNATURES).fetchall():
        yield AuditEvent.SIGNED, signed_details(row)


def _seal(columns: tuple[Any, ...]) -> str:
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()


def _hold(row: Any) -> Hold:
    number, part, lot, since, until, author, reason, time, ended, ended_by, ended_reason = row
    return Hold(
        number,
        UUID(part) if part else None,
        lot,
        _moment(since),
        _moment(until),
        author,
        reason,
        datetime.fromisoformat(time),
        _moment(ended),
        ended_by,
        ended_reason,
    )


def _signature(row: Any) -> Signature:
    number, kind, subject, record, items, meaning, name, role, time = row
    return Signature(number, kind, subject, record, items, meaning, name, role, datetime.fromisoformat(time))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
