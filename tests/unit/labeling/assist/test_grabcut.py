"""Lassos drawn roughly around blobs whose true outline is known."""

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.assist.grabcut import snap
from labeling.shapes import Points

SIZE = (500, 600)
CENTRE = (320.0, 240.0)


def blob(radius: float, contrast: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a noisy picture with uneven light and a blob in it, the blob's mask, and a sloppy lasso around it."""
    rng = np.random.default_rng(seed)
    angles = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    radii = radius * (1 + 0.25 * np.sin(3 * angles + seed) + 0.12 * np.sin(7 * angles + 2 * seed))
    true = np.stack([CENTRE[0] + radii * np.cos(angles), CENTRE[1] + radii * np.sin(angles)], axis=1)
    light = 120 + 60 * cv2.GaussianBlur(rng.normal(0, 1, SIZE).astype(np.float32), (0, 0), 30)
    soft = cv2.GaussianBlur(mask_of(true).astype(np.float32), (0, 0), 1.2)
    picture = np.clip(light + contrast * soft + rng.normal(0, 6, SIZE), 0, 255).astype(np.uint8)
    loose = 1.07 * radii[::4] + rng.normal(0, 0.04 * radius, 50)
    lasso = np.stack([CENTRE[0] + loose * np.cos(angles[::4]), CENTRE[1] + loose * np.sin(angles[::4])], axis=1)
    return picture, mask_of(true), lasso


def mask_of(ring: np.ndarray | Points) -> np.ndarray:
    mask = np.zeros(SIZE, dtype=np.uint8)
    cv2.fillPoly(mask, [np.rint(np.asarray(ring) * 16).astype(np.int32)], 1, cv2.LINE_8, 4)
    return mask


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize(
    ("radius", "contrast", "least"), [(100, 60, 0.96), (100, -35, 0.96), (100, 18, 0.95), (40, 18, 0.93)]
)
def test_the_outline_is_nearer_to_the_truth_than_the_lasso(radius: float, contrast: float, least: float) -> None:
    for seed in range(3):
        picture, truth, lasso = blob(radius, contrast, seed)
        snapped = snap(picture, lasso)
        assert snapped is not None
        assert overlap(mask_of(snapped.outline), truth) > max(least, overlap(mask_of(lasso), truth))


def test_colour_tells_apart_what_grey_does_not() -> None:
    picture, truth, lasso = blob(80, 0)
    colours = np.repeat(picture[..., np.newaxis], 3, axis=2).astype(int)
    colours += truth[..., np.newaxis] * np.array([35, -18, 0])
    snapped = snap(np.clip(colours, 0, 255).astype(np.uint8), lasso)
    assert snapped is not None
    assert overlap(mask_of(snapped.outline), truth) > 0.93


def test_an_outline_is_not_moved_by_half_a_pixel() -> None:
    """A square that covers the pixels 200 to 299: its outline is half a pixel outside them."""
    picture = np.full(SIZE, 60, dtype=np.uint8)
    picture[200:300, 200:300] = 200
    snapped = snap(picture, [(192, 194), (306, 193), (305, 308), (195, 306)])
    assert snapped is not None
    assert snapped.bounds == pytest.approx((199.5, 199.5, 299.5, 299.5), abs=0.8)


def test_the_same_lasso_gives_the_same_outline_in_any_thread() -> None:
    picture, _, lasso = blob(60, 25)
    first = snap(picture, lasso)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: snap(picture, lasso), range(8)))
    assert first is not None
    for other in found:
        assert other is not None
        assert (other.outline == first.outline).all()


def test_the_picture_stays_as_it_was() -> None:
    picture, _, lasso = blob(60, 25)
    picture.setflags(write=False)
    assert snap(picture, lasso) is not None


def test_a_lasso_at_the_edge_of_the_picture_snaps_too() -> None:
    picture = np.full((200, 200), 60, dtype=np.uint8)
    picture[:60, :80] = 200
    snapped = snap(picture, [(-0.5, -0.5), (88, -0.5), (85, 66), (-0.5, 68)])
    assert snapped is not None
    assert snapped.bounds == pytest.approx((-0.5, -0.5, 79.5, 59.5), abs=1.5)


@pytest.mark.parametrize(
    "lasso",
    [
        [(10, 10), (10, 10), (10, 10)],
        [(10, 10), (50, 10), (90, 10)],
        [(-900, -900), (-800, -900), (-800, -800)],
        [(-900, -900), (2000, -900), (2000, 2000), (-900, 2000)],
    ],
)
def test_a_lasso_around_nothing_or_everything_gives_none(lasso: list[tuple[float, float]]) -> None:
    picture, _, _ = blob(60, 25)
    assert snap(picture, lasso) is None
    assert snap(np.zeros((1, 1), dtype=np.uint8), lasso) is None


def test_less_than_a_ring_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 3 points"):
        snap(np.zeros((9, 9), dtype=np.uint8), [(1, 1), (2, 2)])


@settings(max_examples=25, deadline=None)
@given(
    lasso=st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=3, max_size=12),
    colour=st.booleans(),
    seed=st.integers(0, 5),
)
def test_any_lasso_on_any_picture_is_survived(lasso: list[tuple[float, float]], colour: bool, seed: int) -> None:
    shape = (80, 100, 3) if colour else (80, 100)
    picture = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    snapped = snap(picture, lasso)
    if snapped is not None:
        left, top, right, bottom = snapped.bounds
        assert -1.5 <= left < right <= 100.5
        assert -1.5 <= top < bottom <= 80.5
