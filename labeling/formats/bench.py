"""What writing labels costs beside a bare writer of the same files: pictures of 2 megapixels, five outlines on each.

The pictures' own files are left out: to copy them costs everybody the same. A bare writer is a script that knows its data: it
checks nothing, names nothing that is lost, and has no other kind of shape than it needs.
"""

import io
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import cv2
import numpy as np
from PIL import Image

from labeling.annotation import Label
from labeling.dataset import Item, Notes, Target
from labeling.formats.registry import FORMATS
from labeling.formats.voc import PALETTE
from labeling.shapes import Polygon, frozen_points

SIZE: Final = (1600, 1250)
OUTLINES: Final = 5
POINTS: Final = 36
_KINDS: Final = 50
"""Pictures that are drawn; more of them repeat these."""


@dataclass(frozen=True, slots=True)
class FormatBench:
    """CPU seconds of one format."""

    form: str
    images: int
    ours_s: float
    bare_s: float


def bench_formats(folder: Path, images: int) -> list[FormatBench]:
    """Measure yolo-seg and voc."""
    return [_compared(folder, form, bare, images) for form, bare in (("yolo-seg", _bare_yolo), ("voc", _bare_voc))]


def labelled_pictures(images: int) -> Iterator[Item]:
    """Yield items without picture files; five outlines of 36 points on each."""
    drawn = [_labels(number) for number in range(min(images, _KINDS))]
    return (Item(f"part-{number}", SIZE, drawn[number % _KINDS]) for number in range(images))


def write(form: str, folder: Path, images: int) -> None:
    """Write that many pictures' labels in a format."""
    folder.mkdir(parents=True)
    FORMATS[form].write(labelled_pictures(images), Target(folder, ("pit",), Notes()))


def peak_memory_mb(form: str, folder: Path, images: int) -> float:
    """Return the most memory that a process of its own holds while it writes: resident, its libraries included."""
    command = [sys.executable, "-m", "labeling.formats.bench", form, str(folder), str(images)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    shutil.rmtree(folder)
    return float(done.stdout)


def main() -> int:
    """Write `images` pictures' labels as `form` into `folder`; say how many megabytes that took at its peak."""
    form, folder, images = sys.argv[1:]
    write(form, Path(folder), int(images))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(f"{int(peak.split()[1]) / 1000}\n")
    return 0


def _compared(folder: Path, form: str, bare: Callable[[Path, list[Item]], None], images: int) -> FormatBench:
    ours, theirs = [], []
    items = list(labelled_pictures(images))
    for _ in range(2):
        ours.append(_cpu_s(lambda root: write(form, root, images), folder / "ours"))
        theirs.append(_cpu_s(lambda root: bare(root, items), folder / "bare"))
    return FormatBench(form, images, min(ours), min(theirs))


def _cpu_s(work: Callable[[Path], None], root: Path) -> float:
    begin = time.process_time()
    work(root)
    taken = time.process_time() - begin
    shutil.rmtree(root)
    return taken


def _labels(number: int) -> tuple[Label, ...]:
    rng = np.random.default_rng([3, number])
    angles = np.linspace(0, 2 * np.pi, POINTS, endpoint=False)
    made = []
    for index in range(OUTLINES):
        reach = rng.uniform(20, 100) * rng.uniform(0.8, 1.2, POINTS)
        x, y = rng.uniform(130, SIZE[0] - 130), rng.uniform(130, SIZE[1] - 130)
        ring = np.stack([x + reach * np.cos(angles), y + reach * np.sin(angles)], axis=1)
        made.append(Label(UUID(int=index + 1), "pit", Polygon(frozen_points(ring))))
    return tuple(made)


# Bare writers ---------------------------------------------------------------------------------------------------------


def _bare_yolo(root: Path, items: list[Item]) -> None:
    labels = root / "labels/train"
    labels.mkdir(parents=True)
    width, height = SIZE
    for item in items:
        with (labels / f"{item.name}.txt").open("w") as file:
            for ring in _rings(item):
                shares = [f"{(x + 0.5) / width:.8f} {(y + 0.5) / height:.8f}" for x, y in ring.tolist()]
                file.write(f"0 {' '.join(shares)}\n")


def _bare_voc(root: Path, items: list[Item]) -> None:
    for name in ("Annotations", "SegmentationClass", "SegmentationObject"):
        (root / name).mkdir(parents=True)
    width, height = SIZE
    for item in items:
        masks = np.zeros((2, height, width), np.uint8)
        objects = []
        for number, ring in enumerate(_rings(item), 1):
            points = np.rint(ring).astype(np.int32)
            cv2.fillPoly(masks[0], [points], (1,))
            cv2.fillPoly(masks[1], [points], (number,))
            (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
            objects.append(
                f"<object><name>pit</name><bndbox><xmin>{left + 1}</xmin><ymin>{top + 1}</ymin>"
                f"<xmax>{right + 1}</xmax><ymax>{bottom + 1}</ymax></bndbox></object>"
            )
        (root / f"Annotations/{item.name}.xml").write_text(f"<annotation>{''.join(objects)}</annotation>")
        for folder, mask in zip(("SegmentationClass", "SegmentationObject"), masks, strict=True):
            image = Image.fromarray(mask)
            image.putpalette(PALETTE)
            file = io.BytesIO()
            image.save(file, "PNG", compress_level=1)
            (root / folder / f"{item.name}.png").write_bytes(file.getvalue())


def _rings(item: Item) -> list[np.ndarray]:
    return [label.shape.outline for label in item.labels if isinstance(label.shape, Polygon)]


if __name__ == "__main__":
    sys.exit(main())
