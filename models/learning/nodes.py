"""Writes ONNX graphs node by node: names, constants and the model around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

OPSET = 18
IR_VERSION = 9


@dataclass(slots=True)
class Nodes:
    """A graph being written; every call adds to it and returns the name of the new value.

    `prefix` starts every name that this writer gives, so that two graphs can be joined.
    """

    prefix: str = ""
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, value: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        """Add a constant of the given type."""
        name = f"{self.prefix}c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype=dtype), name))
        return name

    def add(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """Add one operator with one output; `name` names the output."""
        output = name or f"{self.prefix}n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def outputs(self, kind: str, *inputs: str, count: int, **attributes: Any) -> list[str]:
        """Add one operator with several outputs."""
        names = [f"{self.prefix}n{len(self.nodes)}_{index}" for index in range(count)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=names[0], **attributes))
        return names

    def extend(self, model: ModelProto) -> None:
        """Take over another model's nodes and constants; the prefixes must differ."""
        self.nodes.extend(model.graph.node)
        self.constants.extend(model.graph.initializer)

    def model(
        self, name: str, inputs: Sequence[ValueInfoProto], outputs: Sequence[ValueInfoProto], about: Mapping[str, str]
    ) -> ModelProto:
        """Close the graph: one model with its inputs, outputs and metadata."""
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.constants)
        model = helper.make_model(
            graph,
            producer_name="inspection-station",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET)],
        )
        helper.set_model_props(model, dict(about))
        return model


def serialised(model: ModelProto) -> bytes:
    """Return the model's bytes, the same for the same model."""
    return bytes(model.SerializeToString(deterministic=True))
