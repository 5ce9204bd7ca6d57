"""What comes over the wire into pixels in memory: one value of 8 or 16 bits a sample, in the order red, green, blue.

The wire's formats are those of the GenICam Pixel Format Naming Convention (PFNC) 2.4: `…p` packs samples from the lowest bit
up, without gaps; GigE Vision's older `…Packed` puts the high bits of two samples into bytes of their own. Packed samples
are unpacked a group at a time as one machine word, block by block, so that a block stays in the cache.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat, Pixels

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.unsignedinteger]
_BLOCK_GROUPS = 1 << 15


class WireError(ValueError):
    """A buffer that does not hold the picture it should."""


@dataclass(frozen=True, slots=True)
class _Packing:
    """How one group of samples lies in a word, and where its bits go so that each sample has 16 of its own."""

    group_bytes: int
    group_samples: int
    word: str
    moves: tuple[tuple[int, int], ...]
    """Mask in the word, and how far its bits go up (down where negative)."""

    @property
    def sample_bits(self) -> int:
        """Bits a sample takes on the wire."""
        return self.group_bytes * 8 // self.group_samples


_P10 = _Packing(5, 4, "<u8", ((0x3FF, 0), (0xFFC00, 6), (0x3FF00000, 12), (0xFFC0000000, 18)))
_P12 = _Packing(3, 2, "<u4", ((0xFFF, 0), (0xFFF000, 4)))
_GIGE10 = _Packing(3, 2, "<u4", ((0xFF, 2), (0x300, -8), (0xFF0000, 2), (0x3000, 4)))
_GIGE12 = _Packing(3, 2, "<u4", ((0xFF, 4), (0xF00, -8), (0xFF0000, 4), (0xF000, 4)))

_PACKINGS: Mapping[str, _Packing] = {"10p": _P10, "12p": _P12, "10Packed": _GIGE10, "12Packed": _GIGE12}

_CONVERSIONS: Mapping[str, tuple[PixelFormat, int, int]] = {
    "BGR8": (PixelFormat.RGB8, 3, cv2.COLOR_BGR2RGB),
    "BGRa8": (PixelFormat.RGBA8, 4, cv2.COLOR_BGRA2RGBA),
    "BGR8Packed": (PixelFormat.RGB8, 3, cv2.COLOR_BGR2RGB),
    "BGRA8Packed": (PixelFormat.RGBA8, 4, cv2.COLOR_BGRA2RGBA),
    "YUV422_8": (PixelFormat.RGB8, 2, cv2.COLOR_YUV2RGB_YUY2),
    "YUV422_8_UYVY": (PixelFormat.RGB8, 2, cv2.COLOR_YUV2RGB_UYVY),
    "YUV422Packed": (PixelFormat.RGB8, 2, cv2.COLOR_YUV2RGB_UYVY),
}
"""Formats of 8 bits that OpenCV turns into one the station keeps: bytes a pixel, and by which conversion."""


def _packed_formats() -> dict[str, tuple[PixelFormat, _Packing]]:
    """Every packed name: Mono10p, BayerRG12Packed and so on, with the format its pixels have afterwards."""
    colours = ("Mono", "BayerRG", "BayerGR", "BayerGB", "BayerBG")
    return {
        f"{colour}{suffix}": (PixelFormat(f"{colour}{suffix[:2]}"), packing)
        for colour in colours
        for suffix, packing in _PACKINGS.items()
    }


_PACKED = _packed_formats()
_UNCHANGED: Mapping[str, PixelFormat] = {
    **{name.value: name for name in PixelFormat},
    "RGB8Packed": PixelFormat.RGB8,
    "RGBA8Packed": PixelFormat.RGBA8,
}
"""Formats that lie in memory as on the wire, the names of GigE Vision 1 among them."""
WIRE_FORMATS = (*_UNCHANGED, *_PACKED, *_CONVERSIONS)
"""Names a camera's feature PixelFormat may have."""


def memory_format(wire_format: str) -> PixelFormat | None:
    """Return the format that pixels of a wire format have once unpacked; None for one that is not known."""
    if wire_format in _PACKED:
        return _PACKED[wire_format][0]
    if wire_format in _CONVERSIONS:
        return _CONVERSIONS[wire_format][0]
    return _UNCHANGED.get(wire_format)


