"""COCO: `annotations/instances_<split>.json` and `images/<split>/` (https://cocodataset.org/#format-data).

Ids begin at 1: with an annotation of id 0 the usual scorer gives a perfect detection nothing. The rings of a polygon are a
union there, so that an area with holes is a mask: run lengths, column by column, compressed.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np

from labeling.annotation import Label
from labeling.dataset import SPLITS, FormatError, Found, Item, Origin, Target
from labeling.formats.files import checked, label_uid, parse_json, read_text, within
from labeling.formats.geometry import (
    Area,
    Mask,
    box_of,
    edges,
    from_corner,
    from_runs,
    rasterised,
    rings,
    run_lengths,
    to_centre,
    traced,
)
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, ring_area_px
from labeling.strict import number, text, whole


def write(items: Iterable[Item], target: Target) -> None:
    """Write one file a split; annotations wait in a temporary file while the images are written."""
    files: dict[str, _Split] = {}
    with ExitStack() as stack:
        for item in items:
            split = files.get(item.split)
            if split is None:
                split = files[item.split] = stack.enter_context(closing(_Split(target, item.split)))
            split.add(item)
        for split in files.values():
            split.finish()


class _Split:
    def __init__(self, target: Target, name: str) -> None:
        self._target, self._name = target, name
        self._ids = {class_name: number for number, class_name in enumerate(target.classes, 1)}
        self._images, self._annotations = 0, 0
        self._waiting: IO[str] = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - close() does
        self._file = target.open(f"annotations/instances_{name}.json")
        categories = [{"id": number, "name": each, "supercategory": "defect"} for each, number in self._ids.items()]
        self._file.write(
            f'{{"info": {{"description": "labels of inspected parts"}},\n"categories": {json.dumps(categories)}'
        )
        self._file.write(',\n"images": [')

    def add(self, item: Item) -> None:
        self._images += 1
        width, height = item.size
        image = {"id": self._images, "file_name": item.file, "width": width, "height": height}
        image |= {"tags": list(item.tags), "verdict": item.verdict, **item.facts}
        self._file.write((",\n" if self._images > 1 else "\n") + json.dumps(image))
        self._target.picture(item, f"images/{self._name}")
        for label in item.labels:
            if (said := _annotation(label, item.size, self._target)) is not None:
                self._annotations += 1
                head = {"id": self._annotations, "image_id": self._images, "category_id": self._ids[label.class_name]}
                if item.in_mm is not None:
                    said |= {"attributes": item.in_mm(label.shape).rounded()}
                self._waiting.write((",\n" if self._annotations > 1 else "\n") + json.dumps(head | said))

    def finish(self) -> None:
        self._file.write('\n],\n"annotations": [')
        self._waiting.seek(0)
        shutil.copyfileobj(self._waiting, self._file)
        self._file.write("\n]}\n")

    def close(self) -> None:
        self._waiting.close()
        self._file.close()


def _annotation(label: Label, size: tuple[int, int], target: Target) -> dict[str, Any] | None:
    shape = label.shape
    if isinstance(shape, Polyline | Keypoint):
        target.notes.add("a line or point left out: instances are areas")
        return None
    left, top, right, bottom = edges(shape)
    segmentation: object
    if isinstance(shape, Polygon) and shape.holes:
        target.notes.add("an area with holes as a mask of whole pixels")
        rows, columns, mask = rasterised(shape, size)
        segmentation, area = _compressed(mask, rows, columns, size), float(mask.sum())
    else:
        if isinstance(shape, RotatedBox):
            target.notes.add("a rotated box as a polygon")
        (ring,) = rings(shape)
        segmentation, area = [from_corner(ring).ravel().tolist()], ring_area_px(ring)
    box = [left, top, round(right - left, 4), round(bottom - top, 4)]
    said = {"bbox": box, "area": round(area, 4), "iscrowd": 0, "segmentation": segmentation}
    return said if label.score is None else said | {"score": label.score}


def _compressed(mask: Mask, rows: slice, columns: slice, size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    whole_mask = np.zeros((height, width), np.bool_)
    whole_mask[rows, columns] = mask
    return {"size": [height, width], "counts": packed(run_lengths(whole_mask.ravel(order="F")))}


def packed(runs: list[int]) -> str:
    """Return run lengths as COCO compresses them: each less the last but one, five bits a character, from "0"."""
    letters = []
    for index, run in enumerate(runs):
        rest = run - runs[index - 2] if index > 2 else run
        more = True
        while more:
            bits, rest = rest & 31, rest >> 5
            more = rest != (-1 if bits & 16 else 0)
            letters.append(chr((bits | 32 if more else bits) + 48))
    return "".join(letters)


def unpacked(letters: str, most: int) -> list[int]:
    """Undo `packed`.

    Raises
    ------
    ValueError
        If the text is no such compression, or of more than `most` runs.
    """
    runs: list[int] = []
    value, shift = 0, 0
    for letter in letters:
        bits = ord(letter) - 48
        if not 0 <= bits < 64 or shift > 60:
            raise ValueError(f"{letter!r} is no character of compressed runs")
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            value -= 1 << shift
        runs.append(value + runs[-2] if len(runs) > 2 else value)
        value, shift = 0, 0
        if len(runs) > most:
            raise ValueError("more runs than the picture has pixels")
    return runs


def read(origin: Origin) -> Iterator[Found]:
    """Yield the pictures of every split, each with its labels."""
    names = [f"annotations/instances_{split}.json" for split in SPLITS]
    found = [name for name in names if within(origin.root, name).is_file()]
    if not found:
        raise FormatError(f"{origin.root}: no {names[0]} or of another split")
    for name in found:
        yield from _read_split(origin, name)


@dataclass(frozen=True, slots=True)
class Index:
    """What the numbers of a file mean: class names, and images as they stand there; `place` is the file."""

    place: str
    content: Any
    names: dict[int, str]
    images: dict[int, Any]

    def image_of(self, row: Any) -> int:
        """Return the number of the image that an annotation or a result is of; `ValueError` where there is none."""
        return _known(row, "image_id", self.images)

    def picture(self, key: int) -> tuple[str, tuple[int, int]]:
        """Return the file's name and width and height in pixels; `FormatError` where they are not there."""
        image = self.images[key]
        at = f"{self.place}: image id {key}"
        size = checked(at, lambda image: (whole(image["width"], "width"), whole(image["height"], "height")), image)
        return checked(at, lambda image: text(image["file_name"], "file_name"), image), size


