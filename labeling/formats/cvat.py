"""CVAT for images 1.1: `annotations.xml` and `images/` (https://docs.cvat.ai/docs/dataset_management/formats/format-cvat/).

Everything a person draws has an element there; an area with holes is a mask, its runs row by row within its box.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from labeling.annotation import Label
from labeling.dataset import SPLITS, FormatError, Found, Item, Origin, Target
from labeling.formats.files import Element, checked, label_uid, number, parse_xml, within
from labeling.formats.geometry import box_of, edges, from_corner, from_runs, rasterised, run_lengths, to_centre, traced
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape

_FILE: Final = "annotations.xml"
_TASKS: Final = "".join(f"<task><name>{split}</name><subset>{split}</subset></task>" for split in SPLITS)


def write(items: Iterable[Item], target: Target) -> None:
    """Write pictures and one file for all labels, image by image."""
    with target.open(_FILE) as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n')
        file.write(f"  <meta><project>\n    <tasks>{_TASKS}</tasks>\n    <labels>\n")
        for name in target.classes:
            file.write(f"      <label><name>{escape(name)}</name><attributes></attributes></label>\n")
        file.write("    </labels>\n  </project></meta>\n")
        for index, item in enumerate(items):
            target.picture(item, "images")
            width, height = item.size
            file.write(
                f"  <image id={quoteattr(str(index))} name={quoteattr(item.file)} subset={quoteattr(item.split)}"
                f' width="{width}" height="{height}">\n'
            )
            file.writelines(f'    <tag label={quoteattr(tag)} source="manual"></tag>\n' for tag in item.tags)
            for order, label in enumerate(item.labels):
                file.write(f"    {_element(label, item.size, order, target)}\n")
            file.write("  </image>\n")
        file.write("</annotations>\n")


def _element(label: Label, size: tuple[int, int], order: int, target: Target) -> str:
    common = f'label={quoteattr(label.class_name)} source="manual" occluded="0" z_order="{order}"'
    match label.shape:
        case Polygon() as shape if shape.holes:
            target.notes.add("an area with holes as a mask of whole pixels")
            rows, columns, mask = rasterised(shape, size)
            high, wide = mask.shape
            runs = ", ".join(str(run) for run in run_lengths(mask.ravel()))
            where = f'left="{columns.start}" top="{rows.start}" width="{wide}" height="{high}"'
            return f'<mask {common} rle="{runs}" {where}></mask>'
        case Polygon() as shape:
            return f'<polygon {common} points="{_text(shape.outline)}"></polygon>'
        case Polyline() as shape:
            return f'<polyline {common} points="{_text(shape.points)}"></polyline>'
        case Keypoint() as shape:
            return f'<points {common} points="{_text(np.array([[shape.x, shape.y]]))}"></points>'
        case Box() as shape:
            return f"<box {common} {_sides(shape)}></box>"
        case RotatedBox(x, y, width, height, angle_deg):
            upright = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            return f'<box {common} {_sides(upright)} rotation="{angle_deg % 360:.6f}"></box>'


def _text(points: Points) -> str:
    return ";".join(f"{x:.4f},{y:.4f}" for x, y in from_corner(points).tolist())


def _sides(box: Box) -> str:
    left, top, right, bottom = edges(box)
    return f'xtl="{left:.4f}" ytl="{top:.4f}" xbr="{right:.4f}" ybr="{bottom:.4f}"'


def read(origin: Origin) -> Iterator[Found]:
    """Yield each image with its labels and tags."""
    path = within(origin.root, _FILE)
    root = parse_xml(path)
    if root.tag != "annotations":
        raise FormatError(f"{root.place}: <{root.tag}> where <annotations> should be")
    for image in root.all("image"):
        file = within(origin.root / "images", image.attribute("name"))
        size = (_whole(image, "width"), _whole(image, "height"))
        tags = tuple(each.attribute("label") for each in image.all("tag"))
        labels = tuple(label for each in image.children if each.tag != "tag" for label in _labels(each, size, origin))
        yield Found(image.place, file.stem, size, labels, tags, image.attributes.get("subset", ""))


def _labels(element: Element, size: tuple[int, int], origin: Origin) -> Iterator[Label]:
    if element.tag not in _SHAPES:
        raise FormatError(f"{element.place}: <{element.tag}> is none of {', '.join(_SHAPES)}, tag")
    shapes = checked(element.place, lambda: _SHAPES[element.tag](element, size))
    if len(shapes) > 1:
        origin.notes.add("an object of several pieces as one label a piece")
    for piece, shape in enumerate(shapes):
        yield Label(label_uid(f"{element.place}/{element.tag}/{piece}"), element.attribute("label"), shape)


def _points(element: Element) -> Points:
    pairs = [pair.split(",") for pair in element.attribute("points").split(";")]
    return to_centre([[number(x), number(y)] for x, y in pairs])


def _box(element: Element, _: tuple[int, int]) -> tuple[Shape, ...]:
    left, top, right, bottom = (number(element.attribute(side)) for side in ("xtl", "ytl", "xbr", "ybr"))
    box = box_of(left, top, right, bottom)
    if not (angle := number(element.attributes.get("rotation", "0"))):
        return (box,)
    centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return (RotatedBox(*centre, box.right - box.left, box.bottom - box.top, angle),)


def _mask(element: Element, size: tuple[int, int]) -> tuple[Shape, ...]:
    left, top, wide, high = (_whole(element, name) for name in ("left", "top", "width", "height"))
    if left + wide > size[0] or top + high > size[1]:
        raise ValueError(f"a mask of {wide} x {high} at {left}, {top} in a picture of {size[0]} x {size[1]}")
    runs = [int(word) for word in element.attribute("rle").split(",")]
    polygons = traced(from_runs(runs, wide * high).reshape(high, wide), left, top)
    if not polygons:
        raise ValueError("the mask is empty")
    return polygons


def _keypoints(element: Element, _: tuple[int, int]) -> tuple[Shape, ...]:
    return tuple(Keypoint(x, y) for x, y in _points(element).tolist())


_SHAPES: Final = {
    "box": _box,
    "polygon": lambda element, _: (Polygon(_points(element)),),
    "polyline": lambda element, _: (Polyline(_points(element)),),
    "points": _keypoints,
    "mask": _mask,
}


def _whole(element: Element, name: str) -> int:
    text = element.attribute(name)
    if not text.isdecimal() or len(text) > 9:
        raise FormatError(f"{element.place}: {name} must be a whole number, not {text[:40]!r}")
    return int(text)
