"""Tiny models as other trainers export them: what they find is known."""

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[Any]
SIZE = 64
PLACES = (SIZE // 8) ** 2 + (SIZE // 16) ** 2 + (SIZE // 32) ** 2
"""Of the three grids over an input of that size."""


def built(
    nodes: list[onnx.NodeProto],
    constants: dict[str, Array],
    outputs: list[str],
    shape: tuple[int | str, ...] = (1, 3, SIZE, SIZE),
    metadata: dict[str, str] | None = None,
    kind: int = TensorProto.FLOAT,
    whole: tuple[str, ...] = (),
    told_size: bool = False,
) -> onnx.ModelProto:
    """Return a model with the input `images`; outputs in `whole` hold int64, `told_size` adds a second input."""
    sizes = [helper.make_tensor_value_info("orig_target_sizes", TensorProto.INT64, [shape[0], 2])] if told_size else []
    kinds = {name: TensorProto.INT64 if name in whole else TensorProto.FLOAT for name in outputs}
    graph = helper.make_graph(
        nodes,
        "foreign",
        [helper.make_tensor_value_info("images", kind, list(shape)), *sizes],
        [helper.make_tensor_value_info(name, kinds[name], None) for name in outputs],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model: onnx.ModelProto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    helper.set_model_props(model, metadata or {})
    return model


def lit(outputs: dict[str, Array], scored: dict[str, Array], **options: Any) -> onnx.ModelProto:
    """Return a model that answers with constants, plus `scored` times the mean of its input.

    A detector so made finds what is written in `outputs` the more surely, the brighter the picture is.
    """
    constants: dict[str, Array] = {}
    nodes = [helper.make_node("ReduceMean", ["images"], ["mean4"], keepdims=0)]
    for name, value in outputs.items():
        if name in options.get("whole", ()):
            constants[f"{name}_fixed"] = value.astype(np.int64)
            nodes.append(helper.make_node("Identity", [f"{name}_fixed"], [name]))
            continue
        constants[f"{name}_fixed"] = value.astype(np.float32)
        constants[f"{name}_scored"] = scored.get(name, np.zeros_like(value)).astype(np.float32)
        nodes += [
            helper.make_node("Mul", [f"{name}_scored", "mean4"], [f"{name}_bright"]),
            helper.make_node("Add", [f"{name}_fixed", f"{name}_bright"], [name]),
        ]
    return built(nodes, constants, list(outputs), **options)


def detector(head: str, box: tuple[float, float, float, float], classes: int = 2, **options: Any) -> onnx.ModelProto:
    """Return a detector that finds class 1 in `box` (left, top, right, bottom from the input's corner).

    Its score is the mean of the input.
    """
    left, top, right, bottom = box
    centred = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
    outputs = {}
    if head == "yolov5":
        fixed, bright = np.zeros((1, 3 * PLACES, 5 + classes)), np.zeros((1, 3 * PLACES, 5 + classes))
        fixed[0, 7, :4], fixed[0, 7, 6], bright[0, 7, 4] = centred, 1.0, 1.0
    elif head == "yolo-end-to-end":
        fixed, bright = np.zeros((1, 30, 6)), np.zeros((1, 30, 6))
        fixed[0, 0, :4], fixed[0, 0, 5], bright[0, 0, 4] = box, 1.0, 1.0
    else:
        masks = 2 if head == "yolov8-segment" else 0
        fixed, bright = np.zeros((1, 4 + classes + masks, PLACES)), np.zeros((1, 4 + classes + masks, PLACES))
        fixed[0, :4, 7], bright[0, 5, 7] = centred, 1.0
        if masks:
            fixed[0, -2, 7] = 1.0
            outputs["output1"] = prototypes((left + right) / 2 - 0.5, (top + bottom) / 2 - 0.5, (right - left) / 3)
    return lit({"output0": fixed, **outputs}, {"output0": bright}, **options)


def prototypes(x: float, y: float, radius: float) -> Array:
    """Return prototypes (1, 2, h, w) of stride 4: within a disc about (x, y), and nothing."""
    rows, columns = np.mgrid[: SIZE // 4, : SIZE // 4] * 4 + 1.5
    disc = (radius - np.hypot(columns - x, rows - y)) / 4
    return np.stack([disc, np.zeros_like(disc)])[None]


def classifier(*, logits: bool, **options: Any) -> onnx.ModelProto:
    """Return a classifier of two classes whose second grows with the mean of the input: logits, or shares of it."""
    if logits:
        return lit({"output0": np.array([[2.0, -2.0]])}, {"output0": np.array([[-4.0, 4.0]])}, **options)
    return lit({"output0": np.array([[1.0, 0.0]])}, {"output0": np.array([[-1.0, 1.0]])}, **options)


def finder(*, masks: bool = False, batch: int | str = 1) -> onnx.ModelProto:
    """Return a detector by YOLOv8's layout whose one class is "bright": the box of all that is brighter than half, if anything.

    Its score is the highest brightness. With `masks` it draws them, one pixel a pixel.
    """
    index = np.arange(SIZE, dtype=np.float32)
    constants: dict[str, Array] = {
        "half": np.float32(0.5), "two": np.float32(2), "here": index, "next": index + 1, "never": np.float32(SIZE),
        "none": np.float32(0), "axis1": np.array([1]), "axis2": np.array([2]),
    }  # fmt: skip
    make = helper.make_node
    nodes = [make("ReduceMax", ["images", "axis1"], ["bright"], keepdims=0)]
    for side, axis in (("x", "axis1"), ("y", "axis2")):
        nodes += [
            make("ReduceMax", ["bright", axis], [f"{side}_all"], keepdims=0),
            make("Greater", [f"{side}_all", "half"], [f"{side}_on"]),
            make("Where", [f"{side}_on", "here", "never"], [f"{side}_begin"]),
            make("Where", [f"{side}_on", "next", "none"], [f"{side}_end"]),
            make("ReduceMin", [f"{side}_begin", "axis1"], [f"{side}_first"], keepdims=1),
            make("ReduceMax", [f"{side}_end", "axis1"], [f"{side}_last"], keepdims=1),
            make("Sub", [f"{side}_last", f"{side}_first"], [f"{side}_size"]),
            make("Add", [f"{side}_last", f"{side}_first"], [f"{side}_sum"]),
            make("Div", [f"{side}_sum", "two"], [f"{side}_centre"]),
        ]
    nodes.append(make("ReduceMax", ["x_all", "axis1"], ["score"], keepdims=1))
    columns = ["x_centre", "y_centre", "x_size", "y_size", "score"]
    if masks:
        nodes += [make("Div", ["score", "score"], ["one"]), make("Sub", ["bright", "half"], ["field"])]
        nodes.append(make("Unsqueeze", ["field", "axis1"], ["output1"]))
        columns.append("one")
    nodes += [make("Concat", columns, ["row"], axis=1), make("Unsqueeze", ["row", "axis2"], ["output0"])]
    outputs = ["output0", "output1"] if masks else ["output0"]
    return built(nodes, constants, outputs, (batch, 3, SIZE, SIZE))


def rt_detr_of_its_authors(box: tuple[float, float, float, float]) -> onnx.ModelProto:
    """Return a model that is told the picture's size and lists class 1 in `box` (shares), as sure as its input is bright."""
    constants: dict[str, Array] = {
        "labels_fixed": np.array([[1]], dtype=np.int64),
        "shares": np.array([[box]], dtype=np.float32),
        "one": np.ones((1, 1), dtype=np.float32),
    }
    nodes = [
        helper.make_node("ReduceMean", ["images"], ["mean4"], keepdims=0),
        helper.make_node("Mul", ["one", "mean4"], ["scores"]),
        helper.make_node("Cast", ["orig_target_sizes"], ["sides"], to=TensorProto.FLOAT),
        helper.make_node("Concat", ["sides", "sides"], ["all_sides"], axis=1),
        helper.make_node("Mul", ["shares", "all_sides"], ["boxes"]),
        helper.make_node("Identity", ["labels_fixed"], ["labels"]),
    ]
    return built(nodes, constants, ["labels", "boxes", "scores"], whole=("labels",), told_size=True)
