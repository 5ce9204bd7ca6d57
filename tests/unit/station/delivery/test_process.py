"""The sender from its start: it waits for a journal, one destination does not stop another, and it ends when it is told."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from delivery_parts import record_parts, webhook, write_config
from http_peer import HttpPeer

from station.config import load_station
from station.delivery.process import Sender


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # what another task brings about
            await asyncio.sleep(0.01)


def test_it_waits_for_the_journal_and_delivers_to_each_by_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with HttpPeer() as peer, HttpPeer() as silent:
        silent.status = 503
        config = load_station(write_config(tmp_path, webhook(silent.port, "erp"), webhook(peer.port)))

        async def go() -> None:
            sender = asyncio.create_task(Sender(config).run())
            await asyncio.sleep(0.1)
            (tmp_path / "data").mkdir()
            beginning = apsw.Connection(str(tmp_path / "data" / "journal.db"))
            beginning.execute("CREATE TABLE beginning (x)")  # what the engine has not brought to this version yet
            await until(lambda: "results wait for the journal" in caplog.text)
            beginning.execute("DROP TABLE beginning")
            beginning.close()
            await asyncio.to_thread(record_parts, tmp_path, 1, 3)
            await until(lambda: len(peer.ids) == 3 and len(silent.seen) > 0)
            os.kill(os.getpid(), signal.SIGTERM)
            async with asyncio.timeout(20):
                await sender

        asyncio.run(go())
    assert silent.received == []


def test_it_ends_also_where_there_is_no_journal(tmp_path: Path) -> None:
    config = load_station(write_config(tmp_path, webhook(1)))

    async def go() -> None:
        sender = asyncio.create_task(Sender(config).run())
        await asyncio.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(20):
            await sender

    asyncio.run(go())
