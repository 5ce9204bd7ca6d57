"""Recipes that a client sends are checked like those at a command line, and stored whole or not at all."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from shelved import deployed

from plc.opcua.ports import Identity, PortError
from station.config import load_station
from station.gateway.recipe_store import RecipeStore

RECIPE = """\
name = "{name}"
number = {number}
version = {version}

[[view]]
name = "top"
camera = "camera-1"
model = "m"
"""


@pytest.fixture
def store(tmp_path: Path) -> RecipeStore:
    """A station with a model and the recipe it starts with."""
    deployed(tmp_path / "models", b"a model")
    (tmp_path / "station.toml").write_text(
        '[line]\nrecipe = "first"\ntrigger = "timer"\n\n[[camera]]\nname = "camera-1"\n'
    )
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "first.toml").write_bytes(text("first", 1))
    return RecipeStore(load_station(tmp_path / "station.toml"))


def text(name: str, number: int, version: int = 1) -> bytes:
    return RECIPE.format(name=name, number=number, version=version).encode()


def stored(store: RecipeStore, wanted: Identity, content: bytes) -> Identity:
    return asyncio.run(store.store(wanted, content))


def names(store: RecipeStore) -> list[str]:
    return [recipe.identity.id for recipe in asyncio.run(store.all())]


def test_a_recipe_comes_is_replaced_by_a_higher_version_and_goes(store: RecipeStore) -> None:
    content = text("second", 2)
    found = stored(store, Identity("second", "1", hashlib.sha256(content).hexdigest()), content)
    assert (found.id, found.version, names(store)) == ("second", "1", ["first", "second"])
    assert asyncio.run(store.content(found)) == content
    with pytest.raises(PortError, match="version 1 is there already; send a higher one"):
        stored(store, Identity("second"), content)
    newer = stored(store, Identity("second"), text("second", 2, version=2))
    assert newer.version == "2"
    with pytest.raises(PortError, match="has changed"):
        asyncio.run(store.content(found))
    asyncio.run(store.remove("second"))
    assert names(store) == ["first"]


@pytest.mark.parametrize(
    ("wanted", "content", "why"),
    [
        (Identity("../first"), text("first", 1), "is no name for a recipe"),
        (Identity(""), text("first", 1), "is no name for a recipe"),
        (Identity("second"), b"\xff\x00", "UTF-8"),
        (Identity("second"), text("third", 2), "does not match the file's name"),
        (Identity("second"), text("second", 1), "number = 1 is that of first"),
        (Identity("second", "7"), text("second", 2), "of version 1, not of 7"),
        (Identity("second", "", "ab" * 32), text("second", 2), "the hash that was announced"),
        (Identity("second"), text("second", 2).replace(b"camera-1", b"camera-9"), "camera-9"),
        (Identity("second"), text("second", 2).replace(b'"m"', b'"n"'), "no usable model n is deployed"),
        (Identity("second"), text("second", 2) + b"low = 3\nlow = 4\n", "^line 10: not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_left(
    store: RecipeStore, tmp_path: Path, wanted: Identity, content: bytes, why: str
) -> None:
    with pytest.raises(PortError, match=why) as refused:
        stored(store, wanted, content)
    assert "/tmp" not in str(refused.value)
    assert [path.name for path in (tmp_path / "recipes").iterdir()] == ["first.toml"]


def test_the_recipe_that_the_station_starts_with_stays(store: RecipeStore) -> None:
    with pytest.raises(PortError, match="the station starts with the recipe first"):
        asyncio.run(store.remove("first"))
    with pytest.raises(PortError, match="No such file"):
        asyncio.run(store.remove("second"))
    assert names(store) == ["first"]
