from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import geometry
from models.manifest import ForeignInput
from models.preprocess import encode, fit
from models.resizing import resized

FITS = ("letterbox", "stretch", "crop")


def spec(**changes: Any) -> ForeignInput:
    return ForeignInput(**{"name": "images", "width": 96, "height": 64} | changes)


def spot(width: int, height: int, centre: tuple[float, float]) -> npt.NDArray[np.uint8]:
    """Return a black picture with a soft white spot."""
    y, x = np.mgrid[:height, :width]
    return (255 * np.exp(-((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / (2 * 9.0**2))).astype(np.uint8)


@given(
    st.sampled_from(FITS), st.integers(100, 260), st.integers(100, 260), st.floats(-0.12, 0.12), st.floats(-0.12, 0.12)
)
@settings(max_examples=80, deadline=None)
def test_a_place_in_the_input_is_found_in_the_picture(way: str, width: int, height: int, dx: float, dy: float) -> None:
    """The centre of a spot, measured in the input, is where the spot was drawn, to a tenth of a pixel."""
    side = min(width, height)
    centre = (width / 2 + dx * side, height / 2 + dy * side)
    image, placement = fit(spot(width, height, centre), spec(fit=way, pad=0))
    assert image.shape == (1, 64, 96, 3)
    weights = image[0, :, :, 0].astype(np.float64)
    weights[weights < 3] = 0
    y, x = np.mgrid[:64, :96]
    middle = np.array([[(x * weights).sum(), (y * weights).sum()]]) / weights.sum()
    back = geometry.apply(placement.to_source, middle)[0]
    np.testing.assert_allclose(back, centre, atol=0.12 if way != "crop" else 0.5)  # a cut spot has another centre


def test_a_letterbox_is_that_of_the_trainers() -> None:
    image, placement = fit(np.full((333, 500, 3), 7, dtype=np.uint8), spec(width=640, height=640))
    rows = np.flatnonzero((image[0] == 7).all(axis=(1, 2)))
    assert (rows[0], rows[-1]) == (107, 532)  # 426 rows of 640: 107 above, 107 below
    assert (image[0, :107] == 114).all()
    corner = geometry.apply(placement.to_source, np.array([[-0.5, 106.5], [639.5, 532.5]]))
    np.testing.assert_allclose(corner, [[-0.5, -0.5], [499.5, 332.5]], atol=1e-9)


def test_a_crop_shows_the_middle_only() -> None:
    picture = np.zeros((64, 300), dtype=np.uint8)
    picture[:, 102:198] = 200
    image, _ = fit(picture, spec(fit="crop"))
    assert (image == 200).all()


def test_a_crop_is_torchvisions() -> None:
    """`Resize(64)` and `CenterCrop` of 64: the longer side is rounded down, half a pixel goes to the even one."""
    square = spec(width=64, height=64, fit="crop")
    for width, height, size, left in ((200, 77, 166, 51), (123, 100, 78, 7), (101, 64, 101, 18)):
        _, placement = fit(np.zeros((height, width), dtype=np.uint8), square)
        to_input = geometry.inverse(placement.to_source)
        assert to_input[0, 0] == pytest.approx(size / width)
        assert to_input[0, 2] == pytest.approx(0.5 * size / width - 0.5 - left)


@pytest.mark.parametrize(("shrink", "exact"), [("linear", False), ("linear-fine", True), ("smooth-fine", True)])
def test_fractions_reach_a_model_whose_trainer_keeps_them(shrink: str, exact: bool) -> None:
    picture = np.random.default_rng(4).integers(0, 256, (90, 131, 3), dtype=np.uint8)
    of = spec(fit="stretch", shrink=shrink)
    tensor = encode(fit(picture, of)[0], of)[0].transpose(1, 2, 0) * 255
    fine = resized(picture.astype(np.uint16) << 8, (96, 64)) if of.smooth else None
    wanted = cv2.resize(picture.astype(np.float32), (96, 64)) if fine is None else fine / 256
    assert (np.abs(tensor - wanted).max() < 1 / 100) == exact
    assert fit(picture, spec(fit="stretch", shrink=shrink, dtype="uint8"))[0].dtype == np.uint8


def test_a_picture_that_fits_is_left_alone() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    for way in FITS:
        image, placement = fit(picture, spec(fit=way))
        np.testing.assert_array_equal(image[0], picture)
        np.testing.assert_allclose(placement.to_source, np.eye(2, 3))


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
@pytest.mark.parametrize("colour", ["RGB", "BGR"])
def test_values_are_those_of_the_formula(layout: str, colour: str) -> None:
    mean, std = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
    image = np.random.default_rng(1).integers(0, 256, (1, 64, 96, 3), dtype=np.uint8)
    tensor = encode(image, spec(layout=layout, colour=colour, mean=mean, std=std))
    assert tensor.dtype == np.float32
    for y, x, channel in ((0, 0, 0), (63, 95, 2), (10, 20, 1)):
        value = image[0, y, x, channel if colour == "RGB" else 2 - channel] / 255
        got = tensor[0, channel, y, x] if layout == "NCHW" else tensor[0, y, x, channel]
        assert got == pytest.approx((value - mean[channel]) / std[channel], abs=1e-5)


def test_bytes_stay_bytes() -> None:
    image = np.random.default_rng(1).integers(0, 256, (1, 64, 96, 3), dtype=np.uint8)
    np.testing.assert_array_equal(encode(image, spec(dtype="uint8", layout="NHWC")), image)
    swapped = encode(image, spec(dtype="uint8", layout="NCHW", colour="BGR"))
    np.testing.assert_array_equal(swapped, image[..., ::-1].transpose(0, 3, 1, 2))


@pytest.mark.parametrize("layout", ["NCHW", "NHWC"])
def test_of_sixteen_bits_none_is_lost(layout: str) -> None:
    """Every value of 12 bits can be read again from the tensor, whose scale is that of 8 bits."""
    deep = np.random.default_rng(2).integers(0, 4096, (64, 96), dtype=np.uint16)
    image, _ = fit(deep << 4, spec(layout=layout, bits=16, fit="stretch"))
    assert image.dtype == np.uint16
    tensor = encode(image, spec(layout=layout, bits=16))
    plane = tensor[0, 1] if layout == "NCHW" else tensor[0, :, :, 1]
    np.testing.assert_array_equal(np.round(plane * 255 * 16), deep)
    coarse = encode(fit((deep >> 4).astype(np.uint8), spec(layout=layout))[0], spec(layout=layout))
    assert 0 <= float((tensor - coarse).min()) <= float((tensor - coarse).max()) < 1 / 255


def test_a_letterbox_of_sixteen_bits_is_that_of_eight() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (120, 90), dtype=np.uint8)
    eight, sixteen = (
        encode(fit(pixels, spec(bits=16))[0], spec(bits=16)) for pixels in (picture, picture.astype(np.uint16) << 8)
    )
    np.testing.assert_allclose(sixteen, eight, atol=1 / 255)  # what 8 bits round when they are resized


def test_fractions_need_a_float() -> None:
    with pytest.raises(ValueError, match="bits = 16 needs a model with a float32 input"):
        spec(bits=16, dtype="uint8")
