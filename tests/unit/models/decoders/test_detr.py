"""Heads of the DETR family and heads that list what they found, against a slow reading of the same numbers."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.decoders import detr, listed, yolo_end_to_end
from models.decoders.boxes import Detections, Limits
from models.errors import ModelError

SIZE = (320, 200)
Row = tuple[list[float], float, int]


def assert_same(found: Detections, rows: list[Row]) -> None:
    rows = sorted(rows, key=lambda row: -row[1])
    assert len(found.scores) == len(rows)
    np.testing.assert_allclose(found.scores, [row[1] for row in rows], rtol=1e-5)
    np.testing.assert_array_equal(found.classes, [row[2] for row in rows])
    np.testing.assert_allclose(found.boxes, np.reshape([row[0] for row in rows], (-1, 4)), atol=2e-3)


def slow_query(box: list[float], scores: list[float], limits: Limits, *, best_only: bool) -> list[Row]:
    """Read one query: centre and size in shares; edges in pixels count from the centre of the first pixel."""
    best = max(limits.classes, key=lambda number: scores[number])
    x, y, w, h = (value * side for value, side in zip(box, (*SIZE, *SIZE), strict=True))
    pixels = [x - w / 2 - 0.5, y - h / 2 - 0.5, x + w / 2 - 0.5, y + h / 2 - 0.5]
    asked = (best,) if best_only else limits.classes
    return [(pixels, scores[number], number) for number in asked if scores[number] >= limits.floor]


@given(st.integers(0, 2**32 - 1), st.sampled_from([(0, 1, 2), (1,), (0, 2)]), st.floats(0.1, 0.9))
@settings(max_examples=60, deadline=None)
def test_queries_as_read_one_at_a_time(seed: int, asked: tuple[int, ...], floor: float) -> None:
    rng, limits = np.random.default_rng(seed), Limits(asked, floor, 0.5)
    boxes = rng.uniform(0, 1, (1, 50, 4)).astype(np.float32)
    logits = rng.normal(-1, 2, (1, 50, 3)).astype(np.float32)
    scores = np.array([[1 / (1 + math.exp(-float(value))) for value in row] for row in logits[0]])
    rows = np.concatenate([boxes, scores[None].astype(np.float32)], axis=2)
    for found, best_only in (
        (detr.decode_logits(boxes, logits, limits, SIZE), False),
        (detr.decode(rows, limits, SIZE), True),
    ):
        wanted = [
            row
            for box, each in zip(boxes[0].tolist(), scores.tolist(), strict=True)
            for row in slow_query(box, each, limits, best_only=best_only)
        ]
        assert found.top_score == pytest.approx(scores[:, list(asked)].max(), rel=1e-5)
        if not np.isclose(scores, floor, atol=1e-6).any():
            assert_same(found, wanted)


def test_a_box_may_be_of_two_classes() -> None:
    """The processors of the family give each box every class that is sure enough; a rule for the second one still applies."""
    boxes, logits = np.full((1, 1, 4), 0.5, dtype=np.float32), np.array([[[1.0, -9.0, 2.0]]], dtype=np.float32)
    assert detr.decode_logits(boxes, logits, Limits((0, 1, 2), 0.5, 0.5), SIZE).classes.tolist() == [2, 0]
    listed_rows = np.array(
        [[[0.5, 0.5, 0.2, 0.2, 0.9, 2], [0.5, 0.5, 0.2, 0.2, 0.8, 0], [0, 0, 0, 0, 0, 0]]], np.float32
    )
    found = detr.decode_end_to_end(listed_rows, Limits((0, 1, 2), 0.5, 0.5), 3, SIZE)
    assert found.classes.tolist() == [2, 0]
    np.testing.assert_allclose(found.boxes[0], [127.5, 79.5, 191.5, 119.5], atol=1e-4)


def test_boxes_upon_each_other_are_two_things() -> None:
    """The family learns to say nothing twice, so that nothing is suppressed."""
    rows = np.array([[[0.5, 0.5, 0.2, 0.2, 0.9], [0.5, 0.5, 0.2, 0.2, 0.8]]], dtype=np.float32)
    assert len(detr.decode(rows, Limits((0,), 0.5, 0.5), SIZE).scores) == 2


def test_huge_logits_are_sure_and_nothing_overflows() -> None:
    boxes = np.full((1, 2, 4), 0.5, dtype=np.float32)
    found = detr.decode_logits(boxes, np.array([[[1e4], [-1e4]]], dtype=np.float32), Limits((0,), 0.5, 0.5), SIZE)
    assert found.scores.tolist() == [1.0]


def test_boxes_in_pixels_are_none_of_shares_even_where_nothing_is_found() -> None:
    boxes = np.full((1, 3, 4), 120.0, dtype=np.float32)
    logits = np.full((1, 3, 1), -9.0, dtype=np.float32)
    with pytest.raises(
        ModelError, match=r"reach 120, they should be shares of the picture; name another head in the sidecar"
    ):
        detr.decode_logits(boxes, logits, Limits((0,), 0.5, 0.5), SIZE)
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        detr.decode(np.full((1, 3, 5), 7.0, dtype=np.float32), Limits((0,), 0.5, 0.5), SIZE)


Listing = dict[str, npt.NDArray[Any]]


def listing(seed: int, count: int) -> Listing:
    rng = np.random.default_rng(seed)
    corner = rng.uniform(0, 0.7, (count, 2))
    return {
        "shares": np.concatenate([corner, corner + rng.uniform(0.05, 0.3, (count, 2))], axis=1).astype(np.float32),
        "scores": np.where(rng.random(count) < 0.2, 0.0, rng.random(count)).astype(np.float32),
        "labels": rng.integers(0, 3, count).astype(np.float32),
    }


def slow_listing(of: Listing, limits: Limits) -> list[Row]:
    rows: list[Row] = []
    for share, score, label in zip(of["shares"].tolist(), of["scores"].tolist(), of["labels"].tolist(), strict=True):
        if score > 0 and score >= limits.floor and int(label) in limits.classes:
            rows.append(
                ([value * side - 0.5 for value, side in zip(share, (*SIZE, *SIZE), strict=True)], score, int(label))
            )
    return rows


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.sampled_from([(0, 1, 2), (2,)]))
@settings(max_examples=60, deadline=None)
def test_every_list_of_things_found_reads_the_same(seed: int, count: int, asked: tuple[int, ...]) -> None:
    of, limits = listing(seed, count), Limits(asked, 0.3, 0.5)
    labels, scores, shares = of["labels"][None], of["scores"][None], of["shares"][None]
    pixels = shares * np.array([*SIZE, *SIZE], dtype=np.float32)
    picture = np.zeros((1, count, 1), dtype=np.float32)
    end = np.array([[[-1, 0, 0.99, 0, 0, 1, 1]]], dtype=np.float32)  # the last row, and rubbish behind it
    ssd = np.concatenate([np.concatenate([picture, labels[..., None], scores[..., None], shares], axis=2), end], axis=1)
    rows = np.concatenate([pixels, scores[..., None], labels[..., None]], axis=2)
    for found in (
        listed.decode(labels, pixels, scores, limits, 3, None),
        listed.decode(labels, shares, scores, limits, 3, SIZE),
        listed.decode_scored(np.concatenate([pixels, scores[..., None]], axis=2), labels, limits, 3),
        listed.decode_ssd(ssd[None], limits, 3, SIZE),
        yolo_end_to_end.decode(rows, limits, 3),
    ):
        assert_same(found, slow_listing(of, limits))
        wanted = [score for score, label in zip(scores[0], labels[0], strict=True) if int(label) in asked]
        assert found.top_score == pytest.approx(max(wanted, default=0.0))


@pytest.mark.parametrize(
    ("label", "reason"), [(3.0, "found class 3, it has 3"), (-1.0, "found class -1"), (0.5, "are no whole numbers")]
)
def test_a_class_that_is_none_is_a_fault(label: float, reason: str) -> None:
    boxes = np.full((1, 1, 4), 5.0, dtype=np.float32)
    one = np.ones((1, 1), dtype=np.float32)
    with pytest.raises(ModelError, match=reason):
        listed.decode(one * np.float32(label), boxes, one, Limits((0, 1, 2), 0.5, 0.5), 3, None)


@pytest.mark.parametrize("score", [1.5, -0.5])
def test_a_score_that_is_none_is_a_fault(score: float) -> None:
    boxes = np.full((1, 1, 4), 5.0, dtype=np.float32)
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        listed.decode(
            np.zeros((1, 1), np.float32), boxes, np.full((1, 1), score, np.float32), Limits((0,), 0.5, 0.5), 1, None
        )
