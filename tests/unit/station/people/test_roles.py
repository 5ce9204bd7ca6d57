import itertools
from typing import get_args

import pytest

from station.desk.messages import ToEngine
from station.line.inspection import Author
from station.people.roles import ALLOWED, COMMANDS, Action, Person, Role, may, may_send

EVERYBODY = set(Role)
ENGINEERS = {Role.ENGINEER, Role.ADMINISTRATOR, Role.SERVICE}
DECIDERS = EVERYBODY - {Role.SERVICE}

WHO_MAY = {
    Action.GIVE_VERDICT: DECIDERS,
    Action.ANNOTATE: DECIDERS,
    Action.SUPERSEDE: DECIDERS - {Role.OPERATOR},
    Action.WRITE_NOTE: EVERYBODY,
    Action.CHOOSE_RECIPE: ENGINEERS,
    Action.DRAW_ZONES: ENGINEERS,
    Action.LEARN: ENGINEERS,
    Action.DEPLOY: ENGINEERS,
    Action.PAUSE: ENGINEERS,
    Action.TRIGGER_PART: ENGINEERS,
    Action.REVIEW: {Role.QA, Role.ADMINISTRATOR},
    Action.MANAGE_PEOPLE: {Role.ADMINISTRATOR, Role.SERVICE},
    Action.MANAGE_RECORDS: {Role.QA, Role.ADMINISTRATOR},
    Action.SIGN: {Role.QA, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_who_may_do_what(role: Role, action: Action) -> None:
    assert may(role, action) is (role in WHO_MAY[action])
    assert Person("Ann", role).may(action) is may(role, action)


def test_every_role_is_in_the_table() -> None:
    assert set(ALLOWED) == set(Role)


def test_every_command_is_one_of_the_desks() -> None:
    union, *_ = get_args(ToEngine)
    known = {message.model_fields["type"].default for message in get_args(union)}
    assert set(COMMANDS) <= known
    free = {"attach", "log-in", "log-out", "set-preferences", "add-audit", "propose"}
    assert known - set(COMMANDS) <= free, "a new command needs a line in the table, or nobody's leave"


def test_commands_follow_the_table() -> None:
    assert may_send(Role.OPERATOR, "give-verdict")
    assert not may_send(Role.SERVICE, "give-verdict")
    assert not may_send(Role.OPERATOR, "resume")
    assert may_send(Role.OPERATOR, "log-out")


def test_in_which_capacity_verdicts_are_given() -> None:
    assert Person("Ann", Role.OPERATOR).author is Author.OPERATOR
    assert {Person("Ann", role).author for role in DECIDERS - {Role.OPERATOR}} == {Author.QA}
