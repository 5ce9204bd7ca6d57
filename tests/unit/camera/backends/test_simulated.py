"""The simulated camera as a device: options, features, triggers and scripted faults."""

import json
import os
import socket
from collections.abc import Iterator

import numpy as np
import pytest

from camera.backends.fault_script import Fault, FaultScript, ScriptedFault
from camera.backends.simulated import Options, SimulatedCamera, discover, open_device
from camera.device import CameraDevice, CameraError, DeviceMissingError, IncompleteFrame, RawFrame, TriggerKind
from camera.frame import PixelFormat
from camera.health import examine
from camera.trigger_id import trigger_id
from camera.virtual_part import World, draw_part

SIZE: dict[str, str | int | float | bool] = {"width": 128, "height": 96}


@pytest.fixture
def camera() -> Iterator[CameraDevice]:
    device = open_device("top", SIZE)
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    yield device
    device.close()


def _armed(**options: str | float | bool) -> CameraDevice:
    device = open_device("top", {**SIZE, **options})
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    return device


def _shoot(device: CameraDevice, trigger: int) -> RawFrame:
    device.trigger(trigger)
    frame = device.next_frame(1.0)
    assert isinstance(frame, RawFrame)
    return frame


def test_a_trigger_sees_its_own_part(camera: CameraDevice) -> None:
    for number, trigger in enumerate((4, 2, 9)):
        frame = _shoot(camera, trigger)
        drawn = draw_part(World(128, 96), trigger)
        assert (frame.trigger_id, frame.frame_id) == (trigger, number)
        assert np.array_equal(frame.pixels, drawn.pixels)
        assert frame.chunk["truth"] == drawn.truth.to_json()
        assert not frame.pixels.flags.writeable


def test_nothing_comes_without_a_trigger_and_the_part_drawn_meanwhile_is_the_one_expected(camera: CameraDevice) -> None:
    assert camera.next_frame(0.0) is None
    assert camera.next_frame(0.001) is None
    assert np.array_equal(_shoot(camera, 0).pixels, draw_part(World(128, 96), 0).pixels)
    assert camera.next_frame(0.0) is None
    assert np.array_equal(_shoot(camera, 7).pixels, draw_part(World(128, 96), 7).pixels)


def test_part_offset_shifts_the_parts() -> None:
    device = _armed(part_offset=100)
    assert json.loads(_shoot(device, 3).chunk["truth"])["part"] == 103


def test_triggers_queue_in_order(camera: CameraDevice) -> None:
    for trigger in (5, 6, 7):
        camera.trigger(trigger)
    frames = [camera.next_frame(0.1) for _ in range(3)]
    assert [frame.trigger_id for frame in frames if frame is not None] == [5, 6, 7]


def test_free_run_keeps_its_pace_and_ignores_triggers() -> None:
    now = 100.0
    device = SimulatedCamera("top", open_options(fps=4.0), FaultScript(), clock=lambda: now)
    device.open()
    device.arm(TriggerKind.FREE_RUN)
    device.trigger(77)
    first = device.next_frame(0.0)
    assert isinstance(first, RawFrame)
    assert (first.frame_id, first.trigger_id) == (0, None)
    assert device.next_frame(0.0) is None
    now += 0.26
    second = device.next_frame(0.0)
    assert isinstance(second, RawFrame)
    assert json.loads(second.chunk["truth"])["part"] == 1


def open_options(**values: float) -> Options:
    return Options(width=128, height=96, **values)  # type: ignore[arg-type]


def test_rgb() -> None:
    device = _armed(pixel_format="RGB8")
    frame = _shoot(device, 0)
    assert frame.pixel_format is PixelFormat.RGB8
    assert frame.pixels.shape == (96, 128, 3)
    red, green, blue = (float(frame.pixels[..., i].mean()) for i in range(3))
    assert red > green > blue


def test_twelve_bits_are_the_eight_with_noise_below_them() -> None:
    frame, shallow = _shoot(_armed(pixel_format="Mono12"), 3), _shoot(_armed(), 3)
    assert frame.pixel_format is PixelFormat.MONO12
    assert np.array_equal(frame.pixels >> 4, shallow.pixels)
    assert np.unique(frame.pixels & 15).size == 16


def test_the_mosaic_is_that_of_the_colours() -> None:
    mosaic, colour = _shoot(_armed(pixel_format="BayerRG8"), 3), _shoot(_armed(pixel_format="RGB8"), 3)
    assert mosaic.pixel_format is PixelFormat.BAYER_RG8
    for row, column, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        assert np.array_equal(mosaic.pixels[row::2, column::2], colour.pixels[row::2, column::2, channel])


