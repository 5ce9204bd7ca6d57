from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.canvas.scratch import Scratch
from labeling.canvas.strokes import Ink, Pen, dashes, draw, simplified

RED = (0, 0, 255)
GREEN = (0, 255, 0)
ROW = np.array([[-20.0, 10.0], [60.0, 10.0]])


def drawn(*inks: Ink, size: tuple[int, int] = (40, 30), pen: Pen | None = None) -> np.ndarray:
    target = np.full((size[1], size[0], 4), 99, dtype=np.uint8)
    draw(target, (0, 0), inks, pen or Pen(), Scratch())
    return target


@pytest.mark.parametrize("core_px", [1, 2, 3, 4, 5])
def test_a_line_is_as_wide_as_its_pen_and_in_its_place(core_px: int) -> None:
    middle = 10.0 if core_px % 2 == 0 else 10.5
    line = np.array([[-20.0, middle], [60.0, middle]])
    column = drawn(Ink([[line]], RED, closed=False), pen=Pen(core_px, core_px + 4))[:, 20].astype(float)
    red, alpha = column[:, 2] / 255, column[:, 3] / 255
    rows = np.arange(30) + 0.5
    assert red.sum() == pytest.approx(core_px, abs=1.2)
    assert (red * rows).sum() / red.sum() == pytest.approx(middle, abs=0.15)
    assert (alpha * rows).sum() / alpha.sum() == pytest.approx(middle, abs=0.25)
    assert alpha.astype(bool).sum() > red.astype(bool).sum()
    assert column[0].tolist() == [0, 0, 0, 0]


def test_pictures_are_premultiplied() -> None:
    ring = np.array([(5.3, 5.1), (30.7, 8.2), (18.5, 25.9)])
    picture = drawn(Ink([[ring]], (10, 200, 255), filled=True), Ink([[ring + 4]], RED, dash=(6, 4)))
    assert (picture[..., :3] <= picture[..., 3:]).all()
    assert picture.any()


def test_the_last_ink_lies_on_top() -> None:
    down = np.array([[20.0, -20.0], [20.0, 60.0]])
    picture = drawn(Ink([[ROW]], RED, closed=False), Ink([[down]], GREEN, closed=False))
    assert picture[10, 20].tolist() == [0, 255, 0, 255]
    assert picture[10, 5, 2] > 200


def test_a_part_is_drawn_as_the_whole_would_be() -> None:
    rng = np.random.default_rng(3)
    inks = [
        Ink([[rng.uniform(-10, 110, (12, 2))] for _ in range(4)], RED, dash=(7, 5)),
        Ink([[rng.uniform(-10, 110, (9, 2))] for _ in range(4)], GREEN, filled=True),
    ]
    whole = np.zeros((100, 100, 4), dtype=np.uint8)
    draw(whole, (0, 0), inks, Pen(3, 7), Scratch())
    part = np.zeros((30, 40, 4), dtype=np.uint8)
    draw(part, (25, 35), inks, Pen(3, 7), Scratch())
    # OpenCV cuts lines off at the picture's edge before it draws them, which moves single pixels.
    off = np.abs(whole[35:65, 25:65].astype(int) - part).max(axis=2)
    assert (off > 20).mean() < 0.02


def test_holes_are_not_filled() -> None:
    outline = np.array([(2.0, 2.0), (38.0, 2.0), (38.0, 28.0), (2.0, 28.0)])
    hole = np.array([(14.0, 10.0), (26.0, 10.0), (26.0, 20.0), (14.0, 20.0)])
    picture = drawn(Ink([[outline, hole]], RED, filled=True), pen=Pen(1, 3))
    assert picture[15, 8, 2] > 30
    assert picture[15, 20].tolist() == [0, 0, 0, 0]


def test_a_band_is_as_wide_as_the_brush() -> None:
    column = drawn(Ink([[ROW]], RED, closed=False, width_px=11))[:, 20]
    assert int((column[:, 2] > 0).sum()) == pytest.approx(11, abs=2)


def test_nothing_is_drawn_for_no_shapes() -> None:
    assert not drawn(Ink([], RED)).any()
    assert not drawn().any()


def test_lines_far_beyond_the_screen_are_harmless() -> None:
    far = np.array([(-1e12, 10.0), (1e12, 10.0), (5.0, 1e13)])
    assert drawn(Ink([[far]], RED)).any()
    assert drawn(Ink([[far / 1e6]], RED, dash=(6, 4))).shape == (30, 40, 4)


rings = st.lists(
    st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200)), min_size=2, max_size=12).map(
        lambda values: np.array(values, dtype=float)
    ),
    min_size=1,
    max_size=5,
)


def dashed(*rings: np.ndarray, dash: tuple[float, float] = (6.0, 4.0), closed: bool = False) -> list[np.ndarray]:
    points, ends = dashes(rings, dash, closed=closed, area=(0, 0, 200, 200))
    return np.split(points, ends[:-1]) if len(ends) else []


@given(rings=rings, closed=st.booleans())
def test_dashes_are_of_their_length_and_on_the_line(rings: list[np.ndarray], closed: bool) -> None:
    found = dashed(*rings, closed=closed)
    total = 0.0
    for dash in found:
        length = float(np.hypot(*np.diff(dash, axis=0).T).sum())
        assert length <= 6.0 + 1e-6
        total += length
    whole = 0.0
    for ring in rings:
        line = np.concatenate([ring, ring[:1]]) if closed else ring
        whole += float(np.hypot(*np.diff(line, axis=0).T).sum())
    assert 0.6 * whole - 1e-6 <= total <= 0.6 * whole + 2.4 * len(rings) + 1e-6
    every = np.concatenate(rings)
    low, high = every.min(axis=0) - 1e-6, every.max(axis=0) + 1e-6
    assert all(((dash >= low) & (dash <= high)).all() for dash in found)


def test_dashes_go_around_corners() -> None:
    corner = np.array([(0.0, 0.0), (4.0, 0.0), (4.0, 20.0)])
    first, second, third = dashed(corner, dash=(6.0, 3.0))
    assert first.tolist() == [[0, 0], [4, 0], [4, 2]]
    assert second.tolist() == [[4, 5], [4, 11]]
    assert third.tolist() == [[4, 14], [4, 20]]


def test_dashes_of_a_long_line_are_made_only_where_they_are_seen() -> None:
    long = np.array([(-1e6, 10.0), (1e6, 10.0)])
    found = dashed(long)
    assert 19 <= len(found) <= 23
    assert dashed(long + np.array([0, 500])) == []
    assert dashed(np.zeros((1, 2)), closed=True) == []


@given(scale=st.floats(0.05, 40), seed=st.integers(0, 100))
def test_a_simplified_stroke_is_2_screen_pixels_off_at_most(scale: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    angles = np.linspace(0, 5, 121)
    radii = 100 + rng.normal(0, 0.4, 121)
    stroke = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1) / scale + 5000
    kept = simplified(stroke, scale)
    assert 2 <= len(kept) < 40
    assert np.allclose(kept[[0, -1]], stroke[[0, -1]], atol=1e-3 / scale)
    line = ((kept - 5000) * scale).astype(np.float32)
    for point in (stroke - 5000) * scale:
        away = min(
            abs(cv2.pointPolygonTest(np.array([a, b, a]), (float(point[0]), float(point[1])), measureDist=True))
            for a, b in pairwise(line)
        )
        assert away <= 2.05


def test_a_stroke_of_a_point_or_two_stays() -> None:
    for count in (1, 2):
        stroke = np.arange(2.0 * count).reshape(count, 2)
        assert (simplified(stroke, 3.0) == stroke).all()
