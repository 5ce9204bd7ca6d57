"""The demo itself: teach the good part, start the station and the virtual PLC, watch, and hold the three records together.

Nothing here judges or counts for the station: it is an ordinary `station run` on an ordinary configuration; only the PLC and
what stands before the camera are virtual.
"""

import contextlib
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from station.config import load_station
from station.demo.layout import STANDARD_OPCUA_PORT, STANDARD_PORT, DemoPlan, free_port, write_files
from station.demo.summary import GatedPart, JudgedPart, is_defective, read_plc_log, summarise
from station.errors import StationFailedError
from station.gateway.children import beside_the_engine
from station.journal.errors import NoJournalError
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.interrupt import interruptible
from station.line.learn import LearnedModel, learn_good_part
from station.line.recipe import load_active_recipe
from station.line.status import read_status
from station.line.supervisor import Supervisor, engine_command
from station.people.demo import make_demo_people

log = logging.getLogger(__name__)

START_S = 60.0
"""How long the virtual PLC waits for the station to come online before its first part."""
LOOK_S = 0.25
END_S = 1.0
"""How long the virtual PLC and the screen may take to end before they are killed."""


class DemoScreen(Protocol):
    """Where the demo shows what it does."""

    def say(self, text: str) -> None:
        """Say one line."""

    def learning(self, stage: str, fraction: float) -> None:
        """Show how far learning is."""

    def line(self, gated: list[GatedPart], status: dict[str, Any], wanted: int) -> None:
        """Show how far the line is."""


@dataclass(frozen=True, slots=True)
class _Before:
    """Where an earlier demo in the same folder ended; only what comes after belongs to this one."""

    inspection_id: int
    plc_lines: int
    blobs: int


def run_demo(plan: DemoPlan, screen: DemoScreen) -> dict[str, Any]:
    """Run the virtual line and return its summary (see `station.demo.summary.summarise`).

    Raises
    ------
    StationFailedError
        If the station or the virtual PLC could not run to the end.
    """
    plan.data.mkdir(parents=True, exist_ok=True)
    port = _lay_out(plan, screen)
    with interruptible():
        learned = _learn(plan, screen)
        before = _before(plan)
        if plan.window is not None:
            _introduce(plan, screen)
        status = _run_line(plan, port, screen)
    judged, blobs = _journal(plan, before)
    gated = read_plc_log(plan.plc_log.read_text().splitlines()[before.plc_lines :])
    return summarise(judged, gated, status, blobs, {"parts": learned.parts, "seconds": round(learned.seconds, 1)})


def run_taught(plan: DemoPlan, screen: DemoScreen) -> dict[str, Any]:
    """Run the line in a folder that was taught before, and return the station's last status.

    Raises
    ------
    StationFailedError
        If the station or the virtual PLC could not run to the end.
    """
    port = _lay_out(plan, screen)
    with interruptible():
        return _run_line(plan, port, screen)


def _lay_out(plan: DemoPlan, screen: DemoScreen) -> int:
    port, opcua_port = free_port(STANDARD_PORT), free_port(STANDARD_OPCUA_PORT)
    write_files(plan, port, opcua_port)
    screen.say(f"data folder {plan.data}, Modbus TCP on 127.0.0.1:{port}, OPC UA on 127.0.0.1:{opcua_port}")
    return port


def _learn(plan: DemoPlan, screen: DemoScreen) -> LearnedModel:
    config = load_station(plan.config)
    recipe = load_active_recipe(config)
    (learned,) = learn_good_part(config, recipe, plan.seed, screen.learning)
    return learned


def _introduce(plan: DemoPlan, screen: DemoScreen) -> None:
    """Make the demo's people and say, once, how they log in."""
    with Journal.open(plan.data) as journal:
        people = make_demo_people(lambda work: work(journal))
    for person in people:
        screen.say(f"log in as {person.name} ({person.role}): badge {person.badge}, PIN {person.pin}")


