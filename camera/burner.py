"""Burning privacy masks in: one grey in their place, before anybody but the worker has the picture.

What lies under a mask is nowhere afterwards: not in the store, not in a preview, not on a screen. A model sees the grey too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from camera.device import CameraError
from camera.frame import PixelFormat, Pixels, as_pixels
from camera.mask import Mask

_SHIFT = 4
_AROUND = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class _Patch:
    """The pixels of one mask within the rectangle around them; `inside` has its shape, None where all of it is."""

    rows: slice
    columns: slice
    inside: npt.NDArray[np.bool_] | None


class MaskBurner:
    """Fills the masks of one camera, whose pictures all have one size.

    Raises
    ------
    CameraError
        If a mask does not touch the picture: it would hide nothing, and somebody counts on it. If they leave nothing to inspect.
    """

    def __init__(self, masks: Sequence[Mask], width: int, height: int) -> None:
        self._size = (height, width)
        self._patches = tuple(_patch(mask, width, height) for mask in masks)
        seen = np.ones(self._size, np.bool_)
        for patch in self._patches:
            seen[patch.rows, patch.columns] &= False if patch.inside is None else ~patch.inside
        if masks and not seen.any():
            raise CameraError(
                "the privacy masks hide the whole picture, so that nothing could be inspected; draw them smaller"
            )

    def refusal(self, pixels: Pixels) -> str | None:
        """Say why nobody may have a picture; None where the masks fit it."""
        if pixels.shape[:2] == self._size:
            return None
        (height, width), (told_height, told_width) = pixels.shape[:2], self._size
        return (
            f"a picture of {width} x {height} pixels came, and the privacy masks are for {told_width} x {told_height}: "
            "it was thrown away unseen"
        )

    def burn(self, pixels: Pixels, pixel_format: PixelFormat) -> Pixels:
        """Return a copy whose masked pixels, and those next to them, are half of full scale in every value.

        Parameters
        ----------
        pixels
            Shape (H, W), or (H, W, C) for colour, of the size told; raw Bayer as the sensor has it. Alpha becomes opaque.
        """
        burnt = pixels.copy()
        fill = grey(pixel_format)
        for patch in self._patches:
            area = burnt[patch.rows, patch.columns]
            area[... if patch.inside is None else patch.inside] = fill
        return burnt


def grey(pixel_format: PixelFormat) -> Pixels:
    """Return the values of a masked pixel: shape (C,), or (1,) for mono and raw Bayer, of the format's type."""
    values = [1 << (pixel_format.bits - 1)] * min(pixel_format.channels, 3)
    opaque = [2**pixel_format.bits - 1] * (pixel_format.channels == 4)
    return as_pixels(np.array(values + opaque), pixel_format)


def _patch(mask: Mask, width: int, height: int) -> _Patch:
    canvas = np.zeros((height, width), np.uint8)
    corners = np.clip(np.asarray(mask.polygon, np.float64), -(2**20), 2**20)
    cv2.fillPoly(canvas, [np.rint(corners * 2**_SHIFT).astype(np.int32)], (1,), shift=_SHIFT)
    if not canvas.any():
        raise CameraError(
            f"privacy mask {mask.name!r} lies beyond the picture of {width} x {height} pixels and would hide nothing; "
            "correct its polygon in [[camera.mask]] of station.toml"
        )
    inside = np.asarray(cv2.dilate(canvas, _AROUND), np.bool_)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    box = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1))
    within = inside[box]
    return _Patch(*box, None if within.all() else within)
