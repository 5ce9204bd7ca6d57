"""Five megapixels at 120 frames a second for a short time; `tests/support/camera_endurance.py` does it for long."""

import pytest
from camera_endurance import GROWTH_MB, RATIO, default_streams, raw_cost

from camera.endurance import endure

ROUNDS = 3
"""The machine may be busy with something else; cost and growth must be met in one of them."""
BUSY = 1.5
"""How much farther than on a quiet machine the cost may lie here, where others run beside it."""


@pytest.mark.bench
@pytest.mark.parametrize("cameras", [1, 3])
def test_every_frame_is_accounted_for_and_costs_little_more_than_the_raw_loop(cameras: int) -> None:
    found = []
    for _ in range(ROUNDS):
        raw_ms = raw_cost(default_streams(cameras), 1.5)
        endured = endure(default_streams(cameras), 3.0)
        assert endured.produced == endured.whole + endured.incomplete + endured.lost
        assert endured.whole > 0
        assert endured.triggered == endured.delivered + endured.missed
        assert endured.delivered > 0.5 * endured.whole
        assert endured.fds_growth == 0
        found.append((endured.cpu_ms_a_frame / raw_ms, endured.rss_growth_mb))
        if found[-1][0] <= BUSY * RATIO and found[-1][1] <= GROWTH_MB:
            return
    pytest.fail(f"CPU beside the raw loop, and growth in MB: {found}")
