"""A device that the line triggers by a wire: its clock in view, its frames with the parts they are of."""

from collections.abc import Callable

from camera.device import CameraDevice, CameraError
from camera.line_pairing import Answer, LinePairing
from camera.settings import CameraSettings

CLOCK_EVERY_NS = 2_000_000_000
"""How often the device's clock is read: clocks go apart by some 50 us a second."""


class WiredTrigger:
    """Beside the worker's loop, which feeds `pairing`.

    Parameters
    ----------
    settings, device
        Of the camera.
    monotonic_ns
        The host's clock.
    """

    def __init__(self, settings: CameraSettings, device: CameraDevice, monotonic_ns: Callable[[], int]) -> None:
        self.pairing = LinePairing(round(settings.trigger_window_s * 1e9), round(settings.link_delay_s * 1e9))
        self._camera = settings.name
        self._device = device
        self._monotonic_ns = monotonic_ns
        self._read_ns = 0

    def read_clock(self) -> None:
        """Ask the device for its time. Raises `CameraError` where it has none."""
        before_ns = self._monotonic_ns()
        device_ns = self._device.clock_ns()
        self._read_ns = self._monotonic_ns()
        if device_ns is None:
            raise CameraError(
                f"camera {self._camera!r} cannot be asked for its time, so nobody knows whose picture it took by a wire; "
                'set trigger = "software"'
            )
        self.pairing.clock.note(before_ns, device_ns, self._read_ns)

    def decided(self, now_ns: int) -> tuple[Answer, ...]:
        """End the parts whose pictures are certain."""
        if now_ns - self._read_ns > CLOCK_EVERY_NS:
            self.read_clock()
        return self.pairing.decided(now_ns)
