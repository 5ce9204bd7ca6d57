"""A result as other systems get it: one JSON object, and its plain fields by name for those that take only values."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from station.delivery.fields import Value
from station.journal.result_queries import VerdictRow, ViewDefect
from station.line.inspection import VerdictKind

PixelSize = Callable[[str, str], float | None]
"""Gives micrometres a pixel of a recipe by name and SHA-256, None where it is not known."""

NO_SCORE = -1.0
"""Stands for a score where no model gave one and the receiver knows no null."""

_EVALUATIONS = {VerdictKind.OK: 1, VerdictKind.NG: 2, VerdictKind.NOT_DECIDABLE: 3}
"""As OPC 40001-101 counts them."""


@dataclass(frozen=True, slots=True)
class Message:
    """One result on its way: the same whenever it is sent. `time` is when the verdict was given."""

    number: int
    result_id: str
    time: datetime
    fields: Mapping[str, Value]
    body: bytes


def make_message(row: VerdictRow, station: str, pixel_size: PixelSize) -> Message:
    """Put a verdict and its part into words; lengths are in millimetres where the recipe's scale is known."""
    scale_um = pixel_size(row.recipe.name, row.recipe.sha256)
    plain: dict[str, Value] = {
        "result_id": row.result_id,
        "sequence": row.number,
        "supersedes": row.supersedes,
        "station": station,
        "part_id": row.part_id,
        "part_uid": str(row.uid),
        "verdict": row.kind.value,
        "evaluation": _EVALUATIONS[row.kind],
        "final": row.kind is not VerdictKind.NOT_DECIDABLE or row.faulty,
        "reason": row.reason,
        "by": row.by.value,
        "author": row.author,
        "worst_class": row.worst_class,
        "model": row.model,
        "recipe": row.recipe.name,
        "recipe_version": row.recipe.version,
        "recipe_sha256": row.recipe.sha256,
        "cycle_ms": row.cycle_ms,
    }
    whole: dict[str, Any] = plain | {
        "score": row.score,
        "time": _utc(row.time),
        "part_time": _utc(row.part_time),
        "defects": [_defect(found, scale_um) for found in row.defects],
        "pictures": [{"view": p.view, "media_type": p.media_type, "sha256": p.sha256} for p in row.pictures],
        "models": [{"view": m.view, "name": m.name, "version": m.version, "sha256": m.sha256} for m in row.models],
    }
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    fields: dict[str, Value] = {
        **plain,
        "score": NO_SCORE if row.score is None else row.score,
        "defect_count": len(row.defects),
        "time": row.time,
        "part_time": row.part_time,
        "json": text,
    }
    return Message(row.number, row.result_id, row.time, fields, text.encode())


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _defect(found: ViewDefect, scale_um: float | None) -> dict[str, Any]:
    left, top, right, bottom = (float(side) for side in found.defect.shape.bounds)
    width, height = right - left, bottom - top
    return {
        "class": found.defect.class_name,
        "view": found.view,
        "score": found.defect.score,
        "x_px": (left + right) / 2,
        "y_px": (top + bottom) / 2,
        "width_px": width,
        "height_px": height,
        "length_mm": None if scale_um is None else max(width, height) * scale_um / 1000,
    }
