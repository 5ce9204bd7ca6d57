"""From what people labelled to models on the shelf: learning beside a running line, which is not asked and not touched."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from labeling.manifest import Manifest
from models.learning.errors import LearnError
from models.learning.one_class import MIN_PARTS, Learned, LearnProgress, LearnSettings, learn, picture_sha256
from models.manifest import DatasetVersion, LabelledPicture, Lineage
from models.predictor import Predictor
from models.shelf import Shelf
from station.config import StationConfig
from station.journal.reader import JournalReader
from station.journal.records import utc_now
from station.line.from_dataset import SPLIT, dataset_pictures, named
from station.line.labelled import BAD, Bytes, Labelled, LabelledPictures, labelled_pictures, load_pictures
from station.line.learn import LearnedModel, Progress, Share
from station.line.recipe import Recipe, RecipeView

READING = 0.2
"""Share of the progress that reading the pictures gets."""
OTHER_SIZE = "of another size than the newest"
BEYOND_MEMORY = "more than memory holds"
OLDER = "older than the newest that were asked for"
THREADS = 1
"""The line is running beside: one thread of it is enough to lose to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which labels to learn from: of each view the newest `most` good pictures, labelled at `since` or later.

    Of a `dataset`, where one is named, its train split instead.
    """

    most: int
    since: datetime | None = None
    dataset: Manifest | None = None


def learn_from_journal(
    config: StationConfig, recipe: Recipe, seed: int, progress: Progress, wanted: Wanted
) -> list[LearnedModel]:
    """Learn every view's model from good parts, confirmed, taught or listed by a dataset, and put them on the shelf.

    Nothing is deployed. Nothing is on the shelf before every view's model is learned and has answered.

    Raises
    ------
    LearnError
        If a view has too few good parts; the text says what there is.
    StorageError, ModelError
        If the journal or a picture cannot be read, or a model cannot be stored.
    """
    learned: list[tuple[Learned, float]] = []
    with JournalReader(config.station.data) as journal:
        for number, view in enumerate(recipe.views):
            share = Share(progress, number, len(recipe.views))
            learned.append(_learn_view(journal, recipe, view, seed, share, wanted))
    shelf = Shelf(config.station.data / "models")
    return [_kept(shelf, model, seconds) for model, seconds in learned]


def _learn_view(
    journal: JournalReader, recipe: Recipe, view: RecipeView, seed: int, progress: Progress, wanted: Wanted
) -> tuple[Learned, float]:
    dataset = wanted.dataset
    if dataset is None:
        found, where = labelled_pictures(journal, recipe, view, since=wanted.since), ""
    else:
        found, where = dataset_pictures(journal, dataset, recipe, view), f"dataset {named(dataset)}, "
    good = found.of(good=True, most=wanted.most)
    _check(found, good, f"{where}recipe {recipe.name}, view {view.name}")
    read: list[Bytes] = []
    for picture in load_pictures(journal, good):
        read.append(picture)
        progress(f"good part {len(read)} of {len(good)} read", READING * len(read) / len(good))
    pairs = [(one, picture) for one, picture in zip(good, read, strict=True) if picture.shape == read[0].shape]
    left_out = dict(found.left_out)
    if len(pairs) < len(good):
        left_out[OTHER_SIZE] = len(good) - len(pairs)
    if older := sum(one.good for one in found.pictures) - len(good):
        left_out[OLDER] = older
    pairs.reverse()  # in the order of their labels: the model is the same however many are asked for beyond them
    start_s = time.monotonic()
    settings = LearnSettings(
        name=view.model,
        smallest_defect_px=recipe.smallest_defect_px,
        registered=recipe.learn.registered,
        seed=seed,
        threads=THREADS,
    )

    def tell(news: LearnProgress) -> None:
        progress(news.stage, READING + (1 - READING) * news.fraction)

    learned = learn([picture for _, picture in pairs], settings, tell, _numbers([one for one, _ in pairs]))
    used = _used(pairs, learned)
    if beyond := len(pairs) - len(used):
        left_out[BEYOND_MEMORY] = beyond
    lineage = Lineage(
        recipe=recipe.name,
        view=view.name,
        labels=found.counts,
        left_out=left_out,
        pictures=used,
        dataset=DatasetVersion(name=dataset.name, version=dataset.version, split=SPLIT) if dataset else None,
    )
    origin = learned.learned_from.model_copy(update={"lineage": lineage})
    return replace(learned, learned_from=origin), time.monotonic() - start_s


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


def _numbers(pictures: Sequence[Labelled]) -> list[int]:
    """Return a number for each picture, equal for those of one part."""
    known: dict[str, int] = {}
    return [known.setdefault(one.part_key, len(known)) for one in pictures]


def _used(pairs: Sequence[tuple[Labelled, Bytes]], learned: Learned) -> tuple[LabelledPicture, ...]:
    """Return those of the pictures that the learner had room for."""
    taken = set(learned.learned_from.images)
    return tuple(_entry(one) for one, picture in pairs if picture_sha256(picture) in taken)


def _entry(one: Labelled) -> LabelledPicture:
    sample = one.sample
    return LabelledPicture(
        sha256=sample.image.sha256,
        part=str(sample.part_uid) if sample.part_uid else None,
        label=sample.label,
        label_number=sample.number,
        source=sample.source,
        annotation=str(one.annotation) if one.annotation else None,
    )


def _kept(shelf: Shelf, learned: Learned, seconds: float) -> LearnedModel:
    """Put a model on the shelf, and let it answer from there."""
    folder: Path = learned.save(shelf, utc_now())
    Predictor.load(folder, threads=THREADS).warm_up()
    return LearnedModel(
        learned.settings.name, folder.name, learned.learned_from.parts, seconds, learned.notices, deployed=False
    )
