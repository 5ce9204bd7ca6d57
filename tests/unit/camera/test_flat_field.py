import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from camera.calibration import CalibrationError
from camera.device import CameraError
from camera.flat_field import FlatField, load_flat_field, measure_flat_field, save_flat_field
from camera.frame import PixelFormat, Pixels, as_pixels

SHAPE = (60, 80)
BAD = [(0, 0), (10, 10), (30, 79), (59, 40)]
COLOURS = {
    "Mono8": (0.6, 0.6, 0.6, 0.6),
    "BayerRG8": (0.5, 0.7, 0.7, 0.4),
    "Mono12": (0.6,) * 4,
    "BayerGB16": (0.7, 0.4, 0.5, 0.7),
}


def vignette() -> npt.NDArray[np.float64]:
    y, x = np.mgrid[-1 : 1 : SHAPE[0] * 1j, -1 : 1 : SHAPE[1] * 1j]
    return np.asarray(1 - 0.3 * (x**2 + y**2) / 2, np.float64)


def surface(name: str) -> npt.NDArray[np.float64]:
    """What an even surface is under even light, as a share of full scale."""
    even = np.empty(SHAPE)
    for place, level in enumerate(COLOURS[name]):
        even[place // 2 :: 2, place % 2 :: 2] = level
    return even


def picture(name: str, seed: int, *, bad: bool = True) -> Pixels:
    pixel_format = PixelFormat(name)
    full = 2**pixel_format.bits - 1
    seen = surface(name) * vignette() * full
    seen = seen + np.random.default_rng(seed).normal(0, 0.005 * full, SHAPE)
    if bad:
        for number, place in enumerate(BAD):
            seen[place] = 0 if number % 2 else full
    return as_pixels(np.clip(np.round(seen), 0, full).astype(pixel_format.dtype), pixel_format)


def flat_of(name: str) -> FlatField:
    return measure_flat_field([picture(name, seed) for seed in range(20)], PixelFormat(name))


@pytest.mark.parametrize("name", COLOURS)
def test_an_even_surface_is_even_again_and_bad_pixels_are_like_the_others(name: str) -> None:
    flat, before = flat_of(name), picture(name, 99)
    assert sorted(map(tuple, np.argwhere(np.isin(np.arange(before.size).reshape(SHAPE), flat.defects)))) == BAD
    after = flat.correct(before)
    full = 2 ** PixelFormat(name).bits - 1
    assert after.dtype == before.dtype
    assert not np.shares_memory(after, before)
    for row in (0, 1):
        for column in (0, 1):
            plane = after[row::2, column::2] / full
            assert plane.std() < 0.012
            assert plane.mean() == pytest.approx((surface(name) * vignette())[row::2, column::2].mean(), rel=0.02)
            assert np.abs(plane - plane.mean()).max() < 0.06


def test_values_beyond_full_scale_are_cut() -> None:
    flat = flat_of("Mono12")
    bright = np.full(SHAPE, 4095, np.uint16)
    after = flat.correct(bright)
    assert after.max() == 4095
    assert after.min() < 4095


@pytest.mark.parametrize(
    ("level", "said"), [(0.05, "5 to 5 % of full scale"), (0.99, "99 to 99 %"), (None, "of the pixels differ")]
)
def test_a_surface_that_will_not_do(level: float | None, said: str) -> None:
    full = np.full(SHAPE, round(255 * (level or 0.5)), np.uint8)
    if level is None:
        full[::5, ::5] = 255
    with pytest.raises(CalibrationError, match=said):
        measure_flat_field([full], PixelFormat.MONO8)


def test_pictures_of_colours_are_refused() -> None:
    with pytest.raises(CalibrationError, match="not RGB8"):
        measure_flat_field([np.zeros((*SHAPE, 3), np.uint8)], PixelFormat.RGB8)


def test_it_is_kept_and_read(tmp_path: Path) -> None:
    flat, path = flat_of("BayerRG8"), tmp_path / "flat.npz"
    save_flat_field(flat, path)
    again = load_flat_field(path)
    shot = picture("BayerRG8", 5)
    assert np.array_equal(again.correct(shot), flat.correct(shot))
    assert again.fits(80, 60, PixelFormat.BAYER_RG8)
    assert not again.fits(60, 80, PixelFormat.BAYER_RG8)
    assert not again.fits(80, 60, PixelFormat.MONO8)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.98])
def test_a_damaged_file_is_refused(share: float, tmp_path: Path) -> None:
    path = tmp_path / "flat.npz"
    save_flat_field(flat_of("Mono8"), path)
    data = path.read_bytes()
    path.write_bytes(data[: round(share * len(data))])
    with pytest.raises(CameraError, match=r"flat\.npz cannot be used"):
        load_flat_field(path)


def test_indices_beyond_the_picture_are_refused(tmp_path: Path) -> None:
    flat, path = flat_of("Mono8"), tmp_path / "flat.npz"
    save_flat_field(FlatField(flat.gains, flat.pixel_format, flat.defects + flat.gains.size, flat.sources), path)
    with pytest.raises(CameraError, match="is damaged"):
        load_flat_field(path)


def fastest_s(work: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.bench
def test_it_costs_no_more_than_the_same_in_floats() -> None:
    shape = (2048, 2448)
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    none = np.zeros(0, np.int64)
    flat = FlatField(np.full(shape, 1.1, np.float32), PixelFormat.MONO8, none, none.reshape(0, 2))
    ours_s = fastest_s(lambda: flat.correct(pixels))
    plain_s = fastest_s(lambda: np.clip(np.round(pixels * flat.gains), 0, 255).astype(np.uint8))
    assert ours_s < plain_s, f"{ours_s / plain_s:.2f} times numpy"
