"""The canvas under fingers, a mouse and a keyboard, offscreen: what it tells, and what it shows."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPointingDevice, QTouchEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeling.canvas.outline import CanvasColours, Outline, OutlineStyle
from labeling.canvas.tool_protocol import Tool
from labeling.canvas.view import Canvas
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox

Square = Callable[[float, float, float], Polygon]
Place = tuple[float, float]


class Clock(Protocol):
    now: float


@dataclass
class Told:
    """Everything a canvas has said, in order."""

    every: list[tuple[Any, ...]] = field(default_factory=list)

    def names(self) -> list[str]:
        return [said[0] for said in self.every]

    def only(self, name: str) -> tuple[Any, ...]:
        (said,) = (said for said in self.every if said[0] == name)
        return said[1:]


NAMES = (
    "tapped",
    "outline_tapped",
    "stroke_started",
    "stroke_moved",
    "stroke_finished",
    "stroke_dropped",
    "shape_drawn",
    "vertex_moved",
)


@pytest.fixture
def told(canvas: Canvas) -> Told:
    told = Told()
    for name in NAMES:
        getattr(canvas, name).connect(lambda *values, name=name: told.every.append((name, *values)))
    return told


@pytest.fixture(scope="module")
def device() -> Iterator[QPointingDevice]:
    return QTest.createTouchDevice()


class Fingers:
    """Fingers on the screen, at places of the picture."""

    def __init__(self, canvas: Canvas, device: QPointingDevice) -> None:
        self.canvas = canvas
        self.device = device
        self.down: dict[int, QPoint] = {}

    def _at(self, place: Place) -> QPoint:
        return QPointF(*self.canvas.to_widget(*place)).toPoint()

    def press(self, finger: int, place: Place) -> None:
        self._tell(finger, "press", self._at(place))

    def move(self, finger: int, place: Place) -> None:
        self._tell(finger, "move", self._at(place))

    def release(self, finger: int) -> None:
        self._tell(finger, "release", self.down[finger])

    def tap(self, place: Place) -> None:
        self.press(0, place)
        self.release(0)

    def draw(self, *places: Place) -> None:
        self.press(0, places[0])
        for place in places[1:]:
            self.move(0, place)
        self.release(0)

    def _tell(self, finger: int, what: str, at: QPoint) -> None:
        event = QTest.touchEvent(self.canvas, self.device, False)
        getattr(event, what)(finger, at, self.canvas)
        for other, place in self.down.items():
            if other != finger:
                event.move(other, place, self.canvas)
        event.commit()
        self.down[finger] = at
        if what == "release":
            del self.down[finger]


@pytest.fixture
def fingers(canvas: Canvas, device: QPointingDevice) -> Iterator[Fingers]:
    fingers = Fingers(canvas, device)
    yield fingers
    for finger in list(fingers.down):  # Qt remembers what lies on a device from one window to the next
        fingers.release(finger)


def outline(uid: object, shape: Any, style: OutlineStyle = OutlineStyle.PERSON, caption: str = "") -> Outline:
    return Outline(str(uid), shape, style, caption)


def seen(canvas: Canvas) -> np.ndarray:
    """Return what the canvas shows, shape (h, w, 3), blue, green, red."""
    image = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8)
    return pixels.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].copy()


def colour_at(canvas: Canvas, place: Place) -> list[int]:
    x, y = canvas.to_widget(*place)
    return list(seen(canvas)[round(y), round(x)])


# One finger


def test_a_tap_tells_its_place_on_the_picture(fingers: Fingers, told: Told) -> None:
    fingers.tap((100, 50))
    assert told.only("tapped") == pytest.approx((100, 50), abs=0.5)


def test_a_tap_on_an_outline_tells_its_uid(canvas: Canvas, fingers: Fingers, told: Told, square: Square) -> None:
    canvas.set_outlines([outline("a", square(50, 50, 40)), outline("b", square(200, 50, 40))])
    fingers.tap((70, 70))
    fingers.tap((243, 70))  # beside it, within the reach of a finger
    assert told.every == [("outline_tapped", "a"), ("outline_tapped", "b")]


def test_a_tap_beside_the_picture_tells_nothing(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_picture(np.zeros((300, 100), dtype=np.uint8))
    fingers.tap((-50, 100))
    assert told.every == []


def test_a_lasso_is_told_from_beginning_to_end(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_tool(Tool.LASSO)
    angles = np.linspace(0, 6, 121)
    circle = [(200 + 80 * float(np.cos(a)), 150 + 80 * float(np.sin(a))) for a in angles]
    fingers.draw(*circle)
    assert told.names()[0] == "stroke_started"
    assert told.names()[-1] == "stroke_finished"
    assert set(told.names()[1:-1]) == {"stroke_moved"}
    (stroke,) = told.only("stroke_finished")
    assert 8 <= len(stroke) <= 40
    assert stroke[0] == pytest.approx(circle[0], abs=0.5)
    assert stroke[-1] == pytest.approx(circle[-1], abs=0.5)


def test_a_lasso_led_off_the_picture_follows_its_edge(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_picture(np.zeros((300, 200), dtype=np.uint8))
    canvas.set_tool(Tool.LASSO)
    fingers.draw((150, 100), (260, 100), (260, 200), (150, 200))
    (stroke,) = told.only("stroke_finished")
    assert stroke[:, 0].max() == 199.5


def test_without_a_tool_one_finger_pans(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.zoom_by(4)
    before = canvas.to_image(0, 0)
    fingers.press(0, (200, 150))
    fingers.move(0, (210, 150))
    fingers.release(0)
    after = canvas.to_image(0, 0)
    assert before[0] - after[0] == pytest.approx(10, abs=0.5)
    assert told.every == []


# Two fingers


def test_a_second_finger_turns_a_lasso_into_a_pinch(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_tool(Tool.LASSO)
    percent = canvas.zoom_percent
    fingers.press(0, (150, 150))
    fingers.move(0, (160, 150))
    fingers.press(1, (200, 150))
    fingers.move(1, (240, 150))
    fingers.release(1)
    fingers.move(0, (100, 100))
    fingers.release(0)
    assert told.names()[-1] == "stroke_dropped"
    assert "stroke_finished" not in told.names()
    assert canvas.zoom_percent == pytest.approx(2 * percent, rel=0.05)


def test_what_is_under_two_fingers_stays_under_them(canvas: Canvas, fingers: Fingers) -> None:
    canvas.zoom_by(2)
    fingers.press(0, (180, 150))
    fingers.press(1, (220, 150))
    middle = canvas.to_widget(200, 150)
    fingers.move(1, (260, 150))
    moved = canvas.to_widget(200, 150)
    assert moved[0] - middle[0] == pytest.approx(80, abs=2)
    assert moved[1] == pytest.approx(middle[1], abs=1)


@pytest.mark.parametrize("by", ["tool", "system", "compare", "picture", "hidden"])
def test_a_stroke_that_is_cut_short_is_dropped(canvas: Canvas, fingers: Fingers, told: Told, by: str) -> None:
    canvas.set_tool(Tool.BRUSH)
    fingers.press(0, (150, 150))
    fingers.move(0, (190, 150))
    if by == "tool":
        canvas.set_tool(Tool.BRUSH)
    elif by == "system":
        QApplication.sendEvent(canvas, QTouchEvent(QEvent.Type.TouchCancel, fingers.device))
    elif by == "compare":
        canvas.set_compare(np.zeros((300, 400), dtype=np.uint8))
    elif by == "hidden":
        canvas.hide()
        canvas.show()
    else:
        canvas.set_picture(np.zeros((300, 400), dtype=np.uint8))
    assert told.names()[-1] == "stroke_dropped"
    fingers.move(0, (200, 150))
    fingers.release(0)
    assert told.names()[-1] == "stroke_dropped"


# Tools


def test_a_box_is_shown_live_and_told_when_complete(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_tool(Tool.BOX)
    changing: list[object] = []
    canvas.shape_changing.connect(changing.append)
    fingers.press(0, (100, 100))
    fingers.move(0, (150, 140))
    assert colour_at(canvas, (150, 120)) == [0xF5, 0xE0, 0x35]
    assert isinstance(changing[-1], Box)
    fingers.release(0)
    (box,) = told.only("shape_drawn")
    assert box.bounds == pytest.approx((100, 100, 150, 140), abs=0.5)
    assert colour_at(canvas, (150, 120)) == [128, 128, 128]


def test_a_rotated_box_is_a_side_and_a_width(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_tool(Tool.ROTATED_BOX)
    fingers.draw((100, 100), (160, 160))
    assert told.every == []
    fingers.tap((100, 160))
    (box,) = told.only("shape_drawn")
    assert isinstance(box, RotatedBox)
    assert box.angle_deg == pytest.approx(45, abs=1)


def test_a_polygon_closes_on_its_first_corner(canvas: Canvas, fingers: Fingers, told: Told, clock: Clock) -> None:
    canvas.set_tool(Tool.POLYGON)
    for place in ((100, 100), (200, 100), (200, 200)):
        fingers.tap(place)
        clock.now += 2
    fingers.tap((104, 103))
    (polygon,) = told.only("shape_drawn")
    assert isinstance(polygon, Polygon)
    assert len(polygon.outline) == 3


def test_a_double_tap_ends_a_polyline(canvas: Canvas, fingers: Fingers, told: Told, clock: Clock) -> None:
    canvas.set_tool(Tool.POLYLINE)
    for place in ((100, 100), (200, 100), (260, 200)):
        fingers.tap(place)
        clock.now += 2
    fingers.tap((330, 200))
    clock.now += 0.2
    fingers.tap((330, 200))
    (line,) = told.only("shape_drawn")
    assert isinstance(line, Polyline)
    assert len(line.points) == 4


def test_keypoint_and_snap_taps(canvas: Canvas, fingers: Fingers, told: Told, square: Square) -> None:
    canvas.set_outlines([outline("a", square(50, 50, 40))])
    canvas.set_tool(Tool.KEYPOINT)
    fingers.tap((70, 70))
    canvas.set_tool(Tool.TAP_SNAP)
    fingers.tap((70, 70))
    assert told.names() == ["shape_drawn", "tapped"]
    assert isinstance(told.every[0][1], Keypoint)


def test_a_brush_shows_the_band_it_covers(canvas: Canvas, fingers: Fingers, told: Told) -> None:
    canvas.set_tool(Tool.BRUSH)
    canvas.set_brush_px(12)
    fingers.press(0, (100, 150))
    fingers.move(0, (200, 150))
    assert colour_at(canvas, (150, 159)) != [128, 128, 128]
    assert colour_at(canvas, (150, 166)) == [128, 128, 128]
    fingers.release(0)
    assert told.names()[-1] == "stroke_finished"
    fingers.tap((300, 200))
    assert len(told.every[-1][1]) == 1


def test_changing_the_tool_drops_what_was_begun(canvas: Canvas, fingers: Fingers, told: Told, clock: Clock) -> None:
    canvas.set_tool(Tool.POLYGON)
    fingers.tap((100, 100))
    fingers.tap((200, 100))
    canvas.set_tool(Tool.NONE)
    assert canvas.tool is Tool.NONE
    assert (seen(canvas)[150:250, 150:450] == 128).all()


# Handles


def test_a_corner_of_the_selected_outline_can_be_dragged(
    canvas: Canvas, fingers: Fingers, told: Told, square: Square
) -> None:
    canvas.set_outlines([outline("a", square(100, 100, 80), OutlineStyle.SELECTED)])
    # 15 mm across at 4 pixels a millimetre and 200 %: 15 image pixels beside it still take hold.
    fingers.draw((188, 190), (208, 190), (228, 200))
    uid, shape = told.only("vertex_moved")
    assert uid == "a"
    assert shape.outline[2] == pytest.approx((220, 190), abs=0.5)
    assert shape.outline[0].tolist() == [100, 100]


def test_a_handle_keeps_within_the_picture(canvas: Canvas, fingers: Fingers, told: Told, square: Square) -> None:
    canvas.set_outlines([outline("a", square(300, 100, 80), OutlineStyle.SELECTED)])
    fingers.draw((380, 100), (390, 100), (399, 0), (399, -5))
    _, shape = told.only("vertex_moved")
    assert shape.outline[1].tolist() == pytest.approx([399.0, -0.5], abs=0.6)


def test_a_second_finger_puts_the_handle_back(canvas: Canvas, fingers: Fingers, told: Told, square: Square) -> None:
    canvas.set_outlines([outline("a", square(100, 100, 80), OutlineStyle.SELECTED)])
    before = seen(canvas)
    fingers.press(0, (180, 180))
    fingers.move(0, (240, 240))
    assert (seen(canvas) != before).any()
    fingers.press(1, (300, 100))
    assert (seen(canvas) == before).all()
    fingers.release(1)
    fingers.release(0)
    assert told.every == []


def test_an_outline_that_is_not_selected_has_no_handles(
    canvas: Canvas, fingers: Fingers, told: Told, square: Square
) -> None:
    canvas.set_outlines([outline("a", square(100, 100, 80))])
    canvas.zoom_by(2)
    fingers.draw((180, 180), (240, 240))
    assert told.every == []


# Mouse and keyboard


def test_the_left_button_draws_as_a_finger(canvas: Canvas, told: Told) -> None:
    canvas.set_tool(Tool.BOX)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(300, 260))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 260))
    (box,) = told.only("shape_drawn")
    assert box.bounds == pytest.approx((99.5, 99.5, 149.5, 129.5))


def test_the_other_buttons_pan_whatever_the_tool(canvas: Canvas, told: Told) -> None:
    canvas.set_tool(Tool.LASSO)
    canvas.zoom_by(3)
    before = canvas.to_widget(200, 150)
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(230, 190))
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=QPoint(230, 190))
    after = canvas.to_widget(200, 150)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((30, -10))
    QTest.mouseMove(canvas, QPoint(10, 10))
    assert canvas.to_widget(200, 150) == after
    assert told.every == []


def test_the_wheel_zooms_around_the_pointer(canvas: Canvas) -> None:
    at = QPointF(500, 200)
    place = canvas.to_image(500, 200)
    wheel = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = canvas.zoom_percent
    QApplication.sendEvent(canvas, wheel)
    assert canvas.zoom_percent == pytest.approx(before * 1.25**2)
    assert canvas.to_image(500, 200) == pytest.approx(place)


def test_keys_move_the_view(canvas: Canvas) -> None:
    fit = canvas.zoom_percent
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom_percent == pytest.approx(fit * 1.25**2)
    left = canvas.to_image(0, 0)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    moved = canvas.to_image(0, 0)
    assert moved[0] > left[0]
    assert moved[1] > left[1]
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom_percent == pytest.approx(fit * 1.25)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom_percent == fit


def test_keys_end_and_take_back_what_is_drawn(canvas: Canvas, fingers: Fingers, told: Told, clock: Clock) -> None:
    canvas.set_tool(Tool.POLYGON)
    for place in ((50, 50), (150, 50), (150, 150), (50, 250)):
        fingers.tap(place)
        clock.now += 2
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    (polygon,) = told.only("shape_drawn")
    assert len(polygon.outline) == 3
    fingers.tap((50, 50))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    clock.now += 2
    fingers.tap((300, 250))
    fingers.tap((350, 250))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert told.names() == ["shape_drawn"]


def test_keys_that_mean_nothing_here_go_on_to_the_window(canvas: Canvas, qtbot: QtBot) -> None:
    for key, modifier in (
        (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier),
    ):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier)
        QApplication.sendEvent(canvas, event)
        assert not event.isAccepted()


# What is shown


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
