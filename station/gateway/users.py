"""Who may log in over OPC UA: names, roles and argon2id hashes in `<data>/opcua/users.json`, its owner's alone."""

import logging
import threading
from pathlib import Path

from pydantic import Field

from plc.opcua.ports import Role, User
from station.gateway.files import Stored, read_stored, replace_stored
from station.people.credentials import check_name, check_password
from station.people.hashing import hashed, is_secret, nobodys_hash
from station.toml_file import ConfigError

log = logging.getLogger(__name__)

USERS_FILE = "users.json"
_REMEDY = "restore it, or delete it and add the users again with `station opcua users add`"
_PRIVATE = 0o600
_NOBODYS = nobodys_hash()


class UserEntry(Stored):
    """One user."""

    role: str
    password: str


class UsersFile(Stored):
    """Content of the file."""

    users: dict[str, UserEntry] = Field(default_factory=dict)


class UserFile:
    """The file, read anew at every question: a change counts at the next log-in, without a restart."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / USERS_FILE
        self._one_at_a_time = threading.Lock()

    def names(self) -> dict[str, Role]:
        """Return the users and their roles. Raises `ConfigError` when the file cannot be read."""
        return {name: Role[entry.role] for name, entry in self._read().users.items()}

    def check(self, name: str, password: str) -> User | None:
        """Return the user, None for a wrong name or password. One at a time: each takes 64 MiB and a moment."""
        with self._one_at_a_time:
            try:
                entry = self._read().users.get(name)
            except ConfigError as error:
                log.error("nobody can log in over OPC UA: %s", error)
                return None
            right = is_secret(entry.password if entry is not None else _NOBODYS, password)
        return User(name, Role[entry.role]) if right and entry is not None else None

    def add(self, name: str, role: Role, password: str) -> None:
        """Add a user, or give one another role and password.

        Raises
        ------
        RefusedError
            If name or password will not do.
        ConfigError, StorageError
            If the file cannot be read or written.
        """
        entry = UserEntry(role=role.name, password=hashed(check_password(password)))
        replace_stored(self._path, UsersFile(users={**self._read().users, check_name(name): entry}), mode=_PRIVATE)

    def remove(self, name: str) -> None:
        """Remove a user; a session that is open goes on until it ends. Raises `ConfigError`, `StorageError`."""
        users = dict(self._read().users)
        if users.pop(name, None) is None:
            raise ConfigError(f"there is no OPC UA user {name!r}; `station opcua users` lists them")
        replace_stored(self._path, UsersFile(users=users), mode=_PRIVATE)

    def _read(self) -> UsersFile:
        return read_stored(self._path, UsersFile, _REMEDY) or UsersFile()
