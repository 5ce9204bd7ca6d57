"""Where a picture lies in a viewport: pure arithmetic between image and screen.

Image coordinates are those of `labeling.shapes`: (0, 0) is the centre of the top-left pixel, so that a picture covers -0.5 to
width - 0.5. Screen coordinates are device pixels from the viewport's top-left corner; pixel i covers i to i + 1.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""Shape (N, 2), columns x and y."""
Size = tuple[int, int]
"""Width and height in pixels."""
MAX_SCALE = 64.0
"""Screen pixels an image pixel can be wide; a fingertip then covers two."""
OVERSCROLL = 0.25
"""Share of the viewport that may lie beside a picture that is larger, so that its edges come to where a finger can draw."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of whole screen pixels, right and bottom not included; without width or height it is empty."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def empty(self) -> bool:
        """Whether it holds no pixel."""
        return self.right <= self.left or self.bottom <= self.top

    def common(self, other: "Rect") -> "Rect":
        """Return what both cover."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def joined(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both; an empty one adds nothing."""
        if self.empty or other.empty:
            return other if self.empty else self
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def moved(self, dx: int, dy: int) -> "Rect":
        """Return it elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, by: int) -> "Rect":
        """Return it larger on every side."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """screen = scale * image + (x, y); `scale` in screen pixels for an image pixel."""

    scale: float
    x: float
    y: float

    def to_screen(self, points: npt.ArrayLike) -> Points:
        """Return image points of shape (N, 2) or (2,) on the screen."""
        return np.asarray(points, dtype=np.float64) * self.scale + (self.x, self.y)

    def to_image(self, points: npt.ArrayLike) -> Points:
        """Return screen points of shape (N, 2) or (2,) in the image."""
        return (np.asarray(points, dtype=np.float64) - (self.x, self.y)) / self.scale

    def panned(self, dx: float, dy: float) -> "ViewTransform":
        """Return the view moved by screen pixels."""
        return ViewTransform(self.scale, self.x + dx, self.y + dy)

    def zoomed(self, factor: float, at: tuple[float, float]) -> "ViewTransform":
        """Return the view enlarged by `factor` around the screen point `at`, which stays where it is."""
        return ViewTransform(self.scale * factor, at[0] + (self.x - at[0]) * factor, at[1] + (self.y - at[1]) * factor)

    def screen_rect(self, bounds: tuple[float, float, float, float]) -> Rect:
        """Return the whole screen pixels around image `bounds` (left, top, right, bottom)."""
        left, top, right, bottom = bounds
        return Rect(
            floor(left * self.scale + self.x),
            floor(top * self.scale + self.y),
            -floor(-(right * self.scale + self.x)),
            -floor(-(bottom * self.scale + self.y)),
        )

    def picture_rect(self, picture: Size) -> Rect:
        """Return the screen pixels a picture covers, its edges rounded to the nearest, but at least one pixel each way."""
        left, top = floor(self.x - self.scale / 2 + 0.5), floor(self.y - self.scale / 2 + 0.5)
        right = floor(self.x + self.scale * (picture[0] - 0.5) + 0.5)
        bottom = floor(self.y + self.scale * (picture[1] - 0.5) + 0.5)
        return Rect(left, top, max(right, left + 1), max(bottom, top + 1))


def fitted(picture: Size, viewport: Size) -> ViewTransform:
    """Return the view in which the whole picture is as large as it goes, centred."""
    return around((-0.5, -0.5, picture[0] - 0.5, picture[1] - 0.5), viewport)


def around(bounds: tuple[float, float, float, float], viewport: Size, margin: float = 0.0) -> ViewTransform:
    """Return the view in which image `bounds` are as large as they go; `margin` is the share of the viewport left free."""
    left, top, right, bottom = bounds
    room = max(1.0, viewport[0] * (1 - margin)), max(1.0, viewport[1] * (1 - margin))
    scale = min(room[0] / max(right - left, 1e-9), room[1] / max(bottom - top, 1e-9), MAX_SCALE)
    return ViewTransform(
        scale, viewport[0] / 2 - scale * (left + right) / 2, viewport[1] / 2 - scale * (top + bottom) / 2
    )


def bounded(view: ViewTransform, picture: Size, viewport: Size) -> ViewTransform:
    """Return the nearest view that is neither too small nor too large and does not lose the picture out of sight.

    The smallest is the fitted one, or 1:1 for a picture smaller than the viewport; the largest `MAX_SCALE`.
    """
    smallest = min(fitted(picture, viewport).scale, 1.0)
    scale = min(max(view.scale, smallest), MAX_SCALE)
    if scale != view.scale:
        view = view.zoomed(scale / view.scale, (viewport[0] / 2, viewport[1] / 2))
    return ViewTransform(
        scale, _placed(view.x, scale, picture[0], viewport[0]), _placed(view.y, scale, picture[1], viewport[1])
    )


def _placed(offset: float, scale: float, pixels: int, room: int) -> float:
    extent = scale * pixels
    first = scale / 2  # the picture's edge is half a pixel before the centre of its first pixel
    if extent <= room:
        return (room - extent) / 2 + first
    most, least = room * OVERSCROLL + first, room * (1 - OVERSCROLL) - extent + first
    return min(max(offset, least), most)
