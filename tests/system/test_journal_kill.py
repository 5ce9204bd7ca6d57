"""Whatever moment a recording process is killed at, what it acknowledged is in the journal, with its picture."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

import pytest

from station.journal.reader import JournalReader
from station.journal.verify import verify
from station.line.inspection import Author

pytestmark = pytest.mark.system

RECORDER = Path(__file__).with_name("record_parts.py")
KILLS = int(os.environ.get("JOURNAL_KILLS", "20"))

Round = Callable[[str, random.Random], list[str]]


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, str(RECORDER), str(tmp_path / "data"), str(tmp_path / "audit.key")]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def _words(stdout: IO[str]) -> Iterator[str]:
    for line in stdout:
        yield line.strip()


def _kill_once(recorder: "subprocess.Popen[str]", order: str, rng: random.Random) -> list[str]:
    """Start a recording child, kill it at a random moment, return everything it acknowledged."""
    assert recorder.stdin is not None
    assert recorder.stdout is not None
    recorder.stdin.write(f"{order}\n")
    recorder.stdin.flush()
    patience, pause_s = rng.randrange(12), rng.choice([0.0, rng.uniform(0, 0.02)])
    pid, said = 0, list[str]()
    killed = False
    for word in _words(recorder.stdout):
        if word == "ended":
            assert killed, "the recorder ended by itself"
            return said
        if word.startswith("started "):
            pid = int(word.removeprefix("started "))
        else:
            said.append(word)
        if pid and len(said) >= patience and not killed:
            threading.Event().wait(pause_s)  # the moment itself must be random, between two acknowledgements too
            os.kill(pid, signal.SIGKILL)
            killed = True
    pytest.fail("the recorder is gone")


def _lost(data_dir: Path, said: set[str]) -> set[str]:
    """Return which acknowledged parts, verdicts and annotations are not in the journal."""
    found = set()
    with JournalReader(data_dir) as reader:
        for word in said:
            kind, _, number = word.partition(" ")
            uid = UUID(int=int(number))
            record = reader.part(uid)
            if record is None:
                continue
            decided = any(verdict.by is Author.QA for verdict in record.verdicts)
            if {"part": True, "verdict": decided, "annotation": bool(reader.annotations(uid))}[kind]:
                found.add(word)
    return said - found


def test_no_kill_loses_what_was_acknowledged(recorder: "subprocess.Popen[str]", tmp_path: Path) -> None:
    rng = random.Random(20)
    said: set[str] = set()
    for _ in range(KILLS):
        said.update(word for word in _kill_once(recorder, "record-first", rng) if word != "open")
        if said:
            assert _lost(tmp_path / "data", said) == set()
    report = verify(tmp_path / "data", tmp_path / "audit.key")
    assert report.ok, report
    assert report.parts >= sum(word.startswith("part") for word in said) > KILLS
    assert report.annotations >= sum(word.startswith("annotation") for word in said) > 0
    assert any(word.startswith("verdict") for word in said)


def test_acknowledging_first_does_lose_parts(recorder: "subprocess.Popen[str]", tmp_path: Path) -> None:
    rng = random.Random(21)
    said: set[str] = set()
    lost: set[str] = set()
    for _ in range(3 * KILLS):
        said.update(word for word in _kill_once(recorder, "acknowledge-first", rng) if word != "open")
        if said:
            lost |= _lost(tmp_path / "data", said)
        if lost:
            return
    pytest.fail("the test above proves nothing if this one loses nothing")
