"""What the canvas takes for a new frame, a step of the view and a finger's release, beside a QGraphicsView in the same run.

Both draw the same 12 MP picture, heat map and outlines into 1400 x 1000; they take turns, so that whatever else the machine does
hits both. The canvas gets its pictures as the screen gives them, with their smaller levels: the thread that decodes a picture
makes those (`levels_ms`). `python -m labeling.canvas.bench --outlines 200 [--colour]` prints the figures as JSON.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsPolygonItem,
    QGraphicsScene,
    QGraphicsView,
)

from labeling.canvas.layers import heat_colours
from labeling.canvas.navigation import KEY_PAN_SHARE
from labeling.canvas.outline import Outline, OutlineStyle
from labeling.canvas.pyramid import Pyramid
from labeling.canvas.tool_protocol import Tool
from labeling.canvas.transform import Size
from labeling.canvas.view import Canvas
from labeling.shapes import Points, Polygon, frozen_points

Bytes = npt.NDArray[np.uint8]
Heat = npt.NDArray[np.float32]
VIEWPORT = (1400, 1000)
HEAT = (640, 480)
CORNERS = 40
ZOOM = 1.1
ZOOMED_IN = 2.0
"""How much larger than fitted the picture is panned: fitted, it has nowhere to go."""
HEAT_OPACITY = 0.6


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of each repetition, the canvas and the QGraphicsView in turn."""

    canvas_ms: Sequence[float]
    graphics_view_ms: Sequence[float]

    @property
    def p50(self) -> tuple[float, float]:
        """Medians of both."""
        return statistics.median(self.canvas_ms), statistics.median(self.graphics_view_ms)

    @property
    def ratio(self) -> float:
        """How many times the QGraphicsView's time the canvas takes."""
        ours, theirs = self.p50
        return ours / theirs


@dataclass(frozen=True, slots=True)
class CanvasFigures:
    """Each from the call to the painted screen."""

    new_frame: Timing
    pan: Timing
    zoom: Timing
    release: Timing
    """From a finger's release after a lasso until the new outline stands among the others."""
    levels_ms: float
    """What the smaller levels of a picture take the thread that decodes it, the median."""

    def to_json(self) -> dict[str, dict[str, float] | float]:
        """Return the medians of each, ours and theirs."""
        timings = {"new_frame": self.new_frame, "pan": self.pan, "zoom": self.zoom, "release": self.release}
        medians = {
            name: dict(zip(("canvas_ms", "graphics_view_ms"), timing.p50, strict=True))
            for name, timing in timings.items()
        }
        return {**medians, "levels_ms": self.levels_ms}


