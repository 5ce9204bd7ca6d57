"""The recorder lets old pictures go, also while the disk is too full to go on: that is what may mend it."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from station.journal.disk import Watermark
from station.journal.records import utc_now
from station.journal.store import Journal
from station.keeping.keeper import Keeper
from station.keeping.rules import RetentionRules
from station.line.archive import DiskArchive
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.line.recorder import Recorder, RecorderEvents

YEAR = timedelta(days=365)
LEAST, ROOM = 1_000, 2_000


def part(journal: Journal, number: int) -> Inspection:
    time = utc_now() - timedelta(days=9)
    image, preview = (journal.blobs.put(bytes([number]) * size, "image/jxl") for size in (900, 100))
    view = View("top", "cam", number, 8, 8, "Mono8", image, preview)
    verdict = Verdict(VerdictKind.OK, Author.RULES, "", time)
    trigger = Trigger(UUID(int=number), number, 1, number, "", 0, time, 0)
    return Inspection(trigger, RecipeRef("cup", 1, "cd" * 32), (view,), verdict, 1)


def pictures(data: Path) -> int:
    return sum(path.stat().st_size for path in data.glob("blobs/??/*"))


@contextmanager
def at_work(data: Path, key: Path, rules: RetentionRules) -> Iterator[tuple[threading.Event, threading.Event]]:
    ticks = itertools.count(0.0, 10.0)
    well, failed = threading.Event(), threading.Event()

    def archive() -> DiskArchive:
        keeper = Keeper(data, rules, lambda: next(ticks), utc_now)
        return DiskArchive(Journal.open(data, audit_key_path=key), Watermark(data, LEAST), keeper)

    events = RecorderEvents(
        part=lambda *_: None,
        recorded=lambda _: None,
        storage_failed=lambda _: failed.set(),
        storage_well=well.set,
        crashed=lambda _: None,
    )
    recorder = Recorder(archive, events, 1)
    recorder.start()
    try:
        yield well, failed
    finally:
        recorder.stop()


@pytest.mark.parametrize("may_go", [True, False])
def test_a_disk_too_full_to_go_on_is_mended_where_something_may_go(
    tmp_path: Path, may_go: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, key = tmp_path / "data", tmp_path / "audit.key"
    with Journal.open(data, audit_key_path=key) as journal:
        for number in range(1, 11):
            journal.record(part(journal, number))
    full = pictures(data)
    for module in ("station.journal.disk", "station.keeping.keeper"):
        monkeypatch.setattr(f"{module}.free_space", lambda _: full + 10 - pictures(data))
    kind = VerdictKind.OK if may_go else VerdictKind.NG
    with at_work(data, key, RetentionRules({kind: YEAR}, room_bytes=ROOM)) as (well, failed):
        assert failed.wait(20), "ten bytes are free"
        assert well.wait(20 if may_go else 2) is may_go
    assert (full - pictures(data) >= ROOM - 10) is may_go
    assert pictures(data) > 0, "and no more than it takes"
