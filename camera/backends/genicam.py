"""Any camera with a GenTL producer (`.cti`), through harvesters.

Harvesters is wrapped with care. It holds the GIL while it waits, so it is polled without waiting and lives in a process of its
own. Its `try_fetch` cannot tell an incomplete buffer from none and drops the frame id, so the event of a new buffer is read
here. Pictures lie in memory that the producer overwrites: a buffer goes back when the next frame is asked for. No node
callbacks: an exception in one aborts the process.
"""

import math
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from genicam import genapi, gentl
from harvesters.core import Buffer, Component2DImage, Harvester
from harvesters.util.pfnc import dict_by_ints, dict_by_names

from camera.backends.sfnc import FeatureSet
from camera.backends.sfnc_device import SfncDevice
from camera.device import (
    CameraError,
    CameraInfo,
    DeviceMissingError,
    IncompleteFrame,
    RawFrame,
    TriggerKind,
)
from camera.frame import PixelFormat, Pixels
from camera.options import OptionValue, read_options
from camera.unpack import WIRE_FORMATS, WireError, memory_format, picture_bytes, unpack

CTI_PATH = "GENICAM_GENTL64_PATH"
"""Where producers say they are: folders, by the GenTL standard."""
MIN_BUFFERS = 8
_ERRORS = (genapi.GenericException, gentl.GenericException)
_WAIT_MS = 20
"""Longest wait within the producer, during which nothing else of this process runs."""
_CHUNK_CONTROLS = ("ModeActive", "Selector", "Enable", "XMLEnable", "Control")


@dataclass(frozen=True, slots=True)
class GenicamOptions:
    """Options of a GenICam camera.

    Attributes
    ----------
    cti
        Producer files, separated as in PATH; those of GENICAM_GENTL64_PATH without it.
    device
        Id, serial number, user-defined name or model of the device; may be left out where there is only one.
    buffers
        Buffers the producer may fill while the worker is busy.
    """

    cti: str = ""
    device: str = ""
    buffers: int = 16


def bundled_producer() -> Path | None:
    """The virtual producer `viky.cti` of the genicam package: three devices, no hardware; None where it is not shipped."""
    spec = find_spec("genicam")
    folders = spec.submodule_search_locations if spec else None
    found = [path for folder in folders or () if (path := Path(folder) / "viky.cti").is_file()]
    return found[0] if found else None


def open_device(name: str, options: Mapping[str, OptionValue]) -> "GenicamDevice":
    """Make a GenICam camera. Raises `CameraError` for options it does not know."""
    return GenicamDevice(name, read_options(GenicamOptions, name, options))


def discover(options: Mapping[str, OptionValue]) -> list[CameraInfo]:
    """List the devices of the producers; one that another program holds comes without size and formats."""
    settings = read_options(GenicamOptions, "genicam", options)
    if not (files := _producers("genicam", settings)):
        return []
    with _harvester("genicam", files) as harvester:
        return [_look_at(harvester, entry) for entry in harvester.device_info_list]


