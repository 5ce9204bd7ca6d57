"""Opening the journal's database, transactions in it, and its errors in words."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import apsw

from station.journal.errors import NoJournalError, StorageError

SAFE_SQLITE = 3054000
"""SQLite up to 3.51.2 can corrupt a WAL database in use by two connections (the WAL-reset bug); 3.54 is mended."""

_REMEDIES: dict[type[apsw.Error], str] = {
    apsw.FullError: "the disk is full: free some space or move the data folder to a larger disk",
    apsw.BusyError: "another process holds the journal: end it, or wait for it to finish",
    apsw.LockedError: "another process holds the journal: end it, or wait for it to finish",
    apsw.ReadOnlyError: "give the station's user write access to the data folder",
    apsw.CantOpenError: "check that the file is there and that the station's user may read and write it",
    apsw.CorruptError: "the database is damaged: restore it from a backup and check the disk",
    apsw.NotADBError: "the file is not a journal: restore it from a backup or choose another data folder",
    apsw.IOError: "the disk fails or is full: check free space, the kernel log and the disk's health",
}


def check_sqlite_version() -> None:
    """Refuse an SQLite with the WAL-reset bug."""
    if apsw.SQLITE_VERSION_NUMBER < SAFE_SQLITE:
        raise StorageError(
            f"SQLite {apsw.sqlite_lib_version()} can corrupt a journal in use; install apsw 3.54 or later"
        )


@contextlib.contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn every error of SQLite into a `StorageError` with file, cause and remedy."""
    try:
        yield
    except apsw.Error as error:
        remedy = next((text for kind, text in _REMEDIES.items() if isinstance(error, kind)), "")
        raise StorageError(f"{path}: {error}; {remedy or 'this is a fault in the station: keep the log'}") from error


def open_writer(path: Path, busy_timeout_s: float) -> apsw.Connection:
    """Open the database for writing, made where it is not: WAL, synchronous FULL, foreign keys.

    FULL costs one fsync a commit, and it is what makes a commit survive a power cut; NORMAL loses the latest ones.
    """
    check_sqlite_version()
    with storage_errors(path):
        connection = apsw.Connection(str(path))
        try:
            _configure(connection, path, busy_timeout_s)
        except BaseException:
            connection.close()
            raise
    return connection


def _configure(connection: apsw.Connection, path: Path, busy_timeout_s: float) -> None:
    connection.set_busy_timeout(round(busy_timeout_s * 1000))
    connection.pragma("foreign_keys", True)
    if connection.pragma("journal_mode", "wal") != "wal":
        raise StorageError(f"{path}: this file system cannot hold a WAL database; put the data folder on a local disk")
    connection.pragma("synchronous", "full")
    connection.pragma("journal_size_limit", 64 * 1024 * 1024)


def open_reader(path: Path, busy_timeout_s: float) -> apsw.Connection:
    """Open the database for reading only, beside a writer in this process or another.

    Raises
    ------
    NoJournalError
        If there is no such file.
    """
    check_sqlite_version()
    if not path.is_file():
        raise NoJournalError(
            f"{path}: there is no journal here; give the data folder of a station that has run with --data"
        )
    with storage_errors(path):
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        connection.set_busy_timeout(round(busy_timeout_s * 1000))
    return connection


@contextlib.contextmanager
def transaction(connection: apsw.Connection, path: Path) -> Iterator[None]:
    """Run the block as one transaction that takes the write lock at once; any error undoes all of it."""
    with storage_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
