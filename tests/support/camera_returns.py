"""Take cameras away and give them back, again and again: `python tests/support/camera_returns.py --times 1000`.

Three ways to lose one: the worker of a real producer is killed, it hangs, and a camera on the network is switched off. Each time
the loss must be shown and the camera must stream again with its features, and at the end nothing may have grown.
"""

import argparse
import ctypes
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Protocol, Self

import psutil
from network_camera import fake_network_camera
from waiting import wait_until

from camera.backends.genicam import bundled_producer
from camera.client import CameraClient
from camera.device import TriggerKind
from camera.events import CameraDown, CameraEvent, CameraUp, FrameDelivered
from camera.settings import CameraSettings

SHOWN_S = 1.0
BACK_S = 2.0
GROWTH_MB = 4.0
"""Of the engine's process, all rounds together; its allocator keeps what the first rounds took."""
SETTLED_AFTER = 3
"""Rounds after which growth is counted."""
SIZE = (128, 256)
"""Height and width that the features ask for, and that no device has by itself."""


@dataclass
class Log:
    """When a camera went down, came up, and showed a picture of the size its features ask for."""

    down: list[float] = field(default_factory=list)
    up: list[float] = field(default_factory=list)
    pictures: list[float] = field(default_factory=list)
    wrong: int = 0

    def __call__(self, event: CameraEvent) -> None:
        now = time.monotonic()
        if isinstance(event, FrameDelivered):
            right = event.lease.frame.pixels.shape == SIZE
            self.wrong += not right
            event.lease.release()
            self.pictures.append(now)
        elif isinstance(event, CameraDown):
            self.down.append(now)
        elif isinstance(event, CameraUp):
            self.up.append(now)


