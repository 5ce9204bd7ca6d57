"""`[retention]` of `station.toml`: how long pictures are kept, by verdict and class. Without it none is ever removed."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from station.keeping.rules import RetentionRules
from station.line.inspection import VerdictKind
from station.toml_file import StrictModel

Days = Annotated[float, Field(gt=0, le=36_525)]


class RetentionTable(StrictModel):
    """[retention]: what is left out is kept for good. `class_days` outweighs the verdict's days for parts with such a defect.

    Below `free_mb` of free disk the oldest pictures that may go one day go at once, good parts' first, none younger than
    `least_days`.
    """

    ok_days: Days | None = None
    not_decidable_days: Days | None = None
    ng_days: Days | None = None
    class_days: dict[str, Days] = Field(default_factory=dict)
    free_mb: Annotated[int, Field(ge=1)] | None = None
    least_days: Annotated[float, Field(ge=0, le=36_525)] = 1.0

    @property
    def rules(self) -> RetentionRules:
        """The same as the keeper takes it."""
        by_verdict = {
            VerdictKind.OK: self.ok_days,
            VerdictKind.NOT_DECIDABLE: self.not_decidable_days,
            VerdictKind.NG: self.ng_days,
        }
        return RetentionRules(
            {kind: timedelta(days=days) for kind, days in by_verdict.items() if days is not None},
            {name: timedelta(days=days) for name, days in self.class_days.items()},
            None if self.free_mb is None else self.free_mb * 1_000_000,
            timedelta(days=self.least_days),
        )
