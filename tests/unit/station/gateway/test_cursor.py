"""The cursor outlives every restart, and is never believed for another journal."""

import asyncio
from pathlib import Path

import pytest

from plc.opcua.ports import PortError
from station.gateway.cursor import CURSOR_FILE, Cursor
from station.toml_file import ConfigError


def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    async def happen() -> None:
        cursor = Cursor(tmp_path, "j")
        assert (cursor.published, cursor.sequence) == (0, 0)
        await asyncio.gather(cursor.publish(7), cursor.acknowledge(5))

    asyncio.run(happen())
    again = Cursor(tmp_path, "j")
    assert (again.published, again.sequence) == (7, 5)
    other = Cursor(tmp_path, "another journal")
    assert (other.published, other.sequence) == (0, 0)


def test_an_acknowledgement_is_never_taken_back(tmp_path: Path) -> None:
    async def happen() -> None:
        cursor = Cursor(tmp_path, "j")
        await cursor.acknowledge(5)
        await cursor.acknowledge(3)
        assert cursor.sequence == 5

    asyncio.run(happen())


def test_one_that_cannot_be_stored_is_not_acknowledged(tmp_path: Path) -> None:
    async def happen() -> None:
        cursor = Cursor(tmp_path / "folder", "j")
        (tmp_path / "folder").write_text("a file where the folder should be")
        with pytest.raises(PortError, match="folder"):
            await cursor.acknowledge(5)
        assert cursor.sequence == 0

    asyncio.run(happen())


def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / CURSOR_FILE).write_text('{"journal": "j", "published": "seven"}')
    with pytest.raises(ConfigError, match=r"cursor\.json: .*delete the file"):
        Cursor(tmp_path, "j")
