"""What a camera backend must do; everything else (threads, ring, accounting, restart) is written once, around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from camera.frame import PixelFormat, Pixels

FeatureValue = bool | int | float | str
"""Value of one SFNC feature."""


class TriggerKind(StrEnum):
    """Who decides when a picture is taken."""

    SOFTWARE = "software"
    """One frame for each call of `trigger` (SFNC TriggerMode=On, TriggerSource=Software)."""
    FREE_RUN = "free_run"
    """The device streams at its own pace; a trigger takes the first whole frame that began after it."""
    LINE = "line"
    """The line triggers the device by a wire (SFNC TriggerMode=On, TriggerSource=Line0 and so on); a trigger announces a part."""


class CameraError(Exception):
    """The device failed; the text says which device, what happened and what to do."""


class DeviceMissingError(CameraError):
    """The device is not there: unplugged, switched off or held by another program."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """What a device says about itself."""

    backend: str
    vendor: str
    model: str
    serial: str
    width: int
    height: int
    pixel_format: PixelFormat
    pixel_formats: tuple[str, ...]
    knows_trigger_ids: bool = True
    """Whether a software-triggered frame says which trigger it answers (`trigger_id`)."""
    address: str = ""
    """Where it is on the network; empty where it is not, or does not say."""
    dead_time_us: float = 0.0
    """For so long after a trigger the device takes no other; 0 where it does not say."""


@dataclass(frozen=True, slots=True, eq=False)
class RawFrame:
    """A whole picture out of the device.

    `pixels` may lie in the memory that the device fills: they last until its next `next_frame`, `arm` or `close`.
    """

    pixels: Pixels
    pixel_format: PixelFormat
    frame_id: int
    trigger_id: int | None = None
    device_time_ns: int | None = None
    chunk: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncompleteFrame:
    """A picture that did not arrive whole, or could not be read."""

    frame_id: int
    reason: str
    trigger_id: int | None = None
    device_time_ns: int | None = None


class CameraDevice(Protocol):
    """One physical or simulated camera, used from one thread from `open` to `close`.

    `next_frame` returns None when nothing arrived within the timeout. A backend that knows which trigger a frame answers says
    so in `trigger_id`; one that does not sets `CameraInfo.knows_trigger_ids` to False, and the worker pairs by order of firing:
    one trigger at a time, and `arm` once more after every miss.
    """

    def open(self) -> CameraInfo:
        """Take hold of the device. Raises `DeviceMissingError` or `CameraError`."""

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        """Set features by SFNC name and read them back. Raises `CameraError` naming feature, value and limits."""

    def features(self) -> dict[str, FeatureValue]:
        """Read every readable feature by its SFNC name."""

    def settable(self) -> frozenset[str]:
        """Names of the features that can be set now."""

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        """Start acquisition; when it runs already, throw away whatever is under way and start anew.

        `line` is the input of the wire by its SFNC name, such as Line0, where that triggers.
        """

    def clock_ns(self) -> int | None:
        """Ask for the device's time, that of its frames' `device_time_ns`; None where it cannot be asked."""

    def trigger(self, trigger_id: int) -> None:
        """Fire once; on a device that runs free or is triggered by its line this does nothing."""

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        """Wait for the next frame. Raises `CameraError` when the device failed."""

    def figures(self) -> dict[str, float]:
        """What device and link tell while it runs: `temperature_c`, `resends` since it was armed; only what they know."""

    def close(self) -> None:
        """Stop acquisition and let go of the device; safe to call twice."""