class GenicamDevice(SfncDevice):
    """A GenICam camera; see `camera.device.CameraDevice`."""

    def __init__(self, name: str, options: GenicamOptions) -> None:
        if options.buffers < MIN_BUFFERS:
            raise CameraError(
                f"camera {name!r}: option 'buffers' must be at least {MIN_BUFFERS}, not {options.buffers}"
            )
        super().__init__(name)
        self._options = options
        self._harvester: Any = None
        self._acquirer: Any = None
        self._chunks: Mapping[str, Any] = {}
        self._none_seen = True
        self._last_id = 0
        self._held: Any = None
        self._tells_time = True

    def open(self) -> CameraInfo:
        """See `CameraDevice`."""
        files = _producers(self._name, self._options)
        if not files:
            raise DeviceMissingError(f"camera {self._name!r}: no GenTL producer; set its option 'cti' or {CTI_PATH}")
        try:
            self._harvester = _loaded(self._name, files)
            entry = _chosen(self._name, self._options.device, self._harvester.device_info_list)
            self._acquirer = self._harvester.create(entry)
        except gentl.ResourceInUseException:
            self.close()
            raise DeviceMissingError(f"camera {self._name!r} is held by another program; close that one") from None
        except _ERRORS as error:
            self.close()
            raise CameraError(f"camera {self._name!r} cannot be opened: {error}") from None
        except CameraError:
            self.close()
            raise
        self._acquirer.num_buffers = self._options.buffers
        self._features = FeatureSet(self._name, self._acquirer.remote_device.node_map, _ERRORS)
        return _describe(entry, self._features)

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        """See `CameraDevice`."""
        features = self._opened()
        with self._failing("cannot start"):
            self._held = None  # stopping takes every buffer back
            self._acquirer.stop()
            features.set_trigger(kind, line)
            self._chunks = features.nodes(_chunk_names(features))
            self._none_seen = self._tells_time = True
            self._acquirer.start()

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        """See `CameraDevice`."""
        until = time.monotonic() + timeout_s
        with self._failing("failed"):
            self._give_back()
            while not self._arrived(until - time.monotonic()):
                if time.monotonic() >= until:
                    return None
            return self._taken(self._held)

    def close(self) -> None:
        """See `CameraDevice`."""
        acquirer, self._acquirer, self._features = self._acquirer, None, None
        harvester, self._harvester = self._harvester, None
        self._held = None
        with suppress(*_ERRORS):
            if acquirer is not None:
                acquirer.destroy()
        with suppress(*_ERRORS):
            if harvester is not None:
                harvester.reset()

    @contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        if self._acquirer is None:
            raise CameraError(f"camera {self._name!r} is not open")
        try:
            yield
        except _ERRORS as error:
            raise CameraError(f"camera {self._name!r} {what}: {error}; check its cable and power") from None

    def _arrived(self, wait_s: float) -> bool:
        """Wait for a filled buffer, whole or not, and hold it; a while longer than asked where there are several streams."""
        # Harvesters keeps these to itself, but its own fetching drops incomplete buffers with their ids.
        monitors = self._acquirer._new_buffer_event_monitor_dict.values()  # noqa: SLF001
        wait_ms = min(max(math.ceil(wait_s * 1e3 / len(monitors)), 0), _WAIT_MS)
        for monitor in monitors:
            try:
                monitor.update_event_data(wait_ms)
            except gentl.TimeoutException:
                continue
            self._held = monitor.buffer
            return True
        return False

    def _give_back(self) -> None:
        """Let the producer fill the buffer of the last frame again."""
        held, self._held = self._held, None
        if held is not None:
            held.parent.queue_buffer(held)

    def _taken(self, raw: Any) -> RawFrame | IncompleteFrame:
        """The picture in a buffer, in the producer's memory where it lies there as it should."""
        self._last_id = frame_id = _frame_id(raw, self._last_id + 1)
        if not raw.is_complete():
            text = "the picture arrived incomplete; check the link's cable, switch and bandwidth"
            return IncompleteFrame(frame_id, text, device_time_ns=self._device_time_ns(raw))
        try:
            pixels, pixel_format = _unpacked(raw, self._acquirer.remote_device.node_map)
        except (*_ERRORS, UnusableError, WireError) as error:
            return IncompleteFrame(
                frame_id, f"the picture cannot be used: {error}", device_time_ns=self._device_time_ns(raw)
            )
        frame = RawFrame(pixels, pixel_format, frame_id, None, self._device_time_ns(raw), self._chunk(raw))
        self._none_seen = False
        return frame

    def _device_time_ns(self, raw: Any) -> int | None:
        """The device's clock; None where it has none, which the first whole frame tells: each refusal costs time."""
        if not self._tells_time:
            return None
        try:
            return int(raw.timestamp_ns)
        except (*_ERRORS, AttributeError):  # an AttributeError from producers that leave the query out
            self._tells_time = not (self._none_seen and raw.is_complete())
            return None

    def _chunk(self, raw: Any) -> dict[str, str]:
        if not self._chunks:
            return {}
        self._acquirer._update_chunk_data(buffer=raw, is_manual=True)  # noqa: SLF001 - its public door builds a picture first
        if self._none_seen:  # what comes beside a frame is fixed while the device runs (SFNC ChunkEnable)
            values = self._opened().read_nodes(self._chunks)
            self._chunks = {name: self._chunks[name] for name in values}
        else:
            values = self._opened().read_again(self._chunks)
        return {name: str(value) for name, value in values.items()}


class UnusableError(Exception):
    """A whole buffer that holds no picture of a known format."""


def _producers(name: str, options: GenicamOptions) -> list[Path]:
    """The producer files. Raises `DeviceMissingError` for one that is not there."""
    if options.cti:
        files = [Path(text).expanduser() for text in options.cti.split(os.pathsep) if text]
        for file in files:
            if not file.is_file():
                raise DeviceMissingError(
                    f"camera {name!r}: there is no GenTL producer {file}; correct its option 'cti'"
                )
        return files
    folders = [Path(text) for text in os.environ.get(CTI_PATH, "").split(os.pathsep) if text]
    return sorted(file for folder in folders for file in folder.glob("*.cti"))


def _loaded(name: str, files: list[Path]) -> Any:
    harvester = Harvester()
    for file in files:
        harvester.add_file(str(file))
    harvester.update()
    if not harvester.device_info_list:
        names = ", ".join(str(file) for file in files)
        harvester.reset()
        raise DeviceMissingError(f"camera {name!r}: no device found through {names}; check cable, power and network")
    return harvester


