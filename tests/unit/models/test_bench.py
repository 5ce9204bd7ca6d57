from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.bench import Comparison, defect_cost, overhead
from models.predictor import Predictor

Draw = Callable[[int, int], npt.NDArray[np.uint8]]


def test_a_ratio_says_how_many_times_the_base_it_takes() -> None:
    assert Comparison(base_ms=4.0, other_ms=5.0).ratio == 1.25


def test_the_whole_takes_longer_than_the_bare_model(plate_version: Path, plate_picture: Draw) -> None:
    measured = overhead(Predictor.load(plate_version, threads=1), plate_picture(640, 480), runs=3)
    assert 0.0 < measured.base_ms < measured.other_ms


def test_the_spotted_part_has_the_defects_it_claims(plate_version: Path, plate_picture: Draw) -> None:
    cost = defect_cost(Predictor.load(plate_version, threads=1), plate_picture(640, 480), runs=2)
    assert 250 <= cost.defects <= 400
    assert cost.times.base_ms > 0.0
