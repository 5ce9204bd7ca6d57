"""What hostile OPC UA clients cost the line: part latency with a storm on the gateway's port and without, in turns."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from plc.opcua.bench import connect
from plc.tasks import end_all
from station.bench.desk_cost import CONFIG, SKIPPED, DeskCost, ended, finished_parts, killed_at_last, running_line
from station.bench.rows import Row
from station.demo.layout import DemoPlan
from station.line.process import Station
from station.line.supervisor import child_command

ATTACKERS = 20
PAUSE_S = 0.2
"""Of each attacker between two attacks, so that the storm is one of twenty machines and not the processor's own."""
_HELLO = b"HELF" + (52).to_bytes(4, "little") + b"".join(n.to_bytes(4, "little") for n in (0, 65535, 65535, 0, 0, 20))
_URL = b"opc.tcp://127.0.0.1/"


def storm_row(cost: DeskCost) -> Row:
    """Return the row of a measurement."""
    storm = f"in a storm of {ATTACKERS} hostile OPC UA clients: connections, garbage, wrong passwords"
    return cost.row(storm, "nobody at the port", 1.05)


def storm_cost(plan: DemoPlan, *, turns: int, parts_a_turn: int) -> DeskCost:
    """Measure on a demo's line that has learned, with a gateway beside it; `told` counts the attacks.

    One storm is held and let go by turns. So a turn may be short, and what else the machine does weighs on both alike.

    Raises `ConfigError` if the plan's folder holds no such line.
    """
    path = plan.data / "storm-bench.toml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    path.write_text(f"{CONFIG.format(camera=plan.camera, takt_ms=plan.takt_ms)}\n[opcua]\nport = {port}\n")
    gateway = subprocess.Popen(child_command("station.gateway.process", path), stderr=subprocess.DEVNULL)
    try:
        return asyncio.run(_measure(plan, port, turns, parts_a_turn))
    finally:
        gateway.terminate()
        gateway.wait()


async def _measure(plan: DemoPlan, port: int, turns: int, parts_a_turn: int) -> DeskCost:
    cost = DeskCost(of_a_turn=parts_a_turn - SKIPPED)
    async with running_line(plan, Station) as station:
        await finished_parts(station, parts_a_turn)  # the first ones warm up
        storm = await asyncio.to_thread(_storm, plan.data, port)
        with killed_at_last(storm):
            for turn in range(turns):
                for on in (False, True) if turn % 2 == 0 else (True, False):
                    storm.send_signal(signal.SIGCONT if on else signal.SIGSTOP)
                    times = cost.with_ms if on else cost.without_ms
                    times += await finished_parts(station, parts_a_turn)
            storm.send_signal(signal.SIGCONT)
            cost.told = await asyncio.to_thread(ended, storm)
    return cost


def _storm(data: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "station.bench.opcua_storm", str(data), str(port)]
    storm = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert storm.stdout is not None  # it was asked for
    storm.stdout.readline()
    return storm


async def _attack(data: Path, port: int) -> int:
    """Storm until SIGTERM; return how many attacks there were."""
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    while not await _bytes(port, ()):  # noqa: ASYNC110 - the gateway, another process, is still starting
        await asyncio.sleep(PAUSE_S)
    sys.stdout.write("\n")  # our parent waits for the line
    sys.stdout.flush()
    attackers = [asyncio.create_task(_keep_sending(port, number)) for number in range(ATTACKERS - 1)]
    attackers.append(asyncio.create_task(_keep_guessing(data / "opcua", port)))
    await stopping.wait()
    await end_all(attackers)
    return sum(_done)


_done: list[int] = []


async def _keep_sending(port: int, number: int) -> None:
    chance = random.Random(number)
    while True:
        garbage = chance.randbytes(chance.randrange(1, 4000))
        open_channel = b"OPNF" + (len(garbage) + 8).to_bytes(4, "little") + garbage
        chunks = ((), (garbage,), (_HELLO[:28] + _URL,), (_HELLO + _URL, open_channel))[chance.randrange(4)]
        _done.append(int(await _bytes(port, chunks)))
        await asyncio.sleep(PAUSE_S)


async def _bytes(port: int, chunks: Sequence[bytes]) -> bool:
    """Open a connection, send, and close it; tell whether there was somebody."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        for chunk in chunks:
            writer.write(chunk)
        await writer.drain()
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


async def _keep_guessing(folder: Path, port: int) -> None:
    """Log in with wrong passwords, on a channel whose certificate is trusted."""
    while True:
        client = await connect(folder, port)
        with contextlib.suppress(Exception):  # whatever the refusal looks like
            await client.connect()
        _done.append(1)
        await asyncio.sleep(PAUSE_S)


def main() -> None:
    """Be the storm."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))  # its twenty machines are not this one
    sys.stdout.write(str(asyncio.run(_attack(Path(sys.argv[1]), int(sys.argv[2])))))


if __name__ == "__main__":
    main()
