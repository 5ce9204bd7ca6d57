"""Keeps the review queue: what of a part's records puts it there, and by what it can be found. In the caller's transaction.

`refresh` reads what is on record of a part and writes its row and its terms anew; whatever changes a part calls it.
"""

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import apsw
import numpy as np

from labeling.annotation import Annotation, is_model
from labeling.codec import annotation_from_json
from station.journal.connection import storage_errors, transaction
from station.journal.records import judgement
from station.line.inspection import Author, Inspection, VerdictKind
from station.review.drift import Baseline
from station.review.priority import Judged, priority
from station.review.queue import Outcome, Stage, Why
from station.review.rules import ReviewRules, Said, stage_after

BITS: Mapping[Why, int] = MappingProxyType({why: 1 << number for number, why in enumerate(Why)})
_SETTLED = 1 << 30
"""Beside the reasons in `drawn`: since the label was doubted, QA has decided the part outside of the review."""

FILLED_AT_ONCE = 500
_FILLED = "SELECT value FROM meta WHERE key = 'review_filled'"
_SET_FILLED = "INSERT INTO meta (key, value) VALUES ('review_filled', ?1) ON CONFLICT DO UPDATE SET value = ?1"
_TO_FILL = "SELECT id FROM parts WHERE id > ? AND (verdict <> 'OK' OR by <> 'rules') ORDER BY id LIMIT ?"
_PART = "SELECT uid, time, part_id, recipe_name, verdict, score, removal IS NOT NULL FROM parts WHERE id = ?"
_ROW = "SELECT drawn, round, shift FROM review_queue WHERE part = ?"
_REMOVED = "SELECT 1 FROM parts WHERE id = ? AND removal IS NOT NULL"
_DOUBT = "UPDATE review_queue SET drawn = drawn | ?2, round = round + (stage = 'done') WHERE part = ?1"
_SETTLE = "UPDATE review_queue SET drawn = drawn | ?2 WHERE part = ?1 AND drawn & ?3"
_VERDICTS = "SELECT id, kind, by, author FROM verdicts WHERE part = ? ORDER BY id"
_VIEWS = "SELECT camera, model_name, model_version, score, low, high FROM views WHERE part = ? ORDER BY position"
_DEFECTS = "SELECT class, shape FROM defects WHERE part = ?"
_NEWEST = """
SELECT author, classes, size_px, CASE WHEN classes IS NULL THEN annotation END
FROM annotations a LEFT JOIN annotation_looks looks ON looks.uid = a.uid WHERE part = ?
    AND NOT EXISTS (SELECT 1 FROM annotations next WHERE next.parent = a.uid)"""
_KEEP_LOOKS = "INSERT INTO annotation_looks (uid, classes, size_px) VALUES (?, ?, ?)"
_ANNOTATORS = "SELECT DISTINCT author FROM annotations WHERE part = ?"
_STANDING = """
SELECT reviewer, outcome, verdict, stage FROM reviews WHERE part = ? AND round = ? AND golden IS NULL
    AND NOT EXISTS (SELECT 1 FROM review_undos u WHERE u.id = reviews.id) ORDER BY id"""
_OF_THE_REVIEW = """
SELECT 1 FROM reviews WHERE part = ?1 AND gave = ?2 UNION ALL
SELECT 1 FROM reviews r JOIN review_undos u ON u.id = r.id WHERE r.part = ?1 AND u.gave = ?2"""
_CLASS_COUNT = "SELECT coalesce(sum(parts), 0) FROM review_counts WHERE open IN (0, 1) AND term = ?"
_SET_ROW = """
INSERT INTO review_queue (part, open, rank, whys, shift, score, size_px, stage, verdict, recipe, time, lot, terms, drawn)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (part) DO UPDATE
    SET open = ?2, rank = ?3, whys = ?4, score = ?6, size_px = ?7, stage = ?8, verdict = ?9, terms = ?13"""
