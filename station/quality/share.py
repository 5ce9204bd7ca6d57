"""A count of a count: the share, and the interval that the true share lies in."""

from dataclasses import dataclass

from station.quality.p_chart import Interval, wilson


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} cannot be a part of {self.of}")

    @property
    def share(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval:
        """Wilson's, with 95 % confidence."""
        return wilson(self.count, self.of)
