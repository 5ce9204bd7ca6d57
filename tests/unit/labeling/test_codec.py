import json
from typing import Any

import pytest
from drawn import annotations, commands, documents, labels, shapes
from hypothesis import given

from labeling.annotation import Annotation, Label
from labeling.codec import (
    annotation_from_json,
    annotation_to_json,
    command_from_json,
    command_to_json,
    document_from_json,
    document_to_json,
    label_from_json,
    label_to_json,
    shape_from_json,
    shape_to_json,
)
from labeling.edits import Command, Document
from labeling.shapes import Shape

RING = [[0, 0], [9.5, 0], [9, 9]]
UID = "00000000-0000-0000-0000-000000000001"


def through_text(value: object) -> Any:
    """What comes back from a file or a wire."""
    return json.loads(json.dumps(value, allow_nan=False))


@given(annotations)
def test_an_annotation_comes_back_exactly(annotation: Annotation) -> None:
    told = through_text(annotation_to_json(annotation))
    back = annotation_from_json(told)
    assert annotation_to_json(back) == told
    assert (back.uid, back.parent, back.author) == (annotation.uid, annotation.parent, annotation.author)
    assert (back.time, back.size, back.tags) == (annotation.time, annotation.size, annotation.tags)
    assert back.complete is annotation.complete
    assert [type(label.shape) for label in back.labels] == [type(label.shape) for label in annotation.labels]


@given(labels)
def test_a_label_comes_back_exactly(label: Label) -> None:
    back = label_from_json(through_text(label_to_json(label)))
    assert (back.uid, back.class_name, back.source) == (label.uid, label.class_name, label.source)
    assert back.score == label.score
    assert back.shape.bounds == label.shape.bounds


@given(shapes)
def test_a_shape_comes_back_exactly(shape: Shape) -> None:
    told = through_text(shape_to_json(shape))
    back = shape_from_json(told)
    assert type(back) is type(shape)
    assert shape_to_json(back) == told


@given(commands)
def test_a_command_comes_back_exactly(command: Command) -> None:
    told = through_text(command_to_json(command))
    back = command_from_json(told)
    assert type(back) is type(command)
    assert command_to_json(back) == told


@given(documents)
def test_a_document_comes_back_exactly(document: Document) -> None:
    told = through_text(document_to_json(document))
    assert document_to_json(document_from_json(told)) == told


def annotation(**changed: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "uid": UID,
        "parent": None,
        "author": "m",
        "time": "2026-03-01T12:00:00+00:00",
        "size": [2448, 2048],
        "labels": [label()],
        "tags": ["dirty"],
        "complete": True,
    } | changed


def label(**changed: Any) -> dict[str, Any]:
    shape = {"kind": "polygon", "outline": RING, "holes": []}
    return {"uid": UID, "class": "scratch", "shape": shape, "source": "person", "score": None} | changed