_TERMS = "SELECT open, rank, terms FROM review_queue WHERE part = ?"
_BASELINE = "SELECT parts, mean, variance FROM review_baselines WHERE recipe = ? AND model = ?"
_SET_BASELINE = """
INSERT INTO review_baselines (recipe, model, parts, mean, variance) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO UPDATE SET parts = ?3, mean = ?4, variance = ?5"""


def whys_of(bits: int) -> tuple[Why, ...]:
    """Return what the bits stand for."""
    return tuple(why for why, bit in BITS.items() if bits & bit)


def bits_of(whys: Iterable[Why]) -> int:
    """Return the bits of reasons."""
    return sum({BITS[why] for why in whys})


def term_of(kind: str, name: str) -> str:
    """Return what parts are found by; a line break separates terms, so that none may hold one."""
    return f"{kind}={name}".replace("\n", " ")


def enqueue(connection: apsw.Connection, part: int, inspection: Inspection, rules: ReviewRules) -> None:
    """Put a part that was just recorded into the queue, where it belongs there."""
    drawn = {Why.AUDIT} if rules.audits(inspection.trigger.uid) else set()
    if inspection.verdict.kind is VerdictKind.OK and _is_unlike(connection, inspection, rules.drift_sigmas):
        drawn.add(Why.DRIFT)
    if drawn or inspection.verdict.kind is not VerdictKind.OK:
        refresh(connection, part, rules, drawn=bits_of(drawn))


def fill_queue(connection: apsw.Connection, path: Path, rules: ReviewRules) -> None:
    """Put into the queue what was recorded before there was one; a fill that was cut off goes on where it ended."""
    with storage_errors(path):
        row: Any = connection.execute(_FILLED).fetchone()
    after = int(row[0]) if row else 0
    while after >= 0:
        with transaction(connection, path):
            parts: list[Any] = connection.execute(_TO_FILL, (after, FILLED_AT_ONCE)).fetchall()
            for (part,) in parts:
                refresh(connection, part, rules)
            after = parts[-1][0] if parts else -1
            connection.execute(_SET_FILLED, (str(after),))


def refresh(connection: apsw.Connection, part: int, rules: ReviewRules, *, drawn: int = 0) -> Stage | None:
    """Write what the queue says of a part anew; return what it waits for, None where the queue does not have it.

    Parameters
    ----------
    drawn
        Why it was drawn, where it is not in the queue yet.
    """
    found = _Record(connection, part, rules, drawn)
    stage = found.stage()
    whys = found.whys(stage)
    if not whys and not found.known and stage is Stage.FIRST:
        return None
    is_open = int(stage is not Stage.DONE)
    judged = [Judged(*view[3:]) for view in found.views]
    counts = [_class_count(connection, name) for name in found.classes]
    rank = -priority(judged, counts, whys, stage)
    row = (part, is_open, rank, bits_of(whys), found.shift, found.score, found.size_px, stage.value)
    terms = found.terms(whys, stage)
    before = _terms_before(connection, part)
    text = "\n".join(("", *sorted(terms), ""))
    connection.execute(_SET_ROW, (*row, found.verdict, found.recipe, found.time, found.lot, text, found.drawn))
    _set_terms(connection, part, before, {(is_open, rank, term) for term in terms})
    return stage


def doubt(connection: apsw.Connection, part: int, rules: ReviewRules) -> bool:
    """Put a part into the queue, reviewed before or not, since its label is in doubt; False where that cannot be done.

    It is done once for a part, for a reviewer's word ends the doubt; and never where its pictures were removed.
    """
    row: Any = connection.execute(_ROW, (part,)).fetchone()
    if (row and row[0] & BITS[Why.DOUBTED]) or connection.execute(_REMOVED, (part,)).fetchone():
        return False
    if row:
        connection.execute(_DOUBT, (part, BITS[Why.DOUBTED]))
    refresh(connection, part, rules, drawn=BITS[Why.DOUBTED])
    return True


