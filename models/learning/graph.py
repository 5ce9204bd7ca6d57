"""Writes the finished model: one ONNX file from the picture to the anomaly map and the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from onnx import ModelProto, TensorProto, helper

from models.learning.comparison import Comparison
from models.learning.features import Features, Front
from models.learning.filters import CELL_PX
from models.learning.light import grey
from models.learning.nodes import Nodes
from models.learning.tolerance import FloatArray, Tolerance


class Head(Protocol):
    """A fitted head: distances in numpy for cross-validation, the same in the graph."""

    def distances(self, features: Features) -> FloatArray:
        """Return distances (parts, h, w) of features (parts, h, w, C)."""

    def add(self, graph: Nodes, features: str) -> str:
        """Add the head; features (1, C, h, w) in, distances (1, h, w) out."""


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """A comparison that judges beside the network, and the limit of good parts for either, which becomes 1."""

    comparison: Comparison
    network_limit: float
    comparison_limit: float

    def scores(self, network: FloatArray) -> FloatArray:
        """Return the scores (parts,) of the held-out good parts, as the model computes them."""
        compared = self.comparison.held_out / self.comparison_limit
        return np.asarray(np.maximum(network / self.network_limit, compared), dtype=np.float32)

    def add(self, graph: Nodes, pixels: str, heat: str, score: str, times: int) -> tuple[str, str]:
        """Add the comparison; return map and score of both. The network's cells are `times` the comparison's."""
        known = graph.add("Mul", heat, graph.constant(1 / self.network_limit))
        known = graph.add("Unsqueeze", known, graph.constant([1], np.int64))
        known = graph.add("Resize", known, "", graph.constant([1, 1, times, times]), mode="nearest")
        known = graph.add("Squeeze", known, graph.constant([1], np.int64))
        compared = self.comparison.add(graph, pixels)
        compared = graph.add("Mul", compared, graph.constant(1 / self.comparison_limit))
        most = graph.add("ReduceMax", compared, graph.constant([1, 2], np.int64), keepdims=0)
        score = graph.add("Max", graph.add("Mul", score, graph.constant(1 / self.network_limit)), most)
        return graph.add("Max", known, compared), score


def anomaly_model(
    front: Front, head: Head, tolerance: Tolerance, top_cells: int, about: Mapping[str, str], both: Both | None = None
) -> ModelProto:
    """Join the parts: `image` uint8 (1, H, W, 3) RGB in; `anomaly_map` float32 (1, h, w) and `score` float32 (1,) out.

    The network's score is the mean of its map's `top_cells` largest values, the comparison's is its largest value.
    """
    graph = Nodes()
    pixels = front.add_pixels(graph)
    heat = tolerance.add(graph, head.add(graph, front.add(graph, pixels)))
    row = graph.add("Reshape", heat, graph.constant([1, -1], np.int64))
    largest, _ = graph.outputs("TopK", row, graph.constant([top_cells], np.int64), axis=1, count=2)
    score = graph.add("ReduceMean", largest, graph.constant([1], np.int64), keepdims=0)
    cell_px = front.cell_px
    if both is not None:
        heat, score = both.add(graph, grey(graph, pixels), heat, score, cell_px // CELL_PX)
        cell_px = CELL_PX
    graph.add("Identity", heat, name="anomaly_map")
    graph.add("Identity", score, name="score")
    cells = [front.height // cell_px, front.width // cell_px]
    outputs = [
        helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, *cells]),
        helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
    ]
    return graph.model("one-class", [front.image_info()], outputs, about)


def scores(maps: FloatArray, top_cells: int) -> FloatArray:
    """Return the scores (parts,) of anomaly maps (parts, h, w), as the model computes them."""
    flat = maps.reshape(len(maps), -1)
    largest = np.partition(flat, flat.shape[1] - top_cells, axis=1)[:, -top_cells:]
    return np.asarray(largest.mean(axis=1), dtype=np.float32)