@lru_cache(maxsize=256)  # asked twice for every frame, and the answer changes only with a camera's settings
def picture_bytes(wire_format: str, width: int, height: int, line_padding: int = 0) -> int:
    """Return how many bytes a picture takes on the wire; `line_padding` are those after each line.

    Raises
    ------
    WireError
        If the format is unknown.
    """
    if wire_format in _PACKED:
        bits = _PACKED[wire_format][1].sample_bits
    elif wire_format in _CONVERSIONS:
        bits = 8 * _CONVERSIONS[wire_format][1]
    else:
        kept = _kept(wire_format)
        bits = 8 * kept.channels * kept.dtype.itemsize
    if line_padding:
        return height * (-(-width * bits // 8) + line_padding)
    return -(-width * height * bits // 8)


def unpack(data: Bytes, wire_format: str, width: int, height: int) -> Pixels:
    """Return the picture in a buffer: a view of `data` where it lies there as it shall, else in memory of its own.

    Parameters
    ----------
    data
        Shape (N,), the buffer from the picture's first byte on. More bytes than the picture needs, if they are as many
        for every line, are the lines' padding.
    wire_format
        One of `WIRE_FORMATS`.
    width, height
        In pixels.

    Returns
    -------
    Pixels
        Shape (height, width) or (height, width, channels), of the type and order that `memory_format` has.

    Raises
    ------
    WireError
        If the format is unknown or the buffer is too small, or not the same number of bytes for every line.
    """
    if width <= 0 or height <= 0:
        raise WireError(f"a picture of {width} x {height} pixels")
    if wire_format in _PACKED:
        _, packing = _PACKED[wire_format]
        return _unpack_lines(data, packing, width, height)
    if wire_format in _CONVERSIONS:
        _, depth, conversion = _CONVERSIONS[wire_format]
        if depth == 2 and width % 2:
            raise WireError(f"{wire_format} holds pairs of pixels, and {width} is odd")
        lines = _lines(data, width * depth, height).reshape(height, width, depth)
        return np.asarray(cv2.cvtColor(lines, conversion), np.uint8)
    pixel_format = _kept(wire_format)
    values = width * pixel_format.channels
    lines = _lines(data, values * pixel_format.dtype.itemsize, height)
    shape = (height, width) if pixel_format.channels == 1 else (height, width, pixel_format.channels)
    if pixel_format.dtype == np.uint8:
        return lines.reshape(shape)
    return lines.view("<u2").reshape(shape).astype(np.uint16, copy=False)


def _kept(wire_format: str) -> PixelFormat:
    """Return the format of pixels that stay as they are."""
    if wire_format not in _UNCHANGED:
        known = ", ".join(WIRE_FORMATS)
        raise WireError(f"pixel format {wire_format} is not known; set feature PixelFormat to one of {known}")
    return _UNCHANGED[wire_format]


def _lines(data: Bytes, line_bytes: int, height: int) -> Bytes:
    """Return the buffer as (height, line_bytes), without the lines' padding; contiguous."""
    if data.size % height or data.size // height < line_bytes:
        raise WireError(f"{data.size} bytes are not {height} lines of {line_bytes} bytes or more")
    return np.ascontiguousarray(data.reshape(height, -1)[:, :line_bytes])


def _unpack_lines(data: Bytes, packing: _Packing, width: int, height: int) -> npt.NDArray[np.uint16]:
    samples = width * height
    if data.size == _packed_bytes(samples, packing):
        return _unpack_samples(data, packing, samples).reshape(height, width)
    lines = _lines(data, _packed_bytes(width, packing), height)
    if width % packing.group_samples == 0:
        return _unpack_samples(lines.reshape(-1), packing, samples).reshape(height, width)
    return np.stack([_unpack_samples(line, packing, width) for line in lines])


def _packed_bytes(samples: int, packing: _Packing) -> int:
    return -(-samples * packing.sample_bits // 8)


def _unpack_samples(data: Bytes, packing: _Packing, samples: int) -> npt.NDArray[np.uint16]:
    groups = -(-samples // packing.group_samples)
    word, step = np.dtype(packing.word), packing.group_bytes
    # A word reads beyond its group: the last groups are read from a copy with room behind them.
    whole = min(groups, max(0, (data.size - word.itemsize) // step + 1))
    rest = np.zeros((groups - whole) * step + word.itemsize, np.uint8)
    rest[: data.size - whole * step] = data[whole * step :]
    out = np.empty(groups, word)
    scratch = np.empty(_BLOCK_GROUPS, word)
    words: Words = np.ndarray((whole,), word, data, 0, (step,))
    for start in range(0, whole, _BLOCK_GROUPS):
        block = words[start : start + _BLOCK_GROUPS]
        _move(block, packing.moves, out[start : start + len(block)], scratch)
    last: Words = np.ndarray((groups - whole,), word, rest, 0, (step,))
    _move(last, packing.moves, out[whole:], scratch)
    return out.view("<u2")[:samples].astype(np.uint16, copy=False)


def _move(words: Words, moves: tuple[tuple[int, int], ...], out: Words, scratch: Words) -> None:
    """Put every sample of the words into 16 bits of its own."""
    part = scratch[: len(words)]
    out[:] = 0
    for mask, up in moves:
        np.bitwise_and(words, mask, out=part)
        if up > 0:
            np.left_shift(part, up, out=part)
        elif up < 0:
            np.right_shift(part, -up, out=part)
        np.bitwise_or(out, part, out=out)
