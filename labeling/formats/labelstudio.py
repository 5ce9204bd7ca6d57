"""Label Studio: `tasks.json` and `images/` (https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks).

Coordinates are percent of the picture. What people said stands under `annotations`, what a model proposes under `predictions`.
A rotated rectangle is given by its top left corner, around which it turns. Holes go into the ring by a bridge: the tool's own
brush masks are packed unlike those of any other format.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from labeling.annotation import Label
from labeling.dataset import Found, Item, Notes, Origin, Target
from labeling.formats.files import checked, label_uid, parse_json, read_text, within
from labeling.formats.geometry import box_of, bridged, from_corner, rings, to_centre, unbridged
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape
from labeling.strict import items as listed
from labeling.strict import number, text, whole

Size = tuple[int, int]

_FILE: Final = "tasks.json"
_DIGITS: Final = 8
"""Decimals of a percent: less than a thousandth of a pixel in any picture."""


def write(items: Iterable[Item], target: Target) -> None:
    """Write pictures and one file of tasks, a task a line."""
    with target.open(_FILE) as file:
        file.write("[")
        for index, item in enumerate(items):
            path = target.picture(item, "images")
            data = {"image": path, "split": item.split, "verdict": item.verdict, **item.facts}
            said = _results(item.labels, item.size, target.notes)
            said += [
                {"from_name": "tags", "to_name": "image", "type": "choices", "value": {"choices": [tag]}}
                for tag in item.tags
            ]
            task: dict[str, Any] = {"data": data, "annotations": [], "predictions": []}
            if item.labelled:
                task["annotations"] = [{"result": said, "was_cancelled": False}]
            if item.proposals:
                task["predictions"] = [{"result": _results(item.proposals, item.size, target.notes)}]
            file.write((",\n" if index else "\n") + json.dumps(task, ensure_ascii=False))
        file.write("\n]\n")


def _results(labels: Iterable[Label], size: Size, notes: Notes) -> list[dict[str, Any]]:
    made = [_result(label, size, notes) for label in labels]
    return [each for each in made if each is not None]


def _result(label: Label, size: Size, notes: Notes) -> dict[str, Any] | None:
    kind: str = "rectanglelabels"
    value: dict[str, Any]
    match label.shape:
        case Polygon() as shape:
            if shape.holes:
                notes.add("a hole kept inside its outline by a bridge without width")
            kind, value = "polygonlabels", {"points": _percent(bridged(rings(shape)), size), "closed": True}
        case Box() as shape:
            ((left, top), (right, bottom)) = _percent(np.reshape(shape.bounds, (2, 2)), size)
            value = {"x": left, "y": top, "width": right - left, "height": bottom - top, "rotation": 0}
        case RotatedBox() as shape:
            ((x, y),) = _percent(shape.corners[:1], size)
            sides = {"width": 100 * shape.width / size[0], "height": 100 * shape.height / size[1]}
            value = {"x": x, "y": y, **sides, "rotation": shape.angle_deg % 360}
        case Keypoint() as shape:
            ((x, y),) = _percent(np.array([[shape.x, shape.y]]), size)
            kind, value = "keypointlabels", {"x": x, "y": y, "width": 0.2}
        case Polyline():
            notes.add("a line left out: the tool has none")
            return None
    width, height = size
    head: dict[str, Any] = {"id": str(label.uid), "from_name": "label", "to_name": "image", "type": kind}
    head |= {"original_width": width, "original_height": height, "image_rotation": 0}
    head |= {} if label.score is None else {"score": label.score}
    return head | {"value": value | {kind: [label.class_name]}}


def _percent(points: Any, size: Size) -> list[list[float]]:
    return [[x, y] for x, y in np.round(from_corner(points) * 100 / size, _DIGITS).tolist()]


def read(origin: Origin) -> Iterator[Found]:
    """Yield each task's newest annotation that was not cancelled; predictions are nobody's word and are passed over."""
    path = within(origin.root, _FILE)
    tasks = parse_json(read_text(path), str(path))
    for index, task in enumerate(checked(str(path), lambda: listed(tasks, "tasks", _as_it_is))):
        place = f"{path}: [{index}]"
        name = checked(place, lambda task: text(task["data"]["image"], "data.image"), task)
        file = within(origin.root, name.removeprefix("/data/local-files/?d="))
        said = checked(
            place, lambda task: [each for each in task["annotations"] if not each.get("was_cancelled")], task
        )
        if said:
            yield checked(
                place,
                lambda said, place, file, task: _found(said[-1], place, file.stem, task["data"], origin),
                said,
                place,
                file,
                task,
            )


def _as_it_is(value: Any, _: str) -> Any:
    return value


def _found(annotation: Any, place: str, name: str, data: Any, origin: Origin) -> Found:
    labels, tags = [], []
    size = origin.size_of(name)
    for index, result in enumerate(listed(annotation["result"], "result", _as_it_is)):
        if result["type"] == "choices":
            tags += [text(choice, "choices") for choice in result["value"]["choices"]]
            continue
        said = (whole(result["original_width"], "original_width"), whole(result["original_height"], "original_height"))
        if size not in {None, said}:
            raise ValueError(f"result[{index}] is of a picture of {said}, the one in the store is {size}")
        size = said
        if result["type"] not in _SHAPES:
            raise ValueError(f"result[{index}]: {str(result['type'])[:40]!r} is none of {', '.join(_SHAPES)}, choices")
        (class_name,) = result["value"][result["type"]]
        shape = _SHAPES[result["type"]](result["value"], said)
        labels.append(Label(label_uid(f"{place}/{index}"), text(class_name, "label"), shape))
    split = data.get("split", "")
    return Found(place, name, size, tuple(labels), tuple(tags), split if isinstance(split, str) else "")


def _polygon(value: Any, size: Size) -> Shape:
    points = np.array([[number(x, "x"), number(y, "y")] for x, y in value["points"]])
    return unbridged(to_centre(points * size / 100))


def _rectangle(value: Any, size: Size) -> Shape:
    across, down = size
    x, y, width, height, angle = (number(value.get(key, 0), key) for key in ("x", "y", "width", "height", "rotation"))
    left, top, width, height = x * across / 100, y * down / 100, width * across / 100, height * down / 100
    if not angle:
        return box_of(left, top, left + width, top + height)
    turn = np.deg2rad(angle)
    ((corner_x, corner_y),) = to_centre([[left, top]]).tolist()
    centre_x = corner_x + (width * np.cos(turn) - height * np.sin(turn)) / 2
    centre_y = corner_y + (width * np.sin(turn) + height * np.cos(turn)) / 2
    return RotatedBox(float(centre_x), float(centre_y), width, height, angle)


def _keypoint(value: Any, size: Size) -> Shape:
    ((x, y),) = to_centre([[number(value["x"], "x") * size[0] / 100, number(value["y"], "y") * size[1] / 100]]).tolist()
    return Keypoint(x, y)


_SHAPES: Final = {"polygonlabels": _polygon, "rectanglelabels": _rectangle, "keypointlabels": _keypoint}
