"""A small anomaly model that really convolves, so that it can be quantized."""

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper


def convolving(height: int = 48, width: int = 64) -> onnx.ModelProto:
    """Return a model whose map is the brightness after two convolutions, and whose score is its mean."""
    constants: dict[str, npt.NDArray[Any]] = {
        "spread": np.repeat(np.linspace(0.5, 1.5, 8, dtype=np.float32) / 27, 27).reshape(8, 3, 3, 3),
        "gather": np.full((1, 8, 1, 1), 1 / 8, dtype=np.float32),
        "channel": np.array([1], dtype=np.int64),
        "places": np.array([1, 2], dtype=np.int64),
    }  # fmt: skip
    nodes = [
        helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["real"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "spread"], ["wide"], pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["wide"], ["lit"]),
        helper.make_node("Conv", ["lit", "gather"], ["one"]),
        helper.make_node("Squeeze", ["one", "channel"], ["anomaly_map"]),
        helper.make_node("ReduceMean", ["anomaly_map", "places"], ["score"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "convolving",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, [1, height, width, 3])],
        [
            helper.make_tensor_value_info("anomaly_map", TensorProto.FLOAT, [1, height, width]),
            helper.make_tensor_value_info("score", TensorProto.FLOAT, [1]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model: onnx.ModelProto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return model
