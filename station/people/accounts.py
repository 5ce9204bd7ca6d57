"""Logging in and the care of accounts: the rules, and what of them is done on which thread.

A person logs in with a badge and a PIN, or with a name and a password. What a secret is compared with is argon2id (RFC
9106) over a keyed hash of it; the key lies outside the data folder, so that a stolen database gives nobody's PIN away.
Hashing takes its time on purpose and is never done on the writer's thread: `Ask` goes there only for the tables.
"""

import hmac
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from station.journal.audit import AuditEvent
from station.journal.errors import Refusal, RefusedError
from station.journal.people import Account, Tries, name_key
from station.journal.store import Journal
from station.people.hashing import hashed, is_secret, nobodys_hash
from station.people.roles import Person, Preferences

T = TypeVar("T")

MAX_TRIES = 5
LOCK_OUT = timedelta(minutes=15)

WRONG_LOGIN = "Badge and PIN, or name and password, do not belong together."
LOCKED_OUT = (
    f"Locked after {MAX_TRIES} wrong tries, for {LOCK_OUT.seconds // 60} minutes. An administrator can unlock it."
)


class Ask(Protocol):
    """Has the journal's writer do something on its own thread, and waits for it; what it raises comes out."""

    def __call__(self, work: Callable[[Journal], T], /) -> T:
        """Do `work` there and return what it returned."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try to log in: for whom, and what the secret must match."""

    key: bytes
    who: bytes
    account: Account | None
    wanted: str
    means: str


class Accounts:
    """The people of a station. Any thread may call, none that anybody waits for: a log-in takes a moment.

    One log-in is looked at after the other, so that any number of them takes no more than one core and 64 MiB.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._one_at_a_time = threading.Lock()

    def log_in(self, *, badge: str = "", name: str = "", secret: str) -> Person:
        """Return the person whose badge and PIN, or name and password, these are.

        A badge or name that nobody has is answered in the same words, after the same time and the same number of tries
        as a wrong PIN. A try counts before it is looked at, so that no crash and no haste gives one away.

        Raises
        ------
        RefusedError
            `WRONG_LOGIN`, `LOCKED_OUT`, or `BAD_VALUE` where there is not exactly one of badge and name.
        StorageError
            If the journal cannot take it.
        """
        if bool(badge) == bool(name):
            raise RefusedError(Refusal.BAD_VALUE, "Log in with a badge or with a name.")
        with self._one_at_a_time:
            attempt = self._ask(lambda journal: _begin(journal, badge.strip(), name))
            right = matches(attempt.key, attempt.wanted, secret)
            return self._ask(lambda journal: _end(journal, attempt, right=right))

    def log_out(self, person: Person, why: str) -> None:
        """Note that somebody's session ended: "asked for", "idle", "the account was changed"."""
        details = {"author": person.name, "why": why}
        self._ask(lambda journal: journal.audit(AuditEvent.LOGGED_OUT, details))

    def prefer(self, person: Person, wishes: Mapping[str, str | bool]) -> Person:
        """Change what a person wants of every screen; return the person as they are now.

        Raises
        ------
        RefusedError
            If there is no such wish, or the account is gone.
        """

        def change(journal: Journal) -> Person:
            account = known(journal, person.name)
            preferences = _preferences(account.person.preferences, wishes)
            changed = replace(account, person=replace(account.person, preferences=preferences))
            journal.people.change(changed, None, {})
            return changed.person

        return self._ask(change)


def known(journal: Journal, name: str) -> Account:
    """Return the account of somebody who is there. Raises `RefusedError` otherwise."""
    account = journal.people.by_name(name)
    if account is None or not account.active:
        left = " any more; `station users restore` brings an account back" if account else ""
        raise RefusedError(Refusal.BAD_VALUE, f"There is nobody called {name!r} here{left}.")
    return account


