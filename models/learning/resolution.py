"""Chooses the model's resolution: as coarse as the smallest defect allows, as fine as the time allows."""

import math
from dataclasses import dataclass

from models.learning.backbone import SIDE_MULTIPLE

DEFECT_PX = 4.0
"""Pixels of the model's input that the smallest defect must cover: half a feature cell."""
SCALES = (1.0, 2 / 3, 1 / 2, 1 / 3, 1 / 4)
"""Input pixels per source pixel that come into question, finest first."""
ROUNDING_PX = 1e-6
MIN_SIDE = 96
"""A coarser input would have fewer than twelve cells a side."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The model's input.

    Attributes
    ----------
    scale
        Input pixels per source pixel.
    width, height
        In pixels, multiples of 16 (or more, as asked); what lies beyond the scaled picture repeats its edge.
    smallest_px
        What the smallest defect covers in the input.
    enough
        False where `smallest_px` is less than `DEFECT_PX`: the budget did not allow more.
    """

    scale: float
    width: int
    height: int
    smallest_px: float
    enough: bool


def choose_resolution(
    width: int,
    height: int,
    smallest_px: float | None,
    budget_px: int,
    multiple: int = SIDE_MULTIPLE,
    *,
    filled: bool = False,
) -> Resolution:
    """Choose the input for pictures of `width` x `height` pixels.

    Without a smallest defect: the finest scale whose input has at most `budget_px` pixels. With one: the coarsest scale
    at which it covers `DEFECT_PX`, but no finer than the budget.

    Parameters
    ----------
    smallest_px
        Diameter of the smallest defect in source pixels.
    multiple
        Of what the input's sides are multiples, itself a multiple of 16.
    filled
        Enlarge the picture by the little that makes it fill the input along one side at least. Its edge repeated looks like
        nothing that was ever photographed, and in a small picture that is a good share of all cells.
    """
    fitting = [scale for scale in SCALES if scale * width * scale * height <= budget_px] or [SCALES[-1]]
    scale = fitting[0]
    if smallest_px is not None:
        wanted = [one for one in fitting if one * smallest_px >= DEFECT_PX and one * min(width, height) >= MIN_SIDE]
        scale = wanted[-1] if wanted else fitting[0]
    columns, rows = _side(scale * width, multiple), _side(scale * height, multiple)
    if filled:
        scale = min(columns / width, rows / height)
    covers = scale * smallest_px if smallest_px is not None else DEFECT_PX
    return Resolution(scale, columns, rows, covers, covers >= DEFECT_PX)


def _side(length: float, multiple: int) -> int:
    """Return the least multiple that covers the length; a rounding error of the scale is no length."""
    return max(multiple, math.ceil((length - ROUNDING_PX) / multiple) * multiple)
