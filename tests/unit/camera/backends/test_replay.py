import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from camera.backends.replay import ReplayDevice, ReplayOptions, discover, open_device
from camera.device import CameraError, DeviceMissingError, IncompleteFrame, RawFrame, TriggerKind
from camera.frame import PixelFormat
from camera.trigger_id import trigger_id


def save(path: Path, level: int = 0, mode: str = "L", size: tuple[int, int] = (8, 6)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.full((size[1], size[0]), level, np.uint8)
    Image.fromarray(pixels).convert(mode).save(path)
    return path


def opened(folder: Path, **options: str | float) -> ReplayDevice:
    device = open_device("left", {"folder": str(folder), **options})
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    return device


def shot(device: ReplayDevice, trigger: int) -> RawFrame | IncompleteFrame:
    device.trigger(trigger)
    frame = device.next_frame(0.0)
    assert frame is not None
    assert frame.trigger_id == trigger
    return frame


def files(device: ReplayDevice, count: int) -> list[str]:
    frames = [shot(device, number) for number in range(count)]
    return [frame.chunk["file"] if isinstance(frame, RawFrame) else "-" for frame in frames]


def test_pictures_come_in_order_with_their_names(tmp_path: Path) -> None:
    for number, name in enumerate(("b.png", "a.bmp", "c.tif", "sub/d.PNG")):
        save(tmp_path / name, number)
    (tmp_path / "notes.txt").write_text("not a picture")
    device = opened(tmp_path)
    assert files(device, 4) == ["a.bmp", "b.png", "c.tif", "sub/d.PNG"]


def test_a_seed_shuffles_the_same_way_every_time_and_keeps_all(tmp_path: Path) -> None:
    names = [save(tmp_path / f"{number:02}.png").name for number in range(12)]
    first, again, other = (files(opened(tmp_path, seed=seed), 12) for seed in (5, 5, 6))
    assert first == again
    assert first != other
    assert first != names
    assert sorted(first) == names


def test_after_the_last_picture_comes_the_first_or_a_reason(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    save(tmp_path / "b.png")
    assert files(opened(tmp_path, loop=True), 5) == ["a.png", "b.png", "a.png", "b.png", "a.png"]
    device = opened(tmp_path)
    files(device, 2)
    over = shot(device, 3)
    assert isinstance(over, IncompleteFrame)
    assert "all 2 pictures" in over.reason
    assert "loop" in over.reason


def test_a_folder_has_neither_wires_nor_a_clock(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    device = opened(tmp_path)
    assert device.clock_ns() is None
    with pytest.raises(CameraError, match="has no Line0"):
        device.arm(TriggerKind.LINE, "Line0")


def test_with_several_views_each_part_has_its_own_pictures_whatever_was_missed(tmp_path: Path) -> None:
    for name in ("1-dark", "1-light", "2-dark", "2-light", "3-dark", "3-light"):
        save(tmp_path / f"{name}.png")
    device = opened(tmp_path, views=2)
    shown = [shot(device, trigger_id(part, view)) for part, view in ((7, 0), (8, 0), (8, 1), (9, 1))]
    assert [frame.chunk["file"][:-4] for frame in shown if isinstance(frame, RawFrame)] == [
        "1-dark",
        "2-dark",
        "2-light",
        "3-light",
    ]
    with pytest.raises(CameraError, match="views"):
        opened(tmp_path, views=0)


@pytest.mark.parametrize(
    ("mode", "name", "pixel_format", "shape"),
    [
        ("L", "a.png", PixelFormat.MONO8, (6, 8)),
        ("L", "a.jpg", PixelFormat.MONO8, (6, 8)),
        ("L", "a.bmp", PixelFormat.MONO8, (6, 8)),
        ("1", "a.png", PixelFormat.MONO8, (6, 8)),
        ("LA", "a.png", PixelFormat.MONO8, (6, 8)),
        ("RGB", "a.bmp", PixelFormat.RGB8, (6, 8, 3)),
        ("RGBA", "a.png", PixelFormat.RGB8, (6, 8, 3)),
        ("P", "a.png", PixelFormat.RGB8, (6, 8, 3)),
        ("CMYK", "a.tif", PixelFormat.RGB8, (6, 8, 3)),
    ],
)
def test_grey_stays_mono_and_colour_becomes_rgb(
    tmp_path: Path, mode: str, name: str, pixel_format: PixelFormat, shape: tuple[int, ...]
) -> None:
    save(tmp_path / name, 255, mode)
    device = open_device("left", {"folder": str(tmp_path)})
    info = device.open()
    assert (info.width, info.height, info.pixel_format) == (8, 6, pixel_format)
    device.arm(TriggerKind.SOFTWARE)
    frame = shot(device, 1)
    assert isinstance(frame, RawFrame)
    assert (frame.pixels.shape, frame.pixels.dtype, frame.pixel_format) == (shape, np.uint8, pixel_format)
    assert frame.pixels.min() > 250


def test_colours_are_in_the_order_red_green_blue(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4), (200, 100, 50)).save(tmp_path / "a.png")
    frame = shot(opened(tmp_path), 1)
    assert isinstance(frame, RawFrame)
    assert frame.pixels[0, 0].tolist() == [200, 100, 50]


def damaged(kind: str) -> bytes:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (64, 64), np.uint8))
    data = io.BytesIO()
    noise.save(data, "JPEG" if kind.endswith("jpg") else "BMP" if kind.endswith("bmp") else "PNG")
    whole = data.getvalue()
    match kind.split(".", maxsplit=1)[0]:
        case "cut":
            return whole[: len(whole) // 2]
        case "empty":
            return b""
        case "head":
            return whole[:20]
        case "flip":
            return whole[:1000] + bytes([whole[1000] ^ 255]) + whole[1001:]
    return b"this is no picture at all"


@pytest.mark.parametrize(
    "name",
    [
        "cut.png",
        "cut.jpg",
        "cut.bmp",
        "empty.png",
        "head.png",
        "flip.png",
        "text.png",
        "text.tif",
        "empty.jpg",
        "head.bmp",
    ],
)
def test_a_damaged_picture_is_a_fault_of_its_trigger_and_not_skipped(tmp_path: Path, name: str) -> None:
    save(tmp_path / "a.png")
    (tmp_path / f"b {name}").write_bytes(damaged(name))
    save(tmp_path / "c.png")
    device = opened(tmp_path)
    first, second, third = (shot(device, number) for number in (1, 2, 3))
    assert isinstance(first, RawFrame)
    assert isinstance(second, IncompleteFrame)
    assert name in second.reason
    assert isinstance(third, RawFrame)
    assert [first.frame_id, second.frame_id, third.frame_id] == [1, 2, 3]


def test_a_picture_that_vanished_is_a_fault_of_its_trigger(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    gone = save(tmp_path / "b.png")
    (tmp_path / "c.png").symlink_to(tmp_path / "nowhere")
    device = opened(tmp_path)
    gone.unlink()
    frames = [shot(device, number) for number in (1, 2, 3)]
    assert [type(frame) for frame in frames] == [RawFrame, IncompleteFrame, IncompleteFrame]


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    save(tmp_path / "a.png", size=(200, 100))
    frame = shot(opened(tmp_path, max_pixels=19_999), 1)
    assert isinstance(frame, IncompleteFrame)
    assert "200 x 100" in frame.reason
    assert "max_pixels" in frame.reason


def test_sixteen_bits_of_grey_are_kept(tmp_path: Path) -> None:
    pixels = np.random.default_rng(3).integers(0, 65536, (4, 5), np.uint16)
    for name in ("a.png", "b.tif"):
        Image.fromarray(pixels).save(tmp_path / name)
    device = opened(tmp_path)
    for number in (1, 2):
        frame = shot(device, number)
        assert isinstance(frame, RawFrame)
        assert frame.pixel_format is PixelFormat.MONO16
        assert np.array_equal(frame.pixels, pixels)


def test_other_depths_are_refused_by_name(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((4, 4), np.float32)).save(tmp_path / "a.tif")
    frame = shot(opened(tmp_path), 1)
    assert isinstance(frame, IncompleteFrame)
    assert "8 bits" in frame.reason


def test_free_run_keeps_its_pace(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    now = [0.0]
    device = ReplayDevice("left", ReplayOptions(str(tmp_path), loop=True, fps=10), clock=lambda: now[0])
    device.open()
    device.arm(TriggerKind.FREE_RUN)
    device.trigger(7)
    assert device.next_frame(0.0) is None
    ids = []
    for tick in range(1, 31):
        now[0] = tick * 0.05 + 1e-6
        if (frame := device.next_frame(0.0)) is not None:
            ids.append((tick, frame.frame_id, frame.trigger_id))
    assert ids == [(2 * number, number, None) for number in range(1, 16)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"folder": "/no/such/folder"}, "no folder /no/such/folder"),
        ({"folder": "."}, "no pictures"),
    ],
)
def test_a_folder_without_pictures_is_a_missing_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DeviceMissingError, match=words):
        open_device("left", options).open()


