"""How fast parts become durable, beside the raw pieces of that work in the same run.

`raw` does by hand what a part needs and no more: encode, hash, write, fsync, rename, fsync of the folder, commit. The
station's own path does it with two encoder threads and the writer.
"""

import hashlib
import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import apsw
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.connection import open_writer
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

HEIGHT, WIDTH = 2048, 2448
ENCODERS = 2
FULL_WELL_ELECTRONS = 10_000
"""What a pixel of an industrial sensor holds (EMVA 1288 data sheets of 3.45 um pixels); it sets the shot noise."""
_IN_HAND = 4
"""Parts between the encoders and the writer; enough to keep both busy, few enough to stay in memory."""


@dataclass(frozen=True, slots=True)
class JournalBench:
    """Figures of one run; times are medians of one part on one thread.

    `parts_per_s` is the sustained rate of the whole durable path, `cpu_ms` the processor time it takes a part: what stays
    the same on a machine that has other work.
    """

    parts: int
    parts_per_s: float
    cpu_ms: float
    encode_ms: float
    preview_ms: float
    hash_ms: float
    write_ms: float
    commit_ms: float
    record_ms: float
    record_300_defects_ms: float

    @property
    def raw_sum_ms(self) -> float:
        """One part's raw work, piece after piece."""
        return self.encode_ms + self.preview_ms + self.hash_ms + self.write_ms + self.commit_ms

    @property
    def overlap(self) -> float:
        """The rate against that of the raw pieces one after the other: what the threads win by working at once."""
        return self.raw_sum_ms * self.parts_per_s / 1000

    @property
    def defects_ratio(self) -> float:
        """A whole durable part with 300 defects over one with none."""
        pictures_ms = self.raw_sum_ms - self.commit_ms
        return (pictures_ms + self.record_300_defects_ms) / (pictures_ms + self.record_ms)


def bench_journal(folder: Path, *, parts: int = 100, height: int = HEIGHT, width: int = WIDTH) -> JournalBench:
    """Measure the durable path and its raw pieces on the disk of `folder`, which must be empty.

    Raises
    ------
    StorageError
        If the folder cannot be written.
    """
    pictures = [_picture(height, width, seed) for seed in range(8)]
    raw = _raw_pieces(folder / "raw", pictures)
    with Journal.open(folder / "data", audit_key_path=folder / "audit.key") as journal:
        cpu_begin = time.process_time()
        rate = _sustained(journal, pictures, parts)
        cpu_ms = (time.process_time() - cpu_begin) * 1000 / parts
        plain = _median_ms(lambda number: journal.record(_part(parts + number, (_view(),))), 60)
        defects = tuple(Defect("scratch", 0.5, _outline(number)) for number in range(300))
        many = _median_ms(lambda number: journal.record(_part(parts + 100 + number, (_view(defects),))), 60)
    return JournalBench(parts, rate, cpu_ms, *raw, plain, many)


def _sustained(journal: Journal, pictures: list[npt.NDArray[np.uint8]], parts: int) -> float:
    """Parts a second: two threads encode and store, this one commits in order."""

    def store(number: int) -> View:
        pixels = pictures[number % len(pictures)].copy()
        pixels[0, :4] = np.frombuffer(number.to_bytes(4), np.uint8)  # no two parts share a picture
        image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
        return View(
            name="top",
            camera="bench",
            width=pixels.shape[1],
            height=pixels.shape[0],
            pixel_format=PixelFormat.MONO8,
            image=journal.blobs.put(image.data, image.media_type),
            preview=journal.blobs.put(preview.data, preview.media_type),
            heat_map=_HEAT,
        )

    with ThreadPoolExecutor(ENCODERS) as pool:
        begin = time.perf_counter()
        for number, view in enumerate(_in_order(pool, store, parts)):
            journal.record(_part(number, (view,)))
        return parts / (time.perf_counter() - begin)


def _in_order(pool: ThreadPoolExecutor, store: Callable[[int], View], parts: int) -> Iterator[View]:
    waiting: list[Future[View]] = []
    for number in range(parts):
        waiting.append(pool.submit(store, number))
        if len(waiting) == _IN_HAND:
            yield waiting.pop(0).result()
    yield from (future.result() for future in waiting)


def _raw_pieces(folder: Path, pictures: list[npt.NDArray[np.uint8]]) -> tuple[float, float, float, float, float]:
    """Encode, preview, hash, write and commit, each by itself on one thread."""
    folder.mkdir(parents=True)
    files = [encode(pixels, PixelFormat.MONO8).data for pixels in pictures]
    previews = [encode_preview(pixels, PixelFormat.MONO8).data for pixels in pictures]
    count = len(pictures)

    def write(number: int) -> None:
        for kind, data in (("image", files[number % count]), ("preview", previews[number % count])):
            temporary = folder / "temporary"
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT)
            os.write(descriptor, data)
            os.fsync(descriptor)
            os.close(descriptor)
            temporary.rename(folder / f"{kind}-{number}")
            directory = os.open(folder, os.O_RDONLY)
            os.fsync(directory)
            os.close(directory)

    return (
        _median_ms(lambda number: encode(pictures[number % count], PixelFormat.MONO8), 16),
        _median_ms(lambda number: encode_preview(pictures[number % count], PixelFormat.MONO8), 16),
        _median_ms(lambda number: hashlib.sha256(files[number % count]).hexdigest(), 16),
        _median_ms(write, 16),
        _raw_commit_ms(folder / "raw.db"),
    )


def _raw_commit_ms(path: Path) -> float:
    """One row in one transaction, WAL and FULL."""
    connection: apsw.Connection = open_writer(path, 5.0)
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
    try:
        return _median_ms(lambda number: connection.execute("INSERT INTO rows VALUES (?, ?)", (number, "x" * 500)), 60)
    finally:
        connection.close()


def _median_ms(work: Callable[[int], object], times: int) -> float:
    taken = []
    for number in range(times):
        begin = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


def _picture(height: int, width: int, seed: int) -> npt.NDArray[np.uint8]:
    """A picture as a sensor gives it: light falling off to a side, and shot noise, which is what takes the room."""
    electrons_a_step = FULL_WELL_ELECTRONS / 255
    light = np.linspace(80, 160, width, dtype=np.float32) * np.ones((height, 1), np.float32)
    electrons = np.random.default_rng(seed).poisson(light * electrons_a_step)
    return np.rint(electrons / electrons_a_step).clip(0, 255).astype(np.uint8)


def _heat() -> npt.NDArray[np.float32]:
    """A heat map as a model gives it for such a picture: one hot place, and a ground that is not quite still."""
    y, x = np.mgrid[:80, :96]
    ground = np.random.default_rng(0).random((80, 96)) * 0.05
    return np.asarray(np.exp(-((x - 60) ** 2 + (y - 20) ** 2) / 50) + ground, dtype=np.float32)


_HEAT = _heat()


def _outline(number: int) -> Polygon:
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return Polygon(frozen_points(np.stack([number + 10 * np.cos(angles), number + 10 * np.sin(angles)], axis=1)))


def _view(defects: tuple[Defect, ...] = ()) -> View:
    return View(name="top", camera="bench", defects=defects, heat_map=_HEAT)


def _part(number: int, views: tuple[View, ...]) -> Inspection:
    now = datetime.now(UTC)
    trigger = Trigger(UUID(int=number + 1), number + 1, number + 1, number + 1, "", 0, now, time.monotonic_ns())
    verdict = Verdict(VerdictKind.OK, Author.RULES, "bench", now)
    return Inspection(trigger, RecipeRef("bench", 1, "0" * 64), views, verdict, 0)
