"""Cameras that are lost and come back two hundred times; `camera_returns.py` does it a thousand times, each within its limits."""

from contextlib import ExitStack
from statistics import median

import pytest
from camera_returns import BACK_S, GROWTH_MB, SHOWN_S, hung, killed, switched_off, take_away

pytestmark = [pytest.mark.system, pytest.mark.usefixtures("udp_3956")]


def test_two_hundred_losses_and_as_many_returns() -> None:
    """Four cameras at once. Each return counts; of the seconds, which the machine's other work may stretch, the median."""
    with ExitStack() as power:
        cameras = [killed("red", 66), killed("green", 66), hung("blue", 36), switched_off(power, 32)]
        grown = take_away(cameras)
    assert sum(len(camera.back_s) for camera in cameras) == 200
    for camera in cameras:
        assert camera.log.wrong == 0, f"{camera.name}: its features are restored"
        assert camera.exact, f"{camera.name}: every trigger has its one ending"
        assert median(camera.shown_s) <= SHOWN_S, camera.as_json()
        assert median(camera.back_s) <= BACK_S, camera.as_json()
    assert (grown.fds, grown.processes, grown.shared) == (0, 0, 0)
    assert grown.rss_mb <= GROWTH_MB
