"""Removing pictures: what goes, what stays, what is durable before what, and that the audit chain knows all of it."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import apsw
import pytest

from labeling.annotation import Annotation
from station.journal import removals as module
from station.journal.errors import PictureRemovedError, RefusedError, StorageError
from station.journal.reader import JournalReader
from station.journal.removals import Why
from station.journal.review_queries import ReviewQueries
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Inspection, Verdict, VerdictKind, View
from station.review.queue import QueueFilter

MakePart = Callable[..., Inspection]
MakeView = Callable[..., View]


@pytest.fixture
def parts(journal: Journal, make_part: MakePart, make_view: MakeView) -> list[Inspection]:
    """Four recorded parts, each with a picture of its own."""
    made = [make_part(number, make_view(journal.blobs, number)) for number in range(1, 5)]
    for part in made:
        journal.record(part)
    return made


def files(data_dir: Path) -> set[str]:
    with JournalReader(data_dir) as reader:
        return set(reader.blobs.hashes())


def pictures(part: Inspection) -> set[str]:
    return {ref.sha256 for view in part.views for ref in (view.image, view.preview) if ref}


def rows(journal: Journal) -> list[int]:
    return [each.row for each in journal.removals.candidates(VerdictKind.OK, 0, 100)]


def unlink_all(journal: Journal) -> int:
    return journal.removals.finish()


def test_rows_and_hashes_stay_and_verify_says_who_and_why(
    journal: Journal, data_dir: Path, key_path: Path, parts: list[Inspection]
) -> None:
    removed = journal.removals.remove(rows(journal)[:1], Why.REQUEST, author="Ana", reason="customer Acme asked")
    assert (removed.files, removed.shared) == (2, 0)
    assert removed.size_bytes > 100
    assert unlink_all(journal) == 2
    assert files(data_dir) == set().union(*map(pictures, parts[1:]))
    report = verify(data_dir, key_path)
    assert report.ok
    assert (report.parts, report.blobs, report.missing_blobs, report.removed_blobs) == (4, 8, 0, 2)
    (said,) = report.removals
    assert (said.why, said.author, said.reason, said.parts) == ("request", "Ana", "customer Acme asked", 1)
    record = journal.part(parts[0].trigger.uid)
    assert record is not None
    assert record.inspection.views[0].image == parts[0].views[0].image
    assert record.removed is not None
    assert record.removed.words == "the pictures were removed on request by Ana on 2026-03-01 (customer Acme asked)"
    assert rows(journal) == [2, 3, 4]


def test_a_part_without_its_picture_waits_for_no_reviewer(
    journal: Journal, data_dir: Path, parts: list[Inspection]
) -> None:
    def waiting() -> set[UUID]:
        with JournalReader(data_dir) as reader:
            queries = ReviewQueries(reader)
            uids = {item.uid for item in queries.page(QueueFilter()).items}
            assert queries.count(QueueFilter()) == len(uids)
            return uids

    assert waiting() == {part.trigger.uid for part in parts}
    journal.removals.remove(rows(journal)[:2], Why.RETENTION)
    assert waiting() == {part.trigger.uid for part in parts[2:]}


def test_readers_say_why_a_picture_is_not_there(journal: Journal, data_dir: Path, parts: list[Inspection]) -> None:
    journal.removals.remove(rows(journal)[:1], Why.RETENTION)
    journal.removals.remove(rows(journal)[:1], Why.ROOM)
    unlink_all(journal)
    words = ["removed by the rules of retention on 2026-03-01", "removed on 2026-03-01 to make room on the disk"]
    with JournalReader(data_dir) as reader:
        for part, said in zip(parts, words, strict=False):
            for sha256 in pictures(part):
                assert said in reader.why_removed(sha256)
                with pytest.raises(PictureRemovedError, match=said):
                    reader.blobs.get(sha256)
        assert reader.why_removed(min(pictures(parts[2]))) == ""
        reader.blobs.path(min(pictures(parts[2]))).unlink()
        with pytest.raises(StorageError, match="missing; restore it"):
            reader.blobs.get(min(pictures(parts[2])))


def test_a_picture_that_another_part_shows_goes_with_the_last_of_them(
    journal: Journal, data_dir: Path, make_part: MakePart, make_view: MakeView
) -> None:
    for number in (1, 2):
        journal.record(make_part(number, make_view(journal.blobs, 9)))
    assert journal.removals.remove(rows(journal)[:1], Why.RETENTION).shared == 2
    assert unlink_all(journal) == 0
    assert len(files(data_dir)) == 2
    assert journal.removals.remove(rows(journal)[:1], Why.RETENTION).files == 2
    assert unlink_all(journal) == 2
    assert not files(data_dir)


def test_a_picture_that_comes_again_is_there_again(
    journal: Journal, data_dir: Path, key_path: Path, make_part: MakePart, make_view: MakeView
) -> None:
    """As one that is replayed from a folder: its file may be doomed, or gone, when the next part with it is taken."""
    journal.record(make_part(1, make_view(journal.blobs, 9)))
    journal.removals.remove(rows(journal), Why.RETENTION)
    view = make_view(journal.blobs, 9)  # put, as the file is still there
    assert unlink_all(journal) == 0, "a part that is about to be recorded shows it"
    journal.record(make_part(2, view))
    assert unlink_all(journal) == 0, "no longer doomed"
    assert verify(data_dir, key_path).ok
    journal.removals.remove(rows(journal), Why.RETENTION)
    gone = journal.removals.unlink(journal.removals.doomed(9))
    assert len(gone) == 2
    journal.record(make_part(3, make_view(journal.blobs, 9)))
    journal.removals.remove(rows(journal), Why.RETENTION)
    journal.removals.settle(gone)
    assert journal.files_to_unlink() == 2, "they came again, and went again: they are still there"
    assert unlink_all(journal) == 2
    journal.record(make_part(4, make_view(journal.blobs, 9)))
    report = verify(data_dir, key_path)
    assert report.ok
    assert (report.removed_blobs, len(files(data_dir))) == (0, 2)


def test_samples_stay_unless_a_request_names_their_part(
    journal: Journal, data_dir: Path, parts: list[Inspection], person_verdict: Verdict
) -> None:
    first, second = (part.trigger.uid for part in parts[:2])
    for uid in (first, second):
        journal.give_verdict(uid, person_verdict, VerdictKind.OK)
    candidates = journal.removals.candidates(VerdictKind.NG, 0, 10)
    assert [each.kept for each in candidates] == [True, True]
    assert journal.removals.remove([candidates[0].row], Why.RETENTION).shared == 1, "the sample's picture stays"
    assert journal.removals.remove([candidates[1].row], Why.REQUEST, author="A", reason="b").files == 2
    unlink_all(journal)
    left = files(data_dir)
    assert pictures(parts[0]) & left == {parts[0].views[0].image.sha256}  # type: ignore[union-attr]
    assert not pictures(parts[1]) & left
    assert [sample.part_uid for sample in journal.samples("plate")] == [first]


def test_nobody_decides_or_outlines_what_nobody_sees(journal: Journal, parts: list[Inspection]) -> None:
    journal.removals.remove(rows(journal)[:1], Why.RETENTION)
    uid, when = parts[0].trigger.uid, parts[0].trigger.time
    good = Verdict(VerdictKind.OK, parts[0].verdict.by, "", when, "Ann")
    with pytest.raises(RefusedError, match="what nobody sees cannot be OK"):
        journal.give_verdict(uid, good, VerdictKind.OK)
    drawn = Annotation(uuid4(), None, "Ann", when, (32, 24))
    with pytest.raises(RefusedError, match="was removed, so there is nothing to outline"):
        journal.annotate(uid, "top", None, drawn)


def test_the_parts_of_a_removal_are_sealed_when_it_is_full_or_closed(
    journal: Journal, data_dir: Path, key_path: Path, parts: list[Inspection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_OF_ONE", 2)
    for row in rows(journal)[:3]:
        journal.removals.remove([row], Why.RETENTION)
    assert verify(data_dir, key_path).audit.entries == 2, "the first two parts; the third waits for its fellows"
    journal.removals.close_open()
    journal.removals.close_open()
    report = verify(data_dir, key_path)
    assert (report.audit.entries, report.ok) == (3, True)
    assert [each.parts for each in report.removals] == [3]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE removals SET author = 'Eve' WHERE id = 1",
        "UPDATE parts SET removal = 1 WHERE id = 4",
        "INSERT INTO removed_blobs SELECT image, 1, 1 FROM views WHERE part = 4",
        "INSERT INTO removals (why, author, reason, begun, sealed) VALUES ('request', 'Eve', 'x', '2026', '2026')",
        "DELETE FROM removed_blobs",
    ],
)
def test_what_was_written_behind_the_chains_back_is_found(
    data_dir: Path, key_path: Path, make_part: MakePart, make_view: MakeView, tampering: str
) -> None:
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        for number in range(1, 5):
            journal.record(make_part(number, make_view(journal.blobs, number)))
        journal.removals.remove([1], Why.REQUEST, author="Ana", reason="asked")
        unlink_all(journal)
    assert verify(data_dir, key_path).ok
    connection = apsw.Connection(str(data_dir / "journal.db"))
    for trigger in ("removals_no_update", "removals_no_delete", "parts_removed_once"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(tampering)
    connection.close()
    assert not verify(data_dir, key_path).ok


@pytest.mark.parametrize("statement", ["UPDATE removals SET reason = 'x'", "DELETE FROM removals"])
def test_a_removal_is_never_taken_back(
    journal: Journal, parts: list[Inspection], data_dir: Path, statement: str
) -> None:
    journal.removals.remove([1], Why.REQUEST, author="Ana", reason="asked")
    with pytest.raises(apsw.ConstraintError, match="removals are never"):
        apsw.Connection(str(data_dir / "journal.db")).execute(statement)


@pytest.fixture
def killed(data_dir: Path, key_path: Path, make_part: MakePart, make_view: MakeView) -> tuple[Path, list[Inspection]]:
    """A journal whose process ended between the row that dooms pictures and their end."""
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        made = [make_part(number, make_view(journal.blobs, number)) for number in (1, 2)]
        for part in made:
            journal.record(part)
        journal.removals.remove([1], Why.RETENTION)
    return data_dir, made


def test_what_was_only_written_down_is_done_at_the_next_start(
    killed: tuple[Path, list[Inspection]], key_path: Path
) -> None:
    data_dir, made = killed
    assert pictures(made[0]) <= files(data_dir)
    with JournalReader(data_dir) as reader:
        assert reader.files_to_unlink() == 2
    with Journal.open(data_dir, audit_key_path=key_path):
        assert files(data_dir) == pictures(made[1])
    report = verify(data_dir, key_path)
    assert (report.ok, report.removed_blobs, report.audit.entries) == (True, 2, 2)
