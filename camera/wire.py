"""Messages between a client and its worker: one JSON array a packet, its first item the message's name.

The two that pass for every picture are numbers in a row instead: after megabytes of pixels a processor's caches hold neither
a JSON reader nor its words.
"""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any

from camera.device import CameraInfo
from camera.frame import PixelFormat
from camera.settings import CameraSettings

PACKET_BYTES = 128 * 1024
"""Longest packet."""


@dataclass(frozen=True, slots=True)
class Begin:
    """First word to a worker."""

    settings: CameraSettings


@dataclass(frozen=True, slots=True)
class Fire:
    """A trigger. `shot` is the client's number for it, `at_ns` the monotonic time it was asked for."""

    shot: int
    trigger_id: int
    at_ns: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Last word to a worker."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The device is open, its features are set, it is armed."""

    info: CameraInfo


@dataclass(frozen=True, slots=True)
class Written:
    """The picture of a shot lies in a slot of the ring, leased."""

    shot: int
    slot: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A shot ended without a picture."""

    shot: int
    incomplete: bool
    reason: str
    overrun: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What device and link tell of themselves now."""

    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Failed:
    """Last word of a worker that gives up."""

    reason: str


Message = Begin | Fire | Stop | Ready | Written | Missed | Told | Failed
_KINDS: dict[str, type[Stop | Missed | Told | Failed]] = {kind.__name__: kind for kind in (Stop, Missed, Told, Failed)}
_FIRE = struct.Struct("<cqqq")
_WRITTEN = struct.Struct("<cqq")
_FIRE_TAG, _WRITTEN_TAG = b"F", b"W"


def encode(message: Message) -> bytes:
    """Pack a message."""
    body: Any
    match message:
        case Fire(shot, trigger_id, at_ns):
            return _FIRE.pack(_FIRE_TAG, shot, trigger_id, at_ns)
        case Written(shot, slot):
            return _WRITTEN.pack(_WRITTEN_TAG, shot, slot)
        case Begin(settings):
            body = settings.to_json()
        case _:
            body = asdict(message)
    return json.dumps([type(message).__name__, body]).encode()


def decode(packet: bytes) -> Message:
    """Unpack what `encode` packed."""
    if packet.startswith(_FIRE_TAG):
        _, shot, trigger_id, at_ns = _FIRE.unpack(packet)
        return Fire(shot, trigger_id, at_ns)
    if packet.startswith(_WRITTEN_TAG):
        _, shot, slot = _WRITTEN.unpack(packet)
        return Written(shot, slot)
    name, body = json.loads(packet)
    if name == Begin.__name__:
        return Begin(CameraSettings.from_json(body))
    if name == Ready.__name__:
        info = body["info"]
        info["pixel_format"] = PixelFormat(info["pixel_format"])
        info["pixel_formats"] = tuple(info["pixel_formats"])
        return Ready(CameraInfo(**info))
    return _KINDS[name](**body)
