"""What runs beside the line is behind it from its first instruction on, and stays as far behind as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from waiting import wait_until

from station.line.priority import NICENESS, may_come_back, put_behind, starting_behind
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
    assert said == {"nice": max(NICENESS, os.nice(0)), "policy": os.SCHED_IDLE if may_come_back() else os.SCHED_BATCH}


def test_who_has_started_comes_back_with_all_threads() -> None:
    code = """
import os, threading
from station.line.priority import may_come_back, put_behind
done = threading.Event()
def policies():
    return {os.sched_getscheduler(int(thread)) for thread in os.listdir("/proc/self/task")}
put_behind(starting=True)
thread = threading.Thread(target=done.wait)
thread.start()
starting = policies()
put_behind()
print(int((starting, policies()) == ({os.SCHED_IDLE if may_come_back() else os.SCHED_BATCH}, {os.SCHED_BATCH})))
done.set()
"""
    assert nice_of(code) == 1


def test_who_may_not_come_back_does_not_go() -> None:
    code = """
import os, resource
from station.line.priority import NICENESS, may_come_back, put_behind
if os.geteuid() == 0:
    os.setuid(65534)
resource.setrlimit(resource.RLIMIT_NICE, (0, resource.getrlimit(resource.RLIMIT_NICE)[1]))
without = may_come_back()
put_behind(starting=True)
print(int((without, os.sched_getscheduler(0)) == (False, os.SCHED_BATCH)))
"""
    assert nice_of(code) == 1


def test_the_shipped_limit_is_what_coming_back_needs() -> None:
    shipped = Path(__file__).parents[4] / "deploy" / "limits" / "60-inspection-station.conf"
    (words,) = [line.split() for line in shipped.read_text().splitlines() if line.split()[2:3] == ["nice"]]
    assert words == ["*", "-", "nice", str(NICENESS)]


def test_one_that_takes_long_to_start_does_not_stay_at_what_idles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.line.priority.LONGEST_START_S", 0.0)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        with starting_behind(process.pid):
            wait_until(lambda: os.sched_getscheduler(process.pid) == os.SCHED_BATCH, "it is lifted")
        process.communicate(b"\n")


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
