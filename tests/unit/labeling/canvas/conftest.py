import os
from collections.abc import Callable

import numpy as np
import pytest
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
