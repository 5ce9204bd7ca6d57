"""labelme: a `.json` beside each picture, a folder a split (https://github.com/wkentaro/labelme).

Coordinates are pixels from the picture's corner; `imageData` is null, since the picture lies beside it. Tags are flags.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import numpy as np

from labeling.annotation import Label
from labeling.dataset import SPLITS, FormatError, Found, Item, Notes, Origin, Target
from labeling.formats.files import checked, label_uid, listed, parse_json, read_text, within
from labeling.formats.geometry import box_of, bridged, from_corner, rings, to_centre, unbridged
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape
from labeling.strict import number, text, whole


def write(items: Iterable[Item], target: Target) -> None:
    """Write each picture and its file."""
    for item in items:
        target.picture(item, item.split)
        width, height = item.size
        content = {
            "version": "5.5.0",
            "flags": dict.fromkeys(item.tags, True),
            "shapes": [_shape(label, target.notes) for label in item.labels],
            "imagePath": item.file,
            "imageData": None,
            "imageHeight": height,
            "imageWidth": width,
        }
        target.write(f"{item.split}/{item.name}.json", json.dumps(content, ensure_ascii=False) + "\n")


def _shape(label: Label, notes: Notes) -> dict[str, Any]:
    match label.shape:
        case Polygon() as shape:
            if shape.holes:
                notes.add("a hole kept inside its outline by a bridge without width")
            kind, points = "polygon", bridged(rings(shape))
        case RotatedBox() as shape:
            notes.add("a rotated box as a polygon")
            kind, points = "polygon", shape.corners
        case Box() as shape:
            kind, points = "rectangle", np.reshape(shape.bounds, (2, 2))
        case Polyline() as shape:
            kind, points = "linestrip", shape.points
        case Keypoint() as shape:
            kind, points = "point", np.array([[shape.x, shape.y]])
    return {
        "label": label.class_name,
        "points": from_corner(points).tolist(),
        "group_id": None,
        "description": "",
        "shape_type": kind,
        "flags": {},
    }


def read(origin: Origin) -> Iterator[Found]:
    """Yield each file's picture, of the split folders and of the folder itself."""
    files = [(split, path) for split in (*SPLITS, "") for path in listed(origin.root, split or ".", ".json")]
    labelled = [(split, path) for split, path in files if path.name != "export.json"]
    if not labelled:
        raise FormatError(f"{origin.root}: no *.json here or in {', '.join(SPLITS)}")
    for split, path in labelled:
        content = parse_json(read_text(path), str(path))
        image = within(
            path.parent, checked(str(path), lambda content: text(content["imagePath"], "imagePath"), content)
        )
        size = checked(
            str(path),
            lambda content: (
                whole(content["imageWidth"], "imageWidth"),
                whole(content["imageHeight"], "imageHeight"),
            ),
            content,
        )
        flags = checked(
            str(path), lambda content: tuple(tag for tag, on in content.get("flags", {}).items() if on), content
        )
        shapes = checked(str(path), lambda content: list(content["shapes"]), content)
        labels = []
        for index, each in enumerate(shapes):
            place = f"{path}: shapes[{index}]"
            labels.append(checked(place, _label, each, place))
        yield Found(str(path), image.stem, size, tuple(labels), flags, split)


def _label(each: Any, place: str) -> Label:
    kind = each.get("shape_type", "polygon")
    if kind not in _SHAPES:
        raise ValueError(f"{str(kind)[:40]!r} is none of {', '.join(_SHAPES)}")
    points = to_centre([[number(x, "points"), number(y, "points")] for x, y in each["points"]])
    return Label(label_uid(place), text(each["label"], "label"), _SHAPES[kind](points))


def _rectangle(points: Points) -> Shape:
    (left, top), (right, bottom) = (points + 0.5).min(axis=0).tolist(), (points + 0.5).max(axis=0).tolist()
    return box_of(left, top, right, bottom)


def _circle(points: Points) -> Shape:
    """Return a circle by its centre and a point on it as 64 corners."""
    centre, on = points
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    reach = np.hypot(*(on - centre))
    return Polygon(to_centre(centre + 0.5 + reach * np.stack([np.cos(angles), np.sin(angles)], axis=1)))


def _keypoint(points: Points) -> Shape:
    ((x, y),) = points.tolist()
    return Keypoint(x, y)


_SHAPES: Final[dict[str, Callable[[Points], Shape]]] = {
    "polygon": unbridged,
    "rectangle": _rectangle,
    "circle": _circle,
    "linestrip": Polyline,
    "line": Polyline,
    "point": _keypoint,
}
