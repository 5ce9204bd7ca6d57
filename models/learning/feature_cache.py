"""Keeps on disk what was computed from pictures, so that one more label costs one more picture and not a pass over all of them.

`<root>/pictures/ab/<picture>.<settings>` holds what one picture gave under one setting, `<root>/joint/<settings>` what several
pictures gave together. A file is a line of JSON (the arrays, the pictures, the SHA-256 of the rest) and the arrays' bytes; it
comes into being by a rename. Nothing here is worth more than the time to compute it again: what is damaged counts as not
there, and what does not fit on the disk is not kept.
"""

import contextlib
import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[np.generic]]
MOST_BYTES = 2 << 30
"""What all files together may take; those that were not used for longest go first."""
LEFT_BYTES = 1 << 30
"""What must be free on the disk beside: the line's pictures come first."""
MOST_JOINT = 8
"""Files of several pictures that are kept."""
MAX_HEAD_BYTES = 1 << 20
ABANDONED_S = 3600.0
"""A file that is still not whole after so long is left over from a process that died."""
PICTURES, JOINT, INCOMING = "pictures", "joint", ".incoming"
KINDS = "biuf"
"""Of numpy: booleans, integers and floating point, nothing that would have to be executed."""


@dataclass(frozen=True, slots=True)
class FeatureCache:
    """The cache under `root`, at most `most_bytes` large once `trim` was called."""

    root: Path
    most_bytes: int = MOST_BYTES

    def get(self, picture: str, settings: str) -> Arrays | None:
        """Return what a picture gave under a setting; None where that is not there, or is damaged."""
        return self._read(self._path(picture, settings))

    def put(self, picture: str, settings: str, arrays: Arrays) -> None:
        """Keep what a picture gave; `picture` and `settings` are SHA-256 in hexadecimal."""
        self._write(self._path(picture, settings), arrays, [picture])

    def get_joint(self, settings: str) -> Arrays | None:
        """Return what several pictures gave together; None where that is not there, or is damaged."""
        return self._read(self.root / JOINT / settings)

    def put_joint(self, settings: str, arrays: Arrays, pictures: Sequence[str]) -> None:
        """Keep what several pictures gave together; it goes with the first of them that is forgotten."""
        self._write(self.root / JOINT / settings, arrays, pictures)
        for path in sorted(self._joint(), key=_used_ns)[:-MOST_JOINT]:
            path.unlink(missing_ok=True)

    def forget(self, pictures: Iterable[str]) -> None:
        """Remove everything that these pictures gave, alone or with others.

        Raises
        ------
        OSError
            If the disk fails: then it may still be there.
        """
        gone = set(pictures)
        for picture in gone:
            for path in self._folder(picture).glob(f"{picture}.*"):
                path.unlink(missing_ok=True)
        for path in self._joint() if gone else ():
            if (head := _head(path)) is None or gone.intersection(head.pictures):
                path.unlink(missing_ok=True)

    def trim(self, exists: Callable[[str], bool]) -> None:
        """Remove what a dead process left, what belongs to pictures that do not exist any more, and what there is too much of."""
        with contextlib.suppress(OSError):
            for path in (self.root / INCOMING).glob("*"):
                if time.time() - path.stat().st_mtime > ABANDONED_S:
                    path.unlink(missing_ok=True)
            self.forget([picture for picture in {path.stem for path in self._alone()} if not exists(picture)])
            for path in self._joint():
                if (head := _head(path)) is None or not all(map(exists, head.pictures)):
                    path.unlink(missing_ok=True)
            self._shrink()

    @property
    def size_bytes(self) -> int:
        """Return what all files take."""
        return sum(path.stat().st_size for path in self._files())

    def _shrink(self) -> None:
        files = sorted(((_used_ns(path), path.stat().st_size, path) for path in self._files()), reverse=True)
        taken = 0
        for _, size, path in files:
            taken += size
            if taken > self.most_bytes:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        yield from self._joint()
        yield from self._alone()

    def _alone(self) -> Iterator[Path]:
        return (self.root / PICTURES).glob("*/*")

    def _joint(self) -> list[Path]:
        return list((self.root / JOINT).glob("*"))

    def _folder(self, picture: str) -> Path:
        """Return where files of a picture are, with those of others: a folder of its own takes longer than the file in it."""
        return self.root / PICTURES / picture[:2]

    def _path(self, picture: str, settings: str) -> Path:
        return self._folder(picture) / f"{picture}.{settings}"

    def _read(self, path: Path) -> Arrays | None:
        try:
            with path.open("rb") as file:
                arrays = _decoded(file.readline(MAX_HEAD_BYTES), file.read())
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return arrays

    def _write(self, path: Path, arrays: Arrays, pictures: Sequence[str]) -> None:
        """Write beside and rename. No fsync: a file that a power cut emptied fails its checksum."""
        incoming = self.root / INCOMING / uuid.uuid4().hex
        with contextlib.suppress(OSError):  # a full disk costs time the next time, and nothing else
            try:
                incoming.parent.mkdir(parents=True, exist_ok=True)
                if shutil.disk_usage(incoming.parent).free < LEFT_BYTES:
                    return
                with incoming.open("xb") as file:
                    file.writelines(_encoded(arrays, pictures))
                path.parent.mkdir(parents=True, exist_ok=True)
                incoming.replace(path)
            finally:
                incoming.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a file: of each array name, type and shape; the hash of all their bytes."""

    arrays: tuple[tuple[str, str, tuple[int, ...]], ...]
    pictures: tuple[str, ...]
    sha256: str


def _encoded(arrays: Arrays, pictures: Sequence[str]) -> list[bytes]:
    bodies = [np.ascontiguousarray(array).tobytes() for array in arrays.values()]
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(body)
    named = [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()]
    head = {"arrays": named, "pictures": list(pictures), "sha256": digest.hexdigest()}
    return [json.dumps(head, separators=(",", ":")).encode() + b"\n", *bodies]


def _parsed(line: bytes) -> _Head:
    raw = json.loads(line)
    arrays = tuple((str(name), str(kind), tuple(map(int, shape))) for name, kind, shape in raw["arrays"])
    return _Head(arrays, tuple(raw["pictures"]), str(raw["sha256"]))


def _head(path: Path) -> _Head | None:
    try:
        with path.open("rb") as file:
            return _parsed(file.readline(MAX_HEAD_BYTES))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _decoded(line: bytes, body: bytes) -> Arrays:
    """Return the arrays, read-only. Raises `ValueError`, `KeyError` or `TypeError` where the bytes are not what was written."""
    head = _parsed(line)
    if hashlib.sha256(body).hexdigest() != head.sha256:
        raise ValueError("damaged")
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    at = 0
    for name, kind, shape in head.arrays:
        dtype = np.dtype(kind)
        if dtype.kind not in KINDS:
            raise ValueError(f"an array of {kind}")
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(body, dtype, count, at).reshape(shape)
        at += count * dtype.itemsize
    return arrays


def _used_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
