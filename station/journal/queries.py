"""Questions to the journal, the same for its writer and for any number of readers beside it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import apsw

from labeling.codec import annotation_from_json
from models.prediction import Defect
from station.journal.connection import storage_errors
from station.journal.errors import StorageError
from station.journal.findings import unpack_findings
from station.journal.heat import unpack_heat
from station.journal.holds import is_of_lot
from station.journal.polygons import unpack
from station.journal.records import (
    Counts,
    Note,
    Page,
    PartRecord,
    PartSummary,
    RemovedPictures,
    Review,
    Sample,
    StoredAnnotation,
    register_id,
    time_text,
)
from station.line.inspection import (
    Author,
    BlobRef,
    Fault,
    FaultCode,
    Inspection,
    RecipeRef,
    ScoreLimits,
    Trigger,
    Verdict,
    VerdictKind,
    View,
)

_PAGE = """
SELECT uid, part_id, part_seq, inspection_id, time, recipe_name, verdict, by, score, reason, defects, model, author, labels
FROM parts WHERE id < ? ORDER BY id DESC LIMIT ?"""
_PAGE_OF_VERDICT = """
SELECT uid, part_id, part_seq, inspection_id, time, recipe_name, verdict, by, score, reason, defects, model, author, labels
FROM parts WHERE id < ? AND verdict = ? ORDER BY id DESC LIMIT ?"""
_TO_REVIEW = """
SELECT uid, part_id, part_seq, inspection_id, time, recipe_name, verdict, by, score, reason, defects, model, author, labels
FROM parts WHERE review = 'pending' ORDER BY time, id LIMIT ?"""
_PART = """
SELECT id, uid, inspection_id, acquisition_id, part_seq, part_id, encoder, time, monotonic_ns,
    recipe_name, recipe_version, recipe_sha256, cycle_ms, review FROM parts WHERE uid = ?"""
_VIEWS = """
SELECT v.position, name, camera, frame_id, width, height, pixel_format, i.sha256, i.size_bytes, i.media_type,
    p.sha256, p.size_bytes, p.media_type, model_name, model_version, model_sha256, score,
    fault_code, fault_source, fault_text, chunk, low, high, outlined_from, defects_left_out, heat, truth
