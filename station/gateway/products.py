"""Which recipe judges which product, as clients of the OPC UA server have linked them, kept over every restart."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from plc.opcua.ports import PortError
from station.gateway.files import Stored, read_stored, replace_stored
from station.journal.errors import StorageError

PRODUCTS_FILE = "products.json"
MOST_PRODUCTS = 1000
_REMEDY = "delete the file: clients then link their products to recipes again"


class ProductsFile(Stored):
    """Content of the file."""

    recipes: dict[str, str] = Field(default_factory=dict)
    """The recipe of each product."""


class ProductFile:
    """The file's owner."""

    def __init__(self, folder: Path) -> None:
        """Read the file. Raises `ConfigError` when it is there and cannot be read."""
        self._path = folder / PRODUCTS_FILE
        self._state = read_stored(self._path, ProductsFile, _REMEDY) or ProductsFile()
        self._lock = asyncio.Lock()

    @property
    def links(self) -> Mapping[str, str]:
        """The recipe of each product."""
        return self._state.recipes

    async def link(self, product: str, recipe: str) -> None:
        """Let a recipe judge a product from now on; durable on return. Raises `PortError`."""
        async with self._lock:
            if len(self.links) >= MOST_PRODUCTS and product not in self.links:
                raise PortError(f"there are {MOST_PRODUCTS} products; unlink those that are made no longer")
            await self._keep({**self.links, product: recipe})

    async def unlink(self, *products: str) -> None:
        """Forget products; durable on return. Raises `PortError`."""
        async with self._lock:
            await self._keep({product: recipe for product, recipe in self.links.items() if product not in products})

    async def _keep(self, recipes: dict[str, str]) -> None:
        state = ProductsFile(recipes=recipes)
        if state == self._state:
            return
        try:
            await asyncio.to_thread(replace_stored, self._path, state)
        except StorageError as error:
            raise PortError(str(error)) from error
        self._state = state
