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

from models.errors import ModelError
from models.exporters import Exported
from models.foreign import SIZE_TYPES, ForeignSession
from models.heads import task_of
from models.manifest import ForeignManifest
from models.recognition import Tried, read_by, recognised
from models.session import Network
from models.understanding import Sidecar, classes_of, input_of, settings_of

DOMAINS = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
"""Operators that onnxruntime brings with it."""
REAL = {"tensor(float)", "tensor(double)", "tensor(float16)"}
WHOLE = {f"tensor({kind}int{bits})" for kind in ("", "u") for bits in (8, 16, 32, 64)}


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
    if sidecar.head:
        head, outputs, origin["head"] = sidecar.head, read_by(sidecar.head, tried, sidecar.outputs), "sidecar"
    else:
        head, outputs = recognised(tried, exported, sidecar.outputs)
        origin["head"] = "metadata" if exported.heads else "shape"
    classes, origin["classes"] = classes_of(head, tried.shapes(outputs), exported, sidecar)
    settings = settings_of(head, outputs, classes, exported, sidecar)
    document = {
        "name": name,
        "version": "1",
        "task": task_of(head),
        "created": created,
        "model_sha256": hashlib.sha256(data).hexdigest(),
        "head": head,
        "input": spec | settings.of("colour", "fit", "shrink", "pad", "scale", "mean", "std", "bits"),
        "outputs": outputs,
        "classes": classes,
        "thresholds": settings.of("low", "high", "outline"),
        "understood": origin | settings.origin,
    }
    try:
        rest = settings.of("good", "nms_iou", "tiles", "anomaly")
        manifest = ForeignManifest.model_validate_json(json.dumps(document | rest))
    except ValidationError as error:
        raise ModelError(_wrong(error)) from error
    prove(data, manifest)
    return manifest


def _wrong(error: ValidationError) -> str:
    """Return what is wrong first, with the key of the sidecar that puts it right where there is one."""
    first = error.errors()[0]
    keys = [str(part) for part in first["loc"] if str(part) in Sidecar.model_fields]
    said = str(first["msg"]).removeprefix("Value error, ")
    return f"{keys[-1]}: {said}; give it in a sidecar" if keys else said


def _tried(network: Network, spec: dict[str, Any], sidecar: Sidecar) -> Tried:
    """Return what the model answers for an input of one value. Raises `ModelError` if it lacks an output or fails."""
    have = {one.name: one.type for one in network.outputs}
    if missing := [name for name in sidecar.outputs or () if name not in have]:
        raise ModelError(f"it has no output {missing[0]!r}; there are {list(have)}; correct the sidecar's `outputs`")
    numbers = tuple(name for name in sidecar.outputs or have if have[name] in REAL | WHOLE)
    if not numbers:
        raise ModelError(f"none of its outputs {list(have)} holds numbers; export it anew")
    size = spec["width"], spec["height"]
    sides = (3, *size[::-1]) if spec["layout"] == "NCHW" else (*size[::-1], 3)
    tensors = {spec["name"]: np.full((1, *sides), 0.5).astype(spec["dtype"])}
    if spec["size_name"]:
        kind = next(one.type for one in network.inputs if one.name == spec["size_name"])
        tensors[spec["size_name"]] = np.array([size], dtype=SIZE_TYPES[kind])
    answers = dict(zip(numbers, network.run_all(tensors, numbers), strict=True))
    whole = frozenset(name for name in numbers if have[name] in WHOLE)
    return Tried(answers, whole, size, told_size=spec["size_name"] is not None)


def prove(data: bytes, manifest: ForeignManifest) -> None:
    """Let the model answer for a grey picture and for noise, as it will on the line. Raises `ModelError`."""
    session = ForeignSession.load(data, manifest)
    noise = np.random.default_rng(0).integers(0, 256, (1, session.height, session.width, 3), dtype=np.uint8)
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
