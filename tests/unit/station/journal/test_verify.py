from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from station.journal.errors import NoJournalError, StorageError
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Inspection, View


@pytest.fixture
def recorded(
    data_dir: Path, key_path: Path, make_part: Callable[..., Inspection], make_view: Callable[..., View]
) -> list[Path]:
    """Three parts in a closed journal; the files of their pictures."""
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        views = [make_view(journal.blobs, number) for number in range(3)]
        for number, view in enumerate(views, 1):
            journal.record(make_part(number, view))
        return [journal.blobs.path(view.image.sha256) for view in views]


def test_a_whole_journal(data_dir: Path, key_path: Path, recorded: list[Path]) -> None:
    report = verify(data_dir, key_path)
    assert report.ok
    assert (report.parts, report.blobs, report.orphan_blobs, report.audit.entries) == (3, 6, 0, 1)


def test_missing_and_changed_pictures_are_named(
    data_dir: Path, key_path: Path, recorded: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    recorded[0].unlink()
    data = bytearray(recorded[1].read_bytes())
    data[len(data) // 2] ^= 1
    recorded[1].write_bytes(data)
    report = verify(data_dir, key_path)
    assert not report.ok
    assert (report.missing_blobs, report.corrupt_blobs, report.blobs) == (1, 1, 6)
    assert recorded[0].name in caplog.text
    assert recorded[1].name in caplog.text


def test_orphans_are_counted_and_harmless(data_dir: Path, key_path: Path, recorded: list[Path]) -> None:
    recorded[0].with_name("f" * 64).write_bytes(b"")
    report = verify(data_dir, key_path)
    assert report.ok
    assert report.orphan_blobs == 1


def test_a_view_that_names_no_known_picture_is_missing(data_dir: Path, key_path: Path, recorded: list[Path]) -> None:
    connection = apsw.Connection(str(data_dir / "journal.db"))
    connection.execute(
        "UPDATE views SET image = NULL WHERE part = 1; DELETE FROM blobs WHERE sha256 = ?", (recorded[1].name,)
    )
    connection.close()
    report = verify(data_dir, key_path)
    assert (report.missing_blobs, report.ok) == (2, False)


def test_a_cut_audit_trail_fails(data_dir: Path, key_path: Path, recorded: list[Path]) -> None:
    connection = apsw.Connection(str(data_dir / "journal.db"))
    connection.execute("DROP TRIGGER audit_no_delete; DELETE FROM audit")
    connection.close()
    report = verify(data_dir, key_path)
    assert not report.ok
    assert report.audit.entries == 0


def test_without_the_right_key_the_trail_counts_as_unproven(
    data_dir: Path, tmp_path: Path, key_path: Path, recorded: list[Path]
) -> None:
    report = verify(data_dir, tmp_path / "no.key")
    assert (report.ok, report.audit.entries) == (False, 1)
    (tmp_path / "other.key").write_bytes(b"k" * 32)
    (tmp_path / "other.key").chmod(0o600)
    assert "not the key" in verify(data_dir, tmp_path / "other.key").audit.problem


def test_it_runs_beside_the_writer(
    journal: Journal,
    data_dir: Path,
    key_path: Path,
    make_part: Callable[..., Inspection],
    make_view: Callable[..., View],
) -> None:
    journal.record(make_part(1, make_view(journal.blobs, 1)))
    make_view(journal.blobs, 2)
    report = verify(data_dir, key_path)
    assert report.ok
    assert (report.parts, report.blobs, report.orphan_blobs) == (1, 2, 2)


def test_no_journal_and_a_damaged_one(data_dir: Path, key_path: Path, recorded: list[Path]) -> None:
    with pytest.raises(NoJournalError):
        verify(data_dir / "elsewhere", key_path)
    database = data_dir / "journal.db"
    data = bytearray(database.read_bytes())
    for page in range(2, len(data) // 4096, 2):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    database.write_bytes(data)
    with pytest.raises(StorageError, match="damaged"):
        verify(data_dir, key_path)
