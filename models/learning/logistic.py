"""Logistic regression on a few values: the curve that makes a probability of a score, or of several."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.learning.nodes import Nodes

Doubles = npt.NDArray[np.float64]
STEPS = 50
RIDGE = 1e-2
"""Keeps slopes finite where the values tell everything apart."""
CONVERGED = 1e-9
MOST = 30.0
"""Beyond these log odds a probability is 0 or 1 in float32."""


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """Probability = 1 / (1 + exp(-(values @ slopes + offset))); slopes of shape (k,)."""

    slopes: Doubles
    offset: float

    @classmethod
    def fit(cls, values: Doubles, bad: npt.NDArray[np.bool_], trust: Doubles) -> "Logistic":
        """Fit to values (n, k) by Newton's method, rows weighed by `trust` (n,).

        Targets are drawn a little towards the middle by the number of rows of each kind, as Platt does, so that a few rows
        that are told apart perfectly do not make a step of the curve.
        """
        count_bad, count_good = float(bad.sum()), float((~bad).sum())
        targets = np.where(bad, (count_bad + 1) / (count_bad + 2), 1 / (count_good + 2))
        centre, spread = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-9)
        rows = np.column_stack([(values - centre) / spread, np.ones(len(values))])
        ridge = np.diag([RIDGE] * values.shape[1] + [0.0])
        beta = np.zeros(rows.shape[1])
        for _ in range(STEPS):
            chance = _chances(rows @ beta)
            slope = rows.T @ (trust * (chance - targets)) + ridge @ beta
            curvature = (rows * (trust * chance * (1 - chance))[:, None]).T @ rows + ridge
            step = np.linalg.solve(curvature + 1e-9 * np.eye(len(beta)), slope)
            beta = np.clip(beta - step, -MOST, MOST)
            if np.abs(step).max() < CONVERGED:
                break
        slopes = beta[:-1] / spread
        return cls(slopes, float(beta[-1] - slopes @ centre))

    def probabilities(self, values: Doubles) -> Doubles:
        """Return the probability for each row of values (m, k)."""
        return _chances(values @ self.slopes + self.offset)

    def add(self, graph: Nodes, values: str) -> str:
        """Add the curve to a graph; values (1, k) in, probability (1,) out."""
        total = graph.add("MatMul", values, graph.constant(self.slopes[:, None]))
        total = graph.add("Add", total, graph.constant(self.offset))
        total = graph.add("Clip", total, graph.constant(-MOST), graph.constant(MOST))
        return graph.add("Sigmoid", graph.add("Reshape", total, graph.constant([1], np.int64)))


def _chances(log_odds: Doubles) -> Doubles:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -MOST, MOST))))
