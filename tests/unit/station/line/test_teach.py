from camera.settings import CameraSettings
from station.line.teach import GOOD_PARTS_FROM, with_good_parts


def test_the_virtual_line_brings_good_parts_and_its_camera_is_well() -> None:
    settings = CameraSettings("top", "simulated", {"seed": 3, "defect_rate": 0.5, "faults": "black=0.5"})
    options = with_good_parts(settings).options
    assert options == {"seed": 3, "defect_rate": 0.0, "part_offset": GOOD_PARTS_FROM, "faults": ""}


def test_any_other_camera_is_taken_as_it_is() -> None:
    settings = CameraSettings("top", "replay", {"folder": "parts"})
    assert with_good_parts(settings) is settings
