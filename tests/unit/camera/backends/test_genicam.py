import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from genicam import gentl
from harvesters.util.pfnc import Dictionary, dict_by_names

from camera.backends.genicam import (
    GenicamDevice,
    GenicamOptions,
    UnusableError,
    _unpacked,
    bundled_producer,
    discover,
    open_device,
)
from camera.backends.sfnc import FeatureSet
from camera.device import CameraError, DeviceMissingError, IncompleteFrame, RawFrame, TriggerKind
from camera.frame import PixelFormat
from camera.unpack import WireError

CTI = str(bundled_producer())


@pytest.fixture(autouse=True)
def own_interrupt_handler() -> Iterator[None]:
    """Harvesters takes SIGINT over when an acquirer is made on the main thread."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def device(wanted: str = "VikyTL_DEV_red", **options: Any) -> GenicamDevice:
    return GenicamDevice("left", GenicamOptions(cti=CTI, device=wanted, **options))


@pytest.mark.parametrize("wanted", ["VikyTL_DEV_green", "1"])
def test_a_device_is_chosen_by_id_or_serial_number(wanted: str) -> None:
    chosen = device(wanted)
    try:
        assert chosen.open().serial == "1"
    finally:
        chosen.close()


@pytest.mark.parametrize("wanted", ["", "Viky", "nobody"])
def test_a_device_that_is_not_the_only_one_meant_is_refused_with_the_choice(wanted: str) -> None:
    with pytest.raises(DeviceMissingError) as failure:
        device(wanted).open()
    assert all(f"VikyTL_DEV_{colour} (serial" in str(failure.value) for colour in ("red", "green", "blue"))


def test_a_device_held_by_another_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = device(), device()
    first.open()
    try:
        shared = first._harvester
        entries = shared.device_info_list
        view = SimpleNamespace(device_info_list=entries, create=shared.create, reset=lambda: None)
        with monkeypatch.context() as patched:
            patched.setattr("camera.backends.genicam._loaded", lambda *_: view)
            with pytest.raises(DeviceMissingError, match="held by another"):
                second.open()
            assert [info.width > 0 for info in discover({"cti": CTI})] == [False, True, True]
    finally:
        first.close()
    second.open()
    second.close()


def test_a_producer_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "no.cti"
    with pytest.raises(DeviceMissingError, match=r"no\.cti"):
        open_device("left", {"cti": str(missing)}).open()
    with pytest.raises(DeviceMissingError, match=r"no\.cti"):
        discover({"cti": str(missing)})
    monkeypatch.delenv("GENICAM_GENTL64_PATH", raising=False)
    with pytest.raises(DeviceMissingError, match="GENICAM_GENTL64_PATH"):
        open_device("left", {}).open()
    assert discover({}) == []


def test_a_file_that_is_no_producer_gives_no_device(tmp_path: Path) -> None:
    (tmp_path / "bad.cti").write_text("not a library")
    with pytest.raises(CameraError, match=r"bad\.cti"):
        open_device("left", {"cti": str(tmp_path / "bad.cti")}).open()


def test_producers_are_found_where_the_standard_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENICAM_GENTL64_PATH", str(Path(CTI).parent))
    assert [info.serial for info in discover({})] == ["0", "1", "2"]


def test_fewer_than_eight_buffers_are_refused() -> None:
    with pytest.raises(CameraError, match="at least 8"):
        device(buffers=7)


def test_five_megapixels_with_chunk_data() -> None:
    chosen = device()
    chosen.open()
    try:
        chosen.set_features({"PixelFormat": "Mono8", "Width_Val": 2448, "Height_Val": 2048, "ChunkModeActive": True})
        chosen.arm(TriggerKind.FREE_RUN)
        frame = chosen.next_frame(10.0)
        assert isinstance(frame, RawFrame)
        assert (frame.pixels.shape, frame.device_time_ns) == ((2048, 2448), None)
        assert frame.chunk["ChunkNrBounces"].isdigit()
    finally:
        chosen.close()


def test_a_closed_camera_says_so() -> None:
    chosen = device()
    for call in (chosen.features, lambda: chosen.next_frame(0.0), lambda: chosen.arm(TriggerKind.FREE_RUN)):
        with pytest.raises(CameraError, match="not open"):
            call()


class FakeBuffer:
    """A filled buffer of the producer."""

    def __init__(self, frame_id: int | None, *, complete: bool) -> None:
        self._frame_id = frame_id
        self._complete = complete
        self.queued: list[object] = []
        self.parent = SimpleNamespace(queue_buffer=self.queued.append)

    @property
    def frame_id(self) -> int:
        if self._frame_id is None:
            raise gentl.NotAvailableException
        return self._frame_id

    def is_complete(self) -> bool:
        return self._complete


def test_an_incomplete_buffer_is_told_with_its_id_and_goes_back() -> None:
    chosen = device()
    for raw, frame_id in ((FakeBuffer(41, complete=False), 41), (FakeBuffer(None, complete=False), 42)):
        chosen._held = raw
        frame = chosen._taken(raw)
        assert isinstance(frame, IncompleteFrame)
        assert frame.frame_id == frame_id
        assert "incomplete" in frame.reason
        chosen._give_back()
        chosen._give_back()
        assert raw.queued == [raw]


def filled(data: npt.NDArray[np.uint8], width: int, height: int, name: str, padding: int = 0) -> Any:
    """Return a buffer of one picture as a producer fills it, with more behind it."""
    rest = np.full(20, 0xEE, np.uint8)
    image = gentl.PAYLOADTYPE_INFO_IDS.PAYLOAD_TYPE_IMAGE
    raw = SimpleNamespace(payload_type=image, pixel_format=dict_by_names[name], width=width, height=height)
    raw.padding_x = padding
    raw.raw_buffer = data.tobytes() + rest.tobytes()
    return raw


def test_padded_lines_are_cut_to_the_picture_and_what_lies_as_it_shall_is_not_copied() -> None:
    data = np.arange(3 * 10, dtype=np.uint8)
    pixels, pixel_format = _unpacked(filled(data, 8, 3, "Mono8", padding=2), None)
    assert pixel_format is PixelFormat.MONO8
    assert np.array_equal(pixels, data.reshape(3, 10)[:, :8])
    raw = filled(np.arange(24, dtype=np.uint8), 4, 2, "RGB8")
    colour, _ = _unpacked(raw, None)
    assert colour.shape == (2, 4, 3)
    assert np.shares_memory(colour, np.frombuffer(raw.raw_buffer, np.uint8))


def test_deep_and_packed_pictures_agree_with_harvesters() -> None:
    data = np.random.default_rng(4).integers(0, 256, 2 * 12 * 3 // 2, np.uint8)
    for name in ("Mono12p", "BayerRG12p", "Mono12Packed", "BayerGB12Packed"):
        pixels, pixel_format = _unpacked(filled(data, 12, 2, name), None)
        assert pixel_format.bits == 12
        assert np.array_equal(pixels.reshape(-1), Dictionary.get_proxy(symbolic=name).expand(data))
    ten = data[:30]
    for name in ("Mono10p", "BayerBG10p"):
        assert np.array_equal(
            _unpacked(filled(ten, 12, 2, name), None)[0].reshape(-1), Dictionary.get_proxy(symbolic=name).expand(ten)
        )


def test_what_a_producer_does_not_say_the_device_does() -> None:
    class Silent:
        payload_type = gentl.PAYLOADTYPE_INFO_IDS.PAYLOAD_TYPE_IMAGE
        raw_buffer = bytes(range(12))

        def __getattr__(self, name: str) -> int:
            raise gentl.NotAvailableException

    features = SimpleNamespace(
        PixelFormat=SimpleNamespace(value="Mono8"),
        Width=SimpleNamespace(value=4),
        Height=SimpleNamespace(value=3),
    )
    pixels, _ = _unpacked(Silent(), features)
    assert np.array_equal(pixels, np.arange(12).reshape(3, 4))


@pytest.mark.parametrize(("width", "name"), [(80, "Mono8"), (8, "Coord3D_A8"), (80, "RGB8"), (0, "Mono8")])
def test_a_buffer_that_does_not_hold_its_picture_is_not_used(width: int, name: str) -> None:
    with pytest.raises((UnusableError, WireError)):
        _unpacked(filled(np.zeros(10, np.uint8), width, 3, name), None)


def test_a_buffer_of_several_parts_without_a_picture_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = SimpleNamespace(payload_type=gentl.PAYLOADTYPE_INFO_IDS.PAYLOAD_TYPE_MULTI_PART)
    empty = SimpleNamespace(payload=SimpleNamespace(components=[]))
    monkeypatch.setattr("camera.backends.genicam.Buffer", lambda **_: empty)
    with pytest.raises(UnusableError, match="no picture"):
        _unpacked(raw, None)


def test_a_buffer_is_filled_again_only_when_the_next_frame_is_asked_for() -> None:
    camera = device(buffers=8)
    camera.open()
    try:
        camera.set_features({"AcquisitionFrameRate": 200.0})
        camera.arm(TriggerKind.FREE_RUN)
        ids = []
        for _ in range(3 * 8):  # more than there are buffers: each comes back
            frame = None
            while frame is None:
                frame = camera.next_frame(0.5)
            assert isinstance(frame, RawFrame)
            before = frame.pixels.copy()
            time.sleep(0.006)  # the producer goes on meanwhile
            assert np.array_equal(frame.pixels, before)
            ids.append(frame.frame_id)
        assert ids == sorted(set(ids))
    finally:
        camera.close()
    assert np.array_equal(frame.pixels, before), "what was kept may be read even when the camera is closed"


class TriggeredFeatures(FeatureSet):
    """Those of a device with triggers; writes down what is set."""

    def __init__(self) -> None:
        super().__init__("left", None, ())
        self.calls: list[tuple[str, object]] = []

    def has(self, name: str) -> bool:
        return name == "TriggerMode"

    def choices(self, name: str) -> tuple[str, ...]:
        return {"TriggerSource": ("Line0", "Software"), "TriggerSelector": ("AcquisitionStart", "FrameStart")}.get(
            name, ()
        )

    def set(self, name: str, value: object) -> None:
        self.calls.append((name, value))


def test_triggers_are_set_by_their_sfnc_names() -> None:
    chosen = TriggeredFeatures()
    chosen.set_trigger(TriggerKind.SOFTWARE)
    assert chosen.calls == [("TriggerSelector", "FrameStart"), ("TriggerSource", "Software"), ("TriggerMode", "On")]
    chosen.calls.clear()
    chosen.set_trigger(TriggerKind.FREE_RUN)
    assert chosen.calls == [("TriggerMode", "Off")]
