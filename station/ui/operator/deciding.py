"""Giving a verdict: what may be given, what is on its way, what was saved, and how it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from station.desk.messages import Answer, GiveVerdict, Refusal, VerdictChanged
from station.line.inspection import Author, Verdict, VerdictKind
from station.ui.context import Context
from station.ui.link import keyed

Given = Literal["OK", "NG"]
Seen = Literal["OK", "NG", "NOT_DECIDABLE"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict a person gives on what they saw; `undo` says that it takes their last one back."""

    uid: UUID
    part_seq: int
    verdict: Given
    seen: Seen
    undo: bool = False


class Deciding(QObject):
    """One verdict at a time on its way to the journal; "saved" is said only after the engine's answer."""

    sent = Signal(object)
    """`Decision`."""
    saved = Signal(object, bool)
    """`Decision`, and whether the part had passed the gate already and must be fetched back."""
    refused = Signal(object, object, str)
    """`Decision`, the engine's `Answer`, and the name of whoever decided before, where somebody did."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._under_way: Decision | None = None
        self._authors: dict[UUID, str] = {}
        context.link.verdict.connect(self._heard)

    @property
    def under_way(self) -> Decision | None:
        """What waits for the engine's answer."""
        return self._under_way

    def give(self, decision: Decision) -> None:
        """Send a verdict; nothing happens while another is on its way."""
        if self._under_way is not None:
            return
        self._under_way = decision
        command = keyed(
            GiveVerdict,
            self._context.session.token,
            uid=decision.uid,
            verdict=decision.verdict,
            seen=decision.seen,
            reason="taken back" if decision.undo else "",
        )
        self.sent.emit(decision)
        self._context.link.send(command, lambda answer: self._answered(decision, answer))

    def _answered(self, decision: Decision, answer: Answer) -> None:
        self._under_way = None
        if answer.done:
            self.saved.emit(decision, bool(answer.result.get("passed_already")))
            return
        self._context.session.heard(answer)
        who = self._authors.get(decision.uid, "") if answer.refusal is Refusal.SUPERSEDED else ""
        self.refused.emit(decision, answer, who)

    def _heard(self, changed: VerdictChanged) -> None:
        self._authors[changed.uid] = changed.author
        if len(self._authors) > 1000:
            del self._authors[next(iter(self._authors))]


def verdict_before_ng(verdicts: Sequence[Verdict]) -> Seen:
    """Return what a person's NG superseded, whether the NG itself is among the verdicts read by now or not."""
    before = [v.kind for v in verdicts if not (v.kind is VerdictKind.NG and v.by is not Author.RULES)]
    return before[-1].value if before else "NOT_DECIDABLE"


def take_back(decision: Decision) -> Decision | None:
    """Return the verdict that undoes one: what stood before, given again by the person.

    A part that was not decidable cannot become so again by a person: None, and the person decides it anew.
    """
    if decision.seen == "NOT_DECIDABLE":
        return None
    return Decision(decision.uid, decision.part_seq, decision.seen, decision.verdict, undo=True)
