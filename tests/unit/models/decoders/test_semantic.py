"""Semantic heads: scores against a slow softmax, outlines against shapes whose place and size are known."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.decoders import semantic
from models.decoders.boxes import Limits
from models.errors import ModelError

Array = npt.NDArray[Any]
SIZE = (64, 64)


def disc(x: float, y: float, radius: float, stride: int) -> Array:
    """Return how far within a disc each place of a map of the stride is, in input pixels."""
    rows, columns = np.mgrid[: SIZE[1] // stride, : SIZE[0] // stride] * stride + (stride - 1) / 2
    return np.asarray(radius - np.hypot(columns - x, rows - y))


@given(st.floats(24, 40), st.floats(24, 40), st.floats(9, 18), st.sampled_from([1, 2, 4]))
@settings(max_examples=40, deadline=None)
def test_a_disc_is_outlined_to_a_fraction_of_a_pixel(x: float, y: float, radius: float, stride: int) -> None:
    field = disc(x, y, radius, stride)
    found = semantic.decode_scores(
        np.stack([-field, field])[None].astype(np.float32), Limits((1,), 0.25, 0.5), SIZE, logits=True
    )
    assert found.outlines is not None
    (outline,) = found.outlines
    distances = np.hypot(*(outline.outline - [x, y]).T)
    np.testing.assert_allclose(distances, radius, atol=0.15 * stride)
    assert outline.area_px == pytest.approx(math.pi * radius**2, rel=0.02 * stride)
    np.testing.assert_allclose(found.boxes[0], outline.bounds, atol=1e-4)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(2, 14), st.integers(2, 14), st.sampled_from([1, 4]))
@settings(max_examples=40, deadline=None)
def test_a_rectangle_of_whole_places_is_that_rectangle(x: int, y: int, width: int, height: int, stride: int) -> None:
    """Of a map of classes the edge lies half way between two places, and at the edge of the input where it ends there."""
    numbers = np.zeros((1, 64, 64), dtype=np.float32)
    numbers[0, y : y + height, x : x + width] = 2
    size = (64 * stride, 64 * stride)
    found = semantic.decode_classes(numbers, Limits((1, 2), 0.25, 0.5), size, 3)
    assert (found.scores.tolist(), found.classes.tolist(), found.top_score) == ([1.0], [2], 1.0)
    edges = np.array([x, y, x + width, y + height]) * stride - 0.5
    np.testing.assert_allclose(found.boxes[0], edges, atol=0.05 * stride)
    assert semantic.decode_classes(numbers[None], Limits((1,), 0.25, 0.5), size, 3).outlines == ()


def test_of_a_single_class_one_is_its_number_and_nought_its_absence() -> None:
    numbers = np.zeros((1, 16, 16), dtype=np.float32)
    limits = Limits((0,), 0.25, 0.5)
    assert semantic.decode_classes(numbers, limits, (64, 64), 1).top_score == 0.0
    numbers[0, 4:8, 2:12] = 1
    found = semantic.decode_classes(numbers, limits, (64, 64), 1)
    assert (found.top_score, found.classes.tolist()) == (1.0, [0])
    with pytest.raises(ModelError, match="found class 2"):
        semantic.decode_classes(numbers * 2, limits, (64, 64), 1)


def slow_softmax(values: Array) -> list[float]:
    powers = [math.exp(float(value) - float(max(values))) for value in values]
    return [power / sum(powers) for power in powers]


@given(st.integers(0, 2**32 - 1), st.sampled_from([(1,), (1, 2), (0, 3)]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_a_slow_softmax(seed: int, asked: tuple[int, ...], logits: bool) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 3, (1, 4, 6, 6)).astype(np.float32)
    shares = np.array([[slow_softmax(values[0, :, row, column]) for column in range(6)] for row in range(6)])
    output = values if logits else np.moveaxis(shares, -1, 0)[None].astype(np.float32)
    found = semantic.decode_scores(output, Limits(asked, 0.0, 0.5), (6, 6), logits=logits)
    assert found.top_score == pytest.approx(shares[..., list(asked)].max(), rel=1e-4)
    won = {number: shares[..., number][shares.argmax(axis=-1) == number] for number in asked}
    best = {number: shares.max() for number, shares in won.items() if len(shares)}
    assert set(found.classes.tolist()) == set(best)
    for number, score in best.items():
        assert found.scores[found.classes == number].max() == pytest.approx(score, rel=1e-4)


def test_one_class_is_set_against_its_absence() -> None:
    field = disc(30, 30, 12, 2)
    limits = Limits((0,), 0.25, 0.5)
    logits = semantic.decode_scores(field[None, None].astype(np.float32), limits, SIZE, logits=True)
    shares = semantic.decode_scores(
        (1 / (1 + np.exp(-field[None, None]))).astype(np.float32), limits, SIZE, logits=False
    )
    for found in (logits, shares):
        assert found.outlines is not None
        np.testing.assert_allclose(np.hypot(*(found.outlines[0].outline - 30).T), 12, atol=0.4)
        assert found.top_score == pytest.approx(1 / (1 + math.exp(-float(field.max()))), rel=1e-4)


def test_doubt_that_wins_nowhere_is_a_score_without_outline() -> None:
    scores = np.zeros((1, 2, 8, 8), dtype=np.float32)
    scores[0, 0], scores[0, 1, 3, 3] = 2.0, 1.5
    found = semantic.decode_scores(scores, Limits((1,), 0.25, 0.5), (8, 8), logits=True)
    assert (len(found.scores), found.outlines) == (0, ())
    assert found.top_score == pytest.approx(1 / (1 + math.exp(0.5)), rel=1e-5)


def test_a_ring_keeps_its_hole_and_neighbours_stay_apart() -> None:
    numbers = np.zeros((1, 32, 32), dtype=np.float32)
    numbers[0, 4:20, 4:20], numbers[0, 8:16, 8:16] = 1, 0
    numbers[0, 10:14, 10:14] = 1  # within the hole
    found = semantic.decode_classes(numbers, Limits((1,), 0.25, 0.5), (32, 32), 2)
    assert found.outlines is not None
    ring, island = sorted(found.outlines, key=lambda shape: -shape.area_px)
    assert (len(ring.holes), len(island.holes)) == (1, 0)
    assert ring.area_px == pytest.approx(16 * 16 - 8 * 8, abs=2)
    assert island.area_px == pytest.approx(16, abs=1)


@pytest.mark.parametrize("value", [2.0, -1.0, 0.5])
def test_a_number_that_is_no_class_is_a_fault(value: float) -> None:
    numbers = np.zeros((1, 4, 4), dtype=np.float32)
    numbers[0, 1, 1] = value
    with pytest.raises(ModelError, match=r"found class|no whole numbers"):
        semantic.decode_classes(numbers, Limits((1,), 0.5, 0.5), (4, 4), 2)


def test_probabilities_that_are_none_are_a_fault() -> None:
    scores = np.full((1, 2, 4, 4), 0.2, dtype=np.float32)
    with pytest.raises(ModelError, match="do not add up to 1"):
        semantic.decode_scores(scores, Limits((1,), 0.5, 0.5), (4, 4), logits=False)
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        semantic.decode_scores(scores * 9, Limits((1,), 0.5, 0.5), (4, 4), logits=False)
