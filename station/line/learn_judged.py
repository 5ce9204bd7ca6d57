"""Learning from what people said of whole parts: the OK/NG head, and the choice between all heads by cross-validation."""

import hashlib
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.code import code_version
from models.errors import PictureError
from models.learning.choice import Base as Candidate
from models.learning.choice import Judged, JudgeSettings, judge_by_verdicts, sides
from models.learning.duplicates import groups
from models.learning.errors import LearnError
from models.learning.feature_cache import FeatureCache
from models.learning.ok_ng import Verdicts
from models.learning.one_class import MIN_PARTS, LearnProgress
from models.learning.patch_base import Base, base_count, learn_base
from models.learning.patch_features import Facts, PatchPicture, Tap, facts_of, key_of
from models.learning.patch_head import NOT_FOUND, OTHER_SIZE, PatchLearned
from models.learning.spare import in_spare_time
from models.learning.whole import LOOK_VERSION, PLACES, VECTOR, VIEWS, Look, Looker, Sight
from models.manifest import LearnedFrom, Lineage
from models.predictor import Predictor
from station.journal.records import utc_now
from station.line.carded import KnownParts, Made, proved
from station.line.labelled import Labelled
from station.line.learn_outlined import (
    GONE,
    card_part,
    learn_patches,
    outlined_pictures,
    picture_of,
)
from station.line.lesson import LearnedView, Lesson, counted

Doubles = npt.NDArray[np.float64]
ONE_CLASS, PATCH = "one-class", "patch"
"""Names of the simpler heads among those compared."""
LOOKING, FITTING = 0.6, 0.9
"""Shares of the progress at which the pictures are looked at, and the heads compared."""
TOLD = 20
"""Pictures of which progress is told, about."""
HOW = (
    "Each part was scored by a head learned from others (cross-validation that keeps a part, near-duplicates, and a "
    "lot where there are enough, on one side)."
)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A labelled picture, and what is known of it."""

    labelled: Labelled
    picture: PatchPicture
    facts: Facts


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What the OK/NG head stands upon: a one-class model, maybe with a patch head.

    `held_out` has the one-class score of the pictures that model learned from, by the hash of their file.
    """

    base: Base
    held_out: Mapping[str, float]
    patch: PatchLearned | None = None
    patch_held_out: Mapping[str, float] | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A picture, what the networks see in it, and the one-class model's score; no number where nobody asks for that."""

    shown: _Shown
    sight: Sight
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Eyes:
    """What looks at pictures: the networks, at parts as `placing` brings them into the model's input; the one-class model.

    `placed` is all of the manifest that a sight depends on.
    """

    looker: Looker
    placing: Predictor
    placed: str
    tap: Tap | None
    cache: FeatureCache

    @classmethod
    def open(cls, lesson: Lesson, base: Base, cache: FeatureCache, *, only_verdicts: bool) -> "_Eyes":
        """Load them; the one-class model's opinion is asked for unless verdicts alone decide."""
        threads, size = lesson.settings.threads, base.manifest.input
        views = 1 if lesson.settings.registered else max(VIEWS)  # a fixture leaves one way round
        looker = Looker.load(Look(size.height, size.width, views), threads)
        tap = None if only_verdicts else Tap.load(base.manifest, base.model, base.reference, base.seen, threads)
        placed = base.manifest.model_dump_json(include={"input", "scale", "registration"})
        return cls(looker, proved(_made_of_base(base)), placed, tap, cache)

    def look(self, one: _Shown) -> _Look | None:
        """Look at a picture, or find in the cache what was seen in it; None where the part cannot be located."""
        try:
            sight = self._sight(one.picture)
            return _Look(one, sight, math.nan if self.tap is None else self.tap.look(one.picture, self.cache).score)
        except PictureError:
            return None

    def _sight(self, picture: PatchPicture) -> Sight:
        look = self.looker.look
        networks = [f"{network.name} {network.sha256}" for network in look.networks]
        key = key_of("sight", str((LOOK_VERSION, look.height, look.width, look.views)), *networks, self.placed)
        found = self.cache.get(picture.sha256, key)
        if found is None:
            sight = self.looker.sight(self.placing.prepare(picture.load())[0])
            found = {VECTOR: sight.vector, PLACES: sight.places}
            self.cache.put(picture.sha256, key, found)
        return Sight(np.asarray(found[VECTOR], np.float32), np.asarray(found[PLACES], np.float16))


