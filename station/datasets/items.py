"""From what a manifest lists to items that a format is written from: labels out of the journal, pictures out of the store."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from uuid import UUID, uuid5

import cv2
import numpy as np

from camera.frame import PixelFormat
from camera.pixels import to_8_bits, to_rgb
from labeling.annotation import Annotation, Label, Source
from labeling.dataset import Item, Notes, file_name
from labeling.manifest import Entry
from station.datasets.millimetres import Rulers
from station.datasets.query import Candidate, candidate_of
from station.journal.errors import StorageError
from station.journal.images import decode
from station.journal.reader import JournalReader
from station.line.inspection import BlobRef, View

UNCLASSIFIED = "unclassified"
"""Class of a label that has none."""

JPEG_QUALITY = 95
_SMALLEST_BAYER_PX = 3

SUFFIXES = {"png": ".png", "jpg": ".jpg", "none": ".png"}
"""Of picture files, by what may be asked for."""


def item_name(part: UUID, view: str) -> str:
    """Return what a picture's files are called."""
    return f"{part}-{file_name(view)}"


def items(
    journal: JournalReader, entries: Iterator[Entry], images: str, notes: Notes, rulers: Rulers
) -> Iterator[Item]:
    """Yield each entry's item; its picture is read when it is written, and not before.

    Parameters
    ----------
    images
        `png`, `jpg` or `none`.
    rulers
        Give millimetres where there are any.

    Raises
    ------
    StorageError
        If the journal has not what the manifest names.
    ConfigError
        If a calibration cannot be used.
    """
    candidate: Candidate | None = None
    for entry in entries:
        if candidate is None or str(candidate.record.inspection.trigger.uid) != entry.part:
            candidate = candidate_of(journal, UUID(entry.part))
        if candidate is None:
            raise StorageError(f"{journal.path}: there is no part {entry.part} any more; restore it from a backup")
        yield _item(journal, candidate, entry, images, notes, rulers)


def _item(
    journal: JournalReader, candidate: Candidate, entry: Entry, images: str, notes: Notes, rulers: Rulers
) -> Item:
    trigger = candidate.record.inspection.trigger
    view = next((each for each in candidate.record.inspection.views if each.name == entry.view), None)
    if view is None or view.image is None or view.image.sha256 != entry.image:
        raise StorageError(
            f"{journal.path}: part {entry.part} has no view {entry.view!r} with picture {entry.image[:12]}"
        )
    revision = _revision(journal, entry)
    annotation = None if revision is not None and revision.proposed else revision
    facts = {
        "part": entry.part,
        "view": entry.view,
        "image": entry.image,
        "revision": entry.revision,
        "author": entry.author,
        "time": trigger.time.isoformat(),
        "recipe": candidate.record.inspection.recipe.name,
    }
    labels = tuple(map(classified, annotation.labels)) if annotation else ()
    return Item(
        name=entry.name,
        size=(view.width, view.height),
        labels=labels,
        tags=annotation.tags if annotation else (),
        labelled=entry.labelled,
        proposals=() if entry.labelled else _proposals(view, UUID(entry.part), revision),
        verdict=entry.verdict,
        split=entry.split,
        group=entry.group,
        facts=facts,
        picture=None if images == "none" else _opener(journal, view, view.image, images, notes),
        suffix=SUFFIXES[images],
        in_mm=rulers.of(view, labels, trigger.time),
    )


def _revision(journal: JournalReader, entry: Entry) -> Annotation | None:
    if not entry.revision:
        return None
    for stored in journal.annotations(UUID(entry.part)):
        if str(stored.annotation.uid) == entry.revision:
            return stored.annotation
    raise StorageError(
        f"{journal.path}: part {entry.part} has no annotation {entry.revision}; restore it from a backup"
    )


def classified(label: Label) -> Label:
    """Return the label, of a class in any case."""
    return label if label.class_name else replace(label, class_name=UNCLASSIFIED)


def _proposals(view: View, part: UUID, revision: Annotation | None) -> tuple[Label, ...]:
    """Return what the newest model proposes: one that was asked since, or the one that judged the part."""
    if revision is not None and revision.proposed:
        return tuple(map(classified, revision.labels))
    return tuple(
        Label(
            uuid5(part, f"{view.name}/{index}"),
            defect.class_name or UNCLASSIFIED,
            defect.shape,
            Source.MODEL,
            defect.score,
        )
        for index, defect in enumerate(view.defects)
    )


def _opener(journal: JournalReader, view: View, image: BlobRef, images: str, notes: Notes) -> Callable[[], bytes]:
    pixel_format = PixelFormat(view.pixel_format)
    coloured = bool(pixel_format.bayer) and min(view.width, view.height) >= _SMALLEST_BAYER_PX
    if coloured:
        notes.add("a raw Bayer picture as colours between its pixels, 8 bits")
    if images == "jpg":
        notes.add("a picture as JPEG, with losses")
    return partial(_encoded, journal, pixel_format, image, images, coloured=coloured)


def _encoded(
    journal: JournalReader, pixel_format: PixelFormat, image: BlobRef, images: str, *, coloured: bool
) -> bytes:
    pixels = decode(journal.blobs.get(image.sha256), image.media_type)
    if coloured:
        pixels = to_rgb(pixels, pixel_format)
    if images == "jpg":
        pixels = to_8_bits(pixels, pixel_format)[..., :3] if pixels.ndim == 3 else to_8_bits(pixels, pixel_format)
    orders = {3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}
    ready = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, orders[pixels.shape[2]])
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY] if images == "jpg" else [cv2.IMWRITE_PNG_COMPRESSION, 1]
    _, data = cv2.imencode(SUFFIXES[images], np.ascontiguousarray(ready), options)
    return data.tobytes()
