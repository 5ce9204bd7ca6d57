"""The slot for an encoder and a decoder, filled with two that are made up but take and give what Segment Anything's do."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pytest

from labeling.assist.promptable import CORNER, INSIDE, NO_POINT, OPPOSITE, EncoderDecoder, Promptable
from labeling.shapes import Box

Floats = npt.NDArray[np.float32]
SIDE = 64
SQUARE = (slice(40, 80), slice(100, 160))
"""Of a picture of 200 x 100: what the model is to find."""


class BrightThings:
    """Finds what is bright: features are the grey of the square input at a quarter of its side."""

    def __init__(self) -> None:
        self.seen: list[Floats] = []
        self.fed: list[Mapping[str, Floats]] = []

    def encode(self, square: Floats) -> Floats:
        self.seen.append(square)
        grey = square.mean(axis=1, keepdims=True)
        return grey.reshape(1, 1, SIDE // 2, 2, SIDE // 2, 2).mean(axis=(3, 5)).astype(np.float32)

    def decode(self, feeds: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        self.fed.append(feeds)
        logits = np.where(feeds["image_embeddings"] > 0.5, 8.0, -8.0).astype(np.float32)
        nothing = np.full_like(logits, -8.0)
        return np.concatenate([nothing, logits], axis=1), np.array([[0.1, 0.9]], dtype=np.float32)


@pytest.fixture
def things() -> BrightThings:
    return BrightThings()


@pytest.fixture
def model(things: BrightThings) -> Promptable:
    return EncoderDecoder(things.encode, things.decode, side=SIDE, mask_side=SIDE // 2)


@pytest.fixture
def picture() -> np.ndarray:
    pixels = np.full((100, 200), 20, dtype=np.uint8)
    pixels[SQUARE] = 250
    pixels[10:30, 20:60] = 250
    return pixels


def test_what_lies_at_the_point_is_outlined_in_image_pixels(model: Promptable, picture: np.ndarray) -> None:
    encoded = model.encode(picture)
    for point, bounds in (((130, 60), (99.5, 39.5, 159.5, 79.5)), ((40, 20), (19.5, 9.5, 59.5, 29.5))):
        polygon = encoded.outline([point])
        assert polygon is not None
        assert polygon.bounds == pytest.approx(bounds, abs=6)


def test_the_encoder_gets_a_padded_square_of_its_own_scale(
    model: Promptable, things: BrightThings, picture: np.ndarray
) -> None:
    model.encode(np.repeat(picture[..., np.newaxis], 3, axis=2))
    (square,) = things.seen
    assert (square.shape, square.dtype) == ((1, 3, SIDE, SIDE), np.float32)
    assert (square[0, :, 32:] == 0).all()
    assert square[0, 0, 19, 41] == pytest.approx((250 - 123.675) / 58.395, abs=0.02)


def test_points_and_boxes_go_in_as_the_decoder_knows_them(
    model: Promptable, things: BrightThings, picture: np.ndarray
) -> None:
    encoded = model.encode(picture)
    encoded.outline([(130, 60), (120, 50)])
    encoded.outline([], Box(95, 35, 165, 85))
    with_points, with_box = things.fed
    assert with_points["point_labels"].tolist() == [[INSIDE, INSIDE, NO_POINT]]
    assert with_points["point_coords"][0, 0] == pytest.approx([130.5 * 0.32 - 0.5, 60.5 * 0.32 - 0.5])
    assert with_box["point_labels"].tolist() == [[CORNER, OPPOSITE]]
    assert with_box["mask_input"].shape == (1, 1, 32, 32)
    assert with_box["orig_im_size"].tolist() == [100, 200]
    assert all(value.dtype == np.float32 for value in with_box.values())


def test_a_box_alone_means_what_is_in_it(model: Promptable, picture: np.ndarray) -> None:
    polygon = model.encode(picture).outline([], Box(95, 35, 165, 85))
    assert polygon is not None
    assert polygon.bounds == pytest.approx((99.5, 39.5, 159.5, 79.5), abs=6)


def test_a_mask_of_the_whole_picture_is_understood(picture: np.ndarray) -> None:
    logits = np.where(picture > 100, 5.0, -5.0).astype(np.float32)[np.newaxis, np.newaxis]
    model = EncoderDecoder(lambda square: square, lambda _: (logits, np.array([[1.0]], dtype=np.float32)), side=SIDE)
    polygon = model.encode(picture).outline([(130, 60)])
    assert polygon is not None
    assert polygon.bounds == pytest.approx((99.5, 39.5, 159.5, 79.5), abs=1)


def test_where_the_model_sees_nothing_there_is_no_outline(model: Promptable, picture: np.ndarray) -> None:
    assert model.encode(picture).outline([(190, 5)]) is None
    assert model.encode(np.zeros((50, 50), dtype=np.uint8)).outline([(9, 9)]) is None


def test_pointing_at_nothing_is_an_error(model: Promptable, picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match="at least one point or a box"):
        model.encode(picture).outline([])
