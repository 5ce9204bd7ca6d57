"""What fingers do on the picture in the NG mode: strokes, taps along edges and shapes become events for the work in hand."""

from uuid import uuid4

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from labeling.assist.scissors import edge_path, nearest_edge
from labeling.canvas.geometry import rings_of
from labeling.canvas.tool_protocol import Tool as CanvasTool
from labeling.canvas.view import TAP_REACH_MM, Canvas
from labeling.shapes import Points, Polygon, Shape, frozen_points
from station.ui.context import Context
from station.ui.operator.ng_state import Drawn, FindEdges, OutlineTapped, Reshaped, Snapped, Tool
from station.ui.operator.outline_here import At, OutlineHere
from station.ui.operator.tap_snap import Segment, TapSnap
from station.ui.operator.work import Work, ring
from station.ui.pointing import Pointing, usual_files
from station.ui.snapping import Snapper

BRUSH_MM = 2.0
"""Radius of brush and eraser on the glass."""
_CORNERS = {Tool.POLYGON, Tool.POLYLINE}
_NO_STROKES = {Tool.SELECT, Tool.TAGS}
_PLACES = {Tool.TAP_SNAP, Tool.HERE}


class Fingers(QObject):
    """Between a canvas and the work on it; silent while there is none."""

    happened = Signal(object)
    """An `Event` of `ng_state`."""
    stroke = Signal(object, float)
    """A finished stroke, (N, 2), and the brush's radius, both in image pixels."""
    entered = Signal()
    """Something of an unfinished stroke went into the draft."""
    drawing_changed = Signal()
    live_changed = Signal()
    nothing_found = Signal()
    """The model was pointed at a place and sees nothing there."""

    def __init__(self, context: Context, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._canvas = canvas
        pointing = Pointing(context.assist or usual_files(context.data))
        self._snapper = Snapper(self, find=pointing.find, join=edge_path)
        self.here = OutlineHere(pointing, self)
        self._places: list[At] = []
        """What the model was asked for with the tool in hand, and has not answered yet."""
        self._work: Work | None = None
        self._tool = Tool.LASSO
        self._taps = TapSnap()
        self.drawing = False
        """Whether something is begun: the picture must not be changed under it."""
        self.live: Shape | None = None
        """The shape as it would be now, for its size."""
        canvas.tapped.connect(self._tapped)
        canvas.outline_tapped.connect(lambda uid: self._say(OutlineTapped(uid)))
        canvas.stroke_started.connect(lambda: self._set_drawing(on=True))
        canvas.stroke_moved.connect(self._stroke_moved)
        canvas.stroke_finished.connect(self._stroke_finished)
        canvas.stroke_dropped.connect(self._stroke_dropped)
        canvas.shape_drawn.connect(self._shape_drawn)
        canvas.shape_changing.connect(self._shape_changing)
        canvas.vertex_moved.connect(self._vertex_moved)
        canvas.view_changed.connect(self._size_brush)
        self._snapper.snapped.connect(lambda uid, raw, shape: self._say(Snapped(uid, raw, shape)))
        self._snapper.traced.connect(self._traced)
        self.here.answered.connect(self._outlined)

    def take_up(self, work: Work | None) -> None:
        """Work on another view, or on none."""
        self._work = work
        self.take_tool(work.state.tool if work is not None else Tool.SELECT)
        self.look()

    def look(self) -> None:
        """Have the model, where there is one, look at the picture before it is pointed with."""
        if self._work is not None and self._work.pixels is not None:
            self.here.look(self._work.pixels)

    def take_tool(self, tool: Tool) -> None:
        """Draw with another tool; what is begun with the one before is dropped."""
        if self._work is not None and self._taps.begun:
            self._work.drafting.drop_stroke()
        self._tool, self._taps, self._places, self.live = tool, TapSnap(), [], None
        self._canvas.set_tool(_canvas_tool(tool))
        self._canvas.set_live(None)
        self._canvas.set_brush_px(self._brush_px)
        self._set_drawing(on=False)

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self._tool

    @property
    def tapping(self) -> bool:
        """Whether an outline is being tapped along edges."""
        return self._taps.begun

    def find_edges(self, effect: FindEdges) -> None:
        """Have a stroke's edges found; `Snapped` happens when they are."""
        work = self._work
        if work is not None and work.pixels is not None and isinstance(effect.shape, Polygon):
            self._snapper.find(effect.uid, work.pixels, effect.shape)

    def show_raw(self, raw: Shape | None) -> None:
        """Show, fainter, what the selected outline was snapped from."""
        if not self._taps.begun:
            self._canvas.set_live(None, raw=raw)

    def take_back(self) -> bool:
        """Take the last tap of an outline that is being tapped back; whether there was one."""
        if not self._taps.back():
            return False
        self._show_taps()
        return True

    def complete(self) -> bool:
        """Complete what is begun corner by corner (the Enter key); False where the tool in hand has no corners."""
        if self._tool in _CORNERS:
            self._canvas.keyPressEvent(
                QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            )
            return True
        if self._taps.begun:
            self._trace(self._taps.close())
            return True
        return False

    def stop(self) -> None:
        """End the threads."""
        self._snapper.stop()
        self.here.stop()

    # Taps --------------------------------------------------------------------------------------------------------------

    def _say(self, event: object) -> None:
        if self._work is not None:
            self.happened.emit(event)

    def _tapped(self, x: float, y: float) -> None:
        if self._work is None:
            return
        if self._tool is Tool.TAP_SNAP:
            self._tap_edge((x, y))
        elif self._tool is Tool.HERE:
            self._point((x, y))
        else:
            self._say(OutlineTapped(None))

    def _tap_edge(self, at: tuple[float, float]) -> None:
        """A tap beside an edge means the edge; the first place of all is found again as it was tapped."""
        reach = TAP_REACH_MM * self._image_px_per_mm
        pixels = self._work.pixels if self._work is not None else None
        if pixels is not None and not self._taps.closes_at(at, reach):
            at = nearest_edge(pixels, at, reach)
        self._trace(self._taps.tap(at, reach))

    def _point(self, at: At) -> None:
        """Ask what lies at a place; until the model answers, the place is marked."""
        if self._work is not None and self._work.pixels is not None:
            self._places.append(at)
            self.here.ask(self._work.pixels, at)
            self._show_places()

    def _outlined(self, at: At, shape: Polygon | None) -> None:
        if self._work is None or at not in self._places:
            return
        self._places.remove(at)
        self._show_places()
        if shape is None:
            self.nothing_found.emit()
        else:
            self._say(Drawn(uuid4(), shape))

    def _show_places(self) -> None:
        self._set_drawing(on=bool(self._places))
        self._canvas.set_live(self._mark(self._places[-1]) if self._places else None)

    def _mark(self, at: At) -> Polygon:
        """A ring as large as a finger's reach, where the model is looking."""
        angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        directions = np.column_stack([np.cos(angles), np.sin(angles)])
        return Polygon(frozen_points(at + TAP_REACH_MM * self._image_px_per_mm * directions))

    def _trace(self, segment: Segment | None) -> None:
        if segment is not None and self._work is not None and self._work.pixels is not None:
            self._snapper.trace(self._work.pixels, segment)
        self._show_taps()

    def _traced(self, segment: Segment, edge: Points) -> None:
        if self._work is None or not self._taps.begun:
            return
        whole = self._taps.found(segment, edge)
        if whole is None:
            self._show_taps()
            return
        self._taps = TapSnap()
        self._canvas.set_live(None)
        self._set_drawing(on=False)
        outline = ring(whole)
        if outline is None:
            self._work.drafting.drop_stroke()
        else:
            self._say(Drawn(uuid4(), outline))

    def _show_taps(self) -> None:
        if self._work is None:
            return
        self._set_drawing(on=self._taps.begun)
        if self._taps.begun:
            self._canvas.set_live(self._taps.points)
            self._log(self._taps.points)
        else:
            self._canvas.set_live(None)
            self._work.drafting.drop_stroke()

    # Strokes and shapes ------------------------------------------------------------------------------------------------

    def _stroke_moved(self, points: Points) -> None:
        if self._work is None:
            return
        self._log(points)
        if self._tool is Tool.LASSO and len(points) >= 3:
            self._set_live(Polygon(points))

    def _log(self, points: Points) -> None:
        """Have what is drawn so far in the draft before it is shown."""
        if self._work is not None:
            self._work.drafting.stroke(points, self._tool.value, self._brush_px)
            self.entered.emit()

    def _stroke_finished(self, points: Points) -> None:
        self._over()
        if self._work is not None:
            self.stroke.emit(points, self._brush_px)

    def _stroke_dropped(self) -> None:
        self._over()
        if self._work is not None:
            self._work.drafting.drop_stroke()

    def _shape_drawn(self, shape: Shape) -> None:
        self._over()
        self._say(Drawn(uuid4(), shape))

    def _vertex_moved(self, uid: object, shape: Shape) -> None:
        self._over()
        self._say(Reshaped(uid, (shape,)))  # type: ignore[arg-type]  # the uids of outlines are UUIDs here

    def _shape_changing(self, shape: Shape) -> None:
        """Corners that are set one by one are kept like a stroke."""
        if self._work is None:
            return
        self._set_live(shape)
        if self._tool in _CORNERS:
            self._set_drawing(on=True)
            self._log(rings_of(shape)[0])

    def _over(self) -> None:
        self._set_live(None)
        self._set_drawing(on=False)

    def _set_live(self, shape: Shape | None) -> None:
        self.live = shape
        self.live_changed.emit()

    def _set_drawing(self, *, on: bool) -> None:
        drawing = on and self._work is not None
        if drawing is not self.drawing:
            self.drawing = drawing
            self.drawing_changed.emit()

    # Millimetres on the glass ------------------------------------------------------------------------------------------

    @property
    def _image_px_per_mm(self) -> float:
        device = self._theme.px_per_mm * self._canvas.devicePixelRatioF()
        return device / max(self._canvas.zoom_percent / 100, 1e-6)

    @property
    def _brush_px(self) -> float:
        return BRUSH_MM * self._image_px_per_mm

    def _size_brush(self) -> None:
        if self._work is not None:
            self._canvas.set_brush_px(self._brush_px)


def _canvas_tool(tool: Tool) -> CanvasTool:
    if tool in _NO_STROKES:
        return CanvasTool.NONE
    return CanvasTool.TAP_SNAP if tool in _PLACES else CanvasTool(tool.value)
