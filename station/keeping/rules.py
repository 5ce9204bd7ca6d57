"""How long the pictures of a part are kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from station.line.inspection import VerdictKind

IN_ORDER = (VerdictKind.OK, VerdictKind.NOT_DECIDABLE, VerdictKind.NG)
"""Whose pictures go first where the disk needs room."""


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """What may be removed when.

    Attributes
    ----------
    by_verdict
        How long a part of that verdict keeps its pictures; one that is not named keeps them for good.
    by_class
        The same for parts that are not OK and have a defect of a class, in place of the verdict's.
    room_bytes
        So much of the disk is kept free, by removing what may go one day before its time; None: nothing goes early.
    least
        However little room there is, nothing younger goes.
    """

    by_verdict: Mapping[VerdictKind, timedelta] = field(default_factory=dict)
    by_class: Mapping[str, timedelta] = field(default_factory=dict)
    room_bytes: int | None = None
    least: timedelta = timedelta(days=1)

    def __bool__(self) -> bool:
        """Whether anything may ever be removed."""
        return bool(self.by_verdict or self.by_class)

    def kept_for(self, verdict: VerdictKind, classes: Iterable[str]) -> timedelta | None:
        """Return how long a part keeps its pictures, None for good: the longest of what its classes ask for.

        A class that no rule names asks for what the verdict does.
        """
        general = self.by_verdict.get(verdict)
        if verdict is VerdictKind.OK:
            return general
        asked = [self.by_class.get(name, general) for name in classes] or [general]
        known = [each for each in asked if each is not None]
        return max(known) if len(known) == len(asked) else None

    def shortest(self, verdict: VerdictKind) -> timedelta | None:
        """Return the age below which no part of a verdict needs looking at; None where none of them ever goes."""
        general = self.by_verdict.get(verdict)
        classes = () if verdict is VerdictKind.OK else self.by_class.values()
        return min((each for each in (general, *classes) if each is not None), default=None)
