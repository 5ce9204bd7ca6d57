"""What everybody said of the parts that a person said something of: the model, operators, reviewers, the known answer."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from labeling.annotation import is_model
from station.journal.connection import storage_errors
from station.journal.reader import JournalReader
from station.journal.records import time_text
from station.journal.review_filter import BEYOND_ANY_TEXT
from station.journal.review_rows import whys_of
from station.line.inspection import Author, VerdictKind
from station.review.queue import Opinion, OpinionBy, QueueFilter, Stage, Why

AT_ONCE = 500

_ENDS = "SELECT min(id), max(id) FROM parts INDEXED BY parts_by_time WHERE time >= :since AND time < :until"
"""Rows are in order of commit, hardly another one than that of time: what lies outside need not be looked at."""
_PARTS = """
SELECT p.id, p.uid, p.time, p.model, p.recipe_name, p.part_id, p.verdict, p.score, coalesce(q.shift, 0),
    coalesce(q.whys, 0), q.size_px, q.stage
FROM parts p LEFT JOIN review_queue q ON q.part = p.id
WHERE p.id > :after AND p.id <= :last AND p.time >= :since AND p.time < :until AND :recipe IN ('', p.recipe_name)
    AND (EXISTS (SELECT 1 FROM verdicts WHERE part = p.id AND by <> 'rules') OR EXISTS (SELECT 1 FROM reviews WHERE part = p.id)
        OR p.labels > 0)
ORDER BY p.id LIMIT :limit"""
_VERDICTS = "SELECT kind, by, author, time FROM verdicts WHERE part = ? ORDER BY id"
_REVIEWS = """
SELECT reviewer, verdict, time, stage, golden FROM reviews WHERE part = ?
    AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.id = reviews.id) ORDER BY id"""
_GOLDEN = "SELECT verdict, time FROM golden_parts WHERE part = ?"
_VIEWS = """
SELECT v.position, v.name, v.camera, v.model_name, v.model_version,
    (SELECT json_group_array(class) FROM (SELECT DISTINCT class FROM defects d WHERE d.part = v.part AND d.view = v.position))
FROM views v WHERE v.part = ? ORDER BY v.position"""
_ANNOTATIONS = "SELECT view, author, time, annotation FROM annotations WHERE part = ? ORDER BY id"


def opinions(reader: JournalReader, filter: QueueFilter) -> Iterator[Opinion]:  # noqa: A002 - its name
    """Yield every standing opinion of the parts that some person said something of, part by part, the oldest first.

    Of a part (`view` is "") come the model's, with the verdict of the rules, then each person's latest: a word of the review
    where there is one, else a verdict; a golden part's answers each by itself; and the known answer. Then, of each view,
    the model's classes and those of each annotator's newest annotation. The filter also finds parts that never were in the
    queue, as far as it does not ask for what only the queue knows; without a stage it finds all, done or not.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    span = {
        "since": time_text(filter.since) if filter.since else "",
        "until": time_text(filter.until) if filter.until else BEYOND_ANY_TEXT,
        "recipe": filter.recipe,
        "limit": AT_ONCE,
    }
    with storage_errors(reader.path):
        ends: Any = reader.connection.execute(_ENDS, {"since": span["since"], "until": span["until"]}).fetchone()
    if ends[0] is None:
        return
    after, last = ends[0] - 1, ends[1]
    while True:
        with storage_errors(reader.path):
            rows: list[Any] = reader.connection.execute(_PARTS, {**span, "after": after, "last": last}).fetchall()
            found = [said for row in rows for said in _of_part(reader.connection, row, filter)]
        yield from found
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]