def test_exposure_and_gain_change_the_picture(camera: CameraDevice) -> None:
    nominal = _shoot(camera, 1).pixels.mean()
    camera.set_features({"ExposureTime": 2500})
    assert _shoot(camera, 1).pixels.mean() == pytest.approx(nominal / 2, rel=0.03)
    camera.set_features({"Gain": 6.0206})
    assert _shoot(camera, 1).pixels.mean() == pytest.approx(nominal, rel=0.03)
    assert camera.features()["ExposureTime"] == 2500.0


def test_a_feature_set_while_a_part_is_drawn_ahead_holds_for_it(camera: CameraDevice) -> None:
    bright = draw_part(World(128, 96), 0).pixels.mean()
    assert camera.next_frame(0.0) is None
    camera.set_features({"ExposureTime": 1000.0})
    assert _shoot(camera, 0).pixels.mean() < bright / 2


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ({"Exposure": 1}, "no feature 'Exposure'"),
        ({"ExposureTime": 1.0}, "ExposureTime is 1.0; it must be 20 to 100000"),
        ({"Gain": True}, "must be a number"),
        ({"Width": 64}, "Width is 128 and cannot be set"),
        ({"PixelFormat": "Mono10"}, "not one of Mono8, Mono12, RGB8"),
        ({"DeviceTemperature": 20.0}, "cannot be set"),
    ],
)
def test_bad_features_are_named(camera: CameraDevice, features: dict[str, float], words: str) -> None:
    with pytest.raises(CameraError, match=words):
        camera.set_features(features)


def test_what_was_read_can_be_set_again(camera: CameraDevice) -> None:
    before = camera.features()
    camera.set_features(before)
    assert camera.features() == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"widht": 100}, "did you mean 'width'"),
        ({"width": 10}, "'width' is 10; it must be 64 to 8192"),
        ({"seed": "x"}, "'seed' must be int"),
        ({"defect_rate": 1.5}, "'defect_rate' is 1.5; it must be 0 to 1"),
        ({"pixel_format": "Mono10"}, "it must be one of Mono8, Mono12, RGB8"),
        ({"faults": "explode@3"}, "'explode@3'"),
    ],
)
def test_bad_options_are_named(options: dict[str, str | int | float | bool], words: str) -> None:
    with pytest.raises(CameraError, match=words) as raised:
        open_device("top", options)
    assert "camera 'top'" in str(raised.value)


def test_incomplete_and_lost_use_up_frame_ids() -> None:
    device = _armed(faults="incomplete@1, lost@2")
    device.trigger(0)
    device.trigger(1)
    device.trigger(2)
    device.trigger(3)
    frames = [device.next_frame(0.0) for _ in range(4)]
    assert isinstance(frames[1], IncompleteFrame)
    assert (frames[1].frame_id, frames[1].trigger_id) == (1, 1)
    assert frames[2] is None
    assert isinstance(frames[3], RawFrame)
    assert (frames[3].frame_id, frames[3].trigger_id) == (3, 3)


def test_black_and_frozen() -> None:
    device = _armed(faults="black@1, frozen@3")
    assert _shoot(device, 0).pixels.any()
    assert not _shoot(device, 1).pixels.any()
    before, frozen, after = (_shoot(device, trigger_id) for trigger_id in (2, 3, 4))
    assert np.array_equal(frozen.pixels, before.pixels)
    assert not np.array_equal(after.pixels, frozen.pixels)
    assert json.loads(frozen.chunk["truth"])["part"] == 3


def test_too_much_light_and_a_lens_out_of_focus() -> None:
    device = _armed(width=640, height=480, faults="overexposed@1, defocused@2")
    well, bright, soft = (examine(_shoot(device, number).pixels, PixelFormat.MONO8) for number in range(3))
    assert bright.saturated_share > 0.6
    assert well.saturated_share < 0.1
    assert soft.sharpness < 0.5 * well.sharpness
    assert soft.brightness == pytest.approx(well.brightness, rel=0.1)


@pytest.mark.parametrize("pixel_format", ["Mono8", "Mono12", "RGB8", "BayerRG8"])
def test_a_picture_of_the_wrong_size_is_whole_and_read_only(pixel_format: str) -> None:
    device = _armed(faults="wrong_size@0, defocused@1", pixel_format=pixel_format)
    small, soft = _shoot(device, 0), _shoot(device, 1)
    assert (small.pixels.shape[:2], soft.pixels.shape[:2]) == ((48, 64), (96, 128))
    assert not small.pixels.flags.writeable
    assert not soft.pixels.flags.writeable


