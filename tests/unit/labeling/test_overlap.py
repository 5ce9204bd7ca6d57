"""Areas that two people drew: who drew the same, and how far."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.annotation import Label
from labeling.overlap import overlap
from labeling.shapes import Box, Keypoint, Polygon, Shape, frozen_points


def _label(shape: Shape, name: str = "scratch") -> Label:
    return Label(UUID(int=1), name, shape)


def test_the_same_outline_overlaps_wholly() -> None:
    outline = _label(Polygon(frozen_points([[0, 0], [10, 0], [10, 10], [0, 10]])))
    found = overlap([outline], [outline])
    assert found.mean_iou == pytest.approx(1.0)
    assert (found.only_first, found.only_second) == (0, 0)
    assert found.pairs[0].same_class


def test_half_an_overlap_by_hand() -> None:
    """Two squares of 100 that share 50: 50 of 150."""
    found = overlap([_label(Box(0, 0, 10, 10))], [_label(Box(5, 0, 15, 10), "pit")])
    assert found.pairs[0].iou == pytest.approx(1 / 3)
    assert not found.pairs[0].same_class


def test_the_matching_is_the_best_of_all_and_not_the_first() -> None:
    """The first's first area overlaps both of the second's; taking its best one would leave the other without."""
    first = [_label(Box(0, 0, 10, 10)), _label(Box(6, 0, 12, 10))]
    second = [_label(Box(4, 0, 12, 10)), _label(Box(0, 0, 4, 10))]
    assert {(pair.first, pair.second) for pair in overlap(first, second).pairs} == {(0, 1), (1, 0)}


def test_what_only_one_drew_counts_nought() -> None:
    found = overlap([_label(Box(0, 0, 10, 10)), _label(Box(50, 50, 60, 60))], [_label(Box(0, 0, 10, 10))])
    assert found.mean_iou == pytest.approx(0.5)
    assert (found.only_first, found.only_second) == (1, 0)


def test_a_touch_is_not_the_same_defect() -> None:
    found = overlap([_label(Box(0, 0, 10, 10))], [_label(Box(9.5, 0, 20, 10))])
    assert (found.pairs, found.mean_iou) == ((), 0.0)


def test_points_have_no_area_and_nothing_has_no_mean() -> None:
    found = overlap([_label(Keypoint(1, 1))], [])
    assert found.mean_iou is None


_BOXES = st.lists(
    st.builds(
        lambda x, y, w, h: _label(Box(x, y, x + w, y + h)),
        *[st.integers(0, 20)] * 2,
        *[st.integers(1, 10)] * 2,
    ),
    max_size=4,
)


@given(_BOXES, _BOXES)
def test_turned_round_it_is_the_same(first: list[Label], second: list[Label]) -> None:
    here, there = overlap(first, second), overlap(second, first)
    assert sum(pair.iou for pair in here.pairs) == pytest.approx(sum(pair.iou for pair in there.pairs))
    assert len(here.pairs) + here.only_first == len(first)
    assert len(here.pairs) + here.only_second == len(second)
