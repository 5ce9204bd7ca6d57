"""One camera at work outside the line: to learn from, to watch, or to take one picture."""

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from camera.client import CameraClient
from camera.device import CameraError, CameraInfo, DeviceMissingError
from camera.events import CameraDown, CameraEvent, CameraUp, FrameDelivered, FrameMissing
from camera.frame import Frame
from camera.settings import CameraSettings

START_S = 30.0
"""How long a camera may take until it is up, and how much longer than its own deadline until it answers."""

Events = queue.Queue[CameraEvent]


@contextmanager
def camera_at_work(
    settings: CameraSettings, *, keep_trying: bool = False
) -> Iterator[tuple[CameraClient, CameraInfo, Events]]:
    """Start a camera in a worker of its own, wait until it is up, and stop it at the end.

    Parameters
    ----------
    keep_trying
        Give a camera that is down until `START_S` to come up, rather than to end at its first word.

    Raises
    ------
    DeviceMissingError
        If it does not come up, with the camera's own reason.
    """
    events: Events = queue.Queue()
    client = CameraClient(settings, events.put)
    client.start()
    try:
        yield client, _info_once_up(settings.name, events, keep_trying=keep_trying), events
    finally:
        client.stop()


def _info_once_up(name: str, events: Events, *, keep_trying: bool) -> CameraInfo:
    reason = "it says nothing; check its cable and power"
    deadline = time.monotonic() + START_S
    while (left_s := deadline - time.monotonic()) > 0:
        try:
            event = events.get(timeout=left_s)
        except queue.Empty:
            break
        if isinstance(event, CameraUp):
            return event.info
        if isinstance(event, CameraDown):
            reason = event.reason
            if not keep_trying:
                raise DeviceMissingError(reason)
    raise DeviceMissingError(f"camera {name} did not come up within {START_S:.0f} s: {reason}")


def take_one(settings: CameraSettings, client: CameraClient, events: Events, trigger_id: int) -> Frame:
    """Trigger once and return the picture, its pixels a read-only copy of its own.

    Raises
    ------
    CameraError
        If it does not arrive.
    """
    client.trigger(trigger_id)
    while True:
        try:
            event = events.get(timeout=settings.frame_deadline_s + START_S)
        except queue.Empty:
            raise CameraError(f"camera {settings.name} gave no answer to a trigger") from None
        if isinstance(event, FrameMissing):
            raise CameraError(f"camera {settings.name}: {event.reason}")
        if isinstance(event, FrameDelivered):
            pixels = event.lease.frame.pixels.copy()
            pixels.setflags(write=False)
            frame = replace(event.lease.frame, pixels=pixels)
            event.lease.release()
            return frame
