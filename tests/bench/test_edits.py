import pytest

from labeling.bench import bench_edits

pytestmark = pytest.mark.bench


def test_an_edit_costs_far_less_than_a_copy_of_everything() -> None:
    figures = bench_edits(shapes=1_000, behind=300, times=30)
    assert figures.kept_ms < figures.deep_copy_ms / 5
    assert figures.undo_ms < figures.deep_copy_ms / 5
    assert figures.redo_ms < figures.deep_copy_ms / 5
