"""Puts a learned model on the shelf with its card: what it makes of parts it did not learn from, and what it was made of."""

import hashlib
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.card import (
    CARD_FILE,
    CARD_PAGE,
    CARD_PICTURE,
    CardPart,
    Limits,
    ModelCard,
    limits_at_cost,
    suspects,
)
from models.errors import ModelError, PictureError
from models.manifest import Manifest, Thresholds
from models.predictor import Predictor
from models.shelf import Shelf
from station.line.recipe import RecipeView
from station.report.html import html
from station.report.model_card import model_card, worst_mistakes
from station.report.png import png
from station.report.thumbnails import thumbnail

Bytes = npt.NDArray[np.uint8]
THREADS = 1


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What a learner made: the manifest without a card, the ONNX file, and the reference picture where there is one."""

    manifest: Manifest
    model: bytes
    reference: bytes | None


@dataclass(frozen=True, slots=True, eq=False)
class KnownParts:
    """Parts whose answer people gave, scored by models that had not learned from them.

    Attributes
    ----------
    picture
        Returns the picture of the part with this number, (H, W) or (H, W, 3) RGB uint8.
    how
        A sentence: how every score came to be.
    """

    parts: Sequence[CardPart]
    picture: Callable[[int], Bytes]
    how: str


def proved(made: Made) -> Predictor:
    """Return the model ready to judge, before it is on any shelf. Raises `ModelError` if it does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        place = Shelf(Path(folder)).add(made.manifest, made.model, made.reference)
        predictor = Predictor.load(place, threads=THREADS)
    predictor.warm_up()
    return predictor


def score(predictor: Predictor, picture: Bytes) -> float | None:
    """Return the score of a picture; None where the model cannot judge it, whose part would be rejected."""
    try:
        value = predictor.predict(picture).score
    except (PictureError, ModelError):
        return None
    return value if math.isfinite(value) else None


def shelve(
    shelf: Shelf, made: Made, predictor: Predictor, known: KnownParts, view: RecipeView, missed_cost: float | None
) -> Path:
    """Put the model on the shelf with its card, and return its folder.

    Parameters
    ----------
    predictor
        The model, `proved`.
    view
        Its thresholds, where it has some, are those in use.
    missed_cost
        What a bad part that passes costs, in good parts that are rejected; it chooses the threshold where enough is known.

    Raises
    ------
    ModelError
        If the disk does not take it.
    """
    thresholds = made.manifest.thresholds
    limits = limits_at_cost(known.parts, thresholds.low, thresholds.high, missed_cost)
    chosen = thresholds if limits.cheapest is None else _at(thresholds, limits)
    manifest = made.manifest.model_copy(update={"thresholds": chosen})
    low, high = limits.low if view.low is None else view.low, limits.high if view.high is None else view.high
    card = ModelCard(
        how=known.how,
        low=low,
        high=max(low, high),
        of_recipe=(view.low, view.high) != (None, None),
        missed_cost=missed_cost,
        cheapest=limits.cheapest,
        parts=tuple(known.parts),
        suspects=suspects(known.parts),
    )
    files = _files(manifest, card, predictor, known)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return shelf.add(manifest.model_copy(update={"files": hashes}), made.model, made.reference, files)


def _at(thresholds: Thresholds, limits: Limits) -> Thresholds:
    """Move the thresholds; what was outlined before still is."""
    outline = min(limits.low, thresholds.low if thresholds.outline is None else thresholds.outline)
    return thresholds.model_copy(update={"low": limits.low, "high": limits.high, "outline": outline})


def _files(manifest: Manifest, card: ModelCard, predictor: Predictor, known: KnownParts) -> dict[str, bytes]:
    worst = worst_mistakes(card.parts, card.low)
    pictures = {number: shown(predictor, known.picture(number)) for number in worst}
    page = model_card(manifest, card, pictures)
    return {CARD_FILE: card.to_json(), CARD_PAGE: html(page), CARD_PICTURE: png(page)}


def shown(predictor: Predictor, picture: Bytes) -> bytes:
    """Return a small JPEG of a picture with the model's heat, red from where it would outline a defect."""
    limits = predictor.manifest.thresholds
    try:
        heat = predictor.predict(picture).heat_map
    except (PictureError, ModelError):
        heat = None
    return thumbnail(picture, heat, limits.low if limits.outline is None else limits.outline)
