"""The labelled pictures of a view that the journal has: what people said of parts, and the good parts that were taught."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from station.journal.images import decode
from station.journal.reader import JournalReader
from station.journal.records import PartRecord, Sample
from station.line.inference import as_model_takes
from station.line.inspection import Trigger, VerdictKind
from station.line.recipe import Recipe, RecipeView

Bytes = npt.NDArray[np.uint8]
GOOD, BAD = VerdictKind.OK.value, VerdictKind.NG.value
TAUGHT = "taught"
"""Source of a picture that was taken to be learned from; no part of the line."""

CONTRADICTING = "labelled good and bad"
TWICE = "the same picture twice"
OTHER_VIEW = "of a view that is not known"
NOT_OUTLINED = "bad parts of several views, not outlined in this one"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled picture of a view.

    Attributes
    ----------
    part_key
        Equal for pictures of one part: its serial number where the line gave one, else its uid.
    annotation
        uid of the view's newest outline revision, None where there is none.
    lot
        Equal for parts that were made together; "" where nothing is known of that.
    """

    sample: Sample
    part_key: str
    annotation: UUID | None
    lot: str = ""

    @property
    def good(self) -> bool:
        """Whether it is said to show a good part."""
        return self.sample.label == GOOD


@dataclass(frozen=True, slots=True)
class LabelledPictures:
    """What was found, newest label first; `left_out`: why a picture was not taken → how many, good and bad together."""

    pictures: tuple[Labelled, ...]
    left_out: Mapping[str, int]

    def of(self, *, good: bool, most: int) -> tuple[Labelled, ...]:
        """Return the newest `most` that show a good part, or a bad one."""
        return tuple(one for one in self.pictures if one.good is good)[:most]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each label."""
        return dict(Counter(one.sample.label for one in self.pictures))


def labelled_pictures(
    journal: JournalReader, recipe: Recipe, view: RecipeView, *, since: datetime | None = None
) -> LabelledPictures:
    """Find the labelled pictures of a view, none that was labelled before `since`.

    A verdict is of a part, not of a view: where a recipe has several views, a bad part counts for those that are outlined.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    samples = [one for one in reversed(journal.samples(recipe.name)) if since is None or one.time >= since]
    opposed = _opposed(samples)
    found: dict[str, Labelled] = {}
    left_out: Counter[str] = Counter()
    for sample in samples:
        if sample.image.sha256 in opposed:
            left_out[CONTRADICTING] += 1
        elif sample.image.sha256 in found:
            left_out[TWICE] += 1
        else:
            one = _of_view(journal, sample, recipe, view)
            if isinstance(one, Labelled):
                found[sample.image.sha256] = one
            elif one:
                left_out[one] += 1
    return LabelledPictures(tuple(found.values()), dict(left_out))


def _opposed(samples: Sequence[Sample]) -> set[str]:
    """Return the pictures that are labelled both ways, as one that is replayed from a folder can be."""
    said: dict[str, str] = {}
    return {one.image.sha256 for one in samples if said.setdefault(one.image.sha256, one.label) != one.label}


def _of_view(journal: JournalReader, sample: Sample, recipe: Recipe, view: RecipeView) -> Labelled | str:
    """Return the sample if it is of this view; else why it is left out, empty where it is another view's."""
    if sample.part_uid is None:
        alone = len(recipe.views) == 1
        return Labelled(sample, f"picture {sample.image.sha256}", None) if alone else OTHER_VIEW
    part = journal.part(sample.part_uid)
    if part is None or not _shows(part, sample, view):
        return ""
    annotations = [
        stored.annotation
        for stored in journal.annotations(sample.part_uid)
        if stored.view == view.name and not stored.annotation.proposed
    ]
    newest = annotations[-1] if annotations else None
    outlined = newest is not None and bool(newest.labels or newest.tags)
    if sample.label != GOOD and len(recipe.views) > 1 and not outlined:
        return NOT_OUTLINED
    trigger = part.inspection.trigger
    return Labelled(sample, key_of(trigger), newest.uid if newest is not None else None, lot_of(trigger.part_id))


def key_of(trigger: Trigger) -> str:
    """Return a part's key: of its serial number where the line gave one, else of its uid."""
    return f"serial {trigger.part_id}" if trigger.part_id else f"part {trigger.uid}"


def lot_of(serial: str) -> str:
    """Return the lot of a part, the beginning of its serial number up to a character that is neither letter nor digit, or "".

    Serial numbers of one line begin alike, so that this may name more than one lot, never less.
    """
    found = re.match(r"([^\W_]+)[\W_]", serial)
    return found.group(1) if found else ""


def _shows(part: PartRecord, sample: Sample, view: RecipeView) -> bool:
    return any(
        each.name == view.name and each.image is not None and each.image.sha256 == sample.image.sha256
        for each in part.inspection.views
    )


def outlined_classes(journal: JournalReader, one: Labelled) -> tuple[str, ...]:
    """Return the kinds of defect in the picture's newest outline revision, each once. Raises `StorageError`."""
    if one.annotation is None or one.sample.part_uid is None:
        return ()
    stored = (each.annotation for each in journal.annotations(one.sample.part_uid))
    newest = next(each for each in stored if each.uid == one.annotation)
    return tuple(dict.fromkeys([*(label.class_name for label in newest.labels), *newest.tags]))


def load_pictures(journal: JournalReader, wanted: Sequence[Labelled]) -> Iterator[Bytes]:
    """Yield each picture as a model takes it, (H, W) or (H, W, 3) RGB uint8. Raises `StorageError`."""
    for one in wanted:
        pixels = decode(journal.blobs.get(one.sample.image.sha256), one.sample.image.media_type)
        yield as_model_takes(pixels, PixelFormat(one.sample.pixel_format))
