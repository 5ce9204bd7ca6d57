"""The graphs of the patch head: what it looks at, tapped from a one-class model, and the model that both make together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

from models.learning.comparison import ODD
from models.learning.features import PATCHES
from models.learning.filters import CELL_LEVEL, banks
from models.learning.linear import Linear
from models.learning.nodes import Nodes, serialised
from models.learning.tolerance import NETWORK_MAP, FloatArray

MAP, SCORE = "anomaly_map", "score"
BASE_MAP, BASE_SCORE = "one_class_map", "one_class_score"
CELLS = "cells"
GAIN = 4.0
"""Maps are looked at as log(1 + GAIN x value): what is twice as odd is one step further, however odd it is."""
SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Grids:
    """Height and width in cells of the finished map, and of the backbone's patches, which are `times` as wide."""

    cells: tuple[int, int]
    patches: tuple[int, int]

    @property
    def times(self) -> int:
        """Cells of the map a side of a patch."""
        return self.cells[0] // self.patches[0]


@dataclass(frozen=True, slots=True)
class Scale:
    """How the logarithm of the odds becomes a score, and the one-class score beside it; 1 is the limit of good parts.

    Attributes
    ----------
    limit, step
        A value v becomes 1 + (v - limit) / step, at least 0.
    base_low, base_gain
        A one-class score s of `base_low` or more becomes 1 + (s - base_low) * base_gain; below it says nothing.
    """

    limit: float
    step: float
    base_low: float
    base_gain: float

    def raised(self, values: FloatArray) -> FloatArray:
        """Return scores for logarithms of odds."""
        return np.asarray(np.maximum(1 + (values - self.limit) / self.step, 0), np.float32)

    def score(self, peak: float, base_score: float) -> float:
        """Return a picture's score for its map's largest value and its one-class score."""
        known = max(0.0, 1 + (peak - self.limit) / self.step)
        return max(known, 1 + (base_score - self.base_low) * self.base_gain if base_score >= self.base_low else 0.0)


