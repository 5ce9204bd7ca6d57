"""A process that a test speaks with: one JSON object a line, orders in, answers and happenings out."""

import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import pytest

Said = dict[str, Any]
ANSWER_S = 60.0
"""Long, since other tests may keep the machine busy; only one that fails waits so long."""


class JsonProcess:
    """Its answers have a key `done`; everything else it says is kept in `said`, in order."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self.said: list[Said] = []
        self.log = log
        self._rest = b""
        with log.open("ab") as err:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ask(self, timeout_s: float = ANSWER_S, **order: Any) -> Said:
        """Give an order and return its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        deadline = time.monotonic() + timeout_s
        while True:
            line = self._line(deadline, f"an answer to {order}")
            if "done" in line:
                return line
            self.said.append(line)

    def until(self, condition: Callable[[Said], bool], what: str, timeout_s: float = ANSWER_S) -> Said:
        """Return the first thing said that fits, waiting for it if it is not there yet."""
        deadline, looked = time.monotonic() + timeout_s, 0
        while True:
            for line in self.said[looked:]:
                if condition(line):
                    return line
            looked = len(self.said)
            self.said.append(self._line(deadline, what))

    def end(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        self.process.stdout.close()

    def _line(self, deadline: float, what: str) -> Said:
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        while b"\n" not in self._rest:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            chunk = os.read(descriptor, 1 << 16) if ready else b""
            if not chunk:
                pytest.fail(
                    f"{what}: {'it ended' if ready else 'not in time'}; its log:\n{self.log.read_text()[-4000:]}"
                )
            self._rest += chunk
        line, _, self._rest = self._rest.partition(b"\n")
        said: Said = json.loads(line)
        return said
