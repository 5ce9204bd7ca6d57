"""Whether the station may take parts, and why not: pure bookkeeping of what is wrong right now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    paused: str | None = None
    """Why somebody paused the station, None while nobody has."""
    job_by_job: bool = False
    """Whether it was a program in its own right that paused it, which may then have parts taken one by one."""

    def with_fault(self, fault: Fault) -> "Readiness":
        """Return the state with a standing fault; it replaces an earlier one of the same source."""
        return replace(self, faults=MappingProxyType({**self.faults, fault.source: fault}))

    def well(self, source: str) -> "Readiness":
        """Return the state after a source came up or recovered."""
        remaining = {name: fault for name, fault in self.faults.items() if name != source}
        return replace(self, awaited=self.awaited - {source}, faults=MappingProxyType(remaining))

    def stop(self) -> "Readiness":
        """Return the state of a station that takes no more parts."""
        return replace(self, stopping=True)

    def pause(self, reason: str | None, *, job_by_job: bool = False) -> "Readiness":
        """Return the state of a station that takes no parts until somebody wants it to: until `pause(None)`."""
        return replace(self, paused=reason, job_by_job=reason is not None and job_by_job)

    @property
    def takes_jobs(self) -> bool:
        """Whether a part may be triggered by a program: also in the pause that a program made, never in a person's."""
        readiness = self.pause(None) if self.job_by_job else self
        return readiness.offline_reason is OfflineReason.NONE

    @property
    def offline_reason(self) -> OfflineReason:
        """NONE exactly when nothing is awaited, nothing is wrong and nobody paused the station.

        A pause shows as STOPPING, the reason for "well, but takes no parts": three bits have room for no reason of its own.
        """
        if self.stopping:
            return OfflineReason.STOPPING
        standing = {fault.code for fault in self.faults.values()}
        for code, reason in _OFFLINE_BY_FAULT.items():
            if code in standing:
                return reason
        if standing:
            return OfflineReason.INTERNAL
        if self.awaited:
            return OfflineReason.STARTING
        return OfflineReason.NONE if self.paused is None else OfflineReason.STOPPING
