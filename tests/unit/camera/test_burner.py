import cv2
import numpy as np
import numpy.typing as npt
import pytest

from camera.burner import MaskBurner, grey
from camera.device import CameraError
from camera.frame import PixelFormat, Pixels, as_pixels
from camera.mask import Mask, moved_by
from camera.settings import CameraSettings
from station.journal.images import JXL_BAYER, decode, encode, encode_preview

WIDTH, HEIGHT = 61, 45
BOX = Mask("door", ((10.0, 5.0), (30.0, 5.0), (30.0, 20.0), (10.0, 20.0)))
SLANTED = Mask("screen", ((40.2, 10.0), (70.0, 20.5), (45.0, 43.7)))
FORMATS = list(PixelFormat)


def inside(mask: Mask) -> npt.NDArray[np.bool_]:
    """Every pixel whose centre is on or within the polygon, found by another way than the mask's own."""
    outline = np.asarray(mask.polygon, np.float32)
    return np.array(
        [[cv2.pointPolygonTest(outline, (x, y), measureDist=False) >= 0 for x in range(WIDTH)] for y in range(HEIGHT)]
    )


def picture(pixel_format: PixelFormat) -> Pixels:
    shape = (HEIGHT, WIDTH) if pixel_format.channels == 1 else (HEIGHT, WIDTH, pixel_format.channels)
    values = np.random.default_rng(3).integers(0, 2**pixel_format.bits, shape)
    return as_pixels(values.astype(pixel_format.dtype), pixel_format)


@pytest.mark.parametrize("pixel_format", FORMATS)
def test_what_is_stored_under_a_mask_is_one_grey(pixel_format: PixelFormat) -> None:
    taken = picture(pixel_format)
    before = taken.copy()
    taken.setflags(write=False)
    burnt = MaskBurner([BOX, SLANTED], WIDTH, HEIGHT).burn(taken, pixel_format)
    assert np.array_equal(taken, before), "the device's own memory is left alone"
    encoded = encode(burnt, pixel_format)
    assert (encoded.media_type == JXL_BAYER) == bool(pixel_format.bayer)
    stored = decode(encoded.data, encoded.media_type)
    under = inside(BOX) | inside(SLANTED)
    assert (stored[under] == grey(pixel_format)).all()
    assert stored.dtype == taken.dtype
    far = cv2.dilate(under.astype(np.uint8), np.ones((5, 5))) == 0
    assert far.sum() > 100
    assert np.array_equal(stored[far], taken[far]), "and only there"


@pytest.mark.parametrize("pixel_format", FORMATS)
def test_what_was_under_a_mask_changes_nothing_that_is_stored_or_shown(pixel_format: PixelFormat) -> None:
    taken, other = picture(pixel_format), picture(pixel_format)
    under = inside(BOX)
    other[under] = 2**pixel_format.bits - 1 - other[under]
    assert not np.array_equal(taken, other)
    burner = MaskBurner([BOX], WIDTH, HEIGHT)
    one, two = (burner.burn(each, pixel_format) for each in (taken, other))
    assert encode(one, pixel_format).data == encode(two, pixel_format).data
    assert encode_preview(one, pixel_format).data == encode_preview(two, pixel_format).data


@pytest.mark.parametrize("pixel_format", [PixelFormat.MONO12, PixelFormat.RGBA8, PixelFormat.BAYER_GR16])
def test_the_grey_is_half_of_full_scale_and_opaque(pixel_format: PixelFormat) -> None:
    half = 1 << (pixel_format.bits - 1)
    assert grey(pixel_format).tolist() == {4: [half] * 3 + [255]}.get(pixel_format.channels, [half])


def test_a_mask_that_reaches_beyond_the_picture_hides_up_to_its_edge() -> None:
    wide = Mask("left", ((-1e6, -1e6), (20.0, -1e6), (20.0, 1e6), (-1e6, 1e6)))
    burnt = MaskBurner([wide], WIDTH, HEIGHT).burn(picture(PixelFormat.MONO8), PixelFormat.MONO8)
    assert (burnt[:, :21] == 128).all()
    assert not (burnt[:, 23:] == 128).all()


def test_masks_that_leave_nothing_to_inspect_are_refused() -> None:
    halves = [
        Mask(name, ((left, -9.0), (right, -9.0), (right, 99.0), (left, 99.0)))
        for name, left, right in (("left", -9.0, 30.0), ("right", 31.0, 99.0))
    ]
    with pytest.raises(CameraError, match="hide the whole picture"):
        MaskBurner(halves, WIDTH, HEIGHT)


def test_a_mask_that_hides_nothing_is_refused() -> None:
    beyond = Mask("door", ((500.0, 5.0), (600.0, 5.0), (600.0, 20.0)))
    with pytest.raises(CameraError, match=r"'door' lies beyond the picture of 61 x 45 .* \[\[camera.mask\]\]"):
        MaskBurner([beyond], WIDTH, HEIGHT)


def test_a_picture_of_another_size_is_nobodys() -> None:
    burner = MaskBurner([BOX], WIDTH, HEIGHT)
    assert burner.refusal(picture(PixelFormat.RGB8)) is None
    other = burner.refusal(np.zeros((WIDTH, HEIGHT), np.uint8))
    assert other is not None
    assert "45 x 61" in other


def test_settings_take_masks_to_the_worker() -> None:
    settings = CameraSettings("top", "simulated", masks=(BOX, SLANTED))
    assert CameraSettings.from_json(settings.to_json()) == settings


@pytest.mark.parametrize(
    ("features", "moving"),
    [({"ExposureTime": 5.0}, None), ({"ExposureTime": 5.0, "OffsetX": 8}, "OffsetX"), ({}, None)],
)
def test_features_that_move_the_picture(features: dict[str, float], moving: str | None) -> None:
    assert moved_by(features) == moving
