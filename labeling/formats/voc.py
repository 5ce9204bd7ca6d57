"""Pascal VOC: boxes in `Annotations/`, masks in `SegmentationClass/` and `SegmentationObject/` (VOC 2012 development kit).

Boxes are whole pixels, both ends included, counted from 1. Masks are PNGs with a palette: the class's or object's number, 0 the
background, 255 what does not count. `labelmap.txt` names the classes.
"""

import io
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt
from PIL import Image

from labeling.annotation import Label
from labeling.dataset import SPLITS, FormatError, Found, Item, Origin, Target
from labeling.formats.files import Element, checked, label_uid, listed, number, parse_xml, read_text, within
from labeling.formats.geometry import box_of, edges, rasterised, traced
from labeling.shapes import Box, Keypoint, Polyline, Shape

VOID: Final = 255

Indices = npt.NDArray[np.uint8]


def _palette() -> list[int]:
    """Return the devkit's colours: bits of the number, spread over red, green and blue from the highest down."""
    return [
        sum(((index >> (3 * bit + channel)) & 1) << (7 - bit) for bit in range(8))
        for index in range(256)
        for channel in range(3)
    ]


PALETTE: Final = _palette()


def write(items: Iterable[Item], target: Target) -> None:
    """Write pictures, boxes, both masks and the lists of the splits."""
    if len(target.classes) >= VOID:
        raise FormatError(f"{len(target.classes)} classes; a mask of this format tells at most {VOID - 1} apart")
    numbers = {name: index for index, name in enumerate(target.classes, 1)}
    target.write("labelmap.txt", _label_map(target.classes))
    lists = {split: target.open(f"ImageSets/Main/{split}.txt") for split in SPLITS}
    try:
        for item in items:
            lists[item.split].write(f"{item.name}\n")
            target.picture(item, "JPEGImages")
            areas = _areas(item, target)
            target.write(f"Annotations/{item.name}.xml", _xml(item, areas))
            width, height = item.size
            masks = np.zeros((2, height, width), np.uint8)
            for index, label in enumerate(areas, 1):
                rows, columns, mask = rasterised(label.shape, item.size)  # type: ignore[arg-type]  # areas only
                masks[0, rows, columns][mask] = numbers[label.class_name]
                masks[1, rows, columns][mask] = index
            target.costly(f"SegmentationClass/{item.name}.png", partial(palette_png, masks[0]))
            target.costly(f"SegmentationObject/{item.name}.png", partial(palette_png, masks[1]))
    finally:
        for file in lists.values():
            file.close()


def _label_map(classes: tuple[str, ...]) -> str:
    """Return the file that names the numbers of the class mask by their colours, which the devkit's own classes do not need."""
    colours = [PALETTE[3 * index : 3 * index + 3] for index in range(len(classes) + 1)]
    names = ("background", *(name.replace(":", "_") for name in classes))
    rows = [f"{name}:{red},{green},{blue}::\n" for name, (red, green, blue) in zip(names, colours, strict=True)]
    return "".join(["# label:color_rgb:parts:actions\n", *rows])


def palette_png(indices: Indices) -> bytes:
    """Return a mask of shape (H, W) as a PNG with the palette of the development kit."""
    image = Image.fromarray(indices)
    image.putpalette(PALETTE)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _areas(item: Item, target: Target) -> list[Label]:
    if item.tags:
        target.notes.add("a tag of a whole picture left out")
    areas = [label for label in item.labels if not isinstance(label.shape, Polyline | Keypoint)]
    for _ in range(len(item.labels) - len(areas)):
        target.notes.add("a line or point left out: objects are boxes and masks")
    for label in areas:
        if not isinstance(label.shape, Box) or any(edge % 1 for edge in edges(label.shape)):
            target.notes.add("an outline as whole pixels, in a box and in masks")
    if len(areas) >= VOID:
        target.notes.add(f"an object beyond the {VOID - 1} that a mask tells apart left out")
    return areas[: VOID - 1]


