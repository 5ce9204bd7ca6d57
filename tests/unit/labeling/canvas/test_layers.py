from collections.abc import Callable

import numpy as np
import pytest

from labeling.canvas.layers import (
    HeatLayer,
    OutlineLayer,
    PictureLayer,
    bgr,
    heat_colours,
)
from labeling.canvas.loupe import loupe_pixels, loupe_rect
from labeling.canvas.outline import CanvasColours, Outline, OutlineStyle
from labeling.canvas.pyramid import Pyramid, warp
from labeling.canvas.strokes import Pen
from labeling.canvas.transform import Rect, ViewTransform, fitted
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, frozen_points

Square = Callable[[float, float, float], Polygon]
WELL = (10, 20, 30)


def painted(layer: PictureLayer | HeatLayer | OutlineLayer, size: tuple[int, int], view: ViewTransform) -> np.ndarray:
    target = np.full((size[1], size[0], 4), 77, dtype=np.uint8)
    layer.paint(target, Rect(0, 0, *size), view)
    return target


def test_a_complete_pyramid_is_looked_at_without_more_work() -> None:
    rng = np.random.default_rng(0)
    for shape in ((1200, 1600), (1201, 1599, 3)):
        pixels = rng.integers(0, 256, shape, dtype=np.uint8)
        lazy, complete = Pyramid(pixels), Pyramid.complete(pixels)
        held = complete.nbytes
        assert complete.pixels is pixels
        for scale in (1.0, 0.5, 0.3, 0.25):
            assert (complete.for_scale(scale)[0] == lazy.for_scale(scale)[0]).all()
        assert complete.nbytes == held > pixels.nbytes
    for small in (np.zeros((1, 1), np.uint8), np.zeros((0, 0), np.uint8), np.zeros((1, 5000), np.uint8)):
        assert Pyramid.complete(small).pixels is small


@pytest.mark.parametrize("corner", [(0, 0), (3, 0), (0, 5), (7, 9)])
def test_heat_painted_in_parts_is_the_heat_painted_at_once(corner: tuple[int, int]) -> None:
    layer = HeatLayer()
    layer.set_heat(np.random.default_rng(0).random((6, 8), dtype=np.float32), 0.0, 1.0, (80, 60))
    view = ViewTransform(1.3, -4.25, 2.5)
    whole = painted(layer, (90, 70), view)
    rect = Rect(*corner, 61, 44)
    part = np.full((rect.bottom - rect.top, rect.right - rect.left, 4), 77, dtype=np.uint8)
    layer.paint(part, rect, view)
    assert (part == whole[rect.top : rect.bottom, rect.left : rect.right]).all()


def test_a_pyramid_halves_only_when_it_is_looked_at() -> None:
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8)
    pyramid = Pyramid(pixels)
    assert pyramid.for_scale(1.0)[0] is pixels
    assert pyramid.for_scale(0.51)[1] == 0
    level, halvings = pyramid.for_scale(0.25)
    assert (level.shape, halvings) == ((2, 2), 2)
    assert level[0, 0] == pytest.approx(pixels[:4, :4].mean(), abs=1)
    assert pyramid.for_scale(1e-6)[0].shape == (1, 1)


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("scale", [0.2, 0.5, 1.0, 2.5, 8.0])
def test_every_pixel_is_shown_in_its_place(scale: float, colour: bool) -> None:
    """A ramp tells by its grey where a screen pixel looks: halves, warps and nearest pixels agree with the view."""
    ramp = np.tile(np.arange(200, dtype=np.uint8), (120, 1))
    pixels = np.repeat(ramp[..., np.newaxis], 3, axis=2) if colour else ramp
    view = ViewTransform(scale, 3.0 - 20 * scale, 5.0 - 20 * scale)
    seen = np.empty((10, 20, 4) if colour else (10, 20), dtype=np.uint8)
    warp(seen, Pyramid(pixels), Rect(4, 6, 24, 16), view, (1.0, 1.0))
    x = view.to_image([(column + 0.5, 0) for column in range(4, 24)])[:, 0]
    first = seen[..., 0] if colour else seen
    assert np.allclose(first, np.clip(x, 0, 199), atol=0.51 if scale > 3 else 0.75 + 0.5 / scale * (scale < 1))


def test_pixels_are_square_and_plain_above_300_percent() -> None:
    pixels = np.array([[0, 255], [255, 0]], dtype=np.uint8)
    seen = np.empty((20, 20), dtype=np.uint8)
    warp(seen, Pyramid(pixels), Rect(0, 0, 20, 20), fitted((2, 2), (20, 20)), (1.0, 1.0))
    assert (seen == np.kron(pixels, np.ones((10, 10), dtype=np.uint8))).all()


