"""Patch features: what the backbone sees around each cell of a grid over the picture.

As PatchCore (K. Roth et al., CVPR 2022) and PaDiM (T. Defard et al., ICPR 2020) do: intermediate stages, averaged over 3 x 3
cells, the coarser stage brought to the finer one's grid, concatenated.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, ValueInfoProto, helper

from models.learning.backbone import INPUT, STAGES, for_grey
from models.learning.light import Light, grey
from models.learning.nodes import Nodes, serialised
from models.session import FeatureSession

Bytes = npt.NDArray[np.uint8]
Features = npt.NDArray[np.float16]
"""Shape (parts, h, w, CHANNELS) or (h, w, CHANNELS), float16."""

FINE, COARSE = 2, 4
"""Stages taken: edges and texture at stride 8, structure at stride 16."""
STRIDE = STAGES[FINE][1]
CHANNELS = STAGES[FINE][0] + STAGES[COARSE][0]
PATCHES = "patches"
"""Name of the features in every graph, for a head that is put upon a finished model."""


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """Everything from the picture to the features: the part of the graph that is the same for every head.

    Attributes
    ----------
    height, width
        Of the input in pixels, multiples of 16.
    grey
        The picture's channels are all equal; one of them is looked at.
    light
        Equalises the light; None leaves the picture as it is.
    shrink
        Input pixels a side that become one pixel of the backbone.
    """

    trunk: ModelProto
    height: int
    width: int
    grey: bool
    light: Light | None
    shrink: int = 1

    @property
    def grid(self) -> tuple[int, int]:
        """Height and width in cells."""
        return self.height // self.cell_px, self.width // self.cell_px

    @property
    def cell_px(self) -> int:
        """Side of a cell in pixels of the input."""
        return STRIDE * self.shrink

    def add_pixels(self, graph: Nodes) -> str:
        """Add what turns `image` uint8 (1, H, W, 3) into pixels (1, C, H, W) float32 under even light; C is 1 or 3."""
        pixels = "image"
        if self.grey:
            first, last, axis = ([0], [1], [3])
            pixels = graph.add("Slice", pixels, *(graph.constant(one, np.int64) for one in (first, last, axis)))
        pixels = graph.add("Transpose", graph.add("Cast", pixels, to=TensorProto.FLOAT), perm=[0, 3, 1, 2])
        return pixels if self.light is None else self.light.add(graph, pixels)

    def add(self, graph: Nodes, pixels: str) -> str:
        """Add everything from pixels (1, C, H, W) to features of shape (1, CHANNELS, h, w)."""
        if self.shrink > 1:
            pixels = graph.add("AveragePool", pixels, kernel_shape=[self.shrink] * 2, strides=[self.shrink] * 2)
        graph.add("Identity", pixels, name=INPUT)
        graph.extend(for_grey(self.trunk) if self.grey else self.trunk)
        fine = _pooled(graph, f"stage{FINE}")
        ratio = float(STAGES[COARSE][1] // STAGES[FINE][1])
        scales = graph.constant([1.0, 1.0, ratio, ratio])
        coarse = graph.add("Resize", _pooled(graph, f"stage{COARSE}"), "", scales, mode="linear")
        return graph.add("Concat", fine, coarse, axis=1, name=PATCHES)

    def image_info(self) -> ValueInfoProto:
        """Return the declaration of the input."""
        return helper.make_tensor_value_info("image", TensorProto.UINT8, [1, self.height, self.width, 3])


@dataclass(frozen=True, slots=True, eq=False)
class Extractor:
    """Computes features of pictures; quick enough to do once a picture, too slow to do twice."""

    front: Front
    session: FeatureSession

    @classmethod
    def load(cls, front: Front) -> "Extractor":
        """Make the extractor's model and load it; a picture takes one thread, and several may be looked at at once."""
        graph = Nodes()
        graph.add("Transpose", front.add(graph, front.add_pixels(graph)), perm=[0, 2, 3, 1], name="features")
        features = helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, *front.grid, CHANNELS])
        model = graph.model("features", [front.image_info()], [features], {})
        return cls(front, FeatureSession.load(serialised(model), threads=1))

    def features(self, image: Bytes) -> Features:
        """Return the features, shape (h, w, CHANNELS), of a picture of shape (H, W) or (H, W, 3)."""
        features: Features = self.session.run(_rgb(image))[0].astype(np.float16)
        return features


@dataclass(frozen=True, slots=True, eq=False)
class Equaliser:
    """Takes the drift of the light out of pictures as the model does."""

    session: FeatureSession

    @classmethod
    def load(cls, front: Front, threads: int) -> "Equaliser":
        """Make the equaliser's model and load it."""
        graph = Nodes()
        graph.add("Identity", grey(graph, front.add_pixels(graph)), name="pixels")
        pixels = helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1, 1, front.height, front.width])
        model = graph.model("equaliser", [front.image_info()], [pixels], {})
        return cls(FeatureSession.load(serialised(model), threads=threads))

    def equalised(self, image: Bytes) -> npt.NDArray[np.float32]:
        """Return a picture of shape (H, W) or (H, W, 3) as grey values of shape (H, W) under even light."""
        return np.asarray(self.session.run(_rgb(image))[0, 0])


def _rgb(image: Bytes) -> Bytes:
    return (image if image.ndim == 3 else np.repeat(image[:, :, None], 3, axis=2))[None]


def _pooled(graph: Nodes, stage: str) -> str:
    return graph.add("AveragePool", stage, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1])
