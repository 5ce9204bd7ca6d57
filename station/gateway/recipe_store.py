"""Recipes that clients of the OPC UA server add to the station's files and remove from them."""

import asyncio
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plc.opcua.ports import Identity, PortError
from station.config import Name, StationConfig
from station.gateway.recipes import RecipeFiles, identity_of
from station.journal.disk import sync_directory, write_durably
from station.journal.errors import StorageError
from station.line.choices import load_choices
from station.line.recipe import Recipe, load_recipe
from station.line.recipe_check import check_recipe
from station.toml_file import MAX_FILE_BYTES, ConfigError

_NAME = TypeAdapter(Name)


class RecipeStore(RecipeFiles):
    """The station's recipes, to be read and changed."""

    def __init__(self, config: StationConfig) -> None:
        super().__init__(config.recipes)
        self._config = config

    @property
    def largest_bytes(self) -> int:
        """How large a recipe's file may be."""
        return MAX_FILE_BYTES

    async def content(self, recipe: Identity) -> bytes:
        """Return the file of exactly this recipe. Raises `PortError`."""
        return await asyncio.to_thread(self._content, recipe)

    async def store(self, wanted: Identity, content: bytes) -> Identity:
        """Take over a recipe that `station recipe check` would find nothing against; durable on return.

        One of this name that is there already is replaced by a higher version only.

        Raises
        ------
        PortError
            With the reason; what was there stays then.
        """
        return await asyncio.to_thread(self._store, wanted, content)

    async def remove(self, recipe: str) -> None:
        """Remove a recipe that the station neither uses nor starts with. Raises `PortError`."""
        await asyncio.to_thread(self._remove, recipe)

    def _content(self, recipe: Identity) -> bytes:
        path = self._path(recipe.id)
        try:
            content, there = path.read_bytes(), load_recipe(path)
        except (OSError, ConfigError) as error:
            raise PortError(str(error)) from error
        if there.sha256 != recipe.sha256:
            raise PortError(f"the recipe {recipe.id} has changed; ask again")
        return content

    def _store(self, wanted: Identity, content: bytes) -> Identity:
        path = self._path(wanted.id)
        try:
            with _alone(self._folder):
                recipe = self._tried(path, content)
                self._check_wanted(wanted, recipe, content)
                self._check_others(path, recipe)
                write_durably(path, content)
        except (OSError, StorageError, ConfigError) as error:
            raise PortError(str(error)) from error
        return identity_of(recipe)

    def _tried(self, path: Path, content: bytes) -> Recipe:
        """Check a recipe before it is put in place."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / path.name
            trial.write_bytes(content)
            try:
                found = check_recipe(trial, self._config)
            except ConfigError as error:
                raise PortError(error.text.removeprefix(str(trial)).lstrip(":, ")) from None
        if found.misfits:
            raise PortError("; ".join(found.misfits))
        return found.recipe

    @staticmethod
    def _check_wanted(wanted: Identity, recipe: Recipe, content: bytes) -> None:
        if wanted.version not in {"", str(recipe.version)}:
            raise PortError(f"the file is of version {recipe.version}, not of {wanted.version} as announced")
        if wanted.sha256 not in {"", recipe.sha256, hashlib.sha256(content).hexdigest()}:
            raise PortError("the file does not have the hash that was announced")

    def _check_others(self, path: Path, recipe: Recipe) -> None:
        for other in sorted(self._folder.glob("*.toml")):
            try:
                there = load_recipe(other)
            except ConfigError:
                continue  # it cannot be used, so it is not in the way
            if other == path and there.version >= recipe.version:
                raise PortError(f"version {there.version} is there already; send a higher one than that")
            if other != path and there.number == recipe.number:
                raise PortError(f"number = {recipe.number} is that of {there.name}; give each recipe its own")

    def _remove(self, name: str) -> None:
        path = self._path(name)
        try:
            starts_with = load_choices(self._config.station.data).recipe_for(self._config.line.recipe)
            if name in {starts_with, self._config.line.recipe}:
                raise PortError(f"the station starts with the recipe {name}: choose another one first")
            with _alone(self._folder):
                path.unlink()
                sync_directory(self._folder)
        except (OSError, ConfigError) as error:
            raise PortError(str(error)) from error

    def _path(self, name: str) -> Path:
        """Return where a recipe stands; the name is a client's, so it must be one. Raises `PortError`."""
        try:
            return self._folder / f"{_NAME.validate_python(name)}.toml"
        except ValidationError:
            raise PortError(f"{name!r} is no name for a recipe: letters, digits, _, . and -, at most 64") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other process change a recipe of the folder meanwhile, as `station recipe zones` does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
