"""What the engine hears from a camera, and the counts it can hold the camera to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from camera.device import CameraInfo
from camera.frame import Frame


class FrameLease(Protocol):
    """A frame in the camera's ring; its slot is free again after `release`. `frame.pixels` must not be used after that."""

    @property
    def frame(self) -> Frame:
        """The picture, without a copy."""

    def release(self) -> None:
        """Give the slot back; safe to call twice and from any thread."""


@dataclass(frozen=True, slots=True)
class FrameDelivered:
    """A trigger ended well."""

    camera: str
    trigger_id: int
    lease: FrameLease


@dataclass(frozen=True, slots=True)
class FrameMissing:
    """A trigger ended without a picture.

    `incomplete` says whether a part of one arrived, `overrun` that the trigger came before the device could take it, and was
    not fired.
    """

    camera: str
    trigger_id: int
    incomplete: bool
    reason: str
    overrun: bool = False


@dataclass(frozen=True, slots=True)
class CameraUp:
    """The camera is armed, its features are set."""

    camera: str
    info: CameraInfo


@dataclass(frozen=True, slots=True)
class CameraDown:
    """The camera cannot take pictures; its client goes on trying by itself."""

    camera: str
    reason: str


CameraEvent = FrameDelivered | FrameMissing | CameraUp | CameraDown
CameraListener = Callable[[CameraEvent], None]
"""Called from the client's own thread; must return at once."""


@dataclass(frozen=True, slots=True)
class FrameAccount:
    """Every trigger ends in exactly one way: `triggered == delivered + incomplete + lost + overrun + pending`.

    The `stream_*` figures are of all frames the device produced, asked for or not, by its frame ids:
    `stream_produced == stream_whole + stream_incomplete + stream_lost`.
    """

    triggered: int = 0
    delivered: int = 0
    incomplete: int = 0
    lost: int = 0
    pending: int = 0
    stream_produced: int = 0
    stream_whole: int = 0
    stream_incomplete: int = 0
    stream_lost: int = 0
    overrun: int = 0
