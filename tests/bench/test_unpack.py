"""Packed pixels are unpacked no slower than the best that was measured beside it: harvesters' own unpacking."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from harvesters.util.pfnc import Dictionary

from camera.unpack import picture_bytes, unpack

WIDTH, HEIGHT = 2448, 2048
ROUNDS = 15


def fastest_s(*works: Callable[[], object]) -> list[float]:
    """Return what each takes at its best, in turns: what else the machine does then meets all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]


@pytest.mark.bench
@pytest.mark.parametrize("name", ["Mono12p", "BayerRG10p", "Mono12Packed"])
def test_unpacking_is_no_slower_than_that_of_harvesters(name: str) -> None:
    data = np.random.default_rng(0).integers(0, 256, picture_bytes(name, WIDTH, HEIGHT), np.uint8)
    theirs = Dictionary.get_proxy(symbolic=name)
    ours_s, baseline_s = fastest_s(lambda: unpack(data, name, WIDTH, HEIGHT), lambda: theirs.expand(data))
    assert ours_s <= baseline_s, f"{ours_s / baseline_s:.2f} times harvesters"
