"""What a person says of a part in the review: pure values, and which key means what for which part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from station.desk.review_messages import Relabel
from station.line.inspection import VerdictKind
from station.review.queue import Outcome, QueueItem, Reason, Stage

Given = Literal["OK", "NG"]


@dataclass(frozen=True, slots=True)
class Said:
    """One word on a part.

    Attributes
    ----------
    verdict
        None with `Outcome.REWORK`.
    relabel
        The change of classes that goes with it.
    fetch
        Whether the part had passed the gate already, as the engine answered.
    stage
        What the part waits for now, as the engine answered.
    """

    uid: UUID
    part_seq: int
    outcome: Outcome
    verdict: Given | None = None
    reasons: tuple[Reason, ...] = ()
    relabel: Relabel | None = None
    fetch: bool = False
    stage: Stage | None = None

    def with_result(self, result: Mapping[str, Any]) -> "Said":
        """Return it with what the engine answered."""
        stage = result.get("stage")
        return replace(self, fetch=bool(result.get("passed_already")), stage=Stage(stage) if stage else None)


@dataclass(frozen=True, slots=True)
class Word:
    """One reviewer's word on a part, as the journal has it."""

    reviewer: str
    time: datetime
    outcome: Outcome
    verdict: VerdictKind | None
    reasons: tuple[Reason, ...]


def accepted(item: QueueItem) -> Given:
    """Return the verdict that A gives: the judgement stands; a part that nobody could decide is good."""
    return "NG" if item.verdict is VerdictKind.NG else "OK"


def rejected(item: QueueItem) -> Given:
    """Return the verdict that R gives: the other one."""
    return "OK" if accepted(item) == "NG" else "NG"


def saying(item: QueueItem, verdict: Given, relabel: Relabel | None = None) -> Said:
    """Return the word that gives a part a verdict: accepting where it is the one that was judged, else rejecting."""
    outcome = Outcome.ACCEPT if item.verdict.value == verdict else Outcome.REJECT
    return Said(item.uid, item.part_seq, outcome, verdict, relabel=relabel)


def to_rework(item: QueueItem, reason: Reason) -> Said:
    """Return the word that sends the labels of a part back."""
    return Said(item.uid, item.part_seq, Outcome.REWORK, reasons=(reason,))
