"""The pictures of parts: read and decoded in the background, the small preview first, then every pixel."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from camera.frame import PixelFormat
from labeling.annotation import Annotation
from labeling.canvas.pyramid import Pyramid
from models.errors import ModelError
from models.manifest import read_manifest
from models.prediction import Defect
from station.journal.errors import StorageError
from station.journal.images import JPEG, decode, viewable
from station.journal.reader import JournalReader
from station.journal.records import PartRecord, PartSummary
from station.line.calibrations import load_calibration
from station.line.inspection import BlobRef, Fault, RecipeRef, View
from station.line.recipe import load_recipe
from station.line.sizes import Scale, scale_of
from station.toml_file import ConfigError
from station.ui.reading import Failed, Reading

Pixels8 = npt.NDArray[np.uint8]

CACHE_BYTES = 512 * 1024 * 1024
"""Decoded pictures kept; the part on show is kept whatever its size."""
MOST_TOLD = 64
"""Records kept that were read after their pictures were asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class ViewPicture:
    """One view of a part, ready to be drawn.

    Attributes
    ----------
    pixels
        Shape (H, W) grey or (H, W, 3) RGB, uint8, as large as the source picture so that outlines fit; None where there
        is no picture.
    sharp
        Whether these are the camera's own pixels; otherwise they are the enlarged preview.
    heat
        Shape (h, w) float32 on the scale of the score, covering the whole picture.
    levels
        The same pixels at every size they may be shown in: made where they are decoded, so that painting need not.
    limits
        Low and high threshold of the score that the part was judged by; None where they are not known any more.
    """

    name: str
    camera: str
    size: tuple[int, int]
    pixels: Pixels8 | None
    sharp: bool
    heat: npt.NDArray[np.float32] | None
    limits: tuple[float, float] | None
    score: float | None
    model: str
    defects: tuple[Defect, ...]
    fault: Fault | None
    trouble: str = ""
    """Why the picture could not be read, where it could not."""
    levels: Pyramid | None = None
    scale: Scale | None = None
    """What its pixels are by the view's calibration, nothing known where that is for other pictures; None: it has none."""

    @property
    def bytes_held(self) -> int:
        """Memory of its pixels."""
        if self.levels is not None:
            return self.levels.nbytes
        return 0 if self.pixels is None else self.pixels.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class PartPicture:
    """A part as the screens show it: the journal's record and its pictures."""

    uid: UUID
    record: PartRecord
    views: tuple[ViewPicture, ...]
    complete: bool
    """False while the previews stand in for the pictures."""
    reading: int = 0
    """Which reading of the journal the record is from: a higher one is newer."""
    annotations: Mapping[str, Annotation] = field(default_factory=lambda: MappingProxyType({}))
    """The newest of each view that a person has outlined, by the view's name."""

    @property
    def bytes_held(self) -> int:
        """Memory of all its pictures."""
        return sum(view.bytes_held for view in self.views)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What is said of a part, without its pictures."""

    uid: UUID
    record: PartRecord
    annotations: Mapping[str, Annotation]
    reading: int


class Pictures(QObject):
    """Gives parts their pictures. Every method is for the GUI's thread and returns at once."""

    ready = Signal(object)
    """`PartPicture`: twice for a part not held, preview first; once for one that is."""
    failed = Signal(object, str)
    """uid and a sentence: the part cannot be read."""

    def __init__(self, data: Path, *, recipes: Path | None = None, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__()
        self._reading = Reading(data, "pictures")
        self._loader = Loader(data, recipes or data / "recipes")
        self._cache: OrderedDict[UUID, PartPicture] = OrderedDict()
        self._cache_bytes = cache_bytes
        self._newest: dict[UUID, Told] = {}
        self._wanted: UUID | None = None

    def want(self, uid: UUID) -> None:
        """Ask for a part to be shown now; of one wanted before, nothing more is said."""
        self._wanted = uid
        if (held := self._cache.get(uid)) is not None:
            self._cache.move_to_end(uid)
            self.ready.emit(held)
            return
        self._reading.ask(
            lambda journal: self._loader.preview(journal, uid), self._preview, self._fail(uid), urgent=True
        )

    def prefetch(self, uid: UUID) -> None:
        """Have a part ready for when it will be wanted."""
        if uid not in self._cache:
            self._reading.ask(lambda journal: self._loader.preview(journal, uid), self._preview, self._fail(uid))

    def forget(self, uid: UUID) -> None:
        """Read the part anew the next time: its verdict or its outlines have changed."""
        self._cache.pop(uid, None)

    def refresh(self, uid: UUID) -> None:
        """Read anew what is said of a part, not its pictures: it has another verdict, or outlines."""
        if uid in self._cache or uid == self._wanted:
            self._reading.ask(lambda journal: self._loader.told(journal, uid), self._told, self._fail(uid), urgent=True)

    def held(self, uid: UUID) -> PartPicture | None:
        """The part, if it is decoded already."""
        return self._cache.get(uid)

    def recent(self, count: int, done: Callable[[tuple[PartSummary, ...]], None]) -> None:
        """Have the newest parts listed, newest first."""
        self._reading.ask(lambda journal: journal.parts(limit=count).parts, done)

    def stop(self) -> None:
        """End the thread."""
        self._reading.stop()

    def _preview(self, part: PartPicture) -> None:
        wanted = part.uid == self._wanted
        if part.uid in self._cache:  # wanted while it was read ahead
            return
        if wanted:
            self.ready.emit(self._as_told(part))
        self._reading.ask(
            lambda journal: self._loader.whole(journal, part), self._whole, self._fail(part.uid), urgent=wanted
        )

    def _whole(self, part: PartPicture) -> None:
        if part.uid in self._cache:
            return
        self._cache[part.uid] = self._as_told(part)
        while len(self._cache) > 1 and sum(held.bytes_held for held in self._cache.values()) > self._cache_bytes:
            self._cache.popitem(last=False)
        if part.uid == self._wanted:
            self.ready.emit(self._cache[part.uid])

    def _told(self, told: Told) -> None:
        self._newest[told.uid] = told
        while len(self._newest) > MOST_TOLD:
            del self._newest[next(iter(self._newest))]
        if (held := self._cache.get(told.uid)) is not None:
            self._cache[told.uid] = self._as_told(held)
            if told.uid == self._wanted:
                self.ready.emit(self._cache[told.uid])

    def _as_told(self, part: PartPicture) -> PartPicture:
        """Give a part the newest record that was read of it: pictures take longer than words."""
        told = self._newest.get(part.uid)
        if told is None or told.reading <= part.reading:
            return part
        return replace(part, record=told.record, annotations=told.annotations, reading=told.reading)

    def _fail(self, uid: UUID) -> Failed:
        return lambda text: self.failed.emit(uid, text)


class Loader:
    """Reads parts out of the journal, on the reading thread."""

    def __init__(self, data: Path, recipes: Path) -> None:
        self._data = data
        self._models = data / "models"
        self._recipes = recipes
        self._readings = count(1)
        self._known: dict[tuple[str, ...], tuple[float, float] | None] = {}

    def preview(self, journal: JournalReader, uid: UUID) -> PartPicture:
        """Read everything but the full pictures; the small ones stand in for them.

        Raises
        ------
        StorageError
            If there is no such part, or the journal cannot be read.
        """
        told = self.told(journal, uid)
        inspection = told.record.inspection
        views = tuple(self._view(journal, inspection.recipe, view, view.preview) for view in inspection.views)
        return PartPicture(uid, told.record, views, complete=False, reading=told.reading, annotations=told.annotations)

    def told(self, journal: JournalReader, uid: UUID) -> Told:
        """Read what is said of a part. Raises as `preview`."""
        record = journal.part(uid)
        if record is None:
            raise StorageError(f"there is no part {uid} in the journal")
        newest = {stored.view: stored.annotation for stored in journal.annotations(uid)}
        return Told(uid, record, MappingProxyType(newest), next(self._readings))

    def whole(self, journal: JournalReader, part: PartPicture) -> PartPicture:
        """Give a part that was read its full pictures."""
        inspection = part.record.inspection
        views = tuple(self._view(journal, inspection.recipe, view, view.image, sharp=True) for view in inspection.views)
        return replace(part, views=views, complete=True)

    def _view(
        self, journal: JournalReader, recipe: RecipeRef, view: View, file: BlobRef | None, *, sharp: bool = False
    ) -> ViewPicture:
        pixels, trouble = None, ""
        if file is not None:
            try:
                pixels = _pixels(journal.blobs.get(file.sha256), file.media_type, view)
            except StorageError as error:
                trouble = str(error)
        return ViewPicture(
            name=view.name,
            camera=view.camera,
            size=(view.width, view.height),
            pixels=pixels,
            sharp=sharp,
            heat=view.heat_map,
            limits=self._limits(recipe, view),
            score=view.score,
            model=f"{view.model_name}/{view.model_version}" if view.model_name else "",
            defects=view.defects,
            fault=view.fault,
            trouble=trouble,
            levels=Pyramid.complete(pixels) if pixels is not None else None,
            scale=self._scale(view),
        )

    def _scale(self, view: View) -> Scale | None:
        """By a file that cannot be read nothing is known: the recipe's scale would be another one."""
        try:
            calibration = load_calibration(self._data, view.name)
        except ConfigError:
            return Scale()
        return None if calibration is None else scale_of(calibration, None, (view.width, view.height))

    def _limits(self, recipe: RecipeRef, view: View) -> tuple[float, float] | None:
        """Thresholds of a view, read once; of a model or recipe that is another one by now there are none."""
        key = (recipe.name, recipe.sha256, view.name, view.model_name, view.model_version)
        if key not in self._known:
            self._known[key] = self._read_limits(recipe, view)
        return self._known[key]

    def _read_limits(self, recipe: RecipeRef, view: View) -> tuple[float, float] | None:
        try:
            thresholds = read_manifest(self._models / view.model_name / view.model_version).thresholds
            found = load_recipe(self._recipes / f"{recipe.name}.toml")
            own = found.view(view.name)
        except (ModelError, ConfigError, KeyError):
            return None
        if found.sha256 != recipe.sha256:
            return None
        low, high = thresholds.low, thresholds.high
        return (low if own.low is None else own.low), (high if own.high is None else own.high)


def _pixels(data: bytes, media_type: str, view: View) -> Pixels8:
    """Decode a file into the view's own size: a preview and half-size Bayer colour are enlarged."""
    raw = decode(data, media_type)
    shown = raw if media_type == JPEG else viewable(raw, PixelFormat(view.pixel_format))
    height, width = shown.shape[:2]
    if (width, height) == (view.width, view.height):
        return np.ascontiguousarray(shown, dtype=np.uint8)
    return np.asarray(cv2.resize(shown, (view.width, view.height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