@pytest.mark.parametrize("side", [2, 8, 80])
def test_colours_come_out_as_they_went_in(side: int) -> None:
    layer = PictureLayer(WELL)
    layer.show(np.full((side, side, 3), (200, 100, 50), dtype=np.uint8))
    assert (painted(layer, (8, 8), fitted((side, side), (8, 8))) == (50, 100, 200, 255)).all()


def test_around_the_picture_and_without_one_is_the_well() -> None:
    layer = PictureLayer(WELL)
    assert (painted(layer, (5, 5), ViewTransform(1, 0, 0)) == (*WELL, 255)).all()
    layer.show(np.full((10, 10), 200, dtype=np.uint8))
    picture = painted(layer, (40, 20), fitted((10, 10), (40, 20)))
    assert (picture[:, :10] == (*WELL, 255)).all()
    assert (picture[:, 10:30] == (200, 200, 200, 255)).all()
    assert (picture[:, 30:] == (*WELL, 255)).all()
    layer.show(np.zeros((0, 5), dtype=np.uint8))
    assert layer.size is None


def test_a_preview_covers_what_it_stands_for() -> None:
    layer = PictureLayer(WELL)
    layer.show(np.array([[0, 255]], dtype=np.uint8), covers=(100, 50))
    assert layer.size == (100, 50)
    picture = painted(layer, (100, 50), fitted((100, 50), (100, 50)))
    assert picture[25, 5, 0] < 30
    assert picture[25, 95, 0] > 225


@pytest.mark.parametrize("shape", [(1, 1), (1, 40_000), (40_000, 1)])
def test_pictures_of_any_form_are_shown(shape: tuple[int, int]) -> None:
    layer = PictureLayer(WELL)
    layer.show(np.full(shape, 200, dtype=np.uint8))
    size = shape[1], shape[0]
    assert (painted(layer, (50, 50), fitted(size, (50, 50)))[..., 0] == 200).any()
    assert (painted(layer, (50, 50), ViewTransform(4.0, 20.0, 20.0))[..., 0] == 200).any()


def test_100_megapixels_are_shown_from_a_small_part_of_them() -> None:
    layer = PictureLayer(WELL)
    layer.show(np.full((10_000, 10_000), 200, dtype=np.uint8))
    assert (painted(layer, (100, 100), fitted((10_000, 10_000), (100, 100)))[..., 0] == 200).all()


def test_heat_lies_where_it_was_measured_and_is_transparent_where_there_is_none() -> None:
    heat = np.zeros((4, 8), dtype=np.float32)
    heat[1, 6] = 5.0
    layer = HeatLayer(opacity=1.0)
    layer.set_heat(heat, 1.0, 5.0, (80, 40))
    picture = painted(layer, (80, 40), fitted((80, 40), (80, 40)))
    assert picture[15, 65, 3] == 255
    assert not picture[:, :50].any()
    assert not picture[30:, :].any()


def test_heat_takes_any_numbers() -> None:
    layer = HeatLayer()
    layer.set_heat(np.array([[np.nan, np.inf, -np.inf, 1.0]], dtype=np.float32), 0.0, 1.0, (4, 1))
    row = painted(layer, (40, 10), fitted((4, 1), (40, 10)))[5]
    assert row[5].tolist() == [0, 0, 0, 0]
    assert row[15, 3] > 100
    assert row[25].tolist() == [0, 0, 0, 0]
    layer.set_heat(np.ones((3, 3), dtype=np.float32), 1.0, 1.0, (4, 1))
    assert not painted(layer, (4, 4), fitted((4, 1), (4, 4))).any()
    layer.set_heat(None, 0.0, 1.0, (4, 1))
    assert not layer.shown


def test_heat_colours_rise_in_brightness_and_are_premultiplied() -> None:
    colours = heat_colours(0.5).astype(int)
    assert (colours[:, :3] <= colours[:, 3:]).all()
    assert colours[0].tolist() == [0, 0, 0, 0]
    assert colours[255, 3] == 128
    light = colours[:, :3] @ (0.114, 0.587, 0.299)
    assert (np.diff(light) > -1.5).all()


