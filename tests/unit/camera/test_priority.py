import logging
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from camera.priority import raise_priority
from camera.registry import BACKENDS, HARDWARE


def policy_of_a_child() -> int:
    """Start a program and ask it for its scheduling policy: field 41 of /proc/pid/stat, proc(5)."""
    said = subprocess.run(["cat", "/proc/self/stat"], check=True, stdout=subprocess.PIPE).stdout
    return int(said.rpartition(b")")[2].split()[38])


def test_a_thread_that_may_has_real_time_priority_and_no_other_thread_or_child_has() -> None:
    def raised() -> tuple[bool, int, int]:
        return raise_priority(), os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK, policy_of_a_child()

    with ThreadPoolExecutor(1) as pool:
        done, policy, of_a_child = pool.submit(raised).result(10)
    assert policy == (os.SCHED_RR if done else os.SCHED_OTHER)
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
    assert of_a_child == os.SCHED_OTHER


def test_without_the_permission_everything_goes_on_and_the_remedy_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.sched_setscheduler", refused)
    with caplog.at_level(logging.INFO):
        assert raise_priority() is False
    assert "rtprio = 1" in caplog.text


def test_backends_that_draw_their_pictures_are_not_of_those() -> None:
    assert set(BACKENDS) - HARDWARE == {"replay", "simulated"}
