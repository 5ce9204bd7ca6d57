"""Sizes of labels in millimetres, where a view is calibrated: for the formats that have a place for them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from camera.calibration import Calibration
from labeling.annotation import Label
from labeling.dataset import InMillimetres, Measure, Notes
from labeling.formats.geometry import rings
from labeling.measure import measure
from labeling.shapes import Box, Keypoint, Points, Polygon, Polyline, RotatedBox, Shape, frozen_points
from station.line.calibrations import CalibrationFile, read_calibration_file
from station.line.inspection import View
from station.line.sizes import Scale

FORMATS: Final = frozenset({"coco", "csv", "jsonl", "croissant"})
"""Those that have a place for a size in millimetres."""

UNKNOWN = "a size in pixels alone: its view is not calibrated"
NO_PLACE = "a size in millimetres left out: coco, csv, jsonl and croissant have a place for it"
MADE_LATER = "a size in millimetres by a calibration that was made after its picture"


class Rulers:
    """The calibrations of a data folder, each read once, for an export in one format.

    Parameters
    ----------
    name
        The format.
    notes
        Are told what becomes of the labels' sizes.
    """

    def __init__(self, data: Path, name: str, notes: Notes) -> None:
        self._data = data
        self._has_place = name in FORMATS
        self._notes = notes
        self._known: dict[str, CalibrationFile | None] = {}

    def of(self, view: View, labels: Iterable[Label], taken: datetime) -> Measure | None:
        """Return what measures the labels of a view on the part; None without a calibration, or a place for what it says.

        Raises
        ------
        ConfigError
            If the file of the calibration cannot be used.
        """
        sized = sum(not isinstance(label.shape, Keypoint) for label in labels)
        file = self._file(view)
        if file is None and self._has_place:
            self._note(UNKNOWN, sized)
        elif file is not None and not self._has_place:
            self._note(NO_PLACE, sized)
        elif file is not None and file.created > taken:
            self._note(MADE_LATER, sized)
        return partial(measured, file.calibration) if file is not None and self._has_place else None

    def _note(self, text: str, times: int) -> None:
        for _ in range(times):
            self._notes.add(text)

    def _file(self, view: View) -> CalibrationFile | None:
        """Return a view's calibration, if there is one for pictures of that size."""
        if view.name not in self._known:
            self._known[view.name] = read_calibration_file(self._data, view.name)
        found = self._known[view.name]
        return found if found is not None and (found.width, found.height) == (view.width, view.height) else None


def on_the_part(scale: Scale, shape: Shape) -> InMillimetres | None:
    """Return the size of a shape in millimetres, None where none are known."""
    if scale.calibration is not None:
        return measured(scale.calibration, shape)
    size = measure(shape, scale.mm_per_px)
    if size.length_mm is None or size.width_mm is None or size.area_mm2 is None:
        return None
    return InMillimetres(size.length_mm, size.width_mm, size.area_mm2, None)


def measured(calibration: Calibration, shape: Shape) -> InMillimetres:
    """Return the size of a shape, its corners mapped to the part one by one."""
    match shape:
        case Polygon():
            outline, *holes = (_mapped(calibration, ring) for ring in rings(shape))
            size = measure(Polygon(outline, tuple(holes)))
        case Box() | RotatedBox():
            size = measure(_rectangle(_mapped(calibration, rings(shape)[0])))
        case Polyline(points):
            size = measure(Polyline(_mapped(calibration, points)))
        case _:
            size = measure(shape)  # a point has no size in any unit
    return InMillimetres(size.length_px, size.width_px, size.area_px, calibration.relative_uncertainty)


def _mapped(calibration: Calibration, ring: Points) -> Points:
    return frozen_points(calibration.to_mm(ring))


def _rectangle(corners: Points) -> RotatedBox:
    """Return the rectangle whose sides are the means of opposite ones: what a calibrated camera makes of a box is hardly bent."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return RotatedBox(0.0, 0.0, float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2, 0.0)
