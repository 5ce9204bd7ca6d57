import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import HEIGHT, SIZE, WIDTH, polygons
from shapely import Polygon as Shapely
from shapely import contains_xy

from labeling.formats.geometry import bridged, from_runs, rasterised, rings, run_lengths, traced, unbridged
from labeling.shapes import Box, Polygon, frozen_points


@settings(max_examples=40)
@given(shape=polygons())
def test_a_pixel_belongs_to_an_area_that_covers_its_centre(shape: Polygon) -> None:
    rows, columns, mask = rasterised(shape, SIZE)
    y, x = np.mgrid[rows, columns]
    area = Shapely(shape.outline, shape.holes)
    inside = contains_xy(area, x.ravel(), y.ravel()).reshape(mask.shape)
    on_edge = contains_xy(area.boundary.buffer(1e-6), x.ravel(), y.ravel()).reshape(mask.shape)
    assert ((mask == inside) | on_edge).all()


def test_what_lies_beyond_the_picture_is_cut() -> None:
    rows, columns, mask = rasterised(Box(-10, -10, 4.5, 2.5), SIZE)
    assert (rows, columns) == (slice(0, 4), slice(0, 6))
    assert mask.sum() == 5 * 3
    assert rasterised(Box(-10, -10, -5, -5), SIZE)[2].size == 0
    assert rasterised(Box(WIDTH + 5, HEIGHT + 5, WIDTH + 9, HEIGHT + 9), SIZE)[2].size == 0


@settings(max_examples=300)
@given(data=st.data())
def test_a_traced_mask_covers_the_same_pixels(data: st.DataObject) -> None:
    bits = data.draw(st.lists(st.booleans(), min_size=30, max_size=30))
    mask = np.array(bits).reshape(5, 6)
    again = np.zeros((HEIGHT, WIDTH), np.bool_)
    found = traced(mask, left=3, top=7)
    assert len(found) == cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)[0] - 1
    for polygon in found:
        rows, columns, part = rasterised(polygon, SIZE)
        assert not again[rows, columns][part].any()
        again[rows, columns] |= part
    assert (again[7:12, 3:9] == mask).all()
    assert again.sum() == mask.sum()


@given(st.lists(st.booleans(), max_size=40))
def test_runs_come_back(bits: list[bool]) -> None:
    mask = np.array(bits, np.bool_)
    assert (from_runs(run_lengths(mask), len(bits)) == mask).all()


@pytest.mark.parametrize("runs", [[5, 6], [-1, 11], [10, 10]])
def test_runs_of_another_length_are_refused(runs: list[int]) -> None:
    with pytest.raises(ValueError, match="10 pixels"):
        from_runs(runs, 10)


def test_a_bridge_leaves_the_hole_open_for_every_filler() -> None:
    outline = frozen_points([[5, 5], [60, 5], [60, 60], [5, 60]])
    holes = (frozen_points([[10, 10], [20, 10], [20, 20]]), frozen_points([[30, 30], [40, 30], [40, 40], [30, 40]]))
    ring = bridged(rings(Polygon(outline, holes)))
    filled = np.zeros((70, 70), np.uint8)
    cv2.fillPoly(filled, [ring.astype(np.int32)], 1)
    assert filled[35, 35] == 0
    assert filled[13, 18] == 0
    assert filled[50, 50] == 1
    again = unbridged(ring)
    assert np.array_equal(again.outline, outline)
    assert sorted(len(hole) for hole in again.holes) == [3, 4]


def test_an_outline_without_a_bridge_stays_as_it_is() -> None:
    outline = frozen_points([[5, 5], [60, 5], [60, 60], [5, 5.5]])
    assert np.array_equal(unbridged(outline).outline, outline)
    spike = frozen_points([[0, 0], [10, 0], [20, 0], [10, 0], [10, 10]])
    assert unbridged(spike).holes == ()
