"""The Gaussian heads: how far a feature lies from the good parts' mean, measured by their covariance.

PaDiM (T. Defard et al., ICPR 2020) keeps a mean and a covariance for every cell. At 5 megapixels those are twenty thousand
covariances from thirty parts: neither learnable nor storable. So the mean is the cell's own and the covariance is shared by
a block of cells, as large as the number of parts needs. With one block and one mean it is the shared Gaussian of textures.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.features import Features
from models.learning.nodes import Nodes

FloatArray = npt.NDArray[np.float32]
SHRINKAGE = 0.1
"""Share of the mean covariance of all blocks in each block's."""
RIDGE = 0.01
"""Added to each diagonal, relative to the mean variance: no direction is trusted to be without any variation."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """How a grid of (height, width) cells is cut into blocks of (`rows`, `columns`) cells; the last ones may be partly empty."""

    height: int
    width: int
    rows: int
    columns: int

    @property
    def down(self) -> int:
        """Blocks from top to bottom."""
        return -(-self.height // self.rows)

    @property
    def across(self) -> int:
        """Blocks from left to right."""
        return -(-self.width // self.columns)

    @property
    def missing(self) -> tuple[int, int]:
        """Rows and columns of cells that the last blocks lack."""
        return self.down * self.rows - self.height, self.across * self.columns - self.width

    def cut(self, grid: FloatArray) -> FloatArray:
        """Return a grid (h, w, C) as (blocks, cells of a block, C); missing cells are 0."""
        rows, columns = self.missing
        full = np.pad(grid, ((0, rows), (0, columns), (0, 0)))
        parts = full.reshape(self.down, self.rows, self.across, self.columns, -1).transpose(0, 2, 1, 3, 4)
        return parts.reshape(self.down * self.across, self.rows * self.columns, -1)

    def join(self, parts: FloatArray) -> FloatArray:
        """Return (blocks, cells of a block) as a grid (h, w)."""
        grid = parts.reshape(self.down, self.across, self.rows, self.columns).transpose(0, 2, 1, 3)
        return grid.reshape(self.down * self.rows, self.across * self.columns)[: self.height, : self.width]

    @property
    def cells(self) -> FloatArray:
        """Cells that each block really has, shape (blocks,)."""
        cells: FloatArray = self.cut(np.ones((self.height, self.width, 1), np.float32)).sum(axis=(1, 2))
        return cells


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over parts, about an origin, from which means and covariances follow; folds are added and taken off.

    `total` has shape (h, w, C), `scatter` (blocks, C, C), float64.
    """

    parts: int
    total: npt.NDArray[np.float64]
    scatter: npt.NDArray[np.float64]

    @classmethod
    def of(cls, features: Features, origin: FloatArray, blocks: Blocks) -> "Moments":
        """Sum over parts, features of shape (parts, h, w, C)."""
        offsets = features.astype(np.float32) - origin
        cut = np.concatenate([blocks.cut(offset) for offset in offsets], axis=1)
        scatter = np.matmul(cut.transpose(0, 2, 1), cut)
        total = offsets.sum(axis=0)
        return cls(len(features), total.astype(np.float64), scatter.astype(np.float64))

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.parts + other.parts, self.total + other.total, self.scatter + other.scatter)

    def __sub__(self, other: "Moments") -> "Moments":
        return Moments(self.parts - other.parts, self.total - other.total, self.scatter - other.scatter)


