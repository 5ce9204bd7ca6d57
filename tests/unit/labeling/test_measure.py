from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest
from drawn import point_lists, shapes
from hypothesis import assume, given
from hypothesis import strategies as st

from labeling.brush import add_stroke, erase_stroke
from labeling.measure import measure
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points


def ellipse(long: float, short: float, count: int = 120) -> Points:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return frozen_points(np.stack([500 + long / 2 * np.cos(angles), 400 + short / 2 * np.sin(angles)], axis=1))


def arc(radius: float, degrees: float) -> Points:
    angles = np.radians(np.arange(0, degrees + 1, 2))
    return frozen_points(np.stack([300 + radius * np.cos(angles), 300 + radius * np.sin(angles)], axis=1))


STEPS = [[10, 10], [110, 10], [110, 110], [210, 110]]


@pytest.mark.parametrize(
    ("polygon", "length", "width"),
    [
        (Polygon(ellipse(100, 100)), 100, 100),
        (Polygon(ellipse(100, 50)), 100, 50),
        (Polygon(ellipse(100, 20)), 100, 20),
        (Polygon(ellipse(2, 1)), 2, 1),
        (Polygon(frozen_points([[0, 0], [100, 4], [200, 0], [100, -4]])), 200, 8),  # a scratch with points
        (add_stroke(None, arc(200, 118), 6)[0], 200 * np.radians(118) + 12, 12),  # bent
        (add_stroke(None, arc(50, 240), 2)[0], 50 * np.radians(240) + 4, 4),
        (add_stroke(None, STEPS, 2.5)[0], 305, 2.5 * (1 + sqrt(2))),  # the largest disc is in a bend
        (erase_stroke(Polygon(ellipse(100, 100)), [[500, 400]], 40)[0], np.pi * 45 + 10, 10),  # a ring: half around
        (Polygon(ellipse(3000, 2000)), 3000, 2000),
    ],
)
def test_length_and_width_of_an_outline(polygon: Polygon, length: float, width: float) -> None:
    size = measure(polygon)
    assert size.length_px == pytest.approx(length, rel=0.05)
    assert size.width_px == pytest.approx(width, rel=0.04)
    assert size.area_px == pytest.approx(polygon.area_px)


@given(st.floats(0, 180), st.floats(1, 60), st.floats(2, 500))
def test_a_rectangle_is_as_long_and_wide_as_its_sides_however_it_lies(
    degrees: float, ratio: float, width: float
) -> None:
    size = measure(Polygon(RotatedBox(2000.3, 1500.6, ratio * width, width, degrees).corners))
    assert size.length_px == pytest.approx(ratio * width, rel=0.05, abs=0.05 * width)
    assert size.width_px == pytest.approx(width, rel=0.05)


def test_a_hair_thinner_than_a_cell_has_its_length_and_width() -> None:
    size = measure(Polygon(RotatedBox(2000, 1500, 3000, 1.2, 23).corners))
    assert size.length_px == pytest.approx(3000, rel=0.01)
    assert size.width_px == pytest.approx(1.2, rel=0.1)


def test_a_ragged_edge_does_not_make_a_blob_longer() -> None:
    noise = 1 + np.random.default_rng(0).normal(0, 0.04, (120, 1))
    ragged = Polygon(frozen_points((ellipse(80, 80) - [500, 400]) * noise + [500, 400]))
    assert measure(ragged).length_px == pytest.approx(82, rel=0.1)


@pytest.mark.parametrize(
    ("shape", "length", "width", "area"),
    [
        (Box(10, 10, 14, 40), 30, 4, 120),
        (RotatedBox(0, 0, 5, 20, 33), 20, 5, 100),
        (Polyline(frozen_points([[0, 0], [3, 4], [3, 10]])), 11, 0, 0),
        (Keypoint(5, 5), 0, 0, 0),
        (Polygon(frozen_points([[0, 0], [3, 4], [6, 8]])), 10, 0, 0),  # it covers nothing
        (Polygon(frozen_points([[2, 2], [2, 2], [2, 2]])), 0, 0, 0),
    ],
)
def test_other_shapes(shape: Shape, length: float, width: float, area: float) -> None:
    size = measure(shape)
    assert (size.length_px, size.width_px, size.area_px) == pytest.approx((length, width, area))


def test_millimetres() -> None:
    size = measure(Box(0, 0, 100, 40), 0.05)
    assert (size.length_mm, size.width_mm, size.area_mm2) == pytest.approx((5, 2, 10))


def test_without_the_size_of_a_pixel_there_are_no_millimetres() -> None:
    size = measure(Box(0, 0, 100, 40))
    assert size.length_mm is size.width_mm is size.area_mm2 is None


@pytest.mark.parametrize("mm_per_px", [0, -1, float("nan"), float("inf")])
def test_a_pixel_without_size_is_refused(mm_per_px: float) -> None:
    with pytest.raises(ValueError, match="pixel"):
        measure(Keypoint(0, 0), mm_per_px)


@given(shapes)
def test_every_shape_has_a_size(shape: Shape) -> None:
    size = measure(shape)
    assert np.isfinite([size.length_px, size.width_px, size.area_px]).all()
    assert min(size.length_px, size.width_px, size.area_px) >= 0


@given(point_lists(3).map(Polygon), st.floats(0.01, 100))
def test_a_shape_drawn_larger_is_larger_by_as_much(polygon: Polygon, factor: float) -> None:
    size, larger = measure(polygon), measure(Polygon(frozen_points(polygon.outline * factor)))
    assume(size.width_px > max(0.01, size.length_px / 100))  # a hair's width is known to a cell only
    assert larger.width_px == pytest.approx(size.width_px * factor, rel=0.1)


@pytest.mark.parametrize(
    "change", [lambda points: points + 0.37, lambda points: points[::-1], lambda points: points[:, ::-1]]
)
def test_it_matters_little_where_and_which_way_round_an_outline_lies(change: Callable[[Points], Points]) -> None:
    before = measure(add_stroke(None, STEPS, 2.5)[0])
    after = measure(Polygon(frozen_points(change(add_stroke(None, STEPS, 2.5)[0].outline))))
    assert after.length_px == pytest.approx(before.length_px, rel=0.02)
    assert after.width_px == pytest.approx(before.width_px, rel=0.02)
