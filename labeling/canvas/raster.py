"""A viewport-sized picture that is kept between paints and painted anew only where it must be. No Qt."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from labeling.canvas.transform import Rect, Size, ViewTransform

Bytes = npt.NDArray[np.uint8]
Painter = Callable[[Bytes, Rect, ViewTransform], None]
"""Fills its first argument, shape (h, w, 4), with what lies at that rectangle of the screen in that view."""
MOST_SOILED = 64
"""More rectangles than this (a widget that is not seen paints none) are painted as one."""
SAME = 1e-6
"""Views that differ by less are the same, up to whole pixels."""


class Raster:
    """A kept picture: a pan moves its pixels and paints the strips that come into sight; `soil` has a part painted anew."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self._pixels = np.zeros((0, 0, 4), dtype=np.uint8)
        self._spare = self._pixels
        self._view: ViewTransform | None = None
        self._soiled: list[Rect] = []
        self.painted_px = 0
        """How many pixels the painter was asked for: what the cache is there to keep low."""

    def soil(self, rect: Rect | None = None) -> None:
        """Have a rectangle, in screen pixels of the view last prepared, painted anew; None for all."""
        if rect is None or len(self._soiled) >= MOST_SOILED:
            self._view = None
            self._soiled.clear()
        elif self._view is not None:
            self._soiled.append(rect)

    def is_stale(self, size: Size, view: ViewTransform) -> bool:
        """Whether all of it would have to be painted for this size and view."""
        return self._pixels.shape[:2] != (size[1], size[0]) or whole_pixels_between(self._view, view) is None

    def prepare(self, size: Size, view: ViewTransform) -> Bytes:
        """Return the picture of this size and view, shape (h, w, 4); it is valid until the next call."""
        everything = Rect(0, 0, *size)
        if self._pixels.shape[:2] != (size[1], size[0]):
            self._pixels, self._spare = (np.empty((size[1], size[0], 4), dtype=np.uint8) for _ in range(2))
            self._view = None
        move = whole_pixels_between(self._view, view)
        if move is None:
            self._soiled = [everything]
        elif move != (0, 0):
            self._move(*move, everything)
        self._view = view
        for rect in self._soiled:
            self._paint(rect.common(everything), view)
        self._soiled.clear()
        return self._pixels

    def _move(self, dx: int, dy: int, everything: Rect) -> None:
        kept = everything.moved(dx, dy).common(everything)
        self._soiled = [rect.moved(dx, dy) for rect in self._soiled]
        if kept.empty:
            self._soiled = [everything]
            return
        source = kept.moved(-dx, -dy)
        self._spare[kept.top : kept.bottom, kept.left : kept.right] = self._pixels[
            source.top : source.bottom, source.left : source.right
        ]
        self._pixels, self._spare = self._spare, self._pixels
        self._soiled += [
            Rect(0, 0, everything.right, kept.top),
            Rect(0, kept.bottom, everything.right, everything.bottom),
            Rect(0, kept.top, kept.left, kept.bottom),
            Rect(kept.right, kept.top, everything.right, kept.bottom),
        ]

    def _paint(self, rect: Rect, view: ViewTransform) -> None:
        if rect.empty:
            return
        self.painted_px += (rect.right - rect.left) * (rect.bottom - rect.top)
        self._painter(self._pixels[rect.top : rect.bottom, rect.left : rect.right], rect, view)


def whole_pixels_between(before: ViewTransform | None, now: ViewTransform) -> tuple[int, int] | None:
    """Return by how many whole screen pixels a view has moved; None where pixels cannot be used again."""
    if before is None or before.scale != now.scale:
        return None
    dx, dy = now.x - before.x, now.y - before.y
    if abs(dx - round(dx)) > SAME or abs(dy - round(dy)) > SAME:
        return None
    return round(dx), round(dy)
