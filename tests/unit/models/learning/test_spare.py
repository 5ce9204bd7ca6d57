"""Work with what the processors have left."""

import os
import threading

import pytest

from models.learning.spare import in_spare_time


def test_what_comes_of_each_is_in_their_order() -> None:
    assert list(in_spare_time(lambda number: number * number, range(50))) == [number * number for number in range(50)]


@pytest.mark.parametrize("threads", [1, 2])
def test_all_threads_but_these_take_only_what_is_idle(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    met = threading.Barrier(3)

    def policy(_: int) -> int:
        met.wait(10)
        return os.sched_getscheduler(0)

    expected = [os.SCHED_OTHER] * threads + [os.SCHED_IDLE] * (3 - threads)
    assert sorted(in_spare_time(policy, range(3), threads)) == expected
    assert os.sched_getscheduler(0) == os.SCHED_OTHER


def test_a_failure_is_raised_and_what_has_not_begun_is_left_alone() -> None:
    begun, never = [], threading.Event()

    def work(number: int) -> None:
        begun.append(number)
        if number == 0:
            raise ValueError("the first")
        never.wait(0.02)

    with pytest.raises(ValueError, match="the first"):
        list(in_spare_time(work, range(200)))
    assert len(begun) < 200
