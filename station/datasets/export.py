"""Exports: whole or not there. One that was interrupted goes on where it stopped when it is given again."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from labeling.dataset import Item, Notes, Target
from labeling.formats.registry import FORMATS
from labeling.manifest import Entry, Manifest
from models.code import code_version
from station.datasets.folder import whole
from station.datasets.items import items
from station.datasets.millimetres import Rulers
from station.journal.disk import storage_error
from station.journal.reader import JournalReader

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: pictures a split, and what could not be kept as it was; `kept` files were there of an earlier try."""

    pictures: dict[str, int]
    left_out: int
    notes: tuple[str, ...]
    kept: int = 0


def export(
    journal: JournalReader,
    manifest: Manifest,
    name: str,
    out: Path,
    *,
    splits: tuple[str, ...],
    images: str,
    progress: Progress,
) -> Exported:
    """Write a dataset in a format; on return the folder is there, whole. Memory does not grow with the pictures.

    What an interrupted try at the same wrote of pictures and masks is kept.

    Raises
    ------
    FormatError
        If the folder is there already, another export is writing it, or the format cannot take the classes.
    StorageError
        If a picture is missing or changed, or the disk is full; the folder is not there then.
    ConfigError
        If a calibration cannot be used.
    """
    chosen, notes = FORMATS[name], Notes()
    left_out = sum(entry.split in splits for entry in manifest.entries) - sum(
        1 for _ in taken_by(manifest, name, splits)
    )
    taken = taken_by(manifest, name, splits)
    there = taken if images == "none" else _still_there(journal, taken, notes)
    written: dict[str, int] = {}
    try:
        with whole(out, _contents(manifest, name, splits, images)) as folder:
            rulers = Rulers(journal.path.parent, name, notes)
            made = _counted(items(journal, there, images, notes, rulers), written, progress)
            chosen.write(made, Target(folder.root, manifest.classes, notes, folder.keeps, folder.wrote))
            exported = Exported(written, left_out, notes.lines(), len(folder.kept))
            (folder.root / "export.json").write_text(_about(manifest, name, exported), encoding="utf-8")
    except OSError as error:
        raise storage_error(out, "write the export", error) from error
    return exported


def _still_there(journal: JournalReader, entries: Iterable[Entry], notes: Notes) -> Iterator[Entry]:
    """Yield the entries whose picture was not removed, and note why the others are left out."""
    for entry in entries:
        if words := journal.why_removed(entry.image):
            notes.add(f"a picture left out, because {words}")
        else:
            yield entry


def taken_by(manifest: Manifest, name: str, splits: tuple[str, ...]) -> Iterator[Entry]:
    """Yield what of a dataset a format takes: not what nobody labelled, where it could not be told from a good one."""
    takes_unlabelled = FORMATS[name].takes_unlabelled
    return (entry for entry in manifest.entries if entry.split in splits and (entry.labelled or takes_unlabelled))


def _contents(manifest: Manifest, name: str, splits: tuple[str, ...], images: str) -> dict[str, object]:
    """Return everything that decides what pictures and masks are: a file of an earlier try is kept only where all agree."""
    about = {"dataset": manifest.name, "version": manifest.version, "format": name, "code": code_version()}
    return {**about, "splits": list(splits), "images": images}


def _counted(made: Iterable[Item], written: dict[str, int], progress: Progress) -> Iterator[Item]:
    for number, item in enumerate(made, 1):
        yield item
        written[item.split] = written.get(item.split, 0) + 1
        progress(number)


def _about(manifest: Manifest, name: str, exported: Exported) -> str:
    content = {
        "dataset": manifest.name,
        "version": manifest.version,
        "format": name,
        "classes": list(manifest.classes),
        "pictures": exported.pictures,
        "left_out_unlabelled": exported.left_out,
        "notes": list(exported.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
