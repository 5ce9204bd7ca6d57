import pytest

from station.people.roles import Person, Role
from station.people.sessions import MAX_SESSIONS, Sessions

ANN, BO = Person("Ann", Role.OPERATOR), Person("Bo", Role.QA)


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def sessions(clock: Seconds) -> Sessions:
    return Sessions(600, clock)


def test_a_session_lasts_while_it_is_used(sessions: Sessions, clock: Seconds) -> None:
    token = sessions.open(ANN)
    for _ in range(5):
        clock.now += 599
        assert sessions.person(token) is ANN
    clock.now += 599
    assert sessions.peek(token) is ANN
    clock.now += 1
    assert sessions.peek(token) is None, "a peek is no use of it"
    assert sessions.person(token) is None
    assert sessions.close_idle() == (ANN,)
    assert sessions.close_idle() == ()


def test_tokens_are_long_and_never_the_same(sessions: Sessions) -> None:
    one, other = sessions.open(ANN), sessions.open(ANN)
    assert one != other
    assert min(len(one), len(other)) >= 40
    for wrong in ("", one[:-1], one + "x"):
        assert sessions.person(wrong) is None


def test_who_leaves_is_gone(sessions: Sessions) -> None:
    token, other = sessions.open(ANN), sessions.open(BO)
    assert sessions.close(token) is ANN
    assert sessions.close(token) is None
    assert sessions.person(token) is None
    assert sessions.person(other) is BO


def test_a_changed_account_ends_its_sessions_and_no_others(sessions: Sessions) -> None:
    tokens = [sessions.open(ANN), sessions.open(BO), sessions.open(ANN)]
    assert sessions.close_of("Ann") == (ANN, ANN)
    assert [sessions.person(token) for token in tokens] == [None, BO, None]


def test_new_preferences_reach_open_sessions(sessions: Sessions) -> None:
    token = sessions.open(ANN)
    changed = Person("Ann", Role.QA)
    sessions.replace(changed)
    assert sessions.person(token) is changed


def test_the_idlest_makes_room(sessions: Sessions, clock: Seconds) -> None:
    tokens = []
    for _ in range(MAX_SESSIONS):
        tokens.append(sessions.open(ANN))
        clock.now += 1
    assert sessions.person(tokens[0]) is ANN
    newest = sessions.open(BO)
    assert sessions.person(newest) is BO
    assert sessions.person(tokens[0]) is ANN
    assert sessions.person(tokens[1]) is None
