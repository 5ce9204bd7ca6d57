"""What `station users` does: each action, what it refuses, whose sessions end, and what the audit chain is told."""

from collections.abc import Callable

import pytest

from station.desk.messages import Refusal
from station.journal.errors import RefusedError
from station.people.accounts import Accounts, Ask
from station.people.demo import DEMO_PEOPLE, make_demo_people
from station.people.manage import ACTIONS, manage
from station.people.roles import Role

Audited = Callable[[], list[tuple[str, str]]]


def _refused(ask: Ask, action: str, **details: str) -> str:
    with pytest.raises(RefusedError) as refused:
        manage(ask, "Cy", action, details)
    assert refused.value.refusal is Refusal.BAD_VALUE
    return str(refused.value)


def test_somebody_new_is_listed_without_their_secrets(ask: Ask, ann: dict[str, str], audited: Audited) -> None:
    assert manage(ask, "Cy", "list", {}).result == {
        "people": [
            {
                "name": "Ann Lee",
                "role": "operator",
                "active": True,
                "badge": True,
                "pin": True,
                "password": True,
                "locked_until": None,
                "created": "2026-03-01T10:00:00+00:00",
            }
        ]
    }
    assert audited() == [("person-added", '{"author": "Ann Lee", "by": "setup", "role": "operator"}')]


@pytest.mark.parametrize(
    ("details", "text"),
    [
        ({"name": "Bo"}, "Say the role"),
        ({"name": "Bo", "role": "boss"}, "no role 'boss'"),
        ({"name": "Bo", "role": "qa"}, "needs a badge and a PIN, or a password"),
        ({"name": "Bo", "role": "qa", "badge": "B-0002"}, "needs a badge and a PIN"),
        ({"name": "Bo", "role": "qa", "badge": "B-0002", "pin": "123"}, "4 to 12 digits"),
        ({"name": "Bo", "role": "qa", "password": "short"}, "10 to 200"),
        ({"name": "Bo", "role": "qa", "badge": "B-0001", "pin": "2580"}, "this badge already"),
        ({"name": "ANN  lee", "role": "qa", "badge": "B-0002", "pin": "2580"}, "this name already"),
        ({"name": "", "role": "qa", "badge": "B-0002", "pin": "2580"}, "A name has"),
        ({"name": "Bo", "role": "qa", "badge": "B-0002", "pin": "2580", "shoe": "44"}, "'shoe'"),
    ],
)
def test_nobody_is_added_by_halves(ask: Ask, ann: dict[str, str], details: dict[str, str], text: str) -> None:
    assert text in _refused(ask, "add", **details)
    assert len(manage(ask, "Cy", "list", {}).result["people"]) == 1


def test_an_unknown_action_names_the_known_ones(ask: Ask) -> None:
    assert all(action in _refused(ask, "promote", name="Ann") for action in ACTIONS)


@pytest.mark.parametrize("action", sorted(set(ACTIONS) - {"add"}))
def test_nobody_unknown_is_changed(ask: Ask, action: str) -> None:
    details = {"name": "Bo", "role": "qa", "badge": "B-0002", "pin": "2580", "password": "correct horse"}
    assert "Bo" in _refused(ask, action, **details)


@pytest.mark.parametrize(
    ("action", "details", "login"),
    [
        ("set-badge", {"badge": "B-0007"}, {"badge": "B-0007", "secret": "2580"}),
        ("set-pin", {"pin": "7410"}, {"badge": "B-0001", "secret": "7410"}),
        ("set-password", {"password": "battery staple"}, {"name": "Ann Lee", "secret": "battery staple"}),
    ],
)
def test_new_means_work_old_ones_do_not(
    ask: Ask,
    ann: dict[str, str],
    accounts_of: Accounts,
    audited: Audited,
    action: str,
    details: dict[str, str],
    login: dict[str, str],
) -> None:
    changed = manage(ask, "Cy", action, {"name": "ann lee"} | details)
    assert changed.ended == "Ann Lee"
    assert accounts_of.log_in(**login).name == "Ann Lee"
    old = {"set-badge": {"badge": "B-0001"}, "set-pin": {"badge": "B-0001"}}.get(action, {"name": "Ann Lee"})
    with pytest.raises(RefusedError):
        accounts_of.log_in(**old, secret=ann["password"] if "name" in old else ann["pin"])
    assert next(text for event, text in audited() if event == "person-changed").startswith('{"author": "Ann Lee"')


@pytest.mark.parametrize("action", ["set-badge", "set-pin", "set-password", "role"])
def test_a_change_says_to_what(ask: Ask, ann: dict[str, str], action: str) -> None:
    assert _refused(ask, action, name="Ann Lee").endswith(".")


def test_a_badge_has_one_owner(ask: Ask, ann: dict[str, str]) -> None:
    manage(ask, "Cy", "add", {"name": "Bo", "role": "qa", "password": "correct horse"})
    assert "this badge" in _refused(ask, "set-badge", name="Bo", badge="B-0001")


def test_another_role_is_told_to_the_chain(
    ask: Ask, ann: dict[str, str], accounts_of: Accounts, audited: Audited
) -> None:
    manage(ask, "Cy", "role", {"name": "Ann Lee", "role": "qa"})
    assert accounts_of.log_in(badge="B-0001", secret="2580").role is Role.QA
    assert '"what": "role operator to qa"' in audited()[1][1]


def test_who_left_stays_on_record_and_may_come_back(
    ask: Ask, ann: dict[str, str], accounts_of: Accounts, audited: Audited
) -> None:
    gone = manage(ask, "Cy", "remove", {"name": "Ann Lee"})
    assert gone.ended == "Ann Lee"
    with pytest.raises(RefusedError):
        accounts_of.log_in(badge="B-0001", secret="2580")
    (listed,) = manage(ask, "Cy", "list", {}).result["people"]
    assert (listed["active"], listed["badge"], listed["pin"], listed["password"]) == (False, False, False, False)
    assert "station users restore" in _refused(ask, "set-pin", name="Ann Lee", pin="2580")
    assert "another name" in _refused(ask, "add", name="Ann Lee", role="qa", password="correct horse")
    manage(ask, "Cy", "add", {"name": "Bo", "role": "qa", "badge": "B-0001", "pin": "2580"})
    manage(ask, "Cy", "restore", {"name": "ann lee"})
    assert "Nobody" in _refused(ask, "restore", name="Ann Lee")
    manage(ask, "Cy", "set-password", {"name": "Ann Lee", "password": "battery staple"})
    assert accounts_of.log_in(name="Ann Lee", secret="battery staple").name == "Ann Lee"
    assert "person-removed" in [event for event, _ in audited()]


def test_the_demos_people_log_in_with_what_is_printed(ask: Ask, accounts_of: Accounts) -> None:
    first = make_demo_people(ask)
    assert {person.name: person.role for person in first} == DEMO_PEOPLE
    for person in first:
        assert accounts_of.log_in(badge=person.badge, secret=person.pin).role is person.role
    manage(ask, "Cy", "remove", {"name": "demo-engineer"})
    second = make_demo_people(ask)
    for person, old in zip(second, first, strict=True):
        assert accounts_of.log_in(badge=person.badge, secret=person.pin).role is person.role
        with pytest.raises(RefusedError):
            accounts_of.log_in(badge=old.badge, secret=old.pin)
