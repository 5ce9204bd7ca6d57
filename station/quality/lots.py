"""Lots accepted or rejected by the audited ones of the parts that passed, lot after lot (ISO 2859-1). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from station.line.inspection import VerdictKind
from station.quality.sampling import Plan, Scheme, Severity, Switching
from station.review.queue import Opinion, OpinionBy, Why


class Audited:
    """Parts of the random sample that had passed, and whether somebody of QA says that they are NG, in the order of parts."""

    def __init__(self) -> None:
        self.bad: dict[UUID, bool] = {}
        self._passed: UUID | None = None

    def take(self, opinion: Opinion) -> None:
        """Note an opinion; those of a part come together, the model's first."""
        if opinion.by is OpinionBy.MODEL and opinion.verdict is VerdictKind.OK:
            self._passed = opinion.uid
        if opinion.by is OpinionBy.QA and opinion.verdict and Why.AUDIT in opinion.whys and opinion.uid == self._passed:
            self.bad[opinion.uid] = self.bad.get(opinion.uid, False) or opinion.verdict is VerdictKind.NG


@dataclass(frozen=True, slots=True)
class LotSample:
    """A lot: how many of its parts passed, and of each audited one of these, oldest first, whether it is bad."""

    name: str
    passed: int
    audited: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class JudgedLot:
    """What became of a lot.

    Attributes
    ----------
    severity
        How it was to be inspected.
    plan
        None where inspection is stopped, or the lot has fewer than two parts.
    looked, found
        Parts of the sample that QA judged, and the bad ones among them.
    accepted
        None where that cannot be said: no plan, or the sample is not judged whole. Such a lot moves no switching rule.
    """

    name: str
    passed: int
    severity: Severity
    plan: Plan | None
    looked: int
    found: int
    accepted: bool | None


def judge_lots(lots: Iterable[LotSample], scheme: Scheme) -> tuple[JudgedLot, ...]:
    """Judge lots in the order in which they were made, each by the severity that those before it lead to."""
    state, judged = Switching(), []
    for lot in lots:
        one, state = _judge(lot, scheme, state)
        judged.append(one)
    return tuple(judged)


def _judge(lot: LotSample, scheme: Scheme, state: Switching) -> tuple[JudgedLot, Switching]:
    if state.severity is Severity.STOPPED or lot.passed < 2:
        return JudgedLot(lot.name, lot.passed, state.severity, None, 0, 0, None), state
    plan = scheme.plan(lot.passed, state.severity)
    sample = lot.audited[: plan.size]
    looked, found = len(sample), sum(sample)
    if looked < plan.size and found < plan.reject:
        return JudgedLot(lot.name, lot.passed, state.severity, plan, looked, found, None), state
    decision = scheme.judge(lot.passed, found, state)
    return JudgedLot(lot.name, lot.passed, state.severity, plan, looked, found, decision.accepted), decision.then
