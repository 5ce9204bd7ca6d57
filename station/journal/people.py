"""The accounts' tables: who there is, and the tries to log in, which outlive a restart. Each change enters the audit chain.

What they mean is decided in `station.people.accounts`; secrets come here only as hashes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from station.journal.audit import AuditChain, AuditEvent
from station.journal.connection import storage_errors, transaction
from station.journal.records import time_text
from station.people.roles import Person, Preferences, Role

REMEMBERED = timedelta(days=1)
"""Tries to log in are forgotten after so long: what was typed at a screen may be anything."""

_ACCOUNTS = "SELECT name, role, preferences, badge, pin, password, active, created FROM people"
_ADD = """
INSERT INTO people (name, name_key, role, preferences, badge, pin, password, active, created)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
_CHANGE = """
UPDATE OR IGNORE people SET role = ?, preferences = ?, badge = ?, pin = ?, password = ?, active = ? WHERE name_key = ?"""
_TRIES = "SELECT tries, locked_until FROM login_tries WHERE who = ?"
_SET_TRIES = """
INSERT INTO login_tries (who, tries, locked_until, time) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (who) DO UPDATE SET tries = ?2, locked_until = ?3, time = ?4"""
_FORGET_TRIES = "DELETE FROM login_tries WHERE time < ?"


@dataclass(frozen=True, slots=True)
class Account:
    """A row of `people`; `badge` is a keyed hash, `pin` and `password` are argon2id hashes, each None where there is none."""

    person: Person
    badge: bytes | None
    pin: str | None
    password: str | None
    active: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries to log in as one person since the last that was right."""

    count: int = 0
    locked_until: datetime | None = None


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return " ".join(name.split()).casefold()


class PeopleStore:
    """The tables of people, over the connection of the journal's writer and on its thread.

    Every method raises `StorageError` when the database cannot be read or written.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        path: Path,
        chain: AuditChain,
        now: Callable[[], datetime],
        anchor: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._path = path
        self._chain = chain
        self._now = now
        self._anchor = anchor

    @property
    def key(self) -> bytes:
        """The key of badges and secrets: kept outside the data folder, as the audit key that it comes from."""
        return self._chain.derived_key("people")

    def now(self) -> datetime:
        """The journal's clock."""
        return self._now()

    def all(self) -> tuple[Account, ...]:
        """List everybody, whoever left included, by name."""
        return self._accounts(f"{_ACCOUNTS} ORDER BY name_key")

    def by_name(self, name: str) -> Account | None:
        """Find somebody by name, without regard to case."""
        return self._one("name_key = ?", name_key(name))

    def by_badge(self, badge: bytes) -> Account | None:
        """Find somebody by the keyed hash of a badge."""
        return self._one("badge = ?", badge)

    def add(self, account: Account, details: Mapping[str, str]) -> bool:
        """Add somebody; False when the name or the badge is taken, also by somebody who left."""
        key = name_key(account.person.name)
        values = (account.person.name, key, *_columns(account), time_text(account.created))
        return self._write(_ADD, values, AuditEvent.PERSON_ADDED, details)

    def change(self, account: Account, event: AuditEvent | None, details: Mapping[str, str]) -> bool:
        """Change the account of that name; False when its new badge is taken. Without `event` the audit chain is not told."""
        return self._write(_CHANGE, (*_columns(account), name_key(account.person.name)), event, details)

    def tries(self, who: bytes) -> Tries:
        """Return the tries to log in as `who`."""
        with storage_errors(self._path):
            row: Any = self._connection.execute(_TRIES, (who,)).fetchone()
        if row is None:
            return Tries()
        return Tries(row[0], datetime.fromisoformat(row[1]) if row[1] else None)

    def set_tries(
        self, who: bytes, tries: Tries, event: AuditEvent | None = None, details: Mapping[str, str] | None = None
    ) -> None:
        """Note the tries to log in as `who`, and forget whom nobody tried to be for `REMEMBERED`; durable on return."""
        now = self._now()
        locked_until = time_text(tries.locked_until) if tries.locked_until else None
        with transaction(self._connection, self._path):
            self._connection.execute(_FORGET_TRIES, (time_text(now - REMEMBERED),))
            self._connection.execute(_SET_TRIES, (who, tries.count, locked_until, time_text(now)))
            if event is not None:
                self._chain.append(event, details or {}, now)
        if event is not None:
            self._anchor()

    def _write(
        self, statement: str, values: tuple[Any, ...], event: AuditEvent | None, details: Mapping[str, str]
    ) -> bool:
        with transaction(self._connection, self._path):
            self._connection.execute(statement, values)
            if self._connection.changes() != 1:
                return False
            if event is not None:
                self._chain.append(event, details, self._now())
        if event is not None:
            self._anchor()
        return True

    def _one(self, condition: str, value: str | bytes) -> Account | None:
        found = self._accounts(f"{_ACCOUNTS} WHERE {condition}", value)
        return found[0] if found else None

    def _accounts(self, statement: str, *values: str | bytes) -> tuple[Account, ...]:
        with storage_errors(self._path):
            return tuple(_account(row) for row in self._connection.execute(statement, values).fetchall())


def _columns(account: Account) -> tuple[str | bytes | int | None, ...]:
    person = account.person
    preferences = json.dumps(asdict(person.preferences), ensure_ascii=False)
    return person.role.value, preferences, account.badge, account.pin, account.password, int(account.active)


def _account(row: tuple[Any, ...]) -> Account:
    name, role, preferences, badge, pin, password, active, created = row
    known = {field.name for field in fields(Preferences)}
    wishes = Preferences(**{key: value for key, value in json.loads(preferences).items() if key in known})
    person = Person(name, Role(role), wishes)
    return Account(person, badge, pin, password, bool(active), datetime.fromisoformat(created))
