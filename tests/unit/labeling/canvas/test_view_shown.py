"""The canvas, offscreen: what it shows, and how little of it is painted anew."""

import sys

import numpy as np
import pytest
from canvas_hands import Fingers, Square, Told, colour_at, outline, seen
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeling.canvas.outline import CanvasColours, OutlineStyle
from labeling.canvas.tool_protocol import Tool
from labeling.canvas.view import Canvas


def test_a_new_picture_begins_with_nothing_on_it(canvas: Canvas, square: Square) -> None:
    canvas.set_heat(np.ones((3, 4), dtype=np.float32), 0.0, 1.0)
    canvas.set_outlines([outline("a", square(100, 100, 80))])
    canvas.set_live(square(200, 100, 80))
    canvas.set_loupe((100, 100))
    canvas.zoom_by(2)
    percent = canvas.zoom_percent
    canvas.set_picture(np.full((300, 400), 90, dtype=np.uint8))
    assert canvas.zoom_percent == percent
    assert (seen(canvas)[:500] == 90).all()
    canvas.set_picture(np.full((30, 40), 90, dtype=np.uint8))
    assert canvas.zoom_percent == 2000


def test_compare_shows_the_other_picture_in_place_without_anything_on_it(
    canvas: Canvas, fingers: Fingers, told: Told, square: Square
) -> None:
    canvas.set_heat(np.ones((3, 4), dtype=np.float32), 0.0, 1.0)
    canvas.set_outlines([outline("a", square(100, 100, 80), caption="scratch")])
    before = seen(canvas)
    canvas.set_compare(np.full((150, 200, 3), (10, 200, 30), dtype=np.uint8))
    assert (seen(canvas)[:500] == (30, 200, 10)).all()
    canvas.set_tool(Tool.LASSO)
    fingers.draw((100, 100), (200, 200))
    fingers.tap((120, 120))
    assert told.every == []
    canvas.set_compare(None)
    canvas.fit()
    assert (seen(canvas) == before).all()


def test_heat_is_seen_through_as_far_as_wanted(canvas: Canvas) -> None:
    heat = np.zeros((3, 4), dtype=np.float32)
    heat[1, 1] = 1.0
    canvas.set_heat(heat, 0.2, 1.0)
    assert colour_at(canvas, (150, 150)) != [128, 128, 128]
    assert colour_at(canvas, (350, 50)) == [128, 128, 128]
    canvas.set_heat_opacity(0)
    assert colour_at(canvas, (150, 150)) == [128, 128, 128]


def test_raw_and_snapped_are_shown_together(canvas: Canvas, square: Square) -> None:
    canvas.set_live(square(100, 100, 80), raw=[(90, 90), (200, 90), (200, 200)])
    assert colour_at(canvas, (100, 140)) == [0xF5, 0xE0, 0x35]
    assert (seen(canvas)[180, 180:400] != 128).any()
    canvas.set_live(None)
    assert (seen(canvas)[:500] == 128).all()


def test_the_loupe_is_there_only_where_the_picture_is_reduced(canvas: Canvas) -> None:
    large = np.zeros((3000, 4000), dtype=np.uint8)
    large[1000:1003, 1000:1003] = 255
    canvas.set_picture(large)
    without = seen(canvas)
    canvas.set_loupe((1001, 1001))
    corner = seen(canvas)[:200, -200:] != without[:200, -200:]
    assert corner.any()
    canvas.zoom_by(50, (1001, 1001))
    with_loupe = seen(canvas)
    canvas.set_loupe(None)
    assert (seen(canvas) == with_loupe).all()


def test_colours_and_pixel_size_can_change(canvas: Canvas, square: Square) -> None:
    canvas.set_outlines([outline("a", square(100, 100, 80))])
    thin = (seen(canvas)[:500] != 128).any(axis=2).sum()
    canvas.set_px_per_mm(12.0)
    assert (seen(canvas)[:500] != 128).any(axis=2).sum() > 1.5 * thin
    canvas.set_colours(CanvasColours(person="#00ff00"))
    assert colour_at(canvas, (100, 140)) == [0, 255, 0]


