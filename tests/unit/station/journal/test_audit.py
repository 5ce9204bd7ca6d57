import stat
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from overruled import overrule

from station.journal.audit import (
    AuditEntry,
    AuditEvent,
    AuditReport,
    anchors_path,
    check_chain,
    default_key_path,
    make_key,
    read_anchors,
    read_key,
)
from station.journal.errors import StorageError
from station.journal.store import Journal
from station.line.inspection import Inspection, Verdict

UNGUARD = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;"


@pytest.fixture
def trail(data_dir: Path, key_path: Path) -> Path:
    """A closed journal with five entries; its database."""
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        for number in range(4):
            journal.audit(AuditEvent.RECIPE_IN_USE, {"recipe": f"plate-{number}"})
    return data_dir / "journal.db"


def _check(database: Path, key_path: Path) -> AuditReport:
    connection = apsw.Connection(str(database))
    rows = connection.execute("SELECT seq, time, event, details, mac FROM audit ORDER BY seq").fetchall()
    ((journal_id,),) = connection.execute("SELECT value FROM meta WHERE key = 'journal_id'").fetchall()
    connection.close()
    anchors = read_anchors(anchors_path(key_path, journal_id))
    return check_chain([AuditEntry(*row) for row in rows], read_key(key_path), journal_id, anchors)


def _tamper(database: Path, statement: str) -> None:
    connection = apsw.Connection(str(database))
    connection.execute(UNGUARD + statement)
    connection.close()


def test_an_untouched_trail_is_whole(trail: Path, key_path: Path) -> None:
    assert _check(trail, key_path) == AuditReport(5, "")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE audit SET details = replace(details, 'plate-1', 'plate-9') WHERE seq = 3", "entry 3 was changed"),
        ("UPDATE audit SET time = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 2", "entry 2 was changed"),
        ("UPDATE audit SET event = 'station-stopped' WHERE seq = 5", "entry 5 was changed"),
        ("UPDATE audit SET mac = zeroblob(32) WHERE seq = 5", "entry 5 was changed"),
        ("DELETE FROM audit WHERE seq = 3", "entry 3 is missing"),
        ("DELETE FROM audit WHERE seq = 1", "entry 1 is missing"),
        ("DELETE FROM audit WHERE seq = 5", "the chain was cut: entry 5"),
        ("DELETE FROM audit WHERE seq > 2", "the chain was cut: entry 5"),
        ("DELETE FROM audit", "the chain was cut: entry 5"),
        ("DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3", "entry 3 was changed"),
        ("INSERT INTO audit SELECT 6, time, event, details, mac FROM audit WHERE seq = 5", "entry 6 was changed"),
    ],
)
def test_every_tampering_is_noticed(trail: Path, key_path: Path, statement: str, problem: str) -> None:
    _tamper(trail, statement)
    assert _check(trail, key_path).problem.startswith(problem)


def test_a_cut_trail_that_grew_again_is_noticed(trail: Path, data_dir: Path, key_path: Path) -> None:
    _tamper(trail, "DELETE FROM audit WHERE seq > 3")
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        for _ in range(4):
            journal.audit(AuditEvent.STATION_STARTED, {})
        events = journal._connection.execute("SELECT event FROM audit WHERE seq = 4").fetchall()
    assert events == [("chain-broken",)]
    assert not _check(trail, key_path).ok


def test_lost_anchors_are_noticed(trail: Path, key_path: Path) -> None:
    (anchors,) = key_path.parent.glob("*.anchors")
    anchors.unlink()
    assert _check(trail, key_path).problem.startswith("the anchors are missing")


def test_an_anchor_line_cut_by_a_power_failure_does_not_count(trail: Path, data_dir: Path, key_path: Path) -> None:
    (anchors,) = key_path.parent.glob("*.anchors")
    whole = anchors.read_bytes()
    anchors.write_bytes(whole[:-10])
    assert len(read_anchors(anchors)) == 4
    Journal.open(data_dir, audit_key_path=key_path).close()
    assert _check(trail, key_path) == AuditReport(5, "")


def test_a_long_file_of_anchors_is_mended_at_its_end_alone(trail: Path, data_dir: Path, key_path: Path) -> None:
    (anchors,) = key_path.parent.glob("*.anchors")
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        for number in range(80):
            journal.audit(AuditEvent.RECIPE_IN_USE, {"number": str(number)})
    whole = anchors.read_bytes()
    assert len(whole) > 5000
    anchors.write_bytes(whole + b"999 ab")
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        journal.audit(AuditEvent.RECIPE_IN_USE, {"number": "80"})
    written = anchors.read_bytes()
    assert written.startswith(whole)
    assert written.count(b"\n") == whole.count(b"\n") + 1
    assert _check(trail, key_path).problem == ""


def test_a_file_of_no_anchors_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("nonsense\n")
    with pytest.raises(StorageError, match="not a file of audit anchors"):
        read_anchors(tmp_path / "x")


def test_opening_again_adds_nothing(trail: Path, data_dir: Path, key_path: Path) -> None:
    (anchors,) = key_path.parent.glob("*.anchors")
    before = anchors.read_bytes()
    Journal.open(data_dir, audit_key_path=key_path).close()
    assert anchors.read_bytes() == before
    assert _check(trail, key_path) == AuditReport(5, "")


def test_a_persons_verdict_enters_the_trail(
    journal: Journal, make_part: Callable[..., Inspection], person_verdict: Verdict
) -> None:
    part = make_part(1)
    journal.record(part)
    overrule(journal, part.trigger.uid, person_verdict)
    ((event, details),) = journal._connection.execute("SELECT event, details FROM audit WHERE seq = 2").fetchall()
    assert event == "person-verdict"
    assert '"author": "Ann"' in details
    assert str(part.trigger.uid) in details


def test_what_cannot_be_anchored_is_recorded_and_anchored_later(
    journal: Journal, key_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (anchors,) = key_path.parent.glob("*.anchors")
    anchors.rename(key_path.parent / "kept")
    anchors.mkdir()
    journal.audit(AuditEvent.STATION_STARTED, {})
    assert "recorded but not anchored" in caplog.text
    anchors.rmdir()
    (key_path.parent / "kept").rename(anchors)
    journal.audit(AuditEvent.STATION_STOPPED, {})
    assert [seq for seq, _ in read_anchors(anchors)] == [1, 3]


def test_another_key_is_refused(trail: Path, data_dir: Path, tmp_path: Path, key_path: Path) -> None:
    other = tmp_path / "other.key"
    make_key(other)
    with pytest.raises(StorageError, match="another key"):
        Journal.open(data_dir, audit_key_path=other)
    with pytest.raises(StorageError, match="the audit key is missing"):
        Journal.open(data_dir, audit_key_path=tmp_path / "none.key")
    assert not (tmp_path / "none.key").exists(), "no new key for an old journal"
    assert _check(trail, key_path).ok


def test_keys_are_private_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "audit.key"
    key = make_key(path)
    assert len(key) == 32
    assert make_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    path.chmod(0o644)
    with pytest.raises(StorageError, match="chmod 600"):
        read_key(path)
    path.write_bytes(b"short")
    with pytest.raises(StorageError, match="32 bytes"):
        read_key(path)


def test_the_key_lies_in_the_users_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_key_path() == tmp_path / "inspection-station" / "audit.key"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", "/home/someone")
    assert default_key_path() == Path("/home/someone/.config/inspection-station/audit.key")
