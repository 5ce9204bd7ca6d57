import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import geometry
from models.decoders.anomaly import MAX_DEFECTS, Placement, heat_over_source, outline

FloatArray = npt.NDArray[np.float32]
PLAIN = Placement.of(geometry.identity(), 1.0, (160, 120), (160, 120))


def hill(shape: tuple[int, int], centre: tuple[float, float], sigma: float, height: float = 10.0) -> FloatArray:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]]
    squared = (x - centre[0]) ** 2 + (y - centre[1]) ** 2
    return np.asarray(height * np.exp(-squared / (2.0 * sigma**2)), dtype=np.float32)


def test_nothing_above_the_threshold_is_no_defect() -> None:
    found = outline(hill((120, 160), (80, 60), 10), PLAIN, 10.5, 0.0)
    assert (found.defects, found.left_out) == ((), 0)


@given(x=st.floats(40.0, 120.0), y=st.floats(40.0, 80.0), sigma=st.floats(4.0, 12.0), cut=st.floats(2.0, 8.0))
@settings(deadline=None)
def test_a_round_hill_is_outlined_to_a_fraction_of_a_pixel(x: float, y: float, sigma: float, cut: float) -> None:
    (defect,) = outline(hill((120, 160), (x, y), sigma), PLAIN, cut, 0.0).defects
    level = max(cut, defect.score / 2)
    radius = sigma * math.sqrt(2.0 * math.log(10.0 / level))
    radii = np.hypot(*(defect.shape.outline - (x, y)).T)
    assert np.abs(radii - radius).max() < 0.25
    assert 9.0 < defect.score <= 10.0
    assert defect.class_name == "anomaly"


