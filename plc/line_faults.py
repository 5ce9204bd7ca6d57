"""Faults of a line on order: which one, at which part, for how long."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong."""

    VANISH = "vanish"
    """The TCP connection drops and stays away."""
    SILENT = "silent"
    """The PLC's heartbeat stands still."""
    STUCK_ACK = "stuck-ack"
    """InspectionResultsAck stays up once it is."""
    DOUBLE_TRIGGER = "double-trigger"
    """The part's sensor bounces: its trigger rises twice."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """One fault; it begins when the `part`-th part of the run comes to the camera (1 is the first)."""

    kind: FaultKind
    part: int
    seconds: float = 0.0


def parse_faults(text: str) -> tuple[LineFault, ...]:
    """Read ``kind@part[:seconds]``, several separated by commas. Raises `ValueError` naming the piece and the remedy."""
    return tuple(_parse(piece.strip()) for piece in text.split(",") if piece.strip())


def _parse(piece: str) -> LineFault:
    kind, _, when = piece.partition("@")
    part, _, seconds = when.partition(":")
    try:
        fault = LineFault(FaultKind(kind), int(part), float(seconds or 0))
    except ValueError:
        kinds = ", ".join(FaultKind)
        raise ValueError(f"fault {piece!r} is not kind@part or kind@part:seconds, with kind one of {kinds}") from None
    if fault.part < 1 or not 0 <= fault.seconds < float("inf"):
        raise ValueError(f"fault {piece!r}: parts count from 1, and seconds from 0")
    if fault.kind is not FaultKind.DOUBLE_TRIGGER and fault.seconds == 0:
        raise ValueError(f"fault {piece!r} needs its seconds, as in {fault.kind}@{fault.part}:2.0")
    return fault
