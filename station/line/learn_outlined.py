"""Learning from what people outlined: the patch head, and the pictures it takes out of the journal."""

import time
from dataclasses import dataclass

from labeling.annotation import Annotation
from models.card import CardPart
from models.learning.errors import LearnError
from models.learning.feature_cache import FeatureCache
from models.learning.one_class import LearnProgress
from models.learning.patch_features import PatchPicture, facts_of
from models.learning.patch_head import PatchLearned, learn_patch_head
from station.journal.reader import JournalReader
from station.journal.records import utc_now
from station.line.carded import KnownParts, Made, proved
from station.line.labelled import Bytes, Labelled, load_pictures, outlined_classes
from station.line.lesson import LearnedView, Lesson, counted

NOT_OUTLINED = "bad parts that nobody outlined"
INCOMPLETE = "outlined, but not everything"
GOOD_OUTLINED = "OK parts with something outlined"
GONE = "whose picture is not in the store any more"
HOW = (
    "Each part was scored by a patch head learned from others (cross-validation that keeps a part, near-duplicates, and a "
    "lot where there are enough, on one side). Good parts that the one-class model below it learned from are not among them."
)


@dataclass(frozen=True, slots=True, eq=False)
class Outlined:
    """The pictures that a patch head can learn from, the oldest label first, and why others cannot be → how many."""

    labelled: tuple[Labelled, ...]
    pictures: tuple[PatchPicture, ...]
    left_out: dict[str, int]


def outlined_pictures(lesson: Lesson) -> Outlined:
    """Return the good parts and the bad ones that people outlined. Raises `StorageError`."""
    taken: list[tuple[Labelled, PatchPicture]] = []
    reasons = lesson.older
    for one in lesson.in_order:
        found = _picture(lesson.journal, one)
        if isinstance(found, PatchPicture):
            taken.append((one, found))
        else:
            reasons.append(found)
    return Outlined(tuple(one for one, _ in taken), tuple(picture for _, picture in taken), counted(reasons))


def picture_of(journal: JournalReader, one: Labelled, annotation: Annotation | None) -> PatchPicture:
    """Return a labelled picture as learners take it; without an annotation, without outlines."""
    shapes = () if annotation is None else tuple(label.shape for label in annotation.labels)
    return PatchPicture(one.sample.image.sha256, one.part_key, lambda: loaded(journal, one), shapes, one.lot)


def loaded(journal: JournalReader, one: Labelled) -> Bytes:
    """Return a picture, (H, W) or (H, W, 3) RGB uint8. Raises `StorageError`."""
    return next(load_pictures(journal, [one]))


def learn_outlined(lesson: Lesson, cache: FeatureCache) -> LearnedView:
    """Learn a view's patch head. Raises as `models.learning.patch_head.learn_patch_head`, and `StorageError`."""
    start_s = time.monotonic()
    outlined = outlined_pictures(lesson)
    learned = learn_patches(lesson, outlined, cache)
    used = [outlined.labelled[number] for number in learned.used]
    left_out = {**outlined.left_out, **learned.left_out}
    origin = learned.learned_from.model_copy(update={"lineage": lesson.lineage(used, left_out)})
    manifest = learned.manifest(utc_now()).model_copy(update={"learned_from": origin})
    made = Made(manifest, learned.model, learned.reference)
    predictor = proved(made)
    known = KnownParts(
        [_card_part(lesson, outlined, cache, one.number, one.score) for one in learned.held_out],
        lambda number: outlined.pictures[learned.held_out[number].number].load(),
        HOW,
    )
    return LearnedView(lesson.view, made, predictor, known, time.monotonic() - start_s, learned.base.notices)


def learn_patches(lesson: Lesson, outlined: Outlined, cache: FeatureCache) -> PatchLearned:
    """Learn the head itself. Raises `LearnError`, which says of which view."""

    def tell(news: LearnProgress) -> None:
        lesson.progress(news.stage, news.fraction)

    try:
        return learn_patch_head(outlined.pictures, lesson.settings, cache, tell)
    except LearnError as error:
        others = "".join(f"; left out: {count} {why}" for why, count in outlined.left_out.items())
        raise LearnError(f"{lesson.where}: {error}{others}; outline more at the screen") from error


def card_part(lesson: Lesson, one: Labelled, pixels_sha256: str, value: float) -> CardPart:
    """Return what a card says of a picture."""
    uid = one.sample.part_uid
    return CardPart(
        picture=pixels_sha256,
        part=str(uid) if uid else None,
        good=one.good,
        classes=() if one.good else outlined_classes(lesson.journal, one),
        score=value,
    )


def _card_part(lesson: Lesson, outlined: Outlined, cache: FeatureCache, number: int, value: float) -> CardPart:
    facts = facts_of(outlined.pictures[number], cache)
    return card_part(lesson, outlined.labelled[number], facts.pixels_sha256, value)


def _picture(journal: JournalReader, one: Labelled) -> PatchPicture | str:
    """Return a picture to learn from; else why it is left out."""
    annotation = annotation_of(journal, one)
    drawn = annotation is not None and bool(annotation.labels)
    if not journal.blobs.has(one.sample.image):
        return GONE
    if one.good:
        return GOOD_OUTLINED if drawn else picture_of(journal, one, None)
    if annotation is None or not drawn:
        return NOT_OUTLINED
    return picture_of(journal, one, annotation) if annotation.complete else INCOMPLETE


def annotation_of(journal: JournalReader, one: Labelled) -> Annotation | None:
    """Return the revision of the outlines that a labelled picture names. Raises `StorageError`."""
    if one.annotation is None or one.sample.part_uid is None:
        return None
    stored = (each.annotation for each in journal.annotations(one.sample.part_uid))
    return next((each for each in stored if each.uid == one.annotation), None)
