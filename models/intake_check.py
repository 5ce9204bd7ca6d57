"""The process that opens a stranger's model first: `python -m models.intake_check MEMORY_BYTES CPU_SECONDS`.

It takes one line of JSON and the bytes of the model on stdin, limits itself before it looks at them, and prints one JSON object:
the manifest, or the reason of a refusal.
"""

import hashlib
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError  # it has no types
from pydantic import ValidationError

from models.decoders.boxes import FloatArray
from models.errors import ModelError
from models.foreign import ForeignSession, check_shapes
from models.manifest import ForeignManifest
from models.preprocess import encode
from models.session import Network
from models.understanding import (
    Exported,
    Sidecar,
    classes_of,
    head_of,
    input_of,
    outputs_of,
    settings_of,
    task_of,
)

DOMAINS = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
"""Operators that onnxruntime brings with it."""
SUM_TOLERANCE = 0.01


def main() -> None:
    """Check one model."""
    memory_bytes, cpu_s = map(int, sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    request = json.loads(sys.stdin.buffer.readline())
    try:
        manifest = check(sys.stdin.buffer.read(), request["name"], request["created"], Sidecar(**request["sidecar"]))
        answer = {"manifest": manifest.model_dump_json()}
    except ModelError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": f"it needs more than {memory_bytes >> 20} MiB of memory"}
    sys.stdout.write(json.dumps(answer) + "\n")


def check(data: bytes, name: str, created: str, sidecar: Sidecar) -> ForeignManifest:
    """Return the manifest of a model that can be used here. Raises `ModelError` with the reason for one that cannot."""
    check_file(data)
    network = Network.load(data)
    exported = Exported.read(network.metadata)
    spec, origin = input_of(network, exported, sidecar)
    tried = _tried(network, spec, sidecar)
    shapes = [output.shape for output in tried]
    adds_to_one = float(tried[0].min(initial=0)) >= 0 and abs(float(tried[0].sum()) - 1) < SUM_TOLERANCE
    head = sidecar.head or head_of(shapes, (spec["width"], spec["height"]), exported, adds_to_one=adds_to_one)
    origin["head"] = "sidecar" if sidecar.head else "shape"
    classes, origin["classes"] = classes_of(head, shapes, exported, sidecar)
    rest, of_input, thresholds, where = settings_of(head, classes, exported, sidecar)
    document = {
        "name": name,
        "version": "1",
        "task": task_of(head),
        "created": created,
        "model_sha256": hashlib.sha256(data).hexdigest(),
        "head": head,
        "input": spec | of_input,
        "outputs": outputs_of(head, network, sidecar),
        "classes": classes,
        "thresholds": thresholds,
        "understood": origin | where,
    }
    try:
        manifest = ForeignManifest.model_validate_json(json.dumps(document | rest))
    except ValidationError as error:
        raise ModelError(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from error
    prove(data, manifest)
    return manifest


def _tried(network: Network, spec: dict[str, Any], sidecar: Sidecar) -> list[FloatArray]:
    """Return what the model answers for an input of one value. Raises `ModelError` if it lacks an output or fails."""
    have = [one.name for one in network.outputs]
    names = sidecar.outputs or tuple(have)
    if missing := [name for name in names if name not in have]:
        raise ModelError(f"it has no output {missing[0]!r}; there are {have}")
    sides = (3, spec["height"], spec["width"]) if spec["layout"] == "NCHW" else (spec["height"], spec["width"], 3)
    return network.run(spec["name"], np.full((1, *sides), 0.5).astype(spec["dtype"]), names)


def prove(data: bytes, manifest: ForeignManifest) -> None:
    """Let the model answer for a grey picture and for noise, as it will on the line. Raises `ModelError`."""
    session = ForeignSession.load(data, manifest)
    noise = np.random.default_rng(0).integers(0, 256, (1, session.height, session.width, 3), dtype=np.uint8)
    outputs = session.network.run(manifest.input.name, encode(noise, manifest.input), manifest.outputs)
    check_shapes([output.shape for output in outputs], manifest)
    session.run(noise)
    session.warm_up()


def check_file(data: bytes) -> None:
    """Raise `ModelError` for a file that is no ONNX, names other files or needs operators of its own."""
    try:
        model = onnx.load_model_from_string(data)
    except (DecodeError, ValueError) as error:
        raise ModelError("it is no ONNX file") from error
    if not model.graph.node:
        raise ModelError("it is no ONNX file with a graph")
    own = {function.domain for function in model.functions}
    for graph in _graphs(model):
        for tensor in graph.initializer:
            if tensor.data_location == onnx.TensorProto.EXTERNAL:
                raise ModelError(f"its tensor {tensor.name!r} is kept in another file; export it as one file")
        for node in graph.node:
            if node.domain not in DOMAINS | own:
                raise ModelError(
                    f"its operator {node.op_type} of {node.domain} is no operator of ONNX; export it without"
                )


def _graphs(model: onnx.ModelProto) -> Iterator[onnx.GraphProto]:
    """Yield the graph and every graph within it."""
    waiting = [model.graph]
    while waiting:
        graph = waiting.pop()
        yield graph
        for node in graph.node:
            for attribute in node.attribute:
                waiting += [attribute.g] if attribute.HasField("g") else []
                waiting += attribute.graphs
                if attribute.t.data_location == onnx.TensorProto.EXTERNAL:
                    raise ModelError(
                        f"a tensor of its node {node.name!r} is kept in another file; export it as one file"
                    )


if __name__ == "__main__":
    main()
