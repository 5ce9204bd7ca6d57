from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import pytest

from camera.frame import PixelFormat
from labeling.annotation import Label
from labeling.shapes import Box, Keypoint, Polygon, Polyline, RotatedBox, Shape, frozen_points
from models.prediction import Defect
from station.journal.errors import StorageError
from station.journal.pictures import SUFFIXES, with_outlines, write_picture

FAR = Defect("pit", 0.5, Polygon(frozen_points([[120, 98], [150, 98], [150, 112], [120, 112]])))
SQUARE = Defect("pit", 0.5, Polygon(frozen_points([[40, 40], [80, 40], [80, 80], [40, 80]])))


def _amber(picture: np.ndarray) -> np.ndarray:
    return (picture[..., 0] > 200) & (picture[..., 2] < 60)


def _cyan(picture: np.ndarray) -> np.ndarray:
    return (picture[..., 0] < 80) & (picture[..., 2] > 180)


@pytest.mark.parametrize(
    ("shape", "pixel_format"),
    [((120, 160), PixelFormat.MONO8), ((120, 160, 3), PixelFormat.RGB8), ((120, 160, 4), PixelFormat.RGBA8)],
)
def test_outlines_lie_where_the_defect_is(shape: tuple[int, ...], pixel_format: PixelFormat) -> None:
    pixels = np.full(shape, 90, np.uint8)
    drawn = with_outlines(pixels, pixel_format, [SQUARE])
    assert drawn.shape == (120, 160, 3)
    assert _amber(drawn)[40, 45:75].all()
    assert _amber(drawn)[45:75, 80].all()
    assert not _amber(drawn)[45:75, 45:75].any()
    assert (pixels == 90).all(), "the picture itself is left alone"


def test_outlines_on_raw_bayer_lie_at_half_size() -> None:
    drawn = with_outlines(np.full((120, 160), 90, np.uint8), PixelFormat.BAYER_RG8, [SQUARE])
    assert drawn.shape == (60, 80, 3)
    assert _amber(drawn)[19:21, 25:35].any(axis=0).all()


@pytest.mark.parametrize(
    ("shape", "on_it"),
    [
        (SQUARE.shape, (40, slice(50, 70))),
        (Box(40, 30, 80, 90), (30, slice(50, 70))),
        (RotatedBox(60, 60, 40, 20, 90), (40, slice(55, 65))),
        (Polyline(frozen_points([[20, 60], [90, 60]])), (60, slice(25, 85))),
        (Keypoint(60, 60), (60, slice(54, 66))),
    ],
)
def test_what_people_drew_is_cyan_beside_the_models_amber(shape: Shape, on_it: tuple[int, slice]) -> None:
    label = Label(UUID(int=1), "scratch", shape)
    drawn = with_outlines(np.full((120, 160), 90, np.uint8), PixelFormat.MONO8, [FAR], [label])
    assert _cyan(drawn)[on_it].all()
    assert _amber(drawn)[100:111, 120].all()


@pytest.mark.parametrize("suffix", [".png", ".tif", ".bmp"])
@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3)])
def test_lossless_formats_keep_every_value(tmp_path: Path, suffix: str, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    write_picture(tmp_path / f"x{suffix}", pixels)
    back = cv2.imread(str(tmp_path / f"x{suffix}"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(back if pixels.ndim == 2 else back[..., ::-1], pixels)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_is_written(tmp_path: Path, suffix: str) -> None:
    write_picture(tmp_path / f"x{suffix.upper()}", np.zeros((20, 30, 4), np.uint8))
    assert (tmp_path / f"x{suffix.upper()}").stat().st_size > 0


def test_an_unknown_format_and_a_missing_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="use one of"):
        write_picture(tmp_path / "x.docx", np.zeros((2, 2), np.uint8))
    with pytest.raises(StorageError, match="write the picture"):
        write_picture(tmp_path / "none" / "x.png", np.zeros((2, 2), np.uint8))
