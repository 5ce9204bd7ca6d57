"""What time it was here when a device's clock said something. Times in ns; here is the host's monotonic clock."""

from dataclasses import dataclass

_TRIES = 3
"""So many readings are remembered, and the one that took the shortest counts."""


@dataclass(frozen=True, slots=True)
class _Reading:
    offset_ns: int
    took_ns: int


class DeviceClock:
    """The device's clock by its last readings: each is true to half of what it took to ask."""

    def __init__(self) -> None:
        self._readings: list[_Reading] = []

    def note(self, before_ns: int, device_ns: int, after_ns: int) -> None:
        """Take a reading, and what time it was here before and after it was asked for."""
        took_ns = after_ns - before_ns
        self._readings = [*self._readings[1 - _TRIES :], _Reading(before_ns + took_ns // 2 - device_ns, took_ns)]

    def here_ns(self, device_ns: int) -> int:
        """What time it was here. Raises `ValueError` before the first reading."""
        return device_ns + min(self._readings, key=lambda reading: reading.took_ns).offset_ns

    @property
    def doubt_ns(self) -> int:
        """How wrong that can be, but for what the clocks have gone apart since."""
        return min(reading.took_ns for reading in self._readings) // 2
