"""What people say of parts: annotations in revisions, notes, and the pictures they label for learning.

The statements run in the caller's transaction. Each annotation and each note is sealed: its audit entry has the SHA-256
of all its columns, so that a change behind the journal's back shows (`station.journal.verify`).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from labeling.annotation import Annotation, is_model
from labeling.codec import annotation_to_json
from station.journal.errors import Refusal, RefusedError
from station.journal.records import time_text
from station.line.inspection import Author, Verdict, VerdictKind

Sealed = tuple[str, str]
"""What names a row in its audit entry, and its seal."""

_DECIDED = "SELECT verdict, by, author FROM parts WHERE id = ?"
_BLIND = "SELECT name FROM views WHERE part = ? AND image IS NULL ORDER BY position"
_REMOVED = "SELECT 1 FROM parts WHERE id = ? AND removal IS NOT NULL"
_VIEW = "SELECT position, width, height, image FROM views WHERE part = ? AND name = ?"
_NEWEST = """
SELECT uid, author FROM annotations a WHERE part = ? AND view = ?
    AND NOT EXISTS (SELECT 1 FROM annotations next WHERE next.parent = a.uid)"""
_ANNOTATION = """
INSERT INTO annotations (uid, part, view, parent, author, time, labels, annotation) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_COUNT_LABELS = """
UPDATE parts SET labels = (SELECT sum(labels) FROM annotations a WHERE a.part = parts.id
    AND NOT EXISTS (SELECT 1 FROM annotations next WHERE next.parent = a.uid)) WHERE id = ?"""
_NOTE = "INSERT INTO notes (author, text, time) VALUES (?, ?, ?)"
_FORGET_SAMPLES = """
DELETE FROM samples WHERE part_uid = ?1
    AND (?2 IS NULL OR sha256 = (SELECT image FROM views WHERE part = ?3 AND position = ?2))"""
_QUEUE_SAMPLES = """
INSERT INTO samples (sha256, pixel_format, label, source, part_uid, recipe, time)
SELECT image, pixel_format, ?4, ?5, ?1, recipe_name, ?6 FROM views JOIN parts ON parts.id = part
WHERE part = ?3 AND (?2 IS NULL OR position = ?2) AND image IS NOT NULL AND removal IS NULL ORDER BY position"""
_SEALED_ANNOTATIONS = """
SELECT a.id, a.uid, p.uid, v.name, a.parent, a.author, a.time, a.labels, a.annotation
FROM annotations a JOIN parts p ON p.id = a.part JOIN views v ON v.part = a.part AND v.position = a.view
WHERE a.id > ? ORDER BY a.id LIMIT ?"""
_SEALED_NOTES = "SELECT id, id, author, text, time FROM notes WHERE id > ? ORDER BY id LIMIT ?"


def check_may_decide(
    connection: apsw.Connection, part: int, verdict: Verdict, seen: VerdictKind, *, may_supersede: bool
) -> None:
    """Raise `RefusedError` where a person's verdict must not take the place of the part's present one."""
    ((kind, by, author),) = connection.execute(_DECIDED, (part,)).fetchall()
    if kind != seen.value:
        who = author or "The station"
        raise RefusedError(Refusal.SUPERSEDED, f"{who} has decided {kind} meanwhile: look at the part again.")
    if by != Author.RULES.value and author != verdict.author and not may_supersede:
        text = f"{author} has decided this part; only QA may supersede another person's verdict."
        raise RefusedError(Refusal.NOT_ALLOWED, text)
    if verdict.kind is VerdictKind.OK and connection.execute(_REMOVED, (part,)).fetchone():
        raise RefusedError(
            Refusal.BAD_VALUE, "The pictures of this part were removed, and what nobody sees cannot be OK."
        )
    if verdict.kind is VerdictKind.OK and (blind := connection.execute(_BLIND, (part,)).fetchone()):
        text = f"View {blind[0]} has no picture, and what nobody saw cannot be OK."
        raise RefusedError(Refusal.BAD_VALUE, text)


def insert_annotation(
    connection: apsw.Connection, part: int, uid: UUID, view: str, annotation: Annotation, time: datetime
) -> dict[str, str]:
    """Insert a revision, and label the view's picture for learning; return the details of its audit entry.

    What a model proposes labels nothing and counts as nothing until a person's revision follows it.

    Raises
    ------
    RefusedError
        If it is not of this view, its parent is not the newest revision, it is on record already, or a model's would
        follow a person's.
    """
    position = _checked_view(connection, part, view, annotation)
    _check_newest(connection, part, position, annotation)
    text = json.dumps(annotation_to_json(annotation), ensure_ascii=False, separators=(",", ":"))
    labels = 0 if annotation.proposed else len(annotation.labels) + len(annotation.tags)
    parent = str(annotation.parent) if annotation.parent else None
    columns = (parent, annotation.author, time_text(time), labels, text)
    connection.execute(_ANNOTATION, (str(annotation.uid), part, position, *columns))
    connection.execute(_COUNT_LABELS, (part,))
    if labels:
        label = _said_of(connection, part) or (VerdictKind.NG, "annotation")
        queue_samples(connection, part, uid, *label, time, position)
    seal = seal_of(str(annotation.uid), str(uid), view, *columns)
    details = {"part": str(uid), "view": view, "revision": str(annotation.uid), "parent": parent or ""}
    return details | {"author": annotation.author, "labels": str(labels), "sha256": seal}


