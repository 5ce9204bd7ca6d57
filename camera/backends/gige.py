"""GigE Vision and USB3 Vision cameras without a vendor's producer, through viva-genicam (an optional extra).

The device's own block ids are 16 bits wide on most GigE cameras and begin anywhere; here they are counted on from 0 at every
start, so that a gap is a lost frame.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import viva_genicam as viva

from camera.backends.gvcp import Ping
from camera.backends.sfnc import Access, FeatureSet, Kind
from camera.backends.sfnc_device import SfncDevice
from camera.device import (
    CameraError,
    CameraInfo,
    DeviceMissingError,
    FeatureValue,
    IncompleteFrame,
    RawFrame,
    TriggerKind,
)
from camera.frame import PixelFormat
from camera.options import OptionValue, read_options
from camera.unpack import WireError, memory_format, picture_bytes, unpack

_ERRORS = (viva.GenicamError,)
_ALIVE_S = 0.3
"""How often a device that sends nothing is asked whether it is still there."""
_CONTROL_REGISTER = 0x0A00
"""Control channel privilege (GigE Vision 2.0, bootstrap registers)."""
_BLOCK_IDS = 65_535
"""16-bit block ids run from 1 to this number; 0 is no block (GigE Vision)."""


@dataclass(frozen=True, slots=True)
class GigeOptions:
    """Options of a camera on the network or on USB.

    Attributes
    ----------
    device
        Address, MAC, serial number or model; may be left out where there is only one.
    transport
        "gige" or "usb3".
    interface
        Network interface to look and receive on, by name or address; every one where it is left out.
    packet_size
        Largest packet of the stream in bytes; 0 leaves the device's own setting.
    resend
        Ask the device for lost packets once more.
    search_ms
        How long to wait for devices to answer.
    """

    device: str = ""
    transport: str = "gige"
    interface: str = ""
    packet_size: int = 0
    resend: bool = True
    search_ms: int = 500


def open_device(name: str, options: Mapping[str, OptionValue]) -> "GigeDevice":
    """Make a camera. Raises `CameraError` for options it does not know."""
    return GigeDevice(name, _checked(name, options))


def discover(options: Mapping[str, OptionValue]) -> list[CameraInfo]:
    """List the devices that answer; one that another program holds comes without size and formats."""
    settings = _checked("gige", options)
    return [_look_at(entry, settings) for entry in _search(settings)]


class GigeDevice(SfncDevice):
    """A GigE Vision or USB3 Vision camera; see `camera.device.CameraDevice`."""

    def __init__(self, name: str, options: GigeOptions) -> None:
        super().__init__(name)
        self._options = options
        self._camera: Any = None
        self._stream: Any = None
        self._ids = BlockIds()
        self._ping: Ping | None = None
        self._asked_s = 0.0

    def open(self) -> CameraInfo:
        """See `CameraDevice`."""
        entry = _chosen(self._name, self._options.device, _search(self._options))
        try:
            self._camera = _connect(entry, self._options)
            self._ping = Ping(entry.ip) if self._options.transport == "gige" else None
        except viva.TransportError as error:
            raise DeviceMissingError(
                f"camera {self._name!r} cannot be opened ({error}); close the program that holds it, and check its address"
            ) from None
        except (*_ERRORS, OSError) as error:
            raise CameraError(f"camera {self._name!r} cannot be opened: {error}") from None
        self._features = FeatureSet(self._name, _Nodes(self._camera), _ERRORS)
        return _describe(entry, self._features)

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        """See `CameraDevice`."""
        features = self._opened()
        self._end_stream()
        features.set_trigger(kind, line)
        with self._failing("cannot start"):
            self._stream = self._camera.stream(
                iface=self._options.interface or None,
                packet_size=self._options.packet_size or None,
                resend=self._options.resend,
                deliver_incomplete=True,
            )
            self._stream.__enter__()  # ended by close or the next arm, not by a block
        self._ids = BlockIds()
        self._asked_s = time.monotonic()

    def trigger(self, trigger_id: int) -> None:
        """See `CameraDevice`."""
        self._check_answers()
        super().trigger(trigger_id)

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        """See `CameraDevice`."""
        self._opened()
        if self._stream is None:
            raise CameraError(f"camera {self._name!r} is not started; arm it first")
        try:
            frame = self._stream.next_frame(max(1, int(timeout_s * 1000)))
        except viva.TransportError:  # nothing in time, or no device: only asking it tells
            self._check_alive()
            return None
        if frame is None:
            raise CameraError(f"camera {self._name!r}: its stream ended; check its cable and power")
        self._asked_s = time.monotonic()
        return self._taken(frame)

    def figures(self) -> dict[str, float]:
        """See `CameraDevice`."""
        resends = {} if self._stream is None else {"resends": float(self._stream.stats().resend_requested)}
        return {**super().figures(), **resends}

    def close(self) -> None:
        """See `CameraDevice`."""
        self._end_stream()
        if self._ping is not None:
            self._ping.close()
            self._ping = None
        camera, self._camera, self._features = self._camera, None, None
        if camera is not None:
            with suppress(*_ERRORS):
                camera.close()

    def _taken(self, frame: Any) -> RawFrame | IncompleteFrame | None:
        frame_id = self._ids.number(frame.block_id)
        if frame_id is None:
            return None
        taken_ns = None if frame.ts_dev is None else self._opened().ticks_ns(frame.ts_dev)
        if frame.status is not viva.FrameStatus.COMPLETE:
            missing = f" ({frame.missing_packets} packets)" if frame.missing_packets else ""
            text = f"the picture arrived incomplete{missing}; check the link's cable, switch, packet size and bandwidth"
            return IncompleteFrame(frame_id, text, device_time_ns=taken_ns)
        name, width, height = frame.pixel_format, frame.width, frame.height
        try:
            size = picture_bytes(name, width, height, frame.padding_x)
            pixels = unpack(np.frombuffer(frame.payload(), np.uint8)[:size], name, width, height)
        except WireError as error:
            return IncompleteFrame(frame_id, f"the picture cannot be used: {error}", device_time_ns=taken_ns)
        pixel_format = memory_format(name)
        assert pixel_format is not None  # it was unpacked
        return RawFrame(pixels, pixel_format, frame_id, None, taken_ns, self._chunk(frame))

    def _chunk(self, frame: Any) -> dict[str, str]:
        if not frame.chunks:
            return {}
        return {name: text for name, text in self._camera.chunk_features(frame).items() if isinstance(text, str)}

    def _check_alive(self) -> None:
        """Ask a silent device for its control register now and then. Raises `CameraError` when it is gone or lost to us."""
        if time.monotonic() - self._asked_s < _ALIVE_S:
            return
        self._asked_s = time.monotonic()
        self._check_answers()
        with self._failing("does not answer"):
            if self._camera.transport == "gige":
                self._camera.read_register(_CONTROL_REGISTER)
                held = self._camera.control_state is viva.ControlState.HELD
            else:
                held = self._camera.get("DeviceModelName") is not None
        if not held:
            raise CameraError(f"camera {self._name!r}: another program took control of it; close that one")

    def _check_answers(self) -> None:
        """Raise `CameraError` soon where the library would wait for seconds."""
        if self._ping is not None and not self._ping.answers():
            raise CameraError(f"camera {self._name!r} does not answer; check its cable and power")

    def _end_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(*_ERRORS):
                stream.__exit__(None, None, None)

    @contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        try:
            yield
        except _ERRORS as error:
            raise CameraError(f"camera {self._name!r} {what}: {error}; check its cable and power") from None


class BlockIds:
    """Counts a device's block ids on from 0, whatever they begin at and however often 16 bits run over."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._number = 0

    def number(self, block_id: int) -> int | None:
        """Return the frame's number; None for one that comes again or out of order."""
        if self._last is not None:
            step = block_id - self._last
            if step < -_BLOCK_IDS // 2 and self._last <= _BLOCK_IDS:
                step += _BLOCK_IDS + (block_id == 0)  # a few devices do use 0
            if step <= 0:
                return None
            self._number += step
        self._last = block_id
        return self._number