def _of_part(connection: apsw.Connection, row: tuple[Any, ...], wanted: QueueFilter) -> list[Opinion]:
    part, uid, time, model, _, _, _, _, shift, bits, _, _ = row
    views: list[Any] = connection.execute(_VIEWS, (part,)).fetchall()
    annotations = _annotations(connection, part)
    verdicts: list[Any] = connection.execute(_VERDICTS, (part,)).fetchall()
    model_classes = {position: tuple(json.loads(classes)) for position, *_, classes in views}
    if not _passes(row, wanted, views, verdicts, annotations, model_classes):
        return []
    whys = whys_of(bits)
    shared = (shift, whys)
    by_person: dict[str, tuple[str, ...]] = {}
    for (_, author), (_, classes) in annotations.items():
        by_person[author] = tuple(dict.fromkeys(by_person.get(author, ()) + classes))
    all_of_model = tuple(dict.fromkeys(name for classes in model_classes.values() for name in classes))
    found = []
    if verdicts[0][1] == Author.RULES.value:
        kind = VerdictKind(verdicts[0][0])
        found.append(_opinion(uid, "", model, OpinionBy.MODEL, kind, all_of_model, time, None, shared))
    capacities = {author: OpinionBy(by) for _, by, author, _ in verdicts if by != Author.RULES.value}
    words = _words(connection, part, verdicts)
    for who, kind, when, stage, golden in words:
        by = OpinionBy.QA if stage else capacities[who]
        why = (*whys, Why.GOLDEN) if golden else whys
        found.append(_opinion(uid, "", who, by, kind, by_person.get(who, ()), when, stage, (shift, why)))
    for known, when in connection.execute(_GOLDEN, (part,)):
        kind = VerdictKind(known)
        found.append(_opinion(uid, "", "golden", OpinionBy.REFERENCE, kind, (), str(when), None, shared))
    for position, name, _, model_name, model_version, _ in views:
        if model_name:
            who = f"{model_name}/{model_version}"
            classes = model_classes[position]
            found.append(_opinion(uid, name, who, OpinionBy.MODEL, None, classes, time, None, shared))
        for (view, author), (when, classes) in annotations.items():
            if view == position:
                by = capacities.get(
                    author, OpinionBy.QA if any(word[0] == author for word in words) else OpinionBy.OPERATOR
                )
                found.append(_opinion(uid, name, author, by, None, classes, when, None, shared))
    return found


def _opinion(
    uid: str,
    view: str,
    who: str,
    by: OpinionBy,
    verdict: VerdictKind | None,
    classes: tuple[str, ...],
    time: str,
    stage: Stage | None,
    shared: tuple[int, tuple[Why, ...]],
) -> Opinion:
    return Opinion(
        UUID(uid), view, who, by, verdict, classes, datetime.fromisoformat(time), shared[0], stage, shared[1]
    )


_Words = list[tuple[str, VerdictKind, str, Stage | None, bool]]


def _words(connection: apsw.Connection, part: int, verdicts: list[Any]) -> _Words:
    """Return what people said of a part: the last of each, and each answer to a golden part."""
    last = {author: (VerdictKind(kind), time, None) for kind, by, author, time in verdicts if by != Author.RULES.value}
    words: dict[str, tuple[VerdictKind, str, Stage | None]] = dict(last)
    golden: _Words = []
    reviews: list[Any] = connection.execute(_REVIEWS, (part,)).fetchall()
    for reviewer, verdict, time, stage, known in reviews:
        if verdict is None:
            continue
        if known is not None:
            golden.append((reviewer, VerdictKind(verdict), time, Stage(stage), True))
        elif reviewer not in words or words[reviewer][1] <= time:
            words[reviewer] = (VerdictKind(verdict), time, Stage(stage))
    return [(who, kind, time, stage, False) for who, (kind, time, stage) in words.items()] + golden


def _annotations(connection: apsw.Connection, part: int) -> dict[tuple[int, str], tuple[str, tuple[str, ...]]]:
    """Return time and classes of each person's newest annotation of each view."""
    found: dict[tuple[int, str], tuple[str, tuple[str, ...]]] = {}
    rows: list[Any] = connection.execute(_ANNOTATIONS, (part,)).fetchall()
    for view, author, time, text in rows:
        if not is_model(author):
            said = json.loads(text)
            names = (*(label["class"] for label in said["labels"]), *said["tags"])
            found[view, author] = (time, tuple(dict.fromkeys(names)))
    return found


def _passes(
    row: tuple[Any, ...],
    wanted: QueueFilter,
    views: list[Any],
    verdicts: list[Any],
    annotations: dict[tuple[int, str], tuple[str, tuple[str, ...]]],
    model_classes: dict[int, tuple[str, ...]],
) -> bool:
    """Whether a part is among those wanted; time and recipe are looked at before."""
    _, _, _, _, _, lot, verdict, score, shift, bits, size_px, stage = row
    classes = {name for names in model_classes.values() for name in names}
    classes |= {name for _, names in annotations.values() for name in names}
    people = {author for _, by, author, _ in verdicts if by != Author.RULES.value} | {
        author for _, author in annotations
    }
    return (
        wanted.shift in {None, shift}
        and lot.startswith(wanted.lot)
        and (not wanted.classes or bool(classes & set(wanted.classes)))
        and (not wanted.camera or any(view[2] == wanted.camera for view in views))
        and (not wanted.verdicts or verdict in wanted.verdicts)
        and (not wanted.whys or bool(set(whys_of(bits)) & set(wanted.whys)))
        and (not wanted.operator or wanted.operator in people)
        and (not wanted.model_version or any(f"{view[3]}/{view[4]}" == wanted.model_version for view in views))
        and _within(score, wanted.score_low, wanted.score_high)
        and _within(size_px, wanted.size_low_px, wanted.size_high_px)
        and wanted.stage in {None, stage}
    )


def _within(value: float | None, low: float | None, high: float | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)
