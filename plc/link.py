"""What the station says to a PLC and hears from it, whatever the transport."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class VerdictCode(IntEnum):
    """Register `verdict`."""

    NONE = 0
    OK = 1
    NG = 2
    NOT_DECIDABLE = 3


class OfflineReason(IntEnum):
    """Status bits 4-6 of byte 0: why the station is not online."""

    NONE = 0
    STARTING = 1
    NO_CAMERA = 2
    NO_MODEL = 3
    NO_STORAGE = 4
    PLC_SET_OFFLINE = 5
    STOPPING = 6
    INTERNAL = 7


class ErrorCode(IntEnum):
    """Register `error`: the cause of the latest fault, 0 when there is none."""

    NONE = 0
    CAMERA = 1
    MODEL = 2
    STORAGE = 3
    TRIGGER_OVERRUN = 4
    TIMEOUT = 5
    RECIPE = 6
    PLC = 7
    INTERNAL = 8
    RESULTS_OVERRUN = 9


@dataclass(frozen=True, slots=True)
class PlcTrigger:
    """One rising edge of Trigger, with what the PLC wrote beside it."""

    acquisition_id: int
    part_seq: int
    encoder: int
    serial: str
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class PlcResult:
    """What goes into the result registers for one part; `part_seq` and `encoder` are echoed from its trigger."""

    inspection_id: int
    acquisition_id: int
    part_seq: int
    encoder: int
    verdict: VerdictCode
    result_code: int
    error: ErrorCode
    defect_count: int
    worst_class: int
    score: float
    cycle_ms: int


class PlcListener(Protocol):
    """The engine's ear; called on the asyncio loop of the link, must return at once."""

    def on_trigger(self, trigger: PlcTrigger) -> bool:
        """Start a part; False when it cannot be taken (the link then reports MissedAcq and TRIGGER_OVERRUN)."""

    def on_acknowledged(self, inspection_id: int) -> None:
        """The PLC acknowledged that result."""

    def on_link(self, *, up: bool, text: str) -> None:
        """The PLC's heartbeat came back or stopped."""


class PlcLink(Protocol):
    """The station's side of the handshake over one transport. All calls are made on its asyncio loop."""

    async def start(self) -> None:
        """Open the transport with Online 0 and verdict 0. Raises `PlcError` naming address and remedy."""

    async def stop(self) -> None:
        """Write Online 0, verdict 0 and close."""

    def set_online(self, reason: OfflineReason) -> None:
        """NONE puts the station online (TriggerReady follows TriggerEnable); any other reason takes it offline."""

    def set_recipe(self, number: int) -> None:
        """Show the active recipe's number."""

    def set_error(self, code: ErrorCode) -> None:
        """Latch an error until the PLC clears it (ClearError) or NONE is set."""

    def publish(self, result: PlcResult) -> None:
        """Queue one durable result; up to 8 are buffered, more sets ResultsBufferOverrun and is an error."""


class PlcError(Exception):
    """The PLC link failed; the text names address, cause and remedy."""
