"""Removing pictures, killed at every statement, unlink and sync: a picture is never gone without a durable row that says why."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

SCRIPT = Path(__file__).with_name("remove_and_die.py")


def test_killed_at_every_step_it_is_sound_and_finished_at_the_next_start(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path / "data"), str(tmp_path / "audit.key")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 25, "it was killed before, in and after the transaction, and between the files"