def learn_judged(lesson: Lesson, cache: FeatureCache, *, only_verdicts: bool) -> LearnedView:
    """Learn the OK/NG head; unless only that is wanted, choose between it, the simpler heads, and both together.

    Raises
    ------
    LearnError
        If there are too few labels, or all are of one kind.
    StorageError, ModelError
        If the journal or a picture cannot be read, or a model does not answer.
    """
    start_s = time.monotonic()
    shown, reasons = _shown(lesson, cache)
    ground = _ground(lesson, shown, cache, only_verdicts=only_verdicts)
    eyes = _Eyes.open(lesson, ground.base, cache, only_verdicts=only_verdicts)
    looks, unseen = _looked(lesson, eyes, shown)
    lesson.progress("choosing", FITTING)
    judged = _judge(lesson, ground, looks, eyes.looker.look, only_verdicts=only_verdicts)
    used = [one.shown.labelled for one in looks]
    left_out = counted([*reasons, *unseen])
    made = _made(lesson, ground, judged, looks, lesson.lineage(used, left_out))
    known = KnownParts(
        [
            card_part(lesson, one.shown.labelled, one.shown.facts.pixels_sha256, float(score))
            for one, score in zip(looks, judged.held_out, strict=True)
        ],
        lambda number: looks[number].shown.picture.load(),
        HOW,
    )
    return LearnedView(lesson.view, made, proved(made), known, time.monotonic() - start_s, ground.notices)


def _shown(lesson: Lesson, cache: FeatureCache) -> tuple[list[_Shown], list[str]]:
    """Return all labelled pictures of the newest one's size, and why others are left out."""
    labelled = lesson.in_order
    there = [one for one in labelled if lesson.journal.blobs.has(one.sample.image)]

    def show(one: Labelled) -> _Shown:
        picture = picture_of(lesson.journal, one, None)
        return _Shown(one, picture, facts_of(picture, cache))

    found = list(in_spare_time(show, there))
    same = [one for one in found if one.facts.shape == found[-1].facts.shape]
    gone, others = len(labelled) - len(there), len(found) - len(same)
    return same, [*lesson.older, *[GONE] * gone, *[OTHER_SIZE] * others]


def _ground(lesson: Lesson, shown: Sequence[_Shown], cache: FeatureCache, *, only_verdicts: bool) -> _Ground:
    outlined = outlined_pictures(lesson)
    if only_verdicts or len({one.part for one in outlined.pictures if one.outlines}) < MIN_PARTS:
        return _plain_ground(lesson, shown, cache)
    try:
        patch = learn_patches(lesson, outlined, cache)
    except LearnError as error:
        return _plain_ground(lesson, shown, cache, f"no patch head is among those compared: {error}")
    hashes = [picture.sha256 for picture in outlined.pictures]
    held_out = dict(zip((hashes[number] for number in patch.base_numbers), patch.base.held_out, strict=True))
    known = {hashes[one.number]: one.score for one in patch.held_out}
    return _Ground(patch.base, held_out, patch, {**_ranked(held_out, patch.clean), **known}, patch.base.notices)


def _plain_ground(lesson: Lesson, shown: Sequence[_Shown], cache: FeatureCache, *notices: str) -> _Ground:
    good = [one.picture for one in shown if one.labelled.good]
    chosen = good[: base_count(len(good))]

    def tell(news: LearnProgress) -> None:
        lesson.progress(news.stage, news.fraction)

    base = learn_base(chosen, lesson.settings, cache, tell)
    hashes = [chosen[number].sha256 for number in base.numbers]
    return _Ground(base, dict(zip(hashes, base.held_out, strict=True)), notices=(*notices, *base.notices))


