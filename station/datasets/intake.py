"""Labels from elsewhere into the journal: all of them are looked at before the first is written."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from labeling.annotation import Annotation
from labeling.codec import label_to_json
from labeling.dataset import FormatError, Found, Notes, Origin
from labeling.formats.registry import FORMATS
from station.datasets.items import item_name
from station.datasets.query import Query, candidate_of, candidates
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.inspection import View

_BY_UID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-(.+))?")
_BY_HASH = re.compile(r"[0-9a-f]{64}")
_BEYOND_PX = 1.0
"""How far a shape may reach beyond its picture: no tool is exact at the edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One annotation that is to be added."""

    part: UUID
    view: str
    annotation: Annotation


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What an import would do: what it adds, and how many pictures it passes over, by why."""

    planned: tuple[Planned, ...]
    unknown: int
    unchanged: int
    labelled_already: int
    notes: tuple[str, ...]


def plan(
    journal: JournalReader, name: str, root: Path, *, replace: bool, now: datetime, progress: Callable[[int], None]
) -> Plan:
    """Read a folder in a format, check all of it, and return what is to be done.

    Pictures are known by the name of their file: the part's uid, with the view behind a dash where there are several, as
    exports call them; or the SHA-256 of the stored picture.

    Parameters
    ----------
    replace
        Whether a view that somebody labelled otherwise gets the imported labels as a new revision.

    Raises
    ------
    FormatError
        If anything is wrong with any file, wherever it is; it names the file and the place in it.
    """
    read = FORMATS[name].read
    if read is None:
        raise FormatError(f"{name} can be written only; there is nothing to import in it")
    if not root.is_dir():
        raise FormatError(f"{root}: is no folder; name the one that was exported")
    store, notes = StoredPictures(journal), Notes()
    planned: list[Planned] = []
    seen: dict[str, str] = {}
    counts = {"unknown": 0, "unchanged": 0, "labelled_already": 0}
    for number, found in enumerate(read(Origin(root, store.size_of, notes)), 1):
        progress(number)
        if seen.setdefault(found.name, found.place) != found.place:
            raise FormatError(f"{found.place}: picture {found.name!r} is at {seen[found.name]} already")
        known = store.find(found.name)
        check_found(found, None if known is None else known[1])
        if known is None:
            counts["unknown"] += 1
            continue
        made = _planned(journal, known, found, f"import:{name}", now)
        newest = _newest(journal, made)
        if newest is not None and newest.proposed:  # nobody's word: there is nothing to keep as it is
            newest = None
        if newest is not None and said(newest) == said(made.annotation):
            counts["unchanged"] += 1
        elif newest is not None and not replace:
            counts["labelled_already"] += 1
        else:
            planned.append(made)
    return Plan(tuple(planned), **counts, notes=notes.lines())


def carry_out(journal: Journal, made: Plan) -> None:
    """Add the planned annotations; an import that was interrupted goes on where it stopped when it is given again."""
    for each in made.planned:
        journal.annotate(each.part, each.view, each.annotation.parent, each.annotation, key=each.annotation.uid)


class StoredPictures:
    """The store's pictures by the names of their files: part and view as exports call them, or the picture's SHA-256."""

    def __init__(self, journal: JournalReader) -> None:
        self._journal = journal
        self._by_hash: dict[str, tuple[UUID, str]] | None = None
        self._last: tuple[str, tuple[UUID, View] | None] = ("", None)

    def find(self, name: str) -> tuple[UUID, View] | None:
        """Return part and view of a picture; None where the store has none of that name."""
        if self._last[0] != name:
            self._last = (name, self._found(name))
        return self._last[1]

    def size_of(self, name: str) -> tuple[int, int] | None:
        """Return width and height in pixels."""
        known = self.find(name)
        return None if known is None else (known[1].width, known[1].height)

    def _found(self, name: str) -> tuple[UUID, View] | None:
        if _BY_HASH.fullmatch(name):
            place = self._hashes().get(name)
            return None if place is None else self._view(*place)
        if (match := _BY_UID.fullmatch(name)) is None:
            return None
        return self._view(UUID(match[1]), match[2])

    def _view(self, part: UUID, view: str | None) -> tuple[UUID, View] | None:
        candidate = candidate_of(self._journal, part)
        if candidate is None:
            return None
        views = list(candidate.pictures)
        if view is None:
            return (part, views[0]) if len(views) == 1 else None
        wanted = {view, item_name(part, view)}
        return next(((part, each) for each in views if {each.name, item_name(part, each.name)} & wanted), None)

    def _hashes(self) -> dict[str, tuple[UUID, str]]:
        if self._by_hash is None:
            self._by_hash = {
                view.image.sha256: (candidate.record.inspection.trigger.uid, view.name)
                for candidate in candidates(self._journal, Query())
                for view in candidate.pictures
                if view.image is not None
            }
        return self._by_hash


def check_found(found: Found, view: View | None) -> None:
    """Refuse labels that are not of the picture in the store. Raises `FormatError` with the place."""
    size = found.size if view is None else (view.width, view.height)
    if found.size not in {None, size}:
        raise FormatError(
            f"{found.place}: says that the picture has {found.size} pixels, the one in the store has {size}"
        )
    for label in found.labels:
        if not label.class_name.strip():
            raise FormatError(f"{found.place}: a label without a class")
        left, top, right, bottom = label.shape.bounds
        if size is not None and not (
            left >= -0.5 - _BEYOND_PX
            and top >= -0.5 - _BEYOND_PX
            and right <= size[0] - 0.5 + _BEYOND_PX
            and bottom <= size[1] - 0.5 + _BEYOND_PX
        ):
            raise FormatError(
                f"{found.place}: a label of class {label.class_name!r} reaches out of the picture of {size}"
            )


def _planned(journal: JournalReader, known: tuple[UUID, View], found: Found, author: str, now: datetime) -> Planned:
    part, view = known
    newest = [stored.annotation.uid for stored in journal.annotations(part) if stored.view == view.name]
    parent = newest[-1] if newest else None
    text = json.dumps([[label_to_json(label) for label in found.labels], found.tags])
    uid = uuid5(part, f"{author}/{view.name}/{parent}/{text}")
    size = (view.width, view.height)
    return Planned(part, view.name, Annotation(uid, parent, author, now, size, found.labels, found.tags))


def _newest(journal: JournalReader, made: Planned) -> Annotation | None:
    stored = [each.annotation for each in journal.annotations(made.part) if each.view == made.view]
    return stored[-1] if stored else None


def said(annotation: Annotation) -> str:
    """Return what an annotation says, by whomever and under whatever names."""
    labels = [{**label_to_json(label), "uid": ""} for label in annotation.labels]
    return json.dumps([labels, annotation.tags])
