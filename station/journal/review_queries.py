"""Questions to the review queue, answered by key and index: a page costs the same in the morning and after a million parts.

A filter is a set of terms ("class=scratch") and ranges (time, score, size, lot). The rarest of them leads: its parts are read in
order of the queue, and each is held against the rest; how many parts a term has is kept, so nothing is counted for it. A
range that few parts lie in leads instead, and those few are sorted.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from station.journal.connection import storage_errors
from station.journal.reader import JournalReader
from station.journal.records import time_text, utc_now
from station.journal.review_filter import BEYOND_ANY_TEXT, INDEXES, Asked, Group, Span, asked_of
from station.journal.review_items import COLUMNS, item_from, item_of
from station.journal.review_opinions import opinions as opinions  # noqa: PLC0414 - belongs to what is asked of the queue
from station.journal.review_rows import standing
from station.line.inspection import VerdictKind
from station.review.queue import (
    Cursor,
    Opinion,
    Outcome,
    Page,
    QueueFilter,
    QueueItem,
    Reason,
    SavedView,
    Stage,
    Why,
    filter_json,
)

SORTED = 2500
"""A range with no more parts than this may lead: reading and sorting so many takes a few milliseconds."""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many parts wait, and by what; `by_stage` also has those that are done."""

    open: int
    by_why: Mapping[Why, int]
    by_stage: Mapping[Stage, int]
    by_class: Mapping[str, int]
    by_recipe: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One word of a reviewer; later ones have higher numbers."""

    number: int
    uid: UUID
    reviewer: str
    outcome: Outcome
    verdict: VerdictKind | None
    reasons: tuple[Reason, ...]
    comment: str
    time: datetime
    stage: Stage
    undone: bool
    golden: bool


@dataclass(frozen=True, slots=True)
class GoldenPart:
    """A part whose answer is known."""

    uid: UUID
    verdict: VerdictKind
    author: str
    time: datetime


@dataclass(frozen=True, slots=True)
class GoldenAnswer:
    """What a reviewer said of a golden part without knowing; `answered` is None where its labels were sent back."""

    uid: UUID
    reviewer: str
    time: datetime
    expected: VerdictKind
    answered: VerdictKind | None

    @property
    def right(self) -> bool:
        """Whether the answer is the known one."""
        return self.answered is self.expected


@dataclass(frozen=True, slots=True)
class _Lead:
    """How a filter is answered: by a statement for each of `terms`, from `source`, where `key` has the order of the queue."""

    source: str
    key: str
    where: Sequence[str]
    terms: tuple[str, ...]
    """"" where no term leads; none at all where no part can be among the answers."""

    @property
    def all(self) -> str:
        """The statement for rank and part of every part."""
        return _PLACES.format(self.key, self.key, self.source, " AND ".join(self.where))

    @property
    def page(self) -> str:
        """The statement for rank and part of the first ones after a place."""
        return _PAGE.format(self.all, *[self.key] * 4)

    @property
    def count(self) -> str:
        """The statement that counts them."""
        return _COUNT.format(self.source, " AND ".join(self.where))


class ReviewQueries:
    """Reading, over one reader's connection and on its thread. Every method raises `StorageError` where it cannot be read."""

    def __init__(self, reader: JournalReader, now: Callable[[], datetime] = utc_now) -> None:
        self._reader = reader
        self._now = now

    def page(self, filter: QueueFilter, cursor: Cursor | None = None, limit: int = 100) -> Page:  # noqa: A002 - its name
        """List parts in order of the queue; `cursor` is that of the page before."""
        asked = asked_of(filter)
        after = cursor or Cursor(-(2**62), 0)
        more = {"rank": after.rank, "part": after.part, "limit": limit + 1, "now": time_text(self._now())}
        found: set[tuple[int, int]] = set()
        with storage_errors(self._reader.path), self._reader.connection:  # one snapshot for all of it
            lead = self._lead(asked)
            for term in lead.terms:
                rows = self._rows(lead.page, {**asked.values, **more, "term": term})
                found |= {(rank, part) for rank, part in rows}
            ordered = sorted(found)
            parts = json.dumps([part for _, part in ordered[:limit]])
            items = tuple(item_from(row) for row in self._rows(_ITEMS.format(COLUMNS), {"parts": parts, **more}))
        return Page(items, Cursor(*ordered[limit - 1]) if len(ordered) > limit else None)

    def count(self, filter: QueueFilter) -> int:  # noqa: A002 - its name
        """Count the parts that a filter lets through, exactly."""
        asked = asked_of(filter)
        with storage_errors(self._reader.path), self._reader.connection:
            if not asked.spans and len(asked.groups) == 1 and len(asked.groups[0].terms) == 1:
                return self._size(asked, asked.groups[0])
            lead = self._lead(asked)
            if len(lead.terms) == 1:
                values = {**asked.values, "term": lead.terms[0]}
                return int(self._rows(lead.count, values)[0][0])
            parts: set[int] = set()
            for term in lead.terms:
                rows = self._rows(lead.all, {**asked.values, "term": term})
                parts |= {part for _, part in rows}
        return len(parts)

    def counts(self) -> QueueCounts:
        """Return how many parts wait, and by what."""
        with storage_errors(self._reader.path):
            rows = self._rows("SELECT open, term, parts FROM review_counts WHERE parts > 0", {})
        waiting = {term: parts for is_open, term, parts in rows if is_open}
        done = sum(parts for is_open, term, parts in rows if not is_open and term == "stage=done")
        stages = {Stage(name): parts for name, parts in _of(waiting, "stage").items()}
        return QueueCounts(
            open=sum(stages.values()),
            by_why={Why(name): parts for name, parts in _of(waiting, "why").items()},
            by_stage=stages | {Stage.DONE: done},
            by_class=_of(waiting, "class"),
            by_recipe=_of(waiting, "recipe"),
        )

    def item(self, uid: UUID) -> QueueItem | None:
        """Return a part of the queue, None where the queue never had it."""
        with storage_errors(self._reader.path):
            rows = self._rows(_ROW_OF, {"uid": str(uid)})
            return item_of(self._reader.connection, rows[0][0], self._now()) if rows else None

    def said_by(self, uid: UUID) -> frozenset[str]:
        """Return who has said a word on a part that stands, since it was last sent back."""
        with storage_errors(self._reader.path):
            rows = self._rows(_ROUND, {"uid": str(uid)})
            said = standing(self._reader.connection, *rows[0]) if rows else ()
        return frozenset(word.reviewer for word in said)

    def reviews(self, uid: UUID) -> tuple[ReviewRecord, ...]:
        """Return all that reviewers said of a part, oldest first, what they took back included."""
        with storage_errors(self._reader.path):
            return tuple(_review(row) for row in self._rows(_REVIEWS, {"uid": str(uid)}))

    def saved_views(self) -> tuple[SavedView, ...]:
        """List the saved filters by name."""
        with storage_errors(self._reader.path):
            rows = self._rows("SELECT name, filter, author, time FROM review_views ORDER BY name", {})
        return tuple(
            SavedView(name, filter_json.validate_json(text), author, datetime.fromisoformat(time))
            for name, text, author, time in rows
        )

    def golden_parts(self) -> tuple[GoldenPart, ...]:
        """List the parts whose answer is known, newest first."""
        with storage_errors(self._reader.path):
            rows = self._rows(_GOLDEN_PARTS, {})
        return tuple(
            GoldenPart(UUID(uid), VerdictKind(kind), author, datetime.fromisoformat(time))
            for uid, kind, author, time in rows
        )

    def golden_scores(self, since: datetime | None = None, until: datetime | None = None) -> tuple[GoldenAnswer, ...]:
        """Return what reviewers said of golden parts and stand by, oldest first, from `since` on and before `until`."""
        span = {"since": time_text(since) if since else "", "until": time_text(until) if until else BEYOND_ANY_TEXT}
        with storage_errors(self._reader.path):
            rows = self._rows(_GOLDEN_ANSWERS, span)
        return tuple(
            GoldenAnswer(
                UUID(uid),
                reviewer,
                datetime.fromisoformat(time),
                VerdictKind(known),
                VerdictKind(said) if said else None,
            )
            for uid, reviewer, time, known, said in rows
        )

    def golden_to_mix_in(self, filter: QueueFilter, reviewer: str, limit: int = 5) -> tuple[UUID, ...]:  # noqa: A002 - its name
        """Return golden parts that a filter would not give away, those first that the reviewer saw longest ago."""
        values = {"recipe": filter.recipe, "reviewer": reviewer, "limit": limit}
        with storage_errors(self._reader.path):
            return tuple(UUID(uid) for (uid,) in self._rows(_GOLDEN_FOR, values))

    def opinions(self, filter: QueueFilter) -> Iterator[Opinion]:  # noqa: A002 - its name
        """See `station.journal.review_opinions.opinions`."""
        return opinions(self._reader, filter)

    # How a filter is answered -----------------------------------------------------------------------------------------

    def _lead(self, asked: Asked) -> _Lead:
        """Choose what leads: the fewest parts, by what is kept of terms and by a bounded look at ranges."""
        groups = sorted(((self._size(asked, group), group) for group in asked.groups), key=lambda each: each[0])
        if groups and groups[0][0] == 0:
            return _Lead("", "q", (), ())
        fewest = groups[0][0] if groups else SORTED
        spans = sorted(((self._width(asked, span), span) for span in asked.spans), key=lambda each: each[0])
        where = ["q.open = :open", *asked.conditions, *(span.check for span in asked.spans)]
        if spans and spans[0][0] <= min(SORTED, fewest):
            where += [spans[0][1].condition, *(group.condition for _, group in groups if group.several)]
            return _Lead(f"review_queue q INDEXED BY {INDEXES[spans[0][1].column]}", "q", where, ("",))
        if not groups or fewest * len(groups[0][1].terms) > self._open(asked):
            where += [group.condition for _, group in groups if group.several]
            return _Lead("review_queue q", "q", where, ("",))
        where += ["t.open = :open", "t.term = :term", *(group.condition for _, group in groups[1:] if group.several)]
        return _Lead(_OF_A_TERM, "t", where, tuple(groups[0][1].terms.values()))

    def _size(self, asked: Asked, group: Group) -> int:
        """Return how many parts have the terms; one that has several counts for each."""
        return int(self._rows(_SIZE.format(group.marks), asked.values)[0][0])

    def _open(self, asked: Asked) -> int:
        """Return how many parts there are, of those that wait or of those that do not: each has one verdict."""
        return int(self._rows(_OPEN, asked.values)[0][0])

    def _width(self, asked: Asked, span: Span) -> int:
        """Return how many parts lie in a range, and no more than that they are too many."""
        statement = _WIDTH.format(INDEXES[span.column], span.condition, SORTED + 1)
        return int(self._rows(statement, asked.values)[0][0])

    def _rows(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return self._reader.connection.execute(statement, dict(values)).fetchall()


_ROW_OF = "SELECT q.part FROM review_queue q JOIN parts p ON p.id = q.part WHERE p.uid = :uid"
_ROUND = "SELECT q.part, q.round FROM review_queue q JOIN parts p ON p.id = q.part WHERE p.uid = :uid"
_REVIEWS = """
SELECT r.id, p.uid, r.reviewer, r.outcome, r.verdict, r.reasons, r.comment, r.time, r.stage,
    EXISTS (SELECT 1 FROM review_undos u WHERE u.id = r.id), r.golden IS NOT NULL
FROM parts p JOIN reviews r ON r.part = p.id WHERE p.uid = :uid ORDER BY r.id"""
_GOLDEN_PARTS = """
SELECT p.uid, g.verdict, g.author, g.time FROM golden_parts g JOIN parts p ON p.id = g.part ORDER BY g.time DESC"""
_GOLDEN_ANSWERS = """
SELECT p.uid, r.reviewer, r.time, r.golden, r.verdict FROM reviews r JOIN parts p ON p.id = r.part
WHERE r.golden IS NOT NULL AND r.time >= :since AND r.time < :until
    AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.id = r.id) ORDER BY r.id"""
_GOLDEN_FOR = """
SELECT p.uid FROM golden_parts g JOIN parts p ON p.id = g.part
WHERE :recipe IN ('', p.recipe_name) AND g.author <> :reviewer AND p.removal IS NULL
ORDER BY (SELECT max(r.id) FROM reviews r WHERE r.reviewer = :reviewer AND r.part = g.part AND r.golden IS NOT NULL), g.part
LIMIT :limit"""


_SIZE = "SELECT coalesce(sum(parts), 0) FROM review_counts WHERE open = :open AND term IN ({})"
_WIDTH = "SELECT count(*) FROM (SELECT 1 FROM review_queue q INDEXED BY {} WHERE q.open = :open AND {} LIMIT {})"
_OPEN = """
SELECT coalesce(sum(parts), 0) FROM review_counts
WHERE open = :open AND term IN ('verdict=OK', 'verdict=NG', 'verdict=NOT_DECIDABLE')"""
_OF_A_TERM = "review_terms t CROSS JOIN review_queue q ON (q.open, q.rank, q.part) = (t.open, t.rank, t.part)"
"""CROSS keeps the order of the joins: what leads must be read in order of the queue."""
_PLACES = "SELECT {}.rank, {}.part FROM {} WHERE {}"
_PAGE = "{} AND ({}.rank, {}.part) > (:rank, :part) ORDER BY {}.rank, {}.part LIMIT :limit"
_COUNT = "SELECT count(*) FROM {} WHERE {}"
_ITEMS = """
SELECT {} FROM json_each(:parts) AS wanted CROSS JOIN review_queue q ON q.part = wanted.value
CROSS JOIN parts p ON p.id = q.part ORDER BY wanted.key"""


def _of(counts: Mapping[str, int], kind: str) -> dict[str, int]:
    """Return the counts of one kind of term by its value."""
    begin = f"{kind}="
    return {term.removeprefix(begin): parts for term, parts in counts.items() if term.startswith(begin)}


def _review(row: tuple[Any, ...]) -> ReviewRecord:
    number, uid, reviewer, outcome, verdict, reasons, comment, time, stage, undone, golden = row
    return ReviewRecord(
        number,
        UUID(uid),
        reviewer,
        Outcome(outcome),
        VerdictKind(verdict) if verdict else None,
        tuple(Reason(reason) for reason in reasons.split()),
        comment,
        datetime.fromisoformat(time),
        Stage(stage),
        bool(undone),
        bool(golden),
    )
