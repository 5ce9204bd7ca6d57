"""Learning a part that moves: small pictures of a drawn plate, the real backbone, judged through the predictor."""

from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from models.errors import PictureError
from models.learning.errors import LearnError
from models.learning.one_class import Learned, LearnSettings, learn
from models.predictor import Predictor
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
WIDTH, HEIGHT = 640, 512
HOLES = ((150, 140, 22), (490, 140, 22), (150, 370, 22), (490, 370, 22), (330, 250, 70), (250, 380, 12))
SETTINGS = LearnSettings("plate", smallest_defect_px=8.0, seed=1, heads=("padim",), threads=1)
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def plate(number: int, scratch: float = 0.0) -> Bytes:
    """Brushed, holed, moved and turned a little, under light that differs by number."""
    rng = np.random.default_rng([5, number])
    canvas = np.full((HEIGHT, WIDTH), 40.0, np.float32)
    cv2.rectangle(canvas, (90, 80), (550, 430), (140.0,), -1)
    for x, y, radius in HOLES:
        cv2.circle(canvas, (x, y), radius, (15.0,), -1, cv2.LINE_AA)
    cv2.rectangle(canvas, (230, 120), (330, 145), (80.0,), 3)
    brush = cv2.blur(rng.normal(0, 1, canvas.shape).astype(np.float32), (41, 1))
    canvas *= 1 + 0.02 * brush / brush.std() * (canvas > 100)
    if scratch:
        stroke = np.zeros(canvas.shape, np.float32)
        cv2.line(stroke, (420, 300), (470, 250), (1.0,), 2, cv2.LINE_AA)
        canvas *= 1 - scratch * stroke
    turn, (dx, dy) = rng.uniform(-1, 1), rng.uniform(-8, 8, 2)
    moved = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), turn, 1)
    moved[:, 2] += (dx, dy)
    placed = cv2.warpAffine(canvas, moved, (WIDTH, HEIGHT), borderValue=(40.0,))
    lit = placed * rng.uniform(0.93, 1.07) + rng.normal(0, 1, canvas.shape)
    return np.clip(np.rint(lit), 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn([plate(number) for number in range(16)], SETTINGS)


@pytest.fixture(scope="module")
def predictor(learned: Learned, tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    return Predictor.load(learned.save(Shelf(tmp_path_factory.mktemp("models")), NOW), threads=1)


def test_good_parts_pass_and_a_scratch_does_not(predictor: Predictor) -> None:
    good = [predictor.predict(plate(number)) for number in range(200, 210)]
    assert max(one.score for one in good) < predictor.manifest.thresholds.low
    for number in range(300, 304):
        prediction = predictor.predict(plate(number, scratch=0.5))
        assert prediction.score >= predictor.manifest.thresholds.high
        assert prediction.defects


def test_a_part_that_is_not_there_is_never_judged(predictor: Predictor) -> None:
    empty = np.random.default_rng(1).integers(30, 50, (HEIGHT, WIDTH), dtype=np.uint8)
    with pytest.raises(PictureError):
        predictor.predict(empty)


def test_the_same_parts_give_the_same_bytes(learned: Learned) -> None:
    again = learn([plate(number) for number in range(16)], SETTINGS)
    assert again.model == learned.model
    assert again.reference == learned.reference


def test_a_picture_without_the_part_is_named_by_its_number() -> None:
    pictures = [plate(number) for number in range(6)]
    pictures[3] = np.random.default_rng(2).integers(30, 50, (HEIGHT, WIDTH), dtype=np.uint8)
    with pytest.raises(LearnError, match="picture 4 of 6"):
        learn(pictures, SETTINGS)


def test_colour_is_learned_as_it_comes(tmp_path: Path) -> None:
    coloured = [cv2.merge([plate(number)] * 2 + [plate(number) // 2]) for number in range(8)]
    predictor = Predictor.load(learn(coloured, SETTINGS).save(Shelf(tmp_path), NOW), threads=1)
    swapped = np.ascontiguousarray(np.asarray(coloured[7], np.uint8)[:, :, ::-1])
    assert predictor.predict(swapped).score > predictor.predict(np.asarray(coloured[7], np.uint8)).score
