"""Which recipe judges which product outlives the gateway."""

import asyncio
from pathlib import Path

import pytest

from plc.opcua.ports import PortError
from station.gateway.products import MOST_PRODUCTS, PRODUCTS_FILE, ProductFile, ProductsFile
from station.toml_file import ConfigError


def test_links_are_there_after_a_restart(tmp_path: Path) -> None:
    async def happen() -> None:
        products = ProductFile(tmp_path)
        assert products.links == {}
        await products.link("alpha", "plate-A")
        await products.link("beta", "plate-A")
        await products.link("gamma", "plate-B")
        await products.unlink("beta", "gamma", "unknown")

    asyncio.run(happen())
    assert ProductFile(tmp_path).links == {"alpha": "plate-A"}


def test_there_are_so_many_and_no_more(tmp_path: Path) -> None:
    full = ProductsFile(recipes={f"p{number}": "plate-A" for number in range(MOST_PRODUCTS)})
    (tmp_path / PRODUCTS_FILE).write_text(full.model_dump_json())
    products = ProductFile(tmp_path)
    with pytest.raises(PortError, match="unlink"):
        asyncio.run(products.link("one more", "plate-A"))
    asyncio.run(products.link("p7", "plate-A"))  # it is there already


def test_what_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    products = ProductFile(tmp_path / "opcua")
    (tmp_path / "opcua").write_text("a file where the folder should be")
    with pytest.raises(PortError):
        asyncio.run(products.link("alpha", "plate-A"))
    assert products.links == {}


def test_a_file_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / PRODUCTS_FILE).write_text("[]")
    with pytest.raises(ConfigError, match="delete the file"):
        ProductFile(tmp_path)
