"""Raw pixels into what a model or a screen takes: RGB or mono, 8 bits; or 16, for a model that takes more.

Colour order is red, green, blue throughout. Bayer formats are named after the first two pixels of the first row (PFNC);
OpenCV names the same patterns after the second and third pixel of the second row, so its names look swapped.
"""

from collections.abc import Mapping

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat, Pixels

Bytes = npt.NDArray[np.uint8]
_BYTE_BITS = 8
_BAYER_MIN = 3
"""OpenCV interpolates inner pixels and repeats them at the border; without an inner pixel it gives black."""

_BAYER_TO_RGB: Mapping[str, int] = {
    "RG": cv2.COLOR_BayerBG2RGB,
    "GR": cv2.COLOR_BayerGB2RGB,
    "GB": cv2.COLOR_BayerGR2RGB,
    "BG": cv2.COLOR_BayerRG2RGB,
}


def to_8_bits(pixels: Pixels, pixel_format: PixelFormat) -> Bytes:
    """Return a picture of any depth with 8 bits a value, full scale to full scale; the low bits are cut off.

    A value beyond the format's own scale, as no sound device sends, is white, not one that looks like any other.

    Parameters
    ----------
    pixels
        Any shape, uint8 or uint16 as the format has it.

    Returns
    -------
    Bytes
        The same shape, uint8; a view of `pixels` when they have 8 bits already.
    """
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, np.uint8)
    return np.minimum(np.right_shift(pixels, pixel_format.bits - 8), 255).astype(np.uint8)


def to_16_bits(pixels: Pixels, pixel_format: PixelFormat) -> npt.NDArray[np.uint16]:
    """Convert a picture of more than 8 bits to mono or RGB of 16, full scale to full scale, without a loss.

    A value is 256 times the one `to_8_bits` has, and what that cuts off; one beyond the format's own scale is white.

    Parameters
    ----------
    pixels
        Shape (H, W), uint16; Bayer is interpolated bilinearly.

    Returns
    -------
    NDArray[np.uint16]
        Shape (H, W) for mono, (H, W, 3) for Bayer.

    Raises
    ------
    ValueError
        If shape or type do not fit the format, or it has 8 bits.
    """
    if pixel_format.bits == _BYTE_BITS:
        raise ValueError(f"{pixel_format} has no more than 8 bits")
    _check_fits(pixels, pixel_format)
    room = 16 - pixel_format.bits
    wide = np.left_shift(np.minimum(pixels, (1 << pixel_format.bits) - 1), room).astype(np.uint16, copy=False)
    if pixel_format.bayer:
        wide = np.asarray(cv2.cvtColor(wide, _BAYER_TO_RGB[pixel_format.bayer]), np.uint16)
    return np.ascontiguousarray(wide)


def to_rgb(pixels: Pixels, pixel_format: PixelFormat) -> Bytes:
    """Convert a picture to RGB.

    Parameters
    ----------
    pixels
        Shape (H, W), or (H, W, C) for colour, uint8 or uint16. Bayer needs at least 3 by 3 pixels.
    pixel_format
        What they are; the alpha of RGBa8 is left out, Bayer is interpolated bilinearly, of more than 8 bits the high
        ones are kept.

    Returns
    -------
    Bytes
        Shape (H, W, 3), uint8, contiguous; a view of `pixels` when they are RGB8 already.

    Raises
    ------
    ValueError
        If shape or type do not fit the format.
    """
    source = _checked(pixels, pixel_format)
    match pixel_format:
        case PixelFormat.RGB8:
            return source
        case PixelFormat.RGBA8:
            return np.asarray(cv2.cvtColor(source, cv2.COLOR_RGBA2RGB), np.uint8)
        case _ if pixel_format.bayer:
            return np.asarray(cv2.cvtColor(source, _BAYER_TO_RGB[pixel_format.bayer]), np.uint8)
        case _:
            return np.asarray(cv2.cvtColor(source, cv2.COLOR_GRAY2RGB), np.uint8)


def to_mono(pixels: Pixels, pixel_format: PixelFormat) -> Bytes:
    """Convert a picture to grey: luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B.

    Parameters
    ----------
    pixels, pixel_format
        As for `to_rgb`.

    Returns
    -------
    Bytes
        Shape (H, W), uint8, contiguous; a view of `pixels` when they are Mono8 already.

    Raises
    ------
    ValueError
        If shape or type do not fit the format.
    """
    source = _checked(pixels, pixel_format)
    if source.ndim == 2 and not pixel_format.bayer:
        return source
    return np.asarray(cv2.cvtColor(to_rgb(pixels, pixel_format), cv2.COLOR_RGB2GRAY), np.uint8)


def _checked(pixels: Pixels, pixel_format: PixelFormat) -> Bytes:
    _check_fits(pixels, pixel_format)
    return np.ascontiguousarray(to_8_bits(pixels, pixel_format))


def _check_fits(pixels: Pixels, pixel_format: PixelFormat) -> None:
    channels = pixel_format.channels
    fits = pixels.ndim == 2 if channels == 1 else pixels.ndim == 3 and pixels.shape[2] == channels
    if pixels.dtype != pixel_format.dtype or not fits or 0 in pixels.shape:
        raise ValueError(f"{pixel_format} cannot have shape {pixels.shape} and type {pixels.dtype}")
    if pixel_format.bayer and min(pixels.shape[:2]) < _BAYER_MIN:
        raise ValueError(f"{pixel_format} needs at least {_BAYER_MIN} by {_BAYER_MIN} pixels, not {pixels.shape}")
