"""Findings as JSON, in the journal and wherever a part is shown; what is empty is left out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from math import isfinite
from typing import Any

from station.journal.errors import StorageError
from station.line.inspection import Finding, FindingKind, VerdictKind

_DEFAULTS = {field.name: field.default for field in fields(Finding) if field.default is not MISSING}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as `station show --json` prints it."""
    said = {field.name: getattr(finding, field.name) for field in fields(Finding)}
    kept = {name: value for name, value in said.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}
    return {name: value for name, value in kept.items() if _is_finite(value)}


def pack_findings(findings: Sequence[Finding]) -> str:
    """Return findings as the journal keeps them."""
    written = [finding_json(finding) for finding in findings]
    return json.dumps(written, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def unpack_findings(text: str) -> tuple[Finding, ...]:
    """Return what `pack_findings` was given.

    Raises
    ------
    StorageError
        If it is not as `pack_findings` writes it.
    """
    try:
        return tuple(_finding(row) for row in json.loads(text))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        text = f"a verdict's findings cannot be read ({error}); restore the journal from a backup"
        raise StorageError(text) from error


def _finding(row: Mapping[str, Any]) -> Finding:
    place = row.get("place_px")
    values = {name: value for name, value in row.items() if name not in {"kind", "verdict", "place_px"}}
    return Finding(
        **values,
        kind=FindingKind(row["kind"]),
        verdict=VerdictKind(row["verdict"]),
        place_px=None if place is None else (float(place[0]), float(place[1])),
    )


def _is_finite(value: object) -> bool:
    return not isinstance(value, float) or isfinite(value)
