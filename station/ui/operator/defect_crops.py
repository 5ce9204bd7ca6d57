"""The defect book's pages: what people outlined as a class, what only looked like it, and what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from labeling.canvas.geometry import is_closed, rings_of
from labeling.shapes import Shape
from station.journal.errors import StorageError
from station.journal.images import decode, viewable
from station.journal.reader import JournalReader
from station.journal.records import PartRecord, PartSummary
from station.line.inspection import Author, VerdictKind, View

Bytes = npt.NDArray[np.uint8]

LOOKED_AT = 300
"""So many of the newest parts of each verdict are looked at."""
CROP_PX = 192
"""Side of a crop as it is kept."""
_LEAST_PX, _MARGIN = 48.0, 0.6
"""A crop shows at least so much of the picture, and its shape with so much around it."""
_SUB_PIXEL_BITS = 4
_LINE = ((16, 18, 20), 5), ((47, 216, 232), 2)
"""A dark halo, then a light line: colour (RGB) and width in pixels of the crop."""
_NO_CLASS = "anomaly"
"""What a model that knows no classes calls everything."""


class Page(StrEnum):
    """What a crop shows."""

    EXAMPLE = "example"
    """A person called it this class."""
    COUNTER = "counter"
    """The model outlined it, and a person called the part good."""
    BORDERLINE = "borderline"
    """The station could not decide, and a person called it this class."""


MOST = {Page.EXAMPLE: 4, Page.COUNTER: 3, Page.BORDERLINE: 3}
"""Crops a page has at most, the newest."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One crop: pixels of shape (192, 192, 3) RGB uint8, with the outline drawn in."""

    page: Page
    pixels: Bytes
    part: UUID
    part_seq: int
    time: datetime
    author: str


def read_crops(journal: JournalReader, class_name: str, recipe: str) -> tuple[Crop, ...]:
    """Return the crops of a class, newest first on each page.

    A part whose picture cannot be read is passed over: the book shows what there is.

    Raises
    ------
    StorageError
        If the journal cannot be read.
    """
    found: dict[Page, list[Crop]] = {page: [] for page in Page}
    for page, part, view, shape, author in _places(journal, class_name, recipe):
        if len(found[page]) < MOST[page] and (crop := _crop(journal, page, part, view, shape, author)):
            found[page].append(crop)
        if all(len(found[page]) == MOST[page] for page in Page):
            break
    return tuple(crop for page in Page for crop in found[page])


_Place = tuple[Page, PartRecord, View, Shape, str]


def _places(journal: JournalReader, class_name: str, recipe: str) -> Iterator[_Place]:
    for summary in _by_people(journal, VerdictKind.NG, recipe):
        if summary.labels:
            yield from _outlined(journal, summary, class_name)
    for summary in _by_people(journal, VerdictKind.OK, recipe):
        if summary.defects:
            yield from _called_good(journal, summary, class_name)


def _by_people(journal: JournalReader, verdict: VerdictKind, recipe: str) -> Iterator[PartSummary]:
    for summary in journal.parts(verdict=verdict, limit=LOOKED_AT).parts:
        if summary.by is not Author.RULES and summary.recipe == recipe:
            yield summary


def _outlined(journal: JournalReader, summary: PartSummary, class_name: str) -> Iterator[_Place]:
    newest = {stored.view: stored.annotation for stored in journal.annotations(summary.uid)}
    record = journal.part(summary.uid)
    if record is None:
        return
    doubtful = record.verdicts[0].kind is VerdictKind.NOT_DECIDABLE
    for view in record.inspection.views:
        annotation = newest.get(view.name)
        for label in annotation.labels if annotation and not annotation.proposed else ():
            if label.class_name == class_name and annotation is not None:
                page = Page.BORDERLINE if doubtful else Page.EXAMPLE
                yield page, record, view, label.shape, annotation.author


def _called_good(journal: JournalReader, summary: PartSummary, class_name: str) -> Iterator[_Place]:
    record = journal.part(summary.uid)
    if record is None:
        return
    for view in record.inspection.views:
        for defect in view.defects:
            if defect.class_name in {class_name, _NO_CLASS}:
                yield Page.COUNTER, record, view, defect.shape, record.inspection.verdict.author


def _crop(journal: JournalReader, page: Page, part: PartRecord, view: View, shape: Shape, author: str) -> Crop | None:
    if view.image is None:
        return None
    try:
        raw = decode(journal.blobs.get(view.image.sha256), view.image.media_type)
    except StorageError:
        return None
    picture = viewable(raw, PixelFormat(view.pixel_format))
    trigger = part.inspection.trigger
    pixels = cut(picture, shape, picture.shape[1] / max(view.width, 1))
    return Crop(page, pixels, trigger.uid, trigger.part_seq, trigger.time, author)


def cut(picture: Bytes, shape: Shape, scale: float = 1.0) -> Bytes:
    """Return the surroundings of a shape as (192, 192, 3) RGB, the shape drawn in.

    Parameters
    ----------
    picture
        Shape (H, W) or (H, W, 3) RGB uint8; what lies beyond its edge is black.
    shape
        In pixels of the source picture.
    scale
        Pixels of `picture` for one of the source: raw Bayer is shown at half its size.
    """
    left, top, right, bottom = shape.bounds
    side = max(max(right - left, bottom - top) * (1 + _MARGIN), _LEAST_PX)
    zoom = CROP_PX / side
    corner = (left + right) / 2 - side / 2, (top + bottom) / 2 - side / 2
    step = zoom / scale
    # From the crop to the picture: centres of pixels lie half a pixel inside of their edges.
    matrix = np.array(
        [
            [1 / step, 0.0, (corner[0] + 0.5) * scale - 0.5 + 0.5 / step],
            [0.0, 1 / step, (corner[1] + 0.5) * scale - 0.5 + 0.5 / step],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(picture, matrix, (CROP_PX, CROP_PX), flags=flags, borderMode=cv2.BORDER_CONSTANT)
    colour = cv2.cvtColor(crop, cv2.COLOR_GRAY2RGB) if crop.ndim == 2 else crop
    lines = [np.round(((ring - corner) * zoom - 0.5) * 2**_SUB_PIXEL_BITS).astype(np.int32) for ring in rings_of(shape)]
    for rgb, width in _LINE:
        cv2.polylines(colour, lines, is_closed(shape), rgb, width, cv2.LINE_AA, _SUB_PIXEL_BITS)
    return np.asarray(colour, dtype=np.uint8)
