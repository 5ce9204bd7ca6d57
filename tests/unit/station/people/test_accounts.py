"""Logging in: who gets in, who is locked out and for how long, and what nobody learns from an answer."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import apsw
import pytest
from argon2 import extract_parameters

from station.desk.messages import Refusal
from station.journal.errors import RefusedError
from station.journal.store import Journal
from station.people import accounts
from station.people.accounts import MAX_TRIES, Accounts, Ask
from station.people.hashing import nobodys_hash
from station.people.manage import manage
from station.people.roles import Person, Preferences, Role

Audited = Callable[[], list[tuple[str, str]]]


class Clock(Protocol):
    def advance(self, minutes: float) -> None: ...


def _refused(call: Callable[[], object]) -> tuple[Refusal, str]:
    with pytest.raises(RefusedError) as refused:
        call()
    return refused.value.refusal, str(refused.value)


def test_badge_and_pin_or_name_and_password(accounts_of: Accounts, ann: dict[str, str], audited: Audited) -> None:
    person = Person("Ann Lee", Role.OPERATOR)
    assert accounts_of.log_in(badge="B-0001\r\n", secret="2580") == person
    assert accounts_of.log_in(name="ann  LEE", secret="correct horse") == person
    accounts_of.log_out(person, "idle")
    assert [event for event, _ in audited()] == ["person-added", "logged-in", "logged-in", "logged-out"]
    assert '"means": "badge"' in audited()[1][1]
    assert '"why": "idle"' in audited()[3][1]


@pytest.mark.parametrize(
    "login",
    [
        {"badge": "B-0001", "secret": "2581"},
        {"badge": "B-0001", "secret": ""},
        {"badge": "B-0001", "secret": "correct horse"},
        {"name": "Ann Lee", "secret": "2580"},
        {"badge": "B-0009", "secret": "2580"},
        {"name": "Nobody", "secret": "correct horse"},
    ],
)
def test_every_wrong_login_is_answered_alike(
    accounts_of: Accounts, ann: dict[str, str], audited: Audited, login: dict[str, str]
) -> None:
    answers = [_refused(lambda: accounts_of.log_in(**login)) for _ in range(MAX_TRIES + 2)]
    assert answers[: MAX_TRIES - 1] == [(Refusal.WRONG_LOGIN, accounts.WRONG_LOGIN)] * (MAX_TRIES - 1)
    assert answers[MAX_TRIES - 1 :] == [(Refusal.LOCKED_OUT, accounts.LOCKED_OUT)] * 3
    events = [event for event, _ in audited()][1:]
    assert events == ["login-refused"] * (MAX_TRIES - 1) + ["locked-out"], "what comes while it is locked is not news"


@pytest.mark.parametrize("login", [{}, {"badge": "B-0001", "name": "Ann Lee"}])
def test_one_of_badge_and_name(accounts_of: Accounts, login: dict[str, str]) -> None:
    assert _refused(lambda: accounts_of.log_in(**login, secret="2580"))[0] is Refusal.BAD_VALUE


def test_a_right_login_forgets_the_wrong_ones(accounts_of: Accounts, ann: dict[str, str]) -> None:
    for _ in range(3):
        for _ in range(MAX_TRIES - 1):
            _refused(lambda: accounts_of.log_in(badge="B-0001", secret="9999"))
        assert accounts_of.log_in(badge="B-0001", secret="2580").name == "Ann Lee"


def _lock(accounts_of: Accounts) -> None:
    for _ in range(MAX_TRIES):
        _refused(lambda: accounts_of.log_in(badge="B-0001", secret="9999"))


def test_a_lock_out_ends_by_itself(accounts_of: Accounts, ann: dict[str, str], clock: Clock) -> None:
    _lock(accounts_of)
    clock.advance(14.9)
    right = {"badge": "B-0001", "secret": "2580"}
    assert _refused(lambda: accounts_of.log_in(**right))[0] is Refusal.LOCKED_OUT
    by_name = {"name": "Ann Lee", "secret": "correct horse"}
    assert _refused(lambda: accounts_of.log_in(**by_name))[0] is Refusal.LOCKED_OUT, (
        "the person is locked, not the badge"
    )
    clock.advance(0.2)
    for _ in range(MAX_TRIES - 1):
        assert _refused(lambda: accounts_of.log_in(badge="B-0001", secret="9999"))[0] is Refusal.WRONG_LOGIN
    assert accounts_of.log_in(**right).name == "Ann Lee"


def test_an_administrator_unlocks(accounts_of: Accounts, ask: Ask, ann: dict[str, str], audited: Audited) -> None:
    _lock(accounts_of)
    (listed,) = manage(ask, "Cy", "list", {}).result["people"]
    assert listed["locked_until"] == "2026-03-01T10:15:00+00:00"
    result = manage(ask, "Cy", "unlock", {"name": "ann lee"})
    assert result.result["person"]["locked_until"] is None
    assert result.ended == ""
    assert accounts_of.log_in(badge="B-0001", secret="2580").name == "Ann Lee"
    assert ("unlocked", '{"author": "Ann Lee", "by": "Cy"}') in audited()


def test_tries_outlive_a_restart(open_journal: Callable[[], Journal]) -> None:
    def log_in(secret: str) -> Refusal:
        with open_journal() as journal:
            accounts_of = Accounts(lambda work: work(journal))
            return _refused(lambda: accounts_of.log_in(badge="B-0001", secret=secret))[0]

    with open_journal() as journal:
        details = {"name": "Ann", "role": "qa", "badge": "B-0001", "pin": "2580"}
        manage(lambda work: work(journal), "setup", "add", details)
    answers = [log_in("9999") for _ in range(MAX_TRIES)]
    assert answers == [Refusal.WRONG_LOGIN] * (MAX_TRIES - 1) + [Refusal.LOCKED_OUT]
    assert log_in("2580") is Refusal.LOCKED_OUT


def test_a_crash_while_a_secret_is_looked_at_gives_no_try_away(
    accounts_of: Accounts, ann: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing:
        crashing.setattr(accounts, "matches", crash)
        for _ in range(MAX_TRIES):
            with pytest.raises(KeyboardInterrupt):
                accounts_of.log_in(badge="B-0001", secret="2580")
    assert _refused(lambda: accounts_of.log_in(badge="B-0001", secret="2580"))[0] is Refusal.LOCKED_OUT


def test_who_was_removed_meanwhile_does_not_get_in(
    accounts_of: Accounts, ask: Ask, ann: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def remove_first(*_: object) -> bool:
        manage(ask, "Cy", "remove", {"name": "Ann Lee"})
        return True

    monkeypatch.setattr(accounts, "matches", remove_first)
    assert _refused(lambda: accounts_of.log_in(badge="B-0001", secret="2580"))[0] is Refusal.WRONG_LOGIN


def test_tries_as_nobody_are_forgotten_after_a_day(accounts_of: Accounts, journal: Journal, clock: Clock) -> None:
    for number in range(3):
        _refused(lambda n=number: accounts_of.log_in(name=f"nobody {n}", secret="x"))
    count = "SELECT count(*) FROM login_tries"
    assert journal._connection.execute(count).fetchone() == (3,)
    clock.advance(24 * 60 + 1)
    _refused(lambda: accounts_of.log_in(name="nobody at all", secret="x"))
    assert journal._connection.execute(count).fetchone() == (1,)


def test_nobody_finds_a_secret_in_the_database(journal: Journal, accounts_of: Accounts, ann: dict[str, str]) -> None:
    _refused(lambda: accounts_of.log_in(name="hunter2-typed-here", secret="x"))
    everything = "".join(
        str(row)
        for (table,) in journal._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for row in journal._connection.execute(f"SELECT * FROM {table}")
    )
    for secret in ("B-0001", "2580", "correct horse", "hunter2"):
        assert secret not in everything


def test_the_key_is_not_in_the_data_folder(journal: Journal, tmp_path: Path) -> None:
    key = journal.people.key
    assert len(key) == 32
    for path in (tmp_path / "data").rglob("*"):
        if path.is_file():
            assert key not in path.read_bytes()
    assert key != (tmp_path / "config" / "audit.key").read_bytes()


def test_the_parameters_are_those_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    stated = extract_parameters(nobodys_hash())
    assert (stated.time_cost, stated.memory_cost, stated.parallelism) == (3, 64 * 1024, 1)
    real = accounts.hash_secret(b"k" * 32, "2580")
    assert extract_parameters(real) == stated, "whom nobody knows takes as long as whom somebody does"
    assert accounts.matches(b"k" * 32, real, "2580")
    assert not accounts.matches(b"k" * 32, real, "2581")
    assert not accounts.matches(b"K" * 32, real, "2580"), "a stolen database is of no use without the key"
    assert not accounts.matches(b"k" * 32, nobodys_hash(), "2580")


def test_log_ins_are_looked_at_one_after_the_other(
    accounts_of: Accounts, ann: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, most = 0, 0
    go = threading.Event()

    def slow(*_: object) -> bool:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        go.wait(0.05)
        inside -= 1
        return True

    monkeypatch.setattr(accounts, "matches", slow)
    threads = [
        threading.Thread(target=lambda: accounts_of.log_in(badge="B-0001", secret="2580"), daemon=True)
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 1


# Preferences ----------------------------------------------------------------------------------------------------------


def test_preferences_are_kept(accounts_of: Accounts, ann: dict[str, str], audited: Audited) -> None:
    person = accounts_of.log_in(badge="B-0001", secret="2580")
    changed = accounts_of.prefer(person, {"language": "de", "left_handed": True})
    assert changed.preferences == Preferences("de", left_handed=True)
    again = accounts_of.prefer(person, {"theme": "night"})
    assert again.preferences == Preferences("de", left_handed=True, theme="night"), "what another screen chose stays"
    assert accounts_of.log_in(badge="B-0001", secret="2580") == again
    assert [event for event, _ in audited()].count("person-changed") == 0, "how a screen looks is nobody's business"


@pytest.mark.parametrize("wishes", [{"colour": "red"}, {"language": True}, {"sound": "yes"}, {"theme": "x" * 33}])
def test_wishes_that_cannot_be(accounts_of: Accounts, ann: dict[str, str], wishes: dict[str, str | bool]) -> None:
    person = accounts_of.log_in(badge="B-0001", secret="2580")
    assert _refused(lambda: accounts_of.prefer(person, wishes))[0] is Refusal.BAD_VALUE


def test_a_damaged_hash_lets_nobody_in(accounts_of: Accounts, journal: Journal, ann: dict[str, str]) -> None:
    journal._connection.execute("UPDATE people SET pin = 'x'")
    assert _refused(lambda: accounts_of.log_in(badge="B-0001", secret="2580"))[0] is Refusal.WRONG_LOGIN


def test_people_are_never_deleted(journal: Journal, ann: dict[str, str]) -> None:
    with pytest.raises(apsw.ConstraintError, match="never"):
        journal._connection.execute("DELETE FROM people")