def test_what_the_refusals_below_change_is_accepted() -> None:
    assert annotation_from_json(annotation()).labels[0].class_name == "scratch"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], r"annotation\.format: this program reads format 1, not None"),
        (annotation(format=2), r"annotation\.format: this program reads format 1, not 2"),
        (annotation(format=2, other=3), r"format 1, not 2"),
        (annotation(colour="red"), r"annotation: unknown key 'colour'"),
        ({"format": 1, "uid": UID}, r"annotation: parent is missing"),
        (annotation(uid="7"), r"annotation\.uid: must be a UUID, not '7'"),
        (annotation(uid=7), r"annotation\.uid: must be a UUID"),
        (annotation(uid="{" + UID + "}"), r"annotation\.uid: must be a UUID"),
        (annotation(parent=False), r"annotation\.parent: must be a UUID"),
        (annotation(author=None), r"annotation\.author: must be a text"),
        (annotation(author="x" * 1001), r"annotation\.author: must be a text of at most 1000"),
        (annotation(time="yesterday"), r"annotation\.time: must be a time with its zone"),
        (annotation(time="2026-03-01T12:00:00"), r"annotation\.time: must be a time with its zone"),
        (annotation(time=5), r"annotation\.time"),
        (annotation(size=[1]), r"annotation\.size: must be a list of 2"),
        (annotation(size=[1, 0]), r"annotation\.size\[1\]: a picture has at least one pixel"),
        (annotation(size=[1, True]), r"annotation\.size\[1\]: must be a whole number"),
        (annotation(size=[1, 2.0]), r"annotation\.size\[1\]: must be a whole number"),
        (annotation(tags="dirty"), r"annotation\.tags: must be a list, not 'dirty'"),
        (annotation(tags=[1]), r"annotation\.tags\[0\]: must be a text"),
        (annotation(complete=1), r"annotation\.complete: must be true or false, not 1"),
        (annotation(labels={}), r"annotation\.labels: must be a list"),
        (annotation(labels=[label(), label()]), r"annotation\.labels\[1\]\.uid: another label has it already"),
        (annotation(labels=[label(source="guess")]), r"labels\[0\]\.source: must be one of person, model, not 'guess'"),
        (annotation(labels=[label(source=[])]), r"labels\[0\]\.source"),
        (annotation(labels=[label(score=float("nan"))]), r"labels\[0\]\.score: must be a number within"),
        (annotation(labels=[label(score="0.5")]), r"labels\[0\]\.score"),
        (annotation(labels=[7]), r"annotation\.labels\[0\]: must be an object, not 7"),
    ],
)
def test_a_wrong_annotation_is_refused_with_its_place(value: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        annotation_from_json(value)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (
            {"kind": "ellipse"},
            r"shape\.kind: must be one of box, keypoint, polygon, polyline, rotated-box, not 'ellipse'",
        ),
        ({"kind": ["box"]}, r"shape\.kind"),
        (7, r"shape\.kind"),
        ({"kind": "polygon", "outline": RING}, r"shape: holes is missing"),
        ({"kind": "polygon", "outline": RING[:2], "holes": []}, r"shape\.outline: needs at least 3 points, not 2"),
        (
            {"kind": "polygon", "outline": RING, "holes": [RING, RING[:1]]},
            r"shape\.holes\[1\]: needs at least 3 points",
        ),
        (
            {"kind": "polygon", "outline": [*RING, [1, float("inf")]], "holes": []},
            r"outline\[3\]\[1\]: must be a number",
        ),
        ({"kind": "polyline", "points": [[1.0, 2.0], [3.0, float("nan")]]}, r"points\[1\]\[1\]: must be a number"),
        ({"kind": "polyline", "points": [[1.0, 2.0], [3.0, float("inf")]]}, r"points\[1\]\[1\]: must be a number"),
        ({"kind": "polyline", "points": [[1.0, 2.0], [1e10, 3.0]]}, r"points\[1\]\[0\]: must be a number"),
        ({"kind": "polygon", "outline": [*RING, [1, 10**400]], "holes": []}, r"outline\[3\]\[1\]: must be a number"),
        ({"kind": "polygon", "outline": [*RING, [1, 10**5000]], "holes": []}, r"outline\[3\]\[1\]: must be a number"),
        ({"kind": "polygon", "outline": [*RING, [1, True]], "holes": []}, r"outline\[3\]\[1\]: must be a number"),
        ({"kind": "polygon", "outline": [*RING, [1, 2, 3]], "holes": []}, r"outline\[3\]: must be a list of 2"),
        ({"kind": "polygon", "outline": [*RING, 5], "holes": []}, r"outline\[3\]: must be a list of 2"),
        ({"kind": "polyline", "points": [[1, 1]]}, r"shape\.points: needs at least 2 points"),
        ({"kind": "box", "left": 5, "top": 0, "right": 5, "bottom": 9}, r"shape: a box needs left < right"),
        ({"kind": "box", "left": 5, "top": 0, "right": 6, "bottom": "9"}, r"shape\.bottom: must be a number"),
        ({"kind": "box", "left": 5, "top": 0, "right": 6}, r"shape: bottom is missing"),
        ({"kind": "rotated-box", "x": 5, "y": 0, "width": -1, "height": 1, "angle_deg": 0}, r"shape: .*sides above 0"),
        ({"kind": "keypoint", "x": 1, "y": None}, r"shape\.y: must be a number"),
        ({"kind": "keypoint", "x": 1, "y": 1, "z": 1}, r"shape: unknown key 'z'"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_place(shape: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        label_from_json(label(shape=shape))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"do": "paint"}, r"command\.do: must be one of add-label, change-class, .*, not 'paint'"),
        (None, r"command\.do"),
        ({"do": "remove-label"}, r"command: uid is missing"),
        ({"do": "add-label", "label": label(), "index": -1}, r"command\.index: must be a whole number"),
        ({"do": "many", "edits": [{"do": "set-tags", "tags": 1}]}, r"command\.edits\[0\]\.tags: must be a list"),
        ({"do": "many", "edits": [{"do": "many", "edits": []}]}, r"command\.edits\[0\]\.do: must be one of"),
        ({"do": "change-class", "uid": UID, "class": 5}, r"command\.class: must be a text"),
    ],
)
def test_a_wrong_command_is_refused_with_its_place(command: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        command_from_json(command)


def test_a_refusal_of_something_huge_is_short() -> None:
    with pytest.raises(ValueError, match="must be a text") as refused:
        annotation_from_json(annotation(author=[[1] * 1000] * 1000))
    assert len(str(refused.value)) < 300
