"""Takes the drift of the light out of a picture before anything is compared: its gain and its slope across the picture.

The light of a line drifts over hours, and thirty parts see little of that. The ratio of a picture to the mean good part is
fitted by a plane, on means of squares, by least squares; the picture is divided by the plane. A defect is small beside
the picture and moves the plane by next to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from models.learning.nodes import Nodes

Bytes = npt.NDArray[np.uint8]
SQUARE = 16
"""Side in pixels of the squares whose means are compared; every input side is a multiple of it."""
BLACK = 20.0
"""Grey value below which all is black: there 8 bits are steps, and a step that drifting light moves looks like an edge."""
GAIN = (0.25, 4.0)
"""Beyond these the light is not equalised: such a picture is to look abnormal."""


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """The fit for pictures of (height, width) pixels.

    `solve` of shape (squares, 3) float32 gives the plane's offset and its slopes along x and y, each over -1 to 1.
    """

    height: int
    width: int
    solve: npt.NDArray[np.float32]

    @classmethod
    def from_images(cls, images: Sequence[Bytes]) -> "Light":
        """Fit to good parts of shape (H, W) or (H, W, 3), sides multiples of `SQUARE`."""
        height, width = images[0].shape[:2]
        mean = np.mean([_squares(image) for image in images], axis=0)
        y, x = np.meshgrid(_ramp(height, SQUARE), _ramp(width, SQUARE), indexing="ij")
        plane = np.stack([np.ones_like(x), x, y], axis=-1).reshape(-1, 3)
        solve = np.linalg.pinv(plane * mean.reshape(-1, 1), rcond=1e-6).T
        return cls(height, width, solve.astype(np.float32))

    def add(self, graph: Nodes, pixels: str) -> str:
        """Add the equalisation of a value of shape (1, C, H, W) float32; return the equalised one."""
        squares = graph.add("AveragePool", pixels, kernel_shape=[SQUARE] * 2, strides=[SQUARE] * 2)
        row = graph.add("Reshape", grey(graph, squares), graph.constant([1, -1], np.int64))
        fitted = graph.add("MatMul", row, graph.constant(self.solve))
        ones, along_x, along_y = graph.outputs("Split", fitted, axis=1, num_outputs=3, count=3)
        x = graph.add("Mul", along_x, graph.constant(_ramp(self.width, 1).reshape(1, 1, 1, -1)))
        y = graph.add("Mul", along_y, graph.constant(_ramp(self.height, 1).reshape(1, 1, -1, 1)))
        plane = graph.add("Add", graph.add("Add", x, ones), y)
        even = graph.add("Div", pixels, graph.add("Clip", plane, *(graph.constant(limit) for limit in GAIN)))
        return graph.add("Max", even, graph.constant(BLACK))


def _squares(image: Bytes) -> npt.NDArray[np.float32]:
    grey = image if image.ndim == 2 else image.mean(axis=2)
    size = (image.shape[1] // SQUARE, image.shape[0] // SQUARE)
    return np.asarray(cv2.resize(grey.astype(np.float32), size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def grey(graph: Nodes, value: str) -> str:
    """Add the mean of a value's channels: (1, C, H, W) in, (1, 1, H, W) out."""
    return graph.add("ReduceMean", value, graph.constant([1], np.int64), keepdims=1)


def _ramp(side: int, step: int) -> npt.NDArray[np.float32]:
    """Centres of the steps along a side, the side running from -1 to 1."""
    count = side // step
    return ((np.arange(count) + 0.5) * (2.0 / count) - 1.0).astype(np.float32)
