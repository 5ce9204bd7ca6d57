"""Compares a registered part with the mean good part, pixel by pixel: what a network trained on photographs does not see.

Thin faint scratches and small pits on brushed metal change few pixels by little. Here each pixel's deviation is measured
by what good parts show there, the deviations are gathered in spots and lines of many sizes and directions
(`models.learning.filters`), and what each of those finds in each place is measured once more by what it finds there in good
parts. Everything is learned from good parts alone, each judged by the others (leave one out), and everything runs within
the model's graph.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from models.learning.filters import CELL_LEVEL, CELL_PX, SIDE_MULTIPLE, Bank, add_responses, banks
from models.learning.nodes import Nodes, serialised
from models.learning.thresholds import Gumbel
from models.session import FeatureSession

FloatArray = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
CLIP = 12.0
"""Deviations beyond this many standard deviations count no more: one pixel must not light up a whole spot."""
FLOOR = 0.6
"""Least standard deviation of a pixel, relative to the median one."""
EDGE_PX = 0.25
"""What registration may miss an edge by, in pixels of the input."""
SMOOTH_CELLS = 1.5
"""Deviation of the Gaussian that the variance of a filter's answers is smoothed with."""
VARIANCE_FLOOR = 0.7
"""Least variance of a filter's answers, relative to the median one."""
TAIL_CELLS, TAIL_SHARE = 9, 0.9
"""A place with a part as odd as the oddest tenth, within so many cells, is measured by it and not by the variance."""
ODD = "odd"
"""Names of the banks' maps in every graph start so, for a head that is put upon a finished model."""
FILTER_SHARE = 0.999
"""Share of good parts that each filter is to leave alone; at the score this share has, its answer is 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What good parts look like, and how much they differ.

    Attributes
    ----------
    mean
        The mean good part under even light, shape (H, W) of the model's input, in grey values.
    weight
        Shape (H, W): one over the standard deviation; 0 where the part is not.
    gains
        For each bank of filters, shape (n, h, w): what brings its answers to 1 where a good part hardly ever gets.
    held_out
        Shape (parts,): the largest value of the map for each learned part, compared with the others.
    """

    mean: FloatArray
    weight: FloatArray
    gains: tuple[FloatArray, ...]
    held_out: npt.NDArray[np.float64]

    @classmethod
    def learn(cls, pictures: Callable[[], Iterable[FloatArray]], part: Bytes, threads: int) -> "Comparison":
        """Learn from good parts.

        Parameters
        ----------
        pictures
            Called twice; gives the same pictures of shape (H, W) in grey values under even light both times.
        part
            Shape (H, W): 1 where the part is, 0 elsewhere.
        """
        statistics = _Statistics.of(pictures())
        filters = banks()
        session = _responses(part.shape, filters, threads)
        sizes = [_cells(part.shape, bank) for bank in filters]
        answers: list[list[FloatArray]] = []
        for picture in pictures():
            deviation = _deviation(picture, *statistics.without(picture), part)
            answers.append(_split(session.run(deviation[None, None]), sizes))
        gains, held_out = [], []
        for number, (count, *_) in enumerate(sizes):
            one_bank = np.stack([answer[number] for answer in answers])
            cell_px = 2 ** max(filters[number].answers_level, CELL_LEVEL)
            looked_at = _whole_cells(part, cell_px)
            fitted = [_Filter.fit(one_bank[:, one], looked_at, cell_px // CELL_PX) for one in range(count)]
            gains.append(np.stack([one.gain for one in fitted]))
            held_out += [one.held_out for one in fitted]
        mean, spread = statistics.everything()
        weight = (part / spread).astype(np.float32)
        return cls(mean, weight, tuple(gains), np.max(held_out, axis=0))

    def add(self, graph: Nodes, pixels: str) -> str:
        """Add the comparison; pixels (1, 1, H, W) under even light in, map (1, H / 4, W / 4) out, 1 where oddness begins."""
        height, width = self.mean.shape
        change = graph.add("Sub", pixels, graph.constant(self.mean[None, None]))
        change = graph.add("Mul", change, graph.constant(self.weight[None, None]))
        change = graph.add("Clip", change, graph.constant(-CLIP), graph.constant(CLIP))
        beyond = graph.constant([0, 0, 0, 0, 0, 0, -height % SIDE_MULTIPLE, -width % SIDE_MULTIPLE], np.int64)
        change = graph.add("Pad", change, beyond)
        maps: list[str] = []
        for answer, gain, bank in zip(add_responses(graph, change, banks()), self.gains, banks(), strict=True):
            odd = graph.add("Mul", answer, graph.constant(gain[None]))
            name = f"{ODD}{len(maps)}"
            odd = graph.add("ReduceMax", odd, graph.constant([1], np.int64), keepdims=1, name=name)
            if bank.answers_level > CELL_LEVEL:
                times = float(2 ** (bank.answers_level - CELL_LEVEL))
                odd = graph.add("Resize", odd, "", graph.constant([1.0, 1.0, times, times]), mode="nearest")
            maps.append(odd)
        oddest = graph.add("Squeeze", graph.add("Max", *maps), graph.constant([1], np.int64))
        ends = graph.constant([height // CELL_PX, width // CELL_PX], np.int64)
        return graph.add("Slice", oddest, graph.constant([0, 0], np.int64), ends, graph.constant([1, 2], np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class _Statistics:
    """Sums over good parts, less a first one's picture so that squares stay exact."""

    count: int
    origin: FloatArray
    total: FloatArray
    squares: FloatArray

    @classmethod
    def of(cls, pictures: Iterable[FloatArray]) -> "_Statistics":
        stream = iter(pictures)
        origin = next(stream)
        total, squares, count = np.zeros_like(origin), np.zeros_like(origin), 1
        for picture in stream:
            apart = picture - origin
            total += apart
            squares += apart**2
            count += 1
        return cls(count, origin, total, squares)

    def everything(self) -> tuple[FloatArray, FloatArray]:
        """Mean and standard deviation over all parts."""
        return _mean_and_spread(self.count, self.origin, self.total, self.squares)

    def without(self, picture: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Mean and standard deviation over all parts but this one."""
        apart = picture - self.origin
        return _mean_and_spread(self.count - 1, self.origin, self.total - apart, self.squares - apart**2)


def _mean_and_spread(
    count: int, origin: FloatArray, total: FloatArray, squares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mean, and a standard deviation that knows its neighbours', edges that registration misses, and a floor."""
    offset = total / count
    variance = np.maximum(squares / count - offset**2, 0) * (count / (count - 1))
    near = np.maximum(cv2.blur(variance, (5, 5)), cv2.blur(variance, (3, 3)))
    near = np.maximum(near, 0)  # the running sums of a blur leave less than nothing where there is no variance
    mean = np.asarray(origin + offset, dtype=np.float32)
    slope_x, slope_y = (cv2.Sobel(mean, cv2.CV_32F, dx, 1 - dx, scale=1 / 8) for dx in (1, 0))
    spread = np.sqrt(near + EDGE_PX**2 * (slope_x**2 + slope_y**2))
    return mean, np.asarray(np.maximum(spread, max(FLOOR * float(np.median(spread)), 1e-3)), dtype=np.float32)


def _deviation(picture: FloatArray, mean: FloatArray, spread: FloatArray, part: Bytes) -> FloatArray:
    """The input of the filters, as the graph computes it: clipped, with sides that the levels divide."""
    height, width = picture.shape
    change = np.clip((picture - mean) * (part / spread), -CLIP, CLIP)
    return np.pad(change, ((0, -height % SIDE_MULTIPLE), (0, -width % SIDE_MULTIPLE))).astype(np.float32)


def _padded(shape: tuple[int, ...]) -> tuple[int, int]:
    return shape[0] + -shape[0] % SIDE_MULTIPLE, shape[1] + -shape[1] % SIDE_MULTIPLE


def _cells(shape: tuple[int, ...], bank: Bank) -> tuple[int, int, int]:
    """Shape of a bank's answers to a picture of `shape`."""
    height, width = _padded(shape)
    cell_px = 2 ** max(bank.answers_level, CELL_LEVEL)
    return len(bank.kernels), height // cell_px, width // cell_px


def _whole_cells(part: Bytes, cell_px: int) -> Mask:
    """Which cells lie wholly on the part."""
    height, width = _padded(part.shape)
    padded = np.zeros((height, width), np.bool_)
    padded[: part.shape[0], : part.shape[1]] = part > 0
    return np.asarray(padded.reshape(height // cell_px, cell_px, width // cell_px, cell_px).all(axis=(1, 3)))


def _responses(shape: tuple[int, ...], filters: tuple[Bank, ...], threads: int) -> FeatureSession:
    """The filters alone: deviation in, the answers of all banks in one row out."""
    graph = Nodes()
    row = graph.constant([1, -1], np.int64)
    rows = [graph.add("Reshape", answer, row) for answer in add_responses(graph, "image", filters)]
    graph.add("Concat", *rows, axis=1, name="answers")
    deviation = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, *_padded(shape)])
    answers = helper.make_tensor_value_info("answers", TensorProto.FLOAT, [1, None])
    return FeatureSession.load(serialised(graph.model("filters", [deviation], [answers], {})), threads=threads)


def _split(row: FloatArray, sizes: list[tuple[int, int, int]]) -> list[FloatArray]:
    ends = np.cumsum([np.prod(size) for size in sizes])[:-1]
    return [piece.reshape(size) for piece, size in zip(np.split(row[0], ends), sizes, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class _Filter:
    """One filter's gain, shape (h, w), and the largest gained answer of each held-out part."""

    gain: FloatArray
    held_out: npt.NDArray[np.float64]

    @classmethod
    def fit(cls, answers: FloatArray, looked_at: Mask, coarser: int) -> "_Filter":
        """Fit to the answers (parts, h, w) of parts that were each compared with the others."""
        count = len(answers)
        if not looked_at.any():
            return cls(np.zeros(looked_at.shape, np.float32), np.zeros(count))
        squares = (answers**2).sum(axis=0)
        second, largest = np.partition(answers, count - 2, axis=0)[-2:]
        scores = np.empty(count)
        for number, answer in enumerate(answers):
            others = np.where(answer >= largest, second, largest)
            usual = _usual((squares - answer**2) / (count - 1), others, looked_at, coarser)
            scores[number] = float((answer / usual)[looked_at].max())
        limit = Gumbel.fit(scores).quantile(FILTER_SHARE)
        gain = looked_at / (_usual(squares / count, largest, looked_at, coarser) * limit)
        return cls(gain.astype(np.float32), scores / limit)


def _usual(variance: FloatArray, largest: FloatArray, looked_at: Mask, coarser: int) -> FloatArray:
    """How large a filter's answer usually is in each cell: by its variance, or by the largest where that says more.

    `coarser` is how many of the map's cells one of these cells is wide.
    """
    smooth = cv2.GaussianBlur(variance, (0, 0), max(SMOOTH_CELLS / coarser, 0.5))
    smooth = np.maximum(smooth, 0.8 * cv2.dilate(smooth, np.ones((3, 3), np.uint8)))
    usual = np.sqrt(np.maximum(smooth, max(VARIANCE_FLOOR * float(np.median(smooth[looked_at])), 1e-9)))
    reach = max(TAIL_CELLS // coarser, 3)
    tail = cv2.dilate(largest / usual, np.ones((reach, reach), np.uint8))
    return np.asarray(usual * np.maximum(tail / np.quantile(tail[looked_at], TAIL_SHARE), 1), dtype=np.float32)
