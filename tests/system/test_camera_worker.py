"""Real worker processes: killed, hung, orphaned, starved; every trigger still ends in exactly one way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from waiting import wait_until

from camera.backends.genicam import bundled_producer
from camera.client import CameraClient
from camera.device import TriggerKind
from camera.events import CameraDown, CameraEvent, CameraUp, FrameAccount, FrameDelivered, FrameMissing
from camera.priority import raise_priority
from camera.settings import CameraSettings

pytestmark = pytest.mark.system


def process_id(client: CameraClient) -> int:
    pid = client.pid
    assert pid is not None
    return pid


class Log:
    """A listener that writes down every event and gives the pictures back, unless it is told to keep them."""

    def __init__(self, *, keep: bool = False) -> None:
        self.keep = keep
        self.events: list[CameraEvent] = []
        self.levels: dict[int, int] = {}
        self.missing: dict[int, FrameMissing] = {}
        self.leases: dict[int, FrameDelivered] = {}

    def __call__(self, event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            assert event.lease.frame.trigger_id == event.trigger_id
            assert event.trigger_id not in self.levels
            self.levels[event.trigger_id] = int(event.lease.frame.pixels.max())
            if self.keep:
                self.leases[event.trigger_id] = event
                return
            event.lease.release()
            return
        if isinstance(event, FrameMissing):
            assert event.trigger_id not in self.missing
            self.missing[event.trigger_id] = event
        self.events.append(event)

    def count(self, kind: type[CameraEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.events)

    @property
    def ended(self) -> int:
        return len(self.levels) + len(self.missing)


def check(account: FrameAccount, log: Log) -> None:
    assert (
        account.triggered == account.delivered + account.incomplete + account.lost + account.overrun + account.pending
    )
    assert account.stream_produced == account.stream_whole + account.stream_incomplete + account.stream_lost
    assert account.delivered == len(log.levels)
    assert account.incomplete == sum(event.incomplete for event in log.missing.values())
    assert account.lost == sum(not event.incomplete and not event.overrun for event in log.missing.values())
    assert not set(log.levels) & set(log.missing)


@contextmanager
def running(log: Log, settings: CameraSettings) -> Iterator[CameraClient]:
    client = CameraClient(settings, log)
    client.start()
    try:
        wait_until(lambda: client.is_up, "the camera is up")
        yield client
    finally:
        client.stop()
        assert client.pid is None
        check(client.account(), log)
        assert client.account().pending == 0


def replay(folder: Path, name: str = "left", **values: object) -> CameraSettings:
    for level in range(1, 6):
        Image.fromarray(np.full((48, 64), level, np.uint8)).save(folder / f"{level}.png")
    defaults: dict[str, object] = {
        "restart_min_s": 0.05,
        "restart_max_s": 0.2,
        "max_frame_bytes": 2**20,
        "frame_deadline_s": 10.0,
    }
    return CameraSettings(name, "replay", {"folder": str(folder), "loop": True}, **{**defaults, **values})  # type: ignore[arg-type]


def viky(colour: str, fps: float, **values: object) -> CameraSettings:
    options = {"cti": str(bundled_producer()), "device": f"VikyTL_DEV_{colour}"}
    features = {"PixelFormat": "Mono8", "Width_Val": 2448, "Height_Val": 2048, "AcquisitionFrameRate": fps}
    return CameraSettings(colour, "genicam", options, features, TriggerKind.FREE_RUN, frame_deadline_s=10.0, **values)  # type: ignore[arg-type]


def test_pictures_come_in_the_order_of_their_triggers(tmp_path: Path) -> None:
    log = Log()
    with running(log, replay(tmp_path)) as client:
        for number in range(20):
            client.trigger(number)
            wait_until(lambda: client.account().pending == 0, "the trigger ended")
        assert log.levels == {number: number % 5 + 1 for number in range(20)}
        wait_until(lambda: (shown := client.preview()) is not None and shown.pixels.max() == 5, "the last is shown")
        shown = client.preview()
        assert shown is not None
        assert shown.camera == "left"
        assert client.info is not None
        assert client.info.backend == "replay"
    assert client.account().stream_whole == 20


def test_a_worker_killed_again_and_again_loses_no_trigger_and_comes_back(tmp_path: Path) -> None:
    log, triggered = Log(), 0
    with running(log, replay(tmp_path)) as client:
        for kill in range(5):
            for _ in range(5):
                triggered += 1
                client.trigger(triggered)
            pid = process_id(client)
            os.kill(pid, signal.SIGKILL)
            for _ in range(5):
                triggered += 1
                client.trigger(triggered)
            wait_until(lambda number=kill: log.count(CameraUp) == number + 2, "the camera is up again")
            wait_until(lambda total=triggered: log.ended == total, "every trigger ended")
            assert not psutil.pid_exists(pid)
        client.trigger(9999)
        wait_until(lambda: 9999 in log.levels, "a picture after the last restart")
    assert client.account().triggered == triggered + 1
    assert log.count(CameraDown) == 6, "five kills and the stop"
    assert any("SIGKILL" in event.reason for event in log.missing.values())


@pytest.mark.parametrize("exposure", [2000.0, 8000.0])
def test_restored_features_make_the_same_picture(exposure: float) -> None:
    log = Log(keep=True)
    settings = CameraSettings(
        "sim",
        "simulated",
        {"width": 160, "height": 120},
        {"ExposureTime": exposure},
        restart_min_s=0.05,
        frame_deadline_s=20.0,
    )
    with running(log, settings) as client:
        means = []
        for trigger_id in (3, 3):
            log.levels.clear()
            client.trigger(trigger_id)
            wait_until(lambda: 3 in log.levels, "the picture")
            means.append(float(log.leases[3].lease.frame.pixels.mean()))
            log.leases.pop(3).lease.release()
            pid = process_id(client)
            ups = log.count(CameraUp)
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda before=ups: log.count(CameraUp) == before + 1, "the camera is up again")
        assert means[0] == means[1]
        log.levels = {1: 0, 2: 0}  # the same id was used twice here


def test_what_a_camera_told_of_itself_is_forgotten_when_it_goes_down() -> None:
    known: list[dict[str, float]] = []

    def hear(event: CameraEvent) -> None:
        if isinstance(event, CameraDown):
            known.append(dict(client.figures))

    client = CameraClient(
        CameraSettings("left", "simulated", {"width": 160, "height": 120}, figures_every_s=0.02), hear
    )
    client.start()
    try:
        wait_until(lambda: client.figures == {"temperature_c": 41.5}, "it tells its temperature")
        os.kill(process_id(client), signal.SIGKILL)
        wait_until(lambda: known == [{}], "the temperature of a camera that is gone is none")
    finally:
        client.stop()


def test_a_worker_that_hangs_is_replaced(tmp_path: Path) -> None:
    log = Log()
    with running(log, replay(tmp_path, silence_s=0.5, frame_deadline_s=0.2)) as client:
        pid = process_id(client)
        os.kill(pid, signal.SIGSTOP)
        client.trigger(1)
        wait_until(lambda: 1 in log.missing, "the trigger is lost by its deadline")
        assert "no picture within 0.2 s" in log.missing[1].reason
        wait_until(lambda: log.count(CameraUp) == 2, "a new worker is up")
        assert any("no sign of life" in event.reason for event in log.events if isinstance(event, CameraDown))
        assert client.pid != pid
        client.trigger(2)
        wait_until(lambda: 2 in log.levels, "a picture of the new worker")


def test_a_picture_after_its_deadline_belongs_to_nobody(tmp_path: Path) -> None:
    log = Log()
    with running(log, replay(tmp_path, silence_s=30.0, frame_deadline_s=0.3, trigger_late_s=20.0)) as client:
        pid = process_id(client)
        os.kill(pid, signal.SIGSTOP)
        client.trigger(1)
        wait_until(lambda: 1 in log.missing, "the trigger is lost")
        os.kill(pid, signal.SIGCONT)
        wait_until(lambda: client.account().stream_whole == 1, "the late picture was made")
        client.trigger(2)
        wait_until(lambda: 2 in log.levels, "the next picture")
        assert log.levels == {2: 2}
        assert client.pid == pid


def test_a_full_ring_loses_by_name_and_overwrites_nothing(tmp_path: Path) -> None:
    log = Log(keep=True)
    with running(log, replay(tmp_path, ring_slots=3)) as client:
        for number in range(1, 6):
            client.trigger(number)
        wait_until(lambda: log.ended == 5, "every trigger ended")
        assert {number: int(event.lease.frame.pixels.max()) for number, event in log.leases.items()} == {
            1: 1,
            2: 2,
            3: 3,
        }
        assert set(log.missing) == {4, 5}
        assert "all 3 slots" in log.missing[4].reason
        log.leases[2].lease.release()
        client.trigger(6)
        wait_until(lambda: 6 in log.levels, "the free slot is used again")
    assert int(log.leases[1].lease.frame.pixels.max()) == 1, "a lease outlives its camera"
    for event in log.leases.values():
        event.lease.release()


def test_triggers_of_a_camera_that_is_not_there_are_lost_at_once(tmp_path: Path) -> None:
    log = Log()
    client = CameraClient(CameraSettings("gone", "replay", {"folder": str(tmp_path / "no")}, restart_min_s=0.05), log)
    client.start()
    try:
        client.trigger(1)
        wait_until(lambda: log.count(CameraDown) >= 1, "the reason is told")
        began = time.monotonic()
        client.trigger(2)
        wait_until(lambda: log.ended == 2, "both ended")
        assert time.monotonic() - began < client.settings.frame_deadline_s
        assert "there is no folder" in log.missing[2].reason
        for level in (1, 2):
            (tmp_path / "no").mkdir(exist_ok=True)
            Image.fromarray(np.full((4, 4), level, np.uint8)).save(tmp_path / "no" / f"{level}.png")
        wait_until(lambda: client.is_up, "it comes up by itself when the folder is there")
    finally:
        client.stop()
    check(client.account(), log)
    client.trigger(3)
    assert "stopped" in log.missing[3].reason


def test_a_stopped_camera_starts_again_and_what_was_pending_is_lost(tmp_path: Path) -> None:
    log = Log()
    settings = replay(tmp_path, silence_s=30.0)
    with running(log, settings) as client:
        pid = process_id(client)
        os.kill(pid, signal.SIGSTOP)
        client.trigger(1)
        client.stop()
        assert not psutil.pid_exists(pid)
        assert "stopped" in log.missing[1].reason
        client.start()
        wait_until(lambda: client.is_up, "it is up again")
        client.trigger(2)
        wait_until(lambda: 2 in log.levels, "a picture")


def test_a_listener_that_fails_does_not_end_the_camera(tmp_path: Path) -> None:
    log = Log()

    def listen(event: CameraEvent) -> None:
        log(event)
        if isinstance(event, FrameDelivered) and event.trigger_id == 1:
            raise RuntimeError("the listener's own fault")

    client = CameraClient(replay(tmp_path), listen)
    client.start()
    try:
        wait_until(lambda: client.is_up, "the camera is up")
        for number in (1, 2):
            client.trigger(number)
        wait_until(lambda: 2 in log.levels, "the second picture")
    finally:
        client.stop()


PARENT = """
import sys, time
from camera.client import CameraClient
from camera.settings import CameraSettings
client = CameraClient(CameraSettings.from_json(sys.argv[1]), lambda event: None)
client.start()
while not client.is_up:
    time.sleep(0.01)