@dataclass(frozen=True, slots=True, eq=False)
class Gaussian:
    """A fitted head: distance = |(feature - mean) @ whiten| over the square root of the number of channels.

    Attributes
    ----------
    mean
        Shape (h, w, C), or (1, 1, C) where all cells share it.
    whiten
        Shape (blocks, C, C).
    """

    blocks: Blocks
    mean: FloatArray
    whiten: FloatArray

    @classmethod
    def per_cell(cls, moments: Moments, origin: FloatArray, blocks: Blocks) -> "Gaussian":
        """Fit a mean a cell and a covariance a block; `origin` (h, w, C) is what the moments are about."""
        offset = (moments.total / moments.parts).astype(np.float32)
        cut = blocks.cut(offset).astype(np.float64)
        centred = moments.scatter - moments.parts * np.matmul(cut.transpose(0, 2, 1), cut)
        freedom = np.maximum(moments.parts - 1, 1) * blocks.cells
        return cls(blocks, origin + offset, _whitening(centred / freedom[:, None, None]))

    @classmethod
    def shared(cls, moments: Moments, origin: FloatArray, blocks: Blocks) -> "Gaussian":
        """Fit one mean and one covariance for the whole picture; parameters as for `per_cell`."""
        height, width, channels = origin.shape
        offset = (moments.total / moments.parts).astype(np.float32)
        means = (origin + offset).reshape(-1, channels).astype(np.float64)
        mean = means.mean(axis=0)
        cut = blocks.cut(offset).astype(np.float64)
        within = (moments.scatter - moments.parts * np.matmul(cut.transpose(0, 2, 1), cut)).sum(axis=0)
        between = (means - mean).T @ (means - mean)
        covariance = (within / moments.parts + between) / len(means)
        whole = Blocks(height, width, height, width)
        return cls(whole, mean.astype(np.float32).reshape(1, 1, -1), _whitening(covariance[None]))

    def distances(self, features: Features) -> FloatArray:
        """Return the distances (parts, h, w) of features (parts, h, w, C)."""
        scale = np.float32(1 / np.sqrt(features.shape[3]))
        maps = [self._squares(part.astype(np.float32) - self.mean) for part in features]
        return np.sqrt(np.stack(maps)) * scale

    def add(self, graph: Nodes, features: str) -> str:
        """Add the head to a graph; features (1, C, h, w) in, distances (1, h, w) out."""
        blocks, channels = self.blocks, self.mean.shape[2]
        rows, columns = blocks.missing
        centred = graph.add("Sub", features, graph.constant(self.mean.transpose(2, 0, 1)[None]))
        if rows or columns:
            centred = graph.add("Pad", centred, graph.constant([0, 0, 0, 0, 0, 0, rows, columns], np.int64))
        shape = [channels, blocks.down, blocks.rows, blocks.across, blocks.columns]
        cut = graph.add("Reshape", centred, graph.constant(shape, np.int64))
        cut = graph.add("Transpose", cut, perm=[1, 3, 2, 4, 0])
        shape = [blocks.down * blocks.across, blocks.rows * blocks.columns, channels]
        cut = graph.add("Reshape", cut, graph.constant(shape, np.int64))
        white = graph.add("MatMul", cut, graph.constant(self.whiten))
        distance = graph.add("ReduceL2", white, graph.constant([2], np.int64), keepdims=0)
        shape = [blocks.down, blocks.across, blocks.rows, blocks.columns]
        grid = graph.add(
            "Transpose", graph.add("Reshape", distance, graph.constant(shape, np.int64)), perm=[0, 2, 1, 3]
        )
        shape = [1, blocks.down * blocks.rows, blocks.across * blocks.columns]
        grid = graph.add("Reshape", grid, graph.constant(shape, np.int64))
        if rows or columns:
            ends = graph.constant([blocks.height, blocks.width], np.int64)
            grid = graph.add("Slice", grid, graph.constant([0, 0], np.int64), ends, graph.constant([1, 2], np.int64))
        return graph.add("Mul", grid, graph.constant(1 / np.sqrt(channels)))

    def _squares(self, offset: FloatArray) -> FloatArray:
        white = np.matmul(self.blocks.cut(offset), self.whiten)
        return self.blocks.join(np.einsum("bpc,bpc->bp", white, white))


def _whitening(covariance: npt.NDArray[np.float64]) -> FloatArray:
    """Return matrices W with W W^T = the inverse of each covariance, drawn towards their mean."""
    pooled = covariance.mean(axis=0)
    channels = len(pooled)
    ridge = RIDGE * np.trace(pooled) / channels * np.eye(channels)
    steady = (1 - SHRINKAGE) * covariance + SHRINKAGE * pooled + ridge
    return np.linalg.inv(np.linalg.cholesky(steady)).transpose(0, 2, 1).astype(np.float32)
