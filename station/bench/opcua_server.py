"""The measured OPC UA server, a process of its own: over a real journal, publishing what is in it at a steady rate.

`python -m station.bench.opcua_server FOLDER`: prints {"port": …} when it listens; {"publish": count, "rate": 1/s} on stdin is
answered by {"due_s": {ResultId: monotonic time}} when all are published.
"""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from plc.opcua.bench import PASSWORD
from plc.opcua.ports import Configuration, Identity, LineState, PortError, Recipe, Role, User
from plc.opcua.server import Ports, VisionServer
from plc.opcua.settings import ServerSettings
from station.gateway.conditions import ConditionFile
from station.gateway.cursor import Cursor
from station.gateway.halt import HaltFile
from station.gateway.jobs import Jobs
from station.gateway.products import ProductFile
from station.gateway.results import JournalResults

NAME = "bench"


class _Users:
    def check(self, name: str, password: str) -> User | None:
        return User(name, Role.MES) if password == PASSWORD else None


class _Recipes:
    largest_bytes = 0

    async def all(self) -> tuple[Recipe, ...]:
        return ()

    async def content(self, recipe: Identity) -> bytes:
        raise PortError(f"there is no recipe {recipe.id}")

    async def store(self, wanted: Identity, content: bytes) -> Identity:  # noqa: ARG002 - the port's signature
        raise PortError(f"the recipe {wanted.id} is not taken")

    async def remove(self, recipe: str) -> None:
        raise PortError(f"there is no recipe {recipe}")


class _Configurations:
    active = Configuration(Identity(NAME), datetime.now(UTC))
    largest_bytes = 0

    async def waiting(self) -> tuple[Configuration, ...]:
        return ()

    async def content(self, configuration: Identity) -> bytes:
        raise PortError(f"there is no configuration {configuration.id}")

    async def store(self, wanted: Identity, content: bytes) -> Identity:  # noqa: ARG002 - the port's signature
        raise PortError(f"the configuration {wanted.id} is not taken")

    async def remove(self, configuration: str) -> None:
        raise PortError(f"there is no configuration {configuration}")

    def why_not(self, configuration: str) -> str:
        return f"there is no configuration {configuration}"


class _NoLine:
    async def trigger(self, part_id: str, meas_id: str, product: str) -> str:  # noqa: ARG002 - the port's signature
        raise PortError("there is no line")

    run = trigger

    async def pause(self, reason: str) -> None:
        raise PortError(f"there is no line to pause: {reason}")

    async def change_recipe(self, recipe: str) -> None:
        raise PortError(f"there is no line for {recipe}")

    async def audit(self, event: str, details: Mapping[str, str]) -> None:
        """Nothing is kept."""


def _say(**message: object) -> None:
    os.write(1, (json.dumps(message) + "\n").encode())


async def _serve(folder: Path) -> None:
    configurations = _Configurations()
    results = JournalResults(folder / "data", configurations.active.identity, lambda _name, _sha256: None)
    journal = await results.open()
    assert journal is not None  # the parent made it
    results.know_jobs(Jobs(folder / "opcua", journal))
    cursor, halt = Cursor(folder / "opcua", journal), HaltFile(folder / "opcua")
    conditions = ConditionFile(folder / "opcua")
    server = VisionServer(
        ServerSettings(NAME, "127.0.0.1", 0, folder / "certificates"),
        Ports(
            _Users(),
            results,
            cursor,
            _Recipes(),
            ProductFile(folder / "opcua"),
            configurations,
            _NoLine(),
            halt,
            conditions,
        ),
    )
    await server.start()
    await server.observe(LineState(attached=True, faults=(), accepting=True, busy=False, recipe=None, settled=True), "")
    _say(port=server.port)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while line := await orders.readline():
        order = json.loads(line)
        _say(due_s=await _publish(server, results, order["publish"], order["rate"]))
    await server.stop()
    await results.close()


async def _publish(server: VisionServer, results: JournalResults, count: int, rate: float) -> dict[str, float]:
    """Publish the first results of the journal, each when it is due; return when that was."""
    clock, due_s = asyncio.get_running_loop().time, {}
    begin = clock()
    for number in range(count):
        due = begin + number / rate
        await asyncio.sleep(max(0.0, due - clock()))
        (result,) = await results.after(number, 1)
        await server.publish(result)
        due_s[result.result_id] = due
    return due_s


if __name__ == "__main__":
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    asyncio.run(_serve(Path(sys.argv[1])))
