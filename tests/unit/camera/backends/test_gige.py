"""The backend without a producer, against the package's own cameras with faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from viva_genicam.testing import FakeGigeCamera

from camera.backends.gige import BlockIds, GigeDevice, GigeOptions, discover, open_device
from camera.device import CameraError, DeviceMissingError, IncompleteFrame, RawFrame, TriggerKind
from camera.features import restore
from camera.frame import PixelFormat
from camera.settings import CameraSettings

pytestmark = pytest.mark.usefixtures("udp_3956")

TRIES = 200


@contextmanager
def opened(**options: object) -> Iterator[GigeDevice]:
    device = GigeDevice("net", GigeOptions(device="127.0.0.1", search_ms=200, **options))  # type: ignore[arg-type]
    device.open()
    try:
        yield device
    finally:
        device.close()


def next_frame(device: GigeDevice) -> RawFrame | IncompleteFrame:
    for _ in range(TRIES):
        if (frame := device.next_frame(0.05)) is not None:
            return frame
    pytest.fail("no frame came")


def look(device: GigeDevice) -> None:
    for _ in range(TRIES):
        device.next_frame(0.05)


@pytest.mark.parametrize(
    "name", ["Mono8", "Mono12p", "Mono16", "BayerRG8", "BayerGB12p", "RGB8", "BGR8", "Mono12Packed"]
)
def test_every_pixel_format_comes_out_as_the_library_itself_has_it(name: str) -> None:
    with FakeGigeCamera(width=64, height=48, fps=50, pixel_format=name), opened() as device:
        device.arm(TriggerKind.FREE_RUN)
        frame = next_frame(device)
        assert isinstance(frame, RawFrame)
        theirs = device._stream.next_frame(2000)
        assert frame.pixels.shape == theirs.to_numpy().shape
        assert frame.pixels.dtype == theirs.to_numpy().dtype == frame.pixel_format.dtype
        assert np.array_equal(device._taken(theirs).pixels, theirs.to_numpy())  # type: ignore[union-attr]


def test_a_picture_with_packets_missing_is_incomplete_and_the_next_one_is_whole() -> None:
    lossy = FakeGigeCamera(width=640, height=480, fps=20, packet_resend=False, drop_packets=[(2, 3), (2, 4)])
    with lossy, opened() as device:
        device.arm(TriggerKind.FREE_RUN)
        first, second, third = (next_frame(device) for _ in range(3))
        assert isinstance(first, RawFrame)
        assert isinstance(second, IncompleteFrame)
        assert "2 packets" in second.reason
        assert isinstance(third, RawFrame)
        assert [first.frame_id, second.frame_id, third.frame_id] == [0, 1, 2]


def test_lost_packets_are_asked_for_again() -> None:
    with FakeGigeCamera(width=640, height=480, fps=20, drop_packets=[(2, 3)]), opened() as device:
        device.arm(TriggerKind.FREE_RUN)
        assert all(isinstance(next_frame(device), RawFrame) for _ in range(3))
        assert device._stream.stats().resend_recovered == 1


def test_a_picture_that_never_came_is_a_gap_in_the_ids() -> None:
    everything = [(2, packet) for packet in range(400)]
    gap = FakeGigeCamera(width=640, height=480, fps=20, packet_resend=False, drop_packets=everything)
    with gap, opened() as device:
        device.arm(TriggerKind.FREE_RUN)
        first, third = next_frame(device), next_frame(device)
        assert (first.frame_id, third.frame_id) == (0, 2)


def test_who_lost_control_of_the_device_says_so() -> None:
    with FakeGigeCamera(width=64, height=48) as camera, opened() as device:
        device.arm(TriggerKind.SOFTWARE)
        camera.revoke_control()
        with pytest.raises(CameraError, match="net"):
            look(device)


def test_late_acknowledgements_are_waited_for() -> None:
    slow = FakeGigeCamera(width=64, height=48, delay_ack={FakeGigeCamera.REGISTERS["Width"]: 0.3})
    with slow, opened() as device:
        device.set_features({"Width": 32})
        assert device.features()["Width"] == 32


def test_a_device_that_is_gone_is_an_error_and_closing_is_safe() -> None:
    camera = FakeGigeCamera(width=64, height=48)
    camera.start()
    with opened() as device:
        device.arm(TriggerKind.SOFTWARE)
        camera.stop()
        with pytest.raises(CameraError, match="check its cable and power"):
            look(device)


def test_one_device_has_one_master() -> None:
    with (
        FakeGigeCamera(width=64, height=48),
        opened(),
        pytest.raises(DeviceMissingError, match="the program that holds it"),
    ):
        GigeDevice("other", GigeOptions(device="127.0.0.1", search_ms=200)).open()


def test_nobody_there_and_nobody_of_that_name() -> None:
    with pytest.raises(DeviceMissingError, match="no device answers"):
        GigeDevice("net", GigeOptions(search_ms=50)).open()
    with FakeGigeCamera(width=64, height=48), pytest.raises(DeviceMissingError, match="set its option 'device'"):
        GigeDevice("net", GigeOptions(device="10.0.0.9", search_ms=200)).open()
    assert discover({"search_ms": 50}) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [({"transport": "cxp"}, "gige or usb3"), ({"packet_size": -1}, "packet_size"), ({"devise": "x"}, "device")],
)
def test_wrong_options_are_named(options: dict[str, str | int], said: str) -> None:
    with pytest.raises(CameraError, match=said):
        open_device("net", options)


def test_a_camera_that_is_not_open_or_not_started_says_so() -> None:
    device = GigeDevice("net", GigeOptions(search_ms=50))
    with pytest.raises(CameraError, match="not open"):
        device.next_frame(0.0)
    with FakeGigeCamera(width=64, height=48), opened() as ready, pytest.raises(CameraError, match="arm it first"):
        ready.next_frame(0.0)


@given(st.integers(1, 65_535), st.lists(st.integers(1, 300), min_size=1, max_size=400))
def test_block_ids_run_over_without_a_false_gap(first: int, steps: list[int]) -> None:
    ids, block, total = BlockIds(), first, 0
    assert ids.number(first) == 0
    for step in steps:
        block = (block + step - 1) % 65_535 + 1
        total += step
        assert ids.number(block) == total


@pytest.mark.parametrize(
    ("blocks", "numbers"),
    [
        ([65_535, 1], [0, 1]),
        ([65_535, 0, 1], [0, 1, 2]),
        ([7, 7, 6, 8], [0, None, None, 1]),
        ([2**40, 2**40 + 3], [0, 3]),
    ],
)
def test_block_ids_of_every_width(blocks: list[int], numbers: list[int | None]) -> None:
    ids = BlockIds()
    assert [ids.number(block) for block in blocks] == numbers


def test_discovery_tells_what_a_free_device_is() -> None:
    with FakeGigeCamera(width=64, height=48), opened() as device:
        assert device.features()["PixelFormat"] == "Mono8"
        (info,) = [info for info in discover({"search_ms": 200, "device": "127.0.0.1"}) if info.backend == "gige"]
        assert info.width in {0, 64}, "held by the first"
        device.close()
        (free,) = discover({"search_ms": 200})
        assert (free.pixel_format, free.width, free.height) == (PixelFormat.MONO8, 64, 48)


def test_a_user_set_is_loaded_and_the_features_are_set_upon_it() -> None:
    with FakeGigeCamera(width=64, height=48, fps=50):
        with opened() as device:
            device.set_features(
                {"ExposureTime": 1234.0, "Gain": 3.0, "UserSetSelector": "UserSet1", "UserSetSave": True}
            )
            device.set_features({"ExposureTime": 99.0, "Gain": 0.0, "UserSetSelector": "Default"})
        with opened() as device:
            settings = CameraSettings("net", "gige", features={"Gain": 2.0}, user_set="UserSet1")
            read = restore(device, settings)
            assert (read["UserSetSelector"], read["ExposureTime"], read["Gain"]) == ("UserSet1", 1234.0, 2.0)
            with pytest.raises(CameraError, match=r"UserSetSelector cannot be 'UserSet9'.*UserSet1, UserSet2"):
                restore(device, replace(settings, user_set="UserSet9"))


def test_every_feature_it_dumps_can_be_loaded_again() -> None:
    with FakeGigeCamera(width=64, height=48, fps=50), opened() as device:
        device.set_features({"ExposureTime": 777.0})
        dumped = {name: value for name, value in device.features().items() if name in device.settable()}
        device.set_features({"ExposureTime": 99.0})
        assert restore(device, CameraSettings("net", "gige", features=dumped))["ExposureTime"] == 777.0
        assert not any(name.endswith("Reg") for name in dumped), "registers are no features"


def test_temperature_and_resends_are_told_while_it_streams() -> None:
    with FakeGigeCamera(width=640, height=480, fps=20, drop_packets=[(2, 3)]), opened() as device:
        assert device.figures() == {"temperature_c": 40.25}
        device.arm(TriggerKind.FREE_RUN)
        assert all(isinstance(next_frame(device), RawFrame) for _ in range(3))
        assert device.figures() == {"temperature_c": 40.25, "resends": 1.0}
