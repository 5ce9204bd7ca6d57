"""From good parts to a deployed model: what `station learn` and the demo do."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from camera.frame import Frame
from camera.settings import CameraSettings
from models.learning.one_class import LearnProgress, LearnSettings, learn
from models.shelf import Shelf
from station.config import StationConfig
from station.journal.images import encode
from station.journal.records import utc_now
from station.journal.store import Journal
from station.line.carded import Made, proved, shelve
from station.line.one_class_card import taught_parts
from station.line.recipe import Recipe, RecipeView
from station.line.setups import view_camera
from station.line.teach import pictures, replayed, take, with_good_parts

Progress = Callable[[str, float], None]
"""Told a stage in words and how far the whole is, 0 to 1."""

TAKING = 0.3
"""Share of the progress bar that taking and storing the pictures gets."""
GOOD = "OK"
TAUGHT = "taught"


@dataclass(frozen=True, slots=True)
class LearnedModel:
    """What learning made; `seconds` runs from the last picture stored to the model loaded and warm."""

    name: str
    version: str
    parts: int
    seconds: float
    notices: tuple[str, ...]
    head: str
    deployed: bool = True


def learn_good_part(
    config: StationConfig, recipe: Recipe, seed: int, progress: Progress, folder: Path | None = None
) -> list[LearnedModel]:
    """Take good parts with every view's camera, learn each view's model and deploy it.

    The pictures are in the journal, labelled OK, before anything is learned from them.

    Parameters
    ----------
    folder
        Learn from all pictures of this folder instead of the cameras'.

    Raises
    ------
    CameraError, StorageError, LearnError, ModelError
        If a picture cannot be taken or stored, or nothing can be learned from them.
    """
    learned = []
    for number, view in enumerate(recipe.views):
        share = Share(progress, number, len(recipe.views))
        settings, count = _source(view_camera(config, view), recipe.learn.parts, folder)
        frames = _taught(config, recipe, take(settings, count, view.health.limits(settings.backend)), count, share)
        learned.append(_learn_view(config, recipe, view, frames, seed, share))
    return learned


@dataclass(frozen=True, slots=True)
class Share:
    """One view's part of the progress."""

    progress: Progress
    number: int
    of: int

    def __call__(self, stage: str, fraction: float) -> None:
        """Tell how far the whole is, given how far this view is."""
        self.progress(stage, (self.number + fraction) / self.of)


def _source(camera: CameraSettings, parts: int, folder: Path | None) -> tuple[CameraSettings, int]:
    if folder is not None:
        settings, count = replayed(camera.name, folder)
        return replace(settings, masks=camera.masks), count
    return with_good_parts(camera), parts


def _taught(
    config: StationConfig, recipe: Recipe, taken: Iterator[Frame], count: int, progress: Progress
) -> list[Frame]:
    """Take the pictures and make each durable as a labelled sample."""
    frames: list[Frame] = []
    with Journal.open(config.station.data, audit_key_path=config.station.audit_key) as journal:
        for frame in taken:
            image = encode(frame.pixels, frame.pixel_format)
            blob = journal.blobs.put(image.data, image.media_type)
            journal.add_sample(blob, frame.pixel_format.value, label=GOOD, source=TAUGHT, recipe=recipe.name)
            frames.append(frame)
            progress(f"good part {len(frames)} of {count} taken", TAKING * len(frames) / count)
    return frames


def _learn_view(
    config: StationConfig, recipe: Recipe, view: RecipeView, frames: list[Frame], seed: int, progress: Progress
) -> LearnedModel:
    start_s = time.monotonic()
    settings = LearnSettings(
        name=view.model,
        smallest_defect_px=recipe.smallest_defect_px,
        registered=recipe.learn.registered,
        seed=seed,
    )

    def tell(news: LearnProgress) -> None:
        progress(news.stage, TAKING + (1 - TAKING) * news.fraction)

    taken = pictures(frames)
    learned = learn(taken, settings, tell)
    shelf = Shelf(config.station.data / "models")
    made = Made(learned.manifest(utc_now()), learned.model, learned.reference)
    folder = shelve(shelf, made, proved(made), taught_parts(learned, taken), view, recipe.learn.missed_cost)
    shelf.deploy(view.model, folder.name)
    seconds = time.monotonic() - start_s
    return LearnedModel(view.model, folder.name, len(frames), seconds, learned.notices, head=learned.head)
