"""Fixtures every test has: one that leaves a thread, a process, a task or a shared-memory segment behind fails."""

import asyncio
import fcntl
import gc
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("noisy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("noisy machine")  # how fast examples come says nothing of what is tested

GRACE_S = 5.0
"""How long what a test started may take to end after the test body."""


def pytest_collection_finish() -> None:
    """Take what the imports made out of the collector's sight: after each of thousands of tests it looks at all the rest."""
    gc.collect()
    gc.freeze()


def wait_until(condition: Callable[[], bool], timeout_s: float = 10.0, what: str = "condition") -> None:
    """Wait for a condition with a deadline; the only way a test waits."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {timeout_s} s: {what}")
        threading.Event().wait(0.005)


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if not thread.name.startswith("pytest_timeout")}


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE}


def _segments() -> set[str]:
    named = {str(path) for path in Path("/dev/shm").iterdir()} if Path("/dev/shm").exists() else set()
    memfds = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        if target.startswith("/memfd:"):
            memfds.add(f"{entry.name} {target}")
    return named | memfds


def _tasks() -> set[asyncio.Task[object]]:
    return {thing for thing in gc.get_objects() if isinstance(thing, asyncio.Task) and not thing.done()}


def _left(now: Callable[[], set[object]], before: set[object]) -> set[object]:
    deadline = time.monotonic() + GRACE_S
    while left := now() - before:
        if time.monotonic() > deadline:
            return left
        gc.collect()
        threading.Event().wait(0.02)
    return left


@pytest.fixture(scope="session", autouse=True)
def config_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep audit keys away from the user's own configuration, in this process and its children."""
    home = tmp_path_factory.mktemp("config")
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["XDG_CONFIG_HOME"]
    else:
        os.environ["XDG_CONFIG_HOME"] = before


def _windows() -> set[object]:
    """End the widgets that are to end, now and on this thread: Qt leaves it to an event loop, Python to its collector."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return set(QApplication.topLevelWidgets())


@pytest.fixture(scope="module")
def udp_3956() -> Iterator[None]:
    """Have the port of GigE Vision alone: one program at a time answers there, whoever else is testing beside."""
    with Path(tempfile.gettempdir(), "udp-3956.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, child process, pending task, shared-memory segment or window, or lowers its process."""
    checks = {"threads": _threads, "processes": _children, "shared memory": _segments}
    if "qapp" in request.fixturenames:
        checks["windows"] = _windows
    before, niceness = {name: set(check()) for name, check in checks.items()}, os.getpriority(os.PRIO_PROCESS, 0)
    yield
    leaks = {name: left for name, check in checks.items() if (left := _left(check, before[name]))}
    if tasks := _tasks():
        leaks["tasks"] = set(tasks)
    assert not leaks, f"left behind: {leaks}"
    assert os.getpriority(os.PRIO_PROCESS, 0) == niceness, "all tests after this one would run at lower priority"
