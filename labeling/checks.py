"""What is plainly wrong with labels, found without a person: empty, crossed, outside, tiny, twice, of no class."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

import numpy as np
import numpy.typing as npt
import shapely

from labeling.annotation import Label
from labeling.areas import Geometry, to_geometry, untangled
from labeling.classes import ClassList
from labeling.edits import Document
from labeling.shapes import Box, Keypoint, Polygon, RotatedBox

TINY_PX: Final = 3.0
"""A label that is smaller than this both ways is a slip of the finger rather than a defect that somebody saw."""

SAME_IOU: Final = 0.9
"""Two areas of a class that overlap by this share of both together are the same defect, drawn twice."""

SAME_PX: Final = 1.0
"""Two lines or points of a class nowhere farther apart than this are the same."""


class Kind(StrEnum):
    """What is wrong."""

    EMPTY = "empty"
    SELF_CROSSING = "self-crossing"
    OUT_OF_BOUNDS = "out-of-bounds"
    TINY = "tiny"
    DUPLICATE = "duplicate"
    NO_CLASS = "no-class"
    UNKNOWN_CLASS = "unknown-class"
    """The class was removed, or another product's palette has it; the label keeps it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one label; `text` is a sentence."""

    label_uid: UUID
    kind: Kind
    text: str


def check(document: Document, size: tuple[int, int], classes: ClassList | None = None) -> tuple[Finding, ...]:
    """Return what is wrong, in the order of the labels; nothing is changed.

    Parameters
    ----------
    size
        Width and height of the picture in pixels.
    classes
        Those that labels should have; None: any will do.
    """
    return Checker(size, classes).check(document)


class Checker:
    """Checks one document after the other, as a person edits: only labels that changed are looked at again.

    Parameters are those of `check`.
    """

    def __init__(self, size: tuple[int, int], classes: ClassList | None = None) -> None:
        self._size = size
        self._classes = classes
        self._known: dict[UUID, _Checked] = {}
        self._twins: dict[UUID, UUID] = {}
        """Labels that are there twice, and for each an earlier one that says the same."""

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Return what is wrong, in the order of the labels."""
        before, self._known = self._known, {}
        for label in document.labels:
            known = before.get(label.uid)
            self._known[label.uid] = known if known is not None and known.label is label else self._checked(label)
        self._find_twins({uid for uid, known in self._known.items() if before.get(uid) is not known})
        return tuple(finding for known in self._known.values() for finding in self._findings(known))

    def _checked(self, label: Label) -> "_Checked":
        shape, geometry = label.shape, to_geometry(label.shape)
        area = untangled(geometry) if isinstance(shape, Polygon | Box | RotatedBox) else None
        wrong = (*_of_class(label, self._classes), *_of_shape(label, geometry, area, self._size))
        findings = tuple(Finding(label.uid, kind, text) for kind, text in wrong)
        return _Checked(label, geometry, area, (*shape.bounds, 0.0 if area is None else area.area), findings)

    def _findings(self, known: "_Checked") -> Iterator[Finding]:
        yield from known.findings
        if known.label.uid in self._twins:
            text = f"The label says the same as another one of class {known.label.class_name}."
            yield Finding(known.label.uid, Kind.DUPLICATE, text)

    def _find_twins(self, changed: set[UUID]) -> None:
        """Compare what changed, and what lost its twin by that, with all others."""
        place = {uid: number for number, uid in enumerate(self._known)}
        stale = {
            uid
            for uid, twin in self._twins.items()
            if uid in changed or twin in changed or place.get(twin, len(place)) >= place.get(uid, -1)
        }
        self._twins = {uid: twin for uid, twin in self._twins.items() if uid not in stale}
        wanted = sorted(place[uid] for uid in changed | stale if uid in place)
        if not wanted:
            return
        labels, compared = list(self._known.values()), np.zeros(len(place), np.bool_)
        figures = np.array([known.figures for known in labels])
        for number in wanted:
            compared[number] = True
            for other in np.flatnonzero(_alike(figures, number) & ~compared).tolist():
                first, second = labels[min(number, other)], labels[max(number, other)]
                if second.label.uid not in self._twins and _same(first, second):
                    self._twins[second.label.uid] = first.label.uid


@dataclass(frozen=True, slots=True, eq=False)
class _Checked:
    """A label that was looked at: its geometry, for areas also untangled, and what is wrong with it by itself."""

    label: Label
    geometry: Geometry
    area: Geometry | None
    figures: tuple[float, float, float, float, float]
    """Bounds in pixels, and the area in square pixels."""
    findings: tuple[Finding, ...]


def _of_class(label: Label, classes: ClassList | None) -> Iterator[tuple[Kind, str]]:
    if not label.class_name:
        yield Kind.NO_CLASS, "The label has no class."
    elif classes is not None and not classes.known(label.class_name):
        yield Kind.UNKNOWN_CLASS, f"{label.class_name} is no class of this product (any more)."


def _of_shape(
    label: Label, geometry: Geometry, area: Geometry | None, size: tuple[int, int]
) -> Iterator[tuple[Kind, str]]:
    left, top, right, bottom = label.shape.bounds
    width, height = size
    # The outermost pixels reach half a pixel beyond their centres.
    if left < -0.5 or top < -0.5 or right > width - 0.5 or bottom > height - 0.5:
        yield Kind.OUT_OF_BOUNDS, f"The label reaches beyond the picture of {width} x {height} pixels."
    if isinstance(label.shape, Keypoint):
        return
    if (geometry.length if area is None else area.area) == 0:
        yield Kind.EMPTY, "The label covers nothing."
    elif max(right - left, bottom - top) < TINY_PX:
        yield Kind.TINY, f"The label is smaller than {TINY_PX:g} pixels."
    elif area is not None and area is not geometry:
        yield Kind.SELF_CROSSING, "The outline crosses itself or one of its holes."


def _alike(figures: npt.NDArray[np.float64], number: int) -> npt.NDArray[np.bool_]:
    """Whether each label could say the same as one of them, by bounds and area alone: what is not so cannot."""
    left, top, right, bottom, area = figures.T
    if area[number] == 0:
        return np.asarray((area == 0) & (np.abs(figures[:, :4] - figures[number, :4]).max(axis=1) <= SAME_PX))
    common_x = np.minimum(right, right[number]) - np.maximum(left, left[number])
    common_y = np.minimum(bottom, bottom[number]) - np.maximum(top, top[number])
    common = common_x.clip(0) * common_y.clip(0)  # no less than what the areas have in common
    return np.asarray((area > 0) & (common >= SAME_IOU * np.maximum(area, area[number])))


def _same(first: _Checked, second: _Checked) -> bool:
    if first.label.class_name != second.label.class_name:
        return False
    one, other = first.area, second.area
    if one is None or other is None:
        alike = type(first.label.shape) is type(second.label.shape)
        return alike and bool(shapely.hausdorff_distance(first.geometry, second.geometry) <= SAME_PX)
    together = shapely.union(one, other).area
    return bool(together > 0 and shapely.intersection(one, other).area >= SAME_IOU * together)
