"""Five megapixels at 120 frames a second for a short time; `tests/support/camera_endurance.py` does it for long."""

import pytest
from camera_endurance import GROWTH_MB, RATIO, default_stream, raw_cost

from camera.endurance import endure

ROUNDS = 3
"""The machine may be busy with something else; cost and growth must be met in one of them."""


@pytest.mark.bench
def test_every_frame_is_accounted_for_and_costs_little_more_than_the_raw_loop() -> None:
    found = []
    for _ in range(ROUNDS):
        raw_ms = raw_cost(default_stream(), 1.5)
        endured = endure(default_stream(), 3.0)
        assert endured.produced == endured.whole + endured.incomplete + endured.lost
        assert endured.whole > 0
        assert endured.triggered == endured.delivered + endured.missed
        found.append((endured.cpu_ms_a_frame / raw_ms, endured.rss_growth_mb))
        if found[-1][0] <= RATIO and found[-1][1] <= GROWTH_MB:
            return
    pytest.fail(f"CPU beside the raw loop, and growth in MB: {found}")
