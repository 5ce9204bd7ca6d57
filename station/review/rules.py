"""How the review works at a station: which parts it draws, how many people must agree, how long a part is lent. Pure."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from enum import StrEnum
from uuid import UUID

from station.line.inspection import VerdictKind
from station.quality.shift import shift_at
from station.review.queue import Outcome, Stage


class Scheme(StrEnum):
    """How many people a verdict of QA takes."""

    SINGLE = "single"
    SECOND_PASS = "second-pass"  # noqa: S105 - a pass over parts, not a password
    """Two people who do not know what the other said, on a share of the parts."""
    CONSENSUS = "consensus"
    """`reviewers` people, on every part."""


def _three_shifts_utc(moment: datetime) -> int:
    return shift_at(moment, (wall_time(6), wall_time(14), wall_time(22)), UTC).number


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """The table [review], with shares as fractions.

    Attributes
    ----------
    audit_share
        Of all parts, drawn into the queue at random.
    seed
        Another seed draws other parts.
    drift_sigmas
        A good part whose score is so many standard deviations off the running mean is drawn; 0: none is.
    second_share
        Of the parts, with `Scheme.SECOND_PASS`, that a second person reviews.
    reviewers
        With `Scheme.CONSENSUS`, how many people must say the same.
    adjudicators
        Who decides where reviewers differ; empty: anybody who may review.
    golden_share
        Of the parts that a reviewer is given, golden ones among them.
    lease
        How long a part stays with a reviewer who does nothing.
    shift_of
        Gives the number of the shift that a moment lies in.
    """

    audit_share: float = 0.015
    seed: int = 1
    drift_sigmas: float = 4.0
    scheme: Scheme = Scheme.SINGLE
    second_share: float = 1.0
    reviewers: int = 2
    adjudicators: frozenset[str] = frozenset()
    golden_share: float = 0.02
    lease: timedelta = timedelta(seconds=120)
    shift_of: Callable[[datetime], int] = field(default=_three_shifts_utc, compare=False)

    def audits(self, uid: UUID) -> bool:
        """Whether a part is in the random sample; always the same for the same part and seed."""
        return drawn(uid, self.audit_share, f"audit {self.seed}")

    def opinions_wanted(self, uid: UUID) -> int:
        """How many people must say the same of a part."""
        match self.scheme:
            case Scheme.SINGLE:
                return 1
            case Scheme.SECOND_PASS:
                return 2 if drawn(uid, self.second_share, f"second {self.seed}") else 1
            case Scheme.CONSENSUS:
                return self.reviewers

    def may_adjudicate(self, name: str) -> bool:
        """Whether somebody who may review also decides where reviewers differ."""
        return not self.adjudicators or name in self.adjudicators


def drawn(uid: UUID, share: float, purpose: str) -> bool:
    """Whether a part is among a `share` of all parts, drawn by the SHA-256 of purpose and uid."""
    digest = hashlib.sha256(purpose.encode() + uid.bytes).digest()
    return int.from_bytes(digest[:8]) < share * 2**64


@dataclass(frozen=True, slots=True)
class Said:
    """One reviewer's standing word on a part, since it was last sent back; `stage` is where it was given."""

    reviewer: str
    outcome: Outcome
    verdict: VerdictKind | None
    stage: Stage


def stage_after(said: Iterable[Said], wanted: int) -> tuple[Stage, VerdictKind | None]:
    """Return what a part waits for, and the verdict of QA once there is one.

    Parameters
    ----------
    said
        In order of time; what was undone, and what was said before a rework that is made, is not among it.
    wanted
        How many people must say the same.
    """
    words = tuple(said)
    if not words:
        return Stage.FIRST, None
    if words[-1].outcome is Outcome.REWORK:
        return Stage.REWORK, None
    if words[-1].stage is Stage.ADJUDICATION:
        return Stage.DONE, words[-1].verdict
    verdicts = {word.verdict for word in words}
    if len(verdicts) > 1:
        return Stage.ADJUDICATION, None
    if len(words) < wanted:
        return Stage.SECOND, None
    return Stage.DONE, words[-1].verdict
