"""Who looks on while the engine works: the desk, or nobody."""

from typing import Protocol
from uuid import UUID

from station.line.inspection import Inspection


class Audience(Protocol):
    """Who looks on. Every call returns at once, and whatever the audience does, the engine goes on."""

    @property
    def attended(self) -> bool:
        """Whether somebody is there who may decide a part."""

    def part_captured(self, uid: UUID) -> None:
        """All pictures of a part are there: it may go on."""

    def part_finished(self, inspection: Inspection, *, faulty: bool, hold_ms: int) -> None:
        """A part is durable; the PLC is told of it only after `hold_ms`, unless a person decides before."""

    def hold_ended(self, uid: UUID, part_seq: int) -> None:
        """Nobody decided in time."""


class Nobody:
    """The audience of an engine without a desk."""

    attended = False

    def part_captured(self, uid: UUID) -> None:
        """Nobody is there to hear it."""

    def part_finished(self, inspection: Inspection, *, faulty: bool, hold_ms: int) -> None:
        """Nobody is there to hear it."""

    def hold_ended(self, uid: UUID, part_seq: int) -> None:
        """Nobody is there to hear it."""
