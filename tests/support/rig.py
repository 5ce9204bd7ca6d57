"""One station with its PLC, as real processes that a test starts, watches and ends."""

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from station.config import load_station
from station.demo.layout import DemoPlan, write_files
from station.demo.line import plc_command
from station.demo.summary import GatedPart, read_plc_log
from station.line.learn import learn_good_part
from station.line.recipe import load_active_recipe
from station.line.status import read_status
from station.line.supervisor import engine_command

SMALL = (306, 256)
SEED = 5


def small_plan(data: Path) -> DemoPlan:
    """Return a plan of a line small and quick enough for tests."""
    return DemoPlan(data, 10, SEED, takt_ms=250, width=SMALL[0], height=SMALL[1], learn_parts=12, gate_pitch=4)


def learn_small_line(data: Path) -> None:
    """Make a data folder with a learned and deployed model and no journal: copies of one would share its audit anchors."""
    data.mkdir(parents=True, exist_ok=True)
    write_files(small_plan(data), 0)
    config = load_station(data / "station.toml")
    learn_good_part(config, load_active_recipe(config), SEED, lambda _stage, _fraction: None)
    for path in (*data.glob("journal.*"), data / "blobs"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def unused_port() -> int:
    """Return a port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Rig:
    """One station with its PLC, as processes of their own."""

    plan: DemoPlan
    port: int
    plc_log: Path
    engine: subprocess.Popen[str] | None = None
    plc: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)

    @property
    def engine_log(self) -> Path:
        """Where the engine's stderr goes."""
        return self.plc_log.with_name("engine.log")

    def move(self, data: Path) -> None:
        """Take a copy of the data folder, somewhere else."""
        shutil.copytree(self.plan.data, data)
        self.plan = replace(self.plan, data=data)

    def edit(self, old: str, new: str) -> None:
        """Change the station's configuration before it starts."""
        text = self.plan.config.read_text()
        assert old in text
        self.plan.config.write_text(text.replace(old, new))

    def start_engine(self, *words: str) -> None:
        """Start the engine's process, its log in `engine.log`."""
        with self.engine_log.open("a") as log:
            self.engine = subprocess.Popen(
                [*engine_command(self.plan.config, None), *words], stdout=subprocess.PIPE, stderr=log, text=True
            )

    def start_plc(self, parts: int, *words: str) -> None:
        """Start the virtual PLC."""
        command = plc_command(replace(self.plan, parts=parts), self.port)
        command[command.index("--log") + 1] = str(self.plc_log)  # the PLC is another machine with a disk of its own
        self.plc = subprocess.Popen([*command, *words], stdout=subprocess.PIPE, text=True)

    def status(self) -> dict[str, Any]:
        """Return what the engine last said of itself."""
        return read_status(self.plan.data) or {}

    def log(self) -> str:
        """Return the engine's log."""
        return self.engine_log.read_text()

    def gated(self) -> list[GatedPart]:
        """Return what left the gate so far."""
        return read_plc_log(self.plc_log.read_text().splitlines()) if self.plc_log.exists() else []

    def until(self, condition: Callable[[], bool], what: str, timeout_s: float = 30.0) -> None:
        """Wait with a deadline."""
        deadline = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"not within {timeout_s} s: {what}; status {self.status()}; log:\n{self.log()[-3000:]}")
            threading.Event().wait(0.02)

    def until_online(self) -> None:
        """Wait until the station takes parts."""
        self.until(lambda: bool(self.status().get("online")), "online")

    def wait_plc(self, timeout_s: float = 60.0) -> dict[str, Any]:
        """Wait until the PLC has gated all its parts, and return its summary."""
        assert self.plc is not None
        out, _ = self.plc.communicate(timeout=timeout_s)
        assert self.plc.returncode == 0
        summary: dict[str, Any] = json.loads(out.splitlines()[-1])
        return summary

    def stop_engine(self) -> dict[str, Any]:
        """End the engine in order and return its last status."""
        assert self.engine is not None
        self.engine.terminate()
        out, _ = self.engine.communicate(timeout=10)
        assert self.engine.returncode == 0, self.log()
        status: dict[str, Any] = json.loads(out.splitlines()[-1])
        return status

    def station(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one `station` command."""
        result = subprocess.run(
            [sys.executable, "-m", "station", *words], capture_output=True, check=False, text=True, timeout=120
        )
        if check:
            assert result.returncode == 0, result.stderr
        return result

    def json(self, *words: str) -> dict[str, Any]:
        """Run one `station` command on this data folder and return the object it prints."""
        result: dict[str, Any] = json.loads(self.station(*words, "--data", str(self.plan.data), "--json").stdout)
        return result

    def workers(self) -> list[psutil.Process]:
        """Return the engine's camera workers."""
        assert self.engine is not None
        return psutil.Process(self.engine.pid).children()

    def end(self) -> None:
        """End whatever still runs."""
        for process in (self.plc, self.engine):
            if process is None:
                continue
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)
            if process.stdout is not None:
                process.stdout.close()
