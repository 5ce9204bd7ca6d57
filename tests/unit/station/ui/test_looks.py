from pathlib import Path

import numpy as np
import pytest

from station.ui.engineer.looks import features_asked, grey_histogram

STATION = """
[[camera]]
name = "cam"
[camera.features]
ExposureTime = 5000.0
Gamma = 0.7
"""
RECIPE = """
name = "cup"
number = 1
[[view]]
name = "top"
camera = "cam"
model = "cup"
[view.features]
ExposureTime = 900.0
"""


def test_a_histogram_is_shares_of_all_pixels() -> None:
    grey = np.array([[0, 0, 255], [7, 0, 255]], np.uint8)
    shares = grey_histogram(grey)
    assert shares.shape == (256,)
    assert (shares[0], shares[7], shares[255]) == pytest.approx((3 / 6, 1 / 6, 2 / 6))
    assert shares.sum() == pytest.approx(1.0)


def test_colour_counts_by_its_luma() -> None:
    green = np.zeros((4, 5, 3), np.uint8)
    green[..., 1] = 200
    assert grey_histogram(green)[round(0.587 * 200)] == 1.0


def test_a_recipe_outweighs_the_station(tmp_path: Path) -> None:
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "cup.toml").write_text(RECIPE)
    (tmp_path / "station.toml").write_text(STATION)
    assert features_asked(tmp_path / "station.toml", "cup") == {"top": {"ExposureTime": "900.0"}}


def test_a_configuration_that_cannot_be_read_asks_for_nothing(tmp_path: Path) -> None:
    assert features_asked(None, "cup") == {}
    assert features_asked(tmp_path / "station.toml", "cup") == {}
    (tmp_path / "station.toml").write_text(STATION)
    assert features_asked(tmp_path / "station.toml", "cup") == {}
