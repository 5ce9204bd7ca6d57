"""A GigE Vision camera nobody here wrote, through the worker: pictures, loss, and its return."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import pytest
from network_camera import fake_network_camera
from waiting import wait_until

from camera.client import CameraClient
from camera.device import TriggerKind
from camera.events import CameraDown, CameraEvent, CameraUp, FrameDelivered, FrameMissing
from camera.settings import CameraSettings, Setup
from camera.trigger_id import trigger_id

LIBRARY_S = 3.0
"""So long the library itself asks a silent device at least, on a machine with nothing else to do."""

pytestmark = [pytest.mark.system, pytest.mark.usefixtures("udp_3956")]


class Log:
    """Writes down what a camera says; pictures by their trigger."""

    def __init__(self) -> None:
        self.events: list[CameraEvent] = []
        self.shapes: dict[int, tuple[int, ...]] = {}
        self.missing: dict[int, FrameMissing] = {}

    def __call__(self, event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            self.shapes[event.trigger_id] = event.lease.frame.pixels.shape
            event.lease.release()
        elif isinstance(event, FrameMissing):
            self.missing[event.trigger_id] = event
        else:
            self.events.append(event)

    def count(self, kind: type[CameraEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.events)

    @property
    def ended(self) -> int:
        return len(self.shapes) + len(self.missing)


@contextmanager
def client(
    log: Callable[[CameraEvent], None], setups: tuple[Setup, ...] = (), **options: str | int
) -> Iterator[CameraClient]:
    settings = CameraSettings(
        "net",
        "gige",
        {"device": "127.0.0.1", "search_ms": 200, **options},
        features={"Width": 256, "Height": 128},
        trigger=TriggerKind.SOFTWARE,
        frame_deadline_s=1.0,
        silence_s=3.0,
        setups=setups,
    )
    camera = CameraClient(settings, log)
    camera.start()
    try:
        yield camera
    finally:
        camera.stop()


def test_it_is_triggered_is_lost_and_comes_back_with_its_features() -> None:
    log = Log()
    with fake_network_camera() as first, client(log) as camera:
        wait_until(lambda: log.count(CameraUp) == 1, "up")
        for number in range(10):
            camera.trigger(number)
            wait_until(lambda: log.ended == number + 1, f"trigger {number}")  # noqa: B023  # waited for at once
        assert set(log.shapes.values()) == {(128, 256)}
        assert len(log.shapes) == 10
        first.kill()
        wait_until(lambda: log.count(CameraDown) >= 1, "the loss is noticed")
        camera.trigger(10)
        wait_until(lambda: 10 in log.missing, "a trigger meanwhile is told as missing")
        first.wait()
        with fake_network_camera():
            wait_until(lambda: log.count(CameraUp) == 2, "back")
            camera.trigger(11)
            wait_until(lambda: log.ended == 12, "the trigger after it")
            assert log.shapes[11] == (128, 256), "features are restored"
            account = camera.account()
        assert account.triggered == account.delivered + account.incomplete + account.lost == 12


@pytest.mark.parametrize("triggered", [False, True])
def test_one_that_falls_silent_is_shown_before_its_library_gives_up_and_comes_back(triggered: bool) -> None:
    log = Log()
    with fake_network_camera() as device, client(log) as camera:
        wait_until(lambda: log.count(CameraUp) == 1, "up")
        camera.trigger(0)
        wait_until(lambda: log.ended == 1, "the first trigger")
        device.send_signal(signal.SIGSTOP)
        begin_s = time.monotonic()
        try:
            if triggered:
                camera.trigger(1)
            wait_until(lambda: log.count(CameraDown) >= 1, "the loss is noticed")
            shown_s = time.monotonic() - begin_s
            (down,) = [event for event in log.events if isinstance(event, CameraDown)][:1]
            wait_until(lambda: camera.account().pending == 0, "no part waits for it")
        finally:
            device.send_signal(signal.SIGCONT)
        assert "does not answer; check its cable" in down.reason
        assert shown_s < LIBRARY_S
        wait_until(lambda: camera.is_up, "back")
        camera.trigger(2)
        wait_until(lambda: 2 in log.shapes, "the trigger after it")
        account = camera.account()
    assert (1 in log.missing) is triggered
    assert account.triggered == account.delivered + account.incomplete + account.lost


def test_it_takes_two_views_of_each_part_with_two_exposures() -> None:
    grey: dict[int, float] = {}

    def note(event: CameraEvent) -> None:
        if isinstance(event, FrameDelivered):
            grey[event.trigger_id] = float(event.lease.frame.pixels.mean())
            event.lease.release()

    setups = tuple(Setup(f"{us} us", {"ExposureTimeAbs": float(us)}) for us in (1000, 8000))
    with fake_network_camera(), client(note, setups) as camera:
        wait_until(lambda: camera.is_up, "up")
        for part in range(6):
            camera.trigger(trigger_id(part, 0))
            camera.trigger(trigger_id(part, 1))
            wait_until(lambda: camera.account().pending == 0, f"part {part}")
        account = camera.account()
    assert (account.triggered, account.delivered) == (12, 12)
    assert all(grey[trigger_id(part, 1)] > 3 * grey[trigger_id(part, 0)] for part in range(6))


def test_lost_packets_never_make_a_torn_picture() -> None:
    log = Log()
    with fake_network_camera("-r", "0.02"), client(log) as camera:
        wait_until(lambda: log.count(CameraUp) == 1, "up")
        for number in range(20):
            camera.trigger(number)
            wait_until(lambda: log.ended == number + 1, f"trigger {number}")  # noqa: B023  # waited for at once
        account = camera.account()
    assert account.triggered == account.delivered + account.incomplete + account.lost == 20
    assert account.delivered == len(log.shapes)


def station_cameras(*words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "station", "cameras", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_newcomer_gets_a_picture_with_one_command(tmp_path: Path) -> None:
    out = tmp_path / "first.png"
    with fake_network_camera():
        grabbed = station_cameras("grab", "--backend", "gige", "--option", 'device="127.0.0.1"', "--out", str(out))
        listed = station_cameras()
    assert grabbed["pixel_format"] == "Mono8"
    picture = cv2.imread(str(out), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    assert picture.shape == (512, 512)
    assert {"gige", "simulated"} <= {camera["backend"] for camera in listed["cameras"]}
