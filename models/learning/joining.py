"""Joins finished graphs into one file: a head put upon a finished model, or several models that vote."""

from collections.abc import Collection

import onnx
from onnx import ModelProto

IMAGE = "image"


def renamed(model: ModelProto, prefix: str, kept: Collection[str] = (IMAGE,)) -> ModelProto:
    """Return a copy of a model with `prefix` before the name of every value but those kept."""
    copy = ModelProto()
    copy.CopyFrom(model)
    graph = copy.graph
    for node in graph.node:
        node.name = prefix + node.name
        for names in (node.input, node.output):
            names[:] = [name if not name or name in kept else prefix + name for name in names]
    for value in (*graph.initializer, *graph.output, *graph.value_info):
        value.name = prefix + value.name
    return copy


def parsed(data: bytes) -> ModelProto:
    """Return the model of a file that this station wrote."""
    return onnx.load_model_from_string(data)