class _Nodes:
    """A device's features as the GenApi node map that `FeatureSet` works on."""

    def __init__(self, camera: Any) -> None:
        self._camera = camera

    def get_node(self, name: str) -> "_Node":
        """Return a feature. Raises viva's error where there is none."""
        if self._camera.node_info(name) is None:
            raise viva.GenicamError(f"no feature {name}")
        return _Node(self._camera, name)

    @property
    def nodes(self) -> list["_Node"]:
        """Every feature; registers and what converts them stand in no category."""
        categories = self._camera.categories()
        names = dict.fromkeys(name for members in categories.values() for name in members if name not in categories)
        return [_Node(self._camera, name) for name in names]


_KINDS: Mapping[str, Kind] = {
    "Integer": Kind.INTEGER,
    "IntConverter": Kind.INTEGER,
    "Boolean": Kind.BOOLEAN,
    "Command": Kind.COMMAND,
    "Float": Kind.FLOAT,
    "Converter": Kind.FLOAT,
    "String": Kind.STRING,
    "StringReg": Kind.STRING,
    "Enumeration": Kind.ENUMERATION,
}
_ACCESS: Mapping[str | None, Access] = {"RO": Access.READ_ONLY, "RW": Access.READ_WRITE, "WO": Access.WRITE_ONLY}


