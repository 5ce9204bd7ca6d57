"""The station's recipe files as the OPC UA server offers them."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

from plc.opcua.ports import Identity, PortError, Recipe
from station.line.recipe import Recipe as StationRecipe
from station.line.recipe import load_recipe
from station.toml_file import ConfigError

log = logging.getLogger(__name__)

_Stamp = tuple[int, int]


class RecipeFiles:
    """Every recipe that can be read; one that cannot is left out, with a line in the log."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scales: dict[tuple[str, str], float | None] = {}
        self._read_before: dict[Path, tuple[_Stamp, Recipe | None]] = {}

    async def all(self) -> tuple[Recipe, ...]:
        """Return the recipes. Raises `PortError` when their folder cannot be read."""
        try:
            return await asyncio.to_thread(self._read)
        except OSError as error:
            raise PortError(f"{self._folder}: {error.strerror or error}") from error

    def pixel_size_um(self, name: str, sha256: str) -> float | None:
        """Return micrometres a pixel of exactly this recipe, None where its file is another by now or has no scale."""
        if (name, sha256) not in self._scales:
            try:
                recipe = load_recipe(self._folder / f"{name}.toml")
            except ConfigError:
                return None
            self._scales[recipe.name, recipe.sha256] = recipe.pixel_size_um
        return self._scales.get((name, sha256))

    def _read(self) -> tuple[Recipe, ...]:
        read = {path: self._read_one(path) for path in sorted(self._folder.glob("*.toml"))}
        self._read_before = read
        return tuple(recipe for _, recipe in read.values() if recipe is not None)

    def _read_one(self, path: Path) -> tuple[_Stamp, Recipe | None]:
        """Read a recipe, or take what it was if the file is the same."""
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        before = self._read_before.get(path)
        if before is not None and before[0] == stamp:
            return before
        try:
            recipe = load_recipe(path)
        except ConfigError as error:
            log.warning("a recipe is not offered over OPC UA: %s", error)
            return stamp, None
        modified = datetime.fromtimestamp(status.st_mtime, UTC)
        return stamp, Recipe(identity_of(recipe), modified)


def identity_of(recipe: StationRecipe) -> Identity:
    """Say which recipe it is, exactly."""
    return Identity(recipe.name, str(recipe.version), recipe.sha256)
