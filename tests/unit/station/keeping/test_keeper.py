"""Retention in steps: what goes, what stays whatever the rules say, and how much is done at once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from station.journal.errors import StorageError
from station.journal.records import PartRecord
from station.journal.removals import Why
from station.journal.store import Journal
from station.journal.verify import verify
from station.keeping import keeper as module
from station.keeping import pinned
from station.keeping.keeper import (
    AFTER_TROUBLE_S,
    BUSY_STEP_S,
    REST_S,
    SETTLE_S,
    STEP_S,
    Keeper,
)
from station.keeping.table import RetentionTable
from station.line.inspection import Author, Verdict, VerdictKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OK, NG, NOT_DECIDABLE = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
Record = Callable[..., UUID]


class Line:
    """A keeper and the seconds that pass for it; `free_mb` is what the disk says."""

    def __init__(self, journal: Journal, data: Path, **table: object) -> None:
        self.journal = journal
        self.seconds = 0.0
        self.now = NOW
        rules = RetentionTable.model_validate(table).rules
        self.keeper = Keeper(data, rules, lambda: self.seconds, lambda: self.now)

    def step(self, *, busy: bool = False) -> bool:
        self.seconds += STEP_S
        return self.keeper.step(self.journal, busy=busy)

    def run(self, steps: int = 60) -> None:
        for _ in range(steps):
            self.step()


@pytest.fixture
def gone(journal: Journal) -> Callable[[UUID], bool]:
    def is_gone(uid: UUID) -> bool:
        record = journal.part(uid)
        assert isinstance(record, PartRecord)
        assert record.inspection.views[0].image is not None
        return not journal.blobs.has(record.inspection.views[0].image)

    return is_gone


def test_old_parts_lose_their_pictures_by_verdict_and_class(
    journal: Journal, data: Path, key: Path, record: Record, gone: Callable[[UUID], bool]
) -> None:
    ages = {
        record(40): True,
        record(20): False,
        record(400, NG, "scratch"): True,
        record(400, NG, "crack"): False,
        record(40, NG, "dust"): True,
        record(40, NG, "dust", "scratch"): False,
        record(4000, NOT_DECIDABLE): False,
    }
    # The journal's order is that of commits; these commit in any order of age, and the walk ends at the first too young.
    line = Line(journal, data, ok_days=30, ng_days=365, class_days={"dust": 7, "crack": 3650})
    line.run()
    assert {uid: gone(uid) for uid in ages} == ages
    report = verify(data, key)
    assert report.ok
    assert [(each.why, each.parts) for each in report.removals] == [("retention", 3)]
    assert report.audit.entries == 2, "one entry for a whole walk"


def test_nothing_goes_without_rules_but_what_was_asked_for(journal: Journal, data: Path, record: Record) -> None:
    uid = record(10_000)
    line = Line(journal, data)
    line.run(10)
    assert journal.part(uid).removed is None  # type: ignore[union-attr]
    journal.removals.remove([1], Why.REQUEST, author="Ana", reason="asked")
    assert line.step(), "more to do"
    assert not list(data.glob("blobs/*/*")), "the files are gone at once"
    assert journal.files_to_unlink() == 2, "and for good a little later"
    line.seconds += SETTLE_S
    line.run(4)
    assert journal.files_to_unlink() == 0
    assert not line.step()


def test_what_somebody_said_something_of_stays(
    journal: Journal, data: Path, record: Record, gone: Callable[[UUID], bool]
) -> None:
    decided, golden, held, of_lot, in_time, in_dataset, plain = (
        record(100 + number, part_id=f"{'L7-' if number == 3 else 'L77-'}{number}") for number in (6, 5, 4, 3, 2, 1, 0)
    )
    journal.give_verdict(decided, Verdict(OK, Author.OPERATOR, "", NOW, "Ann"), OK)
    (data / "desk").mkdir()
    chosen = [{"recipe": "cup", "view": "top", "uid": str(golden), "by": "E", "time": NOW.isoformat()}]
    (data / "desk" / "golden.json").write_text(json.dumps({"version": 1, "chosen": chosen}))
    journal.holds.place("Ann", "court", part=held)
    journal.holds.place("Ann", "court", lot="L7")
    begin = NOW - timedelta(days=102, hours=1)
    journal.holds.place("Ann", "court", since=begin, until=begin + timedelta(hours=2))
    view = journal.part(in_dataset).inspection.views[0]  # type: ignore[union-attr]
    (data / "datasets" / "cup").mkdir(parents=True)
    lines = [{"name": "cup"}, {"part": str(in_dataset), "image": view.image.sha256}]  # type: ignore[union-attr]
    (data / "datasets" / "cup" / f"{'a' * 64}.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines))
    line = Line(journal, data, ok_days=30)
    line.run()
    kept = {decided, golden, held, of_lot, in_time, in_dataset}
    assert {uid for uid in (*kept, plain) if gone(uid)} == {plain}
    journal.holds.end(2, "Ann", "settled")
    line.seconds += REST_S
    line.run()
    assert gone(of_lot), "once its hold has ended, at the next walk"
    assert not gone(held)


@pytest.mark.parametrize("broken", ["datasets", "golden"])
def test_where_nobody_can_tell_what_must_stay_nothing_goes(
    journal: Journal,
    data: Path,
    record: Record,
    gone: Callable[[UUID], bool],
    broken: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    uid = record(100)
    path = data / ("desk/golden.json" if broken == "golden" else f"datasets/cup/{'a' * 64}.jsonl")
    path.parent.mkdir(parents=True)
    path.write_text('{"name": "x"}\n{"image": ')
    line = Line(journal, data, ok_days=30)
    line.run()
    assert not gone(uid)
    assert f"no picture is removed: {path}" in caplog.text
    path.unlink()
    line.seconds += REST_S
    line.run()
    assert gone(uid)


def test_a_large_dataset_is_read_a_little_at_a_step(
    journal: Journal, data: Path, record: Record, gone: Callable[[UUID], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinned, "LINES_AT_ONCE", 10)
    uid = record(100)
    (data / "datasets" / "cup").mkdir(parents=True)
    lines = ['{"name": "cup"}', *(json.dumps({"image": f"{number:064x}"}) for number in range(95))]
    (data / "datasets" / "cup" / f"{'a' * 64}.jsonl").write_text("\n".join(lines))
    line = Line(journal, data, ok_days=30)
    line.run(9)
    assert not gone(uid)
    line.run()
    assert gone(uid)


def test_a_step_is_small_and_no_step_comes_too_soon(
    journal: Journal, data: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in (("LOOK_AT", 6), ("REMOVE", 3), ("UNLINK", 4), ("SETTLE", 5)):
        assert 0 < getattr(module, name) <= 32
        monkeypatch.setattr(module, name, few)
    parts = 20
    for _ in range(parts):
        record(100)
    line = Line(journal, data, ok_days=30)
    before, files, pending, most = 0, 2 * parts, 0, 0
    for number in range(120):
        line.step(busy=number % 2 == 1)
        removed = verify_count(journal)
        left = len(list(data.glob("blobs/*/*")))
        now_pending = journal.files_to_unlink()
        assert removed - before <= 3
        assert files - left <= 4, "files go in steps of their own"
        assert pending - now_pending <= 5
        before, files, pending, most = removed, left, now_pending, max(most, removed - before)
        assert not line.keeper.step(journal, busy=False) or verify_count(journal) == removed, "too soon"
    assert most == 3
    assert (removed, files, pending) == (parts, 0, 0)
    line.seconds += BUSY_STEP_S
    assert not line.step(), "nothing to do before the next walk"


def test_steps_are_rarer_while_parts_wait(
    journal: Journal, data: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REMOVE", 2)
    for _ in range(10):
        record(100)
    line = Line(journal, data, ok_days=30)
    assert BUSY_STEP_S > STEP_S
    for _ in range(8):
        line.step(busy=True)
    assert verify_count(journal) == 8, "every other time"


def verify_count(journal: Journal) -> int:
    return journal.counts().parts - journal.parts_with_pictures(OK, NOW)


class Disk:
    """A disk of so many bytes, on which only the store's pictures lie."""

    def __init__(self, data: Path, size: int) -> None:
        self.data, self.size = data, size

    def free(self, _: Path) -> int:
        return self.size - sum(path.stat().st_size for path in self.data.glob("blobs/*/*"))


