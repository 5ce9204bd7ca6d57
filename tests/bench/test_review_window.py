"""The review's window, a short version of the rows of `station bench`; ratios in one run."""

import pytest

from station.bench.review_window import review_window_rows

pytestmark = pytest.mark.bench


def test_a_page_that_was_read_ahead_costs_a_fraction_of_cutting_its_crops() -> None:
    _, page = review_window_rows((1600, 1200), pages=2)
    assert page.figure < 0.5 * page.baseline
