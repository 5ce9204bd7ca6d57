"""Shows good parts to a camera and keeps their pictures: what the one-class learner learns from."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from camera.backends.replay import SUFFIXES
from camera.device import CameraError, DeviceMissingError
from camera.frame import Frame
from camera.health import HealthLimits, HealthWatch
from camera.settings import CameraSettings
from station.line.capture import camera_at_work, take_one
from station.line.inference import as_model_takes

SIMULATED = "simulated"
GOOD_PARTS_FROM = 1_000_000
"""Where the virtual line's good parts for learning start, far from the parts it inspects."""


def with_good_parts(settings: CameraSettings) -> CameraSettings:
    """Return the settings that bring good parts before the camera.

    A person puts good parts before a real camera; the virtual line is told to bring some.
    """
    if settings.backend != SIMULATED:
        return settings
    options: Mapping[str, str | int | float | bool] = {
        **settings.options,
        "defect_rate": 0.0,
        "part_offset": GOOD_PARTS_FROM,
        "faults": "",
    }
    return replace(settings, options=options)


def replayed(name: str, folder: Path) -> tuple[CameraSettings, int]:
    """Return settings that show every picture of a folder once, in order, and how many there are.

    Raises
    ------
    DeviceMissingError
        If the folder is not there or has no pictures.
    """
    count = sum(path.suffix.lower() in SUFFIXES for path in folder.rglob("*"))
    if not count:
        raise DeviceMissingError(f"{folder}: no pictures ({', '.join(sorted(SUFFIXES))}) to learn from")
    return CameraSettings(name, "replay", {"folder": str(folder.resolve())}), count


def take(settings: CameraSettings, count: int, limits: HealthLimits) -> Iterator[Frame]:
    """Take `count` pictures, one after the other; each frame's pixels are a copy of its own.

    Raises
    ------
    CameraError
        If a picture does not arrive, or is one that no part would be judged by: learning from fewer parts than asked
        for, or from a black picture, would be silent.
    """
    watch = HealthWatch(limits)
    with camera_at_work(settings, keep_trying=True) as (client, _, events):
        for number in range(1, count + 1):
            try:
                frame = take_one(settings, client, events, number)
            except CameraError as error:
                raise CameraError(f"{error}; mend it and start learning again") from None
            if what := watch.complaint(frame):
                raise CameraError(
                    f"camera {settings.name}: picture {number} is {what}, or the view's limits in the recipe; nothing was learned"
                )
            yield frame


def pictures(frames: list[Frame]) -> list[npt.NDArray[np.uint8]]:
    """Return frames as the learner takes them: (H, W) mono or (H, W, 3) RGB, uint8."""
    return [as_model_takes(frame.pixels, frame.pixel_format) for frame in frames]
