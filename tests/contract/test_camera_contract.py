"""What every camera backend must do, over every backend the registry knows, in this process."""

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from network_camera import fake_network_camera
from PIL import Image

from camera.backends.genicam import bundled_producer
from camera.device import CameraDevice, CameraError, FeatureValue, IncompleteFrame, RawFrame, TriggerKind
from camera.features import restore
from camera.options import OptionValue
from camera.registry import BACKENDS, discover, make_device
from camera.settings import CameraSettings

DEADLINE_S = 20.0


@dataclass(frozen=True)
class Bench:
    """How to make a small camera of one backend for these tests, and what it can do."""

    backend: str
    options: Callable[[Path], Mapping[str, OptionValue]]
    kinds: tuple[TriggerKind, ...]
    settable: Mapping[str, FeatureValue] = field(default_factory=dict)
    changed: Mapping[str, FeatureValue] = field(default_factory=dict)
    """What somebody else sets meanwhile."""
    refused: Mapping[str, FeatureValue] = field(default_factory=dict)
    answers_by_id: bool = True
    """Whether a frame says which software trigger it answers."""

    def device(self, folder: Path, **more: OptionValue) -> CameraDevice:
        return make_device(CameraSettings("bench", self.backend, {**self.options(folder), **more}))


def pictures(folder: Path) -> Mapping[str, OptionValue]:
    for level in (10, 20, 30):
        Image.fromarray(np.full((48, 64), level, np.uint8)).save(folder / f"{level}.png")
    return {"folder": str(folder), "loop": True, "fps": 50.0}


BENCHES = [
    Bench(
        "genicam",
        lambda _: {"cti": str(bundled_producer()), "device": "VikyTL_DEV_red"},
        (TriggerKind.FREE_RUN,),
        settable={"PixelFormat": "Mono8", "Width": 320, "Height": 240, "AcquisitionFrameRate": 100.0},
        changed={"Width": 400, "PixelFormat": "RGBa8", "AcquisitionFrameRate": 20.0},
        refused={"Width": 100_000, "PixelFormat": "Mono9", "PayloadSize": 5},
    ),
    Bench(
        "gige",
        lambda _: {"device": "127.0.0.1", "search_ms": 200},
        (TriggerKind.SOFTWARE, TriggerKind.FREE_RUN),
        settable={"PixelFormat": "Mono8", "Width": 320, "Height": 240, "ExposureTimeAbs": 2000.0},
        changed={"Width": 256, "ExposureTimeAbs": 5000.0},
        refused={"Width": 100_000, "PixelFormat": "Mono9", "PayloadSize": 5},
        answers_by_id=False,
    ),
    Bench("replay", pictures, (TriggerKind.SOFTWARE, TriggerKind.FREE_RUN), refused={"Width": 5}),
    Bench(
        "simulated",
        lambda _: {"width": 320, "height": 240, "fps": 50.0},
        (TriggerKind.SOFTWARE, TriggerKind.FREE_RUN),
        settable={"ExposureTime": 4000.0, "Gain": 1.5},
        changed={"ExposureTime": 100.0, "Gain": 6.0, "UserSetSelector": "Default"},
        refused={"ExposureTime": 1e9, "PixelFormat": "Mono9"},
    ),
]
KINDS = [pytest.param(bench, kind, id=f"{bench.backend}-{kind}") for bench in BENCHES for kind in bench.kinds]
EACH = pytest.mark.parametrize("bench", BENCHES, ids=lambda bench: bench.backend)


@pytest.fixture(scope="module", autouse=True)
def network_camera(udp_3956: None) -> Iterator[None]:
    """The GigE Vision camera of Debian's aravis-tools, on loopback."""
    with fake_network_camera():
        yield