def settle_doubt(connection: apsw.Connection, part: int) -> None:
    """Note that QA decides a part outside of the review: that ends a doubt as a reviewer's word does."""
    connection.execute(_SETTLE, (part, _SETTLED, BITS[Why.DOUBTED]))


class _Record:
    """What is on record of a part, as far as the queue asks."""

    def __init__(self, connection: apsw.Connection, part: int, rules: ReviewRules, drawn: int) -> None:
        self._rules = rules
        row: Any = connection.execute(_PART, (part,)).fetchone()
        self._uid, self.time, self.lot, self.recipe, self.verdict, self.score, self._removed = row
        row = connection.execute(_ROW, (part,)).fetchone()
        self.known = row is not None
        known: tuple[int, int, int] = row or (drawn, 1, 0)
        self.drawn, self.round = known[:2]
        self.shift = known[2] or rules.shift_of(datetime.fromisoformat(self.time))
        self._verdicts: list[Any] = connection.execute(_VERDICTS, (part,)).fetchall()
        self.views: list[Any] = connection.execute(_VIEWS, (part,)).fetchall()
        self.said = standing(connection, part, self.round)
        last, _, by, _ = self._verdicts[-1]
        self._decided_elsewhere = (
            by == Author.QA.value
            and self.drawn & (BITS[Why.DOUBTED] | _SETTLED) != BITS[Why.DOUBTED]  # the doubt is about that verdict
            and not connection.execute(_OF_THE_REVIEW, (part, last)).fetchone()
        )
        looks = _looks(connection, part)
        self.classes, self.size_px, self._annotators = looks.classes, looks.size_px, looks.annotators

    def stage(self) -> Stage:
        """Return what the part waits for: nothing, where its pictures were removed."""
        if self._decided_elsewhere or self._removed:
            return Stage.DONE
        return stage_after(self.said, self._rules.opinions_wanted(UUID(self._uid)))[0]

    def whys(self, stage: Stage) -> frozenset[Why]:
        """Return what puts the part into the queue."""
        kinds = {self._verdicts[0][1], self.verdict}
        found = set(whys_of(self.drawn))
        found |= {Why.NG} if VerdictKind.NG.value in kinds else set()
        found |= {Why.NOT_DECIDABLE} if VerdictKind.NOT_DECIDABLE.value in kinds else set()
        found |= {Why.SECOND_OPINION} if stage is Stage.SECOND else set()
        found |= {Why.DISAGREEMENT} if self._differ() else set()
        return frozenset(found)

    def _differ(self) -> bool:
        """Whether somebody opposes the model, or two people each other."""
        said = {author: kind for _, kind, by, author in self._verdicts if by != Author.RULES.value}
        said |= {word.reviewer: word.verdict.value for word in self.said if word.verdict is not None}
        first = self._verdicts[0]
        if first[2] == Author.RULES.value:
            said[""] = first[1]
        return len(set(said.values()) - {VerdictKind.NOT_DECIDABLE.value}) > 1

    def terms(self, whys: frozenset[Why], stage: Stage) -> set[str]:
        """Return all the part can be found by."""
        people = {author for _, _, by, author in self._verdicts if by != Author.RULES.value} | self._annotators
        return {
            term_of("verdict", self.verdict),
            term_of("recipe", self.recipe),
            term_of("shift", str(self.shift)),
            term_of("stage", stage.value),
            *(term_of("why", why.value) for why in whys),
            *(term_of("class", name) for name in self.classes),
            *(term_of("camera", view[0]) for view in self.views),
            *(term_of("model", f"{view[1]}/{view[2]}") for view in self.views if view[1]),
            *(term_of("operator", name) for name in people),
        }


def standing(connection: apsw.Connection, part: int, round_number: int) -> tuple[Said, ...]:
    """Return what reviewers said of a part in a round and have not taken back, in order."""
    rows: list[Any] = connection.execute(_STANDING, (part, round_number)).fetchall()
    return tuple(
        Said(reviewer, Outcome(outcome), VerdictKind(verdict) if verdict else None, Stage(stage))
        for reviewer, outcome, verdict, stage in rows
    )


