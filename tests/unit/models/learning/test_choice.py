"""The choice between heads, end to end on small pictures, and the splitter it rests on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.learning.backbone import WHOLE_LITE0
from models.learning.choice import BETTER, MOST_SHOWN, SHOWN, Base, Judged, JudgeSettings, judge_by_verdicts, sides
from models.learning.crossval import FOLDS
from models.learning.duplicates import joined
from models.learning.errors import LearnError
from models.learning.ok_ng import EVEN, Verdicts
from models.learning.one_class import Learned, LearnSettings, learn
from models.learning.whole import Look, Looker
from models.predictor import Predictor
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
Doubles = npt.NDArray[np.float64]
NOW = datetime(2026, 1, 2, tzinfo=UTC)
GOOD, BAD = 20, 14
NUMBERS = st.lists(st.integers(0, 12), min_size=2, max_size=60)


def texture(number: int, size: tuple[int, int] = (96, 128)) -> Bytes:
    rng = np.random.default_rng([9, number])
    smooth = cv2.GaussianBlur(rng.normal(0, 60, size).astype(np.float32), (0, 0), 1.5)
    return np.clip(128 + smooth, 0, 255).astype(np.uint8)


def spoilt(number: int) -> Bytes:
    """A faint blot somewhere: less odd than a texture's own extremes, but of a kind."""
    made = texture(number)
    x, y = np.random.default_rng([3, number]).integers(20, 76, 2)
    cv2.circle(made, (int(x), int(y)), 5, (60,), -1)
    return made


@pytest.fixture(scope="module")
def learned() -> Learned:
    chosen = LearnSettings("texture", registered=False, seed=3, heads=("gaussian",), threads=1)
    return learn([texture(number) for number in range(12)], chosen)


