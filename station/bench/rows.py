"""A row of the performance table: our figure beside a baseline taken in the same run, and the limit of their relation."""

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How figure and baseline are compared with the limit."""

    RATIO = "figure / baseline at most"
    DIFFERENCE = "figure - baseline at most"
    AT_LEAST = "figure at least"
    AT_MOST = "figure at most"


@dataclass(frozen=True, slots=True)
class Row:
    """One claim. `baseline` stands beside the figure also where the limit is absolute."""

    name: str
    figure: float
    baseline: float
    unit: str
    baseline_name: str
    relation: Relation
    limit: float

    @property
    def compared(self) -> float:
        """The value the limit is held against."""
        if self.relation is Relation.RATIO:
            return self.figure / self.baseline
        return self.figure - self.baseline if self.relation is Relation.DIFFERENCE else self.figure

    @property
    def met(self) -> bool:
        """Whether the claim holds in this run."""
        if self.relation is Relation.AT_LEAST:
            return self.compared >= self.limit
        return self.compared <= self.limit

    def to_json(self) -> dict[str, str | float | bool]:
        """Return the row as it is printed with `--json`."""
        return {
            "name": self.name,
            "figure": round(self.figure, 4),
            "baseline": round(self.baseline, 4),
            "unit": self.unit,
            "baseline_name": self.baseline_name,
            "relation": self.relation.value,
            "compared": round(self.compared, 4),
            "limit": self.limit,
            "met": self.met,
        }
