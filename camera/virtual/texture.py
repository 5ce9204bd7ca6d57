"""Pools of brushed metal and of sensor noise: large textures drawn once, of which every part takes other pieces."""

from dataclasses import dataclass

import cv2
import numpy as np

from camera.virtual.plate import Grey

SPARE = 512
"""Pixels a pool is larger than what is cut from it, each way."""
BRUSH_SIGMA = 0.028
"""Standard deviation of the brush texture, relative to the brightness of the surface."""


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """Relative brightness with mean 0 (`streaks`, `hairs`) and white noise of deviation 1; larger than any cut."""

    streaks: Grey
    hairs: Grey
    noise: Grey


def draw_pools(height: int, width: int, mm_per_px: float, seed: int) -> Pools:
    """Draw pools from which pieces of shape (height, width) can be cut."""
    rng = np.random.default_rng([seed, 1])
    shape = (height + SPARE, width + SPARE)
    fibre = max(0.11 / mm_per_px, 0.8)
    streaks = _brushed(rng, shape, (14.0 / mm_per_px, 3.0 / mm_per_px), fibre * 1.8)
    hairs = _brushed(rng, shape, (3.5 / mm_per_px, 0.8 / mm_per_px), fibre * 0.7)
    noise = rng.standard_normal(shape, dtype=np.float32)
    return Pools(streaks * np.float32(0.62 * BRUSH_SIGMA), hairs * np.float32(0.78 * BRUSH_SIGMA), noise)


def cut(pool: Grey, shape: tuple[int, ...], rng: np.random.Generator) -> Grey:
    """A piece of a pool of shape (height, width) at a random place, mirrored at random; a view."""
    height, width = shape
    top, left = (int(value) for value in rng.integers(0, SPARE + 1, 2))
    piece = pool[top : top + height, left : left + width]
    flip_rows, flip_columns = rng.random(2) < 0.5
    return piece[:: -1 if flip_rows else 1, :: -1 if flip_columns else 1]


def _brushed(
    rng: np.random.Generator, shape: tuple[int, int], lengths_px: tuple[float, float], fibre_px: float
) -> Grey:
    """White noise drawn out along the brush by two passes, of deviation 1; a few fibres cut deeper than the rest."""
    grain: Grey = rng.standard_normal(shape, dtype=np.float32)
    for length in lengths_px:
        grain = np.asarray(cv2.blur(grain, (max(1, round(length)), 1), borderType=cv2.BORDER_REFLECT), np.float32)
    grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), sigmaX=0.6, sigmaY=max(0.35, fibre_px / 2.4)), np.float32)
    grain /= grain.std()
    heavy: Grey = grain + 0.06 * grain**3
    heavy -= heavy.mean()
    heavy /= heavy.std()
    return heavy.astype(np.float32)
