"""What the model and each person said of one view, and how far two of them agree. Pure but for the journal's records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from labeling.areas import Geometry, to_area, to_geometry
from labeling.shapes import Keypoint, Polyline, Shape
from station.journal.records import PartRecord, StoredAnnotation
from station.line.inspection import Author, Verdict, VerdictKind, View
from station.ui.review.saying import Word

SAME_IOU = 0.5
"""Two outlines with at least so much of their joint area in common mean the same defect."""
_LINE_PX = 3.0
"""A line or a point counts as so wide."""
_ONLY_ANOMALY = "anomaly"
"""What a model that knows no classes calls everything: it is no other class than any."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlined:
    """One shape and its class."""

    class_name: str
    shape: Shape


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What one annotator says of a view; `who` is empty for the model.

    Attributes
    ----------
    verdict
        Of the whole part; None where this annotator gave none.
    outlined
        None where this annotator gave a verdict and outlined nothing; empty where the view is said to have no defect.
    """

    who: str
    time: datetime
    verdict: VerdictKind | None
    outlined: tuple[Outlined, ...] | None
    tags: tuple[str, ...] = ()

    @property
    def is_model(self) -> bool:
        """Whether it is the model's."""
        return not self.who


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the outlines of two annotators fall together."""

    same: int
    other_class: int
    only_first: int
    only_second: int


def opinions_of(
    record: PartRecord, annotations: Iterable[StoredAnnotation], view: View, words: Iterable[Word] = ()
) -> tuple[Opinion, ...]:
    """List who said something of a view: the model first, then people in the order in which they first spoke.

    Of each person the newest annotation and the newest verdict count, and the newest word in the review before both.
    """
    reviewed = {word.reviewer: word for word in words}
    verdicts: dict[str, Verdict] = {}
    for verdict in record.verdicts:
        verdicts[verdict.author if verdict.by is not Author.RULES else ""] = verdict
    stored: dict[str, StoredAnnotation] = {}
    for each in annotations:
        if each.view == view.name:
            stored[each.annotation.author] = each
    found = []
    for who in dict.fromkeys(("", *verdicts, *stored, *reviewed)):
        said, drawn, word = verdicts.get(who), stored.get(who), reviewed.get(who)
        outlined: tuple[Outlined, ...] | None = None
        tags: tuple[str, ...] = ()
        if drawn is not None:
            outlined = tuple(Outlined(label.class_name, label.shape) for label in drawn.annotation.labels)
            tags = drawn.annotation.tags
        elif not who:
            outlined = tuple(Outlined(defect.class_name, defect.shape) for defect in view.defects)
        times = [each.time for each in (said, drawn, word) if each is not None]
        time = max(times, default=record.inspection.trigger.time)
        kind = said.kind if said is not None else None
        if word is not None and word.verdict is not None:
            kind = word.verdict
        found.append(Opinion(who, time, kind, outlined, tags))
    return tuple(found)


def first_pair(opinions: Sequence[Opinion]) -> tuple[int, int]:
    """Return which two are compared first: the last two people, else the model and the last person."""
    return max(0, len(opinions) - 2), len(opinions) - 1


def agreement(first: Opinion, second: Opinion) -> Agreement:
    """Match the outlines of two annotators, those that share most first; each is matched at most once."""
    ours, theirs = first.outlined or (), second.outlined or ()
    ours_area, theirs_area = ([_area(each.shape) for each in side] for side in (ours, theirs))
    shares = sorted(
        (
            (share, one, other)
            for one, area in enumerate(ours_area)
            for other, its in enumerate(theirs_area)
            if (share := _iou(area, its)) >= SAME_IOU
        ),
        reverse=True,
    )
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    same = other_class = 0
    for _, one, other in shares:
        if one in taken_ours or other in taken_theirs:
            continue
        taken_ours.add(one)
        taken_theirs.add(other)
        names = {ours[one].class_name, theirs[other].class_name} - {_ONLY_ANOMALY}
        same += len(names) < 2
        other_class += len(names) == 2
    return Agreement(same, other_class, len(ours) - len(taken_ours), len(theirs) - len(taken_theirs))


def _area(shape: Shape) -> Geometry:
    if isinstance(shape, Polyline | Keypoint):
        return to_geometry(shape).buffer(_LINE_PX)
    return to_area(shape)


def _iou(one: Geometry, other: Geometry) -> float:
    """Return the share of two areas' joint area that both have."""
    common = float(one.intersection(other).area)
    together = float(one.area) + float(other.area) - common
    return common / together if together > 0 else 0.0