FROM views v LEFT JOIN blobs i ON i.sha256 = v.image LEFT JOIN blobs p ON p.sha256 = v.preview
LEFT JOIN heat_maps h ON h.part = v.part AND h.view = v.position
LEFT JOIN truth t ON t.part = v.part AND t.view = v.position WHERE v.part = ? ORDER BY v.position"""
_DEFECTS = "SELECT view, class, score, shape FROM defects WHERE part = ? ORDER BY view, position"
_VERDICTS = "SELECT kind, by, author, reason, time, findings FROM verdicts WHERE part = ? ORDER BY id"
_SUMMARY = """
SELECT uid, part_id, part_seq, inspection_id, time, recipe_name, verdict, by, score, reason, defects, model, author, labels
FROM parts WHERE uid = ?"""
_VERDICTS_OF = """
SELECT kind, v.by, v.author, v.reason, v.time, findings FROM verdicts v JOIN parts ON parts.id = v.part
WHERE uid = ? ORDER BY v.id"""
_SAMPLES = """
SELECT id, s.sha256, size_bytes, media_type, pixel_format, label, source, part_uid, recipe, time
FROM samples s JOIN blobs USING (sha256) WHERE recipe = ?1 AND label = coalesce(?2, label) ORDER BY id"""
_ANNOTATIONS = """
SELECT name, annotation, time FROM annotations a JOIN views v ON v.part = a.part AND v.position = a.view
WHERE a.part = ? ORDER BY a.id"""
_NOTES = "SELECT id, author, text, time FROM notes WHERE id < ? ORDER BY id DESC LIMIT ?"
_BEYOND_ANY_ROW = 2**63 - 1


_REMOVED = """
SELECT r.why, r.author, r.reason, r.begun FROM removals r JOIN parts ON parts.removal = r.id WHERE parts.id = ?"""
_REMOVED_PICTURE = """
SELECT why, author, reason, begun FROM removals r JOIN removed_blobs ON removed_blobs.removal = r.id WHERE sha256 = ?"""


_WITH_PICTURES = """
SELECT count(*) FROM parts INDEXED BY parts_with_pictures WHERE verdict = ? AND removal IS NULL AND time < ?"""
_OF_LOT = "SELECT uid, part_id FROM parts WHERE substr(part_id, 1, length(?1)) = ?1 ORDER BY id"


class JournalQueries:
    """Reading, over one connection; a class of its own because the writer and the readers both can."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def parts(self, *, verdict: VerdictKind | None = None, limit: int = 50, after: UUID | None = None) -> Page:
        """List parts, newest first; `after` is the last part of the page before.

        The page is found by key, so that the last of ten million costs no more than the first.

        Raises
        ------
        StorageError
            If `after` is not in the journal, or the journal cannot be read.
        """
        with storage_errors(self._path):
            before = _BEYOND_ANY_ROW if after is None else self._row_of(after)
            if verdict is None:
                rows = self._rows(_PAGE, before, limit + 1)
            else:
                rows = self._rows(_PAGE_OF_VERDICT, before, verdict.value, limit + 1)
        found = tuple(_summary(row) for row in rows[:limit])
        return Page(found, found[-1].uid if found and len(rows) > limit else None)

    def summary(self, uid: UUID) -> PartSummary | None:
        """Return a part as lists show it, None when the journal has no such part."""
        with storage_errors(self._path):
            rows = self._rows(_SUMMARY, str(uid))
        return _summary(rows[0]) if rows else None

    def verdicts(self, uid: UUID) -> tuple[Verdict, ...]:
        """Return every verdict of a part, oldest first; none when the journal has no such part."""
        with storage_errors(self._path):
            return tuple(_verdict(row) for row in self._rows(_VERDICTS_OF, str(uid)))

    def to_review(self, limit: int = 50) -> tuple[PartSummary, ...]:
        """List the parts a person has to look at, oldest first."""
        with storage_errors(self._path):
            rows = self._rows(_TO_REVIEW, limit)
        return tuple(_summary(row) for row in rows)

    def part(self, uid: UUID) -> PartRecord | None:
        """Return everything known about a part, None when the journal has no such part."""
        with storage_errors(self._path), self._connection:  # one snapshot for all tables
            row = self._connection.execute(_PART, (str(uid),)).fetchone()
            if row is None:
                return None
            part, *values, cycle_ms, review = row
            verdicts = tuple(_verdict(row) for row in self._rows(_VERDICTS, part))
            views = self._views(part)
            removed = [_removed(row) for row in self._rows(_REMOVED, part)]
        inspection = Inspection(_trigger(values[:8]), RecipeRef(*values[8:]), views, verdicts[-1], cycle_ms)
        return PartRecord(inspection, verdicts, Review(review), removed[0] if removed else None)

    def parts_of_lot(self, lot: str) -> tuple[UUID, ...]:
        """List the parts whose id is of a lot, the oldest first; looks at every part there is."""
        with storage_errors(self._path):
            return tuple(UUID(uid) for uid, part_id in self._rows(_OF_LOT, lot) if is_of_lot(part_id, lot))

    def parts_with_pictures(self, verdict: VerdictKind, before: datetime) -> int:
        """Count the parts of a verdict that were triggered before and have their pictures."""
        with storage_errors(self._path):
            ((count,),) = self._rows(_WITH_PICTURES, verdict.value, time_text(before))
        return int(count)

    def files_to_unlink(self) -> int:
        """Count the files that are removed on record and still to be unlinked."""
        with storage_errors(self._path):
            ((count,),) = self._rows("SELECT count(*) FROM removed_blobs WHERE unlinked = 0")
        return int(count)

    def standing_holds(self) -> int:
        """Count the legal holds that stand."""
        with storage_errors(self._path):
            ((count,),) = self._rows("SELECT count(*) FROM holds WHERE ended = ''")
        return int(count)

    def why_removed(self, sha256: str) -> str:
        """Say why a picture is not there any more; empty where it was not removed."""
        with storage_errors(self._path):
            rows = self._rows(_REMOVED_PICTURE, sha256)
        return _removed(rows[0]).words if rows else ""

    def counts(self) -> Counts:
        """Return the totals, out of the rollup: the same cost for ten parts and ten million."""
        with storage_errors(self._path), self._connection:
            by_verdict: dict[str, int] = dict(self._rows("SELECT verdict, sum(parts) FROM rollup GROUP BY verdict"))
            ((blobs,),) = self._rows("SELECT value FROM counters WHERE name = 'blobs'")
        ok, ng, undecided = (by_verdict.get(kind.value, 0) for kind in VerdictKind)
        return Counts(ok + ng + undecided, ok, ng, undecided, blobs)

    def last_inspection_id(self) -> int:
        """Return the highest inspection id on record, 0 when there is none."""
        with storage_errors(self._path):
            ((highest,),) = self._rows("SELECT coalesce(max(inspection_id), 0) FROM parts")
        return int(highest)

    def samples(self, recipe: str, label: str | None = None) -> tuple[Sample, ...]:
        """List the labelled pictures of a recipe, oldest first."""
        with storage_errors(self._path):
            return tuple(_sample(row) for row in self._rows(_SAMPLES, recipe, label))

    def annotations(self, uid: UUID) -> tuple[StoredAnnotation, ...]:
        """Return all revisions of what people said of a part's views, oldest first; the last of a view is its newest.

        Raises
        ------
        StorageError
            If there is no such part, or the journal cannot be read.
        """
        with storage_errors(self._path):
            rows = self._rows(_ANNOTATIONS, self._row_of(uid))
        try:
            return tuple(_annotation(row) for row in rows)
        except ValueError as error:
            raise StorageError(f"{self._path}: part {uid}: {error}; restore the journal from a backup") from error

    def notes(self, *, limit: int = 50, before: int | None = None) -> tuple[Note, ...]:
        """List hand-over notes, newest first; `before` is the number of the last one of the page before."""
        with storage_errors(self._path):
            rows = self._rows(_NOTES, _BEYOND_ANY_ROW if before is None else before, limit)
        return tuple(Note(number, author, text, datetime.fromisoformat(time)) for number, author, text, time in rows)

    def answer_of(self, key: UUID) -> str | None:
        """Return what a command was answered, None when it had no effect yet."""
        with storage_errors(self._path):
            return self._answer_of(key)

    def meta(self, key: str) -> str | None:
        """Return one fact about the journal itself."""
        with storage_errors(self._path):
            rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def _views(self, part: int) -> tuple[View, ...]:
        defects: dict[int, list[Defect]] = {}
        for view, name, score, shape in self._rows(_DEFECTS, part):
            defects.setdefault(view, []).append(Defect(name, score, unpack(shape)))
        return tuple(_view(row, tuple(defects.get(row[0], ()))) for row in self._rows(_VIEWS, part))

    def _answer_of(self, key: UUID) -> str | None:
        rows = self._rows("SELECT answer FROM commands WHERE key = ?", str(key))
        return str(rows[0][0]) if rows else None

    def _row_of(self, uid: UUID) -> int:
        rows = self._rows("SELECT id FROM parts WHERE uid = ?", str(uid))
        if not rows:
            raise StorageError(f"{self._path}: there is no part {uid}; take the uid from `station parts`")
        return int(rows[0][0])

    def _rows(self, statement: str, *values: str | int | None) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()


