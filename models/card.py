"""The card of a learned version: what it makes of parts that it did not learn from, and what it was made of.

It stands beside the model as `card.json`, and as `card.html` and `card.png` for people; the manifest has the hash of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from models.errors import ModelError
from models.evaluate import cheapest
from models.files import read_bounded
from models.manifest import DEPLOY_ANOTHER, Manifest, Sha256, Uid, read_manifest
from models.shelf import checked_file

CARD_FILE = "card.json"
CARD_PAGE = "card.html"
CARD_PICTURE = "card.png"
MAX_CARD_BYTES = 64 << 20
FEWEST = 10
"""Bad parts before a cost may choose a threshold."""


class _Stored(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class CardPart(_Stored):
    """One picture with a known answer, scored by a model that did not learn from it.

    Attributes
    ----------
    picture
        SHA-256 of its pixels (`LearnedFrom.images`).
    part
        uid of the part; None for a picture that was taken to be taught.
    good
        What people say of it.
    classes
        The kinds of defect that people outlined on it.
    """

    picture: Sha256
    part: Uid | None
    good: bool
    classes: tuple[str, ...] = ()
    score: FiniteFloat


class ModelCard(_Stored):
    """What the page of a version is drawn from.

    Attributes
    ----------
    how
        A sentence: how every score came from a model that had not learned from its part.
    low, high
        The thresholds in use: the model's, or those of the recipe where it has some.
    of_recipe
        Whether the recipe had some.
    missed_cost
        What a bad part that passes costs, in good parts that are rejected; None where nobody said.
    cheapest
        The threshold that this cost would choose on these parts; None without cost, or with too few parts.
    suspects
        Numbers of the parts, from 0, whose label is to be looked at again.
    """

    how: str
    low: FiniteFloat
    high: FiniteFloat
    of_recipe: bool
    missed_cost: Annotated[float, Field(gt=0)] | None
    cheapest: FiniteFloat | None
    parts: tuple[CardPart, ...]
    suspects: tuple[int, ...]

    def scores(self, *, good: bool) -> list[float]:
        """Return the scores of the good parts, or of the bad ones."""
        return [part.score for part in self.parts if part.good is good]

    def to_json(self) -> bytes:
        """Return the card as it stands on disk."""
        return self.model_dump_json(indent=1).encode() + b"\n"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the card of a version. Raises `ModelError` if it has none, or it is not the manifest's."""
        data = read_card_file(folder, CARD_FILE)
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            raise ModelError(f"{folder / CARD_FILE}: damaged; learn the model again") from error


def read_card_file(folder: Path, name: str) -> bytes:
    """Return one of the card's files. Raises `ModelError` if there is none, or it is not the manifest's."""
    manifest = read_manifest(folder)
    sha256 = manifest.files.get(name) if isinstance(manifest, Manifest) else None
    if sha256 is None:
        raise ModelError(
            f"model {manifest.name} version {manifest.version} has no card: it came from elsewhere, was made of another "
            "version, or is older than cards; `station models evaluate --html` draws such figures from parts that people decided"
        )
    return checked_file(folder / name, read_bounded(folder / name, MAX_CARD_BYTES, DEPLOY_ANOTHER), sha256)


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of a version, and what a stated cost chose; `cheapest` is None where it chose nothing."""

    low: float
    high: float
    cheapest: float | None


def limits_at_cost(parts: Sequence[CardPart], low: float, high: float, missed_cost: float | None) -> Limits:
    """Return the thresholds at a stated cost, or those given where there is none, or fewer than `FEWEST` bad or good parts.

    A part passes only below `low`, so the cost moves `low`; `high` is moved only where it would lie below.
    """
    good = [part.score for part in parts if part.good]
    bad = [part.score for part in parts if not part.good]
    if missed_cost is None or min(len(good), len(bad)) < FEWEST:
        return Limits(low, high, None)
    chosen = cheapest(good, bad, missed_cost)
    return Limits(chosen, max(high, chosen), chosen)


def suspects(parts: Sequence[CardPart]) -> tuple[int, ...]:
    """Return the parts whose score is the other kind's, most doubtful first: label errors, or what nobody taught.

    A good part that scores as the middle bad one or above, a bad one that scores as the middle good one or below: confident
    learning (C. Northcutt, L. Jiang, I. Chuang, J. Artif. Intell. Res. 70 (2021)) with medians, which bear a few wild scores
    where means of scores without an upper end do not. Nothing with fewer than `FEWEST` of either kind.
    """
    good = [part.score for part in parts if part.good]
    bad = [part.score for part in parts if not part.good]
    if min(len(good), len(bad)) < FEWEST:
        return ()
    as_good, as_bad = float(np.median(good)), float(np.median(bad))
    if as_good >= as_bad:  # the model tells nothing apart: it has no say
        return ()
    beyond = {number: (part.score - as_bad if part.good else as_good - part.score) for number, part in enumerate(parts)}
    found = [number for number, distance in beyond.items() if distance >= 0]
    return tuple(sorted(found, key=lambda number: -beyond[number]))
