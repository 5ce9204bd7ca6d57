"""Keeps the station's processes running: one that dies is started again, one that was asked to end is not.

The supervisor knows nothing of parts. The engine is the station: when it ends in order, all ends. What runs beside it (a
gateway) may die as often as it likes without the engine noticing. The children are in sessions of their own, so that a
Ctrl-C in the terminal reaches them only through the supervisor, in order.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import Any

from station.line.priority import starting_behind

log = logging.getLogger(__name__)

STOP_S = 1.8
"""How long the processes may take to end by themselves before they are killed."""
BACKOFF_S = (0.1, 0.3, 1.0, 2.0)
"""Pauses before the first, second, … restart in a row; a life of `STEADY_S` starts again at the first."""
STEADY_S = 3.0

EXIT_CONFIG = 2
EXIT_DEVICE = 3
EXIT_AGAIN = 10
"""A process that ended in order and asks to be started again at once: with another recipe, say."""


def child_command(module: str, config: Path) -> list[str]:
    """Return the command line of a supervised process: `python -m module --config FILE --parent PID`.

    The process calls `camera.parent.end_with_parent` with the id, so that it never outlives its supervisor.
    """
    return [sys.executable, "-P", "-m", module, "--config", str(config), "--parent", str(os.getpid())]


def engine_command(config: Path, parts: int | None) -> list[str]:
    """Return the command line of an engine process."""
    command = child_command("station.line.process", config)
    return command if parts is None else [*command, "--until", str(parts)]


class Child:
    """One process after another on one command line, until it ends by itself or is asked to.

    `run` belongs to one thread, because the kernel ties a child's life to the thread that started it.
    """

    def __init__(self, name: str, command: Sequence[str], *, behind: bool = False) -> None:
        """One that goes `behind` leaves the processors to the line, most of all while it starts, which takes a second or two."""
        self.name = name
        self._behind = behind
        self.restarts = 0
        self.reports: list[dict[str, Any]] = []
        """What each process that ended in order said at its end."""
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Its process id, None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def run(self) -> int:
        """Run until it ends in order (0), cannot run at all (2, 3), or is asked to end (0)."""
        failures = 0
        while True:
            started = time.monotonic()
            code = self._one_life()
            if self._stopping.is_set() or code == 0:
                return 0
            if code == EXIT_AGAIN:
                log.info("the %s asked to be started again", self.name)
                continue
            if code == EXIT_CONFIG or (code == EXIT_DEVICE and self.restarts == 0):
                return code
            failures = 0 if time.monotonic() - started > STEADY_S else failures
            pause = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
            failures += 1
            self.restarts += 1
            log.error("the %s ended with %s; it is started again in %.1f s", self.name, code, pause)
            if self._stopping.wait(pause):
                return 0

    def ask(self) -> None:
        """Ask it to end; `run` then returns when it has. Call from another thread, safe to call twice."""
        with self._lock:
            self._stopping.set()
            process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)

    def finish(self, deadline: float) -> None:
        """Wait for its end until a moment of the monotonic clock, then kill it."""
        process = self._process
        if process is None:
            return
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("the %s did not end within %.1f s and is killed", self.name, STOP_S)
            process.kill()

    def _one_life(self) -> int:
        with self._lock:
            if self._stopping.is_set():
                return 0
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
            )
        with self._process as process, starting_behind(process.pid) if self._behind else nullcontext():
            assert process.stdout is not None  # it was asked for
            said = process.stdout.read()
            code = process.wait()
        for line in said.decode(errors="replace").splitlines():
            if line.startswith("{"):
                self.reports.append(json.loads(line))
        return code


class Supervisor:
    """The engine, and what runs beside it.

    Parameters
    ----------
    engine
        The engine's command line.
    beside
        Command lines of further processes by the name the log calls them. They are started with the engine and ended with it;
        each is started again by the same rule. One that cannot run at all (2, 3) is given up, and the engine runs on.
    """

    def __init__(self, engine: Sequence[str], beside: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        self._engine = Child("engine", engine)
        self._beside = [Child(name, command, behind=True) for name, command in beside.items()]

    @property
    def pid(self) -> int | None:
        """The engine's process id, None while there is none."""
        return self._engine.pid

    @property
    def restarts(self) -> int:
        """How often the engine was started again after it had died."""
        return self._engine.restarts

    @property
    def reports(self) -> list[dict[str, Any]]:
        """What each engine that ended in order said at its end."""
        return self._engine.reports

    @property
    def beside(self) -> Mapping[str, Child]:
        """What runs beside the engine, by name."""
        return MappingProxyType({child.name: child for child in self._beside})

    def run(self) -> int:
        """Run until the engine ends in order (0), cannot run at all (2, 3), or `stop` is called (0)."""
        threads = [threading.Thread(target=self._run_beside, args=(c,), name=c.name) for c in self._beside]
        for thread in threads:
            thread.start()
        try:
            return self._engine.run()
        finally:
            self._end(self._beside)
            for thread in threads:
                thread.join()

    def stop(self) -> None:
        """Ask all to end; kill what does not within its time. `run` then returns. Call from another thread."""
        self._end([*self._beside, self._engine])

    @staticmethod
    def _end(children: Sequence[Child]) -> None:
        deadline = time.monotonic() + STOP_S
        for child in children:
            child.ask()
        for child in children:
            child.finish(deadline)

    @staticmethod
    def _run_beside(child: Child) -> None:
        if code := child.run():
            log.error(
                "the %s cannot run (exit status %d) and is given up; the line runs on without it", child.name, code
            )
