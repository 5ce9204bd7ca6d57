"""What a format costs beside a bare writer of the same files, and that memory stays flat however many pictures there are."""

import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from uuid import UUID

import cv2
import numpy as np
import pytest

from labeling.annotation import Label
from labeling.dataset import Item, Notes, Target
from labeling.formats.bench import bench_formats, peak_memory_mb
from labeling.formats.registry import FORMATS
from labeling.shapes import Polygon, frozen_points

pytestmark = pytest.mark.bench

SIZE = (160, 120)
PICTURE = cv2.imencode(".png", np.random.default_rng(1).integers(0, 255, SIZE[::-1], dtype=np.uint8))[1].tobytes()
ANGLES = np.linspace(0, 2 * np.pi, 36, endpoint=False)
RINGS = [
    frozen_points(np.stack([x + 9 * np.cos(ANGLES), 60 + 30 * np.sin(ANGLES)], axis=1)) for x in (20, 50, 80, 110, 140)
]
LABELS = tuple(Label(UUID(int=index), "pit", Polygon(ring)) for index, ring in enumerate(RINGS))


def _items(count: int) -> Iterator[Item]:
    return (Item(f"part-{index}", SIZE, LABELS, picture=lambda: PICTURE) for index in range(count))


def _write(form: str, count: int, root: Path) -> None:
    root.mkdir()
    FORMATS[form].write(_items(count), Target(root, ("pit",), Notes()))


def _write_barely(count: int, root: Path) -> None:
    """Write what yolo-seg has of pictures and labels, as a script would that knows nothing but the data."""
    images, labels = root / "images/train", root / "labels/train"
    images.mkdir(parents=True)
    labels.mkdir(parents=True)
    width, height = SIZE
    for index in range(count):
        (images / f"part-{index}.png").write_bytes(PICTURE)
        with (labels / f"part-{index}.txt").open("w") as file:
            for ring in RINGS:
                shares = [f"{(x + 0.5) / width:.8f} {(y + 0.5) / height:.8f}" for x, y in ring.tolist()]
                file.write(f"0 {' '.join(shares)}\n")


def test_segments_cost_at_most_twice_a_bare_writer(tmp_path: Path) -> None:
    ours, bare = [], []
    for _ in range(3):
        for times, write in (
            (ours, lambda root: _write("yolo-seg", 300, root)),
            (bare, lambda root: _write_barely(300, root)),
        ):
            start = time.process_time()
            write(tmp_path / "out")
            times.append(time.process_time() - start)
            rmtree(tmp_path / "out")
    assert min(ours) <= 2 * min(bare)


def test_masks_cost_at_most_twice_a_bare_writer(tmp_path: Path) -> None:
    (_, voc) = bench_formats(tmp_path, 24)
    assert voc.form == "voc"
    assert voc.ours_s <= 2 * voc.bare_s


def test_a_process_that_writes_masks_of_2_megapixels_stays_small(tmp_path: Path) -> None:
    few, many = (peak_memory_mb("voc", tmp_path / "memory", count) for count in (4, 40))
    assert many <= 300
    assert many <= few + 10


@pytest.mark.parametrize("form", ["coco", "yolo-seg", "voc", "cvat", "jsonl"])
def test_memory_does_not_grow_with_the_pictures(form: str, tmp_path: Path) -> None:
    peaks = []
    for count in (50, 400):
        tracemalloc.start()
        _write(form, count, tmp_path / str(count))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 300_000
