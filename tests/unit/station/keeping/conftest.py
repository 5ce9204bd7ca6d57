"""A journal whose clock a test moves, and parts of any age and verdict in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Record = Callable[..., UUID]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "audit.key"


@pytest.fixture
def journal(data: Path, key: Path) -> Iterator[Journal]:
    with Journal.open(data, audit_key_path=key, now=lambda: NOW) as journal:
        yield journal


@pytest.fixture
def record(journal: Journal) -> Record:
    count = 0

    def make(days: float, kind: VerdictKind = VerdictKind.OK, *classes: str, part_id: str = "") -> UUID:
        nonlocal count
        count += 1
        uid, time = UUID(int=(1 << 100) + count), NOW - timedelta(days=days)
        image, preview = (journal.blobs.put(f"{what} {count}".encode(), f"image/{what}") for what in ("jxl", "jpeg"))
        shape = Polygon(frozen_points([[0, 0], [5, 0], [5, 5]]))
        defects = tuple(Defect(name, 0.9, shape) for name in classes)
        view = View("top", "cam", count, 8, 8, "Mono8", image, preview, "m", "1", "ab" * 32, 0.9, defects)
        trigger = Trigger(uid, count, 1, count, part_id or f"P{count}", 0, time, 0)
        verdict = Verdict(kind, Author.RULES, "", time)
        journal.record(Inspection(trigger, RecipeRef("cup", 1, "cd" * 32), (view,), verdict, 1))
        return uid

    return make
