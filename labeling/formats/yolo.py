"""YOLO: `data.yaml`, `images/<split>/`, `labels/<split>/`, a text file a picture (https://docs.ultralytics.com/datasets/).

Coordinates are shares of the picture; classes are numbered from 0 in the order of data.yaml, the same in every split. An
empty file is a picture without defects. Among polygons a box is written as a polygon of four points: one row with a box makes
the usual trainer forget all polygons. Holes go into the ring by a bridge.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from labeling.annotation import Label
from labeling.dataset import SPLITS, FormatError, Found, Item, Notes, Origin, Read, Target, Write
from labeling.formats.files import checked, label_uid, lines, listed, number, parse_json, read_text, within
from labeling.formats.geometry import HALF, box_of, bridged, from_corner, is_area, rings, to_centre, unbridged
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape

Size = tuple[int, int]
Rows = Callable[[Shape, Size, Notes], "list[float] | None"]

POINT_BOX_PX: Final = 2.0
"""Side of the box that a keypoint stands in, since in this format every object has one."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the four tasks: how a shape becomes the numbers of a row, and the row a shape; and more lines of data.yaml."""

    row: Rows
    shape: Callable[[list[float], Size], Shape]
    more: str = ""


def _write(items: Iterable[Item], target: Target, kind: _Kind) -> None:
    numbers = {name: index for index, name in enumerate(target.classes)}
    splits: set[str] = set()
    for item in items:
        splits.add(item.split)
        target.picture(item, f"images/{item.split}")
        if item.tags:
            target.notes.add("a tag of a whole picture left out")
        rows = [_line(numbers[label.class_name], label, item.size, target, kind) for label in item.labels]
        target.write(f"labels/{item.split}/{item.name}.txt", "".join(rows))
    for split in ("train", "val"):
        if split not in splits:
            target.notes.add(f"no picture in the split {split}, which trainers ask for")
    folders = "".join(f"{split}: images/{split}\n" for split in SPLITS if split in splits)
    names = "".join(f"  {index}: {json.dumps(name, ensure_ascii=False)}\n" for name, index in numbers.items())
    target.write(
        "data.yaml", f"path: .\n{folders}nc: {len(numbers)}\n{kind.more}names:{'' if names else ' {}'}\n{names}"
    )


def _line(class_number: int, label: Label, size: Size, target: Target, kind: _Kind) -> str:
    values = kind.row(label.shape, size, target.notes)
    if values is None:
        return ""
    return f"{class_number}" + (" %.8f" * len(values)) % tuple(values) + "\n"


def _shares(points: npt.NDArray[np.float64], size: Size, notes: Notes) -> npt.NDArray[np.float64]:
    """Return points as shares of the picture; what reaches beyond it is cut."""
    shares = from_corner(points) / size
    if shares.min() < 0 or shares.max() > 1:
        notes.add("a shape that reaches beyond its picture cut at the edge")
        return shares.clip(0, 1)
    return shares


def _detect_row(shape: Shape, size: Size, notes: Notes) -> list[float] | None:
    if not is_area(shape):
        notes.add("a line or point left out: objects are boxes")
        return None
    if not isinstance(shape, Box):
        notes.add("an outline as its upright box")
    return _box_numbers(shape, size, notes)


def _box_numbers(shape: Shape, size: Size, notes: Notes) -> list[float] | None:
    left, top, right, bottom = shape.bounds
    (left, top), (right, bottom) = _shares(np.array([[left, top], [right, bottom]]), size, notes).tolist()
    if right <= left or bottom <= top:
        notes.add("a shape outside its picture left out")
        return None
    return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]


def _segment_row(shape: Shape, size: Size, notes: Notes) -> list[float] | None:
    if isinstance(shape, Polyline | Keypoint):
        notes.add("a line or point left out: objects are areas")
        return None
    if isinstance(shape, Box | RotatedBox):
        notes.add("a box as a polygon of four points")
    elif shape.holes:
        notes.add("a hole kept inside its outline by a bridge without width")
    ring: list[float] = _shares(bridged(rings(shape)), size, notes).ravel().tolist()
    return ring


