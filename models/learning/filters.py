"""The shapes a deviation is looked for in: spots of doubling size and thin lines in every direction.

They are matched filters for what goes wrong with surfaces (pits, stains, dents; scratches): summing a weak deviation over its own
shape makes it stand out of the noise that a single pixel drowns in (D. North, 1943).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.nodes import Nodes

FloatArray = npt.NDArray[np.float32]
CELL_PX = 4
"""Input pixels a side of a cell of the map."""
CELL_LEVEL = 2
"""The level at which one value is one cell: each level halves the one before."""
LEVELS = 6
SPOT_SIGMA_PX = 0.7
SPOT_SIDE_PX = 5
THIN_LENGTH_PX, WIDE_LENGTH_PX = 9, 15
LINE_SIGMA_PX = 0.8
ROW_LENGTH_PX = 9
ROW_SIGMA_PX = 0.5
DIRECTIONS = 16
SIDE_MULTIPLE = 2 ** (LEVELS - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Filters of one level of the picture, each level half as wide as the one before.

    Attributes
    ----------
    level
        What they are applied to: 0 is the picture itself.
    kernels
        Shape (n, side, side), side odd, each of unit norm.
    stride
        In pixels of that level: 1 or 2.
    before
        Another bank: each kernel is then applied to what the kernel of the same number found there, at `level`.
    """

    level: int
    kernels: FloatArray
    stride: int = 1
    before: "Bank | None" = None

    @property
    def answers_level(self) -> int:
        """The level whose pixels are as large as the answers'."""
        return self.level + self.stride - 1


def banks() -> tuple[Bank, ...]:
    """Return all filters: a spot on each level, lines as thin as a scratch and rows of them, and lines twice as wide."""
    spot = _spot()[None]
    spots = tuple(Bank(level, spot) for level in range(LEVELS))
    angles = [number * math.pi / DIRECTIONS for number in range(DIRECTIONS)]
    thin = Bank(0, np.stack([_line(angle, THIN_LENGTH_PX) for angle in angles]), stride=2)
    rows = Bank(1, np.stack([_row(angle) for angle in angles]), before=thin)
    wide = Bank(1, np.stack([_line(angle, WIDE_LENGTH_PX) for angle in angles]))
    return (*spots, thin, rows, wide)


def add_responses(graph: Nodes, deviation: str, filters: tuple[Bank, ...]) -> list[str]:
    """Add the filters to a graph.

    `deviation` has shape (1, 1, H, W), sides multiples of `SIDE_MULTIPLE`. Each bank gives (1, n, h, w), the largest
    magnitude in each cell; banks above `CELL_LEVEL` have larger cells.
    """
    levels = [deviation]
    while len(levels) < LEVELS:
        levels.append(graph.add("AveragePool", levels[-1], kernel_shape=[2, 2], strides=[2, 2]))
    found, signed = [], dict[Bank, str]()
    for bank in filters:
        kernels = graph.constant(bank.kernels[:, None])
        reach = bank.kernels.shape[-1] // 2
        source = levels[bank.level] if bank.before is None else signed[bank.before]
        groups = 1 if bank.before is None else len(bank.kernels)
        signed[bank] = graph.add("Conv", source, kernels, pads=[reach] * 4, strides=[bank.stride] * 2, group=groups)
        size = graph.add("Abs", signed[bank])
        pool = 2 ** max(CELL_LEVEL - bank.answers_level, 0)
        found.append(graph.add("MaxPool", size, kernel_shape=[pool] * 2, strides=[pool] * 2) if pool > 1 else size)
    return found


def _spot() -> FloatArray:
    at = np.arange(SPOT_SIDE_PX) - SPOT_SIDE_PX // 2
    profile = np.exp(-(at**2) / (2 * SPOT_SIGMA_PX**2))
    return _unit(np.outer(profile, profile))


def _line(angle: float, length_px: int) -> FloatArray:
    """A line less its wider surroundings, so that neither a slope of the light nor an edge beside it counts."""
    reach = length_px // 2 + 2
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    within = np.clip(length_px / 2 + 0.5 - np.abs(along), 0, 1)
    core = within * np.exp(-(across**2) / (2 * LINE_SIGMA_PX**2))
    flanks = within * np.exp(-(across**2) / (2 * (2.5 * LINE_SIGMA_PX) ** 2))
    return _unit(core / core.sum() - flanks / flanks.sum())


def _row(angle: float) -> FloatArray:
    """Where lines of one direction lie one after the other."""
    reach = ROW_LENGTH_PX // 2 + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return _unit(np.clip(ROW_LENGTH_PX / 2 + 0.5 - np.abs(along), 0, 1) * np.exp(-(across**2) / (2 * ROW_SIGMA_PX**2)))


def _unit(kernel: npt.NDArray[np.float64]) -> FloatArray:
    return np.asarray(kernel / np.sqrt((kernel**2).sum()), dtype=np.float32)
