"""The journal's tables and how an older journal becomes a newer one: forward only, each step in a transaction."""

from importlib.resources import files
from pathlib import Path

import apsw

from station.journal.connection import storage_errors, transaction
from station.journal.errors import StorageError

APPLICATION_ID = 0x49535441
"""Marks the file as a journal of this program ("ISTA"); see PRAGMA application_id."""

MIGRATIONS = (
    "schema_0001.sql",
    "schema_0002.sql",
    "schema_0003.sql",
    "schema_0004.sql",
    "schema_0005.sql",
    "schema_0006.sql",
)
"""Step n leads to version n; a released step never changes."""

VERSION = len(MIGRATIONS)


def migrate(connection: apsw.Connection, path: Path) -> bool:
    """Bring the database to this program's version; return whether it was empty before.

    Raises
    ------
    StorageError
        If the file belongs to another program or a newer version of this one; it is not touched then.
    """
    with storage_errors(path):
        version = _version(connection, path)
        for number, name in enumerate(MIGRATIONS[version:], version + 1):
            script = files("station.journal").joinpath(name).read_text(encoding="utf-8")
            with transaction(connection, path):
                connection.execute(script)
                connection.pragma("application_id", APPLICATION_ID)
                connection.pragma("user_version", number)
    return version == 0


def check_readable(connection: apsw.Connection, path: Path) -> None:
    """Refuse to read a journal of another version: a reader cannot migrate it."""
    with storage_errors(path):
        version = _version(connection, path)
    if version < VERSION:
        raise StorageError(
            f"{path}: the journal has version {version}, this program reads {VERSION}; run the station on it once"
        )


def _version(connection: apsw.Connection, path: Path) -> int:
    application, version = connection.pragma("application_id"), connection.pragma("user_version")
    if version > VERSION and application == APPLICATION_ID:
        raise StorageError(
            f"{path}: the journal has version {version}, this program knows {VERSION}; update the station"
        )
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    if application != APPLICATION_ID and not empty:
        raise StorageError(f"{path}: the database belongs to another program; choose another data folder")
    return int(version)
