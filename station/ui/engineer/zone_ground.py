"""What zones are drawn on: the recipe's file and the newest good picture of each view; read in the journal's thread."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from station.config import load_station
from station.journal.errors import StorageError
from station.journal.images import decode, viewable
from station.journal.reader import JournalReader
from station.journal.records import PartRecord
from station.line.choices import load_choices
from station.line.inspection import VerdictKind
from station.line.recipe import Recipe, load_station_recipe
from station.toml_file import ConfigError

_LOOKED_THROUGH = 20
"""Newest parts in which a picture of each view is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One view's picture.

    Attributes
    ----------
    pixels
        Shape (H, W) grey or (H, W, 3) RGB, uint8, as large as the camera gave it.
    """

    pixels: npt.NDArray[np.uint8]
    part_id: str
    part_seq: int
    time: datetime
    good: bool


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A recipe and what there is to draw its zones on; without a recipe, `trouble` says why."""

    recipe: Recipe | None = None
    grounds: dict[str, Ground] = field(default_factory=dict)
    trouble: str = ""


def read_site(reader: JournalReader, config: Path, name: str | None) -> Site:
    """Read the recipe `name`, or that of the station's choice, and its pictures. Raises `StorageError`."""
    try:
        station = load_station(config)
        chosen = name or load_choices(station.station.data).recipe_for(station.line.recipe)
        recipe = load_station_recipe(station, chosen)
    except ConfigError as error:
        return Site(trouble=error.text)
    grounds: dict[str, Ground] = {}
    for record in _newest(reader, recipe.name):
        for view in recipe.views:
            if view.name not in grounds and (ground := _ground(reader, record, view.name)) is not None:
                grounds[view.name] = ground
        if len(grounds) == len(recipe.views):
            break
    return Site(recipe, grounds)


def _newest(reader: JournalReader, recipe: str) -> Iterator[PartRecord]:
    """Give the newest good parts of a recipe, then the newest of any verdict."""
    for verdict in (VerdictKind.OK, None):
        for summary in reader.parts(verdict=verdict, limit=_LOOKED_THROUGH).parts:
            if summary.recipe == recipe and (record := reader.part(summary.uid)) is not None:
                yield record


def _ground(reader: JournalReader, record: PartRecord, name: str) -> Ground | None:
    view = next((view for view in record.inspection.views if view.name == name), None)
    if view is None or view.image is None:
        return None
    try:
        source = decode(reader.blobs.get(view.image.sha256), view.image.media_type)
        pixels = viewable(source, PixelFormat(view.pixel_format))
    except (StorageError, ValueError):  # an older part may have a picture that can be read
        return None
    trigger = record.inspection.trigger
    good = record.inspection.verdict.kind is VerdictKind.OK
    return Ground(pixels, trigger.part_id, trigger.part_seq, trigger.time, good)
