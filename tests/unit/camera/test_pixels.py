import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from camera.frame import PixelFormat
from camera.pixels import to_16_bits, to_mono, to_rgb

Bytes = npt.NDArray[np.uint8]
BAYER = {"BayerRG8": "RGGB", "BayerGR8": "GRBG", "BayerGB8": "GBRG", "BayerBG8": "BGGR"}


def random_pixels(seed: int, shape: tuple[int, ...]) -> Bytes:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def bilinear(mosaic: Bytes, tiles: str) -> npt.NDArray[np.float64]:
    """Inner pixels of a demosaic, one by one: each colour is the mean of its nearest measured neighbours."""
    height, width = mosaic.shape
    out = np.zeros((height, width, 3))
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            for channel, colour in enumerate("RGB"):
                near = [
                    (abs(dy) + abs(dx), float(mosaic[y + dy, x + dx]))
                    for dy in (-1, 0, 1)
                    for dx in (-1, 0, 1)
                    if tiles[(y + dy) % 2 * 2 + (x + dx) % 2] == colour
                ]
                closest = min(distance for distance, _ in near)
                out[y, x, channel] = np.mean([value for distance, value in near if distance == closest])
    return out


@pytest.mark.parametrize("name", BAYER)
@pytest.mark.parametrize("shape", [(8, 8), (7, 9), (12, 5)])
def test_bayer_agrees_with_a_pixel_by_pixel_computation(name: str, shape: tuple[int, int]) -> None:
    mosaic = random_pixels(3, shape)
    got = to_rgb(mosaic, PixelFormat(name)).astype(float)
    assert np.abs(got - bilinear(mosaic, BAYER[name]))[1:-1, 1:-1].max() <= 0.5


@pytest.mark.parametrize("name", BAYER)
def test_a_colour_survives_its_mosaic(name: str) -> None:
    colour = {"R": 200, "G": 100, "B": 50}
    mosaic = np.array([[colour[BAYER[name][y % 2 * 2 + x % 2]] for x in range(10)] for y in range(6)], np.uint8)
    assert (to_rgb(mosaic, PixelFormat(name)) == (200, 100, 50)).all()


@given(st.integers(0, 2**31), st.integers(1, 9), st.integers(1, 9))
def test_plain_formats(seed: int, height: int, width: int) -> None:
    mono, rgb, rgba = (random_pixels(seed, (height, width, *depth)) for depth in ((), (3,), (4,)))
    assert np.array_equal(to_rgb(mono, PixelFormat.MONO8), np.stack([mono] * 3, axis=2))
    assert np.array_equal(to_mono(mono, PixelFormat.MONO8), mono)
    assert np.array_equal(to_rgb(rgb, PixelFormat.RGB8), rgb)
    assert np.array_equal(to_rgb(rgba, PixelFormat.RGBA8), rgba[..., :3])
    luma = rgb.astype(float) @ (0.299, 0.587, 0.114)
    assert np.abs(to_mono(rgb, PixelFormat.RGB8) - luma).max() <= 0.51


def test_results_are_eight_bits_and_contiguous() -> None:
    for pixel_format in PixelFormat:
        shape = (6, 8) if pixel_format.channels == 1 else (6, 8, pixel_format.channels)
        values = random_pixels(1, (12, *shape[1:]))[::2]
        pixels = values.astype(pixel_format.dtype) << (pixel_format.bits - 8)
        for converted, depth in ((to_rgb(pixels, pixel_format), (3,)), (to_mono(pixels, pixel_format), ())):
            assert converted.shape == (6, 8, *depth)
            assert converted.dtype == np.uint8
            assert converted.flags.c_contiguous


def test_a_value_beyond_the_scale_is_white() -> None:
    pixels = np.array([[0, 4095, 4096, 65535]], np.uint16)
    assert to_mono(pixels, PixelFormat.MONO12).tolist() == [[0, 255, 255, 255]]


@given(st.integers(0, 2**31), st.sampled_from([name for name in PixelFormat if name.bits > 8]))
def test_of_deep_pixels_the_high_bits_are_kept(seed: int, pixel_format: PixelFormat) -> None:
    deep = np.random.default_rng(seed).integers(0, 1 << pixel_format.bits, (6, 8), np.uint16)
    shallow = PixelFormat(pixel_format.value.rstrip("0123456789") + "8")
    high = (deep >> (pixel_format.bits - 8)).astype(np.uint8)
    assert np.array_equal(to_rgb(deep, pixel_format), to_rgb(high, shallow))
    assert np.array_equal(to_mono(deep, pixel_format), to_mono(high, shallow))


@given(st.integers(0, 2**31), st.sampled_from([name for name in PixelFormat if name.bits > 8 and not name.bayer]))
def test_in_sixteen_bits_every_value_of_deep_pixels_is_kept(seed: int, pixel_format: PixelFormat) -> None:
    deep = np.random.default_rng(seed).integers(0, 1 << pixel_format.bits, (6, 8), np.uint16)
    wide = to_16_bits(deep, pixel_format)
    assert wide.dtype == np.uint16
    assert np.array_equal(wide >> (16 - pixel_format.bits), deep)
    assert np.array_equal(wide >> 8, to_mono(deep, pixel_format)), "256 times the value of 8 bits"


@pytest.mark.parametrize("name", ["RG", "GR", "GB", "BG"])
def test_deep_bayer_is_interpolated_as_that_of_eight_bits_but_finer(name: str) -> None:
    deep = np.random.default_rng(1).integers(0, 4096, (12, 10), np.uint16)
    wide = to_16_bits(deep, PixelFormat(f"Bayer{name}12"))
    coarse = to_rgb(deep, PixelFormat(f"Bayer{name}12"))
    assert wide.shape == (12, 10, 3)
    assert np.abs(wide / 256 - coarse).max() <= 1.5
    assert np.unique(wide % 256).size > 16
    assert to_16_bits(np.full((4, 4), 5000, np.uint16), PixelFormat(f"Bayer{name}12")).min() == 4095 << 4


def test_eight_bits_are_not_made_deeper() -> None:
    with pytest.raises(ValueError, match="no more than 8 bits"):
        to_16_bits(np.zeros((4, 4), np.uint8), PixelFormat.MONO8)


@pytest.mark.parametrize(
    ("shape", "dtype", "pixel_format"),
    [
        ((4, 4, 3), np.uint8, PixelFormat.MONO8),
        ((4, 4), np.uint8, PixelFormat.RGB8),
        ((4, 4, 3), np.uint8, PixelFormat.RGBA8),
        ((4, 4), np.uint16, PixelFormat.MONO8),
        ((2, 8), np.uint8, PixelFormat.BAYER_RG8),
        ((0, 8), np.uint8, PixelFormat.MONO8),
    ],
)
def test_pixels_that_are_not_what_they_are_called_are_refused(
    shape: tuple[int, ...], dtype: type[np.uint8], pixel_format: PixelFormat
) -> None:
    with pytest.raises(ValueError, match=pixel_format.value):
        to_rgb(np.zeros(shape, dtype), pixel_format)