def index_of(path: Path) -> Index:
    """Read a file of annotations as far as its classes and images. Raises `FormatError`."""
    content = parse_json(read_text(path), str(path))
    place = str(path)
    classes = _by_id(content, "categories", place)
    names = {
        key: checked(f"{place}: categories", lambda each: text(each["name"], "name"), each)
        for key, each in classes.items()
    }
    return Index(place, content, names, _by_id(content, "images", place))


def _read_split(origin: Origin, name: str) -> Iterator[Found]:
    path = within(origin.root, name)
    index, place = index_of(path), str(path)
    labels: dict[int, list[Label]] = {key: [] for key in index.images}
    for number_of, (key, each) in enumerate(_by_id(index.content, "annotations", place).items()):
        at = f"{place}: annotations[{number_of}] (id {key})"
        made = checked(at, labels_of, each, index, at, origin)
        labels[index.image_of(each)].extend(made)
    split = path.stem.removeprefix("instances_")
    for number_of, (key, image) in enumerate(index.images.items()):
        at = f"{place}: images[{number_of}] (id {key})"
        file_name, size = index.picture(key)
        file = within(origin.root / "images" / split, file_name)
        tags = checked(at, lambda image: tuple(text(tag, "tags") for tag in image.get("tags", ())), image)
        yield Found(at, file.stem, size, tuple(labels[key]), tags, split)


def _by_id(content: Any, key: str, place: str) -> dict[int, Any]:
    """Return a list of objects by their ids, each id once."""
    rows = content.get(key) if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise FormatError(f"{place}: {key} is no list")
    known: dict[int, Any] = {}
    for index, row in enumerate(rows):
        at = f"{place}: {key}[{index}]"
        number_of = checked(at, lambda row: whole(row["id"], "id"), row)
        if number_of in known:
            raise FormatError(f"{at}: id {number_of} is there twice")
        known[number_of] = row
    return known


def _known(row: Any, key: str, known: dict[int, Any]) -> int:
    value = whole(row[key], key)
    if value not in known:
        raise ValueError(f"{key} {value} names nothing")
    return value


def labels_of(row: Any, index: Index, place: str, origin: Origin) -> list[Label]:
    """Return an annotation, or a result, as labels; `ValueError` or `KeyError` where it is none."""
    class_name = index.names[_known(row, "category_id", index.names)]
    image = index.images[index.image_of(row)]
    score = None if row.get("score") is None else number(row["score"], "score")
    shapes = _shapes(row, (whole(image["width"], "width"), whole(image["height"], "height")))
    if len(shapes) > 1:
        origin.notes.add("an object of several pieces as one label a piece")
    return [Label(label_uid(f"{place}/{piece}"), class_name, shape, score=score) for piece, shape in enumerate(shapes)]


def _shapes(row: Any, size: tuple[int, int]) -> list[Shape]:
    segmentation = row.get("segmentation")
    if isinstance(segmentation, dict):
        return list(_from_mask(segmentation, size))
    left, top, width, height = (number(value, "bbox") for value in row["bbox"])
    box = box_of(left, top, left + width, top + height)
    if not segmentation:
        return [box]
    shapes: list[Shape] = []
    for ring in segmentation:
        values = [number(value, "segmentation") for value in ring]
        if len(values) < 6 or len(values) % 2:
            raise ValueError(f"a polygon of {len(values)} numbers; it needs at least 6, and x and y of each point")
        points = to_centre(np.reshape(values, (-1, 2)))
        shapes.append(box if _is_box(points, box) else Polygon(points))
    return shapes


def _is_box(points: Any, box: Box) -> bool:
    (ring,) = rings(box)
    return points.shape == (4, 2) and bool(np.abs(points - ring).max() < 1e-3)


def _from_mask(segmentation: Any, size: tuple[int, int]) -> tuple[Area, ...]:
    width, height = size
    if list(segmentation["size"]) != [height, width]:
        raise ValueError(f"a mask of {segmentation['size']} (height, width) in a picture of {height} x {width}")
    counts = segmentation["counts"]
    runs = unpacked(counts, width * height + 1) if isinstance(counts, str) else [whole(run, "counts") for run in counts]
    if sum(runs) != width * height:
        raise ValueError(f"the runs of a mask must be {width * height} pixels together")
    polygons = traced(from_runs(runs, width * height).reshape((height, width), order="F"))
    if not polygons:
        raise ValueError("the mask is empty")
    return polygons
