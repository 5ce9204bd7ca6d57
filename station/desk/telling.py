"""What the engine knows, in the desk's words. Pure but for the names of the recipe files."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from plc.link import OfflineReason
from station.config import StationConfig
from station.desk.line import Line
from station.desk.messages import (
    ClassLine,
    FaultLine,
    HeldLine,
    PartCounts,
    PartFinished,
    RecipeLine,
    State,
    VerdictChanged,
)
from station.journal.records import judgement, register_id
from station.line.clock import Clock
from station.line.hold import Held
from station.line.inspection import Inspection, Verdict, VerdictKind
from station.line.recipe import Recipe


def is_hidden(uid: UUID, share: float) -> bool:
    """Whether the model's opinion of a part is hidden: for `share` of all parts, always the same ones."""
    digest = hashlib.sha256(uid.bytes).digest()
    return int.from_bytes(digest[:8]) < share * 2**64


def recipe_names(config: StationConfig) -> tuple[str, ...]:
    """Return the names of the station's recipes; looks into their folder."""
    return tuple(sorted(path.stem for path in config.recipes.glob("*.toml")))


def recipe_line(recipe: Recipe, config: StationConfig) -> RecipeLine:
    """Describe the recipe in use."""
    return RecipeLine(
        name=recipe.name,
        version=recipe.version,
        sha256=recipe.sha256,
        number=recipe.number,
        takt_ms=recipe.takt_ms or config.line.takt_ms,
        pixel_size_um=recipe.pixel_size_um,
        classes=tuple(ClassLine(name=table.name, parent=table.parent) for table in recipe.classes),
        wait_ms=recipe.operator.wait_ms,
        views=tuple(view.name for view in recipe.views),
        ask_when_disagreeing=recipe.operator.ask_when_disagreeing,
    )


def state_of(engine: Line, latency_ms: dict[str, float | None]) -> State:
    """Describe whether the line runs, and why not."""
    readiness, tally = engine.readiness, engine.tally
    reason = readiness.offline_reason
    return State(
        online=reason is OfflineReason.NONE,
        reason=reason.name,
        accepting=readiness.paused is None,
        plc_up=tally.plc_up,
        faults=tuple(
            FaultLine(code=fault.code.value, source=fault.source, text=fault.text)
            for fault in readiness.faults.values()
        ),
        awaited=tuple(sorted(readiness.awaited)),
        counts=PartCounts(
            started=tally.started,
            finished=tally.finished,
            refused=tally.refused,
            ok=tally.verdicts[VerdictKind.OK],
            ng=tally.verdicts[VerdictKind.NG],
            not_decidable=tally.verdicts[VerdictKind.NOT_DECIDABLE],
        ),
        latency_p50_ms=latency_ms["p50"],
        latency_p99_ms=latency_ms["p99"],
    )


def part_finished(inspection: Inspection, *, faulty: bool, hold_ms: int, hidden_share: float) -> PartFinished:
    """Describe a durable part."""
    trigger, verdict = inspection.trigger, inspection.verdict
    return PartFinished(
        uid=trigger.uid,
        part_id=trigger.part_id,
        part_seq=trigger.part_seq,
        inspection_id=register_id(trigger.inspection_id),
        time=trigger.time,
        verdict=verdict.kind.value,
        reason=verdict.reason,
        score=judgement(inspection.views).score,
        faulty=faulty,
        hold_ms=hold_ms,
        hidden=is_hidden(trigger.uid, hidden_share),
    )


def held_lines(held: Sequence[Held], clock: Clock, hidden_share: float) -> tuple[HeldLine, ...]:
    """Describe the parts that wait for a person now."""
    now_ns = clock.monotonic_ns()
    return tuple(
        HeldLine(
            uid=part.uid,
            part_seq=part.result.part_seq,
            hold_ms=max(0, (part.until_ns - now_ns) // 1_000_000),
            hidden=is_hidden(part.uid, hidden_share),
        )
        for part in held
    )


def verdict_changed(uid: UUID, part_seq: int, verdict: Verdict, *, plc_told: bool) -> VerdictChanged:
    """Describe a person's durable verdict.

    Raises
    ------
    ValueError
        If it is none that a person may give.
    """
    return VerdictChanged.model_validate(
        {
            "uid": uid,
            "part_seq": part_seq,
            "verdict": verdict.kind.value,
            "by": verdict.by.value,
            "author": verdict.author,
            "reason": verdict.reason,
            "time": verdict.time,
            "plc_told": plc_told,
        }
    )
