"""Learning from good pictures, end to end on small ones, with the real backbone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from models.learning.crossval import grouped_folds
from models.learning.errors import LearnError
from models.learning.one_class import Learned, LearnProgress, LearnSettings, learn
from models.predictor import Predictor
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SETTINGS = LearnSettings("texture", registered=False, seed=3, heads=("padim", "gaussian"))


def texture(number: int, size: tuple[int, int] = (128, 160)) -> Bytes:
    rng = np.random.default_rng([9, number])
    smooth = cv2.GaussianBlur(rng.normal(0, 60, size).astype(np.float32), (0, 0), 1.5)
    return np.clip(128 + smooth, 0, 255).astype(np.uint8)


def spoilt(number: int) -> Bytes:
    picture = texture(number)
    cv2.circle(picture, (80, 60), 12, (15,), -1)
    return picture


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn([texture(number) for number in range(12)], SETTINGS)


def test_same_pictures_same_seed_same_model_to_the_byte(learned: Learned) -> None:
    again = learn([texture(number) for number in range(12)], SETTINGS)
    assert again.model == learned.model
    assert again.thresholds == learned.thresholds


def test_what_is_learned_is_judged_by_as_a_predictor(learned: Learned, tmp_path: Path) -> None:
    predictor = Predictor.load(learned.save(Shelf(tmp_path), NOW), threads=1)
    good = [predictor.predict(texture(number)).score for number in range(100, 110)]
    bad = [predictor.predict(spoilt(number)).score for number in range(100, 110)]
    assert max(good) < min(bad)
    assert min(bad) > learned.thresholds.high
    (worst, *_) = predictor.predict(spoilt(100)).defects
    assert np.hypot(*(worst.shape.outline.mean(axis=0) - (80, 60))) < 16


def test_a_picture_of_odd_sides_fills_the_input_and_is_outlined_where_it_is(tmp_path: Path) -> None:
    size = (125, 150)
    made = learn([texture(number, size) for number in range(12)], SETTINGS)
    assert (made.resolution.width, made.resolution.height) == (160, 128)
    assert made.resolution.scale == pytest.approx(128 / 125)
    picture = texture(100, size)
    cv2.circle(picture, (120, 100), 12, (15,), -1)
    (worst, *_) = Predictor.load(made.save(Shelf(tmp_path), NOW), threads=1).predict(picture).defects
    assert np.hypot(*(worst.shape.outline.mean(axis=0) - (120, 100))) < 16


def test_the_manifest_says_what_was_tried_and_learned_from(learned: Learned) -> None:
    manifest = learned.manifest(NOW)
    assert set(manifest.cross_validation) >= {"padim", "gaussian"}
    assert manifest.head in {"padim", "gaussian"}
    assert manifest.learned_from.parts == len(set(manifest.learned_from.images)) == 12
    assert manifest.thresholds.interval[0] <= manifest.thresholds.low <= manifest.thresholds.high


def test_pictures_of_one_part_are_never_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    dealt: list[list[int]] = []

    def spy(together: Sequence[int], seed: int) -> list[npt.NDArray[np.intp]]:
        dealt.append(list(together))
        return grouped_folds(together, seed)

    monkeypatch.setattr("models.learning.one_class.grouped_folds", spy)
    pictures = [texture(number) for number in (0, 1, 2, 3, 4, 5, 6, 0)]
    parts = [0, 0, 1, 2, 3, 4, 5, 6]  # the last is another part by its number, and the same picture as the first
    learn(pictures, SETTINGS, parts=parts)
    (together,) = dealt
    assert together[0] == together[1] == together[7]
    assert len(set(together)) == 6
    learn(pictures, SETTINGS, parts=parts, lots=list("aabccdef"))
    assert dealt[-1][3] == dealt[-1][4] != together[4]
    assert len(set(dealt[-1])) == 5
    learn(pictures, SETTINGS, parts=parts, lots=list("aabccddf"))
    assert dealt[-1] == together, "too few lots to be kept apart"


def test_many_pictures_of_few_parts_are_refused() -> None:
    pictures = [texture(number) for number in range(12)]
    with pytest.raises(LearnError, match="12 pictures show 4 different parts: at least 5"):
        learn(pictures, SETTINGS, parts=[number % 4 for number in range(12)])


def test_progress_only_goes_forward() -> None:
    told: list[LearnProgress] = []
    learn([texture(number) for number in range(6)], SETTINGS, told.append)
    fractions = [news.fraction for news in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


@pytest.mark.parametrize(
    ("images", "settings", "text"),
    [
        ([texture(0)] * 4, SETTINGS, "too few"),
        ([texture(number) for number in range(5)] + [texture(5, (128, 128))], SETTINGS, "picture 6"),
        ([texture(0).astype(np.uint16)] * 6, SETTINGS, "uint8"),
        ([texture(number) for number in range(6)], LearnSettings("x", heads=("oracle",)), "oracle"),
        ([np.full((256, 320), 90, np.uint8)] * 6, LearnSettings("x"), "picture 1"),
    ],
    ids=["too few", "another size", "another depth", "unknown head", "nothing to register by"],
)
def test_bad_input_is_named(images: Sequence[Bytes], settings: LearnSettings, text: str) -> None:
    with pytest.raises(LearnError, match=text):
        learn(images, settings)