def test_only_what_changed_is_reported(square: Square) -> None:
    layer = OutlineLayer(CanvasColours(), Pen())
    first, second = square(0, 0, 10), Box(20, 20, 30, 30)
    one, two = Outline(1, first, OutlineStyle.MODEL), Outline(2, second, OutlineStyle.PERSON)
    assert len(layer.set_outlines([one, two])) == 2
    assert layer.set_outlines([Outline(1, first, OutlineStyle.MODEL, "text"), two]) == []
    assert layer.set_outlines([one, Outline(2, Box(20, 20, 30, 30), OutlineStyle.PERSON)]) == []
    changed = layer.set_outlines([one, Outline(2, second, OutlineStyle.REVIEW)])
    assert [outline.uid for outline in changed] == [2, 2]
    moved = layer.set_outlines([Outline(1, square(0, 0, 10), OutlineStyle.MODEL)])
    assert sorted(outline.uid for outline in moved) == [1, 1, 2]


def test_an_outline_painted_alone_is_as_in_the_whole(square: Square) -> None:
    layer = OutlineLayer(CanvasColours(), Pen())
    shapes = [square(10 * number, 5 * number, 30) for number in range(6)]
    layer.set_outlines(Outline(number, shape, OutlineStyle.PERSON) for number, shape in enumerate(shapes))
    view = ViewTransform(1.5, 2.0, 3.0)
    whole = painted(layer, (150, 120), view)
    rect = layer.area(layer.outlines[2], view)
    part = np.zeros((rect.bottom - rect.top, rect.right - rect.left, 4), dtype=np.uint8)
    layer.paint(part, rect, view)
    assert (np.abs(whole[rect.top : rect.bottom, rect.left : rect.right].astype(int) - part) > 20).mean() < 0.01


def test_every_kind_of_shape_leaves_its_mark_within_its_area() -> None:
    shapes = [
        Polygon(frozen_points([(10, 10), (30, 12), (20, 30)])),
        Box(10, 10, 30, 30),
        RotatedBox(20, 20, 20, 8, 40),
        Polyline(frozen_points([(10, 10), (30, 20)])),
        Keypoint(20, 20),
    ]
    for shape in shapes:
        for style in OutlineStyle:
            layer = OutlineLayer(CanvasColours(), Pen())
            (outline,) = layer.set_outlines([Outline(0, shape, style, filled=True)])
            picture = painted(layer, (60, 60), ViewTransform(1.0, 5.0, 5.0))
            rows, columns = np.nonzero(picture[..., 3])
            area = layer.area(outline, ViewTransform(1.0, 5.0, 5.0))
            assert len(rows)
            assert area.left <= columns.min()
            assert columns.max() < area.right
            assert area.top <= rows.min()
            assert rows.max() < area.bottom


def test_captions_come_with_the_largest_first(square: Square) -> None:
    layer = OutlineLayer(CanvasColours(), Pen())
    layer.set_outlines(
        [
            Outline("small", square(0, 0, 10), OutlineStyle.MODEL, "a"),
            Outline("large", square(0, 0, 30), OutlineStyle.MODEL, "b"),
            Outline("silent", square(0, 0, 20), OutlineStyle.MODEL),
            Outline("away", square(500, 0, 20), OutlineStyle.MODEL, "c"),
        ]
    )
    found = layer.captioned(Rect(0, 0, 100, 100), ViewTransform(1.0, 0.0, 0.0))
    assert [(outline.uid, bounds) for outline, bounds in found] == [
        ("large", (0, 0, 30, 30)),
        ("small", (0, 0, 10, 10)),
    ]


def test_the_loupe_shows_pixels_one_to_one_around_its_place() -> None:
    layer = PictureLayer(WELL)
    pixels = np.zeros((100, 100), dtype=np.uint8)
    pixels[40, 30] = 255
    layer.show(pixels)
    seen = loupe_pixels(layer, (30.0, 40.0), 21)
    assert np.argwhere(seen[..., 0] == 255).tolist() == [[10, 10]]


def test_the_loupe_keeps_away_from_what_it_shows() -> None:
    for at in ((100.0, 100.0), (900.0, 100.0)):
        rect = loupe_rect((1000, 800), at, 4.0)
        assert not rect.left <= at[0] <= rect.right
        assert rect.common(Rect(0, 0, 1000, 800)) == rect
    tiny = loupe_rect((20, 10), (0.0, 0.0), 4.0)
    assert tiny.common(Rect(0, 0, 20, 10)) == tiny


def test_colours_are_read() -> None:
    assert bgr("#102030") == (0x30, 0x20, 0x10)
    colours = CanvasColours()
    assert [colours.of(style) for style in OutlineStyle] == [
        colours.model,
        colours.person,
        colours.selected,
        colours.review,
    ]
