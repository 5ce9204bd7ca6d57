import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import apsw
import numpy as np
import pytest
from overruled import overrule

from models.prediction import Defect
from station.journal import queries
from station.journal.errors import RefusedError, StorageError
from station.journal.reader import JournalReader
from station.journal.records import Review
from station.journal.store import Journal
from station.line.inspection import Author, BlobRef, Fault, FaultCode, Inspection, Verdict, VerdictKind, View


def test_a_part_comes_back_whole(
    journal: Journal,
    make_part: Callable[..., Inspection],
    make_view: Callable[..., View],
    make_defect: Callable[[str, float], Defect],
) -> None:
    defects = (make_defect("scratch", 0.9), make_defect("pit", 0.4))
    views = (
        make_view(journal.blobs, 1, defects=defects, truth='{"defects": []}'),
        View("side", "cam2", fault=Fault(FaultCode.CAMERA, "cam2", "no picture; the part is rejected")),
    )
    part = make_part(1, *views, kind=VerdictKind.NG)
    journal.record(part)
    record = journal.part(part.trigger.uid)
    assert record is not None
    back = record.inspection
    assert (back.trigger, back.recipe, back.verdict, back.cycle_ms) == (part.trigger, part.recipe, part.verdict, 42)
    for field in (name for name in View.__slots__ if name != "defects"):
        assert [getattr(view, field) for view in back.views] == [getattr(view, field) for view in views], field
    assert [(d.class_name, d.score) for d in back.views[0].defects] == [("scratch", 0.9), ("pit", 0.4)]
    assert np.array_equal(back.views[0].defects[0].shape.holes[0], defects[0].shape.holes[0])
    assert record.review is Review.PENDING
    assert record.verdicts == (part.verdict,)
    assert journal.part(UUID(int=5)) is None


def test_recording_twice_is_recording_once(journal: Journal, make_part: Callable[..., Inspection]) -> None:
    part = make_part(1)
    journal.record(part)
    journal.record(part)
    assert journal.counts().parts == 1
    assert len(journal.parts().parts) == 1


def test_a_part_without_its_picture_is_not_recorded(
    journal: Journal, make_part: Callable[..., Inspection], make_view: Callable[..., View]
) -> None:
    view = make_view(journal.blobs, 1)
    assert view.image is not None
    journal.blobs.path(view.image.sha256).unlink()
    with pytest.raises(StorageError, match="not stored"):
        journal.record(make_part(1, view))
    assert journal.counts().parts == 0


def test_pages_cover_every_part_once_newest_first(journal: Journal, make_part: Callable[..., Inspection]) -> None:
    for number in range(1, 24):
        journal.record(make_part(number, kind=VerdictKind.NG if number % 3 == 0 else VerdictKind.OK))
    for verdict, expected in ((None, list(range(23, 0, -1))), (VerdictKind.NG, [21, 18, 15, 12, 9, 6, 3])):
        seen: list[int] = []
        after = None
        while True:
            page = journal.parts(verdict=verdict, limit=5, after=after)
            seen += [part.inspection_id for part in page.parts]
            after = page.next_uid
            if after is None:
                break
        assert seen == expected
    assert journal.parts(limit=23).next_uid is None
    with pytest.raises(StorageError, match="no part"):
        journal.parts(after=UUID(int=3))


def test_a_correction_supersedes_and_never_rewrites(journal: Journal, make_part: Callable[..., Inspection]) -> None:
    part = make_part(1, kind=VerdictKind.NOT_DECIDABLE)
    journal.record(part)
    assert [each.uid for each in journal.to_review()] == [part.trigger.uid]
    person = Verdict(VerdictKind.OK, Author.OPERATOR, "only dust", part.verdict.time + timedelta(seconds=9), "Ann")
    overrule(journal, part.trigger.uid, person)
    record = journal.part(part.trigger.uid)
    assert record is not None
    assert record.inspection.verdict == person
    assert record.verdicts == (part.verdict, person)
    assert record.review is Review.DONE
    assert journal.to_review() == ()
    (summary,) = journal.parts().parts
    assert (summary.verdict, summary.by, summary.reason) == (VerdictKind.OK, Author.OPERATOR, "only dust")
    counts = journal.counts()
    assert (counts.parts, counts.ok, counts.ng, counts.not_decidable) == (1, 1, 0, 0)
    with pytest.raises(RefusedError, match="no part"):
        journal.give_verdict(UUID(int=3), person, VerdictKind.OK)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verdicts SET kind = 'OK'",
        "DELETE FROM verdicts",
        "UPDATE audit SET event = 'x'",
        "DELETE FROM audit",
    ],
)
def test_the_database_itself_refuses_to_rewrite(
    journal: Journal, make_part: Callable[..., Inspection], statement: str
) -> None:
    journal.record(make_part(1))
    with pytest.raises(apsw.ConstraintError, match="never"):
        journal._connection.execute(statement)


