"""Where frozen datasets lie: `datasets/<name>/<version>.jsonl` in the data folder, and `versions.jsonl` with when and by whom."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from labeling.dataset import FormatError
from labeling.manifest import Manifest, from_file
from station.journal.disk import make_directory, storage_error, write_durably
from station.journal.errors import StorageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LOG = "versions.jsonl"


@dataclass(frozen=True, slots=True)
class Version:
    """One frozen version of a dataset."""

    name: str
    version: str
    time: str
    by: str
    pictures: int


class Shelf:
    """The datasets of a data folder."""

    def __init__(self, data: Path) -> None:
        self._root = data / "datasets"

    def keep(self, manifest: Manifest, by: str, now: datetime) -> tuple[Version, bool]:
        """Keep a manifest, durable on return; return its version, and whether it is new. The same one is kept once.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        version = manifest.version
        known = next((each for each in self.versions(manifest.name) if each.version == version), None)
        if known is not None:
            return known, False
        folder = self._folder(manifest.name)
        make_directory(folder)
        write_durably(folder / f"{version}.jsonl", b"".join(manifest.lines()))
        made = Version(manifest.name, version, now.isoformat(timespec="seconds"), by, len(manifest.entries))
        log = folder / _LOG
        line = json.dumps({"version": version, "time": made.time, "by": by, "pictures": made.pictures}) + "\n"
        write_durably(log, (log.read_bytes() if log.exists() else b"") + line.encode())
        return made, True

    def names(self) -> list[str]:
        """Return the names of all datasets."""
        if not self._root.is_dir():
            return []
        return sorted(path.name for path in self._root.iterdir() if (path / _LOG).is_file())

    def versions(self, name: str) -> list[Version]:
        """Return the versions of a dataset, the oldest first."""
        log = self._folder(name) / _LOG
        try:
            lines = log.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise storage_error(log, "read the versions", error) from error
        rows = [json.loads(line) for line in lines]
        return [Version(name, row["version"], row["time"], row["by"], row["pictures"]) for row in rows]

    def load(self, word: str) -> Manifest:
        """Return a dataset by `NAME@VERSION`, of whose version eight characters are enough, or by `NAME` the newest.

        Raises
        ------
        FormatError
            If there is no such dataset or version, or several begin so.
        StorageError
            If its bytes have changed.
        """
        name, _, wanted = word.partition("@")
        versions = self.versions(name)
        if not versions:
            raise FormatError(f"there is no dataset {name!r}; see `station dataset list`")
        found = [each for each in versions if each.version.startswith(wanted)] if wanted else versions[-1:]
        if len(found) != 1 or (wanted and len(wanted) < 8):
            raise FormatError(f"{word}: {len(found)} versions begin so; name at least eight characters of one")
        path = self._folder(name) / f"{found[0].version}.jsonl"
        try:
            return from_file(path, found[0].version)
        except OSError as error:
            raise storage_error(path, "read the dataset", error) from error
        except ValueError as error:
            raise StorageError(f"{path}: {error}; restore it from a backup") from error

    def newest(self) -> Iterator[Manifest]:
        """Yield the newest version of every dataset."""
        return (self.load(name) for name in self.names())

    def splits(self) -> dict[str, str]:
        """Return the split that each group has in any dataset: what one was tested with, none is to learn from."""
        return {entry.group: entry.split for manifest in self.newest() for entry in manifest.entries}

    def _folder(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise FormatError(f"{name[:80]!r} is no name of a dataset: letters, digits, `.`, `_` and `-`, up to 64")
        return self._root / name
