"""Zones while they are drawn: what each edit makes of them, the way back, and what is not saved yet. Knows no Qt."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Self

import numpy as np

from labeling.areas import lassoed
from labeling.relations import is_plain
from labeling.shapes import Box, Points, Polygon, Shape
from station.line.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone as it is drawn; `uid` is what the screen calls it by."""

    uid: int
    name: str
    view: str
    shape: Polygon
    ignore: bool = False


Zones = tuple[Zone, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All zones of a recipe, every state before and after them, and those that are in its file."""

    zones: Zones = ()
    saved: Zones = ()
    done: tuple[Zones, ...] = ()
    undone: tuple[Zones, ...] = ()
    next_uid: int = 1

    @property
    def dirty(self) -> bool:
        """Whether something is not in the file."""
        return self.zones != self.saved

    def zone(self, uid: int | None) -> Zone | None:
        """Return a zone, None where there is none of that number."""
        return next((zone for zone in self.zones if zone.uid == uid), None)

    def undo(self) -> Self:
        """Go back to the state before."""
        if not self.done:
            return self
        return replace(self, zones=self.done[-1], done=self.done[:-1], undone=(*self.undone, self.zones))

    def redo(self) -> Self:
        """Go forth again."""
        if not self.undone:
            return self
        return replace(self, zones=self.undone[-1], done=(*self.done, self.zones), undone=self.undone[:-1])

    def add(self, view: str, shape: Polygon, name: str) -> Self:
        """Add a zone; its number is the `next_uid` of before."""
        zone = Zone(self.next_uid, name, view, shape)
        return replace(self._now((*self.zones, zone)), next_uid=self.next_uid + 1)

    def change(self, zone: Zone) -> Self:
        """Put a zone in the place of the one of its number."""
        return self._now(tuple(zone if one.uid == zone.uid else one for one in self.zones))

    def remove(self, uid: int) -> Self:
        """Take a zone away."""
        return self._now(tuple(one for one in self.zones if one.uid != uid))

    def keep(self, saved: Zones) -> Self:
        """Say what is in the file now."""
        return replace(self, saved=saved)

    def _now(self, zones: Zones) -> Self:
        return self if zones == self.zones else replace(self, zones=zones, done=(*self.done, self.zones), undone=())

    def taken(self, name: str, zone: Zone) -> bool:
        """Whether another zone of its view has a name already."""
        return any(one.name == name and one.view == zone.view and one.uid != zone.uid for one in self.zones)


def sheet_of(recipe: Recipe) -> Sheet:
    """Return the zones of a recipe's file."""
    zones = tuple(
        Zone(uid, zone.name, zone.view, zone.shape, zone.ignore) for uid, zone in enumerate(recipe.zones, start=1)
    )
    return Sheet(zones, zones, next_uid=len(zones) + 1)


def names_for(sheet: Sheet, ruled: tuple[str, ...], zone: Zone) -> tuple[str, ...]:
    """Return the names that can be tapped for a zone: of rules first, then of other zones; none its view has already."""
    names = dict.fromkeys((*ruled, *(one.name for one in sheet.zones)))
    return tuple(name for name in names if name != zone.name and not sheet.taken(name, zone))


def free_name(sheet: Sheet, word: str) -> str:
    """Return a name no zone has, such as "zone 2"."""
    used = {zone.name for zone in sheet.zones}
    return next(name for number in count(1) if (name := f"{word} {number}") not in used)


def zone_shape(drawn: Shape | Points) -> Polygon | None:
    """Return what was drawn as the polygon of a zone, to a tenth of a pixel; None where it encloses nothing.

    Of lines that cross, the largest piece they enclose is meant.
    """
    if isinstance(drawn, Box):
        left, top, right, bottom = drawn.bounds
        points = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    elif isinstance(drawn, Polygon):
        points = drawn.outline
    elif isinstance(drawn, np.ndarray):
        points = drawn
    else:
        return None
    rounded = np.round(points, 1)
    apart = rounded[np.any(rounded != np.roll(rounded, 1, axis=0), axis=1)]
    if len(apart) < 3:
        return None
    shape = lassoed(apart)
    return shape if is_plain(shape) else None


def sheet_json(sheet: Sheet, recipe: str, sha256: str) -> dict[str, Any]:
    """Return what `station recipe zones --set` reads."""
    zones = [
        {"name": zone.name, "view": zone.view, "polygon": zone.shape.outline.tolist(), "ignore": zone.ignore}
        for zone in sheet.zones
    ]
    return {"recipe": recipe, "sha256": sha256, "zones": zones}