def _oriented_row(shape: Shape, size: Size, notes: Notes) -> list[float] | None:
    if isinstance(shape, Polyline | Keypoint):
        notes.add("a line or point left out: objects are boxes")
        return None
    if isinstance(shape, Polygon):
        notes.add("an outline as the smallest box around it")
        corners = _smallest_box(shape.outline)
    else:
        (corners,) = rings(shape)
    return [float(value) for value in _shares(corners, size, notes).ravel().tolist()]


def _smallest_box(outline: Points) -> Points:
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(outline.astype(np.float32))), np.float64)


def _pose_row(shape: Shape, size: Size, notes: Notes) -> list[float] | None:
    if isinstance(shape, Polyline):
        notes.add("a line left out: objects are boxes with points")
        return None
    if not isinstance(shape, Keypoint):
        if not isinstance(shape, Box):
            notes.add("an outline as its upright box")
        box = _box_numbers(shape, size, notes)
        return None if box is None else [*box, 0.0, 0.0, 0.0]
    reach = POINT_BOX_PX / 2
    around = Box(shape.x - reach, shape.y - reach, shape.x + reach, shape.y + reach)
    box = _box_numbers(around, size, notes)
    ((x, y),) = _shares(np.array([[shape.x, shape.y]]), size, notes).tolist()
    return None if box is None else [*box, x, y, 2.0]


# Reading --------------------------------------------------------------------------------------------------------------


def _read(origin: Origin, kind: _Kind) -> Iterator[Found]:
    names = class_names(within(origin.root, "data.yaml"))
    folders = [(split, listed(origin.root, f"labels/{split}", ".txt")) for split in SPLITS]
    if not any(files for _, files in folders):
        raise FormatError(f"{origin.root}: no labels/train/*.txt or of another split")
    for split, files in folders:
        for path in files:
            size = origin.size_of(path.stem)
            labels = tuple(_labels(path, names, size, kind))
            yield Found(str(path), path.stem, size, labels, (), split)


def _labels(path: Path, names: list[str], size: Size | None, kind: _Kind) -> Iterator[Label]:
    for place, text in lines(path):
        values = checked(place, lambda text: _numbers(text, len(names)), text)
        known = size or (1, 1)  # of a picture that is not in the store: looked at, and then passed over
        shape = checked(place, lambda values, known: kind.shape(values[1:], known), values, known)
        yield Label(label_uid(place), names[int(values[0])], shape)


def labels_with_scores(path: Path, names: list[str], size: Size | None, name: str) -> Iterator[Label]:
    """Yield the labels of a file whose rows may have a score behind them: one number more than a shape of the kind has.

    Parameters
    ----------
    size
        Of the picture; None where it is not known, whose rows are only checked.
    name
        `yolo`, `yolo-seg` or `yolo-obb`.
    """
    kind = _WITH_SCORES[name]
    for place, text in lines(path):
        values = checked(place, lambda text: _numbers(text, len(names)), text)
        score = (
            values.pop() if len(values) % 2 == 0 else None
        )  # a class, and then pairs: what is left over is the score
        shape = checked(place, lambda values: kind.shape(values[1:], size or (1, 1)), values)
        yield Label(label_uid(place), names[int(values[0])], shape, score=checked(place, _share_or_none, score))


def _share_or_none(score: float | None) -> float | None:
    if score is not None and not 0 <= score <= 1:
        raise ValueError(f"a score of {score:g}; a score is a share, 0 to 1")
    return score


def _numbers(text: str, classes: int) -> list[float]:
    values = [number(word) for word in text.split()]
    if len(values) < 5:
        raise ValueError(f"{len(values)} numbers; a row has a class and at least four numbers")
    if values[0] != int(values[0]) or not 0 <= values[0] < classes:
        raise ValueError(f"class {values[0]:g} is not one of the {classes} of data.yaml")
    return values


def _share(values: list[float]) -> list[float]:
    if not all(-1e-6 <= value <= 1 + 1e-6 for value in values):
        raise ValueError("a coordinate is no share of the picture, 0 to 1")
    return values


