"""A picture at every size it may be seen in, and what of it a rectangle of the screen shows. No Qt."""

from math import floor, log2

import cv2
import numpy as np
import numpy.typing as npt

from labeling.canvas.transform import Points, Rect, Size, ViewTransform

Bytes = npt.NDArray[np.uint8]
NEAREST_ABOVE = 3.0
"""From this scale on pixels are shown as they are."""
LEAST_PX = 256
"""A picture with a shorter side than this is halved in no time."""


class Pyramid:
    """A picture and its halves, quarters, …, each made when it is first looked at.

    Parameters
    ----------
    pixels
        Shape (H, W) or (H, W, C) uint8; kept, not copied.
    """

    def __init__(self, pixels: Bytes) -> None:
        self._levels = [pixels]

    @classmethod
    def complete(cls, pixels: Bytes) -> "Pyramid":
        """Make the levels at once, where there is time for it: for the thread that decodes a picture."""
        pyramid = cls(pixels)
        pyramid.for_scale(min(1.0, LEAST_PX / min(pixels.shape[:2])) if pixels.size else 1.0)
        return pyramid

    @property
    def pixels(self) -> Bytes:
        """The picture itself."""
        return self._levels[0]

    @property
    def grey(self) -> bool:
        """Whether it has no colours."""
        return self.pixels.ndim == 2

    @property
    def nbytes(self) -> int:
        """Memory of all levels."""
        return sum(level.nbytes for level in self._levels)

    @property
    def size(self) -> Size:
        """Width and height of the picture itself."""
        return self._levels[0].shape[1], self._levels[0].shape[0]

    def for_scale(self, scale: float) -> tuple[Bytes, int]:
        """Return the level of which a screen pixel takes less than two pixels each way, and how often it was halved."""
        wanted = max(0, floor(log2(1 / scale))) if scale < 1 else 0
        while len(self._levels) <= wanted and min(self._levels[-1].shape[:2]) > 1:
            last = self._levels[-1]
            self._levels.append(_halved(last))
        number = min(wanted, len(self._levels) - 1)
        return self._levels[number], number


def _halved(pixels: Bytes) -> Bytes:
    """Return the mean of each 2 x 2 pixels; an odd last row or column is left out, so that the grid stays exact."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    whole = pixels[: 2 * height, : 2 * width]
    return _padded(np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8))


def _padded(pixels: Bytes) -> Bytes:
    """Return RGB as blue, green, red, alpha, which OpenCV warps three times as fast; anything else as it is."""
    if pixels.ndim == 2 or pixels.shape[2] == 4:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA), dtype=np.uint8)


def warp(target: Bytes, pyramid: Pyramid, rect: Rect, view: ViewTransform, stretch: tuple[float, float]) -> None:
    """Fill `target` with what a picture shows at `rect` of the screen; its edge pixels go on beyond it.

    The target has the shape (h, w) for a grey picture, else (h, w, 4): blue, green, red, alpha.
    `stretch` is how many image pixels one of its pixels covers along x and y (a heat map is coarser than its picture).
    """
    level, halvings = pyramid.for_scale(view.scale * min(stretch))
    step_x, step_y = (side * 2**halvings for side in stretch)
    # Screen pixel i has its centre at i + 0.5; pixel k of the level covers `step` image pixels from -0.5 + k * step on.
    matrix = np.array(
        [
            [1 / (view.scale * step_x), 0.0, ((rect.left + 0.5 - view.x) / view.scale + 0.5) / step_x - 0.5],
            [0.0, 1 / (view.scale * step_y), ((rect.top + 0.5 - view.y) / view.scale + 0.5) / step_y - 0.5],
        ]
    )
    how = cv2.INTER_NEAREST if view.scale > NEAREST_ABOVE and stretch == (1.0, 1.0) else cv2.INTER_LINEAR
    size = rect.right - rect.left, rect.bottom - rect.top
    part = _padded(_seen_part(level, matrix, size))
    flags = how | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(part, matrix, size, dst=target, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _seen_part(level: Bytes, matrix: Points, size: Size) -> Bytes:
    """Return the part of a level a warp looks at, and move the matrix there: OpenCV takes sides up to 32767 only."""
    for axis in (0, 1):
        step, start = float(matrix[axis, axis]), float(matrix[axis, 2])
        pixels = level.shape[1 - axis]
        first = min(max(floor(start) - 1, 0), pixels - 1)
        last = min(max(floor(start + step * size[axis]) + 3, first + 1), pixels)
        level = level[:, first:last] if axis == 0 else level[first:last]
        matrix[axis, 2] -= first
    return level
