import threading
from collections.abc import Iterator
from uuid import UUID

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from labeling.shapes import Polygon, frozen_points
from station.ui.operator.tap_snap import Segment
from station.ui.snapping import Find, Join, Snapper

PICTURE = np.zeros((9, 9), np.uint8)
RAW = Polygon(frozen_points([[0, 0], [8, 0], [8, 8]]))
FOUND = Polygon(frozen_points([[1, 1], [7, 1], [7, 7]]))
SEGMENT = Segment(0, (0.0, 0.0), (8.0, 0.0))


def failing(*_: object) -> None:
    raise ValueError("no edges here")


@pytest.fixture
def made() -> Iterator[list[Snapper]]:
    snappers: list[Snapper] = []
    yield snappers
    for snapper in snappers:
        snapper.stop()


def make(made: list[Snapper], find: Find = failing, join: Join = failing) -> Snapper:  # type: ignore[assignment]
    made.append(Snapper(find=find, join=join))
    return made[-1]


def test_edges_are_found_in_another_thread_and_told_in_this_one(qtbot: QtBot, made: list[Snapper]) -> None:
    threads: list[int] = []

    def find(_: object, raw: Polygon) -> Polygon:
        threads.append(threading.get_ident())
        return FOUND if raw is RAW else RAW

    snapper = make(made, find=find)
    snapper.snapped.connect(lambda *_: threads.append(threading.get_ident()))
    with qtbot.waitSignal(snapper.snapped) as told:
        snapper.find(UUID(int=1), PICTURE, RAW)
    assert told.args is not None
    assert told.args[0] == UUID(int=1)
    assert told.args[1] is RAW
    assert told.args[2] is FOUND
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_where_there_are_no_edges_the_stroke_stays(qtbot: QtBot, made: list[Snapper]) -> None:
    for find in (lambda *_: None, failing):
        snapper = make(made, find=find)  # type: ignore[arg-type]
        told: list[object] = []
        snapper.snapped.connect(lambda *args, told=told: told.append(args))
        snapper.find(UUID(int=1), PICTURE, RAW)
        qtbot.waitUntil(lambda snapper=snapper: snapper._aside.idle)
        assert told == []


def test_taps_are_joined_along_the_edge_and_straight_where_there_is_none(qtbot: QtBot, made: list[Snapper]) -> None:
    bent = frozen_points([[0, 0], [4, 3], [8, 0]])
    for join, expected in ((lambda *_: bent, bent), (failing, np.array([SEGMENT.start, SEGMENT.end]))):
        snapper = make(made, join=join)  # type: ignore[arg-type]
        with qtbot.waitSignal(snapper.traced) as told:
            snapper.trace(PICTURE, SEGMENT)
        assert told.args is not None
        assert told.args[0] is SEGMENT
        assert np.array_equal(told.args[1], expected)


def test_what_is_asked_is_told_in_order(qtbot: QtBot, made: list[Snapper]) -> None:
    snapper = make(made, find=lambda _, raw: raw)
    told: list[int] = []
    snapper.snapped.connect(lambda uid, *_: told.append(uid.int))
    for number in range(20):
        snapper.find(UUID(int=number), PICTURE, RAW)
    qtbot.waitUntil(lambda: len(told) == 20)
    assert told == list(range(20))
