"""What the operator waits for, and what the screen costs the line: a real screen's process on a real engine, at full rate."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from station.bench.desk_cost import SKIPPED, WAIT_S, DeskCost, ended, finished_parts, killed_at_last, running_line
from station.bench.rows import Relation, Row
from station.demo.layout import DemoPlan
from station.desk.messages import ManagePeople
from station.desk.tell import ask_engine
from station.line.audience import Audience
from station.line.inspection import Inspection
from station.line.process import Station

FIGURES = "screen-bench.json"
PERSON = f"bench-{secrets.token_hex(3)}"


@dataclass(slots=True)
class ScreenPace:
    """Milliseconds of each part and each tap.

    Attributes
    ----------
    first_ms, whole_ms
        From a part's being durable until the screen has painted it: first at all, in which its preview may stand in for
        the picture, and with the camera's own pixels. Parts that another took the place of before that are not counted.
    feedback_ms
        From the finger's touch until the button that it touched is painted pressed.
    saved
        Verdicts that the screen said were saved.
    cost
        Part latency without the screen and with it, in turns.
    """

    first_ms: list[float] = field(default_factory=list)
    whole_ms: list[float] = field(default_factory=list)
    feedback_ms: list[float] = field(default_factory=list)
    saved: int = 0
    cost: DeskCost = field(default_factory=DeskCost)


class _Watched(Station):
    """A station that notes when each part was durable."""

    async def start(self) -> None:
        await super().start()
        self.ready = Ready(self._desk, self._clock.monotonic_ns)
        self.engine.face(self.ready)


class Ready:
    """An audience before the audience: it notes the time and passes everything on."""

    def __init__(self, behind: Audience, monotonic_ns: Callable[[], int]) -> None:
        self._behind = behind
        self._monotonic_ns = monotonic_ns
        self.at_ns: dict[str, int] = {}

    @property
    def attended(self) -> bool:
        """As the desk says."""
        return self._behind.attended

    def part_captured(self, uid: UUID) -> None:
        """Pass it on."""
        self._behind.part_captured(uid)

    def part_finished(self, inspection: Inspection, *, faulty: bool, hold_ms: int) -> None:
        """Note it."""
        self.at_ns[str(inspection.trigger.uid)] = self._monotonic_ns()
        self._behind.part_finished(inspection, faulty=faulty, hold_ms=hold_ms)

    def hold_ended(self, uid: UUID, part_seq: int) -> None:
        """Pass it on."""
        self._behind.hold_ended(uid, part_seq)


def screen_pace(plan: DemoPlan, *, turns: int, parts_a_turn: int) -> ScreenPace:
    """Measure on a demo's line that has learned, with its takt and its pictures. Raises `ConfigError`."""
    return asyncio.run(_measure(plan, turns, parts_a_turn))


def screen_rows(pace: ScreenPace, parts_a_s: float) -> list[Row]:
    """Return the rows of a measurement on a line of so many parts a second."""
    line = f"{parts_a_s:.2g} parts a second"
    return [
        _row(f"tap on OK to the button painted pressed, p95, at {line}", pace.feedback_ms, 100.0),
        _row(f"part durable to part painted, its preview first, p95, at {line}", pace.first_ms, 150.0),
        pace.cost.row("while an operator's screen shows and decides the parts", "no screen", 1.02),
    ]


def _row(name: str, times_ms: Sequence[float], limit_ms: float) -> Row:
    return Row(
        name=name,
        figure=float(np.percentile(times_ms, 95)),
        baseline=float(np.median(times_ms)),
        unit="ms",
        baseline_name="its median",
        relation=Relation.AT_MOST,
        limit=limit_ms,
    )


async def _measure(plan: DemoPlan, turns: int, parts_a_turn: int) -> ScreenPace:
    pace = ScreenPace(cost=DeskCost(of_a_turn=parts_a_turn - SKIPPED))
    async with running_line(plan, _Watched) as station:
        await finished_parts(station, parts_a_turn)  # the first ones warm up, and by then the desk is open
        password = await asyncio.to_thread(_add_person, plan.data)
        for _ in range(turns):
            pace.cost.without_ms += await finished_parts(station, parts_a_turn)
            screen = await asyncio.to_thread(_screen, plan.data, password)
            with killed_at_last(screen):
                pace.cost.with_ms += await finished_parts(station, parts_a_turn)
                pace.cost.told += await asyncio.to_thread(ended, screen)
            _take(pace, plan.data, station.ready.at_ns)
    return pace


def _add_person(data: Path) -> str:
    """Make an account for the measurement; return its password."""
    password = secrets.token_hex(8)
    details = {"name": PERSON, "role": "operator", "password": password}
    answer = ask_engine(data, ManagePeople(key=uuid4(), action="add", details=details), WAIT_S)
    if isinstance(answer, str) or not answer.done:
        why = answer if isinstance(answer, str) else answer.text
        raise RuntimeError(f"nobody can be logged in at the screen under measurement: {why}")
    return password


def _screen(data: Path, password: str) -> "subprocess.Popen[bytes]":
    """Start a screen, and wait until somebody is logged in at it."""
    program = [sys.executable, "-P", "-m", "station.ui.bench"]
    command = [*program, str(data), PERSON, password, str(data / FIGURES), str(os.getpid())]
    screen = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert screen.stdout is not None  # it was asked for
    if not screen.stdout.readline():
        raise RuntimeError("the operator's screen under measurement ended before anybody was logged in at it")
    return screen


def _take(pace: ScreenPace, data: Path, ready_ns: dict[str, int]) -> None:
    """Add what a screen has measured; parts that were ready before it was there do not count."""
    found = json.loads((data / FIGURES).read_text())
    began_ns = min(found["first_ns"].values(), default=0)
    for times_ms, painted in ((pace.first_ms, found["first_ns"]), (pace.whole_ms, found["whole_ns"])):
        times_ms += [(at - ready_ns[uid]) / 1e6 for uid, at in painted.items() if ready_ns.get(uid, 0) > began_ns]
    pace.feedback_ms += found["feedback_ms"]
    pace.saved += found["saved"]
