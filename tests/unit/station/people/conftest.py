"""A journal for accounts, and hashing that takes no time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from argon2 import PasswordHasher

from station.journal.store import Journal
from station.people import hashing
from station.people.accounts import Accounts, Ask
from station.people.manage import manage

T = TypeVar("T")


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def open_journal(tmp_path: Path, clock: Clock) -> Callable[[], Journal]:
    return lambda: Journal.open(tmp_path / "data", audit_key_path=tmp_path / "config" / "audit.key", now=clock)


@pytest.fixture
def journal(open_journal: Callable[[], Journal]) -> Iterator[Journal]:
    with open_journal() as journal:
        yield journal


@pytest.fixture
def ask(journal: Journal) -> Ask:
    def ask(work: Callable[[Journal], T], /) -> T:
        return work(journal)

    return ask


@pytest.fixture
def accounts_of(ask: Ask) -> Accounts:
    return Accounts(ask)


@pytest.fixture
def ann(ask: Ask) -> dict[str, str]:
    """Somebody with badge, PIN and password."""
    details = {"name": "Ann Lee", "role": "operator", "badge": "B-0001", "pin": "2580", "password": "correct horse"}
    manage(ask, "setup", "add", details)
    return details


@pytest.fixture
def audited(journal: Journal) -> Callable[[], list[tuple[str, str]]]:
    """Return event and details of every audit entry after the journal's first."""

    def audited() -> list[tuple[str, str]]:
        rows = journal._connection.execute("SELECT event, details FROM audit WHERE seq > 1 ORDER BY seq")
        return [(str(event), str(details)) for event, details in rows]

    return audited
