"""Configurations that a client brings are checked as the station would at its start, kept, and never put in use by it."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from shelved import deployed

from plc.opcua.ports import Identity, PortError
from station.config import load_station
from station.gateway.configuration_store import MOST_WAITING, WAITING, ConfigurationStore

STATION = """\
[station]
name = "line-7"

[line]
recipe = "first"
trigger = "timer"
takt_ms = 500

[[camera]]
name = "camera-1"
"""
RECIPE = 'name = "first"\nnumber = 1\nversion = 1\n\n[[view]]\nname = "top"\ncamera = "camera-1"\nmodel = "m"\n'
FASTER = STATION.replace("500", "400").encode()


@pytest.fixture
def store(tmp_path: Path) -> ConfigurationStore:
    """A station with a model and the recipe it starts with."""
    deployed(tmp_path / "models", b"a model")
    path = tmp_path / "station.toml"
    path.write_text(STATION)
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "first.toml").write_text(RECIPE)
    return ConfigurationStore(path, load_station(path), tmp_path / "opcua")


def bring(store: ConfigurationStore, name: str, content: bytes, sha256: str = "") -> Identity:
    return asyncio.run(store.store(Identity(name, "", sha256), content))


def waiting(store: ConfigurationStore) -> list[str]:
    return [one.identity.id for one in asyncio.run(store.waiting())]


def test_the_active_one_is_read_as_it_was_when_it_became_active(store: ConfigurationStore, tmp_path: Path) -> None:
    identity = store.active.identity
    assert (identity.id, identity.sha256) == ("line-7", hashlib.sha256(STATION.encode()).hexdigest())
    assert asyncio.run(store.content(identity)) == STATION.encode()
    (tmp_path / "station.toml").write_text(STATION + "# edited\n")
    with pytest.raises(PortError, match="has changed since"):
        asyncio.run(store.content(identity))


def test_one_that_fits_waits_until_somebody_puts_it_in_place(store: ConfigurationStore, tmp_path: Path) -> None:
    digest = hashlib.sha256(FASTER).hexdigest()
    stored = bring(store, "faster", FASTER, digest)
    assert stored == Identity("faster", "", digest)
    assert waiting(store) == ["faster"]
    assert asyncio.run(store.content(stored)) == FASTER
    path = tmp_path / "opcua" / WAITING / "faster.toml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert store.why_not("faster").startswith(f"to use it, put {path} in the place of {tmp_path / 'station.toml'}")
    assert (tmp_path / "station.toml").read_text() == STATION
    asyncio.run(store.remove("faster"))
    assert waiting(store) == []
    with pytest.raises(PortError):
        asyncio.run(store.remove("faster"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[line", "."),
        (STATION.replace("500", "-1").encode(), "takt_ms"),
        (STATION.replace("line-7", "line-8").encode(), "of another station"),
        (STATION.replace('name = "line-7"', 'name = "line-7"\ndata = "elsewhere"').encode(), "recipe|another station"),
        (STATION.replace('recipe = "first"', 'recipe = "second"').encode(), "second"),
        (STATION.replace("camera-1", "camera-2").encode(), "camera-1"),
    ],
)
def test_one_that_the_station_could_not_start_with_is_refused(
    store: ConfigurationStore, content: bytes, why: str
) -> None:
    with pytest.raises(PortError, match=why):
        bring(store, "faster", content)
    assert waiting(store) == []


@pytest.mark.parametrize("name", ["line-7", "../station", "", "a/b", "x" * 65])
def test_names_that_will_not_do(store: ConfigurationStore, name: str) -> None:
    with pytest.raises(PortError):
        bring(store, name, FASTER)


def test_another_content_than_was_announced(store: ConfigurationStore) -> None:
    with pytest.raises(PortError, match="hash"):
        bring(store, "faster", FASTER, "00" * 32)


def test_so_many_wait_and_no_more(store: ConfigurationStore, tmp_path: Path) -> None:
    bring(store, "faster", FASTER)
    for number in range(MOST_WAITING - 1):
        (tmp_path / "opcua" / WAITING / f"w{number}.toml").write_bytes(FASTER)
    with pytest.raises(PortError, match="remove one first"):
        bring(store, "one-more", FASTER)
    bring(store, "faster", FASTER + b"# again\n")
