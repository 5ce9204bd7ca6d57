"""Whether a good part's score is unlike those of the parts before it. Pure."""

from dataclasses import dataclass
from math import sqrt

NEW_PARTS = 5
"""The first parts of a recipe with a model are drawn: nobody has seen yet how the two get on."""
SETTLED = 50
"""A deviation means something only once so many parts have been seen."""
MEMORY = 1000
"""Beyond so many parts the older ones are slowly forgotten."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Running mean and variance of the scores of good parts, and how many there were."""

    parts: int = 0
    mean: float = 0.0
    variance: float = 0.0

    def unlike(self, score: float, sigmas: float) -> bool:
        """Whether a score is to be looked at: one of the first, or `sigmas` standard deviations off."""
        if self.parts < NEW_PARTS:
            return True
        return self.parts >= SETTLED and abs(score - self.mean) > sigmas * sqrt(self.variance)

    def with_score(self, score: float) -> "Baseline":
        """Return the baseline with one more part (West 1979; exponentially weighted beyond `MEMORY`)."""
        weight = 1 / min(self.parts + 1, MEMORY)
        off = score - self.mean
        return Baseline(self.parts + 1, self.mean + weight * off, (1 - weight) * (self.variance + weight * off * off))
