"""The line as the desk sees it: an engine, or none."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from plc.link import VerdictCode
from station.line.hold import Held
from station.line.inspection import Trigger, VerdictKind
from station.line.readiness import Readiness
from station.line.tally import Tally


class Line(Protocol):
    """What the desk asks of the line; `station.line.engine.Engine` is one."""

    readiness: Readiness
    tally: Tally

    @property
    def held(self) -> Sequence[Held]:
        """Parts that wait for a person, the oldest first."""

    def told(self, uid: UUID) -> VerdictCode | None:
        """Return what the PLC was told of a part, None where that is not known."""

    def decide(self, uid: UUID, kind: VerdictKind) -> bool:
        """Give the PLC a person's verdict that is durable; False when the part does not wait for one."""

    def pause(self, reason: str | None, *, job_by_job: bool = False) -> None:
        """Take no parts until `pause(None)`."""

    def trigger_here(self, part_id: str, *, job: bool = False) -> Trigger | None:
        """Start a part that no PLC asked for; None when it cannot be taken."""


class NoLine:
    """The line of a review desk that stands alone: it takes no parts, and no PLC is told anything."""

    held: Sequence[Held] = ()

    def __init__(self) -> None:
        self.readiness = Readiness(frozenset()).stop()
        self.tally = Tally()

    def told(self, uid: UUID) -> None:
        """Know nothing: what an engine told the PLC before is not on record."""

    def decide(self, uid: UUID, kind: VerdictKind) -> bool:  # noqa: ARG002 - as a line's
        """Tell nobody."""
        return False

    def pause(self, reason: str | None, *, job_by_job: bool = False) -> None:
        """Stay as it is."""

    def trigger_here(self, part_id: str, *, job: bool = False) -> Trigger | None:  # noqa: ARG002 - as a line's
        """Take no part."""
        return None
