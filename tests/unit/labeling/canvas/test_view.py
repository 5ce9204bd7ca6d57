"""The canvas under fingers, a mouse and a keyboard, offscreen: what it tells."""

import numpy as np
import pytest
from canvas_hands import Clock, Fingers, Square, Told, colour_at, outline, seen
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QTouchEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from labeling.canvas.outline import OutlineStyle
from labeling.canvas.tool_protocol import Tool
from labeling.canvas.view import Canvas
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox

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
