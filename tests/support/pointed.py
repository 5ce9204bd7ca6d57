"""A tiny pair of models that can be pointed with, as Segment Anything is exported: it finds what is as bright as the prompt."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 256
"""Of the encoder's input."""
STRIDE = 2
CELLS = SIDE // STRIDE
NEAR = 0.5
"""How much brightness may differ from that at the prompt, in standard deviations of natural pictures."""
PROMPTS: dict[str, list[int | str]] = {
    "image_embeddings": [1, 1, CELLS, CELLS],
    "point_coords": [1, "points", 2],
    "point_labels": [1, "points"],
    "mask_input": [1, 1, CELLS, CELLS],
    "has_mask_input": [1],
    "orig_im_size": [2],
}


def encoder(shape: tuple[int | str, ...] = (1, 3, SIDE, SIDE), kind: int = TensorProto.FLOAT) -> bytes:
    """Return an encoder whose features are the picture's mean brightness, at half its resolution."""
    nodes = [
        helper.make_node("ReduceMean", ["image", "channel"], ["grey"], keepdims=1),
        helper.make_node(
            "AveragePool", ["grey"], ["image_embeddings"], kernel_shape=[STRIDE] * 2, strides=[STRIDE] * 2
        ),
    ]
    if kind != TensorProto.FLOAT:
        nodes[0].input[0] = "real"
        nodes.insert(0, helper.make_node("Cast", ["image"], ["real"], to=TensorProto.FLOAT))
    constants = {"channel": np.array([1], dtype=np.int64)}
    return _model(nodes, {"image": list(shape)}, ["image_embeddings"], constants, {"image": kind})


def decoder(
    prompts: dict[str, list[int | str]] | None = None,
    outputs: tuple[str, ...] = ("masks", "iou_predictions", "low_res_masks"),
    bias: float = 0.0,
) -> bytes:
    """Return a decoder: logits are above 0 where the features are within `NEAR` of those at the first point.

    The mean at the prompt is read with `GatherND` from the cell that the point lies in. `bias` is added to the logits.
    """
    constants = {
        "stride": np.array([STRIDE], dtype=np.float32),
        "first": np.array([0], dtype=np.int64),
        "flip": np.array([1, 0], dtype=np.int64),
        "zero2": np.array([0, 0], dtype=np.int64),
        "near": np.array([NEAR + bias], dtype=np.float32),
        "steep": np.array([40.0], dtype=np.float32),
        "sure": np.ones((1, 1), dtype=np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["point_coords", "first"], ["one"], axis=1),  # (1, 1, 2), x before y
        helper.make_node("Div", ["one", "stride"], ["cell"]),
        helper.make_node("Floor", ["cell"], ["floor"]),
        helper.make_node("Gather", ["floor", "flip"], ["row_first"], axis=2),
        helper.make_node("Reshape", ["row_first", "two"], ["row_column"]),
        helper.make_node("Cast", ["row_column"], ["place"], to=TensorProto.INT64),
        helper.make_node("Concat", ["zero2", "place"], ["index"], axis=0),
        helper.make_node("GatherND", ["image_embeddings", "index"], ["here"]),
        helper.make_node("Sub", ["image_embeddings", "here"], ["differs"]),
        helper.make_node("Abs", ["differs"], ["distance"]),
        helper.make_node("Sub", ["near", "distance"], ["above"]),
        helper.make_node("Mul", ["above", "steep"], ["logits"]),
    ]
    constants["two"] = np.array([2], dtype=np.int64)
    nodes += [
        helper.make_node("Identity", ["sure" if name == "iou_predictions" else "logits"], [name]) for name in outputs
    ]
    return _model(nodes, prompts or PROMPTS, list(outputs), constants)


def put_pair(folder: Path, encoder_file: bytes | None = None, decoder_file: bytes | None = None) -> tuple[Path, Path]:
    """Write both files; by default the pair that works."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "encoder.onnx", folder / "decoder.onnx"
    paths[0].write_bytes(encoder() if encoder_file is None else encoder_file)
    paths[1].write_bytes(decoder() if decoder_file is None else decoder_file)
    return paths


def _model(
    nodes: list[onnx.NodeProto],
    inputs: dict[str, list[Any]],
    outputs: list[str],
    constants: dict[str, Any],
    kinds: dict[str, int] | None = None,
) -> bytes:
    graph = helper.make_graph(
        nodes,
        "pointed",
        [
            helper.make_tensor_value_info(name, (kinds or {}).get(name, TensorProto.FLOAT), shape)
            for name, shape in inputs.items()
        ],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(made.SerializeToString())
