"""What a camera last saw, in pixels and figures; worked out in the thread that reads the journal. Knows no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from camera.health import Health, examine
from station.config import load_station
from station.journal.errors import StorageError
from station.journal.images import decode, shrink, viewable
from station.journal.reader import JournalReader
from station.line.inspection import Trigger, View
from station.line.recipe import load_station_recipe
from station.line.setups import view_camera
from station.toml_file import ConfigError

SHOWN_PX = 1600
"""Long side of the picture as it is shown."""
LEVELS = 256
FEATURES = ("ExposureTime", "Gain")
"""What an engineer wants to know of a camera beside its picture (SFNC names)."""


@dataclass(frozen=True, slots=True, eq=False)
class CameraLook:
    """The newest picture of one view.

    Attributes
    ----------
    pixels
        Shape (H, W) grey or (H, W, 3) RGB, uint8, at most `SHOWN_PX` long; None where there is no picture.
    histogram
        Shape (256,), share of pixels at each grey value of the whole picture; None as above.
    asked, told
        Features by SFNC name: what configuration and recipe ask of the camera, and what came with the picture.
    """

    view: str
    camera: str
    part_id: str
    part_seq: int
    time: datetime
    size: tuple[int, int]
    pixel_format: str
    pixels: npt.NDArray[np.uint8] | None
    histogram: npt.NDArray[np.float64] | None
    health: Health | None
    asked: Mapping[str, str]
    told: Mapping[str, str]
    trouble: str


def newest_looks(reader: JournalReader, config: Path | None) -> tuple[CameraLook, ...]:
    """Look at the pictures of the newest part; none where there is no part. Raises `StorageError`."""
    parts = reader.parts(limit=1).parts
    return look_at(reader, parts[0].uid, config) if parts else ()


def look_at(reader: JournalReader, uid: UUID, config: Path | None) -> tuple[CameraLook, ...]:
    """Look at every picture of a part. Raises `StorageError`."""
    record = reader.part(uid)
    if record is None:
        return ()
    trigger, asked = record.inspection.trigger, features_asked(config, record.inspection.recipe.name)
    return tuple(_look(reader, view, trigger, asked.get(view.name, {})) for view in record.inspection.views)


def _look(reader: JournalReader, view: View, trigger: Trigger, asked: Mapping[str, str]) -> CameraLook:
    told = {name: view.chunk[key] for name in FEATURES for key in (name, f"Chunk{name}") if key in view.chunk}
    pixels, histogram, health, trouble = None, None, None, view.fault.text if view.fault else ""
    if view.image is not None:
        try:
            source = decode(reader.blobs.get(view.image.sha256), view.image.media_type)
            pixel_format = PixelFormat(view.pixel_format)
            health = examine(source, pixel_format)
            whole = viewable(source, pixel_format)
            pixels, histogram = shrink(whole, SHOWN_PX), grey_histogram(whole)
        except (StorageError, ValueError) as error:
            trouble = str(error)
    size = (view.width, view.height)
    return CameraLook(
        *(view.name, view.camera, trigger.part_id, trigger.part_seq, trigger.time, size, view.pixel_format),
        *(pixels, histogram, health, asked, told, trouble),
    )


def grey_histogram(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Return the share of pixels at each of 256 grey values; colour by its luma (ITU-R BT.601).

    Parameters
    ----------
    pixels
        Shape (H, W) or (H, W, 3) RGB, uint8.
    """
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    counts = cv2.calcHist([grey], [0], None, [LEVELS], [0, LEVELS])
    return np.asarray(counts, np.float64).reshape(-1) / max(grey.size, 1)


def features_asked(config: Path | None, recipe: str) -> Mapping[str, Mapping[str, str]]:
    """Give, by view, what `station.toml` and the recipe set of `FEATURES`; nothing where they cannot be read."""
    if config is None:
        return {}
    try:
        station = load_station(config)
        views = load_station_recipe(station, recipe).views
        cameras = {view.name: view_camera(station, view) for view in views}
    except ConfigError:  # `doctor`, beside it on the page, says what is wrong
        return {}
    return {
        view: {name: str(camera.features[name]) for name in FEATURES if name in camera.features}
        for view, camera in cameras.items()
    }
