"""The canvas: a picture that fingers, a mouse or a keyboard draw on. Knows shapes, and nothing of stations."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from labeling.canvas.display import Proposed
from labeling.canvas.geometry import handles_of, with_handle_at
from labeling.canvas.gestures import DragBegan, DragDropped, DragEnded, DragMoved, Gesture, Tap
from labeling.canvas.hit import handle_at, outline_at
from labeling.canvas.navigation import Navigated
from labeling.canvas.outline import CanvasColours, Outline
from labeling.canvas.pyramid import Pyramid
from labeling.canvas.scratch import Bytes
from labeling.canvas.strokes import simplified
from labeling.canvas.surface import DEFAULT_PX_PER_MM
from labeling.canvas.tool_protocol import (
    Drawn,
    Outcome,
    Placed,
    StrokeDropped,
    StrokeFinished,
    StrokeMoved,
    StrokeStarted,
    Tool,
)
from labeling.canvas.tools import begin, within
from labeling.canvas.transform import Size
from labeling.shapes import Keypoint, Shape

At = tuple[float, float]
HANDLE_REACH_MM = 7.5
"""A hit zone 15 mm across: a gloved finger."""
TAP_REACH_MM = 4.0
"""How near a tap must come to a line, or to the corner that ends a polygon."""
BRUSHES = frozenset({Tool.BRUSH, Tool.ERASER})
CORNERS = frozenset({Tool.POLYGON, Tool.POLYLINE})


@dataclass(frozen=True, slots=True, eq=False)
class _Grip:
    """A handle that is held, and how far from the finger it is: a finger need not be exactly on it."""

    outline: Outline
    index: int
    offset: At


class Canvas(Navigated):
    """Shows a picture and has people draw on it. Places in all signals are image pixels.

    One finger, or the left mouse button, draws with a tool and pans without one; two fingers pinch and pan, and what the
    first had begun is dropped. Without a tool the handles of a selected outline can be dragged. The wheel, +, -, 0 and the
    arrows move the view, as the other mouse buttons do; Enter completes, Backspace takes a corner back, Escape gives up what
    is being drawn.
    """

    tapped = Signal(float, float)
    """A place on the picture without an outline (for `Tool.TAP_SNAP`: any place)."""
    outline_tapped = Signal(object)
    """The uid of the outline that was tapped."""
    stroke_started = Signal()
    stroke_moved = Signal(object)
    """All points of the stroke so far, (N, 2), as the finger gave them."""
    stroke_finished = Signal(object)
    """The whole stroke, (N, 2), simplified to 2 screen pixels; one point where brush or eraser were tapped."""
    stroke_dropped = Signal()
    """The stroke that was started does not count."""
    shape_drawn = Signal(object)
    """A complete shape."""
    shape_changing = Signal(object)
    """The shape being drawn, or the one whose handle is dragged: for figures shown beside it."""
    vertex_moved = Signal(object, object)
    """The uid of an outline, and its shape with a handle elsewhere."""

    def __init__(
        self,
        colours: CanvasColours | None = None,
        px_per_mm: float = DEFAULT_PX_PER_MM,
        parent: QWidget | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(colours, px_per_mm, parent, clock)
        self._tool = Tool.NONE
        self._state = begin(Tool.NONE)
        self._brush_px = 0.0
        self._outlines: tuple[Outline, ...] = ()
        self._grip: _Grip | None = None
        self._comparing = False

    @property
    def tool(self) -> Tool:
        """The tool one finger draws with."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Draw with another tool; what was begun with the one before is dropped."""
        self._give_up()
        self._tool, self._state = tool, begin(tool)

    def set_brush_px(self, radius: float) -> None:
        """Show strokes of brush and eraser with this radius in image pixels."""
        self._brush_px = max(0.0, radius)

    def set_picture(self, picture: Bytes | Pyramid | None, covers: Size | None = None) -> None:
        """See `Surface.set_picture`; what was being drawn is dropped too."""
        self._give_up()
        self._outlines = ()
        super().set_picture(picture, covers)

    def set_outlines(self, outlines: Iterable[Outline]) -> None:
        """See `Surface.set_outlines`; a handle that was held is let go."""
        self._outlines, self._grip = tuple(outlines), None
        super().set_outlines(self._outlines)

    def set_compare(self, picture: Bytes | Pyramid | None) -> None:
        """See `Surface.set_compare`; meanwhile fingers only move the view."""
        self._take(self._gestures.cancel())
        self._comparing = picture is not None
        super().set_compare(picture)

    def set_live(self, live: Shape | npt.ArrayLike | None, raw: Shape | npt.ArrayLike | None = None) -> None:
        """See `Surface.set_live`; what is being drawn stays on top."""
        super().set_live(live, raw)
        self._show_own()

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        keys = super()._keys()
        if self._state is not None and self._state.live is not None:
            keys |= {
                Qt.Key.Key_Return: self._finish,
                Qt.Key.Key_Enter: self._finish,
                Qt.Key.Key_Backspace: self._back,
                Qt.Key.Key_Escape: self._give_up,
            }
        return keys

    # What gestures mean

    def _drag_or_tap(self, gesture: Gesture) -> None:
        if isinstance(gesture, DragMoved) and (self._comparing or (self._state is None and self._grip is None)):
            self._pan(*gesture.moved)
        elif self._comparing:
            return
        elif self._state is None:
            self._choose(gesture)
        else:
            self._draw(gesture)

    def _choose(self, gesture: Gesture) -> None:
        """Without a tool: a tap points, a drag may move a handle."""
        if isinstance(gesture, Tap):
            self._point(self._place(gesture.at))
        elif isinstance(gesture, DragBegan):
            self._rest = (0.0, 0.0)
            self._grip = self._grip_at(self._place(gesture.at))
        elif self._grip is None:
            return
        elif isinstance(gesture, DragMoved):
            shape = self._gripped(self._grip, gesture.at)
            self._show_selected(self._grip.outline, shape)
            self.shape_changing.emit(shape)
        elif isinstance(gesture, DragEnded):
            grip, self._grip = self._grip, None
            self.vertex_moved.emit(grip.outline.uid, self._gripped(grip, gesture.at))
        elif isinstance(gesture, DragDropped):
            grip, self._grip = self._grip, None
            self._show_selected(grip.outline, grip.outline.shape)

    def _grip_at(self, at: At) -> _Grip | None:
        for outline in self._display.selected:
            index = handle_at(outline.shape, at, self._reach(HANDLE_REACH_MM))
            if index is not None:
                x, y = handles_of(outline.shape)[index]
                return _Grip(outline, index, (float(x) - at[0], float(y) - at[1]))
        return None

    def _gripped(self, grip: _Grip, screen: At) -> Shape:
        x, y = self._place(screen)
        to = within((x + grip.offset[0], y + grip.offset[1]), self._picture_size)
        return with_handle_at(grip.outline.shape, grip.index, to)

    def _show_selected(self, outline: Outline, shape: Shape) -> None:
        """Show a selected outline with another shape."""
        shown = tuple(replace(one, shape=shape) if one.uid == outline.uid else one for one in self._display.selected)
        self._repaint(self._display.select(shown, self._view))

    def _draw(self, gesture: Gesture) -> None:
        """With a tool: all goes through its state."""
        state, size, reach = self._state, self._picture_size, self._reach(TAP_REACH_MM)
        assert state is not None
        outcomes: list[Outcome] = []
        if isinstance(gesture, Tap):
            if self._is_inside(self._place(gesture.at)):
                outcomes = state.tap(self._place(gesture.at), reach, again=gesture.again)
        elif isinstance(gesture, DragBegan):
            outcomes = state.began(within(self._place(gesture.at), size))
        elif isinstance(gesture, DragMoved):
            outcomes = state.moved(within(self._place(gesture.at), size))
        elif isinstance(gesture, DragEnded):
            outcomes = state.ended(within(self._place(gesture.at), size), reach)
        elif isinstance(gesture, DragDropped):
            outcomes = state.dropped()
        self._tell(outcomes)

    def _tell(self, outcomes: Iterable[Outcome]) -> None:
        """Show what is being drawn now, then say what came of it."""
        self._show_own()
        for outcome in outcomes:
            if isinstance(outcome, StrokeStarted):
                self.stroke_started.emit()
            elif isinstance(outcome, StrokeMoved):
                self.stroke_moved.emit(outcome.points)
            elif isinstance(outcome, StrokeFinished):
                self.stroke_finished.emit(simplified(outcome.points, self._view.scale))
            elif isinstance(outcome, StrokeDropped):
                self.stroke_dropped.emit()
            elif isinstance(outcome, Placed):
                self._point(outcome.at)
            elif isinstance(outcome, Drawn):
                self.shape_drawn.emit(outcome.shape)

    def _point(self, at: At) -> None:
        """Say what was tapped: an outline, or a place."""
        uid = None if self._tool is Tool.TAP_SNAP else outline_at(self._outlines, at, self._reach(TAP_REACH_MM))
        if uid is not None:
            self.outline_tapped.emit(uid)
        elif self._is_inside(at):
            self.tapped.emit(*at)

    def _show_own(self) -> None:
        live = self._state.live if self._state is not None else None
        if live is None:
            self._show_proposed()
            return
        brush_px = self._brush_px if self._tool in BRUSHES else 0.0
        self._show_proposed([Proposed(live, brush_px=brush_px, corners=self._tool in CORNERS)])
        if not isinstance(live, np.ndarray | Keypoint):
            self.shape_changing.emit(live)

    def _finish(self) -> None:
        if self._state is not None:
            self._tell(self._state.finish())

    def _back(self) -> None:
        if self._state is not None:
            self._tell(self._state.back())

    def _give_up(self) -> None:
        """Drop what is being drawn, and begin the tool anew."""
        self._take(self._gestures.cancel())
        self._state = begin(self._tool)
        self._show_proposed()

    def _place(self, screen: At) -> At:
        place = self._view.to_image(screen)
        return float(place[0]), float(place[1])

    def _is_inside(self, at: At) -> bool:
        return within(at, self._picture_size) == at

    def _reach(self, reach_mm: float) -> float:
        """Return a length on the screen in image pixels."""
        return reach_mm * self._device_px_per_mm / self._view.scale
