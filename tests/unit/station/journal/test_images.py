import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from camera.frame import PixelFormat, Pixels
from station.journal.errors import StorageError
from station.journal.images import JPEG, JXL, JXL_BAYER, decode, encode, encode_preview, shrink, viewable

BAYER = [PixelFormat.BAYER_RG8, PixelFormat.BAYER_GR8, PixelFormat.BAYER_GB8, PixelFormat.BAYER_BG8]
SIDES = st.integers(1, 40)


@st.composite
def pictures(draw: st.DrawFn) -> tuple[Pixels, PixelFormat]:
    pixel_format = draw(st.sampled_from(list(PixelFormat)))
    size = (draw(SIDES), draw(SIDES))
    shape = size if pixel_format.channels == 1 else (*size, pixel_format.channels)
    values = st.integers(0, (1 << pixel_format.bits) - 1)
    return draw(hnp.arrays(pixel_format.dtype, shape, elements=values)), pixel_format


@given(pictures())
@settings(max_examples=150, deadline=None)
def test_the_record_gives_back_exactly_what_the_camera_gave(picture: tuple[Pixels, PixelFormat]) -> None:
    pixels, pixel_format = picture
    image = encode(pixels, pixel_format)
    assert image.media_type == (JXL_BAYER if pixel_format.bayer else JXL)
    back = decode(image.data, image.media_type)
    assert back.dtype == pixels.dtype
    assert np.array_equal(back, pixels)
    assert not back.flags.writeable


@given(pictures())
@settings(max_examples=60, deadline=None)
def test_every_picture_has_a_preview(picture: tuple[Pixels, PixelFormat]) -> None:
    pixels, pixel_format = picture
    preview = encode_preview(pixels, pixel_format)
    assert preview.media_type == JPEG
    assert decode(preview.data, JPEG).shape[0] <= 1024


def test_a_frame_that_is_a_view_into_a_ring_encodes(rng_picture: Pixels) -> None:
    view = rng_picture[::2, ::2]
    view.setflags(write=False)
    image = encode(view, PixelFormat.MONO8)
    assert np.array_equal(decode(image.data, image.media_type), view)


@pytest.fixture
def rng_picture() -> Pixels:
    return np.random.default_rng(5).integers(0, 256, (300, 2200), dtype=np.uint8)


def test_bayer_planes_pack_better_than_the_mosaic() -> None:
    ramp = np.linspace(0, 90, 512)[:, None] + np.linspace(0, 90, 512)
    mosaic = ramp.astype(np.uint8)
    mosaic[0::2, 0::2] += 60
    assert len(encode(mosaic, PixelFormat.BAYER_RG8).data) < 0.8 * len(encode(mosaic, PixelFormat.MONO8).data)


def test_a_preview_is_at_most_1024_wide_and_keeps_the_proportions(rng_picture: Pixels) -> None:
    preview = encode_preview(rng_picture, PixelFormat.MONO8)
    assert decode(preview.data, JPEG).shape == (140, 1024)
    assert shrink(np.zeros((10, 20), np.uint8), 1024).shape == (10, 20)


def test_a_picture_one_pixel_high_shrinks() -> None:
    assert shrink(np.zeros((1, 5000), np.uint8), 1024).shape == (1, 1024)


@pytest.mark.parametrize("pixel_format", BAYER)
def test_bayer_previews_have_the_right_colours(pixel_format: PixelFormat) -> None:
    letters = pixel_format.value[5:7]
    cells = {"RG": "RGGB", "GR": "GRBG", "GB": "GBRG", "BG": "BGGR"}[letters]
    level = {"R": 200, "G": 100, "B": 50}
    mosaic = np.zeros((8, 6), np.uint8)
    for index, letter in enumerate(cells):
        mosaic[index // 2 :: 2, index % 2 :: 2] = level[letter]
    colour = viewable(mosaic, pixel_format)
    assert colour.shape == (4, 3, 3)
    assert (colour == [200, 100, 50]).all()


def test_viewable_drops_alpha_and_low_bits() -> None:
    deep = np.full((2, 2), 0xABCD, np.uint16)
    assert (viewable(deep, PixelFormat.MONO16) == 0xAB).all()
    assert viewable(np.zeros((2, 2, 4), np.uint8), PixelFormat.RGBA8).shape == (2, 2, 3)


def test_the_preview_is_rgb() -> None:
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 255
    data = encode_preview(red, PixelFormat.RGB8).data
    blue, _, red_back = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[8, 8]
    assert red_back > 240
    assert blue < 20


@pytest.mark.parametrize(
    ("data", "media_type"), [(b"no picture", JXL), (b"", JPEG), (b"\xff\x0a\x00", JXL_BAYER), (b"x", "image/gif")]
)
def test_what_does_not_decode_is_an_error(data: bytes, media_type: str) -> None:
    with pytest.raises(StorageError):
        decode(data, media_type)


def test_a_cut_picture_is_an_error() -> None:
    data = encode(np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8), PixelFormat.MONO8).data
    with pytest.raises(StorageError, match="does not decode"):
        decode(data[: len(data) // 2], JXL)
