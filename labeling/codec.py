"""Annotations and commands as JSON and back, exactly. What is read is checked to the last number: a `ValueError` says where.

Coordinates are source-image pixels, times ISO 8601 with their zone. Every key is written and every key is expected.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from math import isfinite
from typing import Final, TypeGuard
from uuid import UUID

from labeling import strict
from labeling.annotation import Annotation, Label, Source
from labeling.edits import AddLabel, ChangeClass, ChangeShape, Command, Document, Edit, Many, RemoveLabel, SetTags
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points
from labeling.strict import Json

FORMAT: Final = 1
"""Grows when a reader of the one before would misunderstand."""


def annotation_to_json(annotation: Annotation) -> Json:
    """Return an annotation as what `json.dumps` takes."""
    return {
        "format": FORMAT,
        "uid": str(annotation.uid),
        "parent": None if annotation.parent is None else str(annotation.parent),
        "author": annotation.author,
        "time": annotation.time.isoformat(),
        "size": list(annotation.size),
        "labels": [label_to_json(label) for label in annotation.labels],
        "tags": list(annotation.tags),
        "complete": annotation.complete,
    }


def annotation_from_json(value: object) -> Annotation:
    """Undo `annotation_to_json`.

    Raises
    ------
    ValueError
        If the value is anything else, naming the place: `annotation.labels[2].shape.outline[7]: …`.
    """
    place = "annotation"
    strict.check_format(value, place, FORMAT)
    keys = ("format", "uid", "parent", "author", "time", "size", "labels", "tags", "complete")
    read = strict.exact_object(value, place, keys)
    width, height = strict.items(read["size"], f"{place}.size", _side, count=2)
    return Annotation(
        uid=strict.uid(read["uid"], f"{place}.uid"),
        parent=None if read["parent"] is None else strict.uid(read["parent"], f"{place}.parent"),
        author=strict.text(read["author"], f"{place}.author"),
        time=strict.time(read["time"], f"{place}.time"),
        size=(width, height),
        labels=_labels(read["labels"], f"{place}.labels"),
        tags=strict.items(read["tags"], f"{place}.tags", strict.text),
        complete=strict.flag(read["complete"], f"{place}.complete"),
    )


def document_to_json(document: Document) -> Json:
    """Return a document as what `json.dumps` takes."""
    return {"labels": [label_to_json(label) for label in document.labels], "tags": list(document.tags)}


def document_from_json(value: object, place: str = "document") -> Document:
    """Undo `document_to_json`; `ValueError` naming the place otherwise."""
    read = strict.exact_object(value, place, ("labels", "tags"))
    return Document(
        _labels(read["labels"], f"{place}.labels"), strict.items(read["tags"], f"{place}.tags", strict.text)
    )


def label_to_json(label: Label) -> Json:
    """Return a label as what `json.dumps` takes."""
    return {
        "uid": str(label.uid),
        "class": label.class_name,
        "shape": shape_to_json(label.shape),
        "source": label.source.value,
        "score": label.score,
    }


def label_from_json(value: object, place: str = "label") -> Label:
    """Undo `label_to_json`; `ValueError` naming the place otherwise."""
    read = strict.exact_object(value, place, ("uid", "class", "shape", "source", "score"))
    return Label(
        uid=strict.uid(read["uid"], f"{place}.uid"),
        class_name=strict.text(read["class"], f"{place}.class"),
        shape=shape_from_json(read["shape"], f"{place}.shape"),
        source=strict.word(read["source"], f"{place}.source", Source),
        score=None if read["score"] is None else strict.number(read["score"], f"{place}.score"),
    )


def shape_to_json(shape: Shape) -> Json:
    """Return a shape as what `json.dumps` takes; `kind` says which."""
    match shape:
        case Polygon():
            return {
                "kind": "polygon",
                "outline": shape.outline.tolist(),
                "holes": [hole.tolist() for hole in shape.holes],
            }
        case Box():
            return {"kind": "box", **{name: getattr(shape, name) for name in _BOX}}
        case RotatedBox():
            return {"kind": "rotated-box", **{name: getattr(shape, name) for name in _ROTATED_BOX}}
        case Polyline():
            return {"kind": "polyline", "points": shape.points.tolist()}
        case Keypoint():
            return {"kind": "keypoint", "x": shape.x, "y": shape.y}


def shape_from_json(value: object, place: str = "shape") -> Shape:
    """Undo `shape_to_json`; `ValueError` naming the place otherwise."""
    return _SHAPES[strict.tag(value, place, "kind", _SHAPES)](value, place)


def command_to_json(command: Command) -> Json:
    """Return a command as what `json.dumps` takes; `do` says which."""
    match command:
        case AddLabel():
            return {"do": "add-label", "label": label_to_json(command.label), "index": command.index}
        case RemoveLabel():
            return {"do": "remove-label", "uid": str(command.uid)}
        case ChangeShape():
            shape = shape_to_json(command.shape)
            return {"do": "change-shape", "uid": str(command.uid), "shape": shape, "source": command.source.value}
        case ChangeClass():
            return {"do": "change-class", "uid": str(command.uid), "class": command.class_name}
        case SetTags():
            return {"do": "set-tags", "tags": list(command.tags)}
        case Many():
            return {"do": "many", "edits": [command_to_json(edit) for edit in command.edits]}


def command_from_json(value: object, place: str = "command") -> Command:
    """Undo `command_to_json`; `ValueError` naming the place otherwise."""
    if strict.tag(value, place, "do", {*_EDITS, "many"}) != "many":
        return _edit(value, place)
    read = strict.exact_object(value, place, ("do", "edits"))
    return Many(strict.items(read["edits"], f"{place}.edits", _edit))


# Shapes ---------------------------------------------------------------------------------------------------------------

_BOX: Final = ("left", "top", "right", "bottom")
_ROTATED_BOX: Final = ("x", "y", "width", "height", "angle_deg")


def _polygon(value: object, place: str) -> Polygon:
    read = strict.exact_object(value, place, ("kind", "outline", "holes"))
    holes = strict.items(read["holes"], f"{place}.holes", _ring)
    return Polygon(_ring(read["outline"], f"{place}.outline"), holes)


def _polyline(value: object, place: str) -> Polyline:
    read = strict.exact_object(value, place, ("kind", "points"))
    return Polyline(_points(read["points"], f"{place}.points", at_least=2))


def _box(value: object, place: str) -> Box:
    numbers = _numbers(value, place, _BOX)
    return strict.at(place, lambda: Box(*numbers))


def _rotated_box(value: object, place: str) -> RotatedBox:
    numbers = _numbers(value, place, _ROTATED_BOX)
    return strict.at(place, lambda: RotatedBox(*numbers))


def _keypoint(value: object, place: str) -> Keypoint:
    return Keypoint(*_numbers(value, place, ("x", "y")))


_SHAPES: Final[Mapping[str, Callable[[object, str], Shape]]] = {
    "polygon": _polygon,
    "box": _box,
    "rotated-box": _rotated_box,
    "polyline": _polyline,
    "keypoint": _keypoint,
}


# Edits ----------------------------------------------------------------------------------------------------------------


def _add_label(value: object, place: str) -> AddLabel:
    read = strict.exact_object(value, place, ("do", "label", "index"))
    index = None if read["index"] is None else strict.whole(read["index"], f"{place}.index")
    return AddLabel(label_from_json(read["label"], f"{place}.label"), index)


def _remove_label(value: object, place: str) -> RemoveLabel:
    return RemoveLabel(strict.uid(strict.exact_object(value, place, ("do", "uid"))["uid"], f"{place}.uid"))


def _change_shape(value: object, place: str) -> ChangeShape:
    read = strict.exact_object(value, place, ("do", "uid", "shape", "source"))
    return ChangeShape(
        strict.uid(read["uid"], f"{place}.uid"),
        shape_from_json(read["shape"], f"{place}.shape"),
        strict.word(read["source"], f"{place}.source", Source),
    )


def _change_class(value: object, place: str) -> ChangeClass:
    read = strict.exact_object(value, place, ("do", "uid", "class"))
    return ChangeClass(strict.uid(read["uid"], f"{place}.uid"), strict.text(read["class"], f"{place}.class"))


def _set_tags(value: object, place: str) -> SetTags:
    return SetTags(
        strict.items(strict.exact_object(value, place, ("do", "tags"))["tags"], f"{place}.tags", strict.text)
    )


_EDITS: Final[Mapping[str, Callable[[object, str], Edit]]] = {
    "add-label": _add_label,
    "remove-label": _remove_label,
    "change-shape": _change_shape,
    "change-class": _change_class,
    "set-tags": _set_tags,
}


def _edit(value: object, place: str) -> Edit:
    return _EDITS[strict.tag(value, place, "do", _EDITS)](value, place)


# Pieces ---------------------------------------------------------------------------------------------------------------


def _labels(value: object, place: str) -> tuple[Label, ...]:
    labels = strict.items(value, place, label_from_json)
    seen: set[UUID] = set()
    for number, label in enumerate(labels):
        if label.uid in seen:
            raise ValueError(f"{place}[{number}].uid: another label has it already")
        seen.add(label.uid)
    return labels


def _ring(value: object, place: str) -> Points:
    return _points(value, place, at_least=3)


def _points(value: object, place: str, *, at_least: int) -> Points:
    points = value if _plain(value) else strict.items(value, place, strict.point)
    if len(points) < at_least:
        raise ValueError(f"{place}: needs at least {at_least} points, not {len(points)}")
    return frozen_points(points)


def _plain(value: object) -> TypeGuard[list[list[float]]]:
    """Whether these are points beyond doubt, as nearly all are; the others are looked at one by one, to name the place."""
    if not isinstance(value, list) or not all(type(point) is list and len(point) == 2 for point in value):
        return False
    numbers: list[float] = list(chain.from_iterable(value))
    if set(map(type, numbers)) != {float} or not isfinite(sum(numbers)):
        return False
    return -strict.LARGEST <= min(numbers) <= max(numbers) <= strict.LARGEST


def _numbers(value: object, place: str, names: tuple[str, ...]) -> list[float]:
    read = strict.exact_object(value, place, ("kind", *names))
    return [strict.number(read[name], f"{place}.{name}") for name in names]


def _side(value: object, place: str) -> int:
    side = strict.whole(value, place)
    if side == 0:
        raise ValueError(f"{place}: a picture has at least one pixel")
    return side
