from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from camera.frame import Frame, PixelFormat
from camera.health import Health, HealthLimits, HealthWatch, complaint, examine
from camera.pixels import to_8_bits
from camera.virtual_part import Shot, World, draw_part

Bytes = npt.NDArray[np.uint8]
MONO = PixelFormat.MONO8
WORLD = World(612, 512, seed=4, defect_rate=0.5)
WELL = Health(brightness=0.4, saturated_share=0.0, contrast=0.6, sharpness=0.5)


def plate(part: int = 7, exposure: float = 1.0) -> Bytes:
    return draw_part(WORLD, part, Shot(exposure)).pixels


def frame(pixels: Bytes, pixel_format: PixelFormat = MONO) -> Frame:
    return Frame(pixels, pixel_format, "cam", 1, 1, None, 1, {})


def defocused(pixels: Bytes, sigma_px: float) -> Bytes:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma_px), np.uint8)


def test_a_uniform_picture_is_what_it_is() -> None:
    assert examine(np.full((40, 30), 51, np.uint8), MONO) == Health(0.2, 0.0, 0.0, 0.0)
    assert examine(np.full((40, 30), 255, np.uint8), MONO) == Health(1.0, 1.0, 0.0, 0.0)


def test_a_hard_edge_is_as_sharp_as_can_be_and_a_ramp_is_not() -> None:
    edge = np.zeros((64, 64), np.uint8)
    edge[:, 32:] = 200
    assert examine(edge, MONO).sharpness == 1.0
    assert examine(edge.T, MONO).sharpness == 1.0
    ramp = np.tile(np.arange(0, 128, 2, dtype=np.uint8), (64, 1))
    assert examine(ramp, MONO).sharpness == pytest.approx(2 / 126, rel=0.05)


def test_every_colour_counts_and_alpha_does_not() -> None:
    pixels = np.zeros((20, 20, 4), np.uint8)
    pixels[...] = (255, 0, 51, 255)
    health = examine(pixels, PixelFormat.RGBA8)
    assert health.saturated_share == pytest.approx(1 / 3)
    assert health.brightness == pytest.approx((1 + 0 + 0.2) / 3)
    assert health == examine(pixels[..., :3], PixelFormat.RGB8)
    assert health.sharpness == 0.0, "one colour beside another is no edge"


@pytest.mark.parametrize("name", ["BayerRG8", "BayerGR8", "BayerGB8", "BayerBG8"])
def test_raw_bayer_is_compared_within_each_colour(name: str) -> None:
    mosaic = np.tile(np.array([[200, 100], [100, 20]], np.uint8), (40, 40))
    health = examine(mosaic, PixelFormat(name))
    assert health.sharpness == 0.0
    assert health.brightness == pytest.approx(105 / 255, abs=0.01)


def test_sharpness_tells_focus_and_does_not_follow_the_exposure() -> None:
    sharp, dark, soft = (examine(pixels, MONO) for pixels in (plate(), plate(exposure=0.3), defocused(plate(), 3.0)))
    assert dark.brightness < 0.4 * sharp.brightness
    assert dark.sharpness == pytest.approx(sharp.sharpness, rel=0.15)
    assert soft.sharpness < 0.4 * sharp.sharpness


def test_parts_of_the_virtual_line_are_well_in_every_light() -> None:
    watch = HealthWatch(HealthLimits())
    assert [watch.complaint(frame(plate(part))) for part in range(0, 600, 60)] == [None] * 10


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (lambda: plate(exposure=0.0), "black (brightness 0, min_brightness 0.02)"),
        (lambda: plate(exposure=8.0), "over-exposed (0.7"),
        (lambda: np.full((64, 64), 90, np.uint8), "flat (contrast 0, min_contrast 0.1)"),
        (lambda: defocused(plate(), 3.0), "out of focus (sharpness 0.1"),
    ],
    ids=["black", "over-exposed", "flat", "defocused"],
)
def test_what_cannot_be_judged_is_said_with_its_figure(picture: Callable[[], Bytes], said: str) -> None:
    text = HealthWatch(HealthLimits(min_contrast=0.1, min_sharpness=0.3)).complaint(frame(picture()))
    assert text is not None
    assert text.startswith(said)
    assert "check" in text


@pytest.mark.parametrize(
    ("worse", "limits"),
    [
        (replace(WELL, brightness=0.1), HealthLimits(min_brightness=0.11)),
        (replace(WELL, saturated_share=0.2), HealthLimits(max_saturated_share=0.19)),
        (replace(WELL, contrast=0.3), HealthLimits(min_contrast=0.31)),
        (replace(WELL, sharpness=0.3), HealthLimits(min_sharpness=0.31)),
    ],
)
def test_each_limit_is_kept_at_itself_and_crossed_beyond(worse: Health, limits: HealthLimits) -> None:
    assert complaint(WELL, limits) is None
    assert complaint(worse, limits) is not None
    at_itself = HealthLimits(worse.brightness, worse.saturated_share, worse.contrast, worse.sharpness)
    assert complaint(worse, at_itself) is None


def test_a_frozen_camera_is_noticed_as_long_as_it_is_frozen() -> None:
    watch, first, second = HealthWatch(HealthLimits()), plate(1), plate(2)
    said = [watch.complaint(frame(pixels)) for pixels in (first, first.copy(), first, second, first)]
    assert [text is not None and text.startswith("frozen") for text in said] == [False, True, True, False, False]


def test_the_noise_of_a_sensor_is_enough_not_to_be_frozen() -> None:
    watch, rng = HealthWatch(HealthLimits()), np.random.default_rng(1)
    still = plate().astype(np.int16)
    noisy = [np.clip(still + rng.integers(-1, 2, still.shape), 0, 255).astype(np.uint8) for _ in range(3)]
    assert [watch.complaint(frame(pixels)) for pixels in noisy] == [None] * 3


def test_repetition_may_be_allowed_and_another_size_is_not_one() -> None:
    lenient = HealthWatch(HealthLimits(frozen=False))
    assert [lenient.complaint(frame(plate())) for _ in range(2)] == [None, None]
    strict = HealthWatch(HealthLimits())
    assert [strict.complaint(frame(pixels)) for pixels in (plate(), plate()[:, :300])] == [None, None]


@given(
    height=st.integers(1, 300),
    width=st.integers(1, 40),
    pixel_format=st.sampled_from(list(PixelFormat)),
    seed=st.integers(0, 99),
)
def test_every_size_and_format_gives_figures_between_0_and_1(
    height: int, width: int, pixel_format: PixelFormat, seed: int
) -> None:
    shape = (height, width) if pixel_format.channels == 1 else (height, width, pixel_format.channels)
    pixels = np.random.default_rng(seed).integers(0, 1 << pixel_format.bits, shape).astype(pixel_format.dtype)
    health = examine(pixels, pixel_format)
    for figure in (health.brightness, health.saturated_share, health.contrast, health.sharpness):
        assert 0.0 <= figure <= 1.0
    colours = pixels if pixel_format is not PixelFormat.RGBA8 else pixels[..., :3]
    eight = to_8_bits(colours, pixel_format)
    assert eight.min() / 255 <= health.brightness + 1e-9
    assert health.brightness <= eight.max() / 255 + 1e-9


@pytest.mark.parametrize("pixels", [np.zeros((0, 4), np.uint8), np.zeros((4, 4), np.uint16)])
def test_what_is_no_picture_of_8_bits_is_refused(pixels: Bytes) -> None:
    with pytest.raises(ValueError, match="cannot be examined"):
        examine(pixels, MONO)
