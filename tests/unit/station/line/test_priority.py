"""What runs beside the line is behind it from its first instruction on, and stays as far behind as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from station.line.priority import NICENESS, put_behind
from station.line.supervisor import Supervisor

AUTOGROUP = Path("/proc/self/autogroup")
SAY = "import os, json; print(json.dumps({'nice': os.nice(0), 'policy': os.sched_getscheduler(0)}))"


def nice_of(code: str) -> int:
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)


def test_who_is_further_behind_stays_there() -> None:
    said = "import os; os.nice(15); from station.line.priority import put_behind; put_behind(); print(os.nice(0))"
    assert nice_of(said) == min(19, os.nice(0) + 15)


def test_one_that_has_ended_is_left_alone() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    put_behind(process.pid)


def test_what_runs_beside_the_engine_starts_behind_it() -> None:
    wait = "import time; time.sleep(0.3); "  # an interpreter may say it before its parent has spoken
    supervisor = Supervisor([sys.executable, "-c", wait * 3], {"gateway": [sys.executable, "-c", wait + SAY]})
    supervisor.run()
    (said,) = supervisor.beside["gateway"].reports
    assert said == {"nice": max(NICENESS, os.nice(0)), "policy": os.SCHED_BATCH}


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel does not share the processor out between sessions")
def test_a_session_beside_the_engine_is_behind_it_as_a_whole() -> None:
    wait = "import time; time.sleep(0.3); "
    say = "import json; print(json.dumps({'session': open('/proc/self/autogroup').read().split()[-1]}))"
    supervisor = Supervisor([sys.executable, "-c", wait * 3], {"gateway": [sys.executable, "-c", wait + say]})
    supervisor.run()
    (said,) = supervisor.beside["gateway"].reports
    assert said == {"session": str(NICENESS)}


def test_a_kernel_that_is_busy_with_another_change_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([BlockingIOError(), BlockingIOError(), None])
    written: list[str] = []

    def write(path: Path, text: str) -> int:
        if (refusal := next(answers)) is not None:
            raise refusal
        written.append(f"{path}: {text}")
        return len(text)

    monkeypatch.setattr(Path, "write_text", write)
    monkeypatch.setattr(os, "getsid", lambda pid: pid)
    monkeypatch.setattr("station.line.priority.PAUSE_S", 0.0)
    monkeypatch.setattr(os, "setpriority", lambda *_: None)
    monkeypatch.setattr(os, "sched_setscheduler", lambda *_: None)
    put_behind(os.getpid())
    assert written == [f"/proc/{os.getpid()}/autogroup: {NICENESS}"]


def test_a_process_in_the_session_of_another_leaves_that_session_as_it_is() -> None:
    before = AUTOGROUP.read_text() if AUTOGROUP.exists() else ""
    assert nice_of("from station.line.priority import *; put_behind(); print(os.nice(0))") == max(NICENESS, os.nice(0))
    assert (AUTOGROUP.read_text() if AUTOGROUP.exists() else "") == before
