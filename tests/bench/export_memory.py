"""How much memory freezing and exporting take as a store grows, by the real command in a process of its own.

    .venv/bin/python tests/bench/export_memory.py [--parts 2000,20000] [--work DIR]

Records synthetic parts, freezes and exports them at each size, and prints the peak. Fails where the peak at the largest size is
above 300 MB, or would be at 100,000 parts, or where an export grows with the parts at all.
"""

import argparse
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label
from labeling.shapes import Polygon, frozen_points
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
WIDTH, HEIGHT = 160, 120
PICTURES = 97
ANGLES = np.linspace(0, 2 * np.pi, 36, endpoint=False)
MOST_MB = 300.0
MOST_A_PART_BYTES = {"freeze": 2_000.0, "export coco": 100.0, "export jsonl": 100.0}
"""To freeze, every part must be known before any group is; an export reads the list as it goes."""
CHILD = """
import sys
from station.commands.main import main
code = main(sys.argv[1:])
with open("/proc/self/status") as file:
    sys.stderr.write(next(line for line in file if line.startswith("VmHWM")))
sys.exit(code)
"""


def main() -> int:
    """Measure each size; fail where memory is not flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", default="2000,20000")
    parser.add_argument("--work", type=Path, default=Path("build/export-memory"))
    args = parser.parse_args()
    sizes = sorted(int(word) for word in args.parts.split(","))
    shutil.rmtree(args.work, ignore_errors=True)
    args.work.mkdir(parents=True)
    peaks: dict[str, list[float]] = {}
    done = 0
    for size in sizes:
        record(args.work, done, size)
        done = size
        for name, words in commands(args.work, size).items():
            peaks.setdefault(name, []).append(peak_mb(words))
            sys.stdout.write(f"{size} parts, {name}: {peaks[name][-1]:.1f} MB\n")
            sys.stdout.flush()
    kept = True
    for name, found in peaks.items():
        grown = (found[-1] - found[0]) * 1e6 / max(sizes[-1] - sizes[0], 1)
        good = found[-1] <= MOST_MB and grown <= MOST_A_PART_BYTES[name]
        kept &= good
        sys.stdout.write(f"{name}: {grown:.0f} bytes a part{'' if good else ' TOO MUCH'}\n")
    shutil.rmtree(args.work)
    return 0 if kept else 1


def commands(work: Path, size: int) -> dict[str, list[str]]:
    """Return what is measured, by name."""
    data = ["--data", str(work / "data"), "--json"]
    head = ["dataset", "export", "--dataset", "all", "--images", "none"]
    return {
        "freeze": ["dataset", "freeze", "--name", "all", *data],
        "export coco": [*head, "--format", "coco", "--out", str(work / f"coco-{size}"), *data],
        "export jsonl": [*head, "--format", "jsonl", "--out", str(work / f"jsonl-{size}"), *data],
    }


def peak_mb(words: list[str]) -> float:
    """Run a command; return the most memory that it held, libraries included."""
    done = subprocess.run([sys.executable, "-c", CHILD, *words], capture_output=True, text=True, check=True)
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


def record(work: Path, start: int, stop: int) -> None:
    """Record parts, every third of them NG with an outline."""
    ring = np.stack([80 + 30 * np.cos(ANGLES), 60 + 30 * np.sin(ANGLES)], axis=1)
    label = Label(UUID(int=1), "pit", Polygon(frozen_points(ring)))
    with Journal.open(work / "data", audit_key_path=work / "audit.key") as journal:
        blobs = []
        for number in range(PICTURES):
            coarse = np.random.default_rng(number).integers(20, 230, (12, 16), dtype=np.uint8)
            picture = np.kron(coarse, np.ones((10, 10), np.uint8))
            made = encode(picture, PixelFormat.MONO8), encode_preview(picture, PixelFormat.MONO8)
            blobs.append([journal.blobs.put(each.data, each.media_type) for each in made])
        for number in range(start, stop):
            uid, time = UUID(int=(7 << 76) + (2 << 62) + number), START + timedelta(seconds=number)
            kind = VerdictKind.NG if number % 3 == 0 else VerdictKind.OK
            image, preview = blobs[number % PICTURES]
            view = View("top", "cam", number, WIDTH, HEIGHT, "Mono8", image, preview, "m", "1", "ab" * 32, 0.5)
            trigger = Trigger(uid, number, number, number, f"P{number}", 0, time, number)
            verdict = Verdict(kind, Author.RULES, "", time)
            journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "cd" * 32), (view,), verdict, 20))
            if kind is VerdictKind.NG:
                said = Annotation(UUID(int=number + 1), None, "Eva", time, (WIDTH, HEIGHT), (label,))
                journal.annotate(uid, "top", None, said)


if __name__ == "__main__":
    sys.exit(main())
