"""Crops of defects for the grid: one a part, all of a page cut at one scale so that sizes can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Source
from labeling.canvas.geometry import is_closed, rings_of
from labeling.shapes import Points, Shape
from station.journal.errors import StorageError
from station.journal.images import JPEG, decode, viewable
from station.journal.reader import JournalReader
from station.journal.records import PartRecord
from station.line.inspection import BlobRef, VerdictKind, View

Bytes = npt.NDArray[np.uint8]

CROP_PX = 360
"""Side of a crop as it is kept."""
AROUND = 1.5
"""A crop is so much larger than what every cell shows at least, so that a cell of another shape is filled too."""
LEAST_PX = 64.0
"""A cell shows at least so much of the picture."""
MARGIN = 0.6
"""Of a shape's own size, around it."""
MOST_TIMES_THE_MEDIAN = 4.0
"""One giant must not make dots of all others: what is larger is seen in part."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where the worst defect of a part is, and what is said of it.

    Attributes
    ----------
    class_name
        What a person called it, else what the model did; empty where nobody outlined anything.
    by_person
        Whether a person outlined it.
    shape
        In pixels of the source picture; None where nobody outlined anything, `middle` is then the heat's peak or the
        picture's middle.
    """

    uid: UUID
    part_seq: int
    view: str
    size: tuple[int, int]
    verdict: VerdictKind
    class_name: str
    score: float | None
    by_person: bool
    shape: Shape | None
    middle: tuple[float, float]
    preview: BlobRef | None
    image: BlobRef | None
    pixel_format: str

    @property
    def extent_px(self) -> float:
        """The longer side of the shape."""
        if self.shape is None:
            return 0.0
        left, top, right, bottom = self.shape.bounds
        return max(right - left, bottom - top)


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One cell of the grid.

    Attributes
    ----------
    pixels
        Shape (360, 360, 3) RGB uint8; None where there is no picture, `trouble` says why.
    rings
        The shape's lines in pixels of the crop, each (N, 2).
    sharp
        Whether it is cut from the camera's own pixels; otherwise from the preview.
    """

    place: Place
    pixels: Bytes | None
    rings: tuple[Points, ...] = ()
    closed: bool = True
    sharp: bool = False
    trouble: str = ""


def read_place(journal: JournalReader, uid: UUID) -> Place | None:
    """Find the worst defect of a part; None where there is no such part, or it has no view.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    record = journal.part(uid)
    if record is None or not record.inspection.views:
        return None
    newest = {stored.view: stored.annotation for stored in journal.annotations(uid) if not stored.annotation.proposed}
    return min(
        (_place(record, view, newest.get(view.name)) for view in record.inspection.views),
        key=lambda place: (place.shape is None, not place.by_person, -(place.score or 0.0)),
    )


def _place(record: PartRecord, view: View, annotation: Annotation | None) -> Place:
    trigger = record.inspection.trigger
    place = Place(
        uid=trigger.uid,
        part_seq=trigger.part_seq,
        view=view.name,
        size=(view.width, view.height),
        verdict=record.inspection.verdict.kind,
        class_name=", ".join(annotation.tags) if annotation is not None else "",
        score=view.score,
        by_person=annotation is not None,
        shape=None,
        middle=_peak(view),
        preview=view.preview,
        image=view.image,
        pixel_format=view.pixel_format,
    )
    if annotation is not None and annotation.labels:
        label = max(annotation.labels, key=lambda each: (each.score or 0.0, _area(each.shape)))
        own = label.source is Source.PERSON
        score = view.score if own else label.score
        return replace(place, class_name=label.class_name, score=score, shape=label.shape, middle=_middle(label.shape))
    if annotation is None and view.defects:
        defect = max(view.defects, key=lambda each: each.score)
        return replace(
            place,
            class_name=defect.class_name,
            score=defect.score,
            shape=defect.shape,
            middle=_middle(defect.shape),
        )
    return place


def _middle(shape: Shape) -> tuple[float, float]:
    left, top, right, bottom = shape.bounds
    return (left + right) / 2, (top + bottom) / 2


def _area(shape: Shape) -> float:
    left, top, right, bottom = shape.bounds
    return (right - left) * (bottom - top)


def _peak(view: View) -> tuple[float, float]:
    """Where the heat is highest; the picture's middle where there is none."""
    heat = view.heat_map
    if heat is None or not heat.size:
        return view.width / 2, view.height / 2
    row, column = np.unravel_index(int(heat.argmax()), heat.shape)
    rows, columns = heat.shape
    return (float(column) + 0.5) * view.width / columns, (float(row) + 0.5) * view.height / rows


def common_side_px(places: Sequence[Place]) -> float:
    """Return how much of the picture every cell of a page shows at least, along its shorter side, in source pixels."""
    extents = [place.extent_px for place in places if place.shape is not None]
    if not extents:
        return 2 * LEAST_PX
    largest = min(max(extents), MOST_TIMES_THE_MEDIAN * median(extents))
    return max(largest * (1 + MARGIN), LEAST_PX)


def preview_crop(journal: JournalReader, place: Place, side_px: float) -> Crop:
    """Cut a crop out of the small preview, which is quick."""
    return _cut(journal, place, place.preview, side_px, sharp=False)


def sharp_crop(journal: JournalReader, place: Place, side_px: float) -> Crop:
    """Cut a crop out of the camera's own pixels."""
    return _cut(journal, place, place.image, side_px, sharp=True)


def _cut(journal: JournalReader, place: Place, file: BlobRef | None, side_px: float, *, sharp: bool) -> Crop:
    zoom = CROP_PX / (AROUND * side_px)
    corner = place.middle[0] - AROUND * side_px / 2, place.middle[1] - AROUND * side_px / 2
    shape = place.shape
    rings = () if shape is None else tuple((ring - corner) * zoom for ring in rings_of(shape))
    crop = Crop(place, None, rings, closed=shape is None or is_closed(shape), sharp=sharp)
    if file is None:
        return crop
    try:
        raw = decode(journal.blobs.get(file.sha256), file.media_type)
    except StorageError as error:
        return replace(crop, trouble=str(error))
    picture = np.asarray(raw, np.uint8) if file.media_type == JPEG else viewable(raw, PixelFormat(place.pixel_format))
    return replace(crop, pixels=_warped(picture, corner, zoom, picture.shape[1] / max(place.size[0], 1)))


def _warped(picture: Bytes, corner: tuple[float, float], zoom: float, scale: float) -> Bytes:
    """Cut a square of `CROP_PX`; `scale` pixels of the picture stand for one of the source, and beyond its edge it is black."""
    while zoom / scale < 0.5 and min(picture.shape[:2]) > 1:  # fine scratches must not fall between the pixels
        half = max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2)
        scale *= half[0] / picture.shape[1]
        picture = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    step = zoom / scale
    matrix = np.array(  # from the crop to the picture: centres of pixels lie half a pixel inside of their edges
        [
            [1 / step, 0.0, (corner[0] + 0.5) * scale - 0.5 + 0.5 / step],
            [0.0, 1 / step, (corner[1] + 0.5) * scale - 0.5 + 0.5 / step],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(picture, matrix, (CROP_PX, CROP_PX), flags=flags, borderMode=cv2.BORDER_CONSTANT)
    colour = cv2.cvtColor(crop, cv2.COLOR_GRAY2RGB) if crop.ndim == 2 else crop
    return np.ascontiguousarray(colour, dtype=np.uint8)
