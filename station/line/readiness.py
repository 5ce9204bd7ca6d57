"""Whether the station may take parts, and why not: pure bookkeeping of what is wrong right now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from plc.link import ErrorCode, OfflineReason
from station.line.inspection import Fault, FaultCode

_OFFLINE_BY_FAULT = {
    FaultCode.STORAGE: OfflineReason.NO_STORAGE,
    FaultCode.MODEL: OfflineReason.NO_MODEL,
    FaultCode.CAMERA: OfflineReason.NO_CAMERA,
}
"""Faults that stop the station while they last, gravest first."""

_ERROR_BY_FAULT = {
    FaultCode.CAMERA: ErrorCode.CAMERA,
    FaultCode.PICTURE: ErrorCode.CAMERA,
    FaultCode.MODEL: ErrorCode.MODEL,
    FaultCode.STORAGE: ErrorCode.STORAGE,
    FaultCode.TIMEOUT: ErrorCode.TIMEOUT,
    FaultCode.OVERRUN: ErrorCode.TRIGGER_OVERRUN,
    FaultCode.RECIPE: ErrorCode.RECIPE,
    FaultCode.INTERNAL: ErrorCode.INTERNAL,
}


def error_code(code: FaultCode) -> ErrorCode:
    """Return the PLC's error register value for a fault."""
    return _ERROR_BY_FAULT[code]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Standing faults by their source (a camera's name, "model", "storage"), and what is still starting."""

    awaited: frozenset[str]
    faults: Mapping[str, Fault] = field(default_factory=lambda: MappingProxyType({}))
    stopping: bool = False

    def with_fault(self, fault: Fault) -> "Readiness":
        """Return the state with a standing fault; it replaces an earlier one of the same source."""
        return Readiness(self.awaited, MappingProxyType({**self.faults, fault.source: fault}), self.stopping)

    def well(self, source: str) -> "Readiness":
        """Return the state after a source came up or recovered."""
        remaining = {name: fault for name, fault in self.faults.items() if name != source}
        return Readiness(self.awaited - {source}, MappingProxyType(remaining), self.stopping)

    def stop(self) -> "Readiness":
        """Return the state of a station that takes no more parts."""
        return Readiness(self.awaited, self.faults, stopping=True)

    @property
    def offline_reason(self) -> OfflineReason:
        """NONE exactly when nothing is awaited and nothing is wrong."""
        if self.stopping:
            return OfflineReason.STOPPING
        standing = {fault.code for fault in self.faults.values()}
        for code, reason in _OFFLINE_BY_FAULT.items():
            if code in standing:
                return reason
        if standing:
            return OfflineReason.INTERNAL
        return OfflineReason.STARTING if self.awaited else OfflineReason.NONE
