"""Finding edges beside the screen's thread: a stroke becomes an outline along the edges, and taps are joined along them."""

from collections.abc import Callable
from uuid import UUID

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from labeling.shapes import Points, Polygon
from station.ui.aside import Aside
from station.ui.operator.tap_snap import Segment

Bytes = npt.NDArray[np.uint8]
Find = Callable[[Bytes, Polygon], Polygon | None]
Join = Callable[[Bytes, tuple[float, float], tuple[float, float]], Points]


class Snapper(QObject):
    """One thread that finds edges; what it found comes as signals on the screen's thread, in the order it was asked for.

    Parameters
    ----------
    find, join
        What finds the outline around a stroke, and the edge between two places; may take as long as they need.
    """

    snapped = Signal(object, object, object)
    """The outline's uid, its raw shape and the shape along the edges; nothing where there are none."""
    traced = Signal(object, object)
    """A `Segment` and the edge along it, (N, 2) from its start to its end; straight where there is none."""

    def __init__(self, parent: QObject | None = None, *, find: Find, join: Join) -> None:
        super().__init__(parent)
        self._find, self._join = find, join
        self._aside = Aside("snap", self)

    def find(self, uid: UUID, pixels: Bytes, raw: Polygon) -> None:
        """Ask for the edges around a stroke in a picture of shape (H, W) or (H, W, 3)."""

        def tell(shape: Polygon | None) -> None:
            if shape is not None:
                self.snapped.emit(uid, raw, shape)

        self._aside.ask(lambda: self._find(pixels, raw), tell)

    def trace(self, pixels: Bytes, segment: Segment) -> None:
        """Ask for the edge along a segment."""
        straight = np.array([segment.start, segment.end])
        self._aside.ask(
            lambda: self._join(pixels, segment.start, segment.end),
            lambda edge: self.traced.emit(segment, edge),
            lambda: self.traced.emit(segment, straight),
        )

    def stop(self) -> None:
        """End the thread."""
        self._aside.stop()
