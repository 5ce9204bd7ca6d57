"""What is usual at each cell: turns a head's distances into deviations from what held-out good parts show there.

A hole's edge differs more from part to part than plain metal; one threshold for both would be blind at one of them. Mean and
deviation come from parts the head had not learned from, are smoothed over neighbouring cells, and the deviation has a floor.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from models.learning.nodes import Nodes

FloatArray = npt.NDArray[np.float32]
BLUR_CELLS = 0.5
"""Deviation of the Gaussian that the map is smoothed with."""
MEAN_CELLS, SPREAD_CELLS = 1.5, 3.0
"""Over how many cells mean and deviation are smoothed: each rests on as many values as parts otherwise."""
FLOOR = 0.25
"""Least deviation, relative to the median one."""
NETWORK_MAP = "network_map"
"""Name of the map in every graph, for a head that is put upon a finished model."""


@dataclass(frozen=True, slots=True, eq=False)
class Tolerance:
    """`centre`, `spread` and `seen` have shape (h, w); `seen` is 0 where a cell lay outside some learned picture, else 1."""

    centre: FloatArray
    spread: FloatArray
    seen: FloatArray

    @classmethod
    def per_cell(cls, held_out: FloatArray, seen: FloatArray) -> "Tolerance":
        """Fit to the distances (parts, h, w) of parts that the head did not learn from."""
        smooth = np.stack([blurred(one) for one in held_out])
        centre = _smoothed(smooth.mean(axis=0), MEAN_CELLS)
        spread = np.sqrt(_smoothed(smooth.var(axis=0, ddof=1), SPREAD_CELLS))
        return cls(centre, np.maximum(spread, FLOOR * np.median(spread[seen > 0])), seen)

    @classmethod
    def everywhere(cls, held_out: FloatArray, seen: FloatArray) -> "Tolerance":
        """Fit one mean and one deviation for all cells: for pictures in which no place is like itself."""
        smooth = np.stack([blurred(one) for one in held_out])[:, seen > 0]
        shape = held_out.shape[1:]
        centre = np.full(shape, smooth.mean(), np.float32)
        return cls(centre, np.full(shape, smooth.std(), np.float32), seen)

    def apply(self, distances: FloatArray) -> FloatArray:
        """Return the anomaly maps (parts, h, w) for distances (parts, h, w)."""
        smooth = np.stack([blurred(one) for one in distances])
        maps: FloatArray = np.maximum((smooth - self.centre) / self.spread, 0) * self.seen
        return maps

    def add(self, graph: Nodes, distances: str) -> str:
        """Add the same to a graph; (1, h, w) in and out."""
        kernel = np.outer(_kernel(), _kernel())[None, None]
        reach = len(_kernel()) // 2
        pads = graph.constant([0, 0, reach, reach, 0, 0, reach, reach], np.int64)
        first = graph.constant([0], np.int64)
        planes = graph.add("Pad", graph.add("Unsqueeze", distances, first), pads, mode="edge")
        smooth = graph.add("Squeeze", graph.add("Conv", planes, graph.constant(kernel)), first)
        above = graph.add("Sub", smooth, graph.constant(self.centre[None]))
        deviation = graph.add("Mul", above, graph.constant((self.seen / self.spread)[None]))
        return graph.add("Relu", deviation, name=NETWORK_MAP)


def blurred(distances: FloatArray) -> FloatArray:
    """Return one map (h, w) smoothed as the model smooths it."""
    kernel = _kernel()
    smooth = cv2.sepFilter2D(distances, -1, kernel, kernel, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(smooth, dtype=np.float32)


def _kernel() -> FloatArray:
    return np.asarray(cv2.getGaussianKernel(5, BLUR_CELLS, cv2.CV_32F)[:, 0], dtype=np.float32)


def _smoothed(grid: FloatArray, cells: float) -> FloatArray:
    smooth = cv2.GaussianBlur(grid, (0, 0), cells, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(smooth, dtype=np.float32)
