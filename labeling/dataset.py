"""Labelled pictures on their way to a trainer and back: one small model that every format is written from and read into.

Coordinates are those of `labeling.shapes`: (0, 0) is the *centre* of the top-left pixel. Formats that count from its corner
get half a pixel more, and give it back.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from labeling.annotation import Label
from labeling.shapes import Shape

SPLITS: Final = ("train", "val", "test")


class FormatError(Exception):
    """Files are not what their format says, or a folder cannot be used; the text names the file, the place and the cause."""


@dataclass(frozen=True, slots=True)
class InMillimetres:
    """The size of a shape on the part; `relative_uncertainty` of a length, coverage 2, None where it is not known."""

    length_mm: float
    width_mm: float
    area_mm2: float
    relative_uncertainty: float | None

    def rounded(self) -> dict[str, float | None]:
        """Return it as exports write it: to a tenth of a micrometre."""
        share = self.relative_uncertainty
        sizes = {"length_mm": self.length_mm, "width_mm": self.width_mm, "area_mm2": self.area_mm2}
        known: dict[str, float | None] = {name: round(value, 4) for name, value in sizes.items()}
        return known | {"relative_uncertainty": None if share is None else round(share, 6)}


Measure = Callable[[Shape], InMillimetres]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One picture of a dataset, and what is known of it.

    Attributes
    ----------
    name
        Of its files, without suffix: letters, digits, `.`, `_` and `-` only; unique in the dataset.
    size
        Width and height in pixels.
    labels, tags
        What a person said; nothing where nothing is wrong with it (background).
    labelled
        Whether `labels` and `tags` are all there is to see. Otherwise what is not labelled means nothing.
    proposals
        The model's own outlines, which nobody confirmed.
    verdict
        OK, NG or NOT_DECIDABLE.
    split
        One of `SPLITS`.
    group
        What must not be torn apart by a split.
    facts
        Where it comes from, by name: part, view, image, revision, author, time, recipe.
    picture
        Gives the bytes of its file; `suffix` is that file's. None where only labels are wanted.
    in_mm
        Measures a shape of it on the part; None where its view is not calibrated.
    """

    name: str
    size: tuple[int, int]
    labels: tuple[Label, ...] = ()
    tags: tuple[str, ...] = ()
    labelled: bool = True
    proposals: tuple[Label, ...] = ()
    verdict: str = "OK"
    split: str = "train"
    group: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    picture: Callable[[], bytes] | None = None
    suffix: str = ".png"
    in_mm: Measure | None = None

    @property
    def file(self) -> str:
        """Name of the picture's file."""
        return self.name + self.suffix


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a reader found about one picture; `place` is where, and `size` None where the format does not say."""

    place: str
    name: str
    size: tuple[int, int] | None
    labels: tuple[Label, ...] = ()
    tags: tuple[str, ...] = ()
    split: str = ""


@dataclass(slots=True)
class Notes:
    """What a format could not keep as it was: each thing with how often, so that nothing is lost without a word."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Count one more of a kind."""
        self.counts[text] = self.counts.get(text, 0) + 1

    def lines(self) -> tuple[str, ...]:
        """Return one line a kind, in order of appearance."""
        return tuple(f"{count} x {text}" for text, count in self.counts.items())


@dataclass(frozen=True, slots=True)
class Target:
    """Where a writer puts its files.

    Attributes
    ----------
    classes
        In their order, which is the same in every split.
    keeps
        Whether a costly file is there already, of an earlier try at the same.
    wrote
        Told of each costly file that was written.
    """

    root: Path
    classes: tuple[str, ...]
    notes: Notes
    keeps: Callable[[str], bool] = lambda _: False
    wrote: Callable[[str], None] = lambda _: None

    def picture(self, item: Item, folder: str) -> str:
        """Write the item's picture into a folder, where pictures are wanted; return its path from the root."""
        path = f"{folder}/{item.file}"
        if item.picture is not None:
            self.costly(path, item.picture)
        return path

    def costly(self, path: str, make: Callable[[], bytes]) -> None:
        """Write a file whose bytes are only made where it is not there from an earlier try."""
        if not self.keeps(path):
            self.write(path, make())
            self.wrote(path)

    def write(self, path: str, data: bytes | str) -> None:
        """Write one file."""
        file = self.root / path
        raw = data.encode() if isinstance(data, str) else data
        try:
            file.write_bytes(raw)
        except FileNotFoundError:  # the first of its folder
            self._made(path).write_bytes(raw)

    def open(self, path: str, newline: str = "\n") -> TextIO:
        """Open a text file (UTF-8) that is written piece by piece."""
        return self._made(path).open("w", encoding="utf-8", newline=newline)

    def _made(self, path: str) -> Path:
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FormatError(f"{file.parent}: cannot make the folder ({error.strerror})") from error
        return file


@dataclass(frozen=True, slots=True)
class Origin:
    """What a reader reads: a folder, and the size in pixels of a picture by its name, None where nobody knows it."""

    root: Path
    size_of: Callable[[str], tuple[int, int] | None]
    notes: Notes


Write = Callable[[Iterable[Item], Target], None]
Read = Callable[[Origin], Iterator[Found]]


def file_name(text: str) -> str:
    """Return a text as a file's name that every system takes, and that no folder lies in."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", text).lstrip(".") or "_"
