"""The demo itself: teach the good part, start the station and the virtual PLC, watch, and hold the three records together.

Nothing here judges or counts for the station: it is an ordinary `station run` on an ordinary configuration; only the PLC and
what stands before the camera are virtual.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from station.config import load_station
from station.demo.layout import DemoPlan, free_port, write_files
from station.demo.summary import GatedPart, JudgedPart, is_defective, read_plc_log, summarise
from station.errors import StationFailedError
from station.journal.errors import NoJournalError
from station.journal.reader import JournalReader
from station.line.interrupt import interruptible
from station.line.learn import LearnedModel, learn_good_part
from station.line.recipe import load_active_recipe
from station.line.status import read_status
from station.line.supervisor import Supervisor, engine_command

log = logging.getLogger(__name__)

START_S = 60.0
"""How long the virtual PLC waits for the station to come online before its first part."""
LOOK_S = 0.25


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
    port = free_port()
    write_files(plan, port)
    screen.say(f"data folder {plan.data}, Modbus TCP on 127.0.0.1:{port}")
    return port


def _learn(plan: DemoPlan, screen: DemoScreen) -> LearnedModel:
    config = load_station(plan.config)
    recipe = load_active_recipe(config)
    (learned,) = learn_good_part(config, recipe, plan.seed, screen.learning)
    return learned


def _before(plan: DemoPlan) -> _Before:
    lines = len(plan.plc_log.read_text().splitlines()) if plan.plc_log.exists() else 0
    try:
        with JournalReader(plan.data) as reader:
            return _Before(reader.last_inspection_id(), lines, reader.counts().blobs)
    except NoJournalError:
        return _Before(0, lines, 0)


def _run_line(plan: DemoPlan, port: int, screen: DemoScreen) -> dict[str, Any]:
    supervisor = Supervisor(engine_command(plan.config, None))
    codes: list[int] = []
    station = threading.Thread(target=lambda: codes.append(supervisor.run()), name="station")
    station.start()
    plc: subprocess.Popen[bytes] | None = None
    try:
        plc = subprocess.Popen(plc_command(plan, port), stdout=subprocess.DEVNULL, start_new_session=True)
        _watch(plan, plc, station.is_alive, screen)
    finally:
        if plc is not None and plc.poll() is None:
            plc.terminate()
            plc.wait(1.0)
        supervisor.stop()
        station.join()
    if plc.returncode != 0 or not supervisor.reports:
        raise StationFailedError(
            f"the virtual line ended early (station {codes}, PLC {plc.returncode}); the reason is in the log above"
        )
    return supervisor.reports[-1]


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
