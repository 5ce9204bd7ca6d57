"""The plain fields of a result, for those that take only values: what a configuration can map."""

from collections.abc import Mapping
from datetime import datetime

Value = str | int | float | bool | datetime

FIELDS: Mapping[str, type] = {
    "result_id": str,
    "sequence": int,
    "supersedes": str,
    "station": str,
    "part_id": str,
    "part_uid": str,
    "verdict": str,
    "evaluation": int,
    "final": bool,
    "reason": str,
    "by": str,
    "author": str,
    "score": float,
    "defect_count": int,
    "worst_class": str,
    "model": str,
    "recipe": str,
    "recipe_version": int,
    "recipe_sha256": str,
    "time": datetime,
    "part_time": datetime,
    "cycle_ms": int,
    "json": str,
}
"""The plain fields and their types; `json` is the whole object as text."""
