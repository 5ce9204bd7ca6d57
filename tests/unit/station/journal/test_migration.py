"""From a journal of version 1 to this one: nothing changes but what is added, and a kill at any step is harmless."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from station.journal.connection import open_writer
from station.journal.schema import APPLICATION_ID, VERSION, migrate
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Inspection, VerdictKind, View

SCHEMA_1 = Path(sys.modules[migrate.__module__].__file__ or "").with_name("schema_0001.sql")

VERSION_1_ROWS = """
INSERT INTO meta VALUES ('site', 'hall 3');
INSERT INTO parts VALUES (1, '00000000-0000-7000-8000-000000000001', 5, 1, 5, 'P5', 0, '2026-01-01T00:00:00.000000+00:00',
    1, 'plate', 1, 'cd', 'NG', 'rules', '', 'scratch', 0.9, 1, 'scratch', 'plate/1', 80, 'pending');
INSERT INTO blobs VALUES ('{hash}', 3, 'image/jxl');
INSERT INTO views VALUES (1, 0, 'top', 'cam', 1, 32, 24, 'Mono8', '{hash}', '{hash}', 'plate', '1', 'ef', 0.9, NULL, NULL,
    NULL, '{{}}');
INSERT INTO verdicts VALUES (1, 1, 'NG', 'rules', '', 'scratch', '2026-01-01T00:00:00.000000+00:00');
INSERT INTO samples VALUES (1, '{hash}', 'Mono8', 'OK', 'taught', NULL, 'plate', '2026-01-01T00:00:00.000000+00:00');
INSERT INTO rollup VALUES ('2026-01-01T00', 'plate', 'NG', 1);
""".format(hash="a" * 64)

MIGRATE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from station.journal.connection import open_writer
from station.journal.schema import migrate
path, last = Path(sys.argv[1]), int(sys.argv[2])
connection = open_writer(path, 1.0)
done = 0
def trace(*_):
    global done
    if done == last:
        os.kill(os.getpid(), signal.SIGKILL)
    done += 1
    return True
connection.exec_trace = trace
migrate(connection, path)
print(done)
"""


@pytest.fixture
def path(data_dir: Path) -> Path:
    """A journal as the first version left it, with a part in it."""
    data_dir.mkdir()
    path = data_dir / "journal.db"
    connection = open_writer(path, 1.0)
    connection.execute(SCHEMA_1.read_text() + VERSION_1_ROWS)
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", 1)
    connection.close()
    return path


def _tables(connection: apsw.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = ["meta", "parts", "blobs", "verdicts", "samples", "rollup", "counters"]
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_a_journal_of_version_1_keeps_all_it_has(path: Path, data_dir: Path, key_path: Path) -> None:
    connection = open_writer(path, 1.0)
    before = _tables(connection)
    assert not migrate(connection, path)
    assert connection.pragma("user_version") == VERSION
    after = _tables(connection)
    assert after.pop("parts") == [(*row, 0, None) for row in before.pop("parts")], "no labels, nothing removed"
    assert after.pop("verdicts") == [(*row, "[]") for row in before.pop("verdicts")], "no findings yet"
    assert after.pop("blobs") == [(*row, 1) for row in before.pop("blobs")], "in how many views each is"
    assert after == before
    connection.close()
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        (summary,) = journal.parts().parts
        record = journal.part(summary.uid)
        assert record is not None
        assert record.inspection.verdict.kind is VerdictKind.NG
        assert record.inspection.verdict.findings == ()
        assert record.inspection.views[0].heat_map is None
        assert (record.inspection.views[0].limits, record.inspection.views[0].defects_left_out) == (None, 0)
        assert len(journal.samples("plate")) == 1


def test_a_kill_in_the_middle_of_a_step_leaves_the_version_before(path: Path) -> None:
    """At the n-th statement, for every n until one run gets through: old and whole, then new and whole."""
    statements = 0
    while True:
        command = [sys.executable, "-c", MIGRATE_AND_DIE, str(path), str(statements)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL, run.stderr
        with apsw.Connection(str(path)) as left:
            assert left.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            version = left.pragma("user_version")
            assert version < VERSION
            names = {name for (name,) in left.execute("SELECT name FROM sqlite_schema")}
            assert ("annotations" in names, "people" in names) == (version > 1, version > 1)
            columns = {row[1] for row in left.execute("PRAGMA table_info(verdicts)")}
            assert ("findings" in columns) == (version > 2)
            assert left.execute("SELECT count(*) FROM parts").fetchone() == (1,)
        left.close()
        statements += 4
    assert statements > 12, "the script was killed in its middle more than once"
    with apsw.Connection(str(path)) as done:
        assert done.pragma("user_version") == VERSION
        assert done.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    done.close()


def test_new_parts_stand_beside_old_ones(
    path: Path, data_dir: Path, key_path: Path, make_part: Callable[..., Inspection], make_view: Callable[..., View]
) -> None:
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        journal.blobs.put(b"x", "image/jxl")
        journal.record(make_part(6, make_view(journal.blobs, 1)))
        assert journal.counts().parts == 2
    assert verify(data_dir, key_path).audit.ok
