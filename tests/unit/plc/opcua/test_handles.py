"""Handles are a session's own, bounded, and given back once."""

from plc.opcua.handles import MOST_PER_SESSION, MOST_SESSIONS, Handles


def test_a_handle_is_given_back_once_and_by_its_own_session() -> None:
    handles = Handles()
    first, second = handles.take("a"), handles.take("b")
    assert first != second
    assert not handles.release("b", first)
    assert handles.release("a", first)
    assert not handles.release("a", first)


def test_a_session_that_never_gives_back_loses_its_oldest() -> None:
    handles = Handles()
    taken = [handles.take("a") for _ in range(MOST_PER_SESSION + 1)]
    assert not handles.release("a", taken[0])
    assert handles.release("a", taken[1])


def test_sessions_that_are_long_gone_are_forgotten() -> None:
    handles = Handles()
    first = handles.take("first")
    for number in range(MOST_SESSIONS):
        handles.take(str(number))
    assert not handles.release("first", first)
