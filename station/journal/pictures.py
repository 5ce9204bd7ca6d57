"""Pictures for people: outlines drawn on them, written in the format the file's name asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat, Pixels
from labeling.annotation import Label
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points
from models.prediction import Defect
from station.journal.disk import storage_error
from station.journal.errors import StorageError
from station.journal.images import viewable

SUFFIXES = (".png", ".tif", ".tiff", ".bmp", ".jpg", ".jpeg", ".webp")
"""Formats a picture can be written in."""

Colour = tuple[int, int, int]

_SUB_PIXEL_BITS = 4
_AMBER = (255, 176, 0)
_CYAN = (47, 216, 232)
_HALO = (16, 18, 20)
"""Beneath every line, so that it can be read on any metal."""
_CROSS_PX = 8.0
"""Half the size of the cross that marks a keypoint."""


def with_outlines(
    pixels: Pixels, pixel_format: PixelFormat, defects: Iterable[Defect], labels: Iterable[Label] = ()
) -> npt.NDArray[np.uint8]:
    """Return the picture as (H, W, 3) RGB: the model's defects in amber with class and score, people's labels in cyan.

    Raw Bayer comes out in colour at half its size, the outlines with it.
    """
    picture = viewable(pixels, pixel_format)
    canvas = np.array(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB) if picture.ndim == 2 else picture, dtype=np.uint8)
    pen = _Pen(canvas, canvas.shape[1] / pixels.shape[1], max(1, round(max(canvas.shape[:2]) / 1000)))
    drawn = [
        *((defect.shape, f"{defect.class_name} {defect.score:.2f}", _AMBER, True) for defect in defects),
        *((label.shape, label.class_name, _CYAN, False) for label in labels),
    ]
    for shape, _, colour, _ in drawn:
        pen.outline(shape, colour)
    for shape, text, colour, above in drawn:
        pen.caption(shape, text, colour, above=above)
    return canvas


@dataclass(frozen=True, slots=True, eq=False)
class _Pen:
    """Draws shapes that are in source pixels onto a canvas that is `scale` as large."""

    canvas: npt.NDArray[np.uint8]
    scale: float
    thickness: int

    def outline(self, shape: Shape, colour: Colour) -> None:
        for paint, extra in ((_HALO, 2), (colour, 0)):
            for points, closed in _lines(shape):
                corners = np.round(((points + 0.5) * self.scale - 0.5) * 2**_SUB_PIXEL_BITS).astype(np.int32)
                thickness = self.thickness + extra
                cv2.polylines(self.canvas, [corners], closed, paint, thickness, cv2.LINE_AA, _SUB_PIXEL_BITS)

    def caption(self, shape: Shape, text: str, colour: Colour, *, above: bool) -> None:
        """Write above or below a shape; on its other side where there is no room."""
        left, top, _, bottom = (edge * self.scale for edge in shape.bounds)
        font, size = cv2.FONT_HERSHEY_SIMPLEX, 0.5 * self.thickness
        (width, height), drop = cv2.getTextSize(text, font, size, self.thickness)
        high, wide = self.canvas.shape[:2]
        gap = 3 * self.thickness
        over, under = round(top - gap - drop), round(bottom + gap + height)
        fits = over >= height if above else under + drop <= high
        y = min(max(over if above == fits else under, height), high - drop)
        x = round(min(max(left, 0), max(wide - width, 0)))
        cv2.rectangle(self.canvas, (x, y - height), (x + width, y + drop), _HALO, cv2.FILLED)
        cv2.putText(self.canvas, text, (x, y), font, size, colour, self.thickness, cv2.LINE_AA)


def _lines(shape: Shape) -> list[tuple[Points, bool]]:
    """Return what to draw of a shape: points of shape (N, 2), and whether the last joins the first."""
    match shape:
        case Polygon():
            return [(ring, True) for ring in (shape.outline, *shape.holes)]
        case Box():
            left, top, right, bottom = shape.bounds
            return [(frozen_points([[left, top], [right, top], [right, bottom], [left, bottom]]), True)]
        case RotatedBox():
            return [(shape.corners, True)]
        case Polyline():
            return [(shape.points, False)]
        case Keypoint():
            arms = np.array([[[-1, 0], [1, 0]], [[0, -1], [0, 1]]]) * _CROSS_PX + [shape.x, shape.y]
            return [(frozen_points(arm), False) for arm in arms]


def write_picture(path: Path, pixels: Pixels) -> None:
    """Write (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA; PNG, TIFF and BMP keep every value.

    Raises
    ------
    StorageError
        If the format is unknown or cannot hold the picture, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise StorageError(f"{path}: cannot write a {suffix or 'nameless'} picture; use one of {', '.join(SUFFIXES)}")
    order = {3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}
    ready = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, order[pixels.shape[2]])
    try:
        _, data = cv2.imencode(suffix, np.ascontiguousarray(ready))
        path.write_bytes(data.tobytes())
    except cv2.error as error:
        raise StorageError(f"{path}: this format cannot hold the picture ({error}); write a .png") from error
    except OSError as error:
        raise storage_error(path, "write the picture", error) from error
