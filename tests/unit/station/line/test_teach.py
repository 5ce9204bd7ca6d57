from pathlib import Path

import cv2
import numpy as np
import pytest

from camera.device import CameraError
from camera.health import HealthLimits
from camera.settings import CameraSettings
from station.line.teach import GOOD_PARTS_FROM, replayed, take, with_good_parts


def test_the_virtual_line_brings_good_parts_and_its_camera_is_well() -> None:
    settings = CameraSettings("top", "simulated", {"seed": 3, "defect_rate": 0.5, "faults": "black=0.5"})
    options = with_good_parts(settings).options
    assert options == {"seed": 3, "defect_rate": 0.0, "part_offset": GOOD_PARTS_FROM, "faults": ""}


def test_any_other_camera_is_taken_as_it_is() -> None:
    settings = CameraSettings("top", "replay", {"folder": "parts"})
    assert with_good_parts(settings) is settings


def test_nothing_is_learned_from_a_picture_that_no_part_would_be_judged_by(tmp_path: Path) -> None:
    for number, level in enumerate((120, 0, 120)):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((48, 64), level, np.uint8))
    settings, count = replayed("top", tmp_path)
    frames = take(settings, count, HealthLimits(frozen=False))
    assert next(frames).pixels.mean() == 120
    with pytest.raises(CameraError, match=r"camera top: picture 2 is black .* nothing was learned"):
        next(frames)
