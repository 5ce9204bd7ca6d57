"""What an attached program costs the line: part latency with a reading client and without, in turns, in one engine's life."""

import asyncio
import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from station.bench.rows import Relation, Row
from station.config import load_station
from station.demo.layout import DemoPlan
from station.desk.client import DeskClient
from station.desk.messages import FromEngine, Kind, PartFinished
from station.line.clock import Clock
from station.line.process import Station
from station.line.recipe import load_active_recipe

Line = TypeVar("Line", bound=Station)
SKIPPED = 2
"""Parts at the head of each turn that do not count: a program is just coming or going."""
WAIT_S = 30.0
"""The longest wait for a program to begin or to end, and beyond a second a part for parts."""
DRAIN_S = 10.0
"""The longest wait for a line that is never without a part."""
DRAWS = 2000

CONFIG = """\
# Written by `station bench`: the line's own pictures by the timer, with and without a program at the desk.
[station]
name = "desk-bench"
data = "."

[[camera]]
name = "top"
frame_deadline_ms = 3000
{camera}

[plc]
mode = "none"

[line]
recipe = "plate-A"
trigger = "timer"
takt_ms = {takt_ms}
part_deadline_ms = 5000

[storage]
min_free_mb = 1
"""


@dataclass(slots=True)
class DeskCost:
    """Milliseconds of every part that counts, without and with a program attached, and how many parts that was told."""

    without_ms: list[float] = field(default_factory=list)
    with_ms: list[float] = field(default_factory=list)
    told: int = 0
    of_a_turn: int = 1
    """Parts of each turn that count."""

    @property
    def p99_ms(self) -> tuple[float, float]:
        """The 99th percentiles without and with."""
        return float(np.percentile(self.without_ms, 99)), float(np.percentile(self.with_ms, 99))

    @property
    def spread(self) -> tuple[float, float]:
        """Between what the ratio of the two lies with 95 % confidence: a few parts make a 99th percentile.

        Whole turns are drawn, whose parts share what else the machine does (cluster bootstrap; Davison and Hinkley 1997, 3.8).
        """
        chance = np.random.default_rng(0)
        by_turn = [np.reshape(times, (-1, self.of_a_turn)) for times in (self.without_ms, self.with_ms)]
        drawn = [times[chance.integers(len(times), size=(DRAWS, len(times)))] for times in by_turn]
        without, attached = (np.percentile(times.reshape(DRAWS, -1), 99, axis=1) for times in drawn)
        low, high = np.percentile(attached / without, [2.5, 97.5])
        return float(low), float(high)

    def row(self, meanwhile: str, without: str, limit: float) -> Row:
        """Return the row of the table: what happens `meanwhile`, and what there is `without` it."""
        without_ms, with_ms = self.p99_ms
        low, high = self.spread
        return Row(
            name=f"part latency p99 {meanwhile}",
            figure=with_ms,
            baseline=without_ms,
            unit="ms",
            baseline_name=f"{without}, in turns; {low:.2f} to {high:.2f} times with 95 % confidence",
            relation=Relation.RATIO,
            limit=limit,
        )


Program = Callable[[Path], "subprocess.Popen[bytes]"]
"""Starts a program over a data folder and waits until it is at work; after SIGTERM it says on stdout how much it did."""


def desk_cost(plan: DemoPlan, *, turns: int, parts_a_turn: int, start: Program | None = None) -> DeskCost:
    """Measure on a demo's line that has learned; its takt and its pictures are the plan's.

    Parameters
    ----------
    turns
        How often a program is attached; between them the line runs without, as often.
    parts_a_turn
        Parts of each turn, `SKIPPED` of which do not count.
    start
        Starts another program instead of one that reads all the desk says; `told` is then what it did.

    Raises
    ------
    ConfigError
        If the plan's folder holds no such line.
    """
    return asyncio.run(_measure(plan, turns, parts_a_turn, start or _program))


async def _measure(plan: DemoPlan, turns: int, parts_a_turn: int, start: Program) -> DeskCost:
    cost = DeskCost(of_a_turn=parts_a_turn - SKIPPED)
    async with running_line(plan, Station) as station:
        await finished_parts(station, parts_a_turn)  # the first ones warm up
        for turn in range(turns):
            if turn % 2 == 0:  # without, with, with, without: what drifts weighs on both alike
                cost.without_ms += await finished_parts(station, parts_a_turn)
            program = await asyncio.to_thread(start, plan.data)
            with killed_at_last(program):
                cost.with_ms += await finished_parts(station, parts_a_turn)
                cost.told += await asyncio.to_thread(ended, program)
            if turn % 2 == 1:
                cost.without_ms += await finished_parts(station, parts_a_turn)
    return cost


@asynccontextmanager
async def running_line(plan: DemoPlan, kind: type[Line]) -> AsyncIterator[Line]:
    """Run the plan's line by the timer, in this process, as long as the block lasts. Raises `ConfigError`."""
    path = plan.data / "desk-bench.toml"
    path.write_text(CONFIG.format(camera=plan.camera, takt_ms=plan.takt_ms))
    config = load_station(path)
    station = kind(config, load_active_recipe(config), Clock())
    stopping = asyncio.Event()
    await station.start()
    line = asyncio.create_task(station.run(None, stopping))
    try:
        yield station
    finally:
        stopping.set()
        await line
        await station.stop()


async def finished_parts(station: Station, count: int) -> Sequence[float]:
    """Wait for so many parts; return the latencies of those that count.

    They begin when no part is open, where that comes about: a program that comes or goes works for seconds, and what the line
    fell behind by then would go on from part to part.
    """
    tally = station.engine.tally
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            while not station.engine.idle:  # noqa: ASYNC110 - between two parts there may be a few milliseconds only
                await asyncio.sleep(0.005)
    begin = tally.finished
    async with asyncio.timeout(WAIT_S + count):
        while tally.finished < begin + count:  # noqa: ASYNC110 - to look now and then costs the measured engine least
            await asyncio.sleep(0.05)
    return list(tally.latencies_ms)[SKIPPED - count :]


def _program(data: Path) -> "subprocess.Popen[bytes]":
    """Start a program that reads all the desk says, and wait until it is let in."""
    command = [sys.executable, "-P", "-m", "station.bench.desk_cost", str(data)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert program.stdout is not None  # it was asked for
    program.stdout.readline()
    return program


def ended(program: "subprocess.Popen[bytes]") -> int:
    """End the program; return how many parts it was told of."""
    program.send_signal(signal.SIGTERM)
    said, _ = program.communicate(timeout=WAIT_S)
    return int(said or 0)


@contextmanager
def killed_at_last(program: "subprocess.Popen[bytes]") -> Iterator[None]:
    """See that a program does not outlive a measurement that fails."""
    try:
        yield
    finally:
        if program.poll() is None:
            program.kill()
            program.communicate()


def main() -> None:
    """Be that program: print a line once let in, and after SIGTERM how many parts were told."""
    heard: list[FromEngine] = []
    let_in, done = threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())

    def hear(message: FromEngine) -> None:
        heard.append(message)
        let_in.set()

    client = DeskClient(Path(sys.argv[1]), Kind.SCREEN, hear, lambda _why: None)
    client.start()
    let_in.wait()
    sys.stdout.write("\n")
    sys.stdout.flush()
    done.wait()
    client.stop()
    sys.stdout.write(str(sum(isinstance(message, PartFinished) for message in heard)))


if __name__ == "__main__":
    main()
