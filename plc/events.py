"""What the handshake takes in and what comes out of it."""

from dataclasses import dataclass

from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger
from plc.registers import ControlView, StatusView


@dataclass(frozen=True, slots=True)
class ControlSeen:
    """The PLC's control block was read or written."""

    control: ControlView
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class TriggerAnswer:
    """The engine's answer to `TriggerRaised`; due before the next control block."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The station's own heartbeat is due."""

    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class TransportLost:
    """The registers of the PLC cannot be reached."""

    text: str


@dataclass(frozen=True, slots=True)
class SetOnline:
    """The station is able to work (NONE) or not."""

    reason: OfflineReason


@dataclass(frozen=True, slots=True)
class SetRecipe:
    """The active recipe's number."""

    number: int


@dataclass(frozen=True, slots=True)
class SetError:
    """Latch an error, or clear it with NONE."""

    code: ErrorCode


@dataclass(frozen=True, slots=True)
class ResultReady:
    """A durable result for the PLC."""

    result: PlcResult


Event = ControlSeen | TriggerAnswer | Tick | TransportLost | SetOnline | SetRecipe | SetError | ResultReady


@dataclass(frozen=True, slots=True)
class TriggerRaised:
    """A part is to be inspected; answer with `TriggerAnswer`."""

    trigger: PlcTrigger


@dataclass(frozen=True, slots=True)
class TriggerMissed:
    """A trigger came when none could be taken; `why` says what stood in the way."""

    part_seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The PLC has taken this result."""

    inspection_id: int


@dataclass(frozen=True, slots=True)
class ResultDropped:
    """The buffer was full; the PLC never sees this result."""

    inspection_id: int


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The PLC is heard again or has gone silent."""

    up: bool
    text: str


Output = StatusView | TriggerRaised | TriggerMissed | Acknowledged | ResultDropped | LinkChanged
"""A `StatusView` is a whole register image; images are written in the order they are given."""
