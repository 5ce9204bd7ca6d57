"""The operator's screen on a line at full rate: a short version of the rows of `station bench`."""

from dataclasses import replace
from pathlib import Path

import pytest
from rig import learn_small_line, small_plan

from station.bench.screen import screen_pace, screen_rows

PARTS, TAKT_MS = 15, 400


@pytest.mark.bench
def test_parts_are_painted_and_taps_answered_while_the_line_runs_at_full_rate(tmp_path: Path) -> None:
    learn_small_line(tmp_path)
    pace = screen_pace(replace(small_plan(tmp_path), takt_ms=TAKT_MS), turns=1, parts_a_turn=PARTS)
    assert pace.cost.told >= PARTS // 2, "the screen painted the parts"
    assert len(pace.first_ms) >= len(pace.whole_ms) > 0
    assert min(pace.first_ms) > 0, "nothing is painted before it is durable"
    assert pace.feedback_ms, "the finger met its button"
    # Ratios alone: what a loaded machine takes says nothing, but a part must be seen before the next one comes.
    assert sorted(pace.first_ms)[len(pace.first_ms) // 2] < TAKT_MS
    assert sorted(pace.feedback_ms)[len(pace.feedback_ms) // 2] < TAKT_MS
    for row in screen_rows(pace, 1000 / TAKT_MS):
        assert row.figure > 0
        assert row.baseline > 0
