"""Take a camera away and give it back, again and again: `python tests/support/camera_returns.py --times 1000`.

Two ways to lose one: the worker of a real producer is killed, and a camera on the network is switched off. Each time the loss
must be shown and the camera must stream again with its features, and at the end nothing may have grown.
"""

import argparse
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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
    def now(cls) -> "Held":
        gc.collect()
        me = psutil.Process()
        links = [str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
        shared = sum(link.startswith("/memfd:") for link in links) + len(list(Path("/dev/shm").iterdir()))
        return cls(me.memory_info().rss / 2**20, me.num_fds(), len(me.children(recursive=True)), shared)


@dataclass
class Report:
    """Seconds from each loss to when it was shown, and from each return to the first picture; and what grew."""

    shown_s: list[float] = field(default_factory=list)
    back_s: list[float] = field(default_factory=list)
    wrong: int = 0
    before: Held | None = None
    after: Held | None = None

    @property
    def growth(self) -> Held:
        assert self.before is not None
        assert self.after is not None
        return Held(
            self.after.rss_mb - self.before.rss_mb,
            self.after.fds - self.before.fds,
            self.after.processes - self.before.processes,
            self.after.shared - self.before.shared,
        )


def producer(fps: float = 50.0) -> CameraSettings:
    options = {"cti": str(bundled_producer()), "device": "VikyTL_DEV_blue"}
    features = {"PixelFormat": "Mono8", "Height_Val": SIZE[0], "Width_Val": SIZE[1], "AcquisitionFrameRate": fps}
    return CameraSettings("blue", "genicam", options, features, TriggerKind.FREE_RUN)


def network() -> CameraSettings:
    options = {"device": "127.0.0.1", "search_ms": 200}
    return CameraSettings("net", "gige", options, {"Height": SIZE[0], "Width": SIZE[1]}, frame_deadline_s=1.0)


def take_away(
    times: int, settings: CameraSettings, lose: Callable[[CameraClient], float], give: Callable[[], float]
) -> Report:
    """Lose a camera so often; `lose` and `give` return when they did."""
    log, report = Log(), Report()
    client = CameraClient(settings, log)
    trigger = iter(range(1, 10**9))
    client.start()
    try:
        picture_after(time.monotonic(), client, log, trigger)
        for number in range(times + SETTLED_AFTER):
            if number == SETTLED_AFTER:
                report.before = Held.now()
            lost = lose(client)
            wait_until(lambda at=lost: log.down[-1:] > [at], "the loss is shown")
            returned = give()
            back = picture_after(max(returned, log.down[-1]), client, log, trigger)
            report.shown_s.append(log.down[-1] - lost)
            report.back_s.append(back - returned)
        report.after = Held.now()
    finally:
        client.stop()
    account = client.account()
    assert account.triggered == account.delivered + account.incomplete + account.lost + account.overrun
    report.wrong = log.wrong
    return report


def picture_after(moment: float, client: CameraClient, log: Log, trigger: Iterator[int]) -> float:
    """Ask for pictures until one comes; returns when it came."""
    wait_until(lambda: log.up[-1:] > [moment] or (client.is_up and not log.down), "the camera is up", 60.0)
    before = len(log.pictures)

    def came() -> bool:
        if client.is_up and not client.account().pending:
            client.trigger(next(trigger))
        return len(log.pictures) > before

    wait_until(came, "a picture", 60.0)
    return log.pictures[before]


def kill_worker(client: CameraClient) -> float:
    pid = client.pid
    assert pid is not None
    at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    return at


def kill_workers(times: int) -> Report:
    """The device is there again as soon as its worker is gone."""
    return take_away(times, producer(), kill_worker, time.monotonic)


@contextmanager
def switched() -> Iterator[tuple[Callable[[CameraClient], float], Callable[[], float]]]:
    """A camera on the network that can be switched off and on."""
    with ExitStack() as power:

        def off(_: CameraClient) -> float:
            at = time.monotonic()
            power.close()
            return at

        def on() -> float:
            at = time.monotonic()
            power.enter_context(fake_network_camera())
            return at

        on()
        yield off, on


def switch_off(times: int) -> Report:
    """The device is off until the loss was shown; the time it takes to start counts."""
    with switched() as (off, on):
        return take_away(times, network(), off, on)


def as_json(report: Report) -> dict[str, object]:
    growth = report.growth
    return {
        "times": len(report.back_s),
        "shown_max_s": round(max(report.shown_s), 3),
        "back_median_s": round(sorted(report.back_s)[len(report.back_s) // 2], 3),
        "back_max_s": round(max(report.back_s), 3),
        "late": sum(s > SHOWN_S for s in report.shown_s) + sum(s > BACK_S for s in report.back_s),
        "wrong_pictures": report.wrong,
        "rss_mb": round(growth.rss_mb, 2),
        "fds": growth.fds,
        "processes": growth.processes,
        "shared_memory": growth.shared,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--network-times", type=int, default=100, help="switching one off takes seconds")
    arguments = parser.parse_args()
    good = True
    for name, result in (
        ("worker killed", kill_workers(arguments.times)),
        ("switched off", switch_off(arguments.network_times)),
    ):
        figures = as_json(result)
        sys.stdout.write(json.dumps({"how": name, **figures}) + "\n")
        grown = result.growth
        same = (grown.fds, grown.processes, grown.shared) == (0, 0, 0)
        good &= not figures["late"] and not result.wrong and same and grown.rss_mb <= GROWTH_MB
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
