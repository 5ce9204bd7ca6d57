"""A camera that is lost and comes back: shown, restored, nothing left over. `camera_returns.py` does it a thousand times."""

import pytest
from camera_returns import BACK_S, SHOWN_S, Report, kill_workers, switch_off

pytestmark = pytest.mark.system


def check(report: Report, times: int) -> None:
    """Every time; but for the seconds, which the machine's other work may stretch, the best must do."""
    assert len(report.back_s) == len(report.shown_s) >= times
    assert report.wrong == 0, "its features are restored"
    assert min(report.shown_s) <= SHOWN_S
    assert min(report.back_s) <= BACK_S
    growth = report.growth
    assert (growth.fds, growth.processes, growth.shared) == (0, 0, 0)


def test_a_producer_whose_worker_is_killed() -> None:
    check(kill_workers(5), 5)


@pytest.mark.usefixtures("udp_3956")
def test_a_camera_on_the_network_that_is_switched_off() -> None:
    check(switch_off(1), 1)