class _Node:
    """One feature; the names are GenApi's."""

    def __init__(self, camera: Any, name: str) -> None:
        self._camera = camera
        self.name = name

    @property
    def node(self) -> "_Node":
        """The same: viva has no second layer."""
        return self

    @property
    def principal_interface_type(self) -> int:
        """GenApi's EInterfaceType; 0 for what is no feature."""
        return _KINDS.get(self._state.kind, 0)

    def is_feature(self) -> bool:
        """Whether it has a value."""
        return bool(self.principal_interface_type)

    def get_access_mode(self) -> int:
        """GenApi's EAccessMode; 0 where it is not available."""
        return _ACCESS.get(self._state.access, 0)

    @property
    def value(self) -> FeatureValue | None:
        """The value now, from the device; None for a command."""
        value: FeatureValue | None = self._state.value
        return value

    @value.setter
    def value(self, value: FeatureValue) -> None:
        kind = self.principal_interface_type
        match kind:
            case Kind.INTEGER:
                self._camera.set_integer(self.name, value)
            case Kind.FLOAT:
                self._camera.set_float(self.name, float(value))
            case Kind.BOOLEAN:
                self._camera.set_bool(self.name, value)
            case Kind.ENUMERATION:
                self._camera.set_enum(self.name, value)
            case _:
                self._camera.set_string(self.name, value)
        self._camera.invalidate(self.name)  # so that it is read back from the device

    def execute(self) -> None:
        """Execute a command, without waiting for its end; whatever it changes is read anew from the device."""
        self._camera.execute(self.name, wait=False)
        if self.name.startswith(("UserSet", "Timestamp", "GevTimestamp")):
            self._camera.invalidate_all()

    def is_done(self) -> bool:
        """Whether the device is done with the command."""
        done: bool = self._camera.is_done(self.name)
        return done

    @property
    def symbolics(self) -> tuple[str, ...]:
        """What an enumeration may be set to now."""
        return tuple(self._state.enum_entries or ())

    @property
    def min(self) -> float:
        """Smallest value now."""
        return self._limit("min")

    @property
    def max(self) -> float:
        """Largest value now."""
        return self._limit("max")

    @property
    def _state(self) -> Any:
        return self._camera.feature_state(self.name)

    def _limit(self, side: Literal["min", "max"]) -> float:
        limits = self._state.range
        if limits is None:
            raise viva.GenicamError(f"{self.name} has no limits")
        return float(getattr(limits, side))


def _checked(camera: str, options: Mapping[str, OptionValue]) -> GigeOptions:
    settings = read_options(GigeOptions, camera, options)
    if settings.transport not in {"gige", "usb3"}:
        raise CameraError(f"camera {camera!r}: option 'transport' is {settings.transport!r}; it must be gige or usb3")
    for name, least in (("packet_size", 0), ("search_ms", 1)):
        if getattr(settings, name) < least:
            raise CameraError(
                f"camera {camera!r}: option {name!r} is {getattr(settings, name)}; it must be {least} or more"
            )
    return settings


def _search(options: GigeOptions) -> list[Any]:
    try:
        if options.transport == "usb3":
            return list(viva.discover_u3v())
        return list(viva.discover(options.search_ms, options.interface or None, all=True))
    except _ERRORS as error:
        raise DeviceMissingError(f"no {options.transport} device can be looked for: {error}") from None


def _connect(entry: Any, options: GigeOptions) -> Any:
    if options.transport == "usb3":
        return viva.connect_u3v(entry)
    return viva.connect_gige(entry, options.interface or None)


def _chosen(name: str, wanted: str, entries: list[Any]) -> Any:
    """The one device meant. Raises `DeviceMissingError` naming those that are there."""
    if not entries:
        raise DeviceMissingError(f"camera {name!r}: no device answers; check cable, power, network and station doctor")
    matching = [entry for entry in entries if not wanted or wanted in _names(entry)]
    if len(matching) == 1:
        return matching[0]
    listed = ", ".join(" / ".join(_names(entry)) for entry in entries)
    what = f"no single device {wanted!r}" if wanted else "several devices"
    raise DeviceMissingError(f"camera {name!r}: {what}; set its option 'device' to one of: {listed}")


def _names(entry: Any) -> list[str]:
    fields = ("ip", "mac", "serial", "model")
    return [str(value) for field in fields if (value := getattr(entry, field, None))]


def _describe(entry: Any, features: FeatureSet | None) -> CameraInfo:
    formats = features.choices("PixelFormat") if features else ()
    current = features.read("PixelFormat") if features else None
    known = [found for name in (current, *formats) if (found := memory_format(str(name)))]
    serial = (features.read("DeviceSerialNumber") or features.read("DeviceID") if features else None) or _names(entry)[
        0
    ]
    return CameraInfo(
        backend="gige",
        vendor=entry.manufacturer or "",
        model=entry.model or "",
        serial=str(serial),
        width=int((features.read("Width") if features else None) or 0),
        height=int((features.read("Height") if features else None) or 0),
        pixel_format=known[0] if known else PixelFormat.MONO8,
        pixel_formats=formats,
        knows_trigger_ids=False,
        address=str(getattr(entry, "ip", "")),
    )


def _look_at(entry: Any, options: GigeOptions) -> CameraInfo:
    try:
        camera = _connect(entry, options)
    except _ERRORS:
        return _describe(entry, None)
    try:
        return _describe(entry, FeatureSet("gige", _Nodes(camera), _ERRORS))
    finally:
        camera.close()
