"""Learns from outlines: what people drew around defects teaches a head that stands upon a one-class model of the good part.

Two small heads, both in milliseconds: a linear discriminant on the backbone's patches, and a logistic regression that joins its
value with the maps of the one-class model (stacking: D. Wolpert, Neural Networks 5, 1992). Only pictures that the one-class
model has not learned from are looked at, since its own look cleaner than any other: outlined parts, whose rest is good, and the
good parts after those it learned from.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import cv2
import numpy as np

from models.code import code_version
from models.errors import PictureError
from models.learning.blas import one_blas_thread
from models.learning.choice import sides
from models.learning.crossval import Indices
from models.learning.duplicates import embedding, groups
from models.learning.errors import LearnError
from models.learning.feature_cache import FeatureCache
from models.learning.linear import Linear, discriminant, logistic
from models.learning.one_class import MAX_FEATURE_BYTES, MIN_PARTS, LearnProgress, LearnSettings
from models.learning.patch_base import Base, base_count, learn_base
from models.learning.patch_features import Facts, PatchPicture, Seen, Tap, facts_of
from models.learning.patch_graph import patch_model
from models.learning.patch_limits import HEAD, HeldOut, limits_of
from models.learning.patch_rows import Rows, rows_of
from models.learning.tolerance import FloatArray
from models.manifest import LearnedFrom, Manifest, Thresholds

OTHER_SIZE = "of another size than the newest"
NOT_FOUND = "whose part is not found in the picture"
NOT_SEEN = "outlined where the model does not look"
BEYOND_MEMORY = "more than memory holds"


@dataclass(frozen=True, slots=True, eq=False)
class PatchLearned:
    """A model that is not on a shelf yet.

    Attributes
    ----------
    base
        The one-class model it stands upon.
    base_numbers
        Numbers of the pictures that the one-class model learned from, in the order of its `held_out`.
    used
        Numbers of the pictures that anything was learned from.
    held_out
        Of each picture that the head learned from.
    clean
        Scores of surfaces that nothing is outlined on, by heads that had not learned from them.
    left_out
        Why pictures were not used → how many.
    """

    settings: LearnSettings
    base: Base
    model: bytes
    thresholds: Thresholds
    cross_validation: dict[str, dict[str, float]]
    learned_from: LearnedFrom
    base_numbers: tuple[int, ...]
    used: tuple[int, ...]
    held_out: tuple[HeldOut, ...]
    clean: tuple[float, ...]
    left_out: dict[str, int]

    @property
    def reference(self) -> bytes | None:
        """The reference picture as PNG; None where parts are not registered."""
        return self.base.reference

    def manifest(self, created: datetime) -> Manifest:
        """Return the manifest; `created` in UTC. Its version is a placeholder until a shelf gives one."""
        return self.base.manifest.model_copy(
            update={
                "created": created,
                "model_sha256": hashlib.sha256(self.model).hexdigest(),
                "thresholds": self.thresholds,
                "head": HEAD,
                "cross_validation": {**self.base.manifest.cross_validation, **self.cross_validation},
                "learned_from": self.learned_from,
            }
        )


@one_blas_thread()
def learn_patch_head(
    pictures: Sequence[PatchPicture],
    settings: LearnSettings,
    cache: FeatureCache,
    progress: Callable[[LearnProgress], None] = lambda _: None,
) -> PatchLearned:
    """Learn from outlined and good parts, the oldest label first.

    What was computed for these pictures before is taken from the cache, so that one more outline costs one more picture.
    Same pictures, same settings, same seed: the same model, to the byte, whatever the cache holds.

    Raises
    ------
    LearnError
        If outlined or good parts are too few.
    BackboneError
        If the backbone's weights are missing.
    """
    facts = _facts(pictures, cache, progress)
    fitting = [number for number in range(len(pictures)) if facts[number].shape == facts[-1].shape]
    left_out = {OTHER_SIZE: len(pictures) - len(fitting)}
    good = [number for number in fitting if not pictures[number].outlines]
    outlined = [number for number in fitting if pictures[number].outlines]
    _check(pictures, good, outlined, left_out)
    for_base = good[: base_count(len(good))]
    base = learn_base([pictures[number] for number in for_base], settings, cache, progress)
    tap = Tap.load(base.manifest, base.model, base.reference, base.seen, settings.threads)
    lessons = _lessons(pictures, facts, sorted({*fitting} - {*for_base}), tap, settings, cache, progress, left_out)
    _check(pictures, good, [one.number for one in lessons if not one.good], left_out)
    progress(LearnProgress("learning the outlines", 0.9))
    stacked = _stacked(lessons, tap, settings.seed)
    progress(LearnProgress("choosing the limit", 0.95))
    found = limits_of(lessons, stacked.held_out, tap, settings.seed)
    about = {"task": "anomaly", "head": HEAD}
    model = patch_model(base.model, stacked.texture, stacked.cells, found.scale, tap.seen, tap.grids, about)
    base_numbers = tuple(for_base[number] for number in base.numbers)
    used = sorted([*base_numbers, *(one.number for one in lessons)])
    progress(LearnProgress("learned", 1.0))
    return PatchLearned(
        settings,
        base,
        model,
        found.thresholds,
        found.figures,
        LearnedFrom(
            images=tuple(facts[number].pixels_sha256 for number in used),
            parts=len({pictures[number].part for number in used}),
            seed=settings.seed,
            code_version=code_version(),
        ),
        base_numbers,
        tuple(used),
        found.held_out,
        found.clean,
        {why: count for why, count in left_out.items() if count},
    )


def _facts(
    pictures: Sequence[PatchPicture], cache: FeatureCache, progress: Callable[[LearnProgress], None]
) -> list[Facts]:
    facts = []
    for number, picture in enumerate(pictures, start=1):
        facts.append(facts_of(picture, cache))
        progress(LearnProgress("reading the pictures", 0.1 * number / len(pictures)))
    return facts


def _check(
    pictures: Sequence[PatchPicture], good: Sequence[int], outlined: Sequence[int], left_out: dict[str, int]
) -> None:
    """Refuse what nothing can be learned from, in one sentence that says what there is."""
    without = "".join(f"; left out: {count} {why}" for why, count in left_out.items() if count)
    for numbers, what in ((outlined, "outlined bad parts"), (good, "good parts")):
        parts = len({pictures[number].part for number in numbers})
        if parts < MIN_PARTS:
            raise LearnError(
                f"{parts} {what} are labelled, at least {MIN_PARTS} are needed to learn from outlines, better 20{without}"
            )


def _lessons(
    pictures: Sequence[PatchPicture],
    facts: Sequence[Facts],
    numbers: Sequence[int],
    tap: Tap,
    settings: LearnSettings,
    cache: FeatureCache,
    progress: Callable[[LearnProgress], None],
    left_out: dict[str, int],
) -> list[Rows]:
    """Look at the pictures of these numbers, the newest of them where memory does not hold all."""
    lessons: list[Rows] = []
    most = MIN_PARTS
    for done, number in enumerate(reversed(numbers)):
        if len(lessons) >= most > MIN_PARTS:
            left_out[BEYOND_MEMORY] = len(numbers) - done
            break
        try:
            seen = tap.look(pictures[number], cache)
        except PictureError:
            left_out[NOT_FOUND] = left_out.get(NOT_FOUND, 0) + 1
            continue
        most = max(MIN_PARTS + 1, MAX_FEATURE_BYTES // (seen.patches.nbytes + seen.cells.nbytes + seen.covered.nbytes))
        if pictures[number].outlines and not seen.covered.any():
            left_out[NOT_SEEN] = left_out.get(NOT_SEEN, 0) + 1
            continue
        lessons.append(rows_of(number, pictures[number], facts[number], seen, tap, settings.seed))
        progress(LearnProgress("looking", 0.6 + 0.3 * (done + 1) / len(numbers)))
    return lessons[::-1]


@dataclass(frozen=True, slots=True, eq=False)
class _Stacked:
    """Both heads, learned from everything; `held_out`: each picture's map (H, W) by heads that had not learned from its part."""

    texture: Linear
    cells: Linear
    held_out: list[FloatArray]


