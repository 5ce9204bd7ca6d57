"""A dataset as a list of what is in it: pictures by their hash, labels by their revision. Its own hash is its version.

One JSON object a line, the first for the whole. Pictures and labels are never changed where they lie, so that a version means
the same as long as it is kept.
"""

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final, overload

from labeling import strict
from labeling.dataset import SPLITS

FORMAT: Final = 1
LOT: Final = "lot"
"""In what was asked for: the pattern that says what of a part's id names its lot."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of a dataset.

    Attributes
    ----------
    name
        Of its files: the part's uid and the view.
    part, view
        Where it was taken.
    image
        SHA-256 of the stored picture.
    revision
        The annotation it is labelled by; "" where nobody annotated it.
    author
        Who wrote that, or gave the verdict.
    verdict
        The part's, when the dataset was frozen.
    labelled
        Whether what is not labelled is good.
    group
        Of pictures that stay together, by the name of its oldest part.
    split
        One of `SPLITS`.
    """

    name: str
    part: str
    view: str
    image: str
    revision: str
    author: str
    verdict: str
    labelled: bool
    group: str
    split: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A dataset: its name, the classes in their order, what was asked for, and the pictures from the oldest on."""

    name: str
    classes: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    entries: Sequence[Entry]

    def lines(self) -> Iterator[bytes]:
        """Yield the file's lines; the same dataset, the same bytes."""
        head = {"format": FORMAT, "name": self.name, "classes": list(self.classes), "query": dict(self.query)}
        yield _line(head)
        for entry in self.entries:
            yield _line(asdict(entry))

    @property
    def version(self) -> str:
        """SHA-256 of its lines."""
        digest = hashlib.sha256()
        for line in self.lines():
            digest.update(line)
        return digest.hexdigest()

    @property
    def has_lots(self) -> bool:
        """Whether it was said what names a lot: parts of one lot are one group then."""
        return LOT in dict(self.query)


class _Listed(Sequence[Entry]):
    """The entries of a file, read from it each time they are gone through: a list of any length takes next to no memory.

    The file is never changed where it lies, so that what was checked when it was opened is what is read later.
    """

    def __init__(self, path: Path, starts: "array[int]") -> None:
        self._path = path
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Entry]:
        with self._path.open("rb") as file:
            next(file)
            for number, line in enumerate(file, 2):
                yield _entry(json.loads(line), f"line {number}")

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        with self._path.open("rb") as file:
            file.seek(self._starts[index])
            return _entry(json.loads(file.readline()), f"byte {self._starts[index]}")


def from_file(path: Path, version: str) -> Manifest:
    """Undo `Manifest.lines`, of a file that stays where it is; its entries are read from it as they are needed.

    Raises
    ------
    ValueError
        If the bytes are not those of that version, or were written by a newer program.
    OSError
        If the file cannot be read.
    """
    digest, starts, at = hashlib.sha256(), array("Q"), 0
    with path.open("rb") as file:
        for line in file:
            digest.update(line)
            starts.append(at)
            at += len(line)
    if digest.hexdigest() != version:
        raise ValueError("its bytes have changed since it was frozen")
    with path.open("rb") as file:
        head = json.loads(file.readline())
    strict.check_format(head, "line 1", FORMAT)
    listed = _Listed(path, starts[1:])
    for _ in listed:  # all of it is looked at before any of it is used
        pass
    return Manifest(head["name"], tuple(head["classes"]), tuple(sorted(head["query"].items())), listed)


def _entry(value: Any, place: str) -> Entry:
    read = strict.exact_object(value, place, tuple(field.name for field in fields(Entry)))
    if read["split"] not in SPLITS:
        raise ValueError(f"{place}: split {read['split']!r} is none of {', '.join(SPLITS)}")
    return Entry(**read)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Difference:
    """From one version to another: names of pictures."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    relabelled: tuple[str, ...]
    """Another revision, verdict, or word on whether it is labelled."""
    moved: tuple[str, ...]
    """Into another split."""
    classes_added: tuple[str, ...]
    classes_removed: tuple[str, ...]


def difference(old: Manifest, new: Manifest) -> Difference:
    """Return what changed from `old` to `new`."""
    before, after = ({entry.name: entry for entry in each.entries} for each in (old, new))
    both = [(entry, after[name]) for name, entry in before.items() if name in after]
    return Difference(
        added=tuple(name for name in after if name not in before),
        removed=tuple(name for name in before if name not in after),
        relabelled=tuple(one.name for one, other in both if _said(one) != _said(other)),
        moved=tuple(one.name for one, other in both if one.split != other.split),
        classes_added=tuple(name for name in new.classes if name not in old.classes),
        classes_removed=tuple(name for name in old.classes if name not in new.classes),
    )


def _said(entry: Entry) -> tuple[str, str, str, bool]:
    return entry.image, entry.revision, entry.verdict, entry.labelled


def counted(manifest: Manifest) -> dict[str, dict[str, int]]:
    """Return how many pictures each split has of each verdict, and of all."""
    pairs = Counter((entry.split, entry.verdict) for entry in manifest.entries)
    counts: dict[str, dict[str, int]] = {}
    for (split, verdict), count in sorted(pairs.items(), key=lambda pair: (SPLITS.index(pair[0][0]), pair[0][1])):
        counts.setdefault(split, {})[verdict] = count
    return {split: by | {"all": sum(by.values())} for split, by in counts.items()}
