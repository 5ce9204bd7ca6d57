"""Records parts until it is killed, one child a line on stdin, and says on stdout what is durable.

Each line names an order: `record-first` acknowledges a part after its commit, as the station does; `acknowledge-first`
does it before, as the station must not. Importing once and forking keeps fifty kills quick.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label
from labeling.shapes import Box
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def store(journal: Journal, number: int) -> View:
    pixels = np.random.default_rng(number).integers(0, 255, (48, 64), dtype=np.uint8)
    image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
    return View(
        name="top",
        camera="cam",
        width=64,
        height=48,
        pixel_format="Mono8",
        image=journal.blobs.put(image.data, image.media_type),
        preview=journal.blobs.put(preview.data, preview.media_type),
    )


def part(number: int, view: View) -> Inspection:
    now = datetime.now(UTC)
    trigger = Trigger(UUID(int=number), number, 1, number % 256, f"P{number}", 0, now, 0)
    verdict = Verdict(VerdictKind.NOT_DECIDABLE, Author.RULES, "between the thresholds", now)
    return Inspection(trigger, RecipeRef("plate", 1, "0" * 64), (view,), verdict, 1)


def speak(journal: Journal, number: int) -> None:
    """A person decides the part and outlines a scratch on it."""
    uid, now = UUID(int=number), datetime.now(UTC)
    journal.give_verdict(uid, Verdict(VerdictKind.OK, Author.QA, "looked", now, "Ann"), VerdictKind.NOT_DECIDABLE)
    say(f"verdict {number}")
    label = Label(uid, "scratch", Box(1, 2, 8, 9))
    journal.annotate(uid, "top", None, Annotation(uid, None, "Ann", now, (64, 48), (label,)))
    say(f"annotation {number}")


def record(data_dir: Path, key_path: Path, *, acknowledge_first: bool) -> None:
    with (
        Journal.open(data_dir, audit_key_path=key_path) as journal,
        ThreadPoolExecutor(2) as pool,
    ):
        say("open")
        number = journal.next_inspection_id()
        while True:
            views = list(pool.map(lambda each: store(journal, each), (number, number + 1)))
            for view in views:
                inspection = part(number, view)
                if acknowledge_first:
                    say(f"part {number}")
                journal.record(inspection)
                if not acknowledge_first:
                    say(f"part {number}")
                if number % 5 == 0:
                    speak(journal, number)
                number += 1


def main() -> None:
    data_dir, key_path = Path(sys.argv[1]), Path(sys.argv[2])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            record(data_dir, key_path, acknowledge_first=line.strip() == "acknowledge-first")
        say(f"started {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