def tap_model(base: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a network from `image` to `PATCHES` (1, C, h, w), `CELLS` (1, K, H, W), `BASE_SCORE` (1,), and its H and W."""
    model, graph = _opened(base)
    cells = _shape(model, MAP)
    _add_cells(graph, model)
    del model.graph.output[:]
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in (PATCHES, CELLS, BASE_SCORE)
    )
    return _closed(model, graph, {}), cells


def patch_model(
    base: bytes, texture: Linear, cells: Linear, scale: Scale, seen: FloatArray, grids: Grids, about: Mapping[str, str]
) -> bytes:
    """Return the finished model: the contract of an anomaly model, with the patch head's map and both heads' score.

    Where the one-class head alone says that a part is bad, the map is raised until its largest value says so too.

    Parameters
    ----------
    texture
        From patches to one value, brought to the map's grid.
    cells
        From the cells' maps and, last, that value to the logarithm of the odds.
    seen
        Shape (H, W): 0 where nothing is looked at.
    """
    model, graph = _opened(base)
    _add_cells(graph, model)
    weights = graph.constant(texture.weights[None, :, None, None])
    value = graph.add("Conv", PATCHES, weights, graph.constant([texture.offset]))
    if grids.times > 1:
        times = float(grids.times)
        value = graph.add("Resize", value, "", graph.constant([1.0, 1.0, times, times]), mode="linear")
    both = graph.add("Concat", CELLS, value, axis=1)
    factors = (cells.weights / scale.step)[None, :, None, None]
    offset = 1 + (cells.offset - scale.limit) / scale.step
    plane = graph.add("Relu", graph.add("Conv", both, graph.constant(factors), graph.constant([offset])))
    plane = graph.add("Mul", plane, graph.constant(seen[None, None]))
    _add_answer(graph, graph.add("Squeeze", plane, graph.constant([1], np.int64)), scale)
    del model.graph.output[:]
    model.graph.output.extend(
        [
            helper.make_tensor_value_info(MAP, TensorProto.FLOAT, [1, *grids.cells]),
            helper.make_tensor_value_info(SCORE, TensorProto.FLOAT, [1]),
        ]
    )
    return _closed(model, graph, about)


def _add_answer(graph: Nodes, heat: str, scale: Scale) -> None:
    """Add map and score for the patch head's map (1, H, W)."""
    one, none = graph.constant([1.0]), graph.constant([0.0])
    peak = graph.add("ReduceMax", heat, graph.constant([1, 2], np.int64), keepdims=0)
    sure = graph.add("GreaterOrEqual", BASE_SCORE, graph.constant([scale.base_low]))
    above = graph.add("Sub", BASE_SCORE, graph.constant([scale.base_low]))
    base = graph.add("Add", graph.add("Mul", above, graph.constant([scale.base_gain])), one)
    graph.add("Max", peak, graph.add("Where", sure, base, none), name=SCORE)
    least = graph.add("Div", one, graph.add("Max", peak, graph.constant([SMALLEST])))
    lift = graph.add("Where", sure, graph.add("Max", least, one), one)
    graph.add("Mul", heat, graph.add("Reshape", lift, graph.constant([1, 1, 1], np.int64)), name=MAP)


def _add_cells(graph: Nodes, model: ModelProto) -> None:
    """Add `CELLS`: every map of the one-class model on the finished map's grid, and that map smoothed and spread."""
    height, width = _shape(model, MAP)
    axis = graph.constant([1], np.int64)
    whole = _logarithm(graph, graph.add("Unsqueeze", BASE_MAP, axis))
    planes = [whole]
    named = {output for node in model.graph.node for output in node.output}
    odd = [(f"{ODD}{number}", bank) for number, bank in enumerate(banks()) if f"{ODD}{number}" in named]
    if odd:
        network = graph.add("Unsqueeze", NETWORK_MAP, axis)
        sizes = graph.constant([1, 1, height, width], np.int64)
        planes.append(_logarithm(graph, graph.add("Resize", network, "", "", sizes, mode="linear")))
    for name, bank in odd:
        times = float(2 ** max(bank.answers_level - CELL_LEVEL, 0))
        fine = graph.add("Resize", name, "", graph.constant([1.0, 1.0, times, times]), mode="nearest")
        ends = graph.constant([height, width], np.int64)
        fine = graph.add("Slice", fine, graph.constant([0, 0], np.int64), ends, graph.constant([2, 3], np.int64))
        planes.append(_logarithm(graph, fine))
    smooth, spread = whole, whole
    for side in (3, 5, 7):
        smooth = graph.add("AveragePool", smooth, kernel_shape=[side] * 2, pads=[side // 2] * 4, strides=[1, 1])
        planes.append(smooth)
    for side in (5, 9):
        spread = graph.add("MaxPool", spread, kernel_shape=[side] * 2, pads=[side // 2] * 4, strides=[1, 1])
        planes.append(spread)
    graph.add("Concat", *planes, axis=1, name=CELLS)


def _logarithm(graph: Nodes, plane: str) -> str:
    return graph.add("Log", graph.add("Add", graph.add("Mul", plane, graph.constant(GAIN)), graph.constant(1.0)))


def _opened(base: bytes) -> tuple[ModelProto, Nodes]:
    """Return a one-class model whose outputs have new names, and what is to be added to it."""
    model = onnx.load_from_string(base)
    names = {MAP: BASE_MAP, SCORE: BASE_SCORE}
    for node in model.graph.node:
        node.name = names.get(node.name, node.name)
        for number, output in enumerate(node.output):
            node.output[number] = names.get(output, output)
    return model, Nodes(prefix="patch_")


def _closed(model: ModelProto, graph: Nodes, about: Mapping[str, str]) -> bytes:
    model.graph.node.extend(graph.nodes)
    model.graph.initializer.extend(graph.constants)
    helper.set_model_props(model, {**{one.key: one.value for one in model.metadata_props}, **about})
    return serialised(model)


def _shape(model: ModelProto, output: str) -> tuple[int, int]:
    """Return height and width of an output (1, h, w)."""
    (info,) = (one for one in model.graph.output if one.name == output)
    _, height, width = (side.dim_value for side in info.type.tensor_type.shape.dim)
    return height, width
