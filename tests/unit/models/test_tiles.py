"""Tiles over a frame, and a defect on a seam that is one defect."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import foreign
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.shapes import Polygon, frozen_points
from models import geometry
from models.decoders.anomaly import Placement
from models.errors import ModelError
from models.intake import read_sidecar
from models.intake_check import check
from models.prediction import Defect
from models.predictor import Predictor
from models.shelf import Shelf
from models.tiles import Tile, blended, merged, tiles_of
from models.understanding import Sidecar

NOW = "2026-01-02T00:00:00Z"
SIDECAR: dict[str, Any] = {
    "head": "yolov8",
    "classes": ("bright",),
    "pad": 0,
    "tiles": {"size_px": 64, "overlap_px": 16},
}

Adding = Callable[..., Predictor]


@pytest.fixture
def added(tmp_path: Path) -> Adding:
    def added(model: Any, **sidecar: Any) -> Predictor:
        data = model.SerializeToString()
        manifest = check(data, "plate", NOW, Sidecar(**SIDECAR | sidecar))
        return Predictor.load(Shelf(tmp_path / "models").add(manifest, data), threads=1)

    return added


def frame(*places: tuple[int, int, int, int], size: tuple[int, int] = (150, 200)) -> npt.NDArray[np.uint8]:
    """Return a dark frame (height, width) with bright places (left, top, right, bottom)."""
    pixels = np.full(size, 25, dtype=np.uint8)
    for left, top, right, bottom in places:
        pixels[top:bottom, left:right] = 230
    return pixels


def bounds(place: tuple[int, int, int, int]) -> tuple[float, ...]:
    return tuple(side - 0.5 for side in place)


@given(st.integers(1, 260), st.integers(1, 260), st.integers(16, 128), st.data())
def test_every_pixel_is_covered_and_neighbours_overlap(width: int, height: int, side: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, side // 2))
    tiles = tiles_of((width, height), side, overlap)
    covered = np.zeros((height, width), dtype=bool)
    for tile in tiles:
        assert tile.width == min(side, width)
        assert tile.height == min(side, height)
        assert tile.left + tile.width <= width
        assert tile.top + tile.height <= height
        covered[tile.top : tile.top + tile.height, tile.left : tile.left + tile.width] = True
    assert covered.all()
    assert tiles[-1].left + tiles[-1].width == width
    assert tiles[-1].top + tiles[-1].height == height
    for starts in (sorted({tile.left for tile in tiles}), sorted({tile.top for tile in tiles})):
        assert starts[0] == 0
        assert all(before + side - after >= overlap for before, after in pairwise(starts))


def test_no_more_tiles_than_needed() -> None:
    assert [tile.left for tile in tiles_of((200, 64), 64, 16)] == [0, 45, 90, 136]
    assert tiles_of((64, 64), 64, 16) == (Tile(0, 0, 64, 64),)
    assert tiles_of((50, 30), 64, 16) == (Tile(0, 0, 50, 30),)


def test_a_frame_of_too_many_tiles_is_refused() -> None:
    with pytest.raises(ModelError, match="would be cut into 1134 tiles of 16 pixels, 1024 are allowed"):
        tiles_of((500, 320), 16, 4)


@pytest.mark.parametrize(
    "place",
    [(20, 30, 40, 50), (50, 30, 60, 50), (40, 20, 80, 40), (30, 60, 170, 66), (40, 40, 120, 110), (0, 0, 200, 150)],
    ids=["in one tile", "in two", "on a seam", "through three tiles", "over a corner", "everywhere"],
)
def test_a_defect_on_a_seam_is_one(added: Adding, place: tuple[int, int, int, int]) -> None:
    prediction = added(foreign.finder()).predict(frame(place))
    (defect,) = prediction.defects
    np.testing.assert_allclose(defect.shape.bounds, bounds(place), atol=1e-3)
    assert defect.class_name == "bright"
    assert prediction.score == defect.score == pytest.approx(230 / 255)


def test_defects_apart_stay_apart_and_the_score_is_the_worst(added: Adding) -> None:
    pixels = frame((10, 10, 20, 20), (100, 100, 130, 112))
    pixels[12:14, 12:14] = 250
    prediction = added(foreign.finder()).predict(pixels)
    first, second = prediction.defects
    np.testing.assert_allclose(first.shape.bounds, bounds((10, 10, 20, 20)), atol=1e-3)
    np.testing.assert_allclose(second.shape.bounds, bounds((100, 100, 130, 112)), atol=1e-3)
    assert prediction.score == first.score > second.score
    assert added(foreign.finder()).predict(frame()).defects == ()


def test_an_outline_over_a_seam_is_the_union_with_its_hole(added: Adding) -> None:
    pixels = frame((30, 20, 130, 90))
    pixels[40:70, 50:110] = 25
    prediction = added(foreign.finder(masks=True), head="yolov8-segment").predict(pixels)
    (defect,) = prediction.defects
    np.testing.assert_allclose(defect.shape.bounds, bounds((30, 20, 130, 90)), atol=1.0)
    assert len(defect.shape.holes) == 1
    assert defect.shape.area_px == pytest.approx(100 * 70 - 60 * 30, rel=0.05)


def test_a_frame_smaller_than_a_tile_is_judged_whole(added: Adding) -> None:
    (defect,) = added(foreign.finder()).predict(frame((10, 10, 20, 30), size=(40, 50))).defects
    np.testing.assert_allclose(defect.shape.bounds, bounds((10, 10, 20, 30)), atol=1.0)


def test_a_tile_that_cannot_be_judged_fails_the_picture(added: Adding) -> None:
    model = foreign.finder(masks=True)  # 0 / 0 in a black tile
    predictor = added(model, head="yolov8-segment")
    pixels = frame((10, 10, 20, 20))
    pixels[86:, 136:] = 0
    with pytest.raises(ModelError, match=r"the tile at 136, 86: the model's output output0 holds a number that is not"):
        predictor.predict(pixels)


def test_boxes_of_two_things_that_overlap_on_a_seam_stay_two() -> None:
    left, right = Tile(0, 0, 64, 64), Tile(48, 0, 64, 64)
    upper, lower = [(50.0, 10.0, 60.0, 30.0), (50.0, 20.0, 60.0, 40.0)]
    found = [(left, [box(upper), box(lower)]), (right, [box(lower, 0.8), box(upper, 0.7)])]
    assert sorted(defect.shape.bounds for defect in merged(found, (112, 64), boxes=True)) == [upper, lower]
    other = [(left, [box(upper)]), (right, [Defect("dent", 0.8, box(upper).shape)])]
    assert len(merged(other, (112, 64), boxes=True)) == 2


def test_what_one_tile_sees_whole_outweighs_what_another_sees_of_it() -> None:
    left, right = Tile(0, 0, 64, 64), Tile(48, 0, 64, 64)
    whole, rest = (30.0, 10.0, 61.0, 20.0), (47.5, 9.0, 63.0, 21.0)
    (defect,) = merged([(left, [box(whole, 0.6)]), (right, [box(rest, 0.9)])], (112, 64), boxes=True)
    assert (defect.shape.bounds, defect.score) == (whole, 0.9)


def box(sides: tuple[float, float, float, float], score: float = 0.9) -> Defect:
    left, top, right, bottom = sides
    return Defect("bright", score, Polygon(frozen_points([[left, top], [right, top], [right, bottom], [left, bottom]])))


def test_maps_are_blended_without_a_seam() -> None:
    size = (200, 150)
    slope = np.add.outer(np.arange(150.0), np.arange(200.0)).astype(np.float32)
    maps = []
    for tile in tiles_of(size, 64, 16):
        coarse = slope[tile.top : tile.top + 64, tile.left : tile.left + 64].reshape(16, 4, 16, 4).mean((1, 3))
        maps.append((tile, coarse, Placement(geometry.identity(), (64, 64), (64, 64))))
    heat = blended(maps, size)
    assert heat.shape == (38, 50)
    rows, columns = np.arange(38) * 150 / 38 + 150 / 76 - 0.5, np.arange(50) * 4 + 1.5
    np.testing.assert_allclose(heat, np.add.outer(rows, columns), atol=6.0)
    assert np.abs(np.diff(heat, axis=1)).max() < 8.0
    assert not heat.flags.writeable


def test_a_sidecar_says_the_tiles(tmp_path: Path) -> None:
    path = tmp_path / "best.toml"
    path.write_text("tiles = { size_px = 640, overlap_px = 400 }")
    with pytest.raises(ModelError, match=r"tiles: overlap_px \(400\) must be at most half of size_px \(640\)"):
        read_sidecar(path)


def test_tiles_are_not_cropped(added: Adding) -> None:
    with pytest.raises(ModelError, match="tiles need fit letterbox or stretch"):
        added(foreign.finder(), fit="crop")
