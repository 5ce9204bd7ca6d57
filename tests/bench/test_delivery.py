"""What destinations that are away cost the line: part latency with a sender that finds nobody and without, in turns."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from delivery_parts import SECRET
from line_cost import must_not_slow
from rig import learn_small_line, small_plan, unused_port

from station.bench.desk_cost import CONFIG, SKIPPED, DeskCost, desk_cost

ALLOWED = 1.05
TURNS, PARTS = 2, 16
SENDER = Path(__file__).parents[1] / "support" / "away_sender.py"
NOBODY = """
[[delivery]]
name = "mes"
kind = "webhook"
url = "http://127.0.0.1:{port}/"
secret_file = "mes.secret"

[[delivery]]
name = "scada"
kind = "mqtt"
url = "mqtt://127.0.0.1:{port}"
"""


@pytest.mark.bench
def test_destinations_that_are_away_do_not_slow_the_line(tmp_path: Path) -> None:
    learn_small_line(tmp_path)
    plan = replace(small_plan(tmp_path), takt_ms=100)
    secret, path = tmp_path / "mes.secret", tmp_path / "away.toml"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    path.write_text(CONFIG.format(camera=plan.camera, takt_ms=plan.takt_ms) + NOBODY.format(port=unused_port()))

    def start(_data: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-P", str(SENDER), str(path)]
        sender = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
        assert sender.stdout is not None
        sender.stdout.readline()
        return sender

    def measure() -> DeskCost:
        cost = desk_cost(plan, turns=TURNS, parts_a_turn=PARTS, start=start)
        assert cost.told > 0, "it has tried"
        assert len(cost.with_ms) == len(cost.without_ms) == TURNS * (PARTS - SKIPPED)
        return cost

    must_not_slow(measure, ALLOWED, TURNS)
