import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.areas import lassoed, to_geometry
from labeling.shapes import Polygon, frozen_points


def test_a_lasso_whose_ends_overlap_is_cut_where_they_cross() -> None:
    angle = np.linspace(-0.3, 2 * np.pi + 0.3, 60)
    radius = np.linspace(50, 54, 60)
    stroke = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    outline = lassoed(stroke)
    assert to_geometry(outline).is_valid
    assert outline.area_px == pytest.approx(np.pi * 52**2, rel=0.02)


def test_of_an_eight_the_larger_loop_is_meant() -> None:
    angle = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    width = np.where(np.sin(angle) > 0, 60, 30)
    eight = np.column_stack([width * np.sin(angle), 30 * np.sin(2 * angle)])
    outline = lassoed(eight)
    assert outline.bounds[0] > -5
    assert outline.bounds[2] == pytest.approx(60, abs=1)


@given(st.integers(0, 2**31), st.integers(3, 30))
def test_what_a_lasso_goes_around_is_always_an_area(seed: int, count: int) -> None:
    stroke = np.random.default_rng(seed).uniform(0, 100, (count, 2))
    outline = lassoed(stroke)
    assert to_geometry(outline).is_valid
    if to_geometry(Polygon(frozen_points(stroke))).is_valid:
        assert np.array_equal(outline.outline, stroke)
