"""Each rule, alone, on points of unequal size."""

import pytest

from station.quality.p_chart import Subgroup, p_chart
from station.quality.western_electric import Signal, signals

CENTRE = 0.1


def _found(sigmas: list[float], parts: int = 900) -> set[tuple[int, int, bool]]:
    """Chart points so many sigmas off the centre; 900 parts of 10 % have a sigma of 1 %."""
    groups = [Subgroup(parts, round(parts * (CENTRE + one * 0.01))) for one in sigmas]
    chart = p_chart(groups, CENTRE)
    assert chart is not None
    return {(each.rule, each.index, each.above) for each in signals(chart)}


@pytest.mark.parametrize(
    ("sigmas", "found"),
    [
        ([0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.2], set()),
        ([0, 3.2, 0], {(1, 1, True)}),
        ([0, -3.2, 0], {(1, 1, False)}),
        ([2.2, 0, 2.2], {(2, 2, True)}),
        ([2.2, 0, 0, 2.2], set()),
        ([2.2, -2.2, 0], set()),
        ([2.2, 2.2, 0], {(2, 1, True)}),
        ([-1.2, -1.2, 0, -1.2, -1.2], {(3, 4, False)}),
        ([-1.2, -1.2, 0, 0, -1.2, -1.2], set()),
        ([0.5] * 8, {(4, 7, True)}),
        ([0.5] * 7 + [-0.5], set()),
    ],
)
def test_rules(sigmas: list[float], found: set[tuple[int, int, bool]]) -> None:
    assert _found(sigmas) == found


def test_a_large_subgroup_is_beyond_where_a_small_one_is_not() -> None:
    chart = p_chart([Subgroup(100, 16), Subgroup(900, 144)], CENTRE)
    assert chart is not None
    assert signals(chart) == (Signal(1, 1, above=True),)


def test_an_empty_subgroup_keeps_the_places() -> None:
    chart = p_chart([Subgroup(900, 90), Subgroup(0, 0), Subgroup(900, 130)], CENTRE)
    assert chart is not None
    assert [signal.index for signal in signals(chart)] == [2]


def test_a_process_that_never_rejects_has_no_signals() -> None:
    chart = p_chart([Subgroup(50, 0)] * 12)
    assert chart is not None
    assert signals(chart) == ()
