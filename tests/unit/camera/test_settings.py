from typing import Any

import pytest

from camera.device import TriggerKind
from camera.settings import CameraSettings


def test_settings_survive_the_way_to_the_worker() -> None:
    settings = CameraSettings(
        name="left",
        backend="genicam",
        options={"cti": "/a.cti", "buffers": 8},
        features={"ExposureTime": 12.5, "PixelFormat": "Mono8", "ReverseX": True, "Width": 100},
        trigger=TriggerKind.FREE_RUN,
        ring_slots=3,
        silence_s=0.5,
    )
    assert CameraSettings.from_json(settings.to_json()) == settings
    assert list(CameraSettings.from_json(settings.to_json()).features) == list(settings.features)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"ring_slots": 0}, "ring_slots"),
        ({"ring_slots": 1025}, "ring_slots"),
        ({"frame_deadline_s": 0}, "frame_deadline_s"),
        ({"silence_s": -1.0}, "silence_s"),
        ({"max_frame_bytes": 0}, "max_frame_bytes"),
        ({"restart_min_s": 5.0, "restart_max_s": 1.0}, "restart_max_s"),
    ],
)
def test_settings_that_cannot_work_are_named(values: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        CameraSettings(name="left", backend="replay", **values)
