"""A canvas under test: fingers on it, what it says, and what it shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from labeling.canvas.outline import Outline, OutlineStyle
from labeling.canvas.view import Canvas
from labeling.shapes import Polygon

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
