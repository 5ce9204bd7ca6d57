"""Oriented boxes: their overlap against shapely's, their suppression against a slow one, and the shape that comes out."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon as Area

from models.decoders import oriented
from models.decoders.boxes import Limits
from models.errors import ModelError

Array = npt.NDArray[Any]
RECTANGLES = st.tuples(
    st.floats(0, 60), st.floats(0, 60), st.floats(0.5, 50), st.floats(0.5, 50), st.floats(-math.pi, math.pi)
)


def corners(box: Array) -> Array:
    """Turn x towards y: a point (u, v) of the box is at (x + u cos a - v sin a, y + u sin a + v cos a)."""
    x, y, width, height, angle = (float(value) for value in box)
    points = []
    for side, end in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        u, v = side * width / 2, end * height / 2
        points.append((x + u * math.cos(angle) - v * math.sin(angle), y + u * math.sin(angle) + v * math.cos(angle)))
    return np.array(points)


def slow_shared(one: Array, other: Array) -> float:
    return float(Area(corners(one)).intersection(Area(corners(other))).area)


@given(RECTANGLES, st.lists(RECTANGLES, min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_the_shared_area_is_shapelys(box: tuple[float, ...], others: list[tuple[float, ...]]) -> None:
    one, rest = np.array(box), np.array(others)
    found = oriented.shared_areas(one, rest)
    np.testing.assert_allclose(found, [slow_shared(one, other) for other in rest], atol=1e-6, rtol=1e-9)
    own = oriented.shared_areas(one, one[None])
    np.testing.assert_allclose(own, box[2] * box[3], rtol=1e-9)
    turned = one[[0, 1, 3, 2, 4]] + [0, 0, 0, 0, math.pi / 2]  # the same rectangle, otherwise described
    np.testing.assert_allclose(oriented.shared_areas(one, turned[None]), box[2] * box[3], rtol=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.floats(0.05, 0.95))
@settings(max_examples=40, deadline=None)
def test_suppression_is_that_of_the_loops(seed: int, count: int, iou: float) -> None:
    rng = np.random.default_rng(seed)
    boxes = np.column_stack(
        [rng.uniform(0, 60, (count, 2)), rng.uniform(5, 50, (count, 2)), rng.uniform(-1, 3, count)]
    ).astype(np.float32)
    classes = rng.integers(0, 2, count)
    kept: list[int] = []
    for number in range(count):
        for better in kept:
            shared = slow_shared(boxes[number], boxes[better])
            share = shared / (math.prod(boxes[number, 2:4].tolist()) + math.prod(boxes[better, 2:4].tolist()) - shared)
            assume(abs(share - iou) > 1e-5)
            if classes[number] == classes[better] and share > iou:
                break
        else:
            kept.append(number)
    assert oriented.rotated_nms(boxes, classes, iou).tolist() == kept


def columns(boxes: Array, scores: Array) -> Array:
    return np.concatenate([boxes[:, :4].T, scores.T, boxes[:, 4:].T])[None].astype(np.float32)


@given(RECTANGLES, st.floats(0.3, 1.0), st.integers(0, 1))
@settings(max_examples=60, deadline=None)
def test_what_is_written_comes_back_from_both_heads(box: tuple[float, ...], score: float, kind: int) -> None:
    scores = np.zeros((3, 2))
    scores[1, kind] = score
    boxes = np.array([[9.0, 9, 1, 1, 0], box, [5.0, 5, 2, 2, 1]])
    rows = np.zeros((1, 3, 7), dtype=np.float32)
    rows[0, 1] = [*box[:4], score, kind, box[4]]
    limits = Limits((0, 1), 0.25, 0.5)
    for found in (oriented.decode(columns(boxes, scores), limits), oriented.decode_end_to_end(rows, limits, 2)):
        assert found.classes.tolist() == [kind]
        assert found.top_score == pytest.approx(score)
        assert found.outlines is not None
        np.testing.assert_allclose(found.outlines[0].outline, corners(np.array(box)) - 0.5, atol=1e-3)
        np.testing.assert_allclose(found.boxes[0, :2], (corners(np.array(box)) - 0.5).min(axis=0), atol=1e-3)


def test_the_better_of_two_crossed_bars_suppresses_none_and_of_two_alike_one() -> None:
    """Upright boxes around crossed bars are the same box; the bars share a ninth of what they cover."""
    bars = np.array([[30.0, 30, 50, 10, math.pi / 4], [30, 30, 50, 10, -math.pi / 4], [30, 31, 50, 10, math.pi / 4]])
    found = oriented.decode(columns(bars, np.array([[0.9], [0.8], [0.7]])), Limits((0,), 0.5, 0.5))
    assert found.scores.tolist() == pytest.approx([0.9, 0.8])


def test_a_box_without_width_keeps_its_place() -> None:
    flat = np.array([[10.0, 12, 0, -3, 0]])
    found = oriented.decode(columns(flat, np.array([[0.9]])), Limits((0,), 0.5, 0.5))
    assert found.outlines is not None
    np.testing.assert_allclose(found.outlines[0].bounds, (9.5, 11.5, 9.5, 11.5), atol=1e-2)


def test_scores_that_are_none_are_refused() -> None:
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        oriented.decode(columns(np.ones((1, 5)), np.array([[4.0]])), Limits((0,), 0.5, 0.5))
    with pytest.raises(ModelError, match="found class 5, it has 2"):
        oriented.decode_end_to_end(np.array([[[5, 5, 4, 4, 0.9, 5, 0]]], np.float32), Limits((0, 1), 0.5, 0.5), 2)
