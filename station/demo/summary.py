"""What came of a demo: the station's journal, the PLC's own log and the truth, held against each other. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from station.journal.records import register_id
from station.line.inspection import VerdictKind


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """One part as the journal has it: all its verdicts, oldest first.

    `defective` is the truth, None where the camera could not tell.
    """

    inspection_id: int
    part_seq: int
    verdicts: tuple[VerdictKind, ...]
    defective: bool | None

    @property
    def verdict(self) -> VerdictKind:
        """The current one."""
        return self.verdicts[-1]

    @property
    def for_the_plc(self) -> frozenset[VerdictKind]:
        """What the PLC may have been told: the first verdict, or a person's while the part waited for one."""
        waited = self.verdicts[0] is VerdictKind.NOT_DECIDABLE
        return frozenset(self.verdicts if waited else self.verdicts[:1])


@dataclass(frozen=True, slots=True)
class GatedPart:
    """One part as the PLC's log has it."""

    part_seq: int
    inspection_id: int | None
    verdict: str | None
    passed: bool
    why: str


def read_plc_log(lines: Sequence[str]) -> list[GatedPart]:
    """Read the lines of `plc.jsonl`; a last line cut short by a kill is left out."""
    parts = []
    for line in lines:
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            continue
        parts.append(GatedPart(row["part_seq"], row["inspection_id"], row["verdict"], bool(row["passed"]), row["why"]))
    return parts


def is_defective(truths: Sequence[str | None]) -> bool | None:
    """Return the truth of a part from that of its views: defective as soon as one view is."""
    known = [bool(json.loads(truth)["defective"]) for truth in truths if truth]
    return any(known) if known else None


def mismatches(judged: Sequence[JudgedPart], gated: Sequence[GatedPart]) -> list[str]:
    """Say where the PLC's log and the journal disagree.

    A part that passed must have been OK in the journal under the same sequence and inspection numbers; a verdict the PLC
    read must be one recorded for it: what a person corrects later changes the journal only. A part the PLC rejected
    without having read a verdict is no disagreement: it is the safe side.
    """
    recorded = {(part.part_seq, register_id(part.inspection_id)): part for part in judged}
    found = []
    for part in gated:
        if part.verdict is None and not part.passed:
            continue
        record = recorded.get((part.part_seq, part.inspection_id or 0))
        if record is None:
            found.append(f"part {part.part_seq}: the PLC read {part.verdict}, the journal has no such inspection")
            continue
        meant = ", ".join(sorted(record.for_the_plc))
        if part.verdict not in record.for_the_plc:
            found.append(f"part {part.part_seq}: the PLC read {part.verdict}, the journal has {meant}")
        elif part.passed and part.verdict != VerdictKind.OK:
            found.append(f"part {part.part_seq}: passed, but the journal has {meant}")
    return found


def summarise(
    judged: Sequence[JudgedPart],
    gated: Sequence[GatedPart],
    status: Mapping[str, Any],
    blobs: int,
    learned: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the object `station demo --json` ends with.

    Truth is told by what left the gate: a defective part that passed is missed, a good part that was rejected, for whatever
    reason, is a false alarm.
    """
    truth = {part.part_seq: part.defective for part in judged}
    counts = {kind: sum(part.verdict is kind for part in judged) for kind in VerdictKind}
    frames = status["frames"]
    return {
        "parts": len(gated),
        "ok": counts[VerdictKind.OK],
        "ng": counts[VerdictKind.NG],
        "not_decidable": counts[VerdictKind.NOT_DECIDABLE],
        "truth": {
            "defective": sum(truth.get(part.part_seq) is True for part in gated),
            "missed": sum(part.passed and truth.get(part.part_seq) is not False for part in gated),
            "false_alarms": sum(not part.passed and truth.get(part.part_seq) is False for part in gated),
        },
        "frames": {
            **{name: frames[name] for name in ("triggered", "delivered", "incomplete")},
            "lost": frames["lost"] + frames.get("overrun", 0),
        },
        "plc": {
            "passed": sum(part.passed for part in gated),
            "rejected": sum(not part.passed for part in gated),
            "mismatched": len(mismatches(judged, gated)),
        },
        "journal": {"parts": len(judged), "blobs": blobs},
        "latency_ms": status["latency_ms"],
        "learned": dict(learned),
    }
