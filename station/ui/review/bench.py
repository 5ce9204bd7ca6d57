"""What the review's window takes for the next part and for a page of the grid, from the key's action to the painted screen.

A station of parts with pictures of that size is written first, and the window opened on it without a display; for the row
beside it the same pictures are read and decoded when they are asked for. `python -m station.ui.review.bench` prints JSON.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import cv2
import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from camera.frame import PixelFormat
from labeling.canvas.view import Canvas
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.images import decode as decoded
from station.journal.images import encode, encode_preview, viewable
from station.journal.reader import JournalReader
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View
from station.review.queue import QueueItem, Stage, Why
from station.ui.main import ScreenOptions, make_context
from station.ui.review.board import CELLS
from station.ui.review.crops import common_side_px, read_place, sharp_crop
from station.ui.review.main import make_window
from station.ui.review.window import ReviewWindow

SIZE = (1920, 1080)
DEADLINE_S = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds of each repetition; `cold` is what reading and decoding alone take when they begin with the key."""

    part_ms: Sequence[float]
    cold_part_ms: Sequence[float]
    page_ms: Sequence[float]
    first_page_ms: float
    cold_page_ms: float

    def to_json(self) -> dict[str, float]:
        """Return medians."""
        return {
            "part_ms": statistics.median(self.part_ms),
            "cold_part_ms": statistics.median(self.cold_part_ms),
            "page_ms": statistics.median(self.page_ms),
            "first_page_ms": self.first_page_ms,
            "cold_page_ms": self.cold_page_ms,
        }


def main() -> None:
    """Measure in a process of its own, on no display."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, nargs=2, default=(2448, 2048), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--pages", type=int, default=3)
    arguments = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        figures = bench_review(Path(folder), tuple(arguments.size), arguments.pages)
    application.quit()
    json.dump(figures.to_json(), sys.stdout)


def bench_review(folder: Path, size: tuple[int, int], pages: int) -> Figures:
    """Measure over so many pages of 24 parts. Needs a `QApplication`."""
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    data = folder / "data"
    items = _write(folder, data, size, pages * CELLS)
    cold_part = [_cold_part(data, item.uid) for item in items[:5]]
    cold_page = _cold_page(data, [item.uid for item in items[:CELLS]])
    context = make_context(ScreenOptions(data, SIZE))
    window = make_window(context)
    try:
        window.resize(*SIZE)
        window.show()
        window.login.closed.emit()
        part_ms = _parts(window, items[: CELLS // 2])
        first_page_ms, page_ms = _pages(window, pages)
    finally:
        window.close()
        window.stop()
        window.deleteLater()
        QApplication.processEvents()
    return Figures(part_ms, cold_part, page_ms, first_page_ms, cold_page)


def _parts(window: ReviewWindow, items: Sequence[QueueItem]) -> list[float]:
    """Go through parts as a reviewer does: each is looked at until the next one has been read ahead."""
    window.lending._items = list(items)  # noqa: SLF001 - without an engine nobody lends; the pictures are the same
    window.go_to(window.pages.index(window.one))
    window.lending.moved.emit()
    pictures, canvas, took = window.context.pictures, window.one.canvas, []
    for at in range(1, len(items)):
        _until(lambda at=at: pictures.held(items[at].uid) is not None)  # type: ignore[misc]
        took.append(_painted(canvas, lambda at=at: window.lending.go(at)))  # type: ignore[misc]
    return took


def _pages(window: ReviewWindow, pages: int) -> tuple[float, list[float]]:
    """Turn the grid's pages, each once the one after it has been read ahead; the first one has nothing ready."""
    grid, feed = window.grid, window.grid.feed
    _until(lambda: len(window.queue.listing.items) >= CELLS)
    begin = time.perf_counter()
    window.go_to(window.pages.index(grid))
    _until(lambda: bool(grid.board.crops))
    grid.board.repaint()
    first = 1000 * (time.perf_counter() - begin)
    took = []
    for page in range(1, pages):
        uids = tuple(item.uid for item in window.queue.listing.items[page * CELLS : (page + 1) * CELLS])
        _until(lambda uids=uids: len(feed.crops(uids)) == CELLS)  # type: ignore[misc]
        took.append(_painted(grid.board, lambda: grid.turn(1)))
    return first, took


def _painted(widget: QWidget | Canvas, action: Callable[[], object]) -> float:
    """Return the milliseconds from an action to the painted widget."""
    begin = time.perf_counter()
    action()
    widget.repaint()
    return 1000 * (time.perf_counter() - begin)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the review's window did not come so far")
        QApplication.processEvents()


def _cold_part(data: Path, uid: UUID) -> float:
    """Return the milliseconds that reading a part and decoding its picture take, with nothing read ahead."""
    with JournalReader(data) as journal:
        begin = time.perf_counter()
        record = journal.part(uid)
        assert record is not None
        for view in record.inspection.views:
            assert view.image is not None
            viewable(decoded(journal.blobs.get(view.image.sha256), view.image.media_type), PixelFormat.MONO8)
        return 1000 * (time.perf_counter() - begin)


def _cold_page(data: Path, uids: Sequence[UUID]) -> float:
    """Return the milliseconds that a page of crops takes when each is cut from the whole picture."""
    with JournalReader(data) as journal:
        begin = time.perf_counter()
        places = [place for uid in uids if (place := read_place(journal, uid)) is not None]
        side_px = common_side_px(places)
        for place in places:
            sharp_crop(journal, place, side_px)
        return 1000 * (time.perf_counter() - begin)


def _write(folder: Path, data: Path, size: tuple[int, int], parts: int) -> list[QueueItem]:
    """Record NG parts, each with its own picture and a defect in it."""
    random = np.random.default_rng(1)
    width, height = size
    grain = cv2.GaussianBlur(random.normal(120, 30, (height, width)).astype(np.float32), (0, 0), 2.0)
    start, items = datetime.now(UTC) - timedelta(hours=1), []
    with Journal.open(data, audit_key_path=folder / "audit.key") as journal:
        for number in range(1, parts + 1):
            pixels = np.roll(np.clip(grain, 0, 255).astype(np.uint8), 7 * number, axis=1)
            x, y = (float(value) for value in random.uniform(0.2, 0.7, 2) * (width, height))
            outline = Polygon(frozen_points([[x, y], [x + 120, y + 8], [x + 118, y + 30], [x - 4, y + 20]]))
            image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
            view = View(
                "top",
                "cam",
                number,
                width,
                height,
                "Mono8",
                journal.blobs.put(image.data, image.media_type),
                journal.blobs.put(preview.data, preview.media_type),
                "bench",
                "1",
                "ab" * 32,
                0.9,
                (Defect("scratch", 0.9, outline),),
                heat_map=np.zeros((height // 32, width // 32), np.float32),
            )
            time_, uid = start + timedelta(seconds=number), uuid4()
            verdict = Verdict(VerdictKind.NG, Author.RULES, "scratch", time_)
            trigger = Trigger(uid, number, number, number % 256, "", number, time_, number)
            journal.record(Inspection(trigger, RecipeRef("bench", 1, "cd" * 32), (view,), verdict, 40))
            items.append(_item(uid, number, time_))
    return items


def _item(uid: UUID, number: int, time_: datetime) -> QueueItem:
    ng, rules = VerdictKind.NG, Author.RULES
    return QueueItem(uid, "", number, time_, "bench", ng, rules, "scratch", (Why.NG,), 500, Stage.FIRST, "scratch", 0.9)


if __name__ == "__main__":
    main()
