"""A durable part in the PLC's words."""

from math import isfinite

from plc.link import ErrorCode, PlcResult, VerdictCode
from station.journal.records import register_id
from station.line.inspection import VerdictKind
from station.line.part import Part, ViewProgress
from station.line.readiness import error_code

U16_MAX = 0xFFFF

COMPLETED, FAILED = 1, 4
"""OPC 40100-1 ResultState, which the result code follows: the inspection was done, or a fault prevented it."""

_CODES = {
    VerdictKind.OK: VerdictCode.OK,
    VerdictKind.NG: VerdictCode.NG,
    VerdictKind.NOT_DECIDABLE: VerdictCode.NOT_DECIDABLE,
}


def verdict_code(kind: VerdictKind) -> VerdictCode:
    """Return a verdict as the register shows it."""
    return _CODES[kind]


def plc_result(part: Part, cycle_ms: int) -> PlcResult:
    """Return the result registers of a judged part.

    Raises
    ------
    ValueError
        If the part has no verdict.
    """
    if part.verdict is None:
        raise ValueError(f"part {part.trigger.uid} has no verdict")
    fault = next((view.fault for view in part.views if view.fault is not None), None)
    scores = [view.prediction.score for view in part.views if view.prediction is not None]
    worst = max(scores, default=0.0)
    return PlcResult(
        inspection_id=register_id(part.trigger.inspection_id),
        acquisition_id=part.trigger.acquisition_id,
        part_seq=part.trigger.part_seq,
        encoder=part.trigger.encoder,
        verdict=verdict_code(part.verdict.kind),
        result_code=COMPLETED if fault is None else FAILED,
        error=error_code(fault.code) if fault is not None else ErrorCode.NONE,
        defect_count=min(sum(len(view.prediction.defects) for view in part.views if view.prediction), U16_MAX),
        worst_class=max((_worst_class(view) for view in part.views), default=0),
        score=worst if isfinite(worst) else 0.0,
        cycle_ms=min(cycle_ms, U16_MAX),
    )


def _worst_class(view: ViewProgress) -> int:
    """Return the 1-based place of the worst defect's class among the model's classes, 0 without a defect."""
    if view.prediction is None or view.model is None or not view.prediction.defects:
        return 0
    name = view.prediction.defects[0].class_name
    return view.model.classes.index(name) + 1 if name in view.model.classes else 0