@pytest.fixture(scope="module")
def predictor(learned: Learned, tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    return Predictor.load(learned.save(Shelf(tmp_path_factory.mktemp("shelf")), NOW), threads=1)


@pytest.fixture(scope="module")
def seen(predictor: Predictor) -> tuple[Look, Doubles, Verdicts, Doubles]:
    pictures = [texture(number) for number in range(100, 100 + GOOD)] + [
        spoilt(number) for number in range(200, 200 + BAD)
    ]
    looker = Looker.load(Look(96, 128, 1, (WHOLE_LITE0,)), threads=1)
    vectors = np.stack([looker.vector(predictor.prepare(picture)[0]) for picture in pictures])
    bad = np.arange(GOOD + BAD) >= GOOD
    verdicts = Verdicts(bad, np.ones(GOOD + BAD), sides(list(range(GOOD + BAD)), None, None, 0))
    return looker.look, vectors, verdicts, np.array([predictor.predict(picture).score for picture in pictures])


def judged(
    learned: Learned, seen: tuple[Look, Doubles, Verdicts, Doubles], scores: Doubles, how: JudgeSettings
) -> Judged:
    look, vectors, verdicts, _ = seen
    return judge_by_verdicts(
        [Base("one-class", learned.model, learned.thresholds, scores)], look, vectors, verdicts, how
    )


def loaded(learned: Learned, found: Judged, folder: Path) -> Predictor:
    made = replace(learned, model=found.model, thresholds=found.thresholds, head=found.head)
    return Predictor.load(made.save(Shelf(folder), NOW), threads=1)


def test_verdicts_teach_what_good_parts_alone_do_not(
    learned: Learned, seen: tuple[Look, Doubles, Verdicts, Doubles], tmp_path: Path
) -> None:
    found = judged(learned, seen, seen[3], JudgeSettings(only_verdicts=True))
    assert found.head == "ok-ng"
    judge = loaded(learned, found, tmp_path)
    good = [judge.predict(texture(number)).score for number in range(300, 308)]
    bad = [judge.predict(spoilt(number)).score for number in range(400, 408)]
    assert max(good) < EVEN < min(bad)


def test_same_pictures_same_verdicts_same_seed_same_model_to_the_byte(
    learned: Learned, seen: tuple[Look, Doubles, Verdicts, Doubles]
) -> None:
    one, again = (judged(learned, seen, seen[3], JudgeSettings(seed=7)) for _ in range(2))
    assert one.model == again.model
    assert one.thresholds == again.thresholds


def test_a_base_that_is_as_good_stays_the_judge(
    learned: Learned, seen: tuple[Look, Doubles, Verdicts, Doubles]
) -> None:
    perfect = np.where(seen[2].bad, 9.0, 1.0) + np.linspace(0, 0.5, GOOD + BAD)
    found = judged(learned, seen, perfect, JudgeSettings())
    assert found.head == "one-class"
    assert found.model == learned.model
    assert found.thresholds == learned.thresholds
    assert set(found.figures) == {"one-class", "ok-ng", "one-class+ok-ng"}


def test_two_that_each_know_something_judge_together(
    learned: Learned, predictor: Predictor, seen: tuple[Look, Doubles, Verdicts, Doubles], tmp_path: Path
) -> None:
    look, vectors, verdicts, _ = seen
    rng = np.random.default_rng(2)
    noise = rng.normal(0, 1, vectors.shape) * vectors.std(axis=0) * 4  # so that the verdicts alone teach little
    scores = np.exp(np.where(verdicts.bad, 0.6, -0.6) + rng.normal(0, 0.7, GOOD + BAD))
    base = Base("one-class", learned.model, learned.thresholds, scores)
    found = judge_by_verdicts([base], look, vectors + noise, verdicts, JudgeSettings())
    figures = {name: each["auroc"] for name, each in found.figures.items()}
    assert (
        found.head == max(figures, key=lambda name: figures[name])
        or figures[found.head] >= max(figures.values()) - BETTER
    )
    assert found.head == "one-class+ok-ng", figures
    judge = loaded(learned, found, tmp_path)
    odder, plainer = sorted(
        (texture(number) for number in range(500, 508)), key=lambda one: predictor.predict(one).score
    )[-1::-7]
    assert judge.predict(odder).score > judge.predict(plainer).score


def test_no_ignore_zone_can_take_away_the_odds(
    learned: Learned, predictor: Predictor, seen: tuple[Look, Doubles, Verdicts, Doubles], tmp_path: Path
) -> None:
    judge = loaded(learned, judged(learned, seen, seen[3], JudgeSettings(only_verdicts=True)), tmp_path)
    blotted = texture(600)
    cv2.circle(blotted, (64, 48), 14, (0,), -1)
    prediction, known = judge.predict(blotted), predictor.predict(blotted)
    assert prediction.heat_map is not None
    assert float(prediction.heat_map.max()) <= SHOWN * MOST_SHOWN * 1.01
    assert len(prediction.defects) == len(known.defects) > 0


def test_too_few_of_either_verdict_are_refused(learned: Learned, seen: tuple[Look, Doubles, Verdicts, Doubles]) -> None:
    look, vectors, verdicts, _ = seen
    few = Verdicts(verdicts.bad[: GOOD + 4], verdicts.trust[: GOOD + 4], sides(list(range(GOOD + 4)), None, None, 0))
    with pytest.raises(LearnError, match=r"20 pictures are OK and 4 NG.*at least 5 of each"):
        judge_by_verdicts([], look, vectors[: GOOD + 4], few, JudgeSettings(only_verdicts=True))


def test_without_a_base_the_model_shows_nothing_and_judges(
    learned: Learned, seen: tuple[Look, Doubles, Verdicts, Doubles], tmp_path: Path
) -> None:
    look, vectors, verdicts, _ = seen
    found = judge_by_verdicts([], look, vectors, verdicts, JudgeSettings(only_verdicts=True))
    prediction = loaded(learned, found, tmp_path).predict(spoilt(700))
    assert prediction.score > EVEN
    assert prediction.defects == ()


@given(parts=NUMBERS, data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_belongs_together_is_never_on_both_sides(parts: list[int], data: st.DataObject) -> None:
    same = st.lists(st.integers(0, 9), min_size=len(parts), max_size=len(parts))
    lots, looks = data.draw(same), data.draw(same)
    held = sides(parts, lots, looks, data.draw(st.integers(0, 99)))
    assert sorted(int(number) for fold in held for number in fold) == list(range(len(parts)))
    fold_of = {int(number): index for index, fold in enumerate(held) for number in fold}
    enough = len(set(joined(joined(parts, looks), lots))) >= FOLDS
    kept = [parts, looks] + ([lots] if enough else [])
    for names in kept:
        for one in range(len(parts)):
            for other in range(one):
                assert names[one] != names[other] or fold_of[one] == fold_of[other]
