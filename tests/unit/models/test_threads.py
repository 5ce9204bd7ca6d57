"""How many threads a model gets."""

import pytest

from models import threads as threads_module
from models.session import Session
from models.threads import choose_threads


def load(data: bytes, threads: int) -> Session:
    return Session.load(data, threads=threads)


def test_two_processors_leave_one_thread_without_a_trial() -> None:
    assert choose_threads(b"never loaded", load, processors=2) == 1
    assert choose_threads(b"never loaded", load, processors=1) == 1


@pytest.mark.parametrize(
    ("seconds", "processors", "chosen"),
    [
        ({1: 0.010, 2: 0.006, 4: 0.004}, 5, 4),
        ({1: 0.010, 2: 0.006, 4: 0.0055}, 5, 2),
        ({1: 0.010, 2: 0.009}, 5, 1),
        ({1: 0.010, 2: 0.006}, 4, 2),
    ],
)
def test_threads_are_doubled_while_it_pays(
    grey_model: bytes,
    monkeypatch: pytest.MonkeyPatch,
    seconds: dict[int, float],
    processors: int,
    chosen: int,
) -> None:
    monkeypatch.setattr(threads_module, "_run_s", lambda session: seconds[session.threads])
    assert choose_threads(grey_model, load, processors) == chosen


def test_the_trial_really_runs(grey_model: bytes) -> None:
    assert choose_threads(grey_model, load, processors=3) in {1, 2}
