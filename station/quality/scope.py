"""Which parts figures are about."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Triggered from `since` and before `until`, both with zones; `lot` is how their id begins; "" is any lot, any recipe."""

    since: datetime
    until: datetime
    lot: str = ""
    recipe: str = ""
