"""What a tool is: which there are, what can come of a gesture, and what a tool at work must answer. No Qt."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from labeling.shapes import Points, Shape

At = tuple[float, float]


class Tool(Enum):
    """What one finger does on the picture."""

    NONE = "none"
    """Taps choose, drags move a handle of the selected outline or pan."""
    LASSO = "lasso"
    TAP_SNAP = "tap-snap"
    """Each tap is reported; what lies between is found elsewhere."""
    BOX = "box"
    ROTATED_BOX = "rotated-box"
    """One drag along a side, then a tap or a drag for the width."""
    POLYGON = "polygon"
    BRUSH = "brush"
    ERASER = "eraser"
    POLYLINE = "polyline"
    KEYPOINT = "keypoint"


@dataclass(frozen=True, slots=True)
class StrokeStarted:
    """A stroke began; its points follow."""


@dataclass(frozen=True, slots=True, eq=False)
class StrokeMoved:
    """All points of the stroke so far."""

    points: Points


@dataclass(frozen=True, slots=True, eq=False)
class StrokeFinished:
    """The whole stroke as it was drawn."""

    points: Points


@dataclass(frozen=True, slots=True)
class StrokeDropped:
    """The stroke does not count."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place was pointed at."""

    at: At


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A shape is complete."""

    shape: Shape


Outcome = StrokeStarted | StrokeMoved | StrokeFinished | StrokeDropped | Placed | Drawn
Live = Points | Shape | None
"""What a tool shows while it is at work: a stroke or a shape in the making."""


class ToolState(Protocol):
    """One tool at work. `reach_px` is how near, in image pixels, a finger must come to mean a point."""

    @property
    def live(self) -> Live:
        """What is to be shown now."""

    def tap(self, at: At, reach_px: float, *, again: bool) -> list[Outcome]:
        """A tap, `again` where it is the second of two."""

    def began(self, at: At) -> list[Outcome]:
        """A drag began."""

    def moved(self, at: At) -> list[Outcome]:
        """The drag goes on."""

    def ended(self, at: At, reach_px: float) -> list[Outcome]:
        """The drag ended."""

    def dropped(self) -> list[Outcome]:
        """The drag does not count; what was complete before it stays."""

    def finish(self) -> list[Outcome]:
        """Complete what is being drawn where it can be (the Enter key)."""

    def back(self) -> list[Outcome]:
        """Take the last point away (the Backspace key)."""
