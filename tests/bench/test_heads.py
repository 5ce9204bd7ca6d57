"""What preprocessing and decoding cost beside the bare run, by head; ratios in one run."""

import pytest

from station.bench.heads import head_rows

pytestmark = pytest.mark.bench


def test_whole_inference_costs_little_more_than_the_bare_run() -> None:
    rows = head_rows(5)
    assert [row.name.split(",")[1].split(":")[0].strip() for row in rows] == [
        "classification",
        "detection",
        "segmentation",
    ]
    for row in rows:
        print(f"{row.name}: {row.figure:.1f} ms, {row.baseline:.1f} ms, {row.compared:.2f} times")
        assert row.compared < 2.0
