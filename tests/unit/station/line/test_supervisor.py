"""The supervisor around real, small child processes."""

import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from station.line import supervisor
from station.line.supervisor import EXIT_AGAIN, Supervisor


def child(body: str) -> list[str]:
    return [sys.executable, "-c", "import json, os, pathlib, signal, sys, threading\n" + body]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "BACKOFF_S", (0.01,))


def started(watched: Supervisor, mark: Path) -> threading.Thread:
    thread = threading.Thread(target=watched.run)
    thread.start()
    deadline = time.monotonic() + 10
    while not (mark.exists() and watched.pid):
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)
    return thread


def test_an_engine_that_ends_in_order_ends_the_supervisor_with_its_report() -> None:
    watched = Supervisor(child("print(json.dumps({'parts': 3}))"))
    assert watched.run() == 0
    assert watched.reports == [{"parts": 3}]
    assert watched.restarts == 0


def test_an_engine_that_dies_is_started_again(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    body = f"""
lives = pathlib.Path({str(lives)!r})
lives.write_text((lives.read_text() if lives.exists() else '') + 'x')
if len(lives.read_text()) < 3:
    os.kill(os.getpid(), signal.SIGKILL)
"""
    watched = Supervisor(child(body))
    assert watched.run() == 0
    assert (lives.read_text(), watched.restarts) == ("xxx", 2)


@pytest.mark.parametrize("code", [2, 3])
def test_an_engine_that_cannot_start_is_not_tried_for_ever(code: int) -> None:
    watched = Supervisor(child(f"sys.exit({code})"))
    assert watched.run() == code
    assert watched.restarts == 0


def test_a_device_missing_after_a_restart_is_waited_for(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    body = f"""
lives = pathlib.Path({str(lives)!r})
life = len(lives.read_text()) if lives.exists() else 0
lives.write_text('x' * (life + 1))
sys.exit([1, 3, 0][life])
"""
    watched = Supervisor(child(body))
    assert watched.run() == 0
    assert watched.restarts == 2


def test_stop_asks_first(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    body = f"""
done = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: done.set())
pathlib.Path({str(mark)!r}).touch()
done.wait()
print(json.dumps({{'in order': True}}))
"""
    watched = Supervisor(child(body))
    thread = started(watched, mark)
    watched.stop()
    thread.join(10)
    assert watched.reports == [{"in order": True}]


def test_stop_kills_what_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_S", 0.1)
    mark = tmp_path / "mark"
    body = f"""
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path({str(mark)!r}).touch()
threading.Event().wait()
"""
    watched = Supervisor(child(body))
    thread = started(watched, mark)
    pid = watched.pid
    watched.stop()
    thread.join(10)
    assert pid is not None
    assert not psutil.pid_exists(pid)


def test_an_engine_that_asks_for_it_is_started_again_at_once_and_that_is_no_restart(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    body = f"""
lives = pathlib.Path({str(lives)!r})
life = len(lives.read_text()) if lives.exists() else 0
lives.write_text('x' * (life + 1))
print(json.dumps({{'life': life}}))
sys.exit([{EXIT_AGAIN}, 0][life])
"""
    watched = Supervisor(child(body))
    assert watched.run() == 0
    assert watched.reports == [{"life": 0}, {"life": 1}]
    assert watched.restarts == 0


def waits_for(mark: Path) -> str:
    return f"""
while not pathlib.Path({str(mark)!r}).exists():
    threading.Event().wait(0.01)
"""


def test_what_runs_beside_dies_as_often_as_it_likes_and_the_engine_goes_on(tmp_path: Path) -> None:
    lives, enough = tmp_path / "lives", tmp_path / "enough"
    body = f"""
lives = pathlib.Path({str(lives)!r})
lives.write_text((lives.read_text() if lives.exists() else '') + 'x')
if len(lives.read_text()) >= 3:
    pathlib.Path({str(enough)!r}).touch()
    threading.Event().wait()
os.kill(os.getpid(), signal.SIGKILL)
"""
    watched = Supervisor(child(waits_for(enough)), {"gateway": child(body)})
    assert watched.run() == 0
    assert watched.restarts == 0
    assert watched.beside["gateway"].restarts == 2
    assert watched.beside["gateway"].pid is None, "it ends with the engine"


@pytest.mark.parametrize("code", [0, 2, 3])
def test_what_ends_or_cannot_run_beside_is_left_alone(tmp_path: Path, code: int) -> None:
    mark = tmp_path / "mark"
    body = f"pathlib.Path({str(mark)!r}).touch()\nsys.exit({code})"
    watched = Supervisor(child(waits_for(mark)), {"gateway": child(body)})
    assert watched.run() == 0
    assert watched.beside["gateway"].restarts == 0


def test_all_are_asked_to_end_and_an_engine_that_cannot_run_ends_all(tmp_path: Path) -> None:
    mark, ended = tmp_path / "mark", tmp_path / "ended"
    beside = f"""
done = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: done.set())
pathlib.Path({str(mark)!r}).touch()
done.wait()
pathlib.Path({str(ended)!r}).touch()
"""
    watched = Supervisor(child(waits_for(mark) + "sys.exit(2)"), {"gateway": child(beside)})
    assert watched.run() == 2
    assert ended.exists()
