"""Parts of the queue as reviewers are shown them; the same for the journal's writer and its readers."""

from datetime import datetime
from typing import Any
from uuid import UUID

import apsw

from station.journal.records import time_text
from station.journal.review_rows import whys_of
from station.line.inspection import Author, VerdictKind
from station.review.queue import QueueItem, Stage, Why

COLUMNS = """p.uid, p.part_id, p.part_seq, p.time, p.recipe_name, p.verdict, p.by, p.reason, q.whys, q.rank, q.stage,
    p.worst_class, p.score, coalesce((SELECT l.reviewer FROM review_leases l WHERE l.part = q.part AND l.golden IS NULL
        AND l.until > :now), ''), q.part"""
"""What `item_from` takes; `q` is the queue, `p` the parts, `:now` the time."""

_ITEM = "SELECT {} FROM review_queue q JOIN parts p ON p.id = q.part WHERE q.part = :part"
_GOLDEN = """
SELECT p.uid, p.part_id, p.part_seq, p.time, p.recipe_name, v.kind, v.by, v.reason, 0, coalesce(q.rank, 0), 'first',
    p.worst_class, p.score, '', p.id
FROM parts p LEFT JOIN review_queue q ON q.part = p.id JOIN verdicts v ON v.part = p.id WHERE p.id = ? ORDER BY v.id LIMIT 1"""
_FIRST_WHY = {
    VerdictKind.OK: Why.AUDIT,
    VerdictKind.NG: Why.NG,
    VerdictKind.NOT_DECIDABLE: Why.NOT_DECIDABLE,
}


def item_of(connection: apsw.Connection, part: int, now: datetime) -> QueueItem:
    """Return a part of the queue by its row."""
    row: Any = connection.execute(_ITEM.format(COLUMNS), {"part": part, "now": time_text(now)}).fetchone()
    return item_from(row)


def disguised_item(connection: apsw.Connection, part: int, now: datetime) -> QueueItem:  # noqa: ARG001 - as `item_of`
    """Return a golden part as it would have been shown before anybody reviewed it."""
    row: Any = connection.execute(_GOLDEN, (part,)).fetchone()
    item = item_from(row)
    return QueueItem(
        item.uid,
        item.part_id,
        item.part_seq,
        item.time,
        item.recipe,
        item.verdict,
        item.by,
        item.reason,
        (_FIRST_WHY[item.verdict],),
        item.priority,
        item.stage,
        item.worst_class,
        item.score,
    )


def item_from(row: tuple[Any, ...]) -> QueueItem:
    """Make an item of a row of `COLUMNS`."""
    uid, part_id, part_seq, time, recipe, verdict, by, reason, whys, rank, stage, worst_class, score, leased_by, _ = row
    return QueueItem(
        UUID(uid),
        part_id,
        part_seq,
        datetime.fromisoformat(time),
        recipe,
        VerdictKind(verdict),
        Author(by),
        reason,
        whys_of(whys),
        -rank,
        Stage(stage),
        worst_class,
        score,
        leased_by,
    )
