"""Shows good parts to a camera and keeps their pictures: what the one-class learner learns from."""

import queue
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from camera.backends.replay import SUFFIXES
from camera.client import CameraClient
from camera.device import CameraError, DeviceMissingError
from camera.events import CameraDown, CameraEvent, CameraUp, FrameDelivered, FrameMissing
from camera.frame import Frame
from camera.settings import CameraSettings
from station.line.inference import model_pixels

START_S = 30.0
"""How long a camera may take until it is up."""
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


@contextmanager
def camera_at_work(settings: CameraSettings) -> Iterator[tuple[CameraClient, "queue.Queue[CameraEvent]"]]:
    """Start a camera, wait until it is up, and stop it at the end.

    Raises
    ------
    DeviceMissingError
        If it does not come up in time, with the camera's own reason.
    """
    events: queue.Queue[CameraEvent] = queue.Queue()
    client = CameraClient(settings, events.put)
    client.start()
    try:
        _wait_until_up(settings.name, events)
        yield client, events
    finally:
        client.stop()


def _wait_until_up(name: str, events: "queue.Queue[CameraEvent]") -> None:
    reason = "it says nothing"
    deadline = time.monotonic() + START_S
    while (left := deadline - time.monotonic()) > 0:
        try:
            event = events.get(timeout=left)
        except queue.Empty:
            break
        if isinstance(event, CameraUp):
            return
        if isinstance(event, CameraDown):
            reason = event.reason
    raise DeviceMissingError(f"camera {name} did not come up within {START_S:.0f} s: {reason}")


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


def take(settings: CameraSettings, count: int) -> Iterator[Frame]:
    """Take `count` pictures, one after the other; each frame's pixels are a copy of its own.

    Raises
    ------
    CameraError
        If a picture does not arrive: learning from fewer parts than asked for would be silent.
    """
    with camera_at_work(settings) as (client, events):
        for number in range(1, count + 1):
            client.trigger(number)
            yield _next_frame(settings, events)


def _next_frame(settings: CameraSettings, events: "queue.Queue[CameraEvent]") -> Frame:
    while True:
        try:
            event = events.get(timeout=settings.frame_deadline_s + START_S)
        except queue.Empty:
            raise CameraError(f"camera {settings.name} gave no answer to a trigger") from None
        if isinstance(event, FrameMissing):
            raise CameraError(f"camera {settings.name}: {event.reason}; mend it and start learning again")
        if isinstance(event, FrameDelivered):
            frame = event.lease.frame
            pixels: npt.NDArray[np.uint8] = np.array(frame.pixels, copy=True)
            event.lease.release()
            pixels.setflags(write=False)
            return replace(frame, pixels=pixels)


def pictures(frames: list[Frame]) -> list[npt.NDArray[np.uint8]]:
    """Return frames as the learner takes them: (H, W) mono or (H, W, 3) RGB, uint8."""
    return [model_pixels(frame) for frame in frames]
