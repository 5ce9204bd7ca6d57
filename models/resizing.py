"""Pictures made smaller as Pillow, torchvision and what rests on them do: by a triangle twice as wide as the new pixel. Pure.

A pixel is the mean of those around its place, weighed by how near they are, up to one of its own sides away: "antialias", or
Pillow's `BILINEAR`. OpenCV has no such way: `INTER_LINEAR` looks at four pixels, `INTER_AREA` weighs all of them alike.
"""

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.unsignedinteger[Any]]
Floats = npt.NDArray[np.float32]
Block = tuple[slice, slice, Floats]
"""Rows that come out, rows that go in, and the weights between them."""

FINE = 2**22
"""Weights are whole parts of it, as Pillow's are."""
ROWS = 16
"""Rows that are reckoned at once: the weights of more of them are mostly 0."""
GAP = 3.0
"""A picture that is to become smaller by much more is first made smaller by means of blocks, down to so much: what comes out is
hardly different, and costs a fraction (Pillow's `reducing_gap`)."""


def resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Return a picture of shape (H, W) or (H, W, 3) with (width, height) of its pixels, of the same type.

    One side after the other, first the one that leaves fewer pixels, and whole numbers between the two, as Pillow has it.
    """
    whole = [max(1, int(old / (GAP * new))) for old, new in zip((pixels.shape[1], pixels.shape[0]), size, strict=True)]
    smaller = _in_blocks(pixels, (whole[0], whole[1]))
    if size[0] * smaller.shape[0] <= size[1] * smaller.shape[1]:
        return _with_rows(_turned(_with_rows(_turned(smaller), size[0])), size[1])
    return _turned(_with_rows(_turned(_with_rows(smaller, size[1])), size[0]))


def _with_rows(pixels: Pixels, count: int) -> Pixels:
    """Return a picture with so many rows."""
    flat = pixels.reshape(len(pixels), -1)
    rows = np.empty((count, flat.shape[1]), dtype=np.float32)
    for out, into, weights in _blocks(len(pixels), count):
        np.matmul(weights, flat[into].astype(np.float32), out=rows[out])
    whole: Pixels = np.floor(rows + np.float32(0.5)).astype(pixels.dtype)
    return whole.reshape(count, *pixels.shape[1:])


def _turned(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.transpose(pixels), dtype=pixels.dtype)


def _in_blocks(pixels: Pixels, block: tuple[int, int]) -> Pixels:
    """Return the means of blocks of about (width, height) pixels."""
    if block == (1, 1):
        return pixels
    size = round(pixels.shape[1] / block[0]), round(pixels.shape[0] / block[1])
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=pixels.dtype)


@lru_cache(maxsize=16)
def _blocks(old: int, new: int) -> tuple[Block, ...]:
    """Return the weights that make `new` pixels of `old` ones, in blocks."""
    reach = max(1.0, old / new)
    blocks = []
    for first in range(0, new, ROWS):
        out = slice(first, min(first + ROWS, new))
        places = (np.arange(out.start, out.stop) + 0.5) * old / new
        into = slice(max(0, int(places[0] - reach)), min(old, int(places[-1] + reach) + 1))
        away = (np.arange(into.start, into.stop) + 0.5 - places[:, None]) / reach
        weights = np.maximum(1 - np.abs(away), 0)
        weights = np.rint(weights / weights.sum(axis=1, keepdims=True) * FINE) / FINE
        blocks.append((out, into, weights.astype(np.float32)))
    return tuple(blocks)
