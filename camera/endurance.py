"""Cameras that stream for long: what became of every frame, what grew, and what it cost."""

import time
from array import array
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import psutil

from camera.bench import start_and_wait
from camera.client import CameraClient
from camera.device import TriggerKind
from camera.events import CameraEvent, FrameDelivered
from camera.options import OptionValue
from camera.settings import CameraSettings

_WARM_SHARE = 0.2
"""Growth is counted from this part of the time on: buffers and caches are filled first."""
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
    """What came of it, all cameras together. `produced == whole + incomplete + lost` by the devices' frame ids."""

    cameras: int

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
    """Of this process and the workers together."""
    fds_growth: int
    """Open descriptors of this process and the workers."""
    cpu_ms_a_frame: float
    """Of the workers, the producers' threads in them, and the clients, a call of `trigger` for every frame included. Not of the
    timer that calls it, nor of what measures."""


def endure(streams: Sequence[Stream], seconds: float) -> Endured:
    """Let cameras stream, each through its worker, and ask each for as many frames as it makes.

    Raises
    ------
    TimeoutError
        If a camera does not come up.
    """
    askers = [_Asker(stream) for stream in streams]
    with ExitStack() as stack:
        for asker in askers:
            start_and_wait(asker.client)
            stack.callback(asker.client.stop)
        workers = [Meter(psutil.Process(asker.client.pid)) for asker in askers]
        meters = [Meter(psutil.Process()), *workers]
        before, began, own_before_s = _balance(askers), time.monotonic(), _own_cpu_s(askers)
        _ask_until(askers, began + _WARM_SHARE * seconds)
        rss_before, fds_before = _least_mb(askers, meters), sum(meter.fds() for meter in meters)
        _ask_until(askers, began + seconds)
        rss_after, fds_after = _least_mb(askers, meters), sum(meter.fds() for meter in meters)
        after, took_s = _balance(askers), time.monotonic() - began
        cpu_s = sum(worker.cpu_s() for worker in workers) + _own_cpu_s(askers) - own_before_s
    balance = _balance(askers)
    p50, p99 = np.percentile([ms for asker in askers for ms in asker.hand_off_ms], [50, 99])
    return Endured(
        cameras=len(askers),
        seconds=took_s,
        **balance,
        hand_off_p50_ms=float(p50),
        hand_off_p99_ms=float(p99),
        rss_growth_mb=rss_after - rss_before,
        fds_growth=fds_after - fds_before,
        cpu_ms_a_frame=1e3 * cpu_s / (after["whole"] - before["whole"]),
    )


def _own_cpu_s(askers: Sequence["_Asker"]) -> float:
    """CPU time of this process so far, without this thread but for its calls of `trigger`."""
    return time.process_time() - time.thread_time() + sum(asker.asking_s for asker in askers)


def _balance(askers: Sequence["_Asker"]) -> dict[str, int]:
    """The counts of `Endured`."""
    accounts = [asker.client.account() for asker in askers]
    return {
        "produced": sum(account.stream_produced for account in accounts),
        "whole": sum(account.stream_whole for account in accounts),
        "incomplete": sum(account.stream_incomplete for account in accounts),
        "lost": sum(account.stream_lost for account in accounts),
        "triggered": sum(account.triggered for account in accounts),
        "delivered": sum(account.delivered for account in accounts),
        "missed": sum(account.incomplete + account.lost for account in accounts),
    }


def _ask_until(askers: Sequence["_Asker"], moment: float) -> None:
    """Ask each camera in turn, at the pace at which it makes frames."""
    while (now := time.monotonic()) < moment:
        for asker in askers:
            asker.ask_if_due(now)
        next_s = min(asker.due_s for asker in askers)
        time.sleep(max(min(next_s, moment) - time.monotonic(), 0.0))


def _least_mb(askers: Sequence["_Asker"], meters: Sequence["Meter"]) -> float:
    """Memory at its least within a moment: a picture under way comes and goes, what leaks stays."""
    found = []
    for _ in range(_SAMPLES):
        _ask_until(askers, time.monotonic() + _SAMPLE_EVERY_S)
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

    def fds(self) -> int:
        """Open descriptors."""
        return int(self._process.num_fds())


class _Asker:
    """Asks one camera for frames, one by one, and gives each back at once."""

    def __init__(self, stream: Stream) -> None:
        settings = CameraSettings(
            stream.device, "genicam", stream.options, stream.features, TriggerKind.FREE_RUN, ring_slots=16
        )
        self.client = CameraClient(settings, self._listen)
        self.hand_off_ms = array("f")
        self.due_s = 0.0
        self.asking_s = 0.0
        self._every_s = 1 / stream.fps
        self._trigger_id = 0

    def ask_if_due(self, now_s: float) -> None:
        if now_s < self.due_s:
            return
        self.due_s = max(self.due_s, now_s - self._every_s) + self._every_s
        self._trigger_id += 1
        before_s = time.thread_time()
        self.client.trigger(self._trigger_id)
        self.asking_s += time.thread_time() - before_s

    def _listen(self, event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            self.hand_off_ms.append((time.monotonic_ns() - event.lease.frame.monotonic_ns) / 1e6)
            event.lease.release()
