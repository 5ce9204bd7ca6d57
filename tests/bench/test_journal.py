from pathlib import Path

import pytest

from station.journal.bench import bench_journal

pytestmark = pytest.mark.bench


def test_the_durable_path_keeps_up_with_its_raw_pieces(tmp_path: Path) -> None:
    figures = bench_journal(tmp_path, parts=24)
    assert figures.parts_per_s > 0.4 * 1000 / figures.raw_sum_ms
    assert figures.defects_ratio < 1.5
