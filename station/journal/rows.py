"""The statements that write a part; each runs in the caller's transaction."""

import json
from collections.abc import Iterable

import apsw

from station.journal.findings import pack_findings
from station.journal.heat import pack_heat
from station.journal.polygons import pack
from station.journal.records import Review, judgement, time_text
from station.line.inspection import BlobRef, Inspection, Verdict, VerdictKind, View

_PART = """
INSERT INTO parts (uid, inspection_id, acquisition_id, part_seq, part_id, encoder, time, monotonic_ns,
    recipe_name, recipe_version, recipe_sha256, verdict, by, author, reason,
    score, defects, worst_class, model, cycle_ms, review)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING"""
_VIEW = """
INSERT INTO views (part, position, name, camera, frame_id, width, height, pixel_format, image, preview,
    model_name, model_version, model_sha256, score, fault_code, fault_source, fault_text, chunk,
    low, high, outlined_from, defects_left_out)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_HEAT = "INSERT INTO heat_maps (part, view, heat) VALUES (?, ?, ?)"
_DEFECT = "INSERT INTO defects (part, view, position, class, score, shape) VALUES (?, ?, ?, ?, ?, ?)"
_TRUTH = "INSERT INTO truth (part, view, truth) VALUES (?, ?, ?)"
_VERDICT = "INSERT INTO verdicts (part, kind, by, author, reason, time, findings) VALUES (?, ?, ?, ?, ?, ?, ?)"
_BLOB = "INSERT INTO blobs (sha256, size_bytes, media_type) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ROLLUP = """
INSERT INTO rollup (hour, recipe, verdict, parts) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO UPDATE SET parts = parts + ?4"""


def insert_part(connection: apsw.Connection, inspection: Inspection) -> int | None:
    """Insert a part with its views and verdict; return its row, None when its uid is on record already."""
    part = _insert_summary(connection, inspection)
    if part is None:
        return None
    insert_blobs(connection, (ref for view in inspection.views for ref in (view.image, view.preview) if ref))
    for position, view in enumerate(inspection.views):
        _insert_view(connection, part, position, view)
    insert_verdict(connection, part, inspection.verdict)
    count(connection, time_text(inspection.trigger.time), inspection.recipe.name, inspection.verdict.kind, 1)
    return part


def insert_blobs(connection: apsw.Connection, refs: Iterable[BlobRef]) -> None:
    """Name stored files; one that is known already stays as it is."""
    connection.executemany(_BLOB, [(ref.sha256, ref.size_bytes, ref.media_type) for ref in refs])


def insert_verdict(connection: apsw.Connection, part: int, verdict: Verdict) -> None:
    """Add a verdict to those a part has."""
    values = (verdict.kind.value, verdict.by.value, verdict.author, verdict.reason, time_text(verdict.time))
    connection.execute(_VERDICT, (part, *values, pack_findings(verdict.findings)))


def count(connection: apsw.Connection, time: str, recipe: str, kind: VerdictKind, change: int) -> None:
    """Keep the rollup of the part's hour."""
    connection.execute(_ROLLUP, (time[: len("2026-01-31T23")], recipe, kind.value, change))


def _insert_summary(connection: apsw.Connection, inspection: Inspection) -> int | None:
    trigger, recipe, verdict = inspection.trigger, inspection.recipe, inspection.verdict
    total = judgement(inspection.views)
    review = Review.NONE if verdict.kind is VerdictKind.OK else Review.PENDING
    values = (
        *(str(trigger.uid), trigger.inspection_id, trigger.acquisition_id, trigger.part_seq, trigger.part_id),
        *(trigger.encoder, time_text(trigger.time), trigger.monotonic_ns),
        *(recipe.name, recipe.version, recipe.sha256),
        *(verdict.kind.value, verdict.by.value, verdict.author, verdict.reason),
        *(total.score, total.defects, total.worst_class, total.model, inspection.cycle_ms, review.value),
    )
    connection.execute(_PART, values)
    return connection.last_insert_rowid() if connection.changes() else None


def _insert_view(connection: apsw.Connection, part: int, position: int, view: View) -> None:
    image, preview = (ref.sha256 if ref else None for ref in (view.image, view.preview))
    fault = (view.fault.code.value, view.fault.source, view.fault.text) if view.fault else (None, None, None)
    values = (
        *(part, position, view.name, view.camera, view.frame_id, view.width, view.height, view.pixel_format),
        *(image, preview, view.model_name, view.model_version, view.model_sha256, view.score),
        *fault,
        json.dumps(dict(view.chunk), ensure_ascii=False),
        *((view.limits.low, view.limits.high, view.limits.outlined_from) if view.limits else (None, None, None)),
        view.defects_left_out,
    )
    connection.execute(_VIEW, values)
    defects = [(defect.class_name, defect.score, pack(defect.shape)) for defect in view.defects]
    connection.executemany(_DEFECT, [(part, position, number, *defect) for number, defect in enumerate(defects)])
    if view.heat_map is not None and view.heat_map.size:
        connection.execute(_HEAT, (part, position, pack_heat(view.heat_map)))
    if view.truth is not None:
        connection.execute(_TRUTH, (part, position, view.truth))
