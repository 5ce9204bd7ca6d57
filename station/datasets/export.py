"""Exports: whole or not there. Everything is written into a hidden folder beside the target, which gets its name at the end."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from labeling.dataset import FormatError, Item, Notes, Target
from labeling.formats.registry import FORMATS
from labeling.manifest import Manifest
from station.datasets.items import items
from station.journal.disk import storage_error, sync_directory
from station.journal.reader import JournalReader

_MARK = ".unfinished-export"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: pictures a split, and what could not be kept as it was."""

    pictures: dict[str, int]
    left_out: int
    notes: tuple[str, ...]


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

    Raises
    ------
    FormatError
        If the folder is there already, another export is writing it, or the format cannot take the classes.
    StorageError
        If a picture is missing or changed, or the disk is full; the folder is not there then.
    """
    chosen, notes = FORMATS[name], Notes()
    wanted = [entry for entry in manifest.entries if entry.split in splits]
    taken = [entry for entry in wanted if entry.labelled or chosen.takes_unlabelled]
    written: dict[str, int] = {}
    try:
        with _folder(out) as folder:
            made = _counted(items(journal, iter(taken), images, notes), written, progress)
            chosen.write(made, Target(folder, manifest.classes, notes))
            exported = Exported(written, len(wanted) - len(taken), notes.lines())
            (folder / "export.json").write_text(_about(manifest, name, exported), encoding="utf-8")
    except OSError as error:
        raise storage_error(out, "write the export", error) from error
    return exported


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


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    """Give a folder that becomes `out` when all went well; what a killed export left of it is swept first."""
    out = out.absolute()
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise FormatError(f"{out}: is there already; name a folder that is not")
    hidden = out.with_name(f".{out.name}.partial")
    mark = hidden / _MARK
    if hidden.exists() and not mark.exists() and any(hidden.iterdir()):
        raise FormatError(f"{hidden}: is in the way, and is no unfinished export; move it")
    hidden.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(mark, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FormatError(f"{out}: another export is writing it; wait for it, or name another folder") from None
        _sweep(hidden)
        try:
            yield hidden
        except BaseException:
            shutil.rmtree(hidden)
            raise
        _sync_below(hidden)
        mark.unlink()
        hidden.rename(out)  # over an empty folder too
        sync_directory(out.parent)
    finally:
        os.close(descriptor)


def _sync_below(folder: Path) -> None:
    """Make what is in a folder durable, file by file: a sync of the whole machine would make a running line wait."""
    for place, _, names in os.walk(folder):
        for name in names:
            descriptor = os.open(Path(place, name), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        sync_directory(Path(place))


def _sweep(hidden: Path) -> None:
    for path in hidden.iterdir():
        if path.name == _MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
