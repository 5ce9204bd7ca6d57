"""What the journal gives back, and the words it writes times and summaries in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from labeling.annotation import Annotation
from station.line.inspection import Author, BlobRef, Inspection, Verdict, VerdictKind, View

REGISTER_IDS = 65535
"""Inspection ids a PLC register can show: 1 to 65535; 0 means none."""


class Review(StrEnum):
    """Whether a person has to look at a part."""

    NONE = "none"
    PENDING = "pending"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PartSummary:
    """One part in a list; `inspection_id` is what the PLC saw."""

    uid: UUID
    part_id: str
    part_seq: int
    inspection_id: int
    time: datetime
    recipe: str
    verdict: VerdictKind
    by: Author
    score: float | None
    reason: str
    defects: int
    model: str
    author: str = ""
    labels: int = 0
    """Shapes and tags in the newest annotation of each view."""


@dataclass(frozen=True, slots=True)
class Page:
    """Parts, newest first; `next_uid` asks for the page after this one and is None on the last."""

    parts: tuple[PartSummary, ...]
    next_uid: UUID | None


@dataclass(frozen=True, slots=True)
class RemovedPictures:
    """Why and when a part's pictures were removed; `why` is a `station.journal.removals.Why`."""

    why: str
    author: str
    reason: str
    time: datetime

    @property
    def words(self) -> str:
        """All of it as one sentence without its full stop."""
        day = f"{self.time:%Y-%m-%d}"
        if self.why == "request":
            return f"the pictures were removed on request by {self.author} on {day} ({self.reason})"
        if self.why == "room":
            return f"the pictures were removed on {day} to make room on the disk"
        return f"the pictures were removed by the rules of retention on {day}"


@dataclass(frozen=True, slots=True, eq=False)
class PartRecord:
    """Everything known about a part; `inspection.verdict` is the current one, `verdicts` all of them, oldest first."""

    inspection: Inspection
    verdicts: tuple[Verdict, ...]
    review: Review
    removed: RemovedPictures | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled picture that learning uses."""

    number: int
    image: BlobRef
    pixel_format: str
    label: str
    source: str
    part_uid: UUID | None
    recipe: str
    time: datetime


@dataclass(frozen=True, slots=True, eq=False)
class StoredAnnotation:
    """One revision of what a person says about a view; `time` is when it became durable."""

    view: str
    annotation: Annotation
    time: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A hand-over note; later ones have higher numbers."""

    number: int
    author: str
    text: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals by current verdict, and stored files."""

    parts: int
    ok: int
    ng: int
    not_decidable: int
    blobs: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The part in one line, out of its views."""

    score: float | None
    defects: int
    worst_class: str
    model: str


def register_id(inspection_id: int) -> int:
    """Return what a 16-bit register shows for an inspection: 1 to 65535, then 1 again, never 0."""
    return (inspection_id - 1) % REGISTER_IDS + 1


def judgement(views: tuple[View, ...]) -> Judgement:
    """Sum up the views: the highest score, all defects, the class of the worst, the models that answered."""
    scores = [view.score for view in views if view.score is not None]
    defects = [defect for view in views for defect in view.defects]
    worst = max(defects, key=lambda defect: defect.score, default=None)
    models = dict.fromkeys(f"{view.model_name}/{view.model_version}" for view in views if view.model_name)
    return Judgement(max(scores, default=None), len(defects), worst.class_name if worst else "", ", ".join(models))


def time_text(time: datetime) -> str:
    """Write a time so that the order of the texts is the order of the times.

    Raises
    ------
    ValueError
        If the time has no zone.
    """
    if time.tzinfo is None:
        raise ValueError(f"a recorded time needs a zone, {time} has none")
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def utc_now() -> datetime:
    """The wall clock; journals take it by injection."""
    return datetime.now(UTC)