def test_counts_follow_the_rollup(
    journal: Journal, make_part: Callable[..., Inspection], make_view: Callable[..., View]
) -> None:
    kinds = [VerdictKind.OK, VerdictKind.NG, VerdictKind.OK, VerdictKind.NOT_DECIDABLE]
    for number, kind in enumerate(kinds, 1):
        journal.record(make_part(number, make_view(journal.blobs, number % 2), kind=kind))
    counts = journal.counts()
    assert (counts.parts, counts.ok, counts.ng, counts.not_decidable) == (4, 2, 1, 1)
    assert counts.blobs == 4, "two different pictures with a preview each"
    hours = journal._connection.execute("SELECT DISTINCT hour FROM rollup ORDER BY hour").fetchall()
    assert hours == [("2026-03-01T10",), ("2026-03-01T11",)]


def test_a_restarted_engine_goes_on_counting(
    data_dir: Path, key_path: Path, make_part: Callable[..., Inspection]
) -> None:
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        assert journal.next_inspection_id() == 1
        for number in (1, 2, 70_000, 3):
            journal.record(make_part(number))
    with Journal.open(data_dir, audit_key_path=key_path) as journal:
        assert journal.next_inspection_id() == 70_001
        by_uid = {part.part_id: part.inspection_id for part in journal.parts().parts}
        assert by_uid["P70000"] == 70_000 - 65_535, "a list shows what the PLC saw"


def test_samples_are_kept_for_learning(journal: Journal, make_part: Callable[..., Inspection]) -> None:
    image = journal.blobs.put(b"x", "image/jxl")
    uid = make_part(1).trigger.uid
    journal.add_sample(image, "Mono8", label="good", source="teach", recipe="plate")
    journal.add_sample(image, "Mono8", label="bad", source="qa", recipe="plate", part_uid=uid)
    good, bad = journal.samples("plate")
    assert (good.label, good.part_uid, good.image) == ("good", None, image)
    assert (bad.label, bad.part_uid, bad.source) == ("bad", uid, "qa")
    assert journal.samples("plate", "bad") == (bad,)
    assert journal.samples("other") == ()
    with pytest.raises(StorageError, match="not stored"):
        journal.add_sample(BlobRef("0" * 64, 1, "image/jxl"), "Mono8", label="good", source="teach", recipe="plate")


def test_readers_see_every_part_while_the_writer_works(
    journal: Journal, data_dir: Path, make_part: Callable[..., Inspection]
) -> None:
    with JournalReader(data_dir) as reader:
        for number in range(1, 6):
            journal.record(make_part(number))
            assert reader.counts().parts == number
            assert reader.parts(limit=1).parts[0].inspection_id == number


def test_a_reader_cannot_write(journal: Journal, data_dir: Path, make_part: Callable[..., Inspection]) -> None:
    journal.record(make_part(1))
    with JournalReader(data_dir) as reader, pytest.raises(apsw.ReadOnlyError):
        reader.connection.execute("UPDATE parts SET verdict = 'OK'")


def test_a_folder_that_another_process_writes_is_refused(data_dir: Path, key_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from station.journal.store import Journal\n"
        "with Journal.open(Path(sys.argv[1]), audit_key_path=Path(sys.argv[2])):\n"
        "    print('open', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(data_dir), str(key_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StorageError, match=rf"process {other.pid}\) holds this data folder"):
            Journal.open(data_dir, audit_key_path=key_path, busy_timeout_s=0.1)
        other.kill()
        other.wait()
        Journal.open(data_dir, audit_key_path=key_path).close()
        other.communicate()


def test_a_second_journal_in_this_process_is_refused(journal: Journal, data_dir: Path, key_path: Path) -> None:
    with pytest.raises(StorageError, match="open already"):
        Journal.open(data_dir, audit_key_path=key_path)
    assert journal.counts().parts == 0


def test_a_locked_database_is_an_error_and_then_mends(
    journal: Journal, data_dir: Path, make_part: Callable[..., Inspection]
) -> None:
    journal._connection.set_busy_timeout(50)
    other = apsw.Connection(str(data_dir / "journal.db"))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="another process holds the journal"):
        journal.record(make_part(1))
    other.close()
    journal.record(make_part(1))
    assert journal.counts().parts == 1


def test_closing_twice_does_no_harm(data_dir: Path, key_path: Path) -> None:
    journal = Journal.open(data_dir, audit_key_path=key_path)
    journal.close()
    journal.close()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path, key_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="make the folder"):
        Journal.open(tmp_path / "file" / "data", audit_key_path=key_path)


@pytest.mark.parametrize("statement", [queries._PAGE, queries._PAGE_OF_VERDICT, queries._TO_REVIEW])
def test_no_list_walks_through_history(journal: Journal, statement: str) -> None:
    """Every list is found by an index and comes out of it in order, at ten parts as at ten million."""
    marks = ("1",) * statement.count("?")
    plan = [row[3] for row in journal._connection.execute(f"EXPLAIN QUERY PLAN {statement}", marks)]
    assert plan
    assert not [step for step in plan if "TEMP B-TREE" in step or (step.startswith("SCAN") and "INDEX" not in step)]