def _removed(row: tuple[Any, ...]) -> RemovedPictures:
    why, author, reason, time = row
    return RemovedPictures(why, author, reason, datetime.fromisoformat(time))


def _summary(row: tuple[Any, ...]) -> PartSummary:
    uid, part_id, part_seq, inspection_id, time, recipe, verdict, by, *rest = row
    return PartSummary(
        UUID(uid),
        part_id,
        part_seq,
        register_id(inspection_id),
        datetime.fromisoformat(time),
        recipe,
        VerdictKind(verdict),
        Author(by),
        *rest,
    )


def _trigger(row: list[Any]) -> Trigger:
    uid, inspection_id, acquisition_id, part_seq, part_id, encoder, time, monotonic_ns = row
    return Trigger(
        UUID(uid), inspection_id, acquisition_id, part_seq, part_id, encoder, datetime.fromisoformat(time), monotonic_ns
    )


def _verdict(row: tuple[Any, ...]) -> Verdict:
    kind, by, author, reason, time, findings = row
    found = unpack_findings(findings)
    return Verdict(VerdictKind(kind), Author(by), reason, datetime.fromisoformat(time), author, found)


def _sample(row: tuple[Any, ...]) -> Sample:
    number, sha256, size_bytes, media_type, pixel_format, label, source, part_uid, recipe, time = row
    uid = UUID(part_uid) if part_uid else None
    image = BlobRef(sha256, size_bytes, media_type)
    return Sample(number, image, pixel_format, label, source, uid, recipe, datetime.fromisoformat(time))


def _annotation(row: tuple[Any, ...]) -> StoredAnnotation:
    view, annotation, time = row
    return StoredAnnotation(view, annotation_from_json(json.loads(annotation)), datetime.fromisoformat(time))


def _view(row: tuple[Any, ...], defects: tuple[Defect, ...]) -> View:
    _, name, camera, frame_id, width, height, pixel_format, *blobs = row[:13]
    model_name, model_version, model_sha256, score, fault_code, fault_source, fault_text, chunk = row[13:21]
    low, high, outlined_from, left_out, heat, truth = row[21:]
    image, preview = (BlobRef(*ref) if ref[0] else None for ref in (blobs[:3], blobs[3:]))
    fault = Fault(FaultCode(fault_code), fault_source, fault_text) if fault_code else None
    return View(
        name,
        camera,
        frame_id,
        width,
        height,
        pixel_format,
        image,
        preview,
        model_name,
        model_version,
        model_sha256,
        score,
        defects,
        fault,
        json.loads(chunk),
        truth,
        unpack_heat(heat) if heat is not None else None,
        None if low is None or high is None else ScoreLimits(low, high, outlined_from),
        left_out,
    )
