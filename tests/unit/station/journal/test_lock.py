"""One writer a folder: who is waited for, who is told no, and who is ended because it hangs."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from station.journal import lock
from station.journal.errors import StorageError
from station.journal.lock import WriterLock

HOLDER = """
import os, signal, sys
from pathlib import Path
from station.journal.lock import WriterLock
WriterLock(Path(sys.argv[1]), 5.0, gives_way=sys.argv[2] == "gives-way")
print("held", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


@contextmanager
def hanging(path: Path, promise: str) -> "Iterator[subprocess.Popen[bytes]]":
    """Have a process take the lock and stand still."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(path), promise], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"held\n"
        yield process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def test_a_holder_that_promised_to_give_way_and_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_S", 0.3)
    path = tmp_path / "journal.lock"
    with hanging(path, "gives-way") as holder:
        with pytest.raises(StorageError, match=f"process {holder.pid}"):
            WriterLock(path, 0.1)
        assert holder.poll() is None, "it is asked before it is ended"
        taken = WriterLock(path, 20.0)  # a later try goes on where the one before gave up
        assert not taken.wanted
        taken.release()
        assert holder.wait(10) == -9


def test_a_holder_that_promised_nothing_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_S", 0.0)
    path = tmp_path / "journal.lock"
    with hanging(path, "stays") as holder:
        with pytest.raises(StorageError, match="stop it or choose another folder"):
            WriterLock(path, 0.5)
        assert holder.poll() is None


def test_who_gives_way_ends_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_S", 0.0)
    path = tmp_path / "journal.lock"
    with hanging(path, "gives-way") as holder:
        with pytest.raises(StorageError):
            WriterLock(path, 0.5, gives_way=True)
        assert holder.poll() is None


def test_a_wish_from_before_the_machine_was_started_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE_S", 60.0)
    path = tmp_path / "journal.lock"
    path.with_suffix(lock.WANTED).write_text("1e12")
    with hanging(path, "gives-way") as holder:
        with pytest.raises(StorageError):
            WriterLock(path, 0.2)
        assert holder.poll() is None
