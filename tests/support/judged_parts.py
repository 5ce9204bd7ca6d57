"""A journal of parts whose truth a virtual camera knew, filled as fast as it takes them."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np

from camera.frame import PixelFormat
from labeling.annotation import Annotation, Label
from labeling.shapes import Box, Polygon, frozen_points
from models.prediction import Defect
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
CLASSES = ("scratch", "dent", "stain", "burr")
OUTLINE = Polygon(frozen_points([[10, 10], [40, 10], [40, 22], [10, 22]]))


@dataclass(frozen=True, slots=True)
class Known:
    """A part and what is known of it."""

    uid: UUID
    bad: bool
    told: VerdictKind


def uid_of(number: int) -> UUID:
    return UUID(int=(0x7 << 76) + (0b10 << 62) + number)


def record_known(
    journal: Journal, parts: int, *, seed: int = 1, bad_share: float = 0.1, every: timedelta = timedelta(seconds=60)
) -> list[Known]:
    """Record parts with truth; the model lets some bad ones pass, and drifts a little towards the end."""
    chance = random.Random(seed)
    pixels = np.full((48, 64), 120, np.uint8)
    refs = [
        journal.blobs.put(each.data, each.media_type)
        for each in (encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8))
    ]
    made = []
    for number in range(1, parts + 1):
        bad = chance.random() < bad_share
        score = min(1.0, max(0.0, chance.gauss(0.75 if bad else 0.22, 0.14) + 0.05 * (number > parts / 2)))
        kind = VerdictKind.OK if score < 0.45 else VerdictKind.NG if score >= 0.6 else VerdictKind.NOT_DECIDABLE
        found = (
            (Defect(chance.choices(CLASSES, (8, 4, 2, 1))[0], score, OUTLINE),) if kind is not VerdictKind.OK else ()
        )
        truth = json.dumps({"part": number, "defective": bad})
        model = ("plate", "3", "ab" * 32, score)
        view = View("top", "cam", number, 64, 48, "Mono8", *refs, *model, found, truth=truth)
        time = START + number * every
        trigger = Trigger(
            uid_of(number), number, number, number, f"L{number // 100:02}-{number % 100:03}", 0, time, number
        )
        verdict = Verdict(kind, Author.RULES, "", time)
        journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "cd" * 32), (view,), verdict, 20))
        made.append(Known(uid_of(number), bad, kind))
    return made


def decide(journal: Journal, known: Known, who: str, kind: VerdictKind, time: datetime) -> None:
    """Have somebody of QA decide a part, whoever did before."""
    seen = journal.verdicts(known.uid)[-1].kind
    journal.give_verdict(known.uid, Verdict(kind, Author.QA, "", time, who), seen, may_supersede=True)


def outline(journal: Journal, known: Known, who: str, time: datetime, *, shift: float = 0.0) -> None:
    """Have somebody outline the defect of a part, a little off the one before."""
    before = journal.annotations(known.uid)
    label = Label(UUID(int=known.uid.int + len(before) + 1), "scratch", Box(10 + shift, 10, 40 + shift, 22))
    revision = UUID(int=(known.uid.int << 8) % (1 << 127) + len(before) + 1)
    parent = before[-1].annotation.uid if before else None
    journal.annotate(known.uid, "top", parent, Annotation(revision, parent, who, time, (64, 48), (label,)))


def moments(
    start: datetime = START + timedelta(days=1), every: timedelta = timedelta(seconds=12)
) -> Iterator[datetime]:
    """Times at which somebody works."""
    while True:
        yield start
        start += every
