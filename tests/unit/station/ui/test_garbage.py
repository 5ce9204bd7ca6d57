"""Whatever thread makes the garbage, the screen's own thread sweeps it."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from station.ui.garbage import Garbage


class _Knot:
    """Refers to itself: only the collector can end it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    assert qtbot is not None
    garbage = Garbage()
    yield garbage
    garbage.stop()
    assert gc.isenabled()


def test_a_cycle_made_on_another_thread_ends_on_this_one(garbage: Garbage, qtbot: QtBot) -> None:
    ended_on: list[int] = []

    def make() -> None:
        for _ in range(20_000):  # far more than the collector would let pass
            weakref.finalize(_Knot(), lambda: ended_on.append(threading.get_ident()))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert not ended_on
    qtbot.waitUntil(lambda: len(ended_on) > 0)
    assert set(ended_on) == {threading.get_ident()}


def test_little_garbage_is_left_alone(garbage: Garbage, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (5, 0, 0))
    monkeypatch.setattr(gc, "collect", lambda generation=2: swept.append(generation))
    garbage.collect()
    assert swept == []
    monkeypatch.setattr(gc, "get_count", lambda: (100_000, 100, 0))
    garbage.collect()
    assert swept == [1]
