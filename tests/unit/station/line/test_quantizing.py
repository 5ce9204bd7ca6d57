"""Which pictures of the journal a model is measured on."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np

from camera.frame import PixelFormat
from station.journal.images import encode
from station.journal.store import Journal
from station.line.inspection import Author, BlobRef, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.line.quantizing import of_journal

START = datetime(2026, 1, 2, 6, tzinfo=UTC)


def record(journal: Journal, number: int, model: str, level: int) -> BlobRef:
    picture = encode(np.full((8, 10), level, dtype=np.uint8), PixelFormat.MONO8)
    image = journal.blobs.put(picture.data, picture.media_type)
    uid = UUID(int=(0x7 << 76) + (0b10 << 62) + number)
    view = View(
        "top", "cam", width=10, height=8, pixel_format="Mono8", image=image, preview=image, model_name=model, score=0.5
    )
    verdict = Verdict(VerdictKind.OK, Author.RULES, "good", START)
    trigger = Trigger(uid, number, 1, number, f"P{number}", 0, START, 0)
    journal.record(Inspection(trigger, RecipeRef("cup", 1, "ab" * 32), (view,), verdict, 40))
    return image


def test_the_newest_that_the_model_judged_and_that_are_still_there(tmp_path: Path) -> None:
    with Journal.open(tmp_path, audit_key_path=tmp_path / "audit.key") as journal:
        for number in range(1, 5):
            record(journal, number, "plate", 10 * number)
        record(journal, 5, "other", 99)
        gone = record(journal, 6, "plate", 60)
        record(journal, 7, "plate", 70)
        journal.blobs.path(gone.sha256).unlink()
    assert [int(picture[0, 0]) for picture in of_journal(tmp_path, "plate", 4, 8)] == [70, 40, 30, 20]
    assert len(of_journal(tmp_path, "plate", 100, 8)) == 5
    assert of_journal(tmp_path, "nobody", 100, 8) == []
