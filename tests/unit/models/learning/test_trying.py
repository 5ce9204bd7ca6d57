"""Choosing a resolution, drawing disturbances, splitting into folds, and keeping linear algebra on one thread."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.learning.blas import GET_THREADS, _library, one_blas_thread
from models.learning.crossval import Trial, folds
from models.learning.disturb import disturb
from models.learning.resolution import DEFECT_PX, choose_resolution


@pytest.mark.parametrize(
    ("smallest_px", "budget_px", "scale", "enough"),
    [
        (None, 1_400_000, 1 / 2, True),
        (10.0, 1_400_000, 1 / 2, True),
        (16.0, 1_400_000, 1 / 4, True),
        (40.0, 1_400_000, 1 / 4, True),
        (4.0, 1_400_000, 1 / 2, False),
        (4.0, 6_000_000, 1.0, True),
    ],
)
def test_the_resolution_is_what_the_smallest_defect_needs(
    smallest_px: float | None, budget_px: int, scale: float, enough: bool
) -> None:
    chosen = choose_resolution(2448, 2048, smallest_px, budget_px)
    assert chosen.scale == pytest.approx(scale)
    assert chosen.enough == enough


@example(100, 5665, None, 100_000)
@given(st.integers(100, 9000), st.integers(100, 9000), st.none() | st.floats(0.5, 500), st.integers(100_000, 4_000_000))
def test_any_resolution_covers_the_picture_and_says_whether_it_is_enough(
    width: int, height: int, smallest_px: float | None, budget_px: int
) -> None:
    chosen = choose_resolution(width, height, smallest_px, budget_px, 32)
    assert chosen.width % 32 == chosen.height % 32 == 0
    assert -1e-6 <= chosen.width - chosen.scale * width <= 32
    assert -1e-6 <= chosen.height - chosen.scale * height <= 32
    assert chosen.enough == (smallest_px is None or chosen.scale * smallest_px >= DEFECT_PX)


@given(st.integers(100, 3000), st.integers(100, 3000), st.none() | st.floats(0.5, 500))
def test_a_picture_that_is_to_fill_the_input_reaches_an_edge_and_never_beyond(
    width: int, height: int, smallest_px: float | None
) -> None:
    chosen = choose_resolution(width, height, smallest_px, 1_400_000, filled=True)
    spare = chosen.width - chosen.scale * width, chosen.height - chosen.scale * height
    assert min(spare) == pytest.approx(0, abs=1e-6)
    assert max(spare) >= -1e-6
    padded = choose_resolution(width, height, smallest_px, 1_400_000)
    assert (chosen.width, chosen.height) == (padded.width, padded.height)
    assert chosen.scale >= padded.scale


@pytest.mark.parametrize("shape", [(256, 320), (256, 320, 3)])
def test_disturbances_change_only_what_they_say(shape: tuple[int, ...]) -> None:
    image = np.random.default_rng(1).integers(60, 200, shape, dtype=np.uint8)
    found = disturb(image, 4.0, 12, np.random.default_rng(2))
    inside = np.zeros(shape[:2], np.bool_)
    for left, top, mask in found.places:
        assert min(mask.shape) > 0
        inside[max(top - 1, 0) : top + mask.shape[0] + 1, max(left - 1, 0) : left + mask.shape[1] + 1] = True
    assert len(found.places) >= 6
    assert (found.pixels[~inside] == image[~inside]).all()
    assert (found.pixels != image).any()


def test_disturbances_are_the_same_for_the_same_seed() -> None:
    image = np.random.default_rng(1).integers(60, 200, (256, 320), dtype=np.uint8)
    first, again, other = (disturb(image, 4.0, 9, np.random.default_rng(seed)).pixels for seed in (3, 3, 4))
    assert (first == again).all()
    assert (first != other).any()


@given(st.integers(5, 200), st.integers(0, 99))
def test_folds_are_a_partition(parts: int, seed: int) -> None:
    held = folds(parts, seed)
    assert sorted(np.concatenate(held).tolist()) == list(range(parts))
    assert max(map(len, held)) - min(map(len, held)) <= 1


@pytest.mark.parametrize(
    ("good", "marks", "expected"), [([1, 2], [3, 4], 1.0), ([3, 4], [1, 2], 0.0), ([1, 2], [1, 2], 0.5)]
)
def test_separation_is_how_often_a_mark_stands_out_more_than_a_good_part(
    good: list[float], marks: list[float], expected: float
) -> None:
    trial = Trial(np.zeros((2, 1, 1), np.float32), np.array(good, np.float32), np.array(marks, np.float32))
    assert trial.separation == expected


def test_linear_algebra_stays_on_one_thread_inside_and_is_given_back() -> None:
    library = _library()
    if library is None:
        pytest.skip("this numpy brings another BLAS")
    threads = getattr(library, GET_THREADS)
    before = threads()
    with one_blas_thread():
        assert threads() == 1
    assert threads() == before
