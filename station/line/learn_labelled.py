"""From what people labelled to models on the shelf: learning beside a running line, which is not asked and not touched."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from labeling.manifest import Manifest
from models.learning.crossval import FOLDS
from models.learning.errors import LearnError
from models.learning.feature_cache import FeatureCache
from models.learning.ok_ng import MIN_EACH
from models.learning.one_class import MIN_PARTS, Learned, LearnProgress, LearnSettings, learn, picture_sha256
from models.shelf import Shelf
from station.config import StationConfig
from station.journal.reader import FEATURES, JournalReader
from station.journal.records import utc_now
from station.line.carded import Made, proved, shelve
from station.line.from_dataset import dataset_pictures, named
from station.line.labelled import BAD, Bytes, Labelled, LabelledPictures, labelled_pictures, load_pictures
from station.line.learn import LearnedModel, Progress, Share
from station.line.learn_judged import learn_judged
from station.line.learn_outlined import learn_outlined
from station.line.lesson import OLDER, LearnedView, Lesson
from station.line.one_class_card import labelled_parts
from station.line.recipe import Recipe, RecipeView

READING, CARD = 0.2, 0.1
"""Shares of the progress that reading the pictures gets, and the card."""
OTHER_SIZE = "of another size than the newest"
BEYOND_MEMORY = "more than memory holds"
THREADS = 1
"""The line is running beside: one thread of it is enough to lose to."""


class Head(StrEnum):
    """What judges: the one-class model of the good part, the patch head, the OK/NG head, or what cross-validation finds best."""

    ONE_CLASS = "one-class"
    PATCH = "patch"
    OK_NG = "ok-ng"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which labels to learn from: of each view the newest `most` good pictures, labelled at `since` or later.

    Of a `dataset`, where one is named, its train split instead. A head that learns from bad parts takes the newest `most` of
    these too.
    """

    most: int
    since: datetime | None = None
    dataset: Manifest | None = None
    head: Head = Head.ONE_CLASS


def learn_from_journal(
    config: StationConfig, recipe: Recipe, seed: int, progress: Progress, wanted: Wanted
) -> list[LearnedModel]:
    """Learn every view's model from parts that people judged, outlined or taught, or that a dataset lists, and shelve them.

    Nothing is deployed. Nothing is on the shelf before every view's model is learned and has answered. What was computed from
    pictures is kept, so that an interrupted learning goes on where it was, and one more label costs one more picture.

    Raises
    ------
    LearnError
        If a view has too few good parts; the text says what there is.
    StorageError, ModelError
        If the journal or a picture cannot be read, or a model cannot be stored.
    """
    learned: list[LearnedView] = []
    shelf = Shelf(config.station.data / "models")
    cache = FeatureCache(config.station.data / FEATURES)
    with JournalReader(config.station.data) as journal:

        def exists(picture: str) -> bool:
            return journal.blobs.path(picture).is_file()

        cache.trim(exists)
        try:
            for number, view in enumerate(recipe.views):
                share = Share(progress, number, len(recipe.views))
                learned.append(_learn_view(journal, recipe, view, seed, share, wanted, cache))
        finally:
            cache.trim(exists)
        return [_kept(shelf, one, recipe.learn.missed_cost) for one in learned]


def _learn_view(
    journal: JournalReader,
    recipe: Recipe,
    view: RecipeView,
    seed: int,
    progress: Progress,
    wanted: Wanted,
    cache: FeatureCache,
) -> LearnedView:
    dataset = wanted.dataset
    if dataset is None:
        found, where = labelled_pictures(journal, recipe, view, since=wanted.since), ""
    else:
        found, where = dataset_pictures(journal, dataset, recipe, view), f"dataset {named(dataset)}, "
    good = found.of(good=True, most=wanted.most)
    bad = found.of(good=False, most=wanted.most)
    where = f"{where}recipe {recipe.name}, view {view.name}"
    _check(found, good, where)
    settings = LearnSettings(
        name=view.model,
        smallest_defect_px=recipe.smallest_defect_px,
        registered=recipe.learn.registered,
        seed=seed,
        threads=THREADS,
    )
    lesson = Lesson(journal, recipe, view, found, good[::-1], bad[::-1], where, settings, progress, dataset)
    few = len({one.part_key for one in bad}) < MIN_EACH
    if wanted.head is Head.OK_NG and few:
        raise LearnError(
            f"{where}: {len(good)} labelled pictures are OK and {len(bad)} NG, and to learn from verdicts at least {MIN_EACH} "
            "parts of each are needed, better 50; decide more parts at the screen"
        )
    if wanted.head is Head.PATCH:
        learned = learn_outlined(lesson, cache)
    elif wanted.head is Head.OK_NG or (wanted.head is Head.AUTO and not few):
        learned = learn_judged(lesson, cache, only_verdicts=wanted.head is Head.OK_NG)
    else:
        learned = _learn_good(lesson)
    return replace(learned, notices=(*learned.notices, *_few_lots(lesson, learned)))


