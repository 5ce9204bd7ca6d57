"""What reviewers said and took back, row by row, sealed as annotations are: a change behind the journal's back shows."""

from collections.abc import Iterator
from datetime import datetime

import apsw

from station.journal.opinions import Sealed, seal_of, sealed_rows
from station.journal.records import time_text

_REVIEW = """
INSERT INTO reviews (part, reviewer, outcome, verdict, reasons, comment, time, stage, round, golden, before_kind, gave)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_UNDO = "INSERT INTO review_undos (id, time, gave) VALUES (?, ?, ?)"
_REVIEWS = """
SELECT id, id, part, reviewer, outcome, verdict, reasons, comment, time, stage, round, golden, before_kind, gave FROM reviews
WHERE id > ? ORDER BY id LIMIT ?"""
_UNDOS = "SELECT id, id, time, gave FROM review_undos WHERE id > ? ORDER BY id LIMIT ?"

Columns = tuple[str | int | None, ...]


def insert_review(connection: apsw.Connection, columns: Columns) -> dict[str, str]:
    """Insert a word, all its columns but the number; return what its audit entry has of it beside what it says."""
    connection.execute(_REVIEW, columns)
    number = connection.last_insert_rowid()
    return {"review": str(number), "sha256": seal_of(str(number), *columns)}


def insert_undo(connection: apsw.Connection, number: int, time: datetime, gave: int | None) -> dict[str, str]:
    """Insert that a word was taken back; return what its audit entry has of it beside what it says."""
    columns = (time_text(time), gave)
    connection.execute(_UNDO, (number, *columns))
    return {"review": str(number), "sha256": seal_of(str(number), *columns)}


def sealed_reviews(connection: apsw.Connection, at_once: int) -> Iterator[tuple[int, Sealed]]:
    """Yield every word's number and seal, in pages of `at_once`."""
    return sealed_rows(connection, _REVIEWS, at_once)


def sealed_undos(connection: apsw.Connection, at_once: int) -> Iterator[tuple[int, Sealed]]:
    """Yield the number and seal of every word that was taken back, in pages of `at_once`."""
    return sealed_rows(connection, _UNDOS, at_once)
