import os
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from canvas_hands import NAMES, Fingers, Told
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything makes an application

from labeling.canvas.view import Canvas
from labeling.shapes import Polygon, frozen_points


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def canvas(qtbot: QtBot, clock: Clock) -> Canvas:
    """A canvas of 800 x 600 with a grey picture of 400 x 300: every image pixel is two screen pixels wide."""
    widget = Canvas(px_per_mm=4.0, clock=clock)
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.set_picture(np.full((300, 400), 128, dtype=np.uint8))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def square() -> Callable[[float, float, float], Polygon]:
    """Return a maker of squares: left, top and side."""

    def make(left: float, top: float, side: float) -> Polygon:
        return Polygon(frozen_points([(left, top), (left + side, top), (left + side, top + side), (left, top + side)]))

    return make


@pytest.fixture
def told(canvas: Canvas) -> Told:
    told = Told()
    for name in NAMES:
        getattr(canvas, name).connect(lambda *values, name=name: told.every.append((name, *values)))
    return told


@pytest.fixture(scope="module")
def device() -> Iterator[QPointingDevice]:
    return QTest.createTouchDevice()


@pytest.fixture
def fingers(canvas: Canvas, device: QPointingDevice) -> Iterator[Fingers]:
    fingers = Fingers(canvas, device)
    yield fingers
    for finger in list(fingers.down):  # Qt remembers what lies on a device from one window to the next
        fingers.release(finger)
