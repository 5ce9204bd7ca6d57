"""Learns what a good part looks like from good parts alone: pictures in, one self-contained model out."""

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from models.code import code_version
from models.learning.backbone import SIDE_MULTIPLE, WEIGHTS_SHA256, trunk
from models.learning.blas import one_blas_thread
from models.learning.comparison import Comparison
from models.learning.crossval import Indices, Trial, cross_validate, folds, grouped_folds, numbered, with_lots
from models.learning.duplicates import dhash, embedding, groups, joined
from models.learning.errors import LearnError
from models.learning.features import CHANNELS, STRIDE, Equaliser, Extractor, Front
from models.learning.graph import Both, anomaly_model
from models.learning.heads import HEADS, Heads
from models.learning.light import Light
from models.learning.material import Material, gather
from models.learning.nodes import serialised
from models.learning.placing import Placed, place
from models.learning.resolution import DEFECT_PX, Resolution, choose_resolution
from models.learning.thresholds import firm_thresholds, thresholds
from models.learning.tolerance import FloatArray, Tolerance
from models.manifest import InputSpec, LearnedFrom, Manifest, RegistrationSpec, SourceSpec, Thresholds
from models.registration import METHOD
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
LEARNER_VERSION = 2
"""Grows with every change of what the same pictures teach; models kept under another one are learned again."""
MIN_PARTS = 5
SHRINK = 2
"""Of the network's picture where a comparison beside it looks for what is small."""
BUDGET_PX = 1_400_000
"""Of the model's input; the backbone takes about 60 ns a pixel on two threads of a small station."""
MAX_FEATURE_BYTES = 1 << 30
"""What the features of all parts may take in memory; of more parts a seeded choice is learned from."""
TOP_SHARE = 0.02
"""Cells that the score is the mean of, where no smallest defect is known and parts are not registered."""
MIN_AREA_SHARE = 0.25
"""Of the smallest defect's disc: places smaller than this are not outlined."""


@dataclass(frozen=True, slots=True)
class LearnSettings:
    """What to learn and how.

    Attributes
    ----------
    name
        The model's name on the shelf.
    smallest_defect_px
        Diameter in source pixels of the smallest defect that must be found; decides the resolution.
    registered
        The parts lie in one pose, a little moved: bring them to a reference before comparing.
    seed
        Same pictures, same settings, same seed: the same model, to the byte.
    heads
        Which of `models.learning.heads.HEADS` to try.
    threads
        Used whoever else wants the processors; more, at the lowest priority, take what idles (`models.learning.spare`).
    budget_px
        Most pixels of the model's input.
    """

    name: str
    smallest_defect_px: float | None = None
    registered: bool = True
    seed: int = 0
    heads: tuple[str, ...] = tuple(HEADS)
    threads: int = 2
    budget_px: int = BUDGET_PX


