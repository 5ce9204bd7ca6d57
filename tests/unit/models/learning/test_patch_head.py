"""Learning from outlines on the virtual line: what it finds, that it is quick and the same again, and what it refuses."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from camera.virtual_part import World, draw_part
from labeling.shapes import Box, Polygon, Shape, frozen_points
from models.learning.errors import LearnError
from models.learning.feature_cache import FeatureCache
from models.learning.one_class import LearnSettings
from models.learning.patch_base import COUNTS, SHARE, base_count
from models.learning.patch_features import PatchPicture
from models.learning.patch_head import NOT_SEEN, OTHER_SIZE, PatchLearned, learn_patch_head
from models.learning.pixel_curve import pixel_curve
from models.predictor import Predictor
from models.shelf import Shelf

Bytes = npt.NDArray[np.uint8]
NOW = datetime(2026, 1, 2, tzinfo=UTC)
CLEAN = World(612, 512, seed=31, defect_rate=0.0)
BAD = replace(CLEAN, defect_rate=1.0, visibility=0.8)
SETTINGS = LearnSettings("plate", smallest_defect_px=4.0, seed=1, heads=("padim",), threads=1)
GOOD_PARTS, OUTLINED_PARTS = 12, 10


@dataclass(slots=True)
class Reads:
    """Counts the pictures that had to be read."""

    count: int = 0


def picture_of(world: World, number: int, reads: Reads) -> PatchPicture:
    drawn = draw_part(world, number)

    def load() -> Bytes:
        reads.count += 1
        return drawn.pixels

    shapes = tuple(Polygon(frozen_points(one.outline)) for one in drawn.truth.defects)
    return PatchPicture(
        hashlib.sha256(drawn.pixels.tobytes()).hexdigest(), f"{world.defect_rate} {number}", load, shapes
    )


def labelled(reads: Reads) -> list[PatchPicture]:
    good = [picture_of(CLEAN, number, reads) for number in range(GOOD_PARTS)]
    return good + [picture_of(BAD, number, reads) for number in range(50, 50 + OUTLINED_PARTS)]


@dataclass(frozen=True, slots=True)
class Lesson:
    pictures: list[PatchPicture]
    cache: FeatureCache
    learned: PatchLearned
    reads: Reads


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    reads = Reads()
    pictures = labelled(reads)
    cache = FeatureCache(tmp_path_factory.mktemp("features"))
    return Lesson(pictures, cache, learn_patch_head(pictures, SETTINGS, cache), reads)


def loaded(learned: PatchLearned, folder: Path) -> Predictor:
    folder = Shelf(folder).add(learned.manifest(NOW), learned.model, learned.reference)
    return Predictor.load(folder, threads=1)


def precision(predictor: Predictor, numbers: Sequence[int]) -> float:
    """Average precision over the pixels of the heat maps of parts that nobody learned from."""
    maps, covered = [], []
    for number in numbers:
        drawn = draw_part(BAD, number)
        heat = predictor.predict(drawn.pixels).heat_map
        assert heat is not None
        mask = np.zeros(drawn.pixels.shape, np.uint8)
        for one in drawn.truth.defects:
            cv2.fillPoly(mask, [np.rint(one.outline * 16).astype(np.int32)], (255,), cv2.LINE_8, 4)
        size = heat.shape[1], heat.shape[0]
        maps.append(heat)
        covered.append(cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255))
    return pixel_curve(maps, covered, np.ones(maps[0].shape, np.float32)).average_precision


def test_outlines_lift_the_precision_of_places_and_lose_no_part(lesson: Lesson, tmp_path: Path) -> None:
    learned = lesson.learned
    patch = loaded(learned, tmp_path / "patch")
    base = learned.base
    alone = Predictor.load(Shelf(tmp_path / "base").add(base.manifest, base.model, base.reference), threads=1)
    unseen = range(100, 110)
    assert precision(patch, unseen) > 1.3 * precision(alone, unseen)
    for number in unseen:
        pixels = draw_part(BAD, number).pixels
        if alone.predict(pixels).score >= alone.manifest.thresholds.low:
            assert patch.predict(pixels).score >= patch.manifest.thresholds.low
    good = [patch.predict(draw_part(CLEAN, number).pixels) for number in range(100, 106)]
    assert max(one.score for one in good) < 1.0
    assert not any(one.defects for one in good)


def test_held_out_scores_are_on_the_scale_of_the_model(lesson: Lesson, tmp_path: Path) -> None:
    learned = lesson.learned
    assert [one.number for one in learned.held_out] == [
        number for number in range(len(lesson.pictures)) if number not in learned.base_numbers
    ]
    bad = [one for one in learned.held_out if not one.good]
    assert len(bad) == OUTLINED_PARTS
    patch = loaded(learned, tmp_path)
    seen = [patch.predict(draw_part(BAD, 50 + number).pixels).score for number in range(OUTLINED_PARTS)]
    assert np.corrcoef(seen, [one.score for one in bad])[0, 1] > 0.7
    assert learned.cross_validation["patch"]["pixel_ap"] > learned.cross_validation["patch"]["one_class_pixel_ap"]


def test_the_same_again_from_the_cache_or_without_to_the_byte_and_one_more_outline_reads_one_picture(
    lesson: Lesson, tmp_path: Path
) -> None:
    before = lesson.reads.count
    again = learn_patch_head(lesson.pictures, SETTINGS, lesson.cache)
    assert again.model == lesson.learned.model
    assert again.manifest(NOW) == lesson.learned.manifest(NOW)
    assert lesson.reads.count == before
    fresh = learn_patch_head(lesson.pictures, SETTINGS, FeatureCache(tmp_path))
    assert fresh.model == lesson.learned.model
    assert fresh.manifest(NOW) == lesson.learned.manifest(NOW)
    one_more = Reads()
    more = [*lesson.pictures, picture_of(BAD, 90, one_more)]
    before = lesson.reads.count
    assert learn_patch_head(more, SETTINGS, lesson.cache).model != lesson.learned.model
    assert lesson.reads.count == before
    assert one_more.count == 2  # what it is, then what it looks like


def test_an_outline_drawn_anew_counts_at_once(lesson: Lesson) -> None:
    last = lesson.pictures[-1]
    wrong: tuple[Shape, ...] = (Box(250, 200, 330, 260),)
    changed = [*lesson.pictures[:-1], replace(last, outlines=wrong)]
    assert learn_patch_head(changed, SETTINGS, lesson.cache).model != lesson.learned.model


def test_what_cannot_be_used_is_left_out_and_counted(lesson: Lesson) -> None:
    other = picture_of(replace(BAD, width=306, height=256), 60, Reads())
    beyond = replace(picture_of(BAD, 61, Reads()), outlines=(Box(-90, -90, -50, -50),))
    pictures = [other, *lesson.pictures[:GOOD_PARTS], beyond, *lesson.pictures[GOOD_PARTS:]]
    learned = learn_patch_head(pictures, SETTINGS, lesson.cache)
    assert learned.left_out == {OTHER_SIZE: 1, NOT_SEEN: 1}
    assert learned.model == lesson.learned.model


def test_too_few_are_refused_in_one_sentence(lesson: Lesson) -> None:
    good, outlined = lesson.pictures[:GOOD_PARTS], lesson.pictures[GOOD_PARTS:]
    with pytest.raises(LearnError, match=r"^4 outlined bad parts are labelled, at least 5 are needed"):
        learn_patch_head([*good, *outlined[:4]], SETTINGS, lesson.cache)
    with pytest.raises(LearnError, match=r"^0 good parts are labelled"):
        learn_patch_head(outlined, SETTINGS, lesson.cache)
    same = [replace(one, part="the same") for one in outlined]
    with pytest.raises(LearnError, match=r"^1 outlined bad parts"):
        learn_patch_head([*good, *same], SETTINGS, lesson.cache)


def test_the_one_class_model_is_not_learned_again_with_every_label() -> None:
    counts = [base_count(good) for good in range(5, 400)]
    assert counts == sorted(counts)
    assert set(counts) <= set(COUNTS)
    assert all(count <= SHARE * good or count == 5 for good, count in enumerate(counts, start=5))
    assert len(set(counts)) < len(COUNTS) + 1
