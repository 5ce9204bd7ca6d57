"""Whatever a model answers, it is read as a score within 0 to 1 or as a fault, by every head: never as nothing found."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import ModelError
from models.heads import HEADS, PATTERNS, SEMANTIC, Head, class_count, fits, solved, task_of, wanted
from models.manifest import ForeignInput, ForeignManifest
from models.reading import read

EVERY = [head for heads in HEADS.values() for head in heads]
LETTERS = {"N": 5, "F": 3, "M": 2, "h": 4, "w": 4, "C": 2}


def manifest_of(head: Head, **changes: Any) -> ForeignManifest:
    anomaly = task_of(head) == "anomaly"
    whole = task_of(head) == "classification" or head in SEMANTIC
    values: dict[str, Any] = {
        "name": "plate",
        "version": "1",
        "created": datetime(2026, 1, 2, tzinfo=UTC),
        "model_sha256": "0" * 64,
        "task": task_of(head),
        "head": head,
        "input": ForeignInput(name="images", width=32, height=32),
        "outputs": ("a", "b", "c")[: len(PATTERNS[head][0])],
        "classes": ("anomaly",) if anomaly else ("fine", "dent"),
        "good": ("fine",) if whole else (),
        "understood": {},
    }
    return ForeignManifest(**values | changes)


def shapes_of(head: Head, **letters: int) -> list[tuple[int, ...]]:
    sizes = LETTERS | letters
    return [
        tuple(sum(int(term) if term.isdigit() else sizes[term] for term in str(side).split(" + ")) for side in output)
        for output in PATTERNS[head][0]
    ]


@pytest.mark.parametrize("head", EVERY)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.01, 1.0, 300.0, 1e30]), st.booleans())
@settings(max_examples=25, deadline=None)
def test_garbage_of_the_right_shape_is_a_fault_or_a_score(head: Head, seed: int, scale: float, signed: bool) -> None:
    rng = np.random.default_rng(seed)
    outputs = [(rng.uniform(-scale if signed else 0, scale, shape)).astype(np.float32) for shape in shapes_of(head)]
    try:
        answer = read(outputs, manifest_of(head))
    except ModelError:
        return
    assert 0 <= answer.score <= 1 + 1e-3
    if answer.found is not None:
        assert answer.score >= answer.found.scores.max(initial=0) - 1e-6


@pytest.mark.parametrize("head", EVERY)
def test_another_shape_is_a_fault_that_says_which_is_wanted(head: Head) -> None:
    spec, shapes = manifest_of(head), shapes_of(head)
    wrong: list[list[npt.NDArray[np.float32]]] = [
        [np.zeros((*shape[:-1], shape[-1] + 1, 2), np.float32) for shape in shapes],
        [np.zeros((2, *shape[1:]), np.float32) for shape in shapes],
        [np.zeros((1, *[0] * (len(shape) - 1)), np.float32) for shape in shapes[:1]],
    ]
    for outputs in wrong[: 3 if head != "ssd" else 2]:
        with pytest.raises(ModelError, match=r"the model's outputs have shape .*; head .* gives "):
            read(outputs, spec)


@pytest.mark.parametrize("head", EVERY)
@given(st.integers(1, 9), st.integers(1, 400), st.integers(1, 40))
@settings(max_examples=15, deadline=None)
def test_a_pattern_is_read_as_it_is_written(head: Head, classes: int, rows: int, masks: int) -> None:
    shapes = shapes_of(head, C=classes, N=rows, M=masks)
    assert fits(head, shapes, classes)
    assert class_count(head, shapes) in {None, classes}
    found = solved(PATTERNS[head][0], shapes)
    assert found is not None
    assert {"N": rows, "C": classes, "M": masks} | found == {"N": rows, "C": classes, "M": masks} | {
        letter: size for letter, size in (LETTERS | {"C": classes, "N": rows, "M": masks}).items() if letter in found
    }


def test_patterns_in_words() -> None:
    assert wanted("yolov8-segment", 2) == "(1, 6 + M, N) and (1, M, h, w)"
    assert wanted("semantic-classes", 2) == "(1, h, w) or (1, 1, h, w)"
    assert wanted("ssd", 3) == "(1, 1, F, 7)"


@pytest.mark.parametrize(
    ("head", "changes", "reason"),
    [
        ("semantic-logits", {"good": ()}, "none of the classes is good"),
        ("anomaly-map", {"classes": ("a", "b")}, "knows one class"),
        ("detr", {"outputs": ("a",)}, "reads 2 outputs, not 1; name them in `outputs`"),
        ("rt-detr", {"task": "oriented"}, "is none of task 'oriented'"),
        (
            "detr",
            {"anomaly": {"image_threshold": 1.0, "pixel_threshold": 1.0, "normalization_scale": 1.0}},
            "has no scale of an anomaly",
        ),
    ],
)
def test_a_manifest_that_contradicts_itself(head: Head, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        manifest_of(head, **changes)
