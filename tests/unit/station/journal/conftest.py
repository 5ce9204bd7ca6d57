"""Parts to record and a journal to record them in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from camera.frame import PixelFormat
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.blobs import BlobStore
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

START = datetime(2026, 3, 1, 10, 59, 58, tzinfo=UTC)

MakePart = Callable[..., Inspection]
MakeView = Callable[..., View]


class Clock:
    """A wall clock that a test moves."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "audit.key"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(data_dir: Path, key_path: Path, clock: Clock) -> Iterator[Journal]:
    with Journal.open(data_dir, audit_key_path=key_path, now=clock) as journal:
        yield journal


@pytest.fixture
def make_defect() -> Callable[[str, float], Defect]:
    def make(name: str, score: float) -> Defect:
        outline = frozen_points([[1.25, 2.0], [30.0, 2.0], [30.0, 20.1]])
        return Defect(name, score, Polygon(outline, (frozen_points([[10, 5], [12, 5], [12, 8]]),)))

    return make


@pytest.fixture
def make_view() -> MakeView:
    def make(blobs: BlobStore, seed: int = 0, name: str = "top", **fields: object) -> View:
        pixels = np.random.default_rng(seed).integers(0, 255, (24, 32), dtype=np.uint8)
        image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
        known: dict[str, object] = {
            "name": name,
            "camera": "cam",
            "frame_id": seed,
            "width": 32,
            "height": 24,
            "pixel_format": "Mono8",
            "image": blobs.put(image.data, image.media_type),
            "preview": blobs.put(preview.data, preview.media_type),
            "model_name": "plate",
            "model_version": "3",
            "model_sha256": "ab" * 32,
            "score": 0.25,
            "chunk": {"ExposureTime": "5000"},
        }
        return View(**(known | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_part() -> MakePart:
    def make(number: int, *views: View, kind: VerdictKind = VerdictKind.OK, time: datetime | None = None) -> Inspection:
        when = time or START + timedelta(seconds=number)
        trigger = Trigger(
            UUID(int=(1 << 100) + number), number, 7, number % 256, f"P{number}", 1000 + number, when, number
        )
        verdict = Verdict(kind, Author.RULES, f"reason {number}", when)
        return Inspection(trigger, RecipeRef("plate", 4, "cd" * 32), views, verdict, 42)

    return make


@pytest.fixture
def person_verdict() -> Verdict:
    return Verdict(VerdictKind.NG, Author.QA, "a scratch after all", START, "Ann")


@pytest.fixture
def advance(clock: Clock) -> Callable[[float], None]:
    """Move the journal's clock on by seconds."""
    return clock.advance
