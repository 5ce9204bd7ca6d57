"""Packed pixels are unpacked no slower than the best that was measured beside it: harvesters' own unpacking."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from harvesters.util.pfnc import Dictionary

from camera.unpack import picture_bytes, unpack

WIDTH, HEIGHT = 2448, 2048
ROUNDS = 7


def fastest_s(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.bench
@pytest.mark.parametrize("name", ["Mono12p", "BayerRG10p", "Mono12Packed"])
def test_unpacking_is_no_slower_than_that_of_harvesters(name: str) -> None:
    data = np.random.default_rng(0).integers(0, 256, picture_bytes(name, WIDTH, HEIGHT), np.uint8)
    theirs = Dictionary.get_proxy(symbolic=name)
    ours_s, baseline_s = fastest_s(lambda: unpack(data, name, WIDTH, HEIGHT)), fastest_s(lambda: theirs.expand(data))
    assert ours_s <= baseline_s, f"{ours_s / baseline_s:.2f} times harvesters"
