"""The tool that points a model at a place, through the real window: there only with a model, and it ends in the journal."""

import numpy as np
import pytest
from desk_of_parts import PIT
from pointed import decoder, put_pair
from PySide6.QtCore import QPoint, Qt
from whole_screen import OpenScreen, Screen

from labeling.annotation import Source
from labeling.shapes import Polygon
from station.ui.operator.ng_state import Hint, Tool
from station.ui.operator.toolbar import IconButton
from station.ui.pointing import FOLDER


def begin_ng(screen: Screen) -> None:
    screen.part(defects=0)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)


def button(screen: Screen) -> IconButton:
    return screen.inspect.ng.toolbar.tools[Tool.HERE]


def tap_picture(screen: Screen, at: tuple[float, float]) -> None:
    x, y = screen.inspect.canvas._view.to_screen(np.array(at))
    screen.qtbot.mouseClick(
        screen.inspect.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(float(x)), round(float(y)))
    )


def take_tool(screen: Screen) -> None:
    screen.until(button(screen).isVisible)
    screen.hands.tap(button(screen))


def test_without_a_model_there_is_no_such_tool(screen: Screen) -> None:
    begin_ng(screen)
    screen.until(lambda: screen.inspect.ng._fingers.here._aside.idle)
    assert not button(screen).isVisible()
    button(screen).click()  # as its key does
    work = screen.inspect.ng.work
    assert work is not None
    assert work.state.tool is Tool.LASSO


def test_a_tap_and_a_chip_outline_what_lies_there(open_screen: OpenScreen) -> None:
    screen = open_screen()
    put_pair(screen.station.data / FOLDER)
    screen.log_in()
    begin_ng(screen)
    take_tool(screen)
    assert screen.shell.width() == 1280, "a further tool must wrap the row, not widen the window"
    tap_picture(screen, PIT)
    assert screen.inspect.ng.drawing, "the next part must not take the picture away meanwhile"
    work = screen.inspect.ng.work
    assert work is not None
    screen.until(lambda: bool(work.state.labels))
    assert not screen.inspect.ng.drawing
    assert work.state.hint is Hint.CHOOSE_CLASS
    chips = screen.inspect.ng.page.palette_.chips
    screen.hands.tap(next(chip for chip in chips if chip.text() == "pit"))
    screen.until(lambda: bool(screen.station.journal.annotations(work.place.part)))
    (label,) = screen.station.journal.annotations(work.place.part)[-1].annotation.labels
    assert (label.class_name, label.source) == ("pit", Source.PERSON)
    assert isinstance(label.shape, Polygon)
    assert np.sqrt(label.shape.area_px / np.pi) == pytest.approx(24, abs=4)
    middle = label.shape.outline.mean(axis=0)
    assert np.hypot(*(middle - PIT)) < 6


def test_where_the_model_sees_nothing_the_person_is_told(open_screen: OpenScreen) -> None:
    screen = open_screen()
    put_pair(screen.station.data / FOLDER, None, decoder(bias=-1.0))
    screen.log_in()
    begin_ng(screen)
    take_tool(screen)
    tap_picture(screen, PIT)
    screen.until(lambda: not screen.inspect.ng.drawing)
    assert "sees nothing there" in screen.inspect.ng.page.head.words
    work = screen.inspect.ng.work
    assert work is not None
    assert not work.state.labels


def test_a_model_that_fails_takes_its_tool_away(open_screen: OpenScreen) -> None:
    screen = open_screen()
    put_pair(screen.station.data / FOLDER, None, decoder(bias=float("nan")))
    screen.log_in()
    begin_ng(screen)
    take_tool(screen)
    tap_picture(screen, PIT)
    screen.until(lambda: not button(screen).isVisible())
    work = screen.inspect.ng.work
    assert work is not None
    assert work.state.tool is Tool.LASSO
    assert not screen.inspect.ng.drawing


def test_an_answer_after_another_tool_was_taken_counts_for_nothing(open_screen: OpenScreen) -> None:
    screen = open_screen()
    put_pair(screen.station.data / FOLDER)
    screen.log_in()
    begin_ng(screen)
    take_tool(screen)
    tap_picture(screen, PIT)
    screen.hands.tap(screen.inspect.ng.toolbar.tools[Tool.LASSO])
    screen.until(lambda: screen.inspect.ng._fingers.here._aside.idle)
    work = screen.inspect.ng.work
    assert work is not None
    assert not work.state.labels
    assert not screen.inspect.ng.drawing
