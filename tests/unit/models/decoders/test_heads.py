"""The heads of detectors and classifiers against a slow reading of the same numbers, one at a time."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.shapes import Polygon
from models.decoders import classification, yolo_end_to_end, yolov5, yolov8, yolov8_segment
from models.decoders.boxes import MAX_DETECTIONS, Detections, Limits, nms
from models.errors import ModelError

Row = tuple[list[float], float, int]


def slow_iou(one: list[float], other: list[float]) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return shared / (areas[0] + areas[1] - shared)


def slow_nms(rows: list[Row], iou: float) -> list[Row]:
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: -row[1]):
        if all(row[2] != better[2] or slow_iou(row[0], better[0]) <= iou for better in kept):
            kept.append(row)
    return kept


def slow_box(x: float, y: float, w: float, h: float) -> list[float]:
    return [x - w / 2 - 0.5, y - h / 2 - 0.5, x + w / 2 - 0.5, y + h / 2 - 0.5]


def slow_columns(output: npt.NDArray[Any], limits: Limits) -> list[Row]:
    """Read (1, 4 + C, N)."""
    rows: list[Row] = []
    for column in range(output.shape[2]):
        values = [float(value) for value in output[0, :, column]]
        best = max(limits.classes, key=lambda number: values[4 + number])
        if values[4 + best] >= limits.floor:
            rows.append((slow_box(*values[:4]), values[4 + best], best))
    return slow_nms(rows, limits.nms_iou)


def slow_rows(output: npt.NDArray[Any], limits: Limits) -> list[Row]:
    """Read (1, N, 5 + C)."""
    rows: list[Row] = []
    for values in output[0]:
        scores = {number: float(values[4] * values[5 + number]) for number in limits.classes}
        best = max(scores, key=lambda number: scores[number])
        if scores[best] >= limits.floor:
            rows.append((slow_box(*map(float, values[:4])), scores[best], best))
    return slow_nms(rows, limits.nms_iou)


def assert_same(found: Detections, rows: list[Row]) -> None:
    assert len(found.scores) == len(rows)
    np.testing.assert_allclose(found.scores, [row[1] for row in rows], rtol=1e-6)
    np.testing.assert_array_equal(found.classes, [row[2] for row in rows])
    np.testing.assert_allclose(found.boxes, np.reshape([row[0] for row in rows], (-1, 4)), atol=1e-3)


def random_columns(seed: int, classes: int, count: int) -> npt.NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 320, (2, count))
    sides = rng.uniform(10, 120, (2, count))
    return np.concatenate([centres, sides, rng.uniform(0, 1, (classes, count)) ** 3]).astype(np.float32)[None]


@pytest.mark.parametrize("asked", [(0, 1, 2, 3), (1,), (0, 3)])
@pytest.mark.parametrize("seed", range(4))
def test_yolov8_and_yolov5_as_read_one_number_at_a_time(seed: int, asked: tuple[int, ...]) -> None:
    limits = Limits(asked, 0.4, 0.3)
    output = random_columns(seed, 4, 200)
    found = yolov8.decode(output, limits)
    assert_same(found, slow_columns(output, limits))
    assert found.top_score == pytest.approx(output[0, [4 + number for number in asked]].max())
    rows = np.concatenate([output[0, :4], output[0, 4:5] ** 0.2, output[0, 4:] ** 0.3]).T[None].copy()
    wanted = Limits(asked, 0.5, 0.3)
    assert_same(yolov5.decode(rows, wanted), slow_rows(rows, wanted))


@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.floats(0.05, 0.95))
@settings(max_examples=60, deadline=None)
def test_suppression_is_that_of_the_loops(seed: int, count: int, iou: float) -> None:
    rng = np.random.default_rng(seed)
    corner = rng.uniform(0, 60, (count, 2))
    boxes = np.concatenate([corner, corner + rng.uniform(1, 50, (count, 2))], axis=1)  # float64, as the loops reckon
    classes = rng.integers(0, 3, count)
    rows = [(box.tolist(), -number, int(kind)) for number, (box, kind) in enumerate(zip(boxes, classes, strict=True))]
    kept = nms(boxes, classes, iou)  # type: ignore[arg-type]
    assert kept.tolist() == [-row[1] for row in slow_nms(rows, iou)]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2)), unique_by=lambda b: b[:2], max_size=20)
)
@settings(max_examples=50, deadline=None)
def test_what_is_written_comes_back(places: list[tuple[int, int, int]]) -> None:
    """Boxes apart from each other, written as each head writes them, are the boxes that are read."""
    wanted = [
        ([x * 32 + 2.25, y * 32 + 1.5, x * 32 + 22.75, y * 32 + 27.0], 0.9 - 0.01 * number, kind)
        for number, (x, y, kind) in enumerate(places)
    ]
    columns = np.zeros((1, 7, 40), dtype=np.float32)
    rows5 = np.zeros((1, 40, 8), dtype=np.float32)
    rows6 = np.zeros((1, 40, 6), dtype=np.float32)
    for number, ((left, top, right, bottom), score, kind) in enumerate(wanted):
        box = [(left + right) / 2 + 0.5, (top + bottom) / 2 + 0.5, right - left, bottom - top]
        columns[0, :4, number], columns[0, 4 + kind, number] = box, score
        rows5[0, number, :5], rows5[0, number, 5 + kind] = [*box, score], 1.0
        rows6[0, number] = [left + 0.5, top + 0.5, right + 0.5, bottom + 0.5, score, kind]
    limits = Limits((0, 1, 2), 0.25, 0.5)
    for found in (
        yolov8.decode(columns, limits),
        yolov5.decode(rows5, limits),
        yolo_end_to_end.decode(rows6, limits, 3),
    ):
        assert_same(found, wanted)
        assert found.top_score == pytest.approx(0.9 if wanted else 0.0)


def test_the_score_counts_what_is_below_the_floor_and_no_class_that_is_not_asked_for() -> None:
    limits = Limits((0,), 0.5, 0.5)
    columns = np.array([[[5], [5], [4], [4], [0.3], [0.9]]], dtype=np.float32)
    rows5 = np.array([[[5, 5, 4, 4, 0.6, 0.5, 1.0]]], dtype=np.float32)
    rows6 = np.array([[[3, 3, 7, 7, 0.3, 0], [3, 3, 7, 7, 0.9, 1]]], dtype=np.float32)
    for found in (
        yolov8.decode(columns, limits),
        yolov5.decode(rows5, limits),
        yolo_end_to_end.decode(rows6, limits, 2),
    ):
        assert len(found.scores) == 0
        assert found.top_score == pytest.approx(0.3)


def test_what_is_too_many_is_counted() -> None:
    columns = np.zeros((1, 5, 400), dtype=np.float32)
    columns[0, 0] = np.arange(400) * 10
    columns[0, 2:5] = 1.0
    found = yolov8.decode(columns, Limits((0,), 0.5, 0.5))
    assert (len(found.scores), found.left_out) == (MAX_DETECTIONS, 400 - MAX_DETECTIONS)


@pytest.mark.parametrize("value", [1.5, -0.5, 40.0])
def test_scores_that_are_none_are_refused(value: float) -> None:
    limits = Limits((0,), 0.5, 0.5)
    with pytest.raises(ModelError, match="0 to 1 is needed; export it with its last activation"):
        yolov8.decode(np.array([[[5], [5], [4], [4], [value]]], dtype=np.float32), limits)
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        yolov5.decode(np.array([[[5, 5, 4, 4, value, 0.5]]], dtype=np.float32), limits)
    with pytest.raises(ModelError, match="0 to 1 is needed"):
        yolo_end_to_end.decode(np.array([[[5, 5, 6, 6, value, 0]]], dtype=np.float32), limits, 1)


def test_a_class_that_the_model_does_not_have_is_refused() -> None:
    with pytest.raises(ModelError, match="the model found class 7, it has 2"):
        yolo_end_to_end.decode(np.array([[[5, 5, 6, 6, 0.9, 7]]], dtype=np.float32), Limits((0, 1), 0.5, 0.5), 2)


def test_logits_and_probabilities() -> None:
    logits = np.array([[1.0, -2.0, 500.0, 499.0]], dtype=np.float32)
    wanted = [math.exp(value - 500) / (1 + math.exp(-1)) for value in logits[0].tolist()]
    np.testing.assert_allclose(classification.decode(logits, logits=True), wanted, rtol=1e-9)
    shares = np.array([[0.25, 0.75]], dtype=np.float32)
    np.testing.assert_array_equal(classification.decode(shares, logits=False), [0.25, 0.75])
    with pytest.raises(ModelError, match=r"add up to 0\.5, not to 1"):
        classification.decode(shares * np.float32(0.5), logits=False)


def disc(centre: tuple[float, float], radius: float, size: int = 64, stride: int = 4) -> npt.NDArray[np.float32]:
    """Return prototypes (1, 2, h, w) of an input of `size`: how far within a disc each place is, and nothing."""
    y, x = np.mgrid[: size // stride, : size // stride] * stride + (stride - 1) / 2
    field = (radius - np.hypot(x - centre[0], y - centre[1])) / stride
    return np.stack([field, np.zeros_like(field)])[None].astype(np.float32)


def segment(box: list[float], weights: list[float], prototypes: npt.NDArray[np.float32]) -> Polygon:
    left, top, right, bottom = box
    column = [(left + right) / 2 + 0.5, (top + bottom) / 2 + 0.5, right - left, bottom - top, 0.9, *weights]
    output = np.array(column, dtype=np.float32)[None, :, None]
    found = yolov8_segment.decode(output, prototypes, Limits((0,), 0.25, 0.5), (64, 64))
    np.testing.assert_allclose(found.boxes, [box], atol=1e-4)
    assert found.outlines is not None
    return found.outlines[0]


@given(st.floats(24, 40), st.floats(24, 40), st.floats(10, 18))
@settings(max_examples=40, deadline=None)
def test_a_mask_is_outlined_to_a_fraction_of_a_pixel(x: float, y: float, radius: float) -> None:
    outline = segment([x - 20, y - 20, x + 20, y + 20], [1.0, 0.0], disc((x, y), radius))
    distances = np.hypot(*(outline.outline - [x, y]).T)
    np.testing.assert_allclose(distances, radius, atol=0.8)  # a place of the mask is 4 pixels wide
    assert outline.area_px == pytest.approx(math.pi * radius**2, rel=0.06)


def test_a_mask_stays_within_its_box_and_an_empty_one_is_its_box() -> None:
    prototypes = disc((32, 32), 20)
    cut = segment([20.0, 20.0, 32.0, 44.0], [1.0, 0.0], prototypes)
    assert cut.bounds[0] >= 20.0
    assert cut.bounds[2] <= 32.0
    assert cut.bounds[2] == pytest.approx(32.0)  # to the edge of the box, not to the last place of the mask within
    assert segment([20.0, 20.0, 30.0, 30.0], [-1.0, 0.0], prototypes).bounds == (20.0, 20.0, 30.0, 30.0)
    assert segment([-9.0, -9.0, -4.0, -4.0], [1.0, 0.0], prototypes).bounds == (-9.0, -9.0, -4.0, -4.0)


def test_a_mask_that_fills_its_box_has_the_size_of_the_box() -> None:
    """Exporters interpolate a mask before they cut it: what is measured must not end with its coarse places."""
    box = (9.3, 13.8, 50.6, 41.1)
    outline = segment(list(box), [1.0, 0.0], np.ones((1, 2, 16, 16), dtype=np.float32))
    np.testing.assert_allclose(outline.bounds, box, atol=0.3)
    assert outline.area_px == pytest.approx(41.3 * 27.3, rel=0.01)


def test_a_box_with_its_sides_the_wrong_way_round_has_none() -> None:
    rows = np.array([[[40.0, 50, 30, 60, 0.9, 0]]], dtype=np.float32)
    (box,) = yolo_end_to_end.decode(rows, Limits((0,), 0.25, 0.5), 1).boxes.tolist()
    assert box == [39.5, 49.5, 39.5, 59.5]


def test_a_hole_in_a_mask_is_kept() -> None:
    y, x = np.mgrid[:16, :16] * 4 + 1.5
    ring = (6 - np.abs(np.hypot(x - 31.5, y - 31.5) - 18)) / 4
    outline = segment([2.0, 2.0, 61.0, 61.0], [1.0, 0.0], np.stack([ring, ring])[None].astype(np.float32))
    assert len(outline.holes) == 1
    assert outline.area_px == pytest.approx(math.pi * (24**2 - 12**2), rel=0.08)