@dataclass(frozen=True, slots=True)
class _Looks:
    """What model and people drew."""

    classes: frozenset[str]
    size_px: float | None
    annotators: frozenset[str]


def _looks(connection: apsw.Connection, part: int) -> _Looks:
    classes, sizes = set(), []
    for name, shape in connection.execute(_DEFECTS, (part,)):
        classes.add(str(name))
        sizes.append(_packed_size(shape))
    for author, names, size, text in connection.execute(_NEWEST, (part,)):
        if not is_model(str(author)):
            known = (json.loads(names), size) if names else _looks_of(annotation_from_json(json.loads(text)))
            classes.update(known[0])
            sizes += [] if known[1] is None else [known[1]]
    authors: list[Any] = connection.execute(_ANNOTATORS, (part,)).fetchall()
    people = frozenset(author for (author,) in authors if not is_model(author))
    return _Looks(frozenset(classes), max(sizes, default=None), people)


def keep_looks(connection: apsw.Connection, annotation: Annotation) -> None:
    """Note what the queue will ask of an annotation that was just inserted: reading it again takes time at every change."""
    classes, size_px = _looks_of(annotation)
    connection.execute(_KEEP_LOOKS, (str(annotation.uid), json.dumps(classes), size_px))


def _looks_of(annotation: Annotation) -> tuple[list[str], float | None]:
    classes = dict.fromkeys((*(label.class_name for label in annotation.labels), *annotation.tags))
    sizes = (_longer_side(*label.shape.bounds) for label in annotation.labels)
    return list(classes), max(sizes, default=None)


def _packed_size(shape: bytes) -> float:
    """Return the size of an outline as `station.journal.polygons` packs it, without making a polygon of it."""
    rings, points = struct.unpack_from("<2I", shape)
    outline = np.frombuffer(shape, "<f8", count=2 * points, offset=4 * (rings + 1)).reshape(-1, 2)
    return _longer_side(*outline.min(axis=0), *outline.max(axis=0))


def _longer_side(left: float, top: float, right: float, bottom: float) -> float:
    return float(max(right - left, bottom - top))


def _class_count(connection: apsw.Connection, name: str) -> int:
    row: Any = connection.execute(_CLASS_COUNT, (term_of("class", name),)).fetchone()
    return int(row[0])


_Terms = set[tuple[int, int, str]]


def _terms_before(connection: apsw.Connection, part: int) -> _Terms:
    row: Any = connection.execute(_TERMS, (part,)).fetchone()
    return {(row[0], row[1], term) for term in row[2].strip("\n").split("\n")} if row else set()


def _set_terms(connection: apsw.Connection, part: int, present: _Terms, wanted: _Terms) -> None:
    gone, new = [(*term, part) for term in present - wanted], [(*term, part) for term in sorted(wanted - present)]
    if gone:
        connection.executemany("DELETE FROM review_terms WHERE open = ? AND rank = ? AND term = ? AND part = ?", gone)
    connection.executemany("INSERT INTO review_terms (open, rank, term, part) VALUES (?, ?, ?, ?)", new)


def _is_unlike(connection: apsw.Connection, inspection: Inspection, sigmas: float) -> bool:
    """Whether a good part's score is to be looked at; it becomes one of those that later ones are held against."""
    total = judgement(inspection.views)
    if total.score is None or sigmas <= 0:
        return False
    key = (inspection.recipe.name, total.model)
    row: Any = connection.execute(_BASELINE, key).fetchone()
    baseline = Baseline(*row) if row else Baseline()
    after = baseline.with_score(total.score)
    connection.execute(_SET_BASELINE, (*key, after.parts, after.mean, after.variance))
    return baseline.unlike(total.score, sigmas)