@dataclass(frozen=True, slots=True)
class LearnProgress:
    """What is being done, and how far the whole is, 0 to 1."""

    stage: str
    fraction: float


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A model that is not on a shelf yet.

    Attributes
    ----------
    model
        The ONNX file.
    reference
        The reference picture as PNG; None where parts are not registered.
    notices
        What the person who taught it should know.
    held_out
        Score of each picture of `learned_from`, by a model that had not learned from its part.
    numbers
        Which of the pictures given these were.
    seen
        Shape (h, w) of the network's cells: 1 where all pictures show the part, else 0.
    """

    settings: LearnSettings
    model: bytes
    reference: bytes | None
    source: SourceSpec
    resolution: Resolution
    registration: RegistrationSpec | None
    thresholds: Thresholds
    head: str
    cross_validation: dict[str, dict[str, float]]
    learned_from: LearnedFrom
    notices: tuple[str, ...]
    held_out: tuple[float, ...]
    numbers: tuple[int, ...]
    seen: FloatArray

    def manifest(self, created: datetime) -> Manifest:
        """Return the manifest; `created` in UTC. Its version is a placeholder until a shelf gives one."""
        smallest = self.settings.smallest_defect_px
        return Manifest(
            name=self.settings.name,
            version="1",
            created=created,
            model_sha256=hashlib.sha256(self.model).hexdigest(),
            input=InputSpec(width=self.resolution.width, height=self.resolution.height),
            source=self.source,
            scale=self.resolution.scale,
            registration=self.registration,
            thresholds=self.thresholds,
            head=self.head,
            cross_validation=self.cross_validation,
            learned_from=self.learned_from,
            min_defect_area_px=0.0 if smallest is None else MIN_AREA_SHARE * np.pi / 4 * smallest**2,
        )

    def save(self, shelf: Shelf, created: datetime) -> Path:
        """Put the model on a shelf as the next version of its name and return its folder; `created` in UTC.

        Raises
        ------
        ModelError
            If the disk does not take it.
        """
        return shelf.add(self.manifest(created), self.model, self.reference)


@one_blas_thread()
def learn(
    images: Sequence[Bytes],
    settings: LearnSettings,
    progress: Callable[[LearnProgress], None] = lambda _: None,
    parts: Sequence[Hashable] | None = None,
    lots: Sequence[Hashable] | None = None,
) -> Learned:
    """Learn from pictures of good parts.

    Parameters
    ----------
    images
        At least 5, better 30 or more, of one size: (H, W) mono or (H, W, 3) RGB uint8.
    progress
        Told what is being done, from this thread.
    parts
        Of each picture: equal for those that show one part, which cross-validation then never has on both sides, and
        near-duplicates are kept together too. None: every picture is taken to show a part of its own.
    lots
        Of each picture, beside `parts`; a lot is kept together too where there are enough (`models.learning.crossval.with_lots`).

    Raises
    ------
    LearnError
        If the pictures or the parts on them are too few, unlike each other in size, or a part is not found in one.
    BackboneError
        If the backbone's weights are missing.
    """
    _check(images, settings)
    progress(LearnProgress("placing", 0.0))
    height, width = images[0].shape[:2]
    shrink = SHRINK if settings.registered else 1
    multiple = SIDE_MULTIPLE * shrink
    resolution = choose_resolution(
        width, height, settings.smallest_defect_px, settings.budget_px, multiple, filled=not settings.registered
    )
    affordable = _affordable(len(images), resolution, shrink, settings.seed)
    chosen = [images[number] for number in affordable]
    placed = place(chosen, resolution, STRIDE * shrink, registered=settings.registered)
    front = _front(placed, resolution, shrink)
    extractor = Extractor.load(front)
    smallest_px = max(resolution.smallest_px, 2.0)
    material = gather(
        placed.images,
        extractor,
        smallest_px,
        settings.seed,
        lambda done: progress(LearnProgress("looking", 0.1 + 0.5 * done)),
        settings.threads,
    )
    alike = (None if names is None else [names[number] for number in affordable] for names in (parts, lots))
    held = _held(chosen, material, settings, *alike)
    heads = Heads(
        material.features, held, settings.seed, small_blocks=not settings.registered, threads=settings.threads
    )
    top_cells = _top_cells(settings, resolution, front.cell_px)
    heads.sums()  # what two of them share, before folds are tried side by side
    trials = {}
    for number, name in enumerate(settings.heads):
        progress(LearnProgress(f"trying {name}", 0.6 + 0.3 * number / len(settings.heads)))
        trials[name] = _trial(heads, name, material, placed, settings, top_cells, front.cell_px)
    best = max(trials, key=lambda name: trials[name].separation)
    progress(LearnProgress(f"writing {best}", 0.9))
    head = heads.fit(best, np.arange(len(chosen)))
    tolerance = _fit_tolerance(placed, settings)(trials[best].held_out)
    about = {"task": "anomaly", "head": best, "weights_sha256": WEIGHTS_SHA256}
    limits = {name: thresholds(trial.good.astype(np.float64), settings.seed) for name, trial in trials.items()}
    figures = {name: _figures(trial, limits[name]) for name, trial in trials.items()}
    both, limit, held_out = None, limits[best], trials[best].good.astype(np.float64)
    if settings.registered:
        progress(LearnProgress("comparing", 0.9))
        both = _both(front, placed, limits[best].low, settings)
        held_out = both.scores(trials[best].good).astype(np.float64)
        limit = firm_thresholds(held_out, settings.seed)
        figures["comparison"] = _compared(both)
    model = serialised(anomaly_model(front, head, tolerance, top_cells, about, both))
    reference, registration = _reference(chosen, placed)
    progress(LearnProgress("learned", 1.0))
    return Learned(
        settings,
        model,
        reference,
        SourceSpec(width=width, height=height),
        resolution,
        registration,
        limit,
        best,
        figures,
        _learned_from(chosen, settings.seed),
        _notices(len(images), len(chosen), resolution),
        tuple(held_out.tolist()),
        tuple(affordable),
        placed.seen,
    )


def _check(images: Sequence[Bytes], settings: LearnSettings) -> None:
    if len(images) < MIN_PARTS:
        raise LearnError(f"{len(images)} pictures are too few to learn from: at least {MIN_PARTS}, better 30")
    if not settings.heads or (unknown := set(settings.heads) - set(HEADS)):
        raise LearnError(f"heads to try: {', '.join(HEADS)}; not {', '.join(sorted(unknown)) or 'none'}")
    for number, image in enumerate(images, start=1):
        if image.dtype != np.uint8 or not (image.ndim == 2 or (image.ndim == 3 and image.shape[2] == 3)):
            raise LearnError(f"picture {number} is {image.dtype} {image.shape}: uint8 (H, W) or (H, W, 3) is needed")
        if image.shape != images[0].shape:
            raise LearnError(f"picture {number} is {image.shape}, the first one {images[0].shape}; leave it out")


def _affordable(pictures: int, resolution: Resolution, shrink: int, seed: int) -> list[int]:
    """Return the numbers of all pictures, or of as many of them, drawn at random, as memory allows."""
    each = resolution.width * resolution.height // (STRIDE * shrink) ** 2 * CHANNELS * 2
    count = min(pictures, max(MIN_PARTS, MAX_FEATURE_BYTES // each))
    return [int(number) for number in np.sort(np.random.default_rng([seed, 1]).permutation(pictures)[:count])]


def _held(
    chosen: Sequence[Bytes],
    material: Material,
    settings: LearnSettings,
    parts: Sequence[Hashable] | None,
    lots: Sequence[Hashable] | None,
) -> list[Indices]:
    """Return the folds of cross-validation. Raises `LearnError` where too few parts are told apart."""
    if parts is None:
        return folds(len(chosen), settings.seed)
    vectors = np.stack([embedding(features) for features in material.features])
    together = joined(numbered(parts), groups([dhash(image) for image in chosen], vectors))
    if len(set(together)) < MIN_PARTS:
        raise LearnError(
            f"{len(chosen)} pictures show {len(set(together))} different parts: at least {MIN_PARTS}, better 30, are needed"
        )
    return grouped_folds(with_lots(together, lots), settings.seed)


def _front(placed: Placed, resolution: Resolution, shrink: int) -> Front:
    light = Light.from_images(placed.images)
    return Front(trunk(), resolution.height, resolution.width, placed.images[0].ndim == 2, light, shrink)


def _top_cells(settings: LearnSettings, resolution: Resolution, cell_px: int) -> int:
    cells = (resolution.width // cell_px) * (resolution.height // cell_px)
    if settings.registered or settings.smallest_defect_px is not None:
        return max(2, round((resolution.smallest_px / cell_px) ** 2))
    return max(2, round(TOP_SHARE * cells))


def _fit_tolerance(placed: Placed, settings: LearnSettings) -> Callable[[FloatArray], Tolerance]:
    fit = Tolerance.per_cell if settings.registered else Tolerance.everywhere
    return lambda held_out: fit(held_out, placed.seen)


def _trial(
    heads: Heads,
    name: str,
    material: Material,
    placed: Placed,
    settings: LearnSettings,
    top_cells: int,
    cell_px: int,
) -> Trial:
    return cross_validate(
        lambda parts: heads.fit(name, parts),
        _fit_tolerance(placed, settings),
        material.features,
        [(one.part, one.features, one.places) for one in material.marked],
        heads.held,
        top_cells,
        cell_px,
        settings.threads,
    )


def _both(front: Front, placed: Placed, network_limit: float, settings: LearnSettings) -> Both:
    equaliser = Equaliser.load(front, settings.threads)
    comparison = Comparison.learn(
        lambda: (equaliser.equalised(image) for image in placed.images), placed.part, settings.threads
    )
    return Both(comparison, network_limit, thresholds(comparison.held_out, settings.seed).low)


def _compared(both: Both) -> dict[str, float]:
    held_out = both.comparison.held_out
    return {
        "good_median": round(float(np.median(held_out)), 6),
        "good_highest": round(float(held_out.max()), 6),
        "limit": round(both.comparison_limit, 6),
        "part_share": round(float((both.comparison.weight > 0).mean()), 6),
    }


def _figures(trial: Trial, limits: Thresholds) -> dict[str, float]:
    return {
        "separation": round(trial.separation, 6),
        "found": round(float((trial.marks >= limits.low).mean()), 6),
        "marks": float(len(trial.marks)),
        "good_median": round(float(np.median(trial.good)), 6),
        "good_highest": round(float(trial.good.max()), 6),
        "limit": round(limits.low, 6),
    }


def _reference(chosen: Sequence[Bytes], placed: Placed) -> tuple[bytes | None, RegistrationSpec | None]:
    if placed.reference is None or placed.located is None:
        return None, None
    picture = chosen[placed.reference]
    coded = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, buffer = cv2.imencode(".png", coded, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    data = bytes(buffer)
    limits = placed.located.limits
    return data, RegistrationSpec(
        sha256=hashlib.sha256(data).hexdigest(),
        method=METHOD,
        max_shift_px=limits.max_shift_px,
        max_rotation_deg=limits.max_rotation_deg,
        min_quality=limits.min_quality,
    )


def _learned_from(chosen: Sequence[Bytes], seed: int) -> LearnedFrom:
    hashes = tuple(picture_sha256(image) for image in chosen)
    return LearnedFrom(images=hashes, parts=len(chosen), seed=seed, code_version=code_version())


def picture_sha256(image: Bytes) -> str:
    """Return what `LearnedFrom.images` calls a picture: the SHA-256 of its pixels, row by row."""
    return hashlib.sha256(image.tobytes()).hexdigest()


def _notices(given: int, learned: int, resolution: Resolution) -> tuple[str, ...]:
    notices = []
    if learned < given:
        notices.append(f"learned from {learned} of {given} pictures: more do not fit into memory at this resolution")
    if not resolution.enough:
        notices.append(
            f"the smallest defect covers {resolution.smallest_px:.1f} pixels of the model's input, {DEFECT_PX:.0f} are "
            "needed to rely on finding it: use a camera with more pixels on the part or allow the model more time"
        )
    return tuple(notices)
