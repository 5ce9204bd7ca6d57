"""The heads a learner may choose from, by name, and how each is fitted to some of the parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from models.learning.crossval import Indices
from models.learning.features import CHANNELS, Features
from models.learning.gaussian import Blocks, FloatArray, Gaussian, Moments
from models.learning.graph import Head
from models.learning.patchcore import PatchCore
from models.learning.spare import in_spare_time

VALUES_A_CHANNEL = 8
"""Cells of a block times parts, for each channel, that a covariance needs at least."""
FEW_VALUES, MOST_BLOCKS = 3, 400
"""The same for pictures in which no place is like itself, where that makes no more blocks: each of them is 92 kB of the model."""


@dataclass(slots=True)
class Heads:
    """Fits heads to subsets of parts; sums that heads share are computed once a fold.

    Attributes
    ----------
    features
        Shape (parts, h, w, C).
    held
        The parts of each fold.
    small_blocks
        Cut the grid into smaller blocks than a covariance by itself would want; its neighbours' mean steadies it.
    threads
        See `in_spare_time`.
    """

    features: Features
    held: list[Indices]
    seed: int
    small_blocks: bool = False
    threads: int = 1
    _sums: "_Sums | None" = field(default=None)

    def fit(self, name: str, parts: Indices) -> Head:
        """Fit a head by its name to the parts of these numbers, all or all but a fold's."""
        return HEADS[name](self, parts)

    def sums(self) -> "_Sums":
        """Return the sums over blocks as small as the number of parts allows."""
        if self._sums is None:
            _, height, width, _ = self.features.shape
            side = self._side()
            blocks = Blocks(height, width, min(side, height), min(side, width))
            self._sums = _Sums.over(self.features, self.held, blocks, self.threads)
        return self._sums

    def _side(self) -> int:
        """Return how many cells a block is high and wide."""
        parts, height, width, _ = self.features.shape
        learned = parts - max(len(fold) for fold in self.held)
        side = _root(VALUES_A_CHANNEL * CHANNELS / learned)
        if not self.small_blocks:
            return side
        return min(side, max(_root(FEW_VALUES * CHANNELS / learned), _root(height * width / MOST_BLOCKS)))


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    blocks: Blocks
    origin: FloatArray
    whole: Moments
    folds: list[tuple[Indices, Moments]]

    @classmethod
    def over(cls, features: Features, held: list[Indices], blocks: Blocks, threads: int) -> "_Sums":
        origin = features.mean(axis=0, dtype=np.float32)
        moments = list(in_spare_time(lambda fold: Moments.of(features[fold], origin, blocks), held, threads))
        whole = moments[0]
        for one in moments[1:]:
            whole += one
        return cls(blocks, origin, whole, list(zip(held, moments, strict=True)))

    def without(self, parts: Indices) -> Moments:
        """Return the sums over `parts`: everything but the folds that hold none of them."""
        moments = self.whole
        for fold, held in self.folds:
            if not np.isin(fold, parts).any():
                moments -= held
        return moments


def _root(area: float) -> int:
    return int(np.ceil(np.sqrt(area)))


def _per_cell(heads: Heads, parts: Indices) -> Head:
    sums = heads.sums()
    return Gaussian.per_cell(sums.without(parts), sums.origin, sums.blocks)


def _shared(heads: Heads, parts: Indices) -> Head:
    sums = heads.sums()
    return Gaussian.shared(sums.without(parts), sums.origin, sums.blocks)


HEADS: Mapping[str, Callable[[Heads, Indices], Head]] = {
    "padim": _per_cell,
    "patchcore": lambda heads, parts: PatchCore.fit(heads.features[parts], heads.seed),
    "gaussian": _shared,
}
"""By name: a mean a cell with covariances of blocks, a memory of patches, one Gaussian for everything."""