def main() -> None:
    """Measure in a process of its own, on no display."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlines", type=int, default=200)
    parser.add_argument("--size", type=int, nargs=2, default=(4000, 3000), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--repetitions", type=int, default=20)
    parser.add_argument("--colour", action="store_true")
    arguments = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    figures = bench_canvas(tuple(arguments.size), arguments.outlines, arguments.repetitions, colour=arguments.colour)
    application.quit()
    json.dump(figures.to_json(), sys.stdout)


def bench_canvas(
    size: Size = (4000, 3000), outlines: int = 200, repetitions: int = 20, *, colour: bool = False
) -> CanvasFigures:
    """Measure with a grey or RGB picture of this size and so many outlines of 40 corners. Needs a `QApplication`."""
    world = _World.of(size, outlines, colour=colour)
    canvas, view = _CanvasSide(world), _GraphicsSide(world)
    try:
        return CanvasFigures(
            new_frame=_in_turn(canvas.new_frame, view.new_frame, repetitions),
            pan=_in_turn(canvas.pan, view.pan, repetitions),
            zoom=_in_turn(canvas.zoom, view.zoom, repetitions),
            release=_in_turn(canvas.release, view.release, repetitions),
            levels_ms=statistics.median(_levels_ms(world.frame(number)) for number in range(repetitions)),
        )
    finally:
        for widget in (canvas.widget, view.widget):
            widget.close()
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _in_turn(ours: Callable[[int], float], theirs: Callable[[int], float], repetitions: int) -> Timing:
    ours(0), theirs(0)
    pairs = [(ours(number), theirs(number)) for number in range(1, repetitions + 1)]
    return Timing([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def _levels_ms(pixels: Bytes) -> float:
    start = time.perf_counter()
    Pyramid.complete(pixels)
    return (time.perf_counter() - start) * 1000


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    pictures: tuple[Bytes, Bytes]
    heat: Heat
    outlines: tuple[Outline, ...]
    lasso: Points

    @classmethod
    def of(cls, size: Size, outlines: int, *, colour: bool) -> "_World":
        rng = np.random.default_rng(0)
        shape = (size[1], size[0], 3) if colour else (size[1], size[0])
        pictures = tuple(rng.integers(0, 256, shape, dtype=np.uint8) for _ in range(2))
        heat = rng.random((HEAT[1], HEAT[0]), dtype=np.float32)
        styles = (OutlineStyle.MODEL, OutlineStyle.PERSON)
        drawn = tuple(
            Outline(
                number, Polygon(_blob(rng, size)), styles[number % 2], f"scratch 0.{number} mm" if number < 20 else ""
            )
            for number in range(outlines)
        )
        return cls((pictures[0], pictures[1]), heat, drawn, _blob(rng, size))

    def frame(self, number: int) -> Bytes:
        return self.pictures[number % 2]


def _blob(rng: np.random.Generator, size: Size) -> Points:
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    radii = 0.02 * max(size) * rng.uniform(0.8, 1.2, CORNERS)
    centre = rng.uniform(0.05, 0.95, 2) * size
    return frozen_points(centre + radii[:, np.newaxis] * np.stack([np.cos(angles), np.sin(angles)], axis=1))


class _Counting(Canvas):
    """A canvas that knows when it was painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        self.painted += 1


class _CountingView(QGraphicsView):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        self.painted += 1


def _painted(widget: _Counting | _CountingView, work: Callable[[], object]) -> float:
    """Return the milliseconds until `work` is done and its result painted."""
    QCoreApplication.processEvents()
    widget.painted = 0
    start = time.perf_counter()
    work()
    while not widget.painted:
        QCoreApplication.processEvents()
    return (time.perf_counter() - start) * 1000


