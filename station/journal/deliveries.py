"""How far each destination has the station's results: `delivery.db` in the data folder, beside the journal.

The queue itself is the journal: its verdicts are numbered without a gap, so of a destination it is enough to know up to which
number it has them all, and which of them were set aside because it will not have them. The journal has one writer, the engine;
this file is the sender's, and whoever sends never waits for the line nor the line for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw

from station.journal.connection import open_reader, open_writer, storage_errors, transaction
from station.journal.disk import make_directory
from station.journal.records import time_text, utc_now

DATABASE = "delivery.db"
BUSY_S = 5.0
"""How long to wait for another process that writes the file."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS destinations (
    name     TEXT    PRIMARY KEY,
    journal  TEXT    NOT NULL,
    done     INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    error    TEXT    NOT NULL DEFAULT '',
    asked    INTEGER NOT NULL DEFAULT 0,
    sessions INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarantine (
    destination TEXT    NOT NULL REFERENCES destinations (name),
    number      INTEGER NOT NULL,
    result_id   TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    time        TEXT    NOT NULL,
    again       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (destination, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS quarantine_again ON quarantine (destination, number) WHERE again = 1;
"""
_STATE = "SELECT name, done, attempts, refusals, next_try, error, asked FROM destinations WHERE name = ?"
_ROWS = "SELECT number, result_id, reason, time, again FROM quarantine WHERE destination = ? {} ORDER BY number LIMIT ?"
_FAILED = """
UPDATE destinations SET attempts = attempts + 1, refusals = refusals + ?, next_try = ?, error = ? WHERE name = ?"""
_DONE = """
UPDATE destinations SET done = max(done, ?), attempts = 0, refusals = 0, next_try = NULL, error = '' WHERE name = ?"""
_SET_ASIDE = """
INSERT INTO quarantine (destination, number, result_id, reason, time) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (destination, number) DO UPDATE SET reason = excluded.reason, time = excluded.time, again = 0"""


@dataclass(frozen=True, slots=True)
class DestinationState:
    """How one destination stands: it has every result up to `done` but those in quarantine.

    `attempts`, `refusals`, `next_try` and `error` are those of the next result, `asked` counts how often a person has asked
    to try again at once.
    """

    name: str
    done: int
    attempts: int
    refusals: int
    next_try: datetime | None
    error: str
    asked: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A result that the destination will not have, and why; `again` says that it is to be tried once more."""

    number: int
    result_id: str
    reason: str
    time: datetime
    again: bool


class Deliveries:
    """The file, opened by one thread. Every method raises `StorageError` when it cannot be read or written."""

    def __init__(self, connection: apsw.Connection, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._connection = connection
        self._path = path
        self._now = now

    @classmethod
    def open(cls, data: Path, *, now: Callable[[], datetime] = utc_now, synced: bool = True) -> Self:
        """Open the file of a data folder for writing, made where it is not.

        Without `synced` a power cut may take the latest notes, never the file: the destination is sent those results once
        more. In return no note competes with the journal for the disk.
        """
        make_directory(data)
        path = data / DATABASE
        deliveries = cls(open_writer(path, BUSY_S), path, now)
        try:
            if not synced:
                with storage_errors(path):
                    deliveries._connection.pragma("synchronous", "normal")
            with transaction(deliveries._connection, path):
                deliveries._connection.execute(_SCHEMA)
        except BaseException:
            deliveries.close()
            raise
        return deliveries

    @classmethod
    def read(cls, data: Path) -> Self | None:
        """Open the file of a data folder for reading only; None where nothing was ever sent."""
        path = data / DATABASE
        if not path.is_file():
            return None
        deliveries = cls(open_reader(path, BUSY_S), path)
        if deliveries._is_empty():  # the sender is just making it
            deliveries.close()
            return None
        return deliveries

    def _is_empty(self) -> bool:
        with storage_errors(self._path):
            return bool(self._connection.execute("SELECT count(*) = 0 FROM sqlite_schema").get)

    def begin(self, name: str, journal: str, done: int) -> DestinationState:
        """Return how a destination stands; one that is new, or had results of another journal, begins after number `done`."""
        with transaction(self._connection, self._path):
            row: Any = self._connection.execute("SELECT journal FROM destinations WHERE name = ?", (name,)).fetchone()
            if row is None or row[0] != journal:
                self._connection.execute("DELETE FROM quarantine WHERE destination = ?", (name,))
                values = (name, journal, done)
                self._connection.execute("REPLACE INTO destinations (name, journal, done) VALUES (?, ?, ?)", values)
        found = self.state(name)
        assert found is not None  # it was just made
        return found

    def names(self) -> tuple[str, ...]:
        """List the destinations that ever had their turn, also those that the configuration no longer names."""
        with storage_errors(self._path):
            rows: list[Any] = self._connection.execute("SELECT name FROM destinations ORDER BY name").fetchall()
        return tuple(row[0] for row in rows)

    def state(self, name: str) -> DestinationState | None:
        """Return how a destination stands, None for one that never had its turn."""
        with storage_errors(self._path):
            row: Any = self._connection.execute(_STATE, (name,)).fetchone()
        if row is None:
            return None
        _, done, attempts, refusals, next_try, error, asked = row
        moment = datetime.fromisoformat(next_try) if next_try is not None else None
        return DestinationState(name, done, attempts, refusals, moment, error, asked)

    def next_session(self, name: str) -> int:
        """Return 0, 1, 2, … for the destination's sessions, over every restart."""
        with transaction(self._connection, self._path):
            number: Any = self._connection.execute("SELECT sessions FROM destinations WHERE name = ?", (name,)).get
            self._connection.execute("UPDATE destinations SET sessions = sessions + 1 WHERE name = ?", (name,))
        return int(number)

    def delivered(self, name: str, number: int) -> None:
        """Note that the destination has every result up to a number; it never goes back."""
        with transaction(self._connection, self._path):
            self._connection.execute(_DONE, (number, name))

    def failed(self, name: str, error: str, next_try: datetime, *, refused: bool = False) -> None:
        """Note that the next result could not be delivered, or was refused, and when it is tried again."""
        with transaction(self._connection, self._path):
            self._connection.execute(_FAILED, (int(refused), time_text(next_try), error, name))

    def set_aside(self, name: str, number: int, result_id: str, reason: str) -> None:
        """Put a result into quarantine, so that the ones after it have their turn."""
        with transaction(self._connection, self._path):
            values = (name, number, result_id, reason, time_text(self._now()))
            self._connection.execute(_SET_ASIDE, values)
            self._connection.execute(_DONE, (number, name))

    def taken_after_all(self, name: str, number: int) -> None:
        """Note that the destination has a result that was in quarantine."""
        with transaction(self._connection, self._path):
            values = (name, number)
            self._connection.execute("DELETE FROM quarantine WHERE destination = ? AND number = ?", values)

    def to_try_again(self, name: str, limit: int = 100) -> tuple[Quarantined, ...]:
        """List results of the quarantine that a person wants tried again, in their order."""
        return self._quarantine("AND again = 1", name, limit)

    def quarantined(self, name: str, after: int = 0, limit: int = 1000) -> tuple[Quarantined, ...]:
        """List what is in quarantine, in its order, after a number."""
        return self._quarantine(f"AND number > {after:d}", name, limit)

    def fate(self, name: str, number: int) -> tuple[str, str]:
        """Return what became of a result: delivered, pending or quarantined, and the reason where it was refused."""
        with storage_errors(self._path):
            statement = "SELECT reason FROM quarantine WHERE destination = ? AND number = ?"
            row: Any = self._connection.execute(statement, (name, number)).fetchone()
        state = self.state(name)
        if row is not None:
            return "quarantined", str(row[0])
        return ("delivered" if state is not None and number <= state.done else "pending"), ""

    def quarantine_size(self, name: str) -> int:
        """Return how many results are in quarantine."""
        with storage_errors(self._path):
            statement = "SELECT count(*) FROM quarantine WHERE destination = ?"
            count: Any = self._connection.execute(statement, (name,)).get
        return int(count)

    def retry(self, name: str, result_ids: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Have results of the quarantine, all where none is named, and the queue tried at once; return those found there."""
        chosen = f"AND result_id IN ({', '.join('?' for _ in result_ids)})" if result_ids else ""
        with transaction(self._connection, self._path):
            self._connection.execute("UPDATE destinations SET asked = asked + 1 WHERE name = ?", (name,))
            rows: list[Any] = self._connection.execute(
                f"UPDATE quarantine SET again = 1 WHERE destination = ? {chosen} RETURNING result_id",  # noqa: S608  # marks alone
                (name, *result_ids),
            ).fetchall()
        return tuple(row[0] for row in rows)

    def _quarantine(self, condition: str, *values: str | int) -> tuple[Quarantined, ...]:
        with storage_errors(self._path):
            rows: list[Any] = self._connection.execute(_ROWS.format(condition), values).fetchall()
        return tuple(
            Quarantined(number, result_id, reason, datetime.fromisoformat(time), bool(again))
            for number, result_id, reason, time, again in rows
        )

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
