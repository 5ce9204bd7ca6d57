from pathlib import Path

import numpy as np
import pytest

from models import resizing
from models.resizing import resized

RECORDED = Path(__file__).parent / "recorded" / "resized_pillow.npz"
"""Pictures, and what Pillow's `resize` with `BILINEAR` makes of them, by its size."""
WIDE, TALL = ("11x9", "43x12", "20x31", "60x20"), ("14x32", "7x40", "20x11")


@pytest.mark.parametrize(("name", "size"), [*(("wide", size) for size in WIDE), *(("tall", size) for size in TALL)])
def test_pixels_are_pillows(name: str, size: str) -> None:
    """In all but a few of a hundred; the others, a half but for the last digit, are one off."""
    width, height = map(int, size.split("x"))
    with np.load(RECORDED) as file:
        found, wanted = resized(file[name], (width, height)).astype(int), file[f"{name}_{size}"].astype(int)
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() <= 1
    assert (found != wanted).mean() <= 2e-2


def test_a_large_picture_is_hardly_different_for_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, columns = np.mgrid[:900, :1200]
    picture = np.asarray(127 + 100 * np.sin(rows / 40) * np.cos(columns / 55), dtype=np.uint8)
    found = resized(picture, (60, 45)).astype(int)
    monkeypatch.setattr(resizing, "GAP", np.inf)
    assert np.abs(found - resized(picture, (60, 45))).max() <= 1


def test_grey_deep_and_untouched_pictures() -> None:
    picture = np.random.default_rng(0).integers(0, 65536, (40, 30), dtype=np.uint16)
    assert (resized(picture, (30, 40)) == picture).all()
    half = resized(picture, (15, 20))
    assert (half.dtype, half.shape) == (np.uint16, (20, 15))
    plain = np.full((50, 70, 3), 200, dtype=np.uint8)
    assert (resized(plain, (9, 8)) == 200).all()
