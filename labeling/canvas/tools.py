"""Tools as state machines: taps and drags in image pixels go in; live shapes, strokes and finished shapes come out. No Qt."""

from dataclasses import dataclass
from math import hypot

import numpy as np

from labeling.canvas.geometry import box_between, rotated_box_on
from labeling.canvas.tool_protocol import (
    At,
    Drawn,
    Live,
    Outcome,
    Placed,
    StrokeDropped,
    StrokeFinished,
    StrokeMoved,
    StrokeStarted,
    Tool,
    ToolState,
)
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, frozen_points


@dataclass(slots=True)
class Stroke:
    """Lasso, brush and eraser: a drag is a stroke. A tap is a stroke of one point where `dabs`, else a place."""

    dabs: bool
    _points: list[At] | None = None

    @property
    def live(self) -> Live:
        """The stroke so far."""
        return frozen_points(self._points) if self._points else None

    def tap(self, at: At, reach_px: float, *, again: bool) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Dab, or point."""
        return [StrokeStarted(), StrokeFinished(frozen_points([at]))] if self.dabs else [Placed(at)]

    def began(self, at: At) -> list[Outcome]:
        """Begin the stroke."""
        self._points = [at]
        return [StrokeStarted(), StrokeMoved(frozen_points([at]))]

    def moved(self, at: At) -> list[Outcome]:
        """Lengthen it; a place that did not change (at the picture's edge) adds no point."""
        if self._points is None or at == self._points[-1]:
            return []
        self._points.append(at)
        return [StrokeMoved(frozen_points(self._points))]

    def ended(self, at: At, reach_px: float) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Finish it."""
        if self._points is None:
            return []
        points = self._points if at == self._points[-1] else [*self._points, at]
        self._points = None
        return [StrokeFinished(frozen_points(points))]

    def dropped(self) -> list[Outcome]:
        """Forget it."""
        began, self._points = self._points is not None, None
        return [StrokeDropped()] if began else []

    def finish(self) -> list[Outcome]:
        """Do nothing: a stroke ends with the finger."""
        return []

    def back(self) -> list[Outcome]:
        """Do nothing: a stroke has no points to take back."""
        return []


@dataclass(slots=True)
class Pointer:
    """Tap-snap and keypoint: a place where tapped, or where a drag ends."""

    keypoint: bool
    _at: At | None = None

    @property
    def live(self) -> Live:
        """The place under a dragging finger."""
        return Keypoint(*self._at) if self._at else None

    def tap(self, at: At, reach_px: float, *, again: bool) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Point."""
        return [Drawn(Keypoint(*at)) if self.keypoint else Placed(at)]

    def began(self, at: At) -> list[Outcome]:
        """Follow the finger."""
        self._at = at
        return []

    moved = began

    def ended(self, at: At, reach_px: float) -> list[Outcome]:
        """Point where the finger was lifted."""
        self._at = None
        return self.tap(at, reach_px, again=False)

    def dropped(self) -> list[Outcome]:
        """Point at nothing."""
        self._at = None
        return []

    def finish(self) -> list[Outcome]:
        """Do nothing: each place is complete."""
        return []

    def back(self) -> list[Outcome]:
        """Do nothing: there is no point in the making."""
        return []


@dataclass(slots=True)
class BoxDrag:
    """A drag from corner to corner; `turned` boxes then take their other side from a tap or a second drag."""

    turned: bool
    _start: At | None = None
    _end: At | None = None
    _base: tuple[At, At] | None = None

    @property
    def live(self) -> Live:
        """The box, or the side of it that is drawn."""
        if self._base is not None:
            return rotated_box_on(self._base, self._end) if self._end else frozen_points(self._base)
        if self._start is None or self._end is None:
            return None
        return frozen_points([self._start, self._end]) if self.turned else box_between(self._start, self._end)

    def tap(self, at: At, reach_px: float, *, again: bool) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Give the other side of a turned box; with nothing begun, point."""
        return self._complete(at) if self._base else [Placed(at)]

    def began(self, at: At) -> list[Outcome]:
        """Begin a box, or the other side of one."""
        if self._base is None:
            self._start = at
        self._end = at
        return []

    def moved(self, at: At) -> list[Outcome]:
        """Let the box grow."""
        self._end = at
        return []

    def ended(self, at: At, reach_px: float) -> list[Outcome]:  # noqa: ARG002 - the protocol's
        """Complete an upright box, or the one side or the other of a turned one."""
        if self._base is not None:
            return self._complete(at)
        start = self._start
        self._start = self._end = None
        if start is None or start == at:
            return []
        if self.turned:
            self._base = start, at
            return []
        return [Drawn(Box(*box_between(start, at).bounds))] if start[0] != at[0] and start[1] != at[1] else []

    def dropped(self) -> list[Outcome]:
        """Forget the drag; a side drawn before it stays."""
        self._start = self._end = None
        return []

    def finish(self) -> list[Outcome]:
        """Do nothing: half a box has no width."""
        return []

    def back(self) -> list[Outcome]:
        """Take the drawn side away."""
        self._base = None
        return []

    def _complete(self, at: At) -> list[Outcome]:
        assert self._base is not None
        box: RotatedBox = rotated_box_on(self._base, at)
        self._base = self._end = None
        return [Drawn(box)]


@dataclass(slots=True)
class Corners:
    """Polygon and polyline: taps add corners.

    A double tap, the Enter key, or a tap on the first corner (of a line: the last) ends.
    """

    closed: bool
    _corners: tuple[At, ...] = ()
    _moving: At | None = None

    @property
    def live(self) -> Live:
        """The line so far; as a polygon once it has an inside."""
        corners = self._corners if self._moving is None else (*self._corners, self._moving)
        if not corners:
            return None
        points = frozen_points(corners)
        return Polygon(points) if self.closed and len(corners) >= 3 else points

    def tap(self, at: At, reach_px: float, *, again: bool) -> list[Outcome]:
        """Add a corner, or end."""
        enough = len(self._corners) >= (3 if self.closed else 2)
        if enough and (again or self._is_end(at, reach_px)):
            return self.finish()
        if not self._corners or at != self._corners[-1]:
            self._corners = (*self._corners, at)
        return []

    def began(self, at: At) -> list[Outcome]:
        """Let the next corner follow the finger."""
        self._moving = at
        return []

    moved = began

    def ended(self, at: At, reach_px: float) -> list[Outcome]:
        """Set the corner where the finger was lifted."""
        self._moving = None
        return self.tap(at, reach_px, again=False)

    def dropped(self) -> list[Outcome]:
        """Set no corner; those before stay."""
        self._moving = None
        return []

    def finish(self) -> list[Outcome]:
        """Complete the shape where it has corners enough."""
        corners = self._corners
        if len(corners) < (3 if self.closed else 2):
            return []
        self._corners = ()
        points = frozen_points(corners)
        return [Drawn(Polygon(points) if self.closed else Polyline(points))]

    def back(self) -> list[Outcome]:
        """Take the last corner away."""
        self._corners = self._corners[:-1]
        return []

    def _is_end(self, at: At, reach_px: float) -> bool:
        x, y = self._corners[0 if self.closed else -1]
        return hypot(at[0] - x, at[1] - y) <= reach_px


def begin(tool: Tool) -> ToolState | None:
    """Return a tool with nothing drawn yet; None for `Tool.NONE`, which draws nothing."""
    states: dict[Tool, ToolState] = {
        Tool.LASSO: Stroke(dabs=False),
        Tool.BRUSH: Stroke(dabs=True),
        Tool.ERASER: Stroke(dabs=True),
        Tool.TAP_SNAP: Pointer(keypoint=False),
        Tool.KEYPOINT: Pointer(keypoint=True),
        Tool.BOX: BoxDrag(turned=False),
        Tool.ROTATED_BOX: BoxDrag(turned=True),
        Tool.POLYGON: Corners(closed=True),
        Tool.POLYLINE: Corners(closed=False),
    }
    return states.get(tool)


def within(at: At, picture: tuple[int, int]) -> At:
    """Return the place on the picture nearest to `at`: a stroke led off the picture follows its edge."""
    x, y = np.clip(at, -0.5, (picture[0] - 0.5, picture[1] - 0.5))
    return float(x), float(y)
