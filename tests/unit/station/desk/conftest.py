import pytest
from argon2 import PasswordHasher

from station.desk import people
from station.people import hashing


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash secrets as quickly as can be; how slow it must be is for the tests of accounts."""
    monkeypatch.setattr(people, "LOG_IN_S", 0.0)
    monkeypatch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
