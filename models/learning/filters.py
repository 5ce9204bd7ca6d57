"""The shapes a deviation is looked for in: spots of doubling size and thin lines in every direction.

They are matched filters for what goes wrong with surfaces (pits, stains, dents; scratches): summing a weak deviation over its own
shape makes it stand out of the noise that a single pixel drowns in (D. North, 1943).
"""

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
LINE_LEVEL = 1
LINE_LENGTH_PX = 15
LINE_SIGMA_PX = 0.8
DIRECTIONS = 16
SIDE_MULTIPLE = 2 ** (LEVELS - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Filters for one level: `kernels` of shape (n, side, side), side odd, each of unit norm."""

    level: int
    kernels: FloatArray


def banks() -> tuple[Bank, ...]:
    """Return all filters: one spot a level, and lines, which are as thin as a scratch, on the second finest."""
    spot = _spot()[None]
    spots = tuple(Bank(level, spot) for level in range(LEVELS))
    angles = np.arange(DIRECTIONS) * (np.pi / DIRECTIONS)
    return (*spots, Bank(LINE_LEVEL, np.stack([_line(float(angle)) for angle in angles])))


def add_responses(graph: Nodes, deviation: str, filters: tuple[Bank, ...]) -> list[str]:
    """Add the filters to a graph.

    `deviation` has shape (1, 1, H, W), sides multiples of `SIDE_MULTIPLE`. Each bank gives (1, n, h, w), the largest
    magnitude in each cell; banks above `CELL_LEVEL` have larger cells.
    """
    levels = [deviation]
    while len(levels) < LEVELS:
        levels.append(graph.add("AveragePool", levels[-1], kernel_shape=[2, 2], strides=[2, 2]))
    found = []
    for bank in filters:
        kernels = graph.constant(bank.kernels[:, None])
        reach = bank.kernels.shape[-1] // 2
        size = graph.add("Abs", graph.add("Conv", levels[bank.level], kernels, pads=[reach] * 4))
        pool = 2 ** (CELL_LEVEL - bank.level) if bank.level < CELL_LEVEL else 1
        found.append(graph.add("MaxPool", size, kernel_shape=[pool] * 2, strides=[pool] * 2) if pool > 1 else size)
    return found


def _spot() -> FloatArray:
    at = np.arange(SPOT_SIDE_PX) - SPOT_SIDE_PX // 2
    profile = np.exp(-(at**2) / (2 * SPOT_SIGMA_PX**2))
    return _unit(np.outer(profile, profile))


def _line(angle: float) -> FloatArray:
    """A line less its wider surroundings, so that neither a slope of the light nor an edge beside it counts."""
    reach = LINE_LENGTH_PX // 2 + 2
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    within = np.clip(LINE_LENGTH_PX / 2 + 0.5 - np.abs(along), 0, 1)
    core = within * np.exp(-(across**2) / (2 * LINE_SIGMA_PX**2))
    flanks = within * np.exp(-(across**2) / (2 * (2.5 * LINE_SIGMA_PX) ** 2))
    return _unit(core / core.sum() - flanks / flanks.sum())


def _unit(kernel: npt.NDArray[np.float64]) -> FloatArray:
    return np.asarray(kernel / np.sqrt((kernel**2).sum()), dtype=np.float32)