@pytest.fixture(autouse=True)
def own_interrupt_handler() -> Iterator[None]:
    """Harvesters takes SIGINT over when an acquirer is made on the main thread."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def next_frame(device: CameraDevice) -> RawFrame | IncompleteFrame:
    until = time.monotonic() + DEADLINE_S
    while (frame := device.next_frame(0.05)) is None:
        assert time.monotonic() < until, "no frame came"
    return frame


def take(bench: Bench, device: CameraDevice, kind: TriggerKind, count: int) -> list[RawFrame]:
    frames = []
    for number in range(count):
        device.trigger(500 + number)
        frame = next_frame(device)
        assert isinstance(frame, RawFrame), frame
        by_id = kind is TriggerKind.SOFTWARE and bench.answers_by_id
        assert frame.trigger_id == (500 + number if by_id else None)
        frames.append(replace(frame, pixels=frame.pixels.copy()))
    return frames


def test_every_backend_is_in_this_suite() -> None:
    assert {bench.backend for bench in BENCHES} == set(BACKENDS)


@pytest.mark.parametrize(("bench", "kind"), KINDS)
def test_frames_are_whole_last_until_the_next_and_count_up(bench: Bench, kind: TriggerKind, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    info = device.open()
    try:
        device.arm(kind)
        frames = take(bench, device, kind, 5)
    finally:
        device.close()
    depth = (frames[0].pixel_format.channels,) if frames[0].pixel_format.channels > 1 else ()
    assert frames[0].pixel_format is info.pixel_format
    assert {frame.pixels.shape for frame in frames} == {(info.height, info.width, *depth)}
    ids = [frame.frame_id for frame in frames]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize(("bench", "kind"), KINDS)
def test_arming_again_throws_away_what_was_under_way(bench: Bench, kind: TriggerKind, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    device.open()
    try:
        device.arm(kind)
        first = take(bench, device, kind, 3)
        device.trigger(77)
        device.arm(kind)
        again = take(bench, device, kind, 1)
    finally:
        device.close()
    assert again[0].frame_id <= first[0].frame_id + 2, "frame ids start over"


@EACH
def test_without_a_frame_the_wait_ends(bench: Bench, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    device.open()
    try:
        kind = bench.kinds[0]
        device.arm(kind)
        if kind is TriggerKind.SOFTWARE:
            assert device.next_frame(0.02) is None
            assert device.next_frame(0.0) is None
        else:
            answers = [device.next_frame(0.0) for _ in range(200)]
            assert None in answers
    finally:
        device.close()


@EACH
def test_a_closed_camera_opens_again_and_closing_twice_is_safe(bench: Bench, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    device.close()
    for _ in range(2):
        device.open()
        device.arm(bench.kinds[0])
        take(bench, device, bench.kinds[0], 1)
        device.close()
        device.close()


@EACH
def test_features_are_set_and_read_back(bench: Bench, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    device.open()
    try:
        device.set_features(bench.settable)
        read = device.features()
        assert {name: read[name] for name in bench.settable} == pytest.approx(dict(bench.settable))
        assert {"Width", "Height", "PixelFormat"} <= set(read)
    finally:
        device.close()


@pytest.mark.parametrize("bench", [bench for bench in BENCHES if bench.settable], ids=lambda bench: bench.backend)
def test_what_a_camera_was_told_is_restored_when_it_is_opened_again(bench: Bench, tmp_path: Path) -> None:
    """Whatever was changed meanwhile: the user set comes first, then the features, and all is read back."""
    user_set = "UserSet1" if bench.backend == "simulated" else ""
    settings = CameraSettings("bench", bench.backend, bench.options(tmp_path), bench.settable, user_set=user_set)
    for _ in range(2):
        device = make_device(settings)
        device.open()
        try:
            read = restore(device, settings)
            assert {name: read[name] for name in bench.settable} == pytest.approx(dict(bench.settable))
            assert read.get("UserSetSelector", "") == user_set
            assert set(bench.settable) <= device.settable()
            device.set_features(bench.changed)
        finally:
            device.close()


@EACH
def test_a_feature_that_cannot_be_is_refused_by_name(bench: Bench, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    device.open()
    try:
        for name, value in {**bench.refused, "NoSuchFeature": 1}.items():
            with pytest.raises(CameraError, match=name):
                device.set_features({name: value})
    finally:
        device.close()


@EACH
def test_an_unknown_option_is_refused_before_hardware_is_touched(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(CameraError, match=r"bench.*no_such_option"):
        bench.device(tmp_path, no_such_option=1)


@EACH
def test_it_is_found_by_discovery(bench: Bench, tmp_path: Path) -> None:
    found = discover(bench.backend, bench.options(tmp_path))
    assert found
    assert all(info.backend == bench.backend and info.width > 0 and info.height > 0 for info in found)
    assert all(info.pixel_format in info.pixel_formats for info in found)


@pytest.mark.parametrize("bench", [bench for bench in BENCHES if TriggerKind.SOFTWARE not in bench.kinds])
def test_a_device_without_triggers_says_so(bench: Bench, tmp_path: Path) -> None:
    device = bench.device(tmp_path)
    device.open()
    try:
        with pytest.raises(CameraError, match="free_run"):
            device.arm(TriggerKind.SOFTWARE)
    finally:
        device.close()