class _CanvasSide:
    def __init__(self, world: _World) -> None:
        self.world = world
        self.pictures = tuple(Pyramid.complete(picture) for picture in world.pictures)
        self.widget = _Counting()
        self.widget.resize(*VIEWPORT)
        self.widget.stroke_finished.connect(self._keep)
        self.widget.show()
        self._show(0)

    def _show(self, number: int) -> None:
        self.widget.set_picture(self.pictures[number % 2])
        self.widget.set_heat(self.world.heat, 0.5, 1.0)
        self.widget.set_outlines(self.world.outlines)

    def new_frame(self, number: int) -> float:
        return _painted(self.widget, lambda: self._show(number))

    def pan(self, number: int) -> float:
        self.widget.fit()
        self.widget.zoom_by(ZOOMED_IN)
        key = Qt.Key.Key_Right if number % 2 else Qt.Key.Key_Left
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        return _painted(self.widget, lambda: QCoreApplication.sendEvent(self.widget, press))

    def zoom(self, number: int) -> float:
        self.widget.fit()
        self.widget.zoom_by(ZOOMED_IN)
        return _painted(self.widget, lambda: self.widget.zoom_by(ZOOM if number % 2 else 1 / ZOOM))

    def release(self, number: int) -> float:  # noqa: ARG002 - each time the same
        self.widget.fit()
        self.widget.set_outlines(self.world.outlines)
        self.widget.set_tool(Tool.LASSO)
        places = [QPointF(*self.widget.to_widget(*point)) for point in self.world.lasso]
        self._mouse(QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            self._mouse(QEvent.Type.MouseMove, place)
        return _painted(self.widget, lambda: self._mouse(QEvent.Type.MouseButtonRelease, places[-1]))

    def _keep(self, stroke: Points) -> None:
        new = Outline("new", Polygon(frozen_points(stroke)), OutlineStyle.PERSON, "scratch 0.31 mm")
        self.widget.set_outlines((*self.world.outlines, new))

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QCoreApplication.sendEvent(self.widget, QMouseEvent(kind, at, self.widget.mapToGlobal(at), left, left, none))


class _GraphicsSide:
    """The usual way: an item for the picture, one for the heat, one for each outline."""

    def __init__(self, world: _World) -> None:
        self.world = world
        self.scene = QGraphicsScene()
        self.widget = _CountingView(self.scene)
        self.widget.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.widget.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.widget.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        self.widget.resize(*VIEWPORT)
        self.picture, self.heat = QGraphicsPixmapItem(), QGraphicsPixmapItem()
        for item in (self.picture, self.heat):
            item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene.addItem(self.picture)
        self.scene.addItem(self.heat)
        self.shapes: list[QGraphicsPolygonItem] = []
        self._show(0)
        self.widget.fitInView(self.scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.widget.show()

    def _show(self, number: int) -> None:
        pixels = self.world.frame(number)
        height, width = pixels.shape[:2]
        form = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_RGB888
        self.picture.setPixmap(QPixmap.fromImage(QImage(pixels.data, width, height, pixels.strides[0], form)))
        self.scene.setSceneRect(0, 0, width, height)
        steps = (np.clip(2 * self.world.heat - 1, 0, 1) * 255).astype(np.uint8)
        colours = heat_colours(HEAT_OPACITY)[steps]
        form = QImage.Format.Format_ARGB32_Premultiplied
        self.heat.setPixmap(QPixmap.fromImage(QImage(colours.data, HEAT[0], HEAT[1], 4 * HEAT[0], form)))
        self.heat.setTransform(QTransform.fromScale(width / HEAT[0], height / HEAT[1]))
        for shape in self.shapes:
            self.scene.removeItem(shape)
        self.shapes = [self._item(outline) for outline in self.world.outlines]

    def _item(self, outline: Outline) -> QGraphicsPolygonItem:
        assert isinstance(outline.shape, Polygon)
        item = QGraphicsPolygonItem(QPolygonF([QPointF(x, y) for x, y in outline.shape.outline.tolist()]))
        pen = QPen(QColor("#ffb300"), 2)
        pen.setCosmetic(True)
        item.setPen(pen)
        self.scene.addItem(item)
        return item

    def new_frame(self, number: int) -> float:
        return _painted(self.widget, lambda: self._show(number))

    def pan(self, number: int) -> float:
        self.widget.fitInView(self.scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.widget.scale(ZOOMED_IN, ZOOMED_IN)
        bar = self.widget.horizontalScrollBar()
        step = round(KEY_PAN_SHARE * VIEWPORT[0]) * (1 if number % 2 else -1)
        return _painted(self.widget, lambda: bar.setValue(bar.value() + step))

    def zoom(self, number: int) -> float:
        self.widget.fitInView(self.scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.widget.scale(ZOOMED_IN, ZOOMED_IN)
        factor = ZOOM if number % 2 else 1 / ZOOM
        return _painted(self.widget, lambda: self.widget.scale(factor, factor))

    def release(self, number: int) -> float:  # noqa: ARG002 - each time the same
        self.widget.fitInView(self.scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        new = Outline("new", Polygon(self.world.lasso), OutlineStyle.PERSON)
        took = _painted(self.widget, lambda: self.shapes.append(self._item(new)))
        self.scene.removeItem(self.shapes.pop())
        return took


if __name__ == "__main__":
    main()
