from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pattern_pictures import BOARD, HEIGHT, WIDTH, see

from camera.calibration import calibrate
from station.line.calibrations import CalibrationFile, calibration_file, load_calibration, save_calibration
from station.toml_file import ConfigError

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    calibration = calibrate(see(BOARD.points_mm, tilt=0.1, k1=-0.1), BOARD, WIDTH, HEIGHT)
    file = CalibrationFile.of(calibration, view="top", camera="left", pattern="checkerboard:9x7:5", created=NOW)
    assert save_calibration(tmp_path, file) == calibration_file(tmp_path, "top")
    back = load_calibration(tmp_path, "top")
    assert back is not None
    points = np.array([(3.0, 4.0), (1000.0, 900.0)])
    assert np.array_equal(back.to_mm(points), calibration.to_mm(points))
    assert back.relative_uncertainty == calibration.relative_uncertainty


def test_a_view_may_have_none(tmp_path: Path) -> None:
    assert load_calibration(tmp_path, "top") is None


@pytest.mark.parametrize(("text", "said"), [("{", "the file"), ('{"format": 2}', "format"), ("[]", "the file")])
def test_one_that_cannot_be_read_is_an_error_and_no_other_scale(tmp_path: Path, text: str, said: str) -> None:
    path = calibration_file(tmp_path, "top")
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(ConfigError, match=rf"top\.json: {said}.*calibrate the view again"):
        load_calibration(tmp_path, "top")
