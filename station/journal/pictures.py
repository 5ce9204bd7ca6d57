"""Pictures for people: defect outlines drawn on them, written in the format the file's name asks for."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat, Pixels
from models.prediction import Defect
from station.journal.disk import storage_error
from station.journal.errors import StorageError
from station.journal.images import viewable

SUFFIXES = (".png", ".tif", ".tiff", ".bmp", ".jpg", ".jpeg", ".webp")
"""Formats a picture can be written in."""

_SUB_PIXEL_BITS = 4
_RED = (255, 0, 0)


def with_outlines(pixels: Pixels, pixel_format: PixelFormat, defects: Iterable[Defect]) -> npt.NDArray[np.uint8]:
    """Return the picture as (H, W, 3) RGB with every defect's outline, class and score in red.

    Raw Bayer comes out in colour at half its size, the outlines with it.
    """
    picture = viewable(pixels, pixel_format)
    canvas = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB) if picture.ndim == 2 else picture.copy()
    scale = canvas.shape[1] / pixels.shape[1]
    thickness = max(1, round(max(canvas.shape[:2]) / 1000))
    for defect in defects:
        for ring in (defect.shape.outline, *defect.shape.holes):
            points = np.round(((ring + 0.5) * scale - 0.5) * 2**_SUB_PIXEL_BITS).astype(np.int32)
            cv2.polylines(canvas, [points], True, _RED, thickness, cv2.LINE_AA, _SUB_PIXEL_BITS)
        left, top, _, _ = defect.shape.bounds
        place = (int(max(left * scale, 0)), int(max(top * scale - 3 * thickness, 12 * thickness)))
        text = f"{defect.class_name} {defect.score:.2f}"
        cv2.putText(canvas, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5 * thickness, _RED, thickness, cv2.LINE_AA)
    return np.asarray(canvas, dtype=np.uint8)


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
