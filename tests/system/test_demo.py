"""`station demo`, run as its user runs it."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

DEMO = [
    sys.executable,
    "-m",
    "station",
    "demo",
    "--headless",
    "--size",
    "306x256",
    "--learn-parts",
    "12",
    "--takt-ms",
    "300",
]


def demo(data: Path, parts: int, seed: int) -> dict[str, Any]:
    command = [*DEMO, "--parts", str(parts), "--seed", str(seed), "--data", str(data), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    assert "headless" in done.stderr
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary


def station(*words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "station", *words, "--json"], capture_output=True, text=True, check=True, timeout=60
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_the_demo_keeps_its_word(tmp_path: Path) -> None:
    data = tmp_path / "data"
    summary = demo(data, 25, 4)
    assert set(summary) == {
        "parts",
        "ok",
        "ng",
        "not_decidable",
        "truth",
        "frames",
        "plc",
        "journal",
        "latency_ms",
        "learned",
    }
    frames, plc, journal = summary["frames"], summary["plc"], summary["journal"]
    assert summary["parts"] == 25
    assert frames["triggered"] == frames["delivered"] + frames["incomplete"] + frames["lost"] == 25
    assert plc["passed"] + plc["rejected"] == 25
    assert plc["mismatched"] == 0
    assert summary["ok"] + summary["ng"] + summary["not_decidable"] == journal["parts"] == 25
    assert summary["learned"]["parts"] == 12
    assert summary["ok"] >= 8, "most parts are good"

    parts = station("parts", "--data", str(data), "--limit", "100")["parts"]
    gate = [json.loads(line) for line in (data / "plc.jsonl").read_text().splitlines()]
    verdicts = {(part["part_seq"], part["inspection_id"]): part["verdict"] for part in parts}
    assert len(gate) == len(verdicts) == 25
    assert all(verdicts[part["part_seq"], part["inspection_id"]] == part["verdict"] for part in gate)
    assert all(part["verdict"] == "OK" for part in gate if part["passed"])
    verified = station("verify", "--data", str(data))
    assert verified["ok"]
    assert verified["parts"] == 25
    assert verified["audit"]["ok"]
    picture = tmp_path / "part.png"
    station("show", parts[0]["uid"], "--image", str(picture), "--data", str(data))
    assert picture.stat().st_size > 5_000


def test_a_second_demo_goes_on_in_the_same_folder(tmp_path: Path) -> None:
    first, second = demo(tmp_path, 4, 4), demo(tmp_path, 4, 5)
    assert first["parts"] == second["parts"] == 4
    assert second["journal"]["parts"] == 4
    assert second["plc"]["mismatched"] == 0
    assert station("verify", "--data", str(tmp_path))["parts"] == 8


@pytest.mark.parametrize("phase", ["learning", "inspecting"])
def test_ctrl_c_ends_it_within_two_seconds_and_leaves_nothing(tmp_path: Path, phase: str) -> None:
    before = {path.name for path in Path("/dev/shm").iterdir()}
    process = subprocess.Popen(
        [*DEMO, "--parts", "1000", "--data", str(tmp_path)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        mark = tmp_path / ("journal.db" if phase == "learning" else "plc.jsonl")
        wait_for(mark)
        family = psutil.Process(process.pid).children(recursive=True)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        took_s = time.monotonic() - start
    finally:
        process.kill()
        process.wait()
    assert took_s < 2.0
    assert process.returncode == 130
    assert [child for child in family if child.is_running() and child.status() != psutil.STATUS_ZOMBIE] == []
    assert {path.name for path in Path("/dev/shm").iterdir()} == before


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not (path.exists() and path.stat().st_size):
        assert time.monotonic() < deadline, f"{path} did not appear"
        threading.Event().wait(0.02)
