"""A journal with labelled parts, for tests of datasets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points
from models.prediction import Defect
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
WIDTH, HEIGHT = 140, 100
OUTLINE = Polygon(
    frozen_points([[20.5, 20], [60, 20.25], [60, 60], [20, 60]]), (frozen_points([[30, 30], [40, 30], [40, 40]]),)
)
SHAPES: tuple[Shape, ...] = (
    OUTLINE,
    Box(70.5, 20.5, 90.5, 50.5),
    RotatedBox(100, 70, 30, 12, 30),
    Polyline(frozen_points([[5, 5], [40, 9], [60, 8]])),
    Keypoint(120, 20),
)


def uid(number: int) -> UUID:
    return UUID(int=(0x7 << 76) + (0b10 << 62) + number)


def pixels(seed: int) -> np.ndarray:
    coarse = np.random.default_rng(seed).integers(20, 230, (10, 14), dtype=np.uint8)
    return np.kron(coarse, np.ones((10, 10), np.uint8))


def record(
    journal: Journal,
    number: int,
    kind: VerdictKind = VerdictKind.OK,
    *,
    seed: int | None = None,
    views: tuple[str, ...] = ("top",),
    pixel_format: PixelFormat = PixelFormat.MONO8,
) -> None:
    """Record a part; the model found something on it where it is not OK."""
    found = (Defect("scratch", 0.9, OUTLINE),) if kind is not VerdictKind.OK else ()
    made = []
    for position, name in enumerate(views):
        picture = pixels(number * 10 + position if seed is None else seed)
        image, preview = encode(picture, pixel_format), encode_preview(picture, pixel_format)
        refs = [journal.blobs.put(each.data, each.media_type) for each in (image, preview)]
        model = ("plate", "3", "ab" * 32, 0.9 if found else 0.1)
        made.append(View(name, "cam", number, WIDTH, HEIGHT, pixel_format.value, *refs, *model, found))
    time = START + timedelta(seconds=number)
    trigger = Trigger(uid(number), number, number, number, f"LOT{number // 4}-{number}", 0, time, number)
    verdict = Verdict(kind, Author.RULES, "", time)
    journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "cd" * 32), tuple(made), verdict, 20))


def annotate(journal: Journal, number: int, *shapes: Shape, view: str = "top") -> None:
    """Add a revision to what people say of a view."""
    known = [each.annotation.uid for each in journal.annotations(uid(number)) if each.view == view]
    parent = known[-1] if known else None
    classes = ("scratch", "pit")
    labels = tuple(Label(UUID(int=index + 1), classes[index % 2], shape) for index, shape in enumerate(shapes))
    revision = UUID(int=(number << 40) + len(known) + 1)
    said = Annotation(revision, parent, "Eva", START, (WIDTH, HEIGHT), labels)
    journal.annotate(uid(number), view, parent, said)


def make(data: Path, key: Path) -> None:
    """Record eight parts: 0 to 3 OK, 4 to 6 NG and labelled, 7 NG and not."""
    with Journal.open(data, audit_key_path=key) as journal:
        for number in range(8):
            record(journal, number, VerdictKind.OK if number < 4 else VerdictKind.NG)
        for number in (4, 5, 6):
            annotate(journal, number, *SHAPES[: number - 3])
