"""A station whose journal has parts that people decided: small textures, the bad ones with a dark disc."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt

from camera.frame import PixelFormat
from station.journal.images import encode
from station.journal.store import Journal
from station.line.inspection import Author, Inspection, RecipeRef, Trigger, Verdict, VerdictKind, View

SIZE = (128, 160)
START = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
MODEL = "texture"


def texture(number: int, *, bad: bool = False, size: tuple[int, int] = SIZE) -> npt.NDArray[np.uint8]:
    """Draw a part; equal numbers are equal pictures."""
    rng = np.random.default_rng([9, number])
    smooth = cv2.GaussianBlur(rng.normal(0, 60, size).astype(np.float32), (0, 0), 1.5)
    picture = np.clip(128 + smooth, 0, 255).astype(np.uint8)
    if bad:
        cv2.circle(picture, (80, 60), 12, (15,), -1)
    return picture


def write_station(folder: Path, views: Sequence[str] = ("top",), extra: str = "") -> Path:
    """Write `station.toml` and the recipe; return the former."""
    (folder / "recipes").mkdir(parents=True, exist_ok=True)
    cameras = "".join(f'[[camera]]\nname = "{view}"\n' for view in views)
    config = folder / "station.toml"
    config.write_text(f'[station]\naudit_key = "audit.key"\n{cameras}[plc]\nmode = "none"\n[line]\ntrigger = "timer"\n')
    looks = "".join(
        f'[[view]]\nname = "{view}"\ncamera = "{view}"\nmodel = "{MODEL if view == "top" else view}"\n{extra}'
        for view in views
    )
    (folder / "recipes" / "plate-A.toml").write_text(
        f'name = "plate-A"\nnumber = 1\n{looks}[learn]\nregistered = false\n'
    )
    return config


class Line:
    """Records parts and what people say of them, as the engine does."""

    def __init__(self, folder: Path) -> None:
        self.now = START
        self.journal = Journal.open(folder, audit_key_path=folder / "audit.key", now=lambda: self.now)
        self._number = 0

    def close(self) -> None:
        """Let go of the journal."""
        self.journal.close()

    def part(self, *pictures: npt.NDArray[np.uint8], serial: str = "", views: Sequence[str] = ("top",)) -> UUID:
        """Record a part with a picture of each view, judged NOT_DECIDABLE by the rules."""
        self._number += 1
        self.now += timedelta(seconds=10)
        number, uid = self._number, UUID(int=(7 << 100) + self._number)
        shown = tuple(
            View(
                name,
                name,
                frame_id=number,
                width=picture.shape[1],
                height=picture.shape[0],
                pixel_format="Mono8",
                image=self.journal.blobs.put(*_encoded(picture)),
                preview=None,
                model_name=MODEL,
                model_version="1",
                model_sha256="ab" * 32,
                score=0.5,
            )
            for name, picture in zip(views, pictures, strict=True)
        )
        trigger = Trigger(uid, number, 1, number % 256, serial, number, self.now, number)
        verdict = Verdict(VerdictKind.NOT_DECIDABLE, Author.RULES, "between the thresholds", self.now)
        self.journal.record(Inspection(trigger, RecipeRef("plate-A", 1, "cd" * 32), shown, verdict, 42))
        return uid

    def decide(self, uid: UUID, kind: VerdictKind, author: str = "Mara", by: Author = Author.OPERATOR) -> None:
        """Let a person decide a part."""
        seen = self.journal.verdicts(uid)[-1].kind
        self.journal.give_verdict(uid, Verdict(kind, by, "looked", self.now, author), seen, may_supersede=True)

    def good(self, number: int, serial: str = "") -> UUID:
        """Record a good part that a person confirmed."""
        uid = self.part(texture(number), serial=serial)
        self.decide(uid, VerdictKind.OK)
        return uid

    def bad(self, number: int) -> UUID:
        """Record a bad part that a person decided."""
        uid = self.part(texture(number, bad=True))
        self.decide(uid, VerdictKind.NG)
        return uid

    def teach(self, number: int) -> None:
        """Take a picture of a good part to learn from."""
        self.now += timedelta(seconds=10)
        blob = self.journal.blobs.put(*_encoded(texture(number)))
        self.journal.add_sample(blob, "Mono8", label="OK", source="taught", recipe="plate-A")


def _encoded(picture: npt.NDArray[np.uint8]) -> tuple[bytes, str]:
    image = encode(picture, PixelFormat.MONO8)
    return image.data, image.media_type
