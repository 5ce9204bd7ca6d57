"""The models a station has: immutable numbered versions on disk, and which of each is deployed.

`<root>/<name>/<version>/` holds a version; `<root>/<name>/deployed.json` the versions deployed one after the other.
A version comes into being whole or not at all: written beside its place, synced, renamed.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from models.errors import ModelError
from models.held import alone, is_left, sync_folder, write
from models.manifest import MANIFEST_FILE, MODEL_FILE, REFERENCE_FILE, AnyManifest, Manifest

POINTER_FILE = "deployed.json"
MAX_HISTORY = 100
REMOVED_FILE = "removed.json"
"""What the manifest of a version is called once its model is removed."""
ADDING = ".adding-"
"""How a folder's name begins in which a version is written."""
NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_VERSION = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder `models/` of a station."""

    root: Path

    def add(
        self,
        manifest: AnyManifest,
        model: bytes,
        reference: bytes | None = None,
        beside: Mapping[str, bytes] = NOTHING,
    ) -> Path:
        """Put a model on the shelf as the next version of its name, durably, and return its folder.

        Parameters
        ----------
        manifest
            Its `version` is replaced by the next free one.
        model
            The ONNX file.
        reference
            The reference picture as PNG, where the manifest speaks of one.
        beside
            The further files that the manifest speaks of, by name.

        Raises
        ------
        ModelError
            If the files are not those of the manifest, or the disk does not take them.
        """
        _check_hash(MODEL_FILE, model, manifest.model_sha256)
        files = {MODEL_FILE: model}
        if manifest.registration is not None:
            _check_hash(REFERENCE_FILE, reference or b"", manifest.registration.sha256)
            files[REFERENCE_FILE] = reference or b""
        for name, sha256 in manifest.files.items() if isinstance(manifest, Manifest) else ():
            _check_hash(name, beside.get(name, b""), sha256)
            files[name] = beside.get(name, b"")
        home = self.root / manifest.name
        try:
            home.mkdir(parents=True, exist_ok=True)
            return _add_next(home, manifest, files)
        except OSError as error:
            raise ModelError(f"{home}: the model cannot be stored ({error.strerror}); check disk and rights") from error

    def folder(self, name: str, version: str) -> Path:
        """Return the folder of a version. Raises `ModelError` if there is none."""
        _check_name(name)
        folder = self.root / name / version
        if _VERSION.fullmatch(version) and (folder / REMOVED_FILE).is_file():
            raise ModelError(
                f"version {version} of model {name!r} was removed; {folder / REMOVED_FILE} says what it was"
            )
        if not _VERSION.fullmatch(version) or not (folder / MANIFEST_FILE).is_file():
            have = ", ".join(self.versions(name)) or "none"
            raise ModelError(f"there is no version {version!r} of model {name!r} in {self.root}; there are: {have}")
        return folder

    def versions(self, name: str) -> tuple[str, ...]:
        """Return the versions of a model, oldest first."""
        _check_name(name)
        home = self.root / name
        return tuple(str(number) for number in _numbers(home) if (home / str(number) / MANIFEST_FILE).is_file())

    def names(self) -> tuple[str, ...]:
        """Return the names of the models that have a version, in alphabetical order."""
        if not self.root.is_dir():
            return ()
        names = sorted(path.name for path in self.root.iterdir() if path.is_dir() and _NAME.fullmatch(path.name))
        return tuple(name for name in names if self.versions(name))

    def latest(self, name: str) -> str | None:
        """Return the newest version of a model, None if there is none."""
        versions = self.versions(name)
        return versions[-1] if versions else None

    def deployed(self, name: str) -> str | None:
        """Return the deployed version of a model, None if none is. Raises `ModelError` for a damaged pointer."""
        history = self._history(name)
        return history[-1] if history else None

    def mark(self, name: str) -> object:
        """Return something that is another one after every deployment and roll-back; costs no reading."""
        try:
            found = (self.root / name / POINTER_FILE).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def deploy(self, name: str, version: str) -> None:
        """Make a version the deployed one, durably. Raises `ModelError` if it does not exist."""
        self.folder(name, version)
        with alone(self.root / name):
            self.folder(name, version)
            history = self._history(name)
            if not history or history[-1] != version:
                self._point(name, [*history, version][-MAX_HISTORY:])

    def previous(self, name: str) -> str:
        """Return the version deployed before the present one. Raises `ModelError` if there is none."""
        history = self._history(name)
        if len(history) < 2:
            raise ModelError(f"no version of model {name!r} was deployed before the present one")
        return history[-2]

    def rollback(self, name: str) -> str:
        """Deploy what was deployed before, and return it. Raises `ModelError` if nothing was."""
        self.previous(name)
        with alone(self.root / name):
            version = self.previous(name)
            self.folder(name, version)
            self._point(name, self._history(name)[:-1])
        return version

    def remove(self, name: str, version: str) -> None:
        """Take the model of a version off the disk, never the deployed one; its manifest and card stay for what it judged.

        Its number is not given again.

        Raises
        ------
        ModelError
            If there is no such version, it is deployed, or the disk does not let go of it.
        """
        folder = self.folder(name, version)
        try:
            with alone(self.root / name):
                history = self._history(name)
                if history[-1:] == [version]:
                    raise ModelError(f"version {version} of model {name!r} is deployed; deploy another one first")
                if version in history:
                    self._point(name, _without(history, version))
                (folder / MANIFEST_FILE).rename(folder / REMOVED_FILE)
                sync_folder(folder)
                _clear(folder)
        except OSError as error:
            raise ModelError(f"{folder}: cannot be removed ({error.strerror}); check disk and rights") from error

    def tidy(self) -> int:
        """Remove what was left when somebody who added or removed a version was killed, and return how many versions that were.

        Raises
        ------
        OSError
            If the disk does not let go of it.
        """
        left = [folder for folder in self.root.glob(f"*/{ADDING}*") if is_left(folder)]
        half = [path.parent for path in self.root.glob(f"*/*/{REMOVED_FILE}") if (path.parent / MODEL_FILE).exists()]
        for folder in left:
            shutil.rmtree(folder)
        for folder in half:
            _clear(folder)
        return len(left) + len(half)

    def _history(self, name: str) -> list[str]:
        _check_name(name)
        path = self.root / name / POINTER_FILE
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"{path}: cannot be read ({error}); deploy a version again") from error
        try:
            history = json.loads(text)["history"]
            if isinstance(history, list) and all(isinstance(one, str) and _VERSION.fullmatch(one) for one in history):
                return history
        except (ValueError, TypeError, KeyError):
            pass
        raise ModelError(f"{path}: damaged; delete it and deploy a version again")

    def _point(self, name: str, history: list[str]) -> None:
        self.write_beside(name, POINTER_FILE, json.dumps({"history": history}).encode() + b"\n")

    def write_beside(self, name: str, file: str, data: bytes) -> None:
        """Write a file beside the versions of a model, whole or not at all, durably. Raises `ModelError` where it cannot."""
        path = self.root / name / file
        beside = path.with_name(f".{file}.{os.getpid()}")
        try:
            write(beside, data)
            beside.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise ModelError(f"{path}: cannot be written ({error.strerror}); check disk and rights") from error


def version_asked(shelf: Shelf, name: str, version: str | None) -> str:
    """Return the version that is asked for, the deployed one where none is. Raises `ModelError` if there is none."""
    chosen = version or shelf.deployed(name)
    if chosen is None:
        have = ", ".join(shelf.versions(name)) or "none"
        raise ModelError(f"no version of model {name!r} is deployed in {shelf.root}; name one, there are: {have}")
    shelf.folder(name, chosen)
    return chosen


def _add_next(home: Path, manifest: AnyManifest, files: dict[str, bytes]) -> Path:
    """Write a version beside its place and move it there; of two at once, the slower takes the number after."""
    beside = Path(tempfile.mkdtemp(prefix=ADDING, dir=home))
    try:
        with alone(beside):
            return _move_in(beside, home, manifest, files)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _move_in(beside: Path, home: Path, manifest: AnyManifest, files: dict[str, bytes]) -> Path:
    beside.chmod(0o755)
    for name, data in files.items():
        write(beside / name, data)
    while True:
        version = str(max(_numbers(home), default=0) + 1)
        write(beside / MANIFEST_FILE, manifest.model_copy(update={"version": version}).to_json())
        sync_folder(beside)
        try:
            beside.rename(home / version)
        except OSError as error:
            if error.errno not in {errno.EEXIST, errno.ENOTEMPTY}:
                raise
            continue
        sync_folder(home)
        return home / version


def _clear(folder: Path) -> None:
    """Unlink the large files of a removed version, the model last: while it is there the rest may be too."""
    for name in (REFERENCE_FILE, MODEL_FILE):
        (folder / name).unlink(missing_ok=True)
    sync_folder(folder)


def _without(history: list[str], version: str) -> list[str]:
    """Return the versions deployed one after the other as if one of them never had been."""
    kept = [one for one in history if one != version]
    return [one for number, one in enumerate(kept) if number == 0 or kept[number - 1] != one]


def _numbers(home: Path) -> list[int]:
    if not home.is_dir():
        return []
    return sorted(int(path.name) for path in home.iterdir() if _VERSION.fullmatch(path.name))


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ModelError(f"{name!r} is no name of a model: letters, digits, dots, dashes and underscores are allowed")


def checked_file(path: Path, data: bytes, sha256: str) -> bytes:
    """Return what was read from a file of a version. Raises `ModelError` if it is not what the manifest describes."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"{path}: damaged, its SHA-256 is not the manifest's; learn the model again")
    return data


def _check_hash(file: str, data: bytes, sha256: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"{file} is not the file its manifest describes: the SHA-256 differs")