def _stacked(lessons: Sequence[Rows], tap: Tap, seed: int) -> _Stacked:
    """Learn both heads. The second always sees values that the first one gave to parts it had not learned from."""
    held = _sides(lessons, seed)
    values: dict[int, FloatArray] = {}
    for fold in held:
        texture = discriminant(one.sums for number, one in enumerate(lessons) if number not in fold)
        values |= {number: _value(texture, lessons[number].seen, tap) for number in fold.tolist()}
    maps: dict[int, FloatArray] = {}
    for fold in held:
        cells = _join(lessons, values, [number for number in range(len(lessons)) if number not in fold])
        maps |= {number: _map(cells, lessons[number].seen, values[number], tap) for number in fold.tolist()}
    return _Stacked(
        discriminant(one.sums for one in lessons),
        _join(lessons, values, range(len(lessons))),
        [maps[number] for number in range(len(lessons))],
    )


def _sides(lessons: Sequence[Rows], seed: int) -> list[Indices]:
    """Return the held-out pictures of each fold."""
    vectors = np.stack([embedding(one.seen.patches.transpose(1, 2, 0)) for one in lessons])
    alike = groups([one.facts.dhash for one in lessons], vectors)
    return sides([one.part for one in lessons], [one.lot for one in lessons], alike, seed)


def _value(texture: Linear, seen: Seen, tap: Tap) -> FloatArray:
    """Return the first head's value on the finished map's grid, as the graph computes it."""
    value = np.tensordot(texture.weights, seen.patches.astype(np.float32), axes=1) + np.float32(texture.offset)
    height, width = tap.grids.cells
    return np.asarray(cv2.resize(value, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _join(lessons: Sequence[Rows], values: Mapping[int, FloatArray], numbers: Sequence[int]) -> Linear:
    rows = [_rows(lessons[number], values[number]) for number in numbers]
    bad = np.concatenate([lessons[number].bad for number in numbers])
    return logistic(np.concatenate(rows), bad, np.concatenate([lessons[number].weights for number in numbers]))


def _rows(lesson: Rows, value: FloatArray) -> FloatArray:
    cells = lesson.seen.cells.reshape(len(lesson.seen.cells), -1)[:, lesson.rows].T.astype(np.float32)
    return np.concatenate([cells, value.reshape(-1)[lesson.rows, None]], axis=1)


def _map(cells: Linear, seen: Seen, value: FloatArray, tap: Tap) -> FloatArray:
    """Return the logarithm of the odds in each cell; nothing at all where nothing is looked at."""
    found = np.tensordot(cells.weights[:-1], seen.cells.astype(np.float32), axes=1)
    found += cells.weights[-1] * value + np.float32(cells.offset)
    return np.where(tap.seen > 0, found, np.float32(-np.inf))