def _xml(item: Item, areas: list[Label]) -> str:
    width, height = item.size
    objects = "".join(_object(label, item.size) for label in areas)
    return (
        f"<annotation>\n  <folder>JPEGImages</folder>\n  <filename>{item.file}</filename>\n"
        f"  <size><width>{width}</width><height>{height}</height><depth>3</depth></size>\n"
        f"  <segmented>1</segmented>\n{objects}</annotation>\n"
    )


def _object(label: Label, size: tuple[int, int]) -> str:
    width, height = size
    left, top, right, bottom = edges(label.shape)
    x_min, y_min = max(int(np.floor(left)), 0) + 1, max(int(np.floor(top)), 0) + 1
    x_max, y_max = min(int(np.ceil(right)), width), min(int(np.ceil(bottom)), height)
    truncated = int(left < 0 or top < 0 or right > width or bottom > height)
    box = f"<xmin>{x_min}</xmin><ymin>{y_min}</ymin><xmax>{x_max}</xmax><ymax>{y_max}</ymax>"
    return (
        f"  <object><name>{escape(label.class_name)}</name><pose>Unspecified</pose><truncated>{truncated}</truncated>"
        f"<difficult>0</difficult><bndbox>{box}</bndbox></object>\n"
    )


def read(origin: Origin) -> Iterator[Found]:
    """Yield each picture with its objects: the mask's outline where there is a mask, the box otherwise."""
    files = listed(origin.root, "Annotations", ".xml")
    if not files:
        raise FormatError(f"{origin.root}: no Annotations/*.xml")
    splits = _splits(origin.root)
    for path in files:
        top = parse_xml(path)
        size_element = top.child("size")
        width, height = (_whole(size_element, side) for side in ("width", "height"))
        objects = top.all("object")
        masks = _masks(origin, path.stem, (width, height)) if objects else None
        labels = []
        for index, element in enumerate(objects, 1):
            name = element.child("name").text.strip()
            for piece, shape in enumerate(_shapes(element, masks, index)):
                labels.append(Label(label_uid(f"{element.place}/{piece}"), name, shape))
        yield Found(str(path), path.stem, (width, height), tuple(labels), (), splits.get(path.stem, ""))


def _shapes(element: Element, masks: Indices | None, index: int) -> tuple[Shape, ...]:
    box = element.child("bndbox")
    sides = (_side(box, side) for side in ("xmin", "ymin", "xmax", "ymax"))
    shape = checked(box.place, lambda: _box(*sides))
    if masks is None:
        return (shape,)
    mask = masks == index
    polygons = traced(mask)
    filled = (
        len(polygons) == 1 and abs(polygons[0].area_px - (shape.right - shape.left) * (shape.bottom - shape.top)) < 1e-6
    )
    return (shape,) if filled or not polygons else polygons


def _box(x_min: float, y_min: float, x_max: float, y_max: float) -> Box:
    return box_of(x_min - 1, y_min - 1, x_max, y_max)


def _side(box: Element, side: str) -> float:
    element = box.child(side)
    return checked(element.place, lambda: number(element.text))


def _whole(parent: Element, side: str) -> int:
    value = _side(parent, side)
    if value != int(value) or value < 1:
        raise FormatError(f"{parent.place}: {side} must be a whole number from 1, not {value:g}")
    return int(value)


def _masks(origin: Origin, name: str, size: tuple[int, int]) -> Indices | None:
    """Return the objects' mask, shape (H, W), decoded only when its header says that it is as large as the picture."""
    path = within(origin.root, f"SegmentationObject/{name}.png")
    if not path.is_file():
        return None
    return read_mask(path, size)


def read_mask(path: Path, size: tuple[int, int]) -> Indices:
    """Return a mask of one byte a pixel; `FormatError` if it is none, or of another size."""
    try:
        with Image.open(path, formats=["PNG"]) as image:
            if image.size != size or image.mode not in {"P", "L"}:
                raise FormatError(f"{path}: a mask of {image.size} {image.mode}, its picture is {size}")
            return np.asarray(image, np.uint8)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FormatError(f"{path}: no PNG that can be read ({error})") from None


def _splits(root: Path) -> dict[str, str]:
    files = {split: within(root, f"ImageSets/Main/{split}.txt") for split in SPLITS}
    return {name: split for split, path in files.items() if path.is_file() for name in read_text(path).split()}
