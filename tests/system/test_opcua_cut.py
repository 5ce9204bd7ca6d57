"""A network that is cut in the middle of what the OPC UA server says: the client has every result once, in order."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from asyncua import Client, ua
from opcua_attack import attacked_server, make, run, trusted_certificate
from opcua_peers import Server
from opcua_station import Keeper

from plc.opcua.certificates import OwnCertificate

pytestmark = pytest.mark.system

CUTS, AT_ONCE = 12, 15
CHUNK_BYTES = 4096


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with attacked_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@dataclass
class Cable:
    """Carries bytes between a client and the server, until it is cut after so many more of the server's."""

    server: Server
    port: int = 0
    left: int | None = None
    plugged: list[asyncio.Task[None] | None] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where a client connects."""
        return f"opc.tcp://127.0.0.1:{self.port}/station/"

    @property
    def certificates(self) -> Path:
        """The server's."""
        return self.server.certificates

    async def plug(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        self.plugged.append(asyncio.current_task())
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        ways = [
            asyncio.create_task(self._carry(reader, far_writer, counted=False)),
            asyncio.create_task(self._carry(far_reader, writer, counted=True)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, far_writer):
            end.transport.abort()
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool) -> None:
        with contextlib.suppress(ConnectionError):
            while content := await reader.read(CHUNK_BYTES):
                if counted and self.left is not None:
                    content, self.left = content[: self.left], self.left - len(content)
                writer.write(content)
                await writer.drain()
                if counted and self.left is not None and self.left <= 0:
                    return


@asynccontextmanager
async def session_over(cable: Cable, own: OwnCertificate) -> AsyncIterator[Client]:
    """Have a session over a whole cable, which may be cut by its end."""
    cable.left = None
    client = await make(cable, own)
    await client.connect()
    try:
        yield client
    finally:
        with contextlib.suppress(OSError, ua.UaError, TimeoutError):
            async with asyncio.timeout(1):
                await client.disconnect()
        client.uaclient.disconnect_socket()


def test_a_cut_in_the_middle_of_a_publish_loses_and_doubles_nothing(server: Server, tmp_path: Path) -> None:
    own = trusted_certificate(server, tmp_path)
    mes, chance = Keeper(), random.Random(3)

    async def work() -> None:
        cable = Cable(server)
        async with await asyncio.start_server(cable.plug, "127.0.0.1", 0) as listening:
            cable.port = listening.sockets[0].getsockname()[1]
            for number in range(CUTS):
                async with session_over(cable, own) as client:
                    if number == 0:
                        await client.load_data_type_definitions()
                    await mes.watch(client)
                    await mes.catch_up(client)
                    cable.left = chance.randrange(300, 30_000)
                    for i in range(AT_ONCE):
                        await asyncio.to_thread(server.ask, publish=[{"id": f"cut-{number}-{i}"}])
                        await asyncio.sleep(0.02)  # a client's answer or two in between
                    with contextlib.suppress(ConnectionError):
                        async with asyncio.timeout(20):
                            while cable.left > 0:  # what is left is used up by other answers
                                await client.get_namespace_array()
            async with session_over(cable, own) as client:
                await mes.catch_up(client)
            await asyncio.gather(*(task for task in cable.plugged if task is not None))

    run(work)
    wanted = ["r-1", *(f"cut-{number}-{i}" for number in range(CUTS) for i in range(AT_ONCE))]
    assert list(mes.kept) == wanted
    assert set(mes.heard) <= set(wanted)
    assert len(mes.heard) > CUTS, "some came through"
    assert len(set(mes.heard)) < len(wanted), "and some were cut off"