@pytest.mark.parametrize("stride", [1, 2, 4, 8])
def test_outlines_lie_in_the_source_whatever_pose_scale_and_stride(stride: int) -> None:
    pose = geometry.rigid(math.radians(2.5), 31.0, -17.0, (799.5, 599.5))
    placement = Placement.of(pose, 0.4, (640, 480), (1600, 1200))
    to_source = placement.from_map((480 // stride, 640 // stride))
    centre, sigma = (200.0 / stride, 300.0 / stride), 24.0 / stride
    heat = hill((480 // stride, 640 // stride), centre, sigma)
    (defect,) = outline(heat, placement, 4.0, 0.0).defects
    there = geometry.apply(to_source, np.array([centre]))[0]
    radius = sigma * math.sqrt(2.0 * math.log(2.0)) * stride / 0.4
    radii = np.hypot(*(defect.shape.outline - there).T)
    assert np.abs(radii - radius).max() < 0.3 * max(stride, 2) / 0.4
    assert defect.shape.area_px == pytest.approx(math.pi * radius**2, rel=0.05)


def test_the_worst_comes_first_and_small_places_go() -> None:
    heat = hill((120, 160), (30, 30), 6, 8.0) + hill((120, 160), (120, 80), 6, 12.0) + hill((120, 160), (70, 100), 1.0)
    found = outline(heat, PLAIN, 4.0, 20.0)
    assert [round(defect.score) for defect in found.defects] == [12, 8]
    assert found.left_out == 0


def test_a_hole_is_kept() -> None:
    heat = hill((120, 160), (80, 60), 20.0) - 2.0 * hill((120, 160), (80, 60), 8.0)
    (defect,) = outline(heat, PLAIN, 4.0, 0.0).defects
    assert len(defect.shape.holes) == 1
    assert defect.shape.area_px == pytest.approx(float((heat >= 4.0).sum()), rel=0.03)


def test_a_place_within_a_hole_is_a_defect_of_its_own() -> None:
    heat = hill((120, 160), (80, 60), 30.0) - 2.0 * hill((120, 160), (80, 60), 16.0)
    heat += hill((120, 160), (80, 60), 3.0, 19.0)
    assert [len(defect.shape.holes) for defect in outline(heat, PLAIN, 2.5, 0.0).defects] == [0, 1]


@pytest.mark.parametrize("place", [(0, 0), (159, 119), (80, 0), (0, 60)])
def test_outlines_stay_in_the_picture(place: tuple[int, int]) -> None:
    (defect,) = outline(hill((120, 160), place, 9.0), PLAIN, 4.0, 0.0).defects
    left, top, right, bottom = defect.shape.bounds
    assert left >= -0.5
    assert top >= -0.5
    assert right <= 159.5
    assert bottom <= 119.5


@pytest.mark.parametrize("pixels", [[(10, 10)], [(10, 10), (11, 10)], [(10, 10), (11, 11), (12, 12)], [(0, 0)]])
def test_places_too_thin_for_a_contour_still_have_an_outline(pixels: list[tuple[int, int]]) -> None:
    heat = np.zeros((120, 160), dtype=np.float32)
    for x, y in pixels:
        heat[y, x] = 5.0
    (defect,) = outline(heat, PLAIN, 4.0, 0.0).defects
    assert defect.shape.area_px >= len(pixels)


def test_what_lies_beyond_the_source_is_no_defect() -> None:
    placement = Placement.of(geometry.identity(), 0.5, (160, 128), (320, 200))
    assert outline(hill((128, 160), (80, 118), 3.0), placement, 4.0, 0.0).defects == ()


def test_a_picture_full_of_defects_keeps_the_worst_and_counts_the_rest() -> None:
    heat = np.zeros((400, 400), dtype=np.float32)
    heat[::8, ::8] = heat[1::8, ::8] = np.linspace(5.0, 9.0, 2500).reshape(50, 50)
    found = outline(heat, Placement.of(geometry.identity(), 1.0, (400, 400), (400, 400)), 4.0, 0.0)
    scores = [defect.score for defect in found.defects]
    assert len(scores) == MAX_DEFECTS
    assert found.left_out == 2500 - MAX_DEFECTS
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == pytest.approx(9.0 - 4.0 * (MAX_DEFECTS - 1) / 2499, abs=1e-3)


def test_a_speckled_place_keeps_few_holes() -> None:
    rng = np.random.default_rng(0)
    heat = np.where(rng.random((400, 400)) < 0.15, 0.0, 9.0).astype(np.float32)
    found = outline(heat, Placement.of(geometry.identity(), 1.0, (400, 400), (400, 400)), 4.0, 0.0)
    assert sum(len(defect.shape.holes) for defect in found.defects) <= 100


@given(seed=st.integers(0, 2**32 - 1), cut=st.floats(-1.0, 1.5))
@settings(max_examples=40, deadline=None)
def test_any_map_gives_polygons_with_an_area_in_order(seed: int, cut: float) -> None:
    heat = np.random.default_rng(seed).normal(0.0, 1.0, (24, 32)).astype(np.float32)
    found = outline(heat, Placement.of(geometry.identity(), 0.25, (64, 48), (256, 192)), cut, 0.0)
    assert all(defect.shape.area_px > 0.0 and defect.score >= cut for defect in found.defects)
    assert [d.score for d in found.defects] == sorted((d.score for d in found.defects), reverse=True)
    assert found.defects


def test_the_heat_map_is_laid_over_the_source() -> None:
    pose = geometry.rigid(0.0, 40.0, 0.0, (0.0, 0.0))
    placement = Placement.of(pose, 0.5, (160, 128), (320, 240))
    heat = np.zeros((32, 40), dtype=np.float32)
    heat[16, 20] = 7.0
    laid = heat_over_source(heat, placement)
    assert laid.shape == (30, 40)
    assert divmod(int(laid.argmax()), 40) == (16, 15)
    assert not laid.flags.writeable


@pytest.mark.parametrize(("threshold", "level"), [(2.0, 5.0), (4.0, 5.0), (7.0, 7.0)])
def test_a_place_is_outlined_at_half_its_height_but_never_below_the_threshold(threshold: float, level: float) -> None:
    placement = Placement.of(geometry.identity(), 1.0, (200, 160), (200, 160))
    (defect,) = outline(hill((160, 200), (90.0, 70.0), 15.0), placement, threshold, 0.0).defects
    radii = np.hypot(*(defect.shape.outline - (90.0, 70.0)).T)
    assert np.abs(radii - 15.0 * math.sqrt(2.0 * math.log(10.0 / level))).max() < 0.6