@contextmanager
def _harvester(name: str, files: list[Path]) -> Iterator[Any]:
    try:
        harvester = _loaded(name, files)
    except DeviceMissingError:
        yield Harvester()
        return
    try:
        yield harvester
    finally:
        harvester.reset()


def _chosen(name: str, wanted: str, entries: list[Any]) -> Any:
    """The one device meant. Raises `DeviceMissingError` naming those that are there."""
    for key in ("id_", "serial_number", "user_defined_name", "model"):
        matching = [entry for entry in entries if not wanted or _property(entry, key) == wanted]
        if len(matching) == 1:
            return matching[0]
        if matching:
            break
    listed = ", ".join(f"{_property(entry, 'id_')} (serial {_property(entry, 'serial_number')})" for entry in entries)
    what = f"no single device {wanted!r}" if wanted else "several devices"
    raise DeviceMissingError(f"camera {name!r}: {what}; set its option 'device' to one of: {listed}")


def _property(entry: Any, key: str) -> str:
    try:
        return str(getattr(entry, key) or "")
    except _ERRORS:
        return ""


def _describe(entry: Any, features: FeatureSet | None) -> CameraInfo:
    """What is known of a device, without its features where it could not be opened."""
    formats = features.choices("PixelFormat") if features else ()
    current = features.read("PixelFormat") if features else None
    known = [found for name in (current, *formats) if (found := memory_format(str(name)))]
    return CameraInfo(
        backend="genicam",
        vendor=_property(entry, "vendor"),
        model=_property(entry, "model"),
        serial=_property(entry, "serial_number") or _property(entry, "id_"),
        width=int((features.read("Width") if features else None) or 0),
        height=int((features.read("Height") if features else None) or 0),
        pixel_format=known[0] if known else PixelFormat.MONO8,
        pixel_formats=formats,
        knows_trigger_ids=False,
        address=features.address() if features else "",
    )


def _look_at(harvester: Any, entry: Any) -> CameraInfo:
    try:
        acquirer = harvester.create(entry)
    except _ERRORS:
        return _describe(entry, None)
    try:
        return _describe(entry, FeatureSet("genicam", acquirer.remote_device.node_map, _ERRORS))
    finally:
        acquirer.destroy()


def _chunk_names(features: FeatureSet) -> tuple[str, ...]:
    if features.read("ChunkModeActive") is not True:
        return ()
    return tuple(name for name in features.names("Chunk") if not name.endswith(_CHUNK_CONTROLS))


def _frame_id(raw: Any, otherwise: int) -> int:
    try:
        return int(raw.frame_id)
    except _ERRORS:
        return otherwise


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a picture lies in its buffer, and what it is."""

    name: str
    width: int
    height: int
    line_padding: int = 0
    offset: int = 0


def _place(raw: Any, node_map: Any) -> _Place:
    """Find the first picture of a buffer. Raises `UnusableError`."""
    if raw.payload_type != gentl.PAYLOADTYPE_INFO_IDS.PAYLOAD_TYPE_MULTI_PART:
        number = _told(raw, "pixel_format", lambda: dict_by_names[node_map.PixelFormat.value])
        return _Place(
            dict_by_ints.get(number, f"0x{number:08x}"),
            _told(raw, "width", lambda: node_map.Width.value),
            _told(raw, "height", lambda: node_map.Height.value),
            _told(raw, "padding_x", lambda: 0),
        )
    components = Buffer(module=raw, node_map=node_map).payload.components
    part = next((item for item in components if isinstance(item, Component2DImage)), None)
    if part is None:
        raise UnusableError("the buffer holds no picture")
    return _Place(part.data_format, part.width, part.height, part.x_padding, part.data_offset)


def _told(raw: Any, name: str, otherwise: Callable[[], int]) -> int:
    """What a buffer says of itself; producers may leave it to the device's features."""
    try:
        return int(getattr(raw, name))
    except _ERRORS:
        return int(otherwise())


def _unpacked(raw: Any, node_map: Any) -> tuple[Pixels, PixelFormat]:
    """Return the first picture of a buffer.

    The bytes are read as they lie there: harvesters unpacks them slowly and leaves the padding of lines in.

    Raises
    ------
    UnusableError, WireError
        If there is none, or its format or size is not what it should be.
    """
    place = _place(raw, node_map)
    pixel_format = memory_format(place.name)
    if pixel_format is None:
        raise UnusableError(f"pixel format {place.name}; set feature PixelFormat to one of {', '.join(WIRE_FORMATS)}")
    size = picture_bytes(place.name, place.width, place.height, place.line_padding)
    data = np.frombuffer(raw.raw_buffer, np.uint8)[place.offset :][:size]
    return unpack(data, place.name, place.width, place.height), pixel_format
