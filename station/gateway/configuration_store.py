"""The station's configuration as the OPC UA server offers it, and others that clients have brought and that wait."""

import asyncio
import hashlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plc.opcua.ports import Configuration, Identity, PortError
from station.config import Name, StationConfig
from station.gateway.settings import read_configuration
from station.journal.disk import make_directory, sync_directory, write_durably
from station.journal.errors import StorageError
from station.line.recipe_check import check_recipe
from station.toml_file import MAX_FILE_BYTES, ConfigError, load_toml

WAITING = "configurations"
MOST_WAITING = 100
_NAME = TypeAdapter(Name)


class ConfigurationStore:
    """`station.toml` as it was when the gateway started, and the files in `<opcua>/configurations`."""

    def __init__(self, path: Path, config: StationConfig, folder: Path) -> None:
        """Read the active configuration's file. Raises OSError."""
        self._path = path
        self._config = config
        self._folder = folder / WAITING
        self._active = read_configuration(path, config)

    @property
    def active(self) -> Configuration:
        """The configuration the station runs with."""
        return self._active

    @property
    def largest_bytes(self) -> int:
        """How large a configuration's file may be."""
        return MAX_FILE_BYTES

    def why_not(self, configuration: str) -> str:
        """Say why one that waits cannot become active now, and what to do."""
        return f"to use it, put {self._path_of(configuration)} in the place of {self._path} and start the station again"

    async def waiting(self) -> tuple[Configuration, ...]:
        """Return those that are stored. Raises `PortError`."""
        return await asyncio.to_thread(self._all)

    async def content(self, configuration: Identity) -> bytes:
        """Return the file of exactly this configuration. Raises `PortError`."""
        active = configuration.id == self._active.identity.id
        path = self._path if active else self._path_of(configuration.id)
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise PortError(f"{path}: {error.strerror or error}") from error
        if hashlib.sha256(content).hexdigest() != configuration.sha256:
            raise PortError(f"{path} has changed since; its content is not what was asked for")
        return content

    async def store(self, wanted: Identity, content: bytes) -> Identity:
        """Keep a configuration that this station could start with; durable on return. Raises `PortError`."""
        return await asyncio.to_thread(self._store, wanted, content)

    async def remove(self, configuration: str) -> None:
        """Remove one that waits. Raises `PortError`."""
        await asyncio.to_thread(self._remove, configuration)

    def _all(self) -> tuple[Configuration, ...]:
        try:
            paths = sorted(self._folder.glob("*.toml"))
            return tuple(_waiting(path) for path in paths)
        except OSError as error:
            raise PortError(str(error)) from error

    def _store(self, wanted: Identity, content: bytes) -> Identity:
        path, digest = self._path_of(wanted.id), hashlib.sha256(content).hexdigest()
        if wanted.id == self._active.identity.id:
            raise PortError(f"{wanted.id} is the configuration that is active; give this one another id")
        if wanted.sha256 not in {"", digest}:
            raise PortError("the file does not have the hash that was announced")
        try:
            self._try(path.name, content)
            make_directory(self._folder)
            if not path.exists() and sum(1 for _ in self._folder.glob("*.toml")) >= MOST_WAITING:
                raise PortError(f"{MOST_WAITING} configurations wait; remove one first")
            write_durably(path, content, mode=0o600)
        except (OSError, StorageError) as error:
            raise PortError(str(error)) from error
        return Identity(wanted.id, "", digest)

    def _try(self, name: str, content: bytes) -> None:
        """Check a configuration, with the recipe it starts with, before it is put in place."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / name
            trial.write_bytes(content)
            try:
                config = self._loaded(trial)
                misfits = check_recipe(config.recipes / f"{config.line.recipe}.toml", config).misfits
            except ConfigError as error:
                raise PortError(error.text.removeprefix(str(trial)).lstrip(":, ")) from None
        if (config.station.name, config.station.data) != (self._config.station.name, self._config.station.data):
            raise PortError("it is of another station: [station] has another name or data folder")
        if misfits:
            raise PortError("; ".join(misfits))

    def _loaded(self, path: Path) -> StationConfig:
        """Read a file as if it stood where the active one does: its paths are seen from there."""
        return load_toml(path, StationConfig, {"folder": self._path.resolve().parent})

    def _remove(self, configuration: str) -> None:
        try:
            self._path_of(configuration).unlink()
            sync_directory(self._folder)
        except OSError as error:
            raise PortError(str(error)) from error

    def _path_of(self, configuration: str) -> Path:
        """Return where one waits; the name is a client's, so it must be one. Raises `PortError`."""
        try:
            return self._folder / f"{_NAME.validate_python(configuration)}.toml"
        except ValidationError:
            text = f"{configuration!r} is no name for a configuration: letters, digits, _, . and -, at most 64"
            raise PortError(text) from None


def _waiting(path: Path) -> Configuration:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Configuration(Identity(path.stem, "", digest), datetime.fromtimestamp(path.stat().st_mtime, UTC))
