"""What the review queue holds, in words that the journal, the desk and the screens share. Pure."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from math import isfinite
from uuid import UUID

from pydantic import ConfigDict, TypeAdapter

from station.line.inspection import Author, VerdictKind


class Why(StrEnum):
    """What brought a part into the queue; it may have been several things."""

    NG = "ng"
    NOT_DECIDABLE = "not-decidable"
    DISAGREEMENT = "disagreement"
    """Model and person, or two people, do not agree."""
    SECOND_OPINION = "second-opinion"
    """A reviewer has decided it, and another one is to say the same without knowing."""
    AUDIT = "audit"
    """Drawn at random when it was recorded."""
    DRIFT = "drift"
    """A good part whose score is unlike those before it, or one of the first of a new model or recipe."""
    GOLDEN = "golden"
    """Its answer is known. No reviewer is told."""
    DOUBTED = "doubted"
    """What people said of it contradicts a model that did not learn from it, and somebody asked for a second look."""


class Stage(StrEnum):
    """What a part in the queue waits for."""

    FIRST = "first"
    SECOND = "second"
    """The opinion of somebody else: the second pass, or what a consensus still lacks."""
    ADJUDICATION = "adjudication"
    REWORK = "rework"
    """Better labels; once a person has annotated the part anew, it is at FIRST again."""
    DONE = "done"


class Outcome(StrEnum):
    """What a reviewer says of the judgement on record: it stands, it is wrong, or its labels are to be made again."""

    ACCEPT = "accept"
    REJECT = "reject"
    REWORK = "rework"


class Reason(StrEnum):
    """What is wrong with labels."""

    WRONG_CLASS = "wrong-class"
    LOOSE = "loose"
    SLOPPY = "sloppy"
    MISSED = "missed"
    PARTIAL = "partial"


class OpinionBy(StrEnum):
    """In which capacity somebody, or something, has an opinion."""

    MODEL = "model"
    OPERATOR = "operator"
    QA = "qa"
    REFERENCE = "reference"
    """The known answer of a golden part."""


MOST_ALTERNATIVES = 30
"""How many values one field of a filter may have."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which parts of the queue are wanted. What is None, "" or () asks for nothing; several values are alternatives.

    Attributes
    ----------
    since, until
        When the part was triggered: from, and before. With zones.
    shift
        The shift's number in its day, from 1.
    lot
        How the part's id begins.
    classes
        Of the model's defects and of people's newest labels and tags.
    camera, model_version
        Of any of its views; a model's version is written "name/version".
    operator
        Who gave a verdict on it or annotated it, whatever their role.
    score_low, score_high
        The part's score, ends included.
    size_low_px, size_high_px
        The longer side of the bounds of its largest outline, model's or person's, in pixels, ends included.
    stage
        None: every stage but DONE.
    """

    since: datetime | None = None
    until: datetime | None = None
    shift: int | None = None
    lot: str = ""
    recipe: str = ""
    classes: tuple[str, ...] = ()
    camera: str = ""
    verdicts: tuple[VerdictKind, ...] = ()
    whys: tuple[Why, ...] = ()
    operator: str = ""
    model_version: str = ""
    score_low: float | None = None
    score_high: float | None = None
    size_low_px: float | None = None
    size_high_px: float | None = None
    stage: Stage | None = None

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        for time in (self.since, self.until):
            if time is not None and time.tzinfo is None:
                raise ValueError(f"a time of a filter needs a zone, {time} has none")
        for number in (self.score_low, self.score_high, self.size_low_px, self.size_high_px):
            if number is not None and not isfinite(number):
                raise ValueError(f"a filter needs finite numbers, not {number}")
        if max(len(self.classes), len(self.verdicts), len(self.whys)) > MOST_ALTERNATIVES:
            raise ValueError(f"a filter takes at most {MOST_ALTERNATIVES} values of a kind")

    @property
    def asks_for(self) -> tuple[str, ...]:
        """The names of the fields that ask for something."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) not in (None, "", ()))


filter_json: TypeAdapter[QueueFilter] = TypeAdapter(QueueFilter)
"""A filter as saved views and the desk write it."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A part in the queue, as a list shows it.

    `verdict`, `by` and `reason` are the judgement to be reviewed: the present one, but for a stage that must not know what
    others said (and for a golden part) the one before the first reviewer. `priority` is 0 to 1000, with 1000 more for an
    adjudication. `leased_by` has the part now; "" nobody.
    """

    uid: UUID
    part_id: str
    part_seq: int
    time: datetime
    recipe: str
    verdict: VerdictKind
    by: Author
    reason: str
    whys: tuple[Why, ...]
    priority: int
    stage: Stage
    worst_class: str
    score: float | None
    leased_by: str = ""


item_json: TypeAdapter[QueueItem] = TypeAdapter(QueueItem)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a page: what the last part of it is ordered by."""

    rank: int
    part: int


@dataclass(frozen=True, slots=True)
class Page:
    """Parts in order of priority, of equal priority the oldest first; `cursor` asks for the next page, None: there is none."""

    items: tuple[QueueItem, ...]
    cursor: Cursor | None


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter with a name, for everybody."""

    name: str
    filter: QueueFilter
    author: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one annotator, a person or the model, said of a part (`view` is "") or drew on one view of it.

    Attributes
    ----------
    who
        A person's name, a model as "name/version", or "golden" for the known answer.
    verdict
        None where the opinion is of a view: an annotation has classes and no verdict.
    classes
        Each class once, in order. Of the part: those of all views.
    shift
        Number of the shift in which the part was triggered; 0 where that is not known.
    stage
        At which stage of the review it was given; None for the model, operators and the known answer.
    whys
        What brought the part into the queue: `Why.AUDIT` marks the random sample, `Why.GOLDEN` an answer to a golden part.
    """

    uid: UUID
    view: str
    who: str
    by: OpinionBy
    verdict: VerdictKind | None
    classes: tuple[str, ...]
    time: datetime
    shift: int
    stage: Stage | None
    whys: tuple[Why, ...]