def test_room_is_made_from_the_oldest_good_parts_on_and_no_more_than_needed(
    journal: Journal, data: Path, record: Record, gone: Callable[[UUID], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = [record(9, NG), record(8, NG)]
    monkeypatch.setattr(module, "REMOVE", 4)
    good = [record(7 - number / 10) for number in range(20)]
    for_good = record(9, NOT_DECIDABLE)
    young = record(0.5)
    one = sum(path.stat().st_size for path in data.glob("blobs/*/*")) // 24
    disk = Disk(data, 1_000_000 + 14 * one)
    monkeypatch.setattr(module, "free_space", disk.free)
    line = Line(journal, data, ok_days=365, ng_days=365, free_mb=1)
    line.run(200)
    assert disk.free(data) >= 1_000_000
    count = sum(map(gone, good))
    assert [gone(uid) for uid in good] == [number < count for number in range(20)], "the oldest first"
    assert 10 <= count <= 10 + 4
    assert not any(map(gone, [*bad, for_good, young]))
    disk.size -= 200 * one
    line.run(400)
    assert all(map(gone, [*good, *bad])), "bad ones when no good one is left"
    assert not any(map(gone, [for_good, young])), "never what no rule lets go one day, or what is too young"
    assert disk.free(data) < 1_000_000, "so the line stops at its own mark, as ever"


def test_one_part_that_a_wrong_clock_dated_holds_up_no_other(
    journal: Journal, data: Path, record: Record, gone: Callable[[UUID], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AT", 3)
    ages = {record(age): age > 30 for age in (40, -9999, 40, 40, 1, 1, 1, 1)}
    line = Line(journal, data, ok_days=30)
    line.run(20)
    assert {uid: gone(uid) for uid in ages} == ages


def test_room_is_made_once_the_datasets_can_be_read_again(
    journal: Journal, data: Path, record: Record, gone: Callable[[UUID], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = record(9)
    monkeypatch.setattr(module, "free_space", lambda _: 0 if not gone(uid) else 2_000_000)
    path = data / "datasets" / "cup" / f"{'a' * 64}.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text('{"name": "x"}\n{"image": ')
    line = Line(journal, data, ok_days=365, free_mb=1)
    line.run(20)
    assert not gone(uid)
    path.unlink()
    line.run(100)
    assert gone(uid), "long before the next walk of retention"


def test_a_disk_that_cannot_be_helped_is_said_once(
    journal: Journal, data: Path, record: Record, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    record(9, NG)
    monkeypatch.setattr(module, "free_space", lambda _: 0)
    line = Line(journal, data, ok_days=365, free_mb=1)
    line.run(300)
    assert caplog.text.count("no picture may be removed") == 1


def test_a_removal_that_fails_is_tried_again_later_and_does_not_stop_the_line(
    journal: Journal,
    data: Path,
    record: Record,
    gone: Callable[[UUID], bool],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    old = record(40)
    line = Line(journal, data, ok_days=30)
    tries: list[float] = []

    def fail(_limit: int) -> tuple[str, ...]:
        tries.append(line.seconds)
        raise StorageError("the table is damaged")

    with monkeypatch.context() as broken:
        broken.setattr(journal.removals, "doomed", fail)
        line.run(50)
    assert len(tries) == 1
    assert "no picture is removed for now: the table is damaged" in caplog.text
    assert not gone(old)
    line.seconds += AFTER_TROUBLE_S
    line.run(200)
    assert gone(old)
