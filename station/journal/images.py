"""Pictures to bytes and back: JPEG XL without loss for the record, a small JPEG for the eye.

JPEG XL at effort 1 packs 5 MP in about 20 ms, smaller than PNG; decoding takes twice as long, hence the preview.
"""

from dataclasses import dataclass

import cv2
import imagecodecs
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat, Pixels
from camera.pixels import to_8_bits
from station.journal.errors import StorageError

JXL = "image/jxl"
JXL_BAYER = "image/jxl;planes=bayer"
"""A raw Bayer picture, its four planes side by side in one (H, W) picture: top left the pixels of even rows and even
columns, top right those of even rows and odd columns, below them the odd rows."""
JPEG = "image/jpeg"

PREVIEW_LONG_SIDE_PX = 1024
PREVIEW_QUALITY = 85

_RED_BLUE_CORNERS = {
    "RG": ((0, 0), (1, 1)),
    "GR": ((0, 1), (1, 0)),
    "GB": ((1, 0), (0, 1)),
    "BG": ((1, 1), (0, 0)),
}
"""Row and column of red and of blue in each cell of 2 by 2 pixels (PFNC names the first row's two colours)."""


@dataclass(frozen=True, slots=True)
class EncodedImage:
    """A picture's file: its bytes and their media type."""

    data: bytes
    media_type: str


def encode(pixels: Pixels, pixel_format: PixelFormat) -> EncodedImage:
    """Encode a picture without loss.

    Parameters
    ----------
    pixels
        Shape (H, W) for mono and raw Bayer, (H, W, 3) RGB or (H, W, 4) RGBA; uint8 or uint16.
    pixel_format
        Raw Bayer is split into its four planes first, which the codec then packs far better.
    """
    bayer = bool(pixel_format.bayer)
    packed = _split_planes(pixels) if bayer else np.ascontiguousarray(pixels)
    data = imagecodecs.jpegxl_encode(packed, lossless=True, effort=1, numthreads=1)
    return EncodedImage(bytes(data), JXL_BAYER if bayer else JXL)


def decode(data: bytes, media_type: str) -> Pixels:
    """Return the picture exactly as it was given to `encode`, or a JPEG as (H, W) or (H, W, 3) RGB; read-only.

    Raises
    ------
    StorageError
        If the media type is unknown or the bytes are not such a picture.
    """
    try:
        if media_type == JPEG:
            pixels = imagecodecs.jpeg8_decode(data)
        elif media_type in {JXL, JXL_BAYER}:
            pixels = imagecodecs.jpegxl_decode(data, numthreads=1)
        else:
            raise StorageError(f"cannot read a picture of media type {media_type!r}; update the station")
    except (RuntimeError, ValueError) as error:  # the codecs' own errors are RuntimeErrors
        raise StorageError(
            f"a stored {media_type} picture does not decode ({error}); restore it from a backup"
        ) from error
    whole = _join_planes(pixels) if media_type == JXL_BAYER else pixels
    whole.setflags(write=False)
    return whole


def encode_preview(pixels: Pixels, pixel_format: PixelFormat) -> EncodedImage:
    """Encode a small JPEG of at most 1024 px on the long side, in grey or in colour; alpha is dropped."""
    small = shrink(viewable(pixels, pixel_format), PREVIEW_LONG_SIDE_PX)
    return EncodedImage(bytes(imagecodecs.jpeg8_encode(small, level=PREVIEW_QUALITY)), JPEG)


def viewable(pixels: Pixels, pixel_format: PixelFormat) -> npt.NDArray[np.uint8]:
    """Return the picture for the eye: (H, W) or (H, W, 3) RGB, uint8; raw Bayer at half its size, one pixel a cell."""
    eight = to_8_bits(pixels, pixel_format)
    if pixel_format.bayer and min(pixels.shape) > 1:
        eight = _half_size_colour(eight, pixel_format)
    return eight[..., :3].copy() if eight.shape[2:] == (4,) else np.ascontiguousarray(eight)


def shrink(pixels: npt.NDArray[np.uint8], long_side_px: int) -> npt.NDArray[np.uint8]:
    """Return the picture with its long side at most `long_side_px`, averaging; a smaller one as it is."""
    small = pixels
    while (
        max(small.shape[:2]) >= 2 * long_side_px and min(small.shape[:2]) > 1
    ):  # halving is ten times faster than any other factor
        small = _resize(small, small.shape[1] // 2, small.shape[0] // 2)
    if (long_side := max(small.shape[:2])) > long_side_px:
        scale = long_side_px / long_side
        small = _resize(small, max(1, round(small.shape[1] * scale)), max(1, round(small.shape[0] * scale)))
    return small


def _resize(pixels: npt.NDArray[np.uint8], width: int, height: int) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _split_planes(pixels: Pixels) -> Pixels:
    """Sort a Bayer mosaic into its four planes, side by side; any size, odd ones too, fits exactly."""
    height, width = ((size + 1) // 2 for size in pixels.shape)
    planes = np.empty_like(pixels)
    planes[:height, :width] = pixels[0::2, 0::2]
    planes[:height, width:] = pixels[0::2, 1::2]
    planes[height:, :width] = pixels[1::2, 0::2]
    planes[height:, width:] = pixels[1::2, 1::2]
    return planes


def _join_planes(planes: Pixels) -> Pixels:
    """Undo `_split_planes`."""
    height, width = ((size + 1) // 2 for size in planes.shape)
    pixels = np.empty_like(planes)
    pixels[0::2, 0::2] = planes[:height, :width]
    pixels[0::2, 1::2] = planes[:height, width:]
    pixels[1::2, 0::2] = planes[height:, :width]
    pixels[1::2, 1::2] = planes[height:, width:]
    return pixels


def _half_size_colour(pixels: npt.NDArray[np.uint8], pixel_format: PixelFormat) -> npt.NDArray[np.uint8]:
    """Make one RGB pixel of each cell of 2 by 2, green the mean of its two; nothing is interpolated between cells."""
    height, width = (size // 2 * 2 for size in pixels.shape)
    cells = {(row, column): pixels[row:height:2, column:width:2] for row in (0, 1) for column in (0, 1)}
    red, blue = _RED_BLUE_CORNERS[pixel_format.bayer]
    first, second = (cell for corner, cell in cells.items() if corner not in {red, blue})
    green = cv2.addWeighted(first, 0.5, second, 0.5, 0.0)
    return np.dstack([cells[red], green, cells[blue]])