@dataclass(frozen=True)
class Held:
    """What this process holds."""

    rss_mb: float
    fds: int
    processes: int
    shared: int

    @classmethod
    def now(cls) -> Self:
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)  # what the allocator keeps free is held by nobody
        me = psutil.Process()
        own = me.memory_info().rss - me.memory_info().shared  # pages of libraries come when they are first looked at
        links = [str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
        shared = sum(link.startswith("/memfd:") for link in links) + len(list(Path("/dev/shm").iterdir()))
        return cls(own / 2**20, me.num_fds(), len(me.children(recursive=True)), shared)

    def __sub__(self, other: "Held") -> "Held":
        fds, processes, shared = self.fds - other.fds, self.processes - other.processes, self.shared - other.shared
        return Held(self.rss_mb - other.rss_mb, fds, processes, shared)


class Way(Protocol):
    """How a camera is lost, and given back; both say when."""

    @property
    def settings(self) -> CameraSettings:
        """The camera's."""

    def lose(self, client: CameraClient) -> float:
        """Take it away."""

    def give(self) -> float:
        """Give it back."""


def producer(device: str) -> CameraSettings:
    options = {"cti": str(bundled_producer()), "device": f"VikyTL_DEV_{device}"}
    features = {"PixelFormat": "Mono8", "Height_Val": SIZE[0], "Width_Val": SIZE[1], "AcquisitionFrameRate": 50.0}
    return CameraSettings(device, "genicam", options, features, TriggerKind.FREE_RUN, silence_s=0.6)


def network() -> CameraSettings:
    options = {"device": "127.0.0.1", "search_ms": 200}
    return CameraSettings("net", "gige", options, {"Height": SIZE[0], "Width": SIZE[1]}, frame_deadline_s=1.0)


@dataclass(frozen=True)
class Signalled:
    """Its worker is killed, or stopped so that it hangs; the device is there again as soon as the worker is gone."""

    settings: CameraSettings
    number: signal.Signals

    def lose(self, client: CameraClient) -> float:
        pid = client.pid
        assert pid is not None
        at = time.monotonic()
        os.kill(pid, self.number)
        return at

    def give(self) -> float:
        return time.monotonic()


@dataclass
class SwitchedOff:
    """A camera on the network, off until the loss was shown; the time it takes to start counts."""

    power: ExitStack
    settings: CameraSettings = field(default_factory=network)

    def __post_init__(self) -> None:
        self.give()

    def lose(self, client: CameraClient) -> float:
        del client
        at = time.monotonic()
        self.power.close()
        return at

    def give(self) -> float:
        at = time.monotonic()
        self.power.enter_context(fake_network_camera())
        return at


@dataclass
class Taken:
    """One camera that is lost and comes back: seconds from each loss to when it was shown, and from each return to a picture."""

    name: str
    way: Way
    times: int
    shown_s: list[float] = field(default_factory=list)
    back_s: list[float] = field(default_factory=list)
    log: Log = field(default_factory=Log)
    triggers: int = 0

    def __post_init__(self) -> None:
        self.client = CameraClient(self.way.settings, self.log)

    def settle(self) -> None:
        self.client.start()
        self._picture_after(0.0)
        self._rounds(SETTLED_AFTER)
        self.shown_s.clear()
        self.back_s.clear()

    def run(self) -> None:
        self._rounds(self.times)

    def _rounds(self, number: int) -> None:
        for _ in range(number):
            lost = self.way.lose(self.client)
            wait_until(lambda at=lost: self.log.down[-1:] > [at], f"{self.name}: the loss is shown")
            shown = self.log.down[-1]
            returned = self.way.give()
            self.shown_s.append(shown - lost)
            self.back_s.append(self._picture_after(max(returned, shown)) - returned)

    def _picture_after(self, moment: float) -> float:
        """Ask for pictures until one comes; returns when it came."""
        wait_until(lambda: self.log.up[-1:] > [moment], f"{self.name}: the camera is up", 60.0)
        before = len(self.log.pictures)

        def came() -> bool:
            if self.client.is_up and not self.client.account().pending:
                self.triggers += 1
                self.client.trigger(self.triggers)
            return len(self.log.pictures) > before

        wait_until(came, f"{self.name}: a picture", 60.0)
        return self.log.pictures[before]

    @property
    def exact(self) -> bool:
        """Whether every trigger has its one ending; of a camera that was stopped."""
        account = self.client.account()
        ended = account.delivered + account.incomplete + account.lost + account.overrun
        return account.triggered == ended == self.triggers and account.delivered == len(self.log.pictures)

    @property
    def late(self) -> int:
        """How often a limit was missed."""
        return sum(s > SHOWN_S for s in self.shown_s) + sum(s > BACK_S for s in self.back_s)

    def as_json(self) -> dict[str, object]:
        return {
            "how": self.name,
            "times": len(self.back_s),
            "shown_median_s": round(median(self.shown_s), 3),
            "shown_max_s": round(max(self.shown_s), 3),
            "back_median_s": round(median(self.back_s), 3),
            "back_max_s": round(max(self.back_s), 3),
            "late": self.late,
            "wrong_pictures": self.log.wrong,
            "exact": self.exact,
        }


def take_away(cameras: Sequence[Taken]) -> Held:
    """Lose all of them at the same time, each so often as it says; returns what grew. They are stopped then."""
    with ThreadPoolExecutor(len(cameras)) as pool:
        try:
            list(pool.map(Taken.settle, cameras))
            before = Held.now()
            list(pool.map(Taken.run, cameras))
            return Held.now() - before
        finally:
            for camera in cameras:
                camera.client.stop()


def killed(device: str, times: int) -> Taken:
    """The worker of one of the producer's devices is killed."""
    return Taken("worker killed", Signalled(producer(device), signal.SIGKILL), times)


def hung(device: str, times: int) -> Taken:
    """The worker of one of the producer's devices hangs."""
    return Taken("worker hangs", Signalled(producer(device), signal.SIGSTOP), times)


def switched_off(power: ExitStack, times: int) -> Taken:
    """The camera on the network is switched off."""
    return Taken("switched off", SwitchedOff(power), times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--hung-times", type=int, default=100)
    parser.add_argument("--network-times", type=int, default=100, help="switching one off takes seconds")
    arguments = parser.parse_args()
    good = True
    with ExitStack() as power:
        ways = (
            (arguments.times, lambda: killed("blue", arguments.times)),
            (arguments.hung_times, lambda: hung("blue", arguments.hung_times)),
            (arguments.network_times, lambda: switched_off(power, arguments.network_times)),
        )
        for camera in (make() for times, make in ways if times):
            grown = take_away([camera])
            figures = {**camera.as_json(), **asdict(grown)}
            sys.stdout.write(json.dumps(figures) + "\n")
            same = (grown.fds, grown.processes, grown.shared) == (0, 0, 0)
            good &= camera.exact and not camera.late and not camera.log.wrong and same and grown.rss_mb <= GROWTH_MB
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
