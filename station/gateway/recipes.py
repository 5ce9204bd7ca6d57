"""The station's recipe files as the OPC UA server offers them."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

from plc.opcua.ports import Identity, PortError, Recipe
from station.line.recipe import load_recipe
from station.toml_file import ConfigError

log = logging.getLogger(__name__)


class RecipeFiles:
    """Every recipe that can be read; one that cannot is left out, with a line in the log."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scales: dict[tuple[str, str], float | None] = {}

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
        found = []
        for path in sorted(self._folder.glob("*.toml")):
            try:
                recipe = load_recipe(path)
            except ConfigError as error:
                log.warning("a recipe is not offered over OPC UA: %s", error)
                continue
            modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found.append(Recipe(Identity(recipe.name, str(recipe.version), recipe.sha256), modified))
        return tuple(found)
