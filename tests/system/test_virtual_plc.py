"""The virtual PLC as a process against a station as a process, with both going wrong in turn."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from waiting import wait_until

from plc.conveyor import PASSED_BECAUSE

pytestmark = pytest.mark.system

STATION = Path(__file__).parent / "plc_station.py"


def verdict_of(part_seq: int) -> str:
    """What plc_station.py says of a part."""
    if part_seq % 5 == 0:
        return "NG"
    return "NOT_DECIDABLE" if part_seq % 7 == 0 else "OK"


@dataclass
class Line:
    """The processes of one test."""

    log: Path
    port: int = 0
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def station(self, mode: str = "server", delay_ms: int = 5) -> subprocess.Popen[str]:
        command = [sys.executable, STATION, mode, str(self.port), str(delay_ms)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        assert process.stdout
        for line in process.stdout:
            if line.startswith("port"):
                self.port = int(line.split()[1])
                return process
        pytest.fail("the station ended before it listened")

    def plc(self, parts: int, *options: str, takt_ms: int = 60) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "plc.virtual_plc", "--port", self.port, "--parts", parts, "--log", self.log]
        command += ["--takt-ms", takt_ms, "--gate-pitch", 4, *options]
        process = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.processes.append(process)
        return process

    def gated(self) -> list[dict[str, Any]]:
        text = self.log.read_text() if self.log.exists() else ""
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def finish(self, plc: subprocess.Popen[str]) -> dict[str, Any]:
        out, err = plc.communicate(timeout=60)
        assert plc.returncode == 0, err
        summary: dict[str, Any] = json.loads(out)
        self.check(summary)
        return summary

    def check(self, summary: dict[str, Any]) -> None:
        """What must hold whatever went wrong."""
        parts = self.gated()
        assert [part["part_seq"] for part in parts] == list(range(1, len(parts) + 1))
        assert summary["passed"] + summary["rejected"] == summary["parts"] == sum(summary["why"].values())
        for part in parts:
            assert part["passed"] == (part["why"] == PASSED_BECAUSE)
            assert part["verdict"] in {None, verdict_of(part["part_seq"])}
            if part["passed"]:
                assert part["verdict"] == "OK"
                assert part["inspection_id"]

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """Nothing running yet."""
    made = Line(tmp_path / "plc.jsonl")
    yield made
    made.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_every_verdict_reaches_its_part(line: Line) -> None:
    line.station()
    summary = line.finish(line.plc(25, "--wait-online", "30", takt_ms=100))
    assert summary["parts"] == 25
    assert summary["unknown"] == 0
    judged = [part for part in line.gated() if part["verdict"]]
    assert len(judged) >= 18, "on a busy machine a part may be late, but not the line"
    assert all(part["why"] == part["verdict"] for part in judged if part["why"] != "trigger not acknowledged")


def test_a_station_that_polls_the_plc_does_as_well(line: Line) -> None:
    line.port = free_port()
    plc = line.plc(16, "--role", "server", "--wait-online", "30", takt_ms=150)
    line.station("client")
    summary = line.finish(plc)
    assert summary["passed"] >= 6
    assert summary["unknown"] == 0


def test_the_log_goes_on_where_it_ended(line: Line) -> None:
    line.station()
    line.finish(line.plc(5, "--wait-online", "30"))
    line.finish(line.plc(5, "--wait-online", "30"))
    assert [part["part_seq"] for part in line.gated()] == list(range(1, 11))


def test_a_line_without_a_station_rejects_every_part(line: Line) -> None:
    line.port = free_port()
    summary = line.finish(line.plc(10))
    assert summary["why"] == {"link lost": 10}


def test_a_station_that_never_comes_online_is_said(line: Line) -> None:
    line.port = free_port()
    plc = line.plc(10, "--wait-online", "0.3")
    out, err = plc.communicate(timeout=30)
    assert plc.returncode == 3
    assert "was not ready for a trigger within 0.3 s; start the station first" in err
    assert json.loads(out)["parts"] == 0


def test_what_goes_wrong_rejects_and_passes_by(line: Line) -> None:
    line.station()
    faults = "vanish@6:0.5,silent@22:1.5,stuck-ack@51:1.2"
    summary = line.finish(line.plc(80, "--wait-online", "30", "--faults", faults))
    whys = {"link lost", "station not ready", "no verdict before the gate"}
    assert whys <= summary["why"].keys(), summary
    assert "RESULTS_OVERRUN" in summary["errors"], summary
    assert any(part["passed"] for part in line.gated()[-12:]), "the line came back by itself from all of it"


def test_a_bouncing_sensor_is_a_missed_trigger_and_its_part_rejected(line: Line) -> None:
    line.station()
    summary = line.finish(line.plc(4, "--wait-online", "30", "--faults", "double-trigger@2", takt_ms=250))
    assert summary["missed_triggers"] == summary["errors"]["TRIGGER_OVERRUN"] == 1, summary
    assert line.gated()[1]["why"] == "trigger missed"


def test_a_killed_station_costs_its_parts_and_nothing_else(line: Line) -> None:
    first = line.station()
    plc = line.plc(60, "--wait-online", "30")
    wait_until(lambda: len(line.gated()) >= 5, "parts at the gate")
    first.kill()
    first.communicate()
    killed_at = len(line.gated())
    wait_until(lambda: len(line.gated()) >= killed_at + 8, "the line going on by itself")
    line.station()
    summary = line.finish(plc)
    parts = line.gated()
    assert not any(part["passed"] for part in parts[killed_at + 5 : killed_at + 8])
    assert "link lost" in summary["why"]
    assert any(part["passed"] for part in parts[-12:]), "the PLC came back by itself"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_line_with_its_parts_rejected(line: Line, number: signal.Signals) -> None:
    line.station()
    plc = line.plc(100_000, "--wait-online", "30")
    wait_until(lambda: len(line.gated()) >= 3, "parts at the gate")
    plc.send_signal(number)
    summary = line.finish(plc)
    parts = line.gated()
    assert len(parts) == summary["parts"]
    assert not any(part["passed"] for part in parts[-4:]), "what was on the belt did not pass"


def test_a_plc_killed_in_the_middle_leaves_a_log_that_can_be_gone_on_with(line: Line) -> None:
    line.station()
    plc = line.plc(100_000, "--wait-online", "30")
    wait_until(lambda: len(line.gated()) >= 5, "parts at the gate")
    plc.kill()
    plc.communicate()
    before = len(line.gated())
    line.finish(line.plc(5, "--wait-online", "30"))
    assert len(line.gated()) == before + 5
