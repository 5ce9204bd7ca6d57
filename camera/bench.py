"""What a streaming camera costs everyone else in the engine's process: how late another thread wakes up."""

import threading
import time
from collections.abc import Callable

import numpy as np

from camera.client import CameraClient
from camera.device import TriggerKind
from camera.events import CameraEvent, FrameDelivered
from camera.settings import CameraSettings

_SLEEP_S = 0.001
_UP_DEADLINE_S = 30.0


def sleep_lateness(seconds: float, meanwhile: Callable[[], object] | None = None) -> dict[str, float]:
    """Measure how late a thread wakes up from sleeps of 1 ms.

    Parameters
    ----------
    seconds
        How long to measure.
    meanwhile
        Called over and over on the caller's thread; waits where None.

    Returns
    -------
    dict
        `p50_ms` and `p99_ms` of the lateness, and the number of `samples`.
    """
    late_ms: list[float] = []
    done = threading.Event()

    def sleep() -> None:
        while not done.is_set():
            began = time.perf_counter()
            time.sleep(_SLEEP_S)
            late_ms.append((time.perf_counter() - began - _SLEEP_S) * 1e3)

    sleeper = threading.Thread(target=sleep, name="lateness")
    sleeper.start()
    until = time.monotonic() + seconds
    try:
        while (left_s := until - time.monotonic()) > 0:
            if meanwhile is None:
                done.wait(left_s)
            else:
                meanwhile()
    finally:
        done.set()
        sleeper.join()
    p50, p99 = np.percentile(late_ms, [50, 99])
    return {"p50_ms": float(p50), "p99_ms": float(p99), "samples": float(len(late_ms))}


def wake_up_lateness(
    cti: str, *, seconds: float = 5.0, fps: float = 60.0, width: int = 2448, height: int = 2048
) -> dict[str, float]:
    """Compare wake-up lateness without a camera and while one streams through its worker, every frame asked for and read.

    Parameters
    ----------
    cti
        A GenTL producer; its only or first device must have the features of the virtual producer `viky.cti`.
    seconds
        How long each of the two is measured.
    fps, width, height
        The stream.

    Returns
    -------
    dict
        `idle_p50_ms`, `idle_p99_ms`, `streaming_p50_ms`, `streaming_p99_ms`, `frames_read`, `stream_fps`, `stream_lost`.

    Raises
    ------
    TimeoutError
        If the camera does not come up.
    """
    idle = sleep_lateness(seconds)
    reader = _Reader(_settings(cti, fps, width, height))
    reader.start()
    try:
        before = reader.client.account()
        streaming = sleep_lateness(seconds, reader.read_one)
        after = reader.client.account()
    finally:
        reader.client.stop()
    return {
        "idle_p50_ms": idle["p50_ms"],
        "idle_p99_ms": idle["p99_ms"],
        "streaming_p50_ms": streaming["p50_ms"],
        "streaming_p99_ms": streaming["p99_ms"],
        "frames_read": float(after.delivered - before.delivered),
        "stream_fps": (after.stream_whole - before.stream_whole) / seconds,
        "stream_lost": float(after.stream_lost - before.stream_lost),
    }


def _settings(cti: str, fps: float, width: int, height: int) -> CameraSettings:
    return CameraSettings(
        name="bench",
        backend="genicam",
        options={"cti": cti, "device": "VikyTL_DEV_red"},
        features={"PixelFormat": "Mono8", "Width_Val": width, "Height_Val": height, "AcquisitionFrameRate": fps},
        trigger=TriggerKind.FREE_RUN,
        ring_slots=16,
    )


def start_and_wait(client: CameraClient) -> None:
    """Start a camera and wait until it is up. Raises `TimeoutError`, the camera stopped."""
    client.start()
    until = time.monotonic() + _UP_DEADLINE_S
    while not client.is_up:
        if time.monotonic() > until:
            client.stop()
            raise TimeoutError(f"the camera did not come up within {_UP_DEADLINE_S:g} s")
        time.sleep(0.01)


class _Reader:
    """Asks for frames without pause and reads every byte of each, as an engine would."""

    def __init__(self, settings: CameraSettings) -> None:
        self.client = CameraClient(settings, self._listen)
        self._answered = threading.Semaphore(0)
        self._frames: list[FrameDelivered] = []
        self._trigger_id = 0

    def start(self) -> None:
        start_and_wait(self.client)
        for _ in range(4):
            self._ask()

    def read_one(self) -> None:
        """Wait shortly for a frame and read it."""
        if not self._answered.acquire(timeout=0.1):
            return
        self._ask()
        if self._frames:
            event = self._frames.pop(0)
            event.lease.frame.pixels.max()
            event.lease.release()

    def _ask(self) -> None:
        self._trigger_id += 1
        self.client.trigger(self._trigger_id)

    def _listen(self, event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            self._frames.append(event)
        if hasattr(event, "trigger_id"):
            self._answered.release()
