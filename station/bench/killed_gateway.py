"""What a gateway that dies again and again costs the line: part latency while it is killed and while it lives, in turns."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from station.bench.desk_cost import CONFIG, SKIPPED, DeskCost, ended, finished_parts, killed_at_last, running_line
from station.bench.rows import Row
from station.demo.layout import DemoPlan
from station.line.process import Station
from station.line.supervisor import STOP_S, Child, child_command

LONGEST_LIFE_S = 10.0
"""Each lives a random while, up to that, after its port opened."""
LOOK_S = 0.1
_KILL, _LET_LIVE = b"kill\n", b"let live\n"


def killed_row(cost: DeskCost) -> Row:
    """Return the row of a measurement."""
    return cost.row(f"while the OPC UA gateway is killed again and again, {cost.told} times", "it lives", 1.05)


def killed_cost(plan: DemoPlan, *, turns: int, parts_a_turn: int) -> DeskCost:
    """Measure on a demo's line that has learned, with a gateway beside it; `told` counts how often it was killed.

    Each turn of the one kind begins with a kill, of the other once the gateway is there again.

    Raises `ConfigError` if the plan's folder holds no such line.
    """
    path = plan.data / "killed-bench.toml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    path.write_text(f"{CONFIG.format(camera=plan.camera, takt_ms=plan.takt_ms)}\n[opcua]\nport = {port}\n")
    return asyncio.run(_measure(plan, path, port, turns, parts_a_turn))


async def _measure(plan: DemoPlan, path: Path, port: int, turns: int, parts_a_turn: int) -> DeskCost:
    cost = DeskCost(of_a_turn=parts_a_turn - SKIPPED)
    async with running_line(plan, Station) as station:
        killer = _killer(path, port)
        with killed_at_last(killer):
            await asyncio.to_thread(_tell, killer, _LET_LIVE)
            await finished_parts(station, parts_a_turn)  # the first ones warm up
            for turn in range(turns):
                for on in (False, True) if turn % 2 == 0 else (True, False):
                    await asyncio.to_thread(_tell, killer, _KILL if on else _LET_LIVE)
                    times = cost.with_ms if on else cost.without_ms
                    times += await finished_parts(station, parts_a_turn)
            cost.told = await asyncio.to_thread(ended, killer)
    return cost


def _killer(path: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "station.bench.killed_gateway", str(path), str(port)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the gateway's own words on its lives
        start_new_session=True,
    )


def _tell(killer: "subprocess.Popen[bytes]", what: bytes) -> None:
    """Say what to do, and wait until it is done."""
    assert killer.stdin is not None  # it was asked for
    assert killer.stdout is not None
    killer.stdin.write(what)
    killer.stdin.flush()
    if not killer.stdout.readline():
        raise RuntimeError("the gateway cannot run; start the station to see why")


class _Killer:
    """Keeps a gateway as the station does, and kills it where that is wanted."""

    def __init__(self, path: Path, port: int) -> None:
        self._port = port
        self._gateway = Child("gateway", child_command("station.gateway.process", path), behind=True)
        self._keeper = threading.Thread(target=self._gateway.run)
        self._chance = random.Random(7)
        self._resting = threading.Event()
        self._killing: threading.Thread | None = None
        self.killed = 0

    def start(self) -> None:
        """Start the gateway."""
        self._keeper.start()

    def stop(self) -> None:
        """End everything."""
        self.let_live()
        self._gateway.ask()
        self._gateway.finish(time.monotonic() + STOP_S)
        self._keeper.join()

    def kill(self) -> None:
        """Kill it now, and go on killing it."""
        self._kill()
        self._resting.clear()
        self._killing = threading.Thread(target=self._keep_killing)
        self._killing.start()

    def let_live(self) -> None:
        """Leave it alone, and wait until it is there."""
        self._resting.set()
        if self._killing is not None:
            self._killing.join()
            self._killing = None
        while not self._listens():
            self._keeper.join(LOOK_S)
            if not self._keeper.is_alive():
                sys.exit(1)

    def _keep_killing(self) -> None:
        while not self._resting.wait(LOOK_S):
            if self._listens() and not self._resting.wait(LONGEST_LIFE_S * self._chance.random()):
                self._kill()

    def _kill(self) -> None:
        pid = self._gateway.pid
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            self.killed += 1

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port)).close()
        except OSError:
            return False
        return True


def main() -> None:
    """Be that program: do what stdin says, a line each, answer each with one, and say at the end how often it killed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends when nobody is left to say anything
    killer = _Killer(Path(sys.argv[1]), int(sys.argv[2]))
    killer.start()
    for line in sys.stdin.buffer:
        if line == _KILL:
            killer.kill()
        else:
            killer.let_live()
        sys.stdout.write("\n")
        sys.stdout.flush()
    killer.stop()
    sys.stdout.write(str(killer.killed))


if __name__ == "__main__":
    main()