def _checked_view(connection: apsw.Connection, part: int, view: str, annotation: Annotation) -> int:
    row: Any = connection.execute(_VIEW, (part, view)).fetchone()
    if row is None:
        raise RefusedError(Refusal.BAD_VALUE, f"The part has no view {view!r}.")
    position, width, height, image = row
    if image is None:
        raise RefusedError(Refusal.BAD_VALUE, f"View {view} has no picture, so there is nothing to outline.")
    if connection.execute(_REMOVED, (part,)).fetchone():
        raise RefusedError(
            Refusal.BAD_VALUE, f"The picture of view {view} was removed, so there is nothing to outline."
        )
    if annotation.size != (width, height):
        have, size = f"{width} x {height}", "{} x {}".format(*annotation.size)
        raise RefusedError(Refusal.BAD_VALUE, f"View {view} has {have} pixels, the annotation is of {size}.")
    return int(position)


def _check_newest(connection: apsw.Connection, part: int, position: int, annotation: Annotation) -> None:
    if connection.execute("SELECT 1 FROM annotations WHERE uid = ?", (str(annotation.uid),)).fetchone():
        raise RefusedError(Refusal.BAD_VALUE, f"There is an annotation {annotation.uid} already; give it a new uid.")
    newest: Any = connection.execute(_NEWEST, (part, position)).fetchone()
    if (newest[0] if newest else None) == (str(annotation.parent) if annotation.parent else None):
        if annotation.proposed and newest and not is_model(newest[1]):
            text = f"{newest[1]} has annotated this view; a model proposes nothing after a person."
            raise RefusedError(Refusal.SUPERSEDED, text)
        return
    if newest is None:
        raise RefusedError(Refusal.BAD_VALUE, f"The view has no revision {annotation.parent} to go on from.")
    text = f"{newest[1]} has annotated this view meanwhile: open the part again and look."
    raise RefusedError(Refusal.SUPERSEDED, text)


def insert_note(connection: apsw.Connection, author: str, text: str, time: datetime) -> dict[str, str]:
    """Insert a note; return the details of its audit entry."""
    columns = (author, text, time_text(time))
    connection.execute(_NOTE, columns)
    number = connection.last_insert_rowid()
    return {"note": str(number), "author": author, "sha256": seal_of(str(number), *columns)}


def queue_samples(
    connection: apsw.Connection,
    part: int,
    uid: UUID,
    kind: VerdictKind,
    source: str,
    time: datetime,
    position: int | None = None,
) -> None:
    """Label the part's pictures for learning, or only one view's, in place of what was said of them before."""
    place = (str(uid), position, part)
    connection.execute(_FORGET_SAMPLES, place)
    connection.execute(_QUEUE_SAMPLES, (*place, kind.value, source, time_text(time)))


def forget_samples(connection: apsw.Connection, part: int, uid: UUID) -> None:
    """Label the part's pictures for learning no longer: nobody has said what they show."""
    connection.execute(_FORGET_SAMPLES, (str(uid), None, part))


def _said_of(connection: apsw.Connection, part: int) -> tuple[VerdictKind, str] | None:
    """Return what a person decided of the part and in which capacity, None where the rules' verdict still stands."""
    row: Any = connection.execute("SELECT verdict, by FROM parts WHERE id = ?", (part,)).fetchone()
    return None if row[1] == Author.RULES.value else (VerdictKind(row[0]), row[1])


def sealed_annotations(connection: apsw.Connection, at_once: int) -> Iterator[tuple[int, Sealed]]:
    """Yield every revision's row number, uid and seal, in pages of `at_once`."""
    return sealed_rows(connection, _SEALED_ANNOTATIONS, at_once)


def sealed_notes(connection: apsw.Connection, at_once: int) -> Iterator[tuple[int, Sealed]]:
    """Yield every note's row number, number and seal, in pages of `at_once`."""
    return sealed_rows(connection, _SEALED_NOTES, at_once)


def sealed_rows(connection: apsw.Connection, statement: str, at_once: int) -> Iterator[tuple[int, Sealed]]:
    """Yield the rows of a statement for those after a number: number, name and seal of name and columns."""
    after = 0
    while rows := _page(connection, statement, after, at_once):
        for number, name, *columns in rows:
            yield number, (str(name), seal_of(str(name), *columns))
        after = rows[-1][0]


def _page(connection: apsw.Connection, statement: str, after: int, at_once: int) -> list[tuple[Any, ...]]:
    return connection.execute(statement, (after, at_once)).fetchall()


def seal_of(*columns: str | int | None) -> str:
    """Return the SHA-256 of all columns of a row."""
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()
