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
from dataclasses import dataclass
from pathlib import Path

from models.errors import ModelError
from models.manifest import MANIFEST_FILE, MODEL_FILE, REFERENCE_FILE, AnyManifest

POINTER_FILE = "deployed.json"
MAX_HISTORY = 100
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_VERSION = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder `models/` of a station."""

    root: Path

    def add(self, manifest: AnyManifest, model: bytes, reference: bytes | None = None) -> Path:
        """Put a model on the shelf as the next version of its name, durably, and return its folder.

        Parameters
        ----------
        manifest
            Its `version` is replaced by the next free one.
        model
            The ONNX file.
        reference
            The reference picture as PNG, where the manifest speaks of one.

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

    def deploy(self, name: str, version: str) -> None:
        """Make a version the deployed one, durably. Raises `ModelError` if it does not exist."""
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
        self.folder(name, self.previous(name))
        history = self._history(name)
        self._point(name, history[:-1])
        return history[-2]

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
        path = self.root / name / POINTER_FILE
        beside = path.with_name(f".{POINTER_FILE}.{os.getpid()}")
        try:
            _write(beside, json.dumps({"history": history}).encode() + b"\n")
            beside.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise ModelError(f"{path}: cannot be written ({error.strerror}); check disk and rights") from error


def _add_next(home: Path, manifest: AnyManifest, files: dict[str, bytes]) -> Path:
    """Write a version beside its place and move it there; of two at once, the slower takes the number after."""
    beside = Path(tempfile.mkdtemp(prefix=".adding-", dir=home))
    try:
        beside.chmod(0o755)
        for name, data in files.items():
            _write(beside / name, data)
        while True:
            version = str(max(_numbers(home), default=0) + 1)
            _write(beside / MANIFEST_FILE, manifest.model_copy(update={"version": version}).to_json())
            _sync_folder(beside)
            try:
                beside.rename(home / version)
            except OSError as error:
                if error.errno not in {errno.EEXIST, errno.ENOTEMPTY}:
                    raise
                continue
            _sync_folder(home)
            return home / version
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _numbers(home: Path) -> list[int]:
    if not home.is_dir():
        return []
    return sorted(int(path.name) for path in home.iterdir() if _VERSION.fullmatch(path.name))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ModelError(f"{name!r} is no name of a model: letters, digits, dots, dashes and underscores are allowed")


def _check_hash(file: str, data: bytes, sha256: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError(f"{file} is not the file its manifest describes: the SHA-256 differs")
