"""The canvas beside a QGraphicsView, a short version of the rows of `station bench`; ratios in one run."""

import pytest

from station.bench.canvas import canvas_rows
from station.bench.rows import Row

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row.name: row for row in canvas_rows(repetitions=5)}


def test_a_new_frame_is_quicker_than_in_a_graphics_view(rows: dict[str, Row]) -> None:
    (row,) = (row for name, row in rows.items() if "new 12 MP frame with heat" in name)
    assert row.figure < 0.8 * row.baseline


def test_a_new_outline_costs_a_fraction_of_a_frame_and_hardly_grows_with_the_others(rows: dict[str, Row]) -> None:
    (frame,) = (row.figure for name, row in rows.items() if "new 12 MP frame with heat" in name)
    few, many = (row.figure for name, row in rows.items() if "release" in name)
    assert few < 0.5 * frame
    assert many < 4 * few
