"""The memory head: how far a feature lies from the nearest of a few kept ones (PatchCore, K. Roth et al., CVPR 2022)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.features import Features
from models.learning.nodes import Nodes

FloatArray = npt.NDArray[np.float32]
DIMENSIONS = 64
BANK = 512
CANDIDATES = 20_000
"""Patches, taken at random over all parts, among which the greedy choice is made."""
RIDGE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class PatchCore:
    """A fitted head.

    Attributes
    ----------
    centre, project
        Shapes (C,) and (C, D): features are compared after (feature - centre) @ project.
    bank
        Shape (M, D), the kept patches.
    """

    centre: FloatArray
    project: FloatArray
    bank: FloatArray

    @classmethod
    def fit(cls, features: Features, seed: int) -> "PatchCore":
        """Fit to features (parts, h, w, C): scale the channels, project at random, keep a greedy coreset."""
        rng = np.random.default_rng([seed, 7])
        flat = features.reshape(-1, features.shape[3])
        chosen = rng.choice(len(flat), min(CANDIDATES, len(flat)), replace=False)
        patches = flat[np.sort(chosen)].astype(np.float32)
        centre = patches.mean(axis=0)
        spread = patches.std(axis=0)
        spread = np.maximum(spread, RIDGE * spread.mean() + 1e-6)
        project = rng.standard_normal((len(centre), DIMENSIONS)).astype(np.float32) / np.sqrt(np.float32(DIMENSIONS))
        project = project / (spread[:, None] * np.sqrt(np.float32(len(centre))))
        low = (patches - centre) @ project
        return cls(centre, project, low[coreset(low, BANK)])

    def distances(self, features: Features) -> FloatArray:
        """Return the distances (parts, h, w) of features (parts, h, w, C)."""
        squares = (self.bank**2).sum(axis=1)
        maps = []
        for part in features:
            low = (part.reshape(-1, part.shape[2]).astype(np.float32) - self.centre) @ self.project
            nearest = (squares - 2 * low @ self.bank.T).min(axis=1) + (low**2).sum(axis=1)
            maps.append(np.sqrt(np.maximum(nearest, 0)).reshape(part.shape[:2]))
        return np.stack(maps).astype(np.float32)

    def add(self, graph: Nodes, features: str) -> str:
        """Add the head to a graph; features (1, C, h, w) in, distances (1, h, w) out."""
        rows = graph.add("Transpose", features, perm=[0, 2, 3, 1])
        offset = graph.constant(-(self.centre @ self.project))
        low = graph.add("Add", graph.add("MatMul", rows, graph.constant(self.project)), offset)
        dots = graph.add("MatMul", low, graph.constant(-2 * self.bank.T))
        squares = graph.constant((self.bank**2).sum(axis=1))
        last = graph.constant([3], np.int64)
        nearest = graph.add("ReduceMin", graph.add("Add", dots, squares), last, keepdims=0)
        total = graph.add("Add", nearest, graph.add("ReduceSumSquare", low, last, keepdims=0))
        return graph.add("Sqrt", graph.add("Relu", total))


def coreset(patches: FloatArray, count: int) -> npt.NDArray[np.intp]:
    """Choose patches so that every other one has a chosen one near: greedy k-centre.

    Source: O. Sener, S. Savarese, "Active Learning for Convolutional Neural Networks: A Core-Set Approach", ICLR 2018.

    Parameters
    ----------
    patches
        Shape (N, D) float32.

    Returns
    -------
    Indices of min(count, N) patches, in the order of choice; the first is the one nearest to the mean.
    """
    squares = (patches**2).sum(axis=1)
    chosen = [int(((patches - patches.mean(axis=0)) ** 2).sum(axis=1).argmin())]
    nearest = np.full(len(patches), np.inf, np.float32)
    while len(chosen) < min(count, len(patches)):
        last = patches[chosen[-1]]
        nearest = np.minimum(nearest, squares - 2 * patches @ last + last @ last)
        nearest[chosen[-1]] = -np.inf
        chosen.append(int(nearest.argmax()))
    return np.array(chosen)
