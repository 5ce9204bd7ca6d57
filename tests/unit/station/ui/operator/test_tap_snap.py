import numpy as np

from station.ui.operator.tap_snap import Segment, TapSnap


def edge(segment: Segment) -> np.ndarray:
    middle = [(a + b) / 2 for a, b in zip(segment.start, segment.end, strict=True)]
    return np.array([segment.start, middle, segment.end])


def test_taps_ask_for_edges_and_the_first_place_closes() -> None:
    snap = TapSnap()
    assert snap.tap((0, 0), 5) is None
    first = snap.tap((100, 0), 5)
    second = snap.tap((100, 100), 5)
    assert first == Segment(0, (0, 0), (100, 0))
    assert second is not None
    assert snap.points.tolist() == [[0, 0], [100, 0], [100, 100]]
    assert snap.found(second, edge(second)) is None  # late or early, in any order
    assert snap.found(first, edge(first)) is None
    last = snap.tap((3, 3), 5)
    assert last == Segment(2, (100, 100), (0, 0), closes=True)
    assert snap.tap((50, 50), 5) is None  # it is closed
    whole = snap.found(last, edge(last))
    assert whole is not None
    assert whole.tolist() == [[0, 0], [50, 0], [100, 0], [100, 50], [100, 100], [50, 50], [0, 0]]


def test_back_takes_the_last_place_and_what_comes_for_it_is_ignored() -> None:
    snap = TapSnap()
    snap.tap((0, 0), 5)
    gone = snap.tap((100, 0), 5)
    assert gone is not None
    assert snap.back()
    again = snap.tap((0, 100), 5)
    assert again is not None
    assert snap.found(gone, edge(gone)) is None
    assert snap.points.tolist() == [[0, 0], [0, 100]]
    assert snap.back()
    assert snap.back()
    assert not snap.back()
    assert not snap.begun


def test_two_places_near_each_other_are_no_outline() -> None:
    snap = TapSnap()
    snap.tap((0, 0), 5)
    assert snap.close() is None
    assert snap.tap((1, 1), 5) == Segment(0, (0, 0), (1, 1))


def test_an_edge_that_was_not_found_stays_straight() -> None:
    snap = TapSnap()
    snap.tap((0, 0), 5)
    one, back = snap.tap((9, 0), 1), snap.close()
    assert one is not None
    assert back is not None
    snap.found(one, np.empty((0, 2)))
    whole = snap.found(back, np.empty((0, 2)))
    assert whole is not None
    assert whole.tolist() == [[0, 0], [9, 0], [0, 0]]
