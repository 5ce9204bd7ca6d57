"""`station models quantize`: a version in 8 bits of one on the shelf, kept only where it says the same of pictures of parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camera.backends.replay import SUFFIXES, UnreadableError, read_picture
from camera.frame import PixelFormat
from models.errors import ModelError
from models.int8 import LEAST_PICTURES, Agreement, agreement, noted, quantized
from models.manifest import MODEL_FILE, REFERENCE_FILE
from models.predictor import Predictor
from models.preprocess import Picture
from models.shelf import Shelf
from station.journal.images import decode
from station.journal.reader import JournalReader
from station.journal.records import utc_now
from station.line.inference import in_full

MAX_PICTURE_PIXELS = 200_000_000
PAGE = 100
THREADS = 1
"""A line may be running beside."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A version in 8 bits held against the one it came from; `added` is its number on the shelf, None where it was refused."""

    name: str
    of: str
    calibrated: int
    found: Agreement
    before_bytes: int
    after_bytes: int
    objection: str | None
    added: str | None

    def to_json(self) -> dict[str, Any]:
        """Return it as it is printed with `--json`."""
        found = self.found
        return {
            "name": self.name,
            "of": self.of,
            "version": self.added,
            "refused": self.objection,
            "calibrated": self.calibrated,
            "compared": found.pictures,
            "changed": found.changed,
            "became_good": found.became_good,
            "largest": found.largest,
            "typical": found.typical,
            "before_ms": found.before_ms,
            "after_ms": found.after_ms,
            "before_bytes": self.before_bytes,
            "after_bytes": self.after_bytes,
        }


def load(shelf: Shelf, name: str, version: str) -> Predictor:
    """Return a version that is to be quantized. Raises `ModelError` if there is none, or it is in 8 bits already."""
    before = Predictor.load(shelf.folder(name, version), threads=THREADS)
    if before.manifest.quantized is not None:
        of = before.manifest.quantized.of_version
        raise ModelError(
            f"model {name} version {version} is in 8 bits already, made of version {of}; quantize that one"
        )
    return before


def quantize(shelf: Shelf, before: Predictor, pictures: Sequence[Picture], tolerance: float) -> Compared:
    """Make a version in 8 bits and put it on the shelf, not deployed, if it says the same.

    Every other picture measures the ranges, the rest hold both versions against each other by the thresholds of the model.

    Raises
    ------
    ModelError
        If there are too few pictures, or it cannot be quantized.
    """
    name, version = before.manifest.name, before.manifest.version
    folder = shelf.folder(name, version)
    if len(pictures) < 2 * LEAST_PICTURES:
        raise ModelError(f"there are {len(pictures)} pictures, at least {2 * LEAST_PICTURES} are needed; give more")
    data = (folder / MODEL_FILE).read_bytes()
    after, made = quantized(before, data, pictures[::2])
    limits = before.manifest.thresholds
    found = agreement(before, after, pictures[1::2], limits.low, limits.high)
    calibrated = len(pictures[::2])
    objection = found.objection(tolerance)
    added = None
    if objection is None:
        manifest = noted(after.manifest, before.manifest, calibrated, found, utc_now())
        reference = (folder / REFERENCE_FILE).read_bytes() if manifest.registration is not None else None
        added = shelf.add(manifest, made, reference).name
    return Compared(name, version, calibrated, found, len(data), len(made), objection, added)


def of_folder(folder: Path, most: int, bits: int) -> list[Picture]:
    """Return the first pictures of a folder, by name, as a model of so many bits takes them. Raises `ModelError`."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    pictures = []
    for path in paths[:most]:
        try:
            pixels, pixel_format = read_picture(path, MAX_PICTURE_PIXELS)
        except UnreadableError as error:
            raise ModelError(str(error)) from None
        pictures.append(in_full(pixels, pixel_format, bits))
    return pictures


def of_journal(data: Path, name: str, most: int, bits: int) -> list[Picture]:
    """Return the newest pictures that versions of a model judged, as one of so many bits takes them. Raises `StorageError`."""
    pictures: list[Picture] = []
    with JournalReader(data) as journal:
        for pixels in _judged_by(journal, name, bits):
            pictures.append(pixels)
            if len(pictures) == most:
                break
    return pictures


def _judged_by(journal: JournalReader, name: str, bits: int) -> Iterator[Picture]:
    after = None
    while True:
        page = journal.parts(limit=PAGE, after=after)
        for part in page.parts:
            record = journal.part(part.uid)
            for view in record.inspection.views if record is not None and record.removed is None else ():
                if view.model_name == name and view.image is not None and journal.blobs.has(view.image):
                    pixels = decode(journal.blobs.get(view.image.sha256), view.image.media_type)
                    yield in_full(pixels, PixelFormat(view.pixel_format), bits)
        if (after := page.next_uid) is None:
            return
