"""In which order the queue is worked off: what is uncertain and what is rare comes first. Pure.

The priority is 600 x uncertainty + 400 x rarity, both from 0 to 1. Nothing at this station computes an embedding, so that
novelty by distance has no part in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from station.review.queue import Stage, Why

UNCERTAINTY, RARITY = 600, 400
ENOUGH_OF_A_CLASS = 20
"""A class with so many parts is half as rare as a new one: models learn a class from 20 to 40 pictures."""
LEAST_OF_A_DRAW = 500
"""Parts drawn at random or for drift would come last for ever: the model is sure of most of them."""
ADJUDICATION = 1000
"""Added where reviewers differ: two people's work waits."""
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A view's score with the thresholds it was held against, each None where there is none."""

    score: float | None
    low: float | None
    high: float | None


def uncertainty(view: Judged) -> float:
    """Return 1 between the thresholds and less the farther the score is from the nearer one; `UNKNOWN` without either.

    It is one half at a distance of the width of the band, or of a quarter of the upper threshold where that is more.
    """
    if view.score is None or view.low is None or view.high is None:
        return UNKNOWN
    beyond = max(view.low - view.score, view.score - view.high, 0.0)
    width = max(view.high - view.low, abs(view.high) / 4)
    if width <= 0:
        return 1.0 if beyond == 0 else 0.0
    return width / (width + beyond)


def rarity(parts: Iterable[int]) -> float:
    """Return how rare the rarest class of a part is, by the parts on record of each; 0 where it has no class."""
    return max((ENOUGH_OF_A_CLASS / (ENOUGH_OF_A_CLASS + count) for count in parts), default=0.0)


def priority(views: Iterable[Judged], class_counts: Iterable[int], whys: frozenset[Why], stage: Stage) -> int:
    """Return a part's place in the queue; the highest comes first."""
    doubt = max((uncertainty(view) for view in views), default=UNKNOWN)
    if whys & {Why.NOT_DECIDABLE, Why.DISAGREEMENT, Why.DOUBTED}:
        doubt = 1.0
    found = round(UNCERTAINTY * doubt + RARITY * rarity(class_counts))
    if whys & {Why.AUDIT, Why.DRIFT}:
        found = max(found, LEAST_OF_A_DRAW)
    return found + (ADJUDICATION if stage is Stage.ADJUDICATION else 0)