def test_only_the_changed_outline_is_painted_anew(canvas: Canvas, square: Square) -> None:
    outlines = [outline(number, square(20 * number, 20, 15)) for number in range(15)]
    canvas.set_outlines(outlines)
    canvas.grab()
    lines = canvas._display._lines
    before = lines.painted_px
    canvas.set_outlines([*outlines, outline("new", square(20, 200, 15))])
    canvas.grab()
    assert 0 < lines.painted_px - before < 0.02 * 800 * 600


def test_of_a_growing_stroke_only_its_end_is_painted(canvas: Canvas, fingers: Fingers) -> None:
    canvas.set_tool(Tool.LASSO)
    fingers.press(0, (20, 20))
    for x in range(30, 380, 10):
        fingers.move(0, (x, 150))
    QApplication.processEvents()
    painted: list[QRect] = []
    canvas.paintEvent = lambda event: painted.append(event.rect())  # type: ignore[method-assign]
    fingers.move(0, (390, 150))
    QApplication.processEvents()
    assert 20 <= max(rect.width() for rect in painted) < 150


def test_a_picture_with_changes_is_as_if_painted_anew(canvas: Canvas, square: Square) -> None:
    outlines = [outline(number, square(30 * number, 20 + 5 * number, 40)) for number in range(9)]
    canvas.set_outlines(outlines)
    canvas.grab()
    canvas.zoom_by(1.5)
    canvas.set_outlines([*outlines[:3], *outlines[5:], outline("new", square(200, 100, 30))])
    canvas._pan(13, -7)
    changed = seen(canvas).astype(int)
    canvas._display._lines.soil()
    canvas._display._base.soil()
    assert (np.abs(changed - seen(canvas)).max(axis=2) > 40).mean() < 0.001


def test_the_view_stays_in_the_middle_when_the_widget_grows(canvas: Canvas) -> None:
    canvas.zoom_by(4, (200, 150))
    middle = canvas.to_image(400, 300)
    canvas.resize(1000, 700)
    assert canvas.to_image(500, 350) == pytest.approx(middle, abs=0.5)
    canvas.fit()
    percent = canvas.zoom_percent
    canvas.resize(500, 350)
    assert canvas.zoom_percent == pytest.approx(percent / 2, rel=0.01)


def test_a_view_that_changes_says_so(canvas: Canvas) -> None:
    said: list[float] = []
    canvas.view_changed.connect(lambda: said.append(canvas.zoom_percent))
    canvas.zoom_to((100, 100, 140, 120))
    canvas.zoom_to((100, 100, 140, 120))
    assert len(said) == 1
    left, top = canvas.to_widget(100, 100)
    right, bottom = canvas.to_widget(140, 120)
    assert 0 < left < right < 800
    assert 0 < top < bottom < 600


@pytest.mark.parametrize("pixels", [None, np.full((1, 1), 200, np.uint8), np.full((1, 1, 3), 200, np.uint8)])
def test_no_picture_and_the_smallest_are_no_trouble(
    canvas: Canvas, fingers: Fingers, told: Told, pixels: np.ndarray | None, square: Square
) -> None:
    canvas.set_picture(pixels)
    canvas.set_heat(np.ones((1, 1), dtype=np.float32), 0.0, 1.0)
    canvas.set_outlines([outline("a", square(0, 0, 1), OutlineStyle.SELECTED, "text")])
    canvas.set_loupe((0, 0))
    for tool in Tool:
        canvas.set_tool(tool)
        fingers.draw((0, 0), (3, 3), (0, 3))
        fingers.tap((0, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert (seen(canvas) == 200).any() == (pixels is not None)
    if pixels is None:
        assert told.every == []


def test_thousands_of_updates_keep_the_count_of_none(canvas: Canvas, qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 drops a reference to None with each call that returns nothing, until the process dies."""
    canvas.update()
    before = sys.getrefcount(None)
    for _ in range(6000):
        canvas.update()
    assert abs(sys.getrefcount(None) - before) < 500
