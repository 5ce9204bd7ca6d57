"""kill -9 at random points, fifty times: the short form of `make kill-1000`."""

import os
from pathlib import Path

from kill_line import kill_line
from rig import unused_port

KILLS = int(os.environ.get("STATION_KILLS", "50"))


def test_nothing_is_lost_and_nothing_passes_without_an_ok(learned: Path, tmp_path: Path) -> None:
    outcome = kill_line(tmp_path / "line", KILLS, 11, unused_port(), learned)
    assert outcome.kills == KILLS
    assert outcome.engine_kills >= KILLS // 4
    assert outcome.worker_kills >= KILLS // 10
    assert outcome.lost == []
    assert outcome.rows_without_image == 0
    assert outcome.verify_ok
    assert outcome.passed > KILLS // 2, "the line was really running between the kills"
    assert outcome.passed_after_the_last_kill >= 5
