"""Draws small disturbances onto good parts, to ask a head which of them it sees; no defect picture is needed for that.

Three kinds in turn, in the spirit of CutPaste (C.-L. Li et al., CVPR 2021): a scratch, a spot, and a piece of the same
picture pasted elsewhere. All are as small as the smallest defect and weak, so that heads differ on them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
CONTRAST = (0.06, 0.4)
"""Relative change of brightness, drawn on a logarithmic scale."""
LENGTH = (4.0, 16.0)
"""Of a scratch, in smallest defects."""
APART = 6.0
"""Least distance of two disturbances, in smallest defects and at least eight feature cells' worth of pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Disturbed:
    """A picture and where it was disturbed: `places` holds (mask's left, mask's top, mask) per disturbance."""

    pixels: Bytes
    places: tuple[tuple[int, int, npt.NDArray[np.bool_]], ...]


def disturb(image: Bytes, smallest_px: float, count: int, rng: np.random.Generator) -> Disturbed:
    """Draw up to `count` disturbances, well apart, onto a picture of shape (H, W) or (H, W, 3).

    `smallest_px` is the diameter of the smallest defect in pixels of this picture.
    """
    pixels = image.astype(np.float32)
    height, width = image.shape[:2]
    apart = max(APART * smallest_px, 64.0)
    centres: list[tuple[float, float]] = []
    places = []
    for _ in range(8 * count):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        if len(centres) == count or any(np.hypot(x - a, y - b) < apart for a, b in centres):
            continue
        place = _DRAW[len(centres) % len(_DRAW)](pixels, x, y, smallest_px, rng)
        centres.append((x, y))
        places.append(place)
    return Disturbed(np.clip(np.rint(pixels), 0, 255).astype(np.uint8), tuple(places))


Place = tuple[int, int, npt.NDArray[np.bool_]]


def _window(pixels: npt.NDArray[np.float32], x: float, y: float, half: float) -> tuple[slice, slice]:
    height, width = pixels.shape[:2]
    top, left = max(0, int(y - half)), max(0, int(x - half))
    return slice(top, min(height, int(y + half) + 2)), slice(left, min(width, int(x + half) + 2))


def _change(
    pixels: npt.NDArray[np.float32],
    where: tuple[slice, slice],
    weight: npt.NDArray[np.float32],
    rng: np.random.Generator,
) -> Place:
    """Multiply by 1 ± contrast where `weight` is 1."""
    low, high = CONTRAST
    contrast = low * (high / low) ** rng.random() * (1 if rng.random() < 0.5 else -1)
    factor = 1 + contrast * weight
    pixels[where] *= factor if pixels.ndim == 2 else factor[..., None]
    return where[1].start, where[0].start, weight > 0.25


def _scratch(
    pixels: npt.NDArray[np.float32], x: float, y: float, smallest_px: float, rng: np.random.Generator
) -> Place:
    length, angle = smallest_px * rng.uniform(*LENGTH), rng.uniform(0, np.pi)
    where = _window(pixels, x, y, length / 2 + 2)
    stroke = np.zeros((where[0].stop - where[0].start, where[1].stop - where[1].start), np.uint8)
    step = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    middle = np.array([x - where[1].start, y - where[0].start])
    ends = [np.round((middle + sign * step) * 16).astype(int).tolist() for sign in (-1, 1)]
    cv2.line(stroke, ends[0], ends[1], 255, 1, cv2.LINE_AA, 4)
    return _change(pixels, where, (stroke / np.float32(255)).astype(np.float32), rng)


def _spot(pixels: npt.NDArray[np.float32], x: float, y: float, smallest_px: float, rng: np.random.Generator) -> Place:
    radius = smallest_px * rng.uniform(0.5, 1.0)
    where = _window(pixels, x, y, radius + 2)
    rows = np.arange(where[0].start, where[0].stop)[:, None] - y
    columns = np.arange(where[1].start, where[1].stop)[None, :] - x
    weight = np.clip(radius + 0.5 - np.hypot(rows, columns), 0, 1).astype(np.float32)
    return _change(pixels, where, weight, rng)


def _paste(pixels: npt.NDArray[np.float32], x: float, y: float, smallest_px: float, rng: np.random.Generator) -> Place:
    rows, columns = where = _window(pixels, x, y, smallest_px * rng.uniform(0.5, 1.0))
    height, width = rows.stop - rows.start, columns.stop - columns.start
    top = int(rng.integers(0, pixels.shape[0] - height + 1))
    left = int(rng.integers(0, pixels.shape[1] - width + 1))
    blend = rng.uniform(0.3, 1.0)
    piece = pixels[top : top + height, left : left + width]
    pixels[where] += blend * (piece - pixels[where])
    return columns.start, rows.start, np.ones((height, width), np.bool_)


_DRAW = (_scratch, _spot, _paste)