print("up", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("backend", ["replay", "genicam"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(tmp_path: Path, how: signal.Signals, backend: str) -> None:
    settings, workers = (replay(tmp_path), 1) if backend == "replay" else (viky("red", fps=10.0), 2)
    before = set(Path("/dev/shm").iterdir())
    command = [sys.executable, "-c", PARENT, settings.to_json()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        family = psutil.Process(parent.pid)
        wait_until(lambda: len(family.children()) == workers, "the worker, and the one that stands by")
        children = family.children()
        parent.send_signal(how)
        parent.wait(10)
    wait_until(lambda: not any(child.is_running() for child in children), "they are gone with their parent")
    assert set(Path("/dev/shm").iterdir()) == before


def test_an_interrupt_is_not_the_workers_business(tmp_path: Path) -> None:
    log = Log()
    with running(log, replay(tmp_path)) as client:
        pid = process_id(client)
        os.kill(pid, signal.SIGINT)
        client.trigger(1)
        wait_until(lambda: 1 in log.levels, "a picture in spite of it")
        assert client.pid == pid


def test_three_devices_of_a_real_producer_at_five_megapixels_account_for_every_frame() -> None:
    logs = {colour: Log() for colour in ("red", "green", "blue")}
    clients = {colour: CameraClient(viky(colour, fps=15.0), log) for colour, log in logs.items()}
    try:
        for client in clients.values():
            client.start()
        wait_until(lambda: all(client.is_up for client in clients.values()), "all three are up")
        for number in range(8):
            for client in clients.values():
                client.trigger(number)
            wait_until(lambda: all(client.account().pending == 0 for client in clients.values()), "all three answered")
    finally:
        for client in clients.values():
            client.begin_stop()
        for client in clients.values():
            client.stop()
    for colour, client in clients.items():
        account = client.account()
        check(account, logs[colour])
        assert account.delivered == 8, logs[colour].missing
        assert account.stream_produced >= 8
        assert client.info is not None
        assert (client.info.width, client.info.height, client.info.pixel_format) == (2448, 2048, "Mono8")


def test_the_worker_of_a_real_camera_goes_before_others_where_that_is_permitted(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        permitted = pool.submit(raise_priority).result()
    for settings, first in ((viky("green", 10.0), permitted), (replay(tmp_path), False)):
        with running(Log(), settings) as client:
            policy = os.sched_getscheduler(process_id(client)) & ~os.SCHED_RESET_ON_FORK
            assert policy == (os.SCHED_RR if first else os.SCHED_OTHER)


def test_a_killed_producer_worker_comes_back_with_its_features() -> None:
    log = Log(keep=True)
    with running(log, viky("green", fps=20.0, restart_min_s=0.05)) as client:
        client.trigger(1)
        wait_until(lambda: 1 in log.levels, "a picture")
        pid = process_id(client)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: log.count(CameraUp) == 2, "it is up again")
        client.trigger(2)
        wait_until(lambda: 2 in log.levels, "a picture after the restart")
        assert {event.lease.frame.pixels.shape for event in log.leases.values()} == {(2048, 2448)}
    assert client.account().stream_whole >= 2
    log.leases.clear()


def standing_by(client: CameraClient) -> psutil.Process:
    """The worker that stands by, once its libraries are loaded."""
    found: list[psutil.Process] = []

    def loaded() -> bool:
        # Until it has begun its own program, a child shows the memory of the process that starts it.
        others = [child for child in psutil.Process().children() if child.pid != client.pid]
        workers = [child for child in others if "camera.worker" in child.cmdline()]
        found[:] = [child for child in workers if "/_genapi" in maps(child.pid)]
        return len(found) == 1

    wait_until(loaded, "the next worker has loaded its libraries")
    return found[0]


def maps(pid: int) -> str:
    """What a process has mapped."""
    return Path(f"/proc/{pid}/maps").read_text()


def test_the_next_worker_stands_by_without_its_producer_and_takes_over() -> None:
    log = Log()
    with running(log, viky("green", fps=20.0, restart_min_s=0.05)) as client:
        spare = standing_by(client)
        assert "viky.cti" in maps(process_id(client))
        assert "viky.cti" not in maps(spare.pid), "it has touched no device"
        os.kill(process_id(client), signal.SIGKILL)
        wait_until(lambda: log.count(CameraUp) == 2, "it is up again")
        assert client.pid == spare.pid
        client.trigger(1)
        wait_until(lambda: 1 in log.levels, "its picture")
        assert standing_by(client).pid != spare.pid, "and there is a next one again"


def test_a_worker_that_died_while_it_stood_by_is_not_missed() -> None:
    log = Log()
    with running(log, viky("green", fps=20.0, restart_min_s=0.05)) as client:
        spare = standing_by(client)
        for pid in (spare.pid, process_id(client)):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: log.count(CameraUp) == 2, "it is up again")
        assert client.pid != spare.pid
        client.trigger(1)
        wait_until(lambda: 1 in log.levels, "a picture")


def test_five_hundred_triggers_over_losses_and_late_pictures_and_none_gets_anothers_picture() -> None:
    log, parts = Log(), {}

    def listen(event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            parts[event.trigger_id] = json.loads(event.lease.frame.chunk["truth"])["part"]
        log(event)

    options = {"width": 64, "height": 64, "faults": "lost=0.05, incomplete=0.05, late=0.1:0.03, dead@200"}
    settings = CameraSettings("sim", "simulated", options, frame_deadline_s=0.3, restart_min_s=0.05)
    client = CameraClient(settings, listen)
    client.start()
    try:
        wait_until(lambda: client.is_up, "the camera is up")
        for number in range(500):
            wait_until(lambda: client.is_up and client.account().pending < 5, "it takes another trigger")
            client.trigger(number)
        wait_until(lambda: log.ended == 500, "every trigger ended")
    finally:
        client.stop()
    check(client.account(), log)
    assert parts == {number: number for number in log.levels}
    assert len(parts) > 350
    assert client.account().incomplete > 5


def test_a_trigger_within_the_dead_time_is_an_overrun_and_no_lost_frame() -> None:
    log = Log()
    settings = CameraSettings("sim", "simulated", {"width": 64, "height": 64, "dead_time_us": 10_000_000})
    with running(log, settings) as client:
        assert client.info is not None
        assert client.info.dead_time_us == 10_000_000
        client.trigger(1)
        client.trigger(2)
        wait_until(lambda: log.ended == 2, "both ended")
        account = client.account()
    assert (account.delivered, account.overrun, account.lost) == (1, 1, 0)
    assert log.missing[2].overrun
    assert "trigger overrun, not fired" in log.missing[2].reason