def _points(values: list[float], size: Size) -> Points:
    if len(values) < 6 or len(values) % 2:
        raise ValueError(f"{len(values)} coordinates; an outline needs x and y of at least 3 points")
    return to_centre(np.reshape(_share(values), (-1, 2)) * size)


def _box_shape(values: list[float], size: Size) -> Box:
    if len(values) != 4:
        raise ValueError(f"{len(values)} numbers after the class; a box has 4")
    x, y, width, height = _share(values)
    across, down = size
    left, top, right, bottom = (
        (x - width / 2) * across,
        (y - height / 2) * down,
        (x + width / 2) * across,
        (y + height / 2) * down,
    )
    return box_of(left, top, right, bottom)


def _segment_shape(values: list[float], size: Size) -> Shape:
    return _box_shape(values, size) if len(values) == 4 else unbridged(_points(values, size))


def _oriented_shape(values: list[float], size: Size) -> Shape:
    if len(values) != 8:
        raise ValueError(f"{len(values)} numbers after the class; an oriented box has 8")
    points = _points(values, size)
    along, across = points[1] - points[0], points[3] - points[0]
    width, height = float(np.hypot(*along)), float(np.hypot(*across))
    x, y = points.mean(axis=0).tolist()
    return RotatedBox(x, y, width, height, float(np.rad2deg(np.arctan2(along[1], along[0]))))


def _pose_shape(values: list[float], size: Size) -> Shape:
    if len(values) != 7:
        raise ValueError(f"{len(values)} numbers after the class; a box with one point (kpt_shape: [1, 3]) has 7")
    if values[6] == 0:
        return _box_shape(values[:4], size)
    x, y = _share(values[4:6])
    return Keypoint(round(x * size[0] - HALF, 4), round(y * size[1] - HALF, 4))


def class_names(path: Path) -> list[str]:
    """Return the class names of a data.yaml: `names: [a, b]`, or a line each, with its number or a dash."""
    found: dict[int, str] = {}
    inside = False
    for line_number, line in enumerate(read_text(path).splitlines(), 1):
        if match := re.match(r"names:\s*(.*)$", line):
            inside = not match[1].strip()
            if match[1].strip().startswith("["):
                words = match[1].strip().strip("[]").split(",")
                found = {index: _unquoted(word, path, line_number) for index, word in enumerate(words) if word.strip()}
        elif inside and (match := re.match(r"\s*(?:(\d{1,6})\s*:|-)\s+(.*)$", line)):
            found[len(found) if match[1] is None else int(match[1])] = _unquoted(match[2], path, line_number)
        elif line.strip() and not line.lstrip().startswith("#"):
            inside = False
    if not found or sorted(found) != list(range(len(found))):
        raise FormatError(f"{path}: names must be the classes, numbered from 0 without a gap")
    return [found[index] for index in range(len(found))]


def _unquoted(word: str, path: Path, line_number: int) -> str:
    text = word.strip()
    if text.startswith('"'):
        return str(parse_json(text, f"{path}:{line_number}"))
    return text.strip("'")


_DETECT = _Kind(_detect_row, _box_shape)
_SEGMENT = _Kind(_segment_row, _segment_shape)
_ORIENTED = _Kind(_oriented_row, _oriented_shape)
_POSE = _Kind(_pose_row, _pose_shape, "kpt_shape: [1, 3]\n")
_WITH_SCORES: Final = {"yolo": _DETECT, "yolo-seg": _SEGMENT, "yolo-obb": _ORIENTED}


def _pair(kind: _Kind) -> tuple[Write, Read]:
    def write(items: Iterable[Item], target: Target) -> None:
        _write(items, target, kind)

    def read(origin: Origin) -> Iterator[Found]:
        return _read(origin, kind)

    return write, read


KINDS: Final[dict[str, tuple[Write, Read]]] = {
    "yolo": _pair(_DETECT),
    "yolo-seg": _pair(_SEGMENT),
    "yolo-obb": _pair(_ORIENTED),
    "yolo-pose": _pair(_POSE),
}