def _few_lots(lesson: Lesson, learned: LearnedView) -> tuple[str, ...]:
    """Return what there is to say where somebody named lots, and they cannot be dealt to the folds of cross-validation."""
    lineage = learned.made.manifest.learned_from.lineage
    used = {picture.sha256 for picture in lineage.pictures} if lineage else set()
    lots = {one.lot for one in lesson.found.pictures if one.sample.image.sha256 in used}
    if lesson.dataset is None or not lesson.dataset.has_lots or len(lots) >= FOLDS:
        return ()
    text = (
        f"the dataset's parts are of {len(lots)} lots, and to keep a lot on one side of cross-validation {FOLDS} are needed: "
        "lots are torn apart, so that the thresholds come from parts much like those learned from; add parts of other lots"
    )
    return (text,)


def _learn_good(lesson: Lesson) -> LearnedView:
    """Learn the one-class model of a view from its good parts."""
    journal, good, progress = lesson.journal, lesson.good, lesson.progress
    read: list[Bytes] = []
    for picture in load_pictures(journal, good):
        read.append(picture)
        progress(f"good part {len(read)} of {len(good)} read", READING * len(read) / len(good))
    pairs = [(one, picture) for one, picture in zip(good, read, strict=True) if picture.shape == read[-1].shape]
    left_out = {OTHER_SIZE: len(good) - len(pairs)} if len(pairs) < len(good) else {}
    if older := sum(one.good for one in lesson.found.pictures) - len(good):
        left_out[OLDER] = older
    start_s = time.monotonic()

    def tell(news: LearnProgress) -> None:
        progress(news.stage, READING + (1 - READING - CARD) * news.fraction)

    parts, lots = zip(*((one.part_key, one.lot or one.sample.image.sha256) for one, _ in pairs), strict=True)
    learned = learn([picture for _, picture in pairs], lesson.settings, tell, parts, lots)
    used = _used(pairs, learned)
    if beyond := len(pairs) - len(used):
        left_out[BEYOND_MEMORY] = beyond
    origin = learned.learned_from.model_copy(update={"lineage": lesson.lineage(used, left_out)})
    learned = replace(learned, learned_from=origin)
    made = Made(learned.manifest(utc_now()), learned.model, learned.reference)
    predictor = proved(made)
    progress("judging the bad parts", 1 - CARD)
    bad = [one for one in reversed(lesson.bad) if journal.blobs.has(one.sample.image)]
    known = labelled_parts(journal, learned, pairs, bad, predictor)
    return LearnedView(lesson.view, made, predictor, known, time.monotonic() - start_s, learned.notices)


def _check(found: LabelledPictures, good: Sequence[Labelled], where: str) -> None:
    """Refuse what nothing can be learned from, in one sentence that says what there is."""
    if not found.pictures:
        left_out = "; ".join(f"left out: {count} {why}" for why, count in found.left_out.items())
        raise LearnError(
            f"{where}: nobody has labelled a part yet; decide good parts at the screen, or teach some"
            + (f" ({left_out})" if left_out else "")
        )
    if not good:
        raise LearnError(
            f"{where}: all {found.counts.get(BAD, 0)} labelled pictures are NG, and a model of the good part learns from "
            "OK ones; confirm good parts at the screen"
        )
    parts = len({one.part_key for one in good})
    if parts < MIN_PARTS:
        raise LearnError(
            f"{where}: {parts} good parts are labelled, at least {MIN_PARTS} are needed, better 30; confirm more at the screen"
        )


def _used(pairs: Sequence[tuple[Labelled, Bytes]], learned: Learned) -> list[Labelled]:
    """Return those of the pictures that the learner had room for."""
    taken = set(learned.learned_from.images)
    return [one for one, picture in pairs if picture_sha256(picture) in taken]


def _kept(shelf: Shelf, one: LearnedView, missed_cost: float | None) -> LearnedModel:
    """Put a model on the shelf with its card."""
    start_s = time.monotonic()
    folder = shelve(shelf, one.made, one.predictor, one.known, one.view, missed_cost)
    seconds = one.seconds + time.monotonic() - start_s
    manifest = one.made.manifest
    return LearnedModel(
        manifest.name,
        folder.name,
        manifest.learned_from.parts,
        seconds,
        one.notices,
        deployed=False,
        head=manifest.head,
    )
