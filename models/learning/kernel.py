"""Kernel ridge regression with a Gaussian kernel: OK or NG from one vector a picture, in closed form.

Targets are -1 for good and +1 for bad; the kernel has 1 added, so that a constant needs no row of its own. Least squares on
targets of two classes is what J. Suykens and J. Vandewalle call the least squares support vector machine (Neural Processing
Letters 9, 1999). Doubtful labels weigh less: a row's penalty is divided by its weight.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.evaluate import auroc
from models.learning.crossval import Indices
from models.learning.nodes import Nodes
from models.learning.spare import in_spare_time

Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

WIDTHS = (1.0, 2.0)
"""Tried: the kernel's exponent at the median squared distance between two pictures."""
PENALTIES = (0.1, 0.3)
"""Tried: what is added to the kernel's diagonal."""
AXES = 384
"""Most principal axes kept; the rest of a vector is noise that only costs time."""
MOST_AT_ONCE = 5000
"""Pictures of which several ways are tried at once: each takes a few numbers for every pair of them."""
LEAST_DEVIATION = 1e-6
LEAST_POWER = 1e-5
"""Of an axis beside the first: below is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Machine:
    """A fitted machine: score = sum over pictures of weight x (1 + exp(-width x squared distance)).

    Attributes
    ----------
    mean
        Shape (D,): taken off a vector first.
    axes
        Shape (D, k): a vector in standard deviations on the principal axes, scaled to a median squared distance of 1.
    support
        Shape (n, k): the pictures learned from, on these axes.
    weights
        Shape (n,).
    """

    mean: Doubles
    axes: Doubles
    support: Doubles
    weights: Doubles
    width: float

    def scores(self, vectors: Doubles) -> Doubles:
        """Return a score for each vector of (m, D); above 0 where it looks bad."""
        at = (vectors - self.mean) @ self.axes
        return np.asarray(_kernel(_squared_distances(at, self.support), self.width) @ self.weights)

    def add(self, graph: Nodes, vector: str) -> str:
        """Add the machine to a graph; vector (1, D) in, score (1, 1) out."""
        at = graph.add("MatMul", graph.add("Sub", vector, graph.constant(self.mean[None])), graph.constant(self.axes))
        apart = graph.add("Sub", graph.constant(self.support), at)
        squares = graph.add("ReduceSumSquare", apart, graph.constant([1], np.int64), keepdims=0)
        near = graph.add("Exp", graph.add("Mul", squares, graph.constant(-self.width)))
        total = graph.add("MatMul", graph.add("Unsqueeze", near, graph.constant([0], np.int64)), _column(graph, self))
        return graph.add("Add", total, graph.constant(float(self.weights.sum())))


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A machine, and the score of every picture it learned from by one that did not: shape (n,)."""

    machine: Machine
    held_out: Doubles


def fit(vectors: Doubles, bad: Mask, trust: Doubles, held: Sequence[Indices]) -> Fitted:
    """Fit to vectors (n, D); width and penalty are those that tell held-out pictures apart best (area under the ROC).

    Parameters
    ----------
    bad
        Shape (n,): what people say.
    trust
        Shape (n,): 1 for a certain label, less for a doubtful one, above 0.
    held
        The held-out pictures of each fold.
    """
    mean, axes, at = _principal_axes(vectors)
    apart = _squared_distances(at, at)
    targets = np.where(bad, 1.0, -1.0)

    def tried(way: tuple[float, float]) -> tuple[float, Doubles]:
        width, penalty = way
        scores = _held_out(_kernel(apart, width), targets, penalty / trust, held)
        return auroc(scores[~bad], scores[bad]), scores

    ways = list(itertools.product(WIDTHS, PENALTIES))
    trials = list(map(tried, ways) if len(vectors) > MOST_AT_ONCE else in_spare_time(tried, ways))
    (width, penalty), (_, scores) = max(zip(ways, trials, strict=True), key=lambda one: one[1][0])
    weights: Doubles = np.linalg.solve(_kernel(apart, width) + np.diag(penalty / trust), targets).astype(np.float64)
    return Fitted(Machine(mean, axes, at, weights, width), scores)


def _held_out(kernel: Doubles, targets: Doubles, ridge: Doubles, held: Sequence[Indices]) -> Doubles:
    """Return what each picture scores when its fold is left out, without fitting again.

    With M the kernel and its ridge and a = M^-1 y, the error on a fold F is (M^-1 restricted to F)^-1 a_F: the block form of
    the leave-one-out residual (R. Cook, Technometrics 19, 1977).
    """
    single = (kernel + np.diag(ridge)).astype(np.float32)  # half the time, and exact enough to choose by
    inverse = np.linalg.inv(single).astype(np.float64)
    weights = inverse @ targets
    scores = np.empty_like(targets)
    for fold in held:
        scores[fold] = targets[fold] - np.linalg.solve(inverse[np.ix_(fold, fold)], weights[fold])
    return scores


def _principal_axes(vectors: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Return the mean (D,) and axes (D, k) that standardise, turn and scale a vector, and the vectors so turned (n, k)."""
    mean, deviation = vectors.mean(axis=0), vectors.std(axis=0)
    scale = np.where(deviation > LEAST_DEVIATION, 1 / np.maximum(deviation, LEAST_DEVIATION), 0.0)
    standard = ((vectors - mean) * scale).astype(np.float32)  # half the time; the axes are a choice, not a result
    wide = standard.shape[1] > len(standard)
    powers, turned = np.linalg.eigh(standard @ standard.T if wide else standard.T @ standard)
    kept = np.flatnonzero(powers > LEAST_POWER * powers[-1])[-AXES:]
    turned = standard.T @ (turned[:, kept] / np.sqrt(powers[kept])) if wide else turned[:, kept]
    at = (standard @ turned).astype(np.float64)
    apart = _squared_distances(at, at)
    median = float(np.median(apart[np.triu_indices(len(apart), 1)]))
    size = np.sqrt(max(median, LEAST_DEVIATION))
    return mean, scale[:, None] * turned / size, at / size


def _squared_distances(first: Doubles, second: Doubles) -> Doubles:
    squares = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1)[None] - 2 * first @ second.T
    return np.asarray(np.maximum(squares, 0))


def _kernel(apart: Doubles, width: float) -> Doubles:
    return np.asarray(1 + np.exp(-width * apart))


def _column(graph: Nodes, machine: Machine) -> str:
    return graph.constant(machine.weights[:, None])
