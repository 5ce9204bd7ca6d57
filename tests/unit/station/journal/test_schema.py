from pathlib import Path

import apsw
import pytest

from station.journal.connection import open_reader, open_writer, transaction
from station.journal.errors import NoJournalError, StorageError
from station.journal.schema import APPLICATION_ID, VERSION, check_readable, migrate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def _new(path: Path) -> None:
    connection = open_writer(path, 1.0)
    assert migrate(connection, path)
    connection.close()


def test_a_new_journal_is_marked_and_of_this_version(path: Path) -> None:
    connection = open_writer(path, 1.0)
    assert migrate(connection, path)
    assert not migrate(connection, path), "the second time nothing is left to do"
    assert connection.pragma("user_version") == VERSION
    assert connection.pragma("application_id") == APPLICATION_ID
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 2, "FULL"
    assert connection.pragma("foreign_keys") == 1
    connection.close()


def test_a_newer_journal_is_left_alone(path: Path) -> None:
    _new(path)
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", VERSION + 1)
    with pytest.raises(StorageError, match="update the station"):
        migrate(connection, path)
    with pytest.raises(StorageError, match="update the station"):
        check_readable(connection, path)
    assert connection.pragma("user_version") == VERSION + 1
    connection.close()


def test_an_older_journal_is_not_read_before_it_is_migrated(path: Path) -> None:
    _new(path)
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", VERSION - 1)
    with pytest.raises(StorageError, match="run the station on it once"):
        check_readable(connection, path)
    connection.close()


def test_the_database_of_another_program_is_refused(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(StorageError, match="another program"):
        migrate(connection, path)
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("songs",)]
    connection.close()


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match="not a journal"):
        open_writer(path, 1.0)


def test_a_step_that_fails_leaves_the_version_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.journal.schema.MIGRATIONS", ("schema_0001.sql", "schema_9999.sql"))

    class Step:
        def __init__(self, name: str) -> None:
            self.name = name

        def read_text(self, encoding: str) -> str:
            assert encoding == "utf-8"
            return "CREATE TABLE a (b INTEGER);" + ("nonsense" if "9999" in self.name else "")

    class Folder:
        def joinpath(self, name: str) -> Step:
            return Step(name)

    monkeypatch.setattr("station.journal.schema.files", lambda _: Folder())
    connection = open_writer(path, 1.0)
    with pytest.raises(StorageError):
        migrate(connection, path)
    assert connection.pragma("user_version") == 1
    connection.close()


def test_a_reader_of_nothing_says_so(path: Path) -> None:
    with pytest.raises(NoJournalError, match="--data"):
        open_reader(path, 1.0)
    assert not path.exists()


def test_an_sqlite_with_the_wal_bug_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apsw, "SQLITE_VERSION_NUMBER", 3051002)
    with pytest.raises(StorageError, match="install apsw"):
        open_writer(path, 1.0)


def _insert(connection: apsw.Connection, path: Path, *values: int) -> None:
    with transaction(connection, path):
        for value in values:
            connection.execute("INSERT INTO t VALUES (?)", (1 // value,))


def test_an_error_undoes_the_whole_transaction(path: Path) -> None:
    connection = open_writer(path, 1.0)
    connection.execute("CREATE TABLE t (x INTEGER UNIQUE)")
    with pytest.raises(StorageError):
        _insert(connection, path, 1, 1)
    with pytest.raises(ZeroDivisionError):
        _insert(connection, path, 1, 0)
    assert connection.execute("SELECT * FROM t").fetchall() == []
    assert not connection.in_transaction
    connection.close()
