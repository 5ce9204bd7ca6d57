"""The parts that the card of a one-class model is drawn from: good ones held out, bad ones that it never learns from."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.card import CardPart
from models.learning.one_class import Learned, picture_sha256
from models.predictor import Predictor
from station.journal.reader import JournalReader
from station.line.carded import KnownParts, score
from station.line.labelled import Labelled, load_pictures, outlined_classes

Bytes = npt.NDArray[np.uint8]
TAUGHT = "Each picture was scored by a model learned from others (cross-validation; every picture counts as a part)."
LABELLED = (
    "Each good part was scored by a model learned from others (cross-validation that keeps a part, near-duplicates, and a "
    "lot where there are enough, on one side). Bad parts are never learned from and were scored by the model itself."
)


def taught_parts(learned: Learned, pictures: Sequence[Bytes]) -> KnownParts:
    """Return the good parts of a model that was taught with these pictures."""
    parts = _good(learned, [None] * len(pictures))
    return KnownParts(parts, lambda number: pictures[learned.numbers[number]], TAUGHT)


def labelled_parts(
    journal: JournalReader,
    learned: Learned,
    good: Sequence[tuple[Labelled, Bytes]],
    bad: Sequence[Labelled],
    predictor: Predictor,
) -> KnownParts:
    """Return the good parts that a model learned from, and the bad ones that people labelled, each scored without itself.

    A bad part that the model cannot judge, or of another size, is left out and counted: it is rejected, not scored.
    """
    parts = _good(learned, [str(one.sample.part_uid) if one.sample.part_uid else None for one, _ in good])
    first = len(parts)
    scored: list[Labelled] = []
    for one, picture in zip(bad, load_pictures(journal, bad), strict=True):
        if (value := score(predictor, picture)) is not None:
            uid = str(one.sample.part_uid) if one.sample.part_uid else None
            classes = outlined_classes(journal, one)
            parts.append(CardPart(picture=picture_sha256(picture), part=uid, good=False, classes=classes, score=value))
            scored.append(one)

    def load(number: int) -> Bytes:
        if number < first:
            return good[learned.numbers[number]][1]
        return next(load_pictures(journal, [scored[number - first]]))

    missing = len(bad) - len(scored)
    left = f" {missing} bad parts that it cannot judge, which the line rejects, are left out." if missing else ""
    return KnownParts(parts, load, LABELLED + left)


def _good(learned: Learned, uids: Sequence[str | None]) -> list[CardPart]:
    return [
        CardPart(picture=picture, part=uids[number], good=True, score=value)
        for picture, number, value in zip(learned.learned_from.images, learned.numbers, learned.held_out, strict=True)
    ]