def test_options_and_features_it_does_not_have_are_named(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match="fps"):
        open_device("left", {"folder": str(tmp_path), "fps": 0})
    save(tmp_path / "a.png")
    with pytest.raises(CameraError, match="ExposureTime"):
        opened(tmp_path).set_features({"ExposureTime": 5.0})


def test_discover_shows_the_folder_asked_for(tmp_path: Path) -> None:
    save(tmp_path / "a.png")
    assert [info.serial for info in discover({"folder": str(tmp_path)})] == [str(tmp_path)]
    assert discover({}) == []


def test_faults_befall_their_triggers(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    for number in range(9):
        Image.fromarray(rng.integers(50, 200, (32, 600), np.uint8)).save(tmp_path / f"{number}.png")
    script = "incomplete@1, black@2, overexposed@3, defocused@4, frozen@5, wrong_size@6, dead@7"
    device = opened(tmp_path, faults=script)
    whole = {number: shot(device, number) for number in (0, 2, 3, 4, 5, 6)}
    assert isinstance(shot(device, 1), IncompleteFrame)
    pixels = {number: frame.pixels for number, frame in whole.items() if isinstance(frame, RawFrame)}
    assert pixels[2].max() == 0
    assert pixels[3].min() == 255
    assert np.abs(np.diff(pixels[4].astype(int))).mean() < 0.9 * np.abs(np.diff(pixels[0].astype(int))).mean()
    assert np.array_equal(pixels[5], pixels[4])
    assert pixels[6].shape == (16, 300)
    device.trigger(7)
    for _ in range(2):
        with pytest.raises(CameraError, match="scripted at trigger 7"):
            device.next_frame(0.0)
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    assert isinstance(shot(device, 8), RawFrame)


def test_lost_silent_and_late_in_replay(tmp_path: Path) -> None:
    now = 0.0
    for number in range(4):
        save(tmp_path / f"{number}.png", number)
    options = ReplayOptions(str(tmp_path), loop=True, faults="lost@0, silent@1:2.0, late@3:5.0")
    device = ReplayDevice("left", options, clock=lambda: now)
    device.open()
    device.arm(TriggerKind.SOFTWARE)
    device.trigger(0)
    assert device.next_frame(0.0) is None, "its frame id is used up"
    device.trigger(1)
    assert device.next_frame(0.0) is None
    now = 2.0
    silent = device.next_frame(0.0)
    assert silent is not None
    assert (silent.trigger_id, silent.frame_id) == (1, 2)
    device.trigger(3)
    device.trigger(4)
    answers = [device.next_frame(0.0), device.next_frame(0.0)]
    now = 7.0
    answers.append(device.next_frame(0.0))
    assert [answer and answer.trigger_id for answer in answers] == [4, None, 3]


def test_a_script_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CameraError, match=r"'left': option faults: cannot read 'melted@3'"):
        open_device("left", {"folder": str(tmp_path), "faults": "melted@3"})
