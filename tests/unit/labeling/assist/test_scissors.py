import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.assist.scissors import edge_path, nearest_edge


def disc(contrast: int = 80, noise: float = 4.0) -> np.ndarray:
    """Return a disc of radius 100 around (200, 150)."""
    picture = np.full((300, 400), 90, dtype=np.float32)
    cv2.circle(picture, (200, 150), 100, 90.0 + contrast, -1, cv2.LINE_AA)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0) + np.random.default_rng(1).normal(0, noise, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("contrast", [80, 30])
def test_the_way_follows_the_edge(contrast: int, colour: bool) -> None:
    picture = disc(contrast)
    if colour:
        picture = np.repeat(picture[..., np.newaxis], 3, axis=2)
    path = edge_path(picture, (300.0, 150.0), (200.0, 250.0))
    assert path[0].tolist() == [300, 150]
    assert path[-1].tolist() == [200, 250]
    away = np.abs(np.hypot(path[:, 0] - 200, path[:, 1] - 150) - 100)
    assert away.max() < 3.5
    assert 4 < len(path) < 60


def test_where_there_is_no_edge_the_way_is_nearly_straight() -> None:
    path = edge_path(np.full((200, 200), 77, dtype=np.uint8), (20.0, 20.0), (180.0, 60.0))
    steps = np.hypot(*np.diff(path, axis=0).T).sum()
    assert steps < 1.3 * np.hypot(160, 40)


def test_a_long_way_is_found_on_a_coarser_picture() -> None:
    large = cv2.resize(disc(), None, fx=8, fy=8, interpolation=cv2.INTER_LINEAR)
    path = edge_path(large, (2403.5, 1203.5), (1603.5, 2003.5))
    assert np.abs(np.hypot(path[:, 0] - 1603.5, path[:, 1] - 1203.5) - 800).max() < 30


@pytest.mark.parametrize(
    ("start", "end"), [((5.0, 5.0), (5.0, 5.0)), ((-500.0, -500.0), (-400.0, -400.0)), ((5.2, 5.1), (5.3, 5.1))]
)
def test_taps_at_one_place_or_off_the_picture_are_joined_straight(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    assert edge_path(disc(), start, end).tolist() == [list(start), list(end)]


def test_a_tap_near_an_edge_is_drawn_to_it() -> None:
    x, y = nearest_edge(disc(), (294.0, 152.0), 12.0)
    assert abs(np.hypot(x - 200, y - 150) - 100) < 2
    assert np.hypot(x - 294, y - 152) < 12


def test_a_tap_where_all_is_even_stays() -> None:
    assert nearest_edge(disc(noise=0), (200.0, 150.0), 12.0) == (200.0, 150.0)
    assert nearest_edge(np.zeros((1, 1), dtype=np.uint8), (0.0, 0.0), 12.0) == (0.0, 0.0)


@settings(max_examples=30, deadline=None)
@given(
    start=st.tuples(st.floats(-20, 120), st.floats(-20, 120)),
    end=st.tuples(st.floats(-20, 120), st.floats(-20, 120)),
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
)
def test_any_two_taps_are_joined(start: tuple[float, float], end: tuple[float, float], size: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)
    path = edge_path(picture, start, end)
    assert path[0].tolist() == list(start)
    assert path[-1].tolist() == list(end)
    assert np.isfinite(nearest_edge(picture, start, 9.0)).all()
