"""A camera that streams for long: what became of every frame, what grew, and what it cost."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import psutil

from camera.bench import start_and_wait
from camera.client import CameraClient
from camera.device import TriggerKind
from camera.events import CameraEvent, FrameDelivered, FrameMissing
from camera.options import OptionValue
from camera.settings import CameraSettings

_WARM_SHARE = 0.2
"""Growth is counted from this part of the time on: buffers and caches are filled first."""
_ASKED_AT_A_TIME = 4
_SAMPLES = 20
_SAMPLE_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Stream:
    """What streams: a producer with the features of `viky.cti`."""

    cti: str
    device: str = "VikyTL_DEV_red"
    width: int = 2448
    height: int = 2048
    fps: float = 120.0

    @property
    def options(self) -> dict[str, OptionValue]:
        """Those of the backend."""
        return {"cti": self.cti, "device": self.device}

    @property
    def features(self) -> dict[str, OptionValue]:
        """Those of the device."""
        size = {"Width_Val": self.width, "Height_Val": self.height}
        return {"PixelFormat": "Mono8", **size, "AcquisitionFrameRate": self.fps}


@dataclass(frozen=True, slots=True)
class Endured:
    """What came of it. `produced == whole + incomplete + lost` by the device's frame ids."""

    seconds: float
    produced: int
    whole: int
    incomplete: int
    lost: int
    triggered: int
    delivered: int
    missed: int
    hand_off_p50_ms: float
    hand_off_p99_ms: float
    """From the moment a frame is whole in the worker to the moment the engine's side holds it."""
    rss_growth_mb: float
    """Of this process and the worker together."""
    cpu_ms_a_frame: float
    """Of the worker, the producer's threads in it, and this process."""


def endure(stream: Stream, seconds: float) -> Endured:
    """Let a camera stream through its worker, asking for frames without pause.

    Raises
    ------
    TimeoutError
        If the camera does not come up.
    """
    settings = CameraSettings(
        "endurance", "genicam", stream.options, stream.features, TriggerKind.FREE_RUN, ring_slots=16
    )
    asker = _Asker(settings)
    asker.start()
    try:
        worker = psutil.Process(asker.client.pid)
        meters = [Meter(psutil.Process()), Meter(worker)]
        before, began = asker.client.account(), time.monotonic()
        asker.read_until(began + _WARM_SHARE * seconds)
        rss_before = _least_mb(asker, meters)
        asker.read_until(began + seconds)
        rss_after = _least_mb(asker, meters)
        after, took_s = asker.client.account(), time.monotonic() - began
        cpu_s = sum(meter.cpu_s() for meter in meters)
    finally:
        asker.client.stop()
    account = asker.client.account()
    p50, p99 = np.percentile(asker.hand_off_ms, [50, 99])
    return Endured(
        seconds=took_s,
        produced=account.stream_produced,
        whole=account.stream_whole,
        incomplete=account.stream_incomplete,
        lost=account.stream_lost,
        triggered=account.triggered,
        delivered=account.delivered,
        missed=account.incomplete + account.lost,
        hand_off_p50_ms=float(p50),
        hand_off_p99_ms=float(p99),
        rss_growth_mb=rss_after - rss_before,
        cpu_ms_a_frame=1e3 * cpu_s / (after.stream_whole - before.stream_whole),
    )


def _least_mb(asker: "_Asker", meters: Sequence["Meter"]) -> float:
    """Memory at its least within a moment: a picture under way comes and goes, what leaks stays."""
    found = []
    for _ in range(_SAMPLES):
        asker.read_until(time.monotonic() + _SAMPLE_EVERY_S)
        found.append(sum(meter.rss_mb() for meter in meters))
    return min(found)


class Meter:
    """CPU time of a process since the meter was made, and its memory now."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._began_s = self._total_s()

    def _total_s(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def cpu_s(self) -> float:
        """User and system time, all threads."""
        return self._total_s() - self._began_s

    def rss_mb(self) -> float:
        """Memory of its own; what is mapped for both sides of the ring would count twice."""
        memory = self._process.memory_info()
        return float(memory.rss - memory.shared) / 2**20


class _Asker:
    """Asks for frames without pause."""

    def __init__(self, settings: CameraSettings) -> None:
        self.client = CameraClient(settings, self._listen)
        self.hand_off_ms: list[float] = []
        self._answered = threading.Semaphore(0)
        self._trigger_id = 0

    def start(self) -> None:
        start_and_wait(self.client)
        for _ in range(_ASKED_AT_A_TIME):
            self._ask()

    def read_until(self, moment: float) -> None:
        while time.monotonic() < moment:
            if self._answered.acquire(timeout=0.1):
                self._ask()

    def _ask(self) -> None:
        self._trigger_id += 1
        self.client.trigger(self._trigger_id)

    def _listen(self, event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            self.hand_off_ms.append((time.monotonic_ns() - event.lease.frame.monotonic_ns) / 1e6)
            event.lease.release()
        if isinstance(event, FrameDelivered | FrameMissing):
            self._answered.release()