def lock_id(key: bytes, account: Account) -> bytes:
    """Return under what an account's tries are counted."""
    return keyed(key, "person", name_key(account.person.name))


def badge_hash(key: bytes, badge: str) -> bytes:
    """Return what is kept of a badge: enough to know it again, and to nobody without the key."""
    return keyed(key, "badge", badge.strip())


def hash_secret(key: bytes, secret: str) -> str:
    """Return what is kept of a PIN or password; takes about 0.15 s and 64 MiB on purpose."""
    return hashed(keyed(key, "secret", secret))


def matches(key: bytes, wanted: str, secret: str) -> bool:
    """Whether this is the secret; takes as long as `hash_secret`."""
    return is_secret(wanted, keyed(key, "secret", secret))


def keyed(key: bytes, kind: str, text: str) -> bytes:
    """HMAC-SHA256 of a text of a kind."""
    return hmac.digest(key, f"{kind}:{text}".encode(), "sha256")


def _begin(journal: Journal, badge: str, name: str) -> _Attempt:
    """Count the try and find out what it must match."""
    people, now = journal.people, journal.people.now()
    key = people.key
    account = people.by_badge(badge_hash(key, badge)) if badge else people.by_name(name)
    means = "badge" if badge else "name"
    who = lock_id(key, account) if account else keyed(key, f"nobody's {means}", badge or name_key(name))
    tries = people.tries(who)
    if tries.locked_until is not None:
        if now < tries.locked_until:
            raise RefusedError(Refusal.LOCKED_OUT, LOCKED_OUT)
        tries = Tries()
    if tries.count >= MAX_TRIES:  # a crash came between the last try and its lock
        _lock(journal, who, account, tries, now)
    people.set_tries(who, Tries(tries.count + 1))
    secret = None if account is None or not account.active else account.pin if badge else account.password
    return _Attempt(key, who, account, secret or nobodys_hash(), means)


def _end(journal: Journal, attempt: _Attempt, *, right: bool) -> Person:
    """Let the person in, or refuse and lock; the account may have been changed meanwhile."""
    people = journal.people
    account = people.by_name(attempt.account.person.name) if attempt.account else None
    if right and account is not None and account == attempt.account:
        details = {"author": account.person.name, "role": account.person.role.value, "means": attempt.means}
        people.set_tries(attempt.who, Tries(), AuditEvent.LOGGED_IN, details)
        return account.person
    tries = people.tries(attempt.who)
    if tries.count >= MAX_TRIES:
        _lock(journal, attempt.who, account, tries, people.now())
    people.set_tries(attempt.who, tries, AuditEvent.LOGIN_REFUSED, _for_whom(account) | {"means": attempt.means})
    raise RefusedError(Refusal.WRONG_LOGIN, WRONG_LOGIN)


def _lock(journal: Journal, who: bytes, account: Account | None, tries: Tries, now: datetime) -> None:
    locked = Tries(tries.count, now + LOCK_OUT)
    journal.people.set_tries(who, locked, AuditEvent.LOCKED_OUT, _for_whom(account))
    raise RefusedError(Refusal.LOCKED_OUT, LOCKED_OUT)


def _for_whom(account: Account | None) -> dict[str, str]:
    """What nobody has is not written down: people type their PIN where the name belongs."""
    return {"author": account.person.name if account else ""}


def _preferences(now: Preferences, wishes: Mapping[str, str | bool]) -> Preferences:
    kinds = {field.name: type(getattr(now, field.name)) for field in fields(Preferences)}
    for key, value in wishes.items():
        if key not in kinds:
            raise RefusedError(Refusal.BAD_VALUE, f"There is no preference {key!r}; there are: {', '.join(kinds)}.")
        if type(value) is not kinds[key] or (isinstance(value, str) and len(value) > 32):
            raise RefusedError(Refusal.BAD_VALUE, f"{value!r} is nothing that {key!r} can be.")
    return Preferences(**(asdict(now) | dict(wishes)))