def _before(plan: DemoPlan) -> _Before:
    lines = len(plan.plc_log.read_text().splitlines()) if plan.plc_log.exists() else 0
    try:
        with JournalReader(plan.data) as reader:
            return _Before(reader.last_inspection_id(), lines, reader.counts().blobs)
    except NoJournalError:
        return _Before(0, lines, 0)


def _run_line(plan: DemoPlan, port: int, screen: DemoScreen) -> dict[str, Any]:
    beside = beside_the_engine(plan.config, load_station(plan.config))
    supervisor = Supervisor(engine_command(plan.config, None), beside)
    codes: list[int] = []
    station = threading.Thread(target=lambda: codes.append(supervisor.run()), name="station")
    station.start()
    started: list[subprocess.Popen[bytes]] = []
    try:
        plc = _start(plc_command(plan, port), started)
        window = None
        if plan.window is not None:
            _wait_online(plan, plc, station.is_alive)
            window = _start(screen_command(plan, *plan.window), started)
        _watch(plan, plc, station.is_alive, screen)
        if window is not None and window.poll() is None:
            screen.say("the line has stopped; its parts stay at hand until the screen is closed")
            window.wait()
    finally:
        for process in reversed(started):
            _end(process)
        supervisor.stop()
        station.join()
    if plc.returncode != 0 or not supervisor.reports:
        raise StationFailedError(
            f"the virtual line ended early (station {codes}, PLC {plc.returncode}); the reason is in the log above"
        )
    return supervisor.reports[-1]


def _wait_online(plan: DemoPlan, plc: "subprocess.Popen[bytes]", alive: Callable[[], bool]) -> None:
    """Wait until the station takes parts: a screen that begins with a fault frightens people."""
    while alive() and not (read_status(plan.data) or {}).get("online"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            plc.wait(LOOK_S)  # gives up by itself when the station stays away
            return


def _start(command: list[str], started: list["subprocess.Popen[bytes]"]) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    started.append(process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def screen_command(plan: DemoPlan, width: int, height: int) -> list[str]:
    """Return the command line of the operator's screen, in a window."""
    words = ["ui", "--data", str(plan.data), "--window", f"{width}x{height}"]
    return [sys.executable, "-P", "-m", "station", *words]


def plc_command(plan: DemoPlan, port: int) -> list[str]:
    """Return the command line of the virtual PLC."""
    options = {
        "--host": "127.0.0.1",
        "--port": port,
        "--takt-ms": plan.takt_ms,
        "--parts": plan.parts,
        "--gate-pitch": plan.gate_pitch,
        "--log": plan.plc_log,
        "--wait-online": START_S,
    }
    return [sys.executable, "-P", "-m", "plc.virtual_plc", *(str(word) for pair in options.items() for word in pair)]


def _watch(plan: DemoPlan, plc: "subprocess.Popen[bytes]", alive: Callable[[], bool], screen: DemoScreen) -> None:
    offset = len(plan.plc_log.read_text().splitlines()) if plan.plc_log.exists() else 0
    while True:
        try:
            plc.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            pass
        else:
            break
        if not alive():
            return
        lines = plan.plc_log.read_text().splitlines()[offset:] if plan.plc_log.exists() else []
        screen.line(read_plc_log(lines), read_status(plan.data) or {}, plan.parts)


def _journal(plan: DemoPlan, before: _Before) -> tuple[list[JudgedPart], int]:
    judged: list[JudgedPart] = []
    with JournalReader(plan.data) as reader:
        after = None
        while True:
            page = reader.parts(limit=500, after=after)
            for summary in page.parts:
                record = reader.part(summary.uid)
                assert record is not None  # nothing is ever deleted
                trigger = record.inspection.trigger
                if trigger.inspection_id > before.inspection_id:
                    truth = is_defective([view.truth for view in record.inspection.views])
                    verdicts = tuple(verdict.kind for verdict in record.verdicts)
                    judged.append(JudgedPart(trigger.inspection_id, trigger.part_seq, verdicts, truth))
            if page.next_uid is None:
                return judged, reader.counts().blobs - before.blobs
            after = page.next_uid