def _ranked(held_out: Mapping[str, float], clean: Sequence[float]) -> dict[str, float]:
    """Return what the patch head would say of the parts that its one-class model learned from, had it not.

    To it they look cleaner than others. So each gets, of clean surfaces that no head had learned from, the score of its own rank
    among the one-class scores.
    """
    order = sorted(held_out, key=lambda name: held_out[name])
    shares = (np.arange(len(order)) + 0.5) / max(len(order), 1)
    return dict(zip(order, np.quantile(np.array(clean), shares).tolist(), strict=True))


def _looked(lesson: Lesson, eyes: _Eyes, shown: Sequence[_Shown]) -> tuple[list[_Look], list[str]]:
    """Look at all pictures; return what is seen, and why pictures are left out."""
    looks: list[_Look] = []
    reasons: list[str] = []
    for number, seen in enumerate(in_spare_time(eyes.look, shown), start=1):
        if seen is None:
            reasons.append(NOT_FOUND)
        else:
            looks.append(seen)
        if _worth_telling(number, len(shown)):
            lesson.progress("looking", LOOKING + (FITTING - LOOKING) * number / len(shown))
    return looks, reasons


def _judge(lesson: Lesson, ground: _Ground, looks: Sequence[_Look], look: Look, *, only_verdicts: bool) -> Judged:
    seed = lesson.settings.seed
    alike = groups(
        [one.shown.facts.dhash for one in looks], np.stack([one.sight.places for one in looks], dtype=np.float32)
    )
    held = sides(
        [one.shown.labelled.part_key for one in looks],
        [one.shown.picture.lot or one.shown.picture.sha256 for one in looks],
        alike,
        seed,
    )
    verdicts = Verdicts(np.array([not one.shown.labelled.good for one in looks]), np.ones(len(looks)), held)
    vectors = np.stack([one.sight.vector for one in looks], dtype=np.float64)
    settings = JudgeSettings(seed=seed, only_verdicts=only_verdicts)
    return judge_by_verdicts(_candidates(ground, looks), look, vectors, verdicts, settings)


def _worth_telling(done: int, of: int) -> bool:
    """Return whether somebody wants to hear of this picture: of 2,000 not of each."""
    return done % max(1, of // TOLD) == 0 or done == of


def _candidates(ground: _Ground, looks: Sequence[_Look]) -> list[Candidate]:
    alone = [ground.held_out.get(one.shown.picture.sha256, one.score) for one in looks]
    found = [Candidate(ONE_CLASS, ground.base.model, ground.base.manifest.thresholds, np.array(alone))]
    if ground.patch is not None and ground.patch_held_out is not None:
        predictor = proved(_made_of_patch(ground.patch))
        known = ground.patch_held_out
        scores = [
            known[sha256]
            if (sha256 := one.shown.picture.sha256) in known
            else predictor.predict(one.shown.picture.load()).score
            for one in looks
        ]
        found.append(Candidate(PATCH, ground.patch.model, ground.patch.thresholds, np.array(scores)))
    return found


def _made_of_base(base: Base) -> Made:
    return Made(base.manifest, base.model, base.reference)


def _made_of_patch(patch: PatchLearned) -> Made:
    return Made(patch.manifest(utc_now()), patch.model, patch.reference)


def _made(lesson: Lesson, ground: _Ground, judged: Judged, looks: Sequence[_Look], lineage: Lineage) -> Made:
    """Return the model with its manifest."""
    base = ground.base
    origin = LearnedFrom(
        images=tuple(one.shown.facts.pixels_sha256 for one in looks),
        parts=len({one.shown.labelled.part_key for one in looks}),
        seed=lesson.settings.seed,
        code_version=code_version(),
        lineage=lineage,
    )
    tried = {} if ground.patch is None else ground.patch.cross_validation
    figures = {**base.manifest.cross_validation, **tried}
    for name, values in judged.figures.items():
        figures[name] = {**figures.get(name, {}), **values}
    changes = {
        "created": utc_now(),
        "model_sha256": hashlib.sha256(judged.model).hexdigest(),
        "thresholds": judged.thresholds,
        "head": base.manifest.head if judged.head == ONE_CLASS else judged.head,
        "cross_validation": figures,
        "learned_from": origin,
    }
    return Made(base.manifest.model_copy(update=changes), judged.model, base.reference)
