"""Oriented boxes: their likeness and suppression against what Ultralytics makes of them, and the shape that comes out."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def recorded() -> dict[str, Array]:
    """Boxes, and what Ultralytics 8.4.190 makes of them: their likeness (ProbIoU), and which of them it keeps."""
    with np.load(Path(__file__).parent / "recorded" / "oriented_ultralytics.npz") as file:
        return dict(file)


def test_likeness_is_that_of_ultralytics() -> None:
    """It adds 1e-7 under the root of the Hellinger distance, which is 3e-4 where two boxes are the same."""
    of = recorded()
    found = oriented.likenesses(of["boxes"].astype(np.float64))
    np.testing.assert_allclose(found[: len(of["likeness"])], of["likeness"], atol=5e-4)
    np.testing.assert_allclose(found, found.T)


@pytest.mark.parametrize("tenths", [3, 5, 7])
def test_suppression_is_that_of_ultralytics(tenths: int) -> None:
    of = recorded()
    kept = oriented.rotated_nms(of["boxes"], of["classes"].astype(np.intp), tenths / 10)
    assert kept.tolist() == of[f"kept_0{tenths}"].tolist()
    assert len(oriented.rotated_nms(of["boxes"], of["classes"].astype(np.intp), 1.0)) == len(of["boxes"])


@given(RECTANGLES, st.floats(-math.pi, math.pi), st.floats(0.5, 4))
@settings(max_examples=60, deadline=None)
def test_likeness_is_of_shapes_not_of_how_they_are_told(box: tuple[float, ...], turn: float, larger: float) -> None:
    one = np.array(box)
    same = one[[0, 1, 3, 2, 4]] + [0, 0, 0, 0, math.pi / 2]  # the same rectangle, otherwise described
    pair = one + np.array([[0, 0, 0, 0, 0], [3, 2, 4, 1, 0.3]])
    moved = pair * [1, 1, larger, larger, 1]
    moved[:, 4] += turn
    cos, sin = math.cos(turn), math.sin(turn)
    moved[:, :2] = larger * pair[:, :2] @ np.array([[cos, sin], [-sin, cos]])
    assert oriented.likenesses(np.stack([one, same]))[0, 1] == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(oriented.likenesses(moved), oriented.likenesses(pair), atol=1e-5)


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
    """Upright boxes around crossed bars are the same box; the bars are little alike."""
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
