"""Keeps the engine's process running: an engine that dies is started again, one that was asked to end is not.

The supervisor knows nothing of parts. Its children are in sessions of their own, so that a Ctrl-C in the terminal reaches
them only through it, in order.
"""

import json
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

STOP_S = 1.8
"""How long the engine may take to end by itself before it is killed."""
BACKOFF_S = (0.1, 0.3, 1.0, 2.0)
"""Pauses before the first, second, … restart in a row; a life of `STEADY_S` starts again at the first."""
STEADY_S = 3.0

EXIT_CONFIG = 2
EXIT_DEVICE = 3


def engine_command(config: Path, parts: int | None) -> list[str]:
    """Return the command line of an engine process."""
    command = [sys.executable, "-P", "-m", "station.line.process", "--config", str(config)]
    return command if parts is None else [*command, "--until", str(parts)]


class Supervisor:
    """One engine process after another until it ends by itself or `stop` is called."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self.restarts = 0
        self.reports: list[dict[str, Any]] = []
        """What each engine that ended in order said at its end."""

    @property
    def pid(self) -> int | None:
        """The engine's process id, None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def run(self) -> int:
        """Run until the engine ends in order (0), cannot run at all (2, 3), or `stop` is called (0)."""
        failures = 0
        while True:
            started = time.monotonic()
            code = self._one_life()
            if self._stopping.is_set() or code == 0:
                return 0
            if code == EXIT_CONFIG or (code == EXIT_DEVICE and self.restarts == 0):
                return code
            failures = 0 if time.monotonic() - started > STEADY_S else failures
            pause = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
            failures += 1
            self.restarts += 1
            log.error(
                "the engine ended with %s; it is started again in %.1f s, parts are rejected meanwhile", code, pause
            )
            if self._stopping.wait(pause):
                return 0

    def stop(self) -> None:
        """Ask the engine to end; kill it when it does not within its time. `run` then returns. Call from another thread."""
        with self._lock:
            self._stopping.set()
            process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            log.error("the engine did not end within %.1f s and is killed", STOP_S)
            process.kill()

    def _one_life(self) -> int:
        with self._lock:
            if self._stopping.is_set():
                return 0
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
            )
        with self._process as process:
            assert process.stdout is not None  # it was asked for
            said = process.stdout.read()
            code = process.wait()
        for line in said.decode(errors="replace").splitlines():
            if line.startswith("{"):
                self.reports.append(json.loads(line))
        return code