def test_a_late_picture_is_overtaken_and_still_says_whose_it_is() -> None:
    now = 10.0
    script = FaultScript({0: ScriptedFault(Fault.LATE, 2.0)})
    device = SimulatedCamera("top", open_options(), script, clock=lambda: now)
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    device.trigger(0)
    device.trigger(1)
    overtaking = device.next_frame(0.0)
    assert device.next_frame(0.0) is None
    now += 2.1
    device.trigger(2)
    late, next_one = device.next_frame(0.0), device.next_frame(0.0)
    assert [frame.trigger_id for frame in (overtaking, late, next_one) if frame is not None] == [1, 0, 2]
    assert isinstance(late, RawFrame)
    assert json.loads(late.chunk["truth"])["part"] == 0
    device.trigger(0)
    device.arm(TriggerKind.SOFTWARE)
    now += 2.1
    assert device.next_frame(0.0) is None, "arming throws away what is under way"


def test_who_waits_for_a_late_picture_has_it_when_it_is_due() -> None:
    device = _armed(faults="late@0:0.02")
    device.trigger(0)
    assert isinstance(device.next_frame(20.0), RawFrame)


def test_a_share_of_the_triggers_is_spoilt_and_the_seed_says_which() -> None:
    def spoilt(seed: int) -> list[int]:
        device = _armed(seed=seed, faults="black=0.3, dead@100")
        return [number for number in range(30) if not _shoot(device, number).pixels.any()]

    assert spoilt(1) == spoilt(1)
    assert spoilt(1) != spoilt(2)
    assert 2 <= len(spoilt(1)) <= 18


def test_silence_ends_after_its_seconds() -> None:
    now = 10.0
    script = FaultScript({0: ScriptedFault(Fault.SILENT, 2.0)})
    device = SimulatedCamera("top", open_options(), script, clock=lambda: now)
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    device.trigger(0)
    assert device.next_frame(0.0) is None
    now += 1.9
    assert device.next_frame(0.0) is None
    now += 0.2
    assert isinstance(device.next_frame(0.0), RawFrame)


def test_a_dead_camera_stays_dead_until_opened_again() -> None:
    device = _armed(faults="dead@1")
    _shoot(device, 0)
    device.trigger(1)
    with pytest.raises(CameraError, match="scripted at trigger 1"):
        device.next_frame(0.1)
    for use in (device.features, lambda: device.trigger(2), lambda: device.next_frame(0.0)):
        with pytest.raises(CameraError, match="open it again"):
            use()
    device.close()
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    assert _shoot(device, 2).frame_id == 0


def test_use_out_of_order() -> None:
    device = open_device("top", SIZE)
    with pytest.raises(DeviceMissingError, match="not open"):
        device.trigger(0)
    device.open()
    with pytest.raises(CameraError, match="not armed"):
        device.trigger(0)
    device.close()
    device.close()


def test_discover_says_what_open_says() -> None:
    found = discover(SIZE)
    device = open_device("simulated", SIZE)
    assert found == [device.open()]
    device.close()
    assert (found[0].backend, found[0].width, found[0].pixel_formats) == (
        "simulated",
        128,
        ("Mono8", "Mono12", "RGB8", "BayerRG8"),
    )


def pulse(wire: str, part: int, at_s: float) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(json.dumps({"part": part, "at_ns": int(at_s * 1e9)}).encode(), f"\0station-wire-{wire}")


def test_its_wire_triggers_it_at_the_time_of_the_signal_and_within_the_dead_time_not() -> None:
    wire = f"unit-{os.getpid()}"
    device = open_device("top", {**SIZE, "wire": wire, "dead_time_us": 1e6, "faults": "incomplete@6"})
    device.open()
    device.arm(TriggerKind.LINE, "Line1")
    try:
        device.trigger(3)
        assert device.next_frame(0.0) is None
        for part, at_s in ((5, 10.0), (9, 10.5), (6, 11.5)):
            pulse(wire, part, at_s)
        first, second = device.next_frame(1.0), device.next_frame(1.0)
        assert isinstance(first, RawFrame)
        assert (first.trigger_id, first.device_time_ns) == (None, 10_000_000_000)
        assert json.loads(first.chunk["truth"])["part"] == 5
        assert isinstance(second, IncompleteFrame)
        assert second.device_time_ns == 11_500_000_000
        assert device.next_frame(0.0) is None
        other = open_device("side", {**SIZE, "wire": wire})
        other.open()
        with pytest.raises(CameraError, match="another camera may have it"):
            other.arm(TriggerKind.LINE, "Line0")
        with pytest.raises(CameraError, match="no trigger by Line7"):
            device.arm(TriggerKind.LINE, "Line7")
    finally:
        device.close()


def test_every_trigger_of_a_part_sees_it_with_the_features_of_its_view(camera: CameraDevice) -> None:
    first = _shoot(camera, trigger_id(4, 0))
    camera.set_features({"ExposureTime": 1500.0})
    second = _shoot(camera, trigger_id(4, 1))
    assert first.chunk == second.chunk
    assert 0.2 < second.pixels.mean() / first.pixels.mean() < 0.4
