"""A child and its parent, as real processes: the child is gone soon after the parent, whenever that ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

CHILD = """
import pathlib, signal, sys, threading
from camera.parent import end_with_parent
if sys.argv[2] == 'late':
    while pathlib.Path(sys.argv[3]).exists():
        threading.Event().wait(0.01)
end_with_parent(int(sys.argv[1]), signal.SIGTERM)
print('looks after itself', flush=True)
threading.Event().wait()
"""
PARENT = f"""
import os, subprocess, sys, threading
child = subprocess.Popen([sys.executable, '-c', {CHILD!r}, str(os.getpid()), *sys.argv[1:]], stdout=subprocess.PIPE)
print(child.pid, flush=True)
if sys.argv[1] == 'early':
    child.stdout.readline()
    print('ready', flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize("when", ["early", "late"])
def test_a_child_is_gone_after_its_parent(tmp_path: Path, when: str) -> None:
    closed = tmp_path / "closed"
    closed.touch()
    parent = subprocess.Popen([sys.executable, "-c", PARENT, when, str(closed)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    if when == "early":
        assert parent.stdout.readline() == "ready\n"
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    closed.unlink()
    deadline = time.monotonic() + 20
    while alive(child):
        assert time.monotonic() < deadline, f"the child outlives a parent that ended {when}"
        threading.Event().wait(0.01)


def alive(process: psutil.Process) -> bool:
    """Whether a process runs; a zombie that nobody waits for does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
