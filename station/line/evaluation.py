"""Versions of models over the parts that people decided: the same parts for each, none that one was learned from. Reads only.

By the score and its thresholds alone: zones and limits in millimetres are the recipe's, see `station.line.replay`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import EvaluationError, ModelError, PictureError
from models.evaluate import NOT_JUDGED, Evaluation, evaluate, is_bad, is_good
from models.learning.one_class import picture_sha256
from models.manifest import LearnedFrom, Manifest
from models.predictor import Predictor
from models.shelf import Shelf
from station.config import StationConfig
from station.journal.reader import JournalReader
from station.line.inspection import VerdictKind
from station.line.labelled import TAUGHT, Bytes, Labelled, labelled_pictures, load_pictures
from station.line.learn import Progress
from station.line.learn_labelled import Wanted
from station.line.recipe import Recipe, RecipeView

TAUGHT_OUT = "taught, not decided on the line"
OLDER = "older than the newest that were asked for"
LEARNED_FROM = "learned from"
THREADS = 1


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a model on the shelf."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One part: what people say of it, and the score of each version; `NOT_JUDGED` where it could not be judged."""

    one: Labelled
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One version over the parts, at the thresholds that the line uses: the recipe's where it has some, else the model's."""

    version: Version
    low: float
    high: float
    figures: Evaluation
    verdicts: tuple[VerdictKind, ...]


@dataclass(frozen=True, slots=True)
class Evaluations:
    """All of it; `left_out`: why a labelled picture does not count → how many."""

    recipe: str
    view: str
    parts: tuple[Judged, ...]
    left_out: dict[str, int]
    versions: tuple[Evaluated, ...]

    def wrong(self, number: int, *, good: bool) -> tuple[Labelled, ...]:
        """Return the good parts that a version rejects, or the bad ones that it lets pass, the worst first."""
        kind = VerdictKind.NG if good else VerdictKind.OK
        verdicts = self.versions[number].verdicts
        found = [
            part
            for part, verdict in zip(self.parts, verdicts, strict=True)
            if part.one.good is good and verdict is kind
        ]
        found.sort(key=lambda part: part.scores[number], reverse=good)
        return tuple(part.one for part in found)


def find_view(recipe: Recipe, names: Sequence[str], view: str | None) -> RecipeView:
    """Return the view to judge: the one that is named, else the one that one of the models is for.

    Raises
    ------
    EvaluationError
        If it is not clear which one.
    """
    fits = [each for each in recipe.views if (each.name == view if view else each.model in names)]
    if len(fits) == 1:
        return fits[0]
    have = ", ".join(f"{each.name} (model {each.model})" for each in recipe.views)
    asked = f"view {view}" if view else f"model {' or '.join(dict.fromkeys(names))}"
    which = "no view is for" if not fits else "several views are for"
    which = "there is no" if view else which
    raise EvaluationError(f"recipe {recipe.name}: {which} {asked}; name one with --view, there are: {have}")


def evaluate_versions(
    config: StationConfig,
    recipe: Recipe,
    view: RecipeView,
    versions: Sequence[Version],
    wanted: Wanted,
    progress: Progress,
) -> Evaluations:
    """Have each version judge the same labelled parts: of each label the newest that are wanted.

    Raises
    ------
    EvaluationError
        If there are no good or no bad parts left to judge.
    ModelError, StorageError
        If a version, the journal or a picture cannot be read, or a version cannot judge such pictures at all.
    """
    shelf = Shelf(config.station.data / "models")
    provider = config.model.provider
    predictors = [
        Predictor.load(shelf.folder(one.name, one.version), threads=THREADS, provider=provider) for one in versions
    ]
    with JournalReader(config.station.data) as journal:
        found = labelled_pictures(journal, recipe, view, since=wanted.since)
        left_out = dict(found.left_out)
        decided = [one for one in found.pictures if one.sample.source != TAUGHT]
        newest = _newest(decided, wanted.most)
        beyond = {TAUGHT_OUT: len(found.pictures) - len(decided), OLDER: len(decided) - len(newest)}
        left_out |= {why: count for why, count in beyond.items() if count}
        unseen = _unseen(found.pictures, newest, predictors)
        parts = _judge(journal, unseen, predictors, progress)
        if seen := len(newest) - len(parts):
            left_out[LEARNED_FROM] = seen
    _check(parts, recipe, view, left_out)
    low, high = view.low, view.high
    return Evaluations(
        recipe.name,
        view.name,
        tuple(parts),
        left_out,
        tuple(
            _evaluated(version, predictor, [(part.one.good, part.scores[number]) for part in parts], low, high)
            for number, (version, predictor) in enumerate(zip(versions, predictors, strict=True))
        ),
    )


def _newest(decided: Sequence[Labelled], most: int) -> list[Labelled]:
    kept = {
        one.sample.number for good in (True, False) for one in [each for each in decided if each.good is good][:most]
    }
    return [one for one in decided if one.sample.number in kept]


def _unseen(
    all_of_view: Sequence[Labelled], wanted: Sequence[Labelled], predictors: Sequence[Predictor]
) -> list[Labelled]:
    """Return the wanted ones, less every picture of a part that a version was learned from."""
    uids = {
        one.part for origin in _origins(predictors) if origin.lineage for one in origin.lineage.pictures if one.part
    }
    parts = {one.part_key for one in all_of_view if str(one.sample.part_uid) in uids}
    return [one for one in wanted if one.part_key not in parts]


def _origins(predictors: Sequence[Predictor]) -> list[LearnedFrom]:
    return [each.manifest.learned_from for each in predictors if isinstance(each.manifest, Manifest)]


def _judge(
    journal: JournalReader,
    wanted: Sequence[Labelled],
    predictors: Sequence[Predictor],
    progress: Progress,
) -> list[Judged]:
    """Judge the pictures, less those that a version was learned from without saying of which part they are."""
    seen = {image for origin in _origins(predictors) for image in origin.images}
    parts: list[Judged] = []
    for number, (one, picture) in enumerate(zip(wanted, load_pictures(journal, wanted), strict=True), start=1):
        if picture_sha256(picture) not in seen:
            parts.append(Judged(one, tuple(_score(predictor, picture) for predictor in predictors)))
        progress(f"part {number} of {len(wanted)} judged", number / len(wanted))
    return parts


def _score(predictor: Predictor, picture: Bytes) -> float:
    try:
        score = predictor.predict(picture).score
    except PictureError:
        return NOT_JUDGED
    if not math.isfinite(score):
        raise ModelError(f"model {predictor.manifest.name} answered with a score that is not finite; evaluate another")
    return score


def _check(parts: Sequence[Judged], recipe: Recipe, view: RecipeView, left_out: dict[str, int]) -> None:
    good = sum(part.one.good for part in parts)
    if good and good < len(parts):
        return
    without = "; ".join(f"{count} {why}" for why, count in left_out.items())
    raise EvaluationError(
        f"recipe {recipe.name}, view {view.name}: people decided {good} good and {len(parts) - good} bad parts that count"
        f"{f' (left out: {without})' if without else ''}, at least one of each is needed; decide more parts at the screen"
    )


def _evaluated(
    version: Version, predictor: Predictor, parts: Sequence[tuple[bool, float]], low: float | None, high: float | None
) -> Evaluated:
    limits = predictor.manifest.thresholds
    low, high = limits.low if low is None else low, limits.high if high is None else high
    good, bad = [score for is_ok, score in parts if is_ok], [score for is_ok, score in parts if not is_ok]
    verdicts = tuple(_verdict(score, low, high) for _, score in parts)
    return Evaluated(version, low, high, evaluate(good, bad, low, high), verdicts)


def _verdict(score: float, low: float, high: float) -> VerdictKind:
    if is_good(score, low):
        return VerdictKind.OK
    return VerdictKind.NG if is_bad(score, high) else VerdictKind.NOT_DECIDABLE
