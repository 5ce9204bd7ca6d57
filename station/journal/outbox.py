"""Results on their way to other systems: one row a part and destination, made in the part's own transaction.

At least once: a row waits until its destination acknowledged it, and a destination knows a result by its uid. One that
does not answer is tried again ever more slowly, without end; a row that it refuses `MAX_REFUSALS` times goes into
quarantine, where it is seen and holds nothing up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw

from station.journal.connection import storage_errors, transaction
from station.journal.errors import StorageError
from station.journal.records import time_text

FIRST_RETRY_S = 1.0
LONGEST_RETRY_S = 300.0
MAX_REFUSALS = 5

_DUE = """
SELECT destination, uid, attempts, error FROM outbox INDEXED BY outbox_due JOIN parts ON parts.id = part
WHERE destination = ? AND state = 'pending' AND next_try <= ? ORDER BY part LIMIT ?"""
_QUARANTINED = """
SELECT destination, uid, attempts, error FROM outbox INDEXED BY outbox_quarantined JOIN parts ON parts.id = part
WHERE destination = ? AND state = 'quarantined' ORDER BY part LIMIT ?"""
_ACKNOWLEDGED = """
UPDATE outbox SET state = 'delivered', error = ''
WHERE destination = :destination AND part = (SELECT id FROM parts WHERE uid = :uid)"""
_LATER = """
UPDATE outbox SET attempts = attempts + 1, refusals = refusals + :refused, next_try = :next_try, error = :error,
    state = CASE WHEN state = 'pending' AND refusals + :refused >= :most THEN 'quarantined' ELSE state END
WHERE destination = :destination AND part = (SELECT id FROM parts WHERE uid = :uid)"""
_RETRY = """
UPDATE outbox SET state = 'pending', attempts = 0, refusals = 0, next_try = :next_try
WHERE destination = :destination AND part = (SELECT id FROM parts WHERE uid = :uid)"""
_ATTEMPTS = "SELECT attempts FROM outbox JOIN parts ON parts.id = part WHERE destination = ? AND uid = ?"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One result that a destination has not acknowledged."""

    destination: str
    uid: UUID
    attempts: int
    error: str


def retry_delay_s(attempts: int) -> float:
    """Return how long to wait after that many attempts: 1 s, doubling, at most five minutes."""
    return float(min(FIRST_RETRY_S * 2.0 ** min(attempts - 1, 30), LONGEST_RETRY_S))


class Outbox:
    """The rows of all destinations, over the connection of the journal's writer and on its thread.

    Every method raises `StorageError` when the database cannot be read or written, or the row is not there.
    """

    def __init__(self, connection: apsw.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._path = path
        self._now = now

    def add(self, part: int, destinations: Iterable[str]) -> None:
        """Address a part, in the caller's transaction."""
        due = time_text(self._now())
        self._connection.executemany(
            "INSERT INTO outbox (destination, part, state, next_try) VALUES (?, ?, 'pending', ?)",
            [(destination, part, due) for destination in destinations],
        )

    def due(self, destination: str, limit: int = 100) -> tuple[Parcel, ...]:
        """List what to try now, in the order of the parts."""
        return self._parcels(_DUE, destination, time_text(self._now()), limit)

    def quarantined(self, destination: str, limit: int = 100) -> tuple[Parcel, ...]:
        """List what the destination refused for good, with its reasons."""
        return self._parcels(_QUARANTINED, destination, limit)

    def acknowledged(self, destination: str, uid: UUID) -> None:
        """Note that the destination has the result; saying it twice does no harm."""
        self._update(_ACKNOWLEDGED, destination, uid)

    def unreachable(self, destination: str, uid: UUID, error: str) -> None:
        """Note that the destination did not answer; the row stays until it does."""
        self._later(destination, uid, error, refused=False)

    def refused(self, destination: str, uid: UUID, error: str) -> None:
        """Note that the destination answered and will not have it; the last refusal puts the row into quarantine."""
        self._later(destination, uid, error, refused=True)

    def retry(self, destination: str, uid: UUID) -> None:
        """Take a row out of quarantine, to be tried at once."""
        self._update(_RETRY, destination, uid, next_try=time_text(self._now()))

    def _later(self, destination: str, uid: UUID, error: str, *, refused: bool) -> None:
        with storage_errors(self._path):
            row: Any = self._connection.execute(_ATTEMPTS, (destination, str(uid))).fetchone()
        delay_s = retry_delay_s(row[0] + 1 if row else 1)
        next_try = time_text(self._now() + timedelta(seconds=delay_s))
        self._update(_LATER, destination, uid, refused=int(refused), next_try=next_try, error=error, most=MAX_REFUSALS)

    def _update(self, statement: str, destination: str, uid: UUID, **values: str | int) -> None:
        with transaction(self._connection, self._path):
            self._connection.execute(statement, {"destination": destination, "uid": str(uid), **values})
            if self._connection.changes() != 1:
                raise StorageError(f"{self._path}: no part {uid} for {destination!r}; check the destination's name")

    def _parcels(self, statement: str, *values: str | int) -> tuple[Parcel, ...]:
        with storage_errors(self._path):
            rows: list[Any] = self._connection.execute(statement, values).fetchall()
        return tuple(Parcel(destination, UUID(uid), attempts, error) for destination, uid, attempts, error in rows)
