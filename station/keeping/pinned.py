"""What no rule removes because something else is made of it: the pictures of frozen datasets, and golden samples.

Read a few lines at a time: whoever asks is the writer's thread, which parts wait for.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from station.journal.disk import storage_error
from station.journal.errors import StorageError

GOLDEN = Path("desk", "golden.json")
DATASETS = "datasets"
LINES_AT_ONCE = 500


class Pinned:
    """The pins of a data folder. A dataset that was read once stays pinned as long as the process lives."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._pictures: set[bytes] = set()
        self._read: set[Path] = set()
        self._reading: Iterator[None] | None = None

    def look(self) -> bool:
        """Look for datasets that are new, and read on; False while there is more to read, and nothing may be removed then.

        Raises
        ------
        StorageError
            If a dataset cannot be read: nobody knows what is in it then.
        """
        if self._reading is None:
            new = next((path for path in self._manifests() if path not in self._read), None)
            if new is None:
                return True
            self._reading = self._load(new)
        try:
            next(self._reading)
        except StopIteration:
            self._reading = None
        except BaseException:
            self._reading = None
            raise
        return False

    def has(self, sha256: str) -> bool:
        """Whether a picture is in a frozen dataset."""
        return bytes.fromhex(sha256) in self._pictures

    def golden(self) -> frozenset[UUID]:
        """Return the parts that somebody chose to compare others with. Raises `StorageError` where nobody can tell."""
        path = self._data / GOLDEN
        try:
            chosen = json.loads(path.read_bytes())["chosen"]
            return frozenset(UUID(each["uid"]) for each in chosen)
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise storage_error(path, "read the golden samples", error) from error
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(f"{path}: cannot be read ({error}); restore it from a backup or remove it") from error

    def _manifests(self) -> Iterator[Path]:
        root = self._data / DATASETS
        try:
            return iter(sorted(path for path in root.glob("*/*.jsonl") if len(path.stem) == 64))
        except OSError as error:
            raise storage_error(root, "list the datasets", error) from error

    def _load(self, path: Path) -> Iterator[None]:
        try:
            with path.open(encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    if number and (image := json.loads(line)["image"]):  # the first line is of the whole
                        self._pictures.add(bytes.fromhex(image))
                    if number % LINES_AT_ONCE == LINES_AT_ONCE - 1:
                        yield
        except OSError as error:
            raise storage_error(path, "read the dataset", error) from error
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(f"{path}: damaged ({error}); restore it from a backup") from error
        self._read.add(path)
