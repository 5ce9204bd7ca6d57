from pathlib import Path

import cv2
import numpy as np
import pytest

from camera.frame import PixelFormat
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.journal.errors import StorageError
from station.journal.pictures import SUFFIXES, with_outlines, write_picture

SQUARE = Defect("pit", 0.5, Polygon(frozen_points([[40, 40], [80, 40], [80, 80], [40, 80]])))


def _red(picture: np.ndarray) -> np.ndarray:
    return (picture[..., 0] > 200) & (picture[..., 1] < 60)


@pytest.mark.parametrize(
    ("shape", "pixel_format"),
    [((120, 160), PixelFormat.MONO8), ((120, 160, 3), PixelFormat.RGB8), ((120, 160, 4), PixelFormat.RGBA8)],
)
def test_outlines_lie_where_the_defect_is(shape: tuple[int, ...], pixel_format: PixelFormat) -> None:
    pixels = np.full(shape, 90, np.uint8)
    drawn = with_outlines(pixels, pixel_format, [SQUARE])
    assert drawn.shape == (120, 160, 3)
    assert _red(drawn)[40, 45:75].all()
    assert _red(drawn)[45:75, 80].all()
    assert not _red(drawn)[45:75, 45:75].any()
    assert (pixels == 90).all(), "the picture itself is left alone"


def test_outlines_on_raw_bayer_lie_at_half_size() -> None:
    drawn = with_outlines(np.full((120, 160), 90, np.uint8), PixelFormat.BAYER_RG8, [SQUARE])
    assert drawn.shape == (60, 80, 3)
    assert _red(drawn)[19:21, 25:35].any(axis=0).all()


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
