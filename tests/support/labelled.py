"""Labelled pictures for tests of formats: drawn by Hypothesis, written, read, and compared."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
from hypothesis import strategies as st

from labeling.annotation import Label
from labeling.dataset import Found, Item, Notes, Origin, Target
from labeling.formats.geometry import rasterised
from labeling.formats.registry import FORMATS
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points

WIDTH, HEIGHT = 320, 240
SIZE = (WIDTH, HEIGHT)
CLASSES = ("burr", "scratch, long", "Kratzer äöü <&>")

PNG = cv2.imencode(".png", np.full((HEIGHT, WIDTH), 90, np.uint8))[1].tobytes()


def label(shape: Shape, class_name: str = CLASSES[0], number: int = 1) -> Label:
    return Label(UUID(int=number), class_name, shape)


def item(*shapes: Shape, name: str = "part-1", **fields: object) -> Item:
    labels = tuple(label(shape, CLASSES[index % len(CLASSES)], index + 1) for index, shape in enumerate(shapes))
    known: dict[str, object] = {"verdict": "NG" if shapes else "OK", "picture": lambda: PNG}
    return Item(name=name, size=SIZE, labels=labels, **(known | fields))  # type: ignore[arg-type]


def write(form: str, items: Iterable[Item], root: Path, classes: tuple[str, ...] = CLASSES) -> Notes:
    notes = Notes()
    root.mkdir(parents=True, exist_ok=True)
    FORMATS[form].write(items, Target(root, classes, notes))
    return notes


def read(form: str, root: Path, size: tuple[int, int] | None = SIZE) -> list[Found]:
    reader = FORMATS[form].read
    assert reader is not None
    return list(reader(Origin(root, lambda _: size, Notes())))


def _inside(draw: st.DrawFn) -> tuple[float, float, float]:
    """Draw a centre, and how far one may go from it."""
    x, y = draw(st.floats(20, WIDTH - 21)), draw(st.floats(20, HEIGHT - 21))
    return x, y, min(x, y, WIDTH - 1 - x, HEIGHT - 1 - y)


@st.composite
def polygons(draw: st.DrawFn, *, holes: bool = True) -> Polygon:
    """Star-shaped around a centre, so that it never crosses itself; a hole is the same, smaller."""
    x, y, reach = _inside(draw)
    count = draw(st.integers(5, 12))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    radii = np.array([draw(st.floats(0.6, 1.0)) for _ in range(count)]) * reach
    star = np.stack([np.cos(angles) * radii, np.sin(angles) * radii], axis=1)
    outline = frozen_points(np.round(star + np.array([x, y]), 3))
    if not (holes and draw(st.booleans())):
        return Polygon(outline)
    return Polygon(outline, (frozen_points(np.round(star * 0.4 + np.array([x, y]), 3)),))


@st.composite
def boxes(draw: st.DrawFn, *, whole: bool = False) -> Box:
    x, y, reach = _inside(draw)
    across, down = draw(st.floats(2, reach)), draw(st.floats(2, reach))
    edges = [round(value, 3) for value in (x - across, y - down, x + across, y + down)]
    if whole:
        edges = [round(value) + 0.5 for value in edges]
    return Box(*edges)


@st.composite
def rotated_boxes(draw: st.DrawFn) -> RotatedBox:
    x, y, reach = _inside(draw)
    width, height = (draw(st.floats(0.4, 1.2)) * reach for _ in range(2))
    return RotatedBox(x, y, width, height, draw(st.floats(1, 359)))


@st.composite
def polylines(draw: st.DrawFn) -> Polyline:
    count = draw(st.integers(2, 8))
    points = [(draw(st.floats(0, WIDTH - 1)), draw(st.floats(0, HEIGHT - 1))) for _ in range(count)]
    return Polyline(frozen_points(np.round(points, 3)))


@st.composite
def keypoints(draw: st.DrawFn) -> Keypoint:
    x, y, _ = _inside(draw)
    return Keypoint(round(x, 3), round(y, 3))


def same_mask(one: Shape, other: Shape) -> bool:
    """Whether two areas cover the same pixels."""
    masks = []
    for shape in (one, other):
        whole = np.zeros((HEIGHT, WIDTH), np.bool_)
        rows, columns, mask = rasterised(shape, SIZE)  # type: ignore[arg-type]
        whole[rows, columns] = mask
        masks.append(whole)
    return bool((masks[0] == masks[1]).all())


def close(one: Shape, other: Shape, within_px: float = 1e-3) -> bool:
    """Whether two shapes are of one kind and nowhere farther apart."""
    if type(one) is not type(other):
        return False
    match one, other:
        case Polygon(), Polygon():
            if len(one.outline) != len(other.outline) or len(one.holes) != len(other.holes):
                return False
            holes = zip(one.holes, other.holes, strict=True)
            return _near(one.outline, other.outline, within_px) and all(_near_ring(*pair, within_px) for pair in holes)
        case Polyline(), Polyline():
            return _near(one.points, other.points, within_px)
        case RotatedBox(), RotatedBox():
            return _near(one.corners, other.corners, within_px)
        case _:
            return _near(np.array(one.bounds), np.array(other.bounds), within_px)


def _near(one: np.ndarray, other: np.ndarray, within_px: float) -> bool:
    return one.shape == other.shape and bool(np.abs(one - other).max() <= within_px)


def _near_ring(one: np.ndarray, other: np.ndarray, within_px: float) -> bool:
    """Whether two rings are the same, wherever they begin and whichever way they go round."""
    if one.shape != other.shape:
        return False
    turned = [np.roll(way, shift, axis=0) for way in (other, other[::-1]) for shift in range(len(other))]
    return any(_near(one, each, within_px) for each in turned)
