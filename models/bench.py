"""How much a whole prediction costs beside the bare model, and whether many defects cost more than none; in one run each.

The two sides of a ratio take turns, picture by picture, so that whatever else the machine does hits both.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.prediction import Prediction
from models.predictor import Predictor
from models.session import Answer

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians of two things measured in turn, in milliseconds."""

    base_ms: float
    other_ms: float

    @property
    def ratio(self) -> float:
        """How many times the base the other takes."""
        return self.other_ms / self.base_ms


@dataclass(frozen=True, slots=True)
class DefectCost:
    """The whole prediction for a part without defects (base) and with `defects` outlined ones (other)."""

    times: Comparison
    defects: int


def overhead(predictor: Predictor, pixels: Bytes, runs: int = 30) -> Comparison:
    """Compare onnxruntime's bare run on an input that is ready (base) with the whole `predict` of the picture (other)."""
    image, _ = predictor.prepare(pixels)
    return _in_turn(predictor.session.bare(image), lambda: predictor.predict(pixels), runs)


def defect_cost(
    predictor: Predictor,
    pixels: Bytes,
    defects: int = 300,
    runs: int = 30,
    then: Callable[[Prediction], object] = lambda prediction: prediction,
) -> DefectCost:
    """Compare the whole prediction where the model finds nothing (base) and where it finds many defects (other).

    `then` is what is done with each prediction, and counts.

    The model runs on the picture as ever; its heat map is then exchanged for a clean one, or one with spots all over (a
    few more than asked for, since some lie where the part's pose leaves no picture).
    """
    image, placement = predictor.prepare(pixels)
    shape = predictor.session.run(image).anomaly_map.shape
    limits = predictor.manifest.thresholds
    good = limits.low - max(1.0, abs(limits.low))
    bad = max(limits.high, limits.outline or limits.low) + max(1.0, abs(limits.high))
    clean = Answer(good, np.full(shape, good, dtype=np.float32))
    spotted = Answer(bad, _spots((shape[0], shape[1]), round(1.2 * defects), good, bad))

    def judge(answer: Answer) -> None:
        ready, place = predictor.prepare(pixels)
        predictor.session.run(ready)
        then(predictor.interpret(answer, place))

    times = _in_turn(lambda: judge(clean), lambda: judge(spotted), runs)
    return DefectCost(times, len(predictor.interpret(spotted, placement).defects))


def _spots(shape: tuple[int, int], count: int, good: float, bad: float) -> npt.NDArray[np.float32]:
    """Return a map of `shape` with about `count` separate spots on a grid."""
    pitch = max(3, int((shape[0] * shape[1] / count) ** 0.5))
    rows = (np.arange(shape[0]) % pitch < pitch // 2)[:, None]
    columns = (np.arange(shape[1]) % pitch < pitch // 2)[None, :]
    return np.where(rows & columns, np.float32(bad), np.float32(good))


def _in_turn(base: Callable[[], object], other: Callable[[], object], runs: int) -> Comparison:
    times_ms: dict[Callable[[], object], list[float]] = {base: [], other: []}
    base()
    other()
    for _ in range(runs):
        for work, spent in times_ms.items():
            begin = time.perf_counter()
            work()
            spent.append(1e3 * (time.perf_counter() - begin))
    return Comparison(statistics.median(times_ms[base]), statistics.median(times_ms[other]))
