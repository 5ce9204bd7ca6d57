"""The chart and the interval against worked examples that others published."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.quality.p_chart import Interval, Subgroup, p_chart, wilson

# Bruised peaches in crates: T. Pyzdek, P. Keller, The Handbook for Quality Management, 2nd ed., table 9.6.
PEACHES = [
    *((250, 47), (250, 42), (250, 55), (250, 51), (250, 46), (250, 61), (250, 39), (250, 44), (250, 41), (250, 51)),
    *((500, 88), (500, 101), (500, 101), (250, 40), (250, 48), (250, 47), (250, 50), (250, 48), (250, 57), (250, 45)),
    *((250, 43), (500, 105), (500, 98), (500, 100), (500, 96)),
]
# Purchase orders with mistakes, a week each: D. C. Montgomery, Introduction to Statistical Quality Control, table 7.4.
ORDERS = [
    *((100, 12), (80, 8), (80, 6), (100, 9), (110, 10), (110, 12), (100, 11), (100, 16), (90, 10), (90, 6), (110, 20)),
    *((120, 15), (120, 9), (120, 8), (110, 6), (80, 8), (80, 10), (80, 7), (90, 5), (100, 8), (100, 5), (100, 8)),
    *((100, 10), (90, 6), (90, 9)),
]


def _groups(pairs: list[tuple[int, int]]) -> list[Subgroup]:
    return [Subgroup(parts, rejected) for parts, rejected in pairs]


def test_limits_follow_the_size_of_each_subgroup() -> None:
    chart = p_chart(_groups(PEACHES))
    assert chart is not None
    assert chart.centre == pytest.approx(1544 / 8000)
    for point in chart.points:
        low, high = (0.118, 0.268) if point.parts == 250 else (0.140, 0.246)
        assert (point.limits.low, point.limits.high) == pytest.approx((low, high), abs=5e-4)
    assert chart.beyond == ()
    assert not chart.coarse


def test_one_week_of_purchase_orders_was_out_of_control() -> None:
    chart = p_chart(_groups(ORDERS))
    assert chart is not None
    assert chart.centre == pytest.approx(0.0955, abs=5e-5)
    assert [point.index + 1 for point in chart.beyond] == [11]
    week = chart.points[10]
    assert week.share == pytest.approx(0.182, abs=5e-4)
    assert (week.limits.low, week.limits.high) == pytest.approx((0.011, 0.180), abs=5e-4)


@pytest.mark.parametrize(
    ("groups", "centre", "low", "high"),
    [
        # Montgomery's exercise 7.1: 117 nonconforming assemblies in 20 samples of 100; the lower limit is clipped.
        ([(100, 117 - 95), *[(100, 5)] * 19], 0.0585, 0.0, 0.1289),
        # NIST 6.3.3.2: 30 wafers of 50 chips, centre line 0.2313.
        ([(50, 12), (50, 11)], 0.2313, 0.0524, 0.4103),
        ([(3, 3), (3, 3), (3, 2)], None, None, 1.0),
    ],
)
def test_limits_are_clipped(
    groups: list[tuple[int, int]], centre: float | None, low: float | None, high: float
) -> None:
    chart = p_chart(_groups(groups), centre)
    assert chart is not None
    assert chart.points[0].limits.high == pytest.approx(high, abs=1.1e-4)
    if low is not None:
        assert chart.points[0].limits.low == pytest.approx(low, abs=1.1e-4)


def test_a_subgroup_without_parts_keeps_its_place_and_has_no_point() -> None:
    chart = p_chart(_groups([(40, 2), (0, 0), (40, 1)]))
    assert chart is not None
    assert [point.index for point in chart.points] == [0, 2]
    assert chart.coarse


def test_without_parts_there_is_no_chart() -> None:
    assert p_chart([]) is None
    assert p_chart(_groups([(0, 0), (0, 0)])) is None


@pytest.mark.parametrize("pair", [(3, 4), (3, -1)])
def test_more_rejected_than_there_are_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be rejected"):
        Subgroup(*pair)


@given(st.lists(st.tuples(st.integers(0, 500), st.floats(0, 1)), min_size=1, max_size=40))
def test_limits_always_hold_the_centre_and_stay_within_0_and_1(drawn: list[tuple[int, float]]) -> None:
    chart = p_chart([Subgroup(parts, round(parts * share)) for parts, share in drawn])
    if chart is None:
        assert not any(parts for parts, _ in drawn)
        return
    for point in chart.points:
        assert 0.0 <= point.limits.low <= chart.centre <= point.limits.high <= 1.0
        assert point.beyond == (not point.limits.low <= point.share <= point.limits.high)


# R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(count: int, of: int, low: float, high: float) -> None:
    found = wilson(count, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_nothing_says_nothing() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)
    with pytest.raises(ValueError, match="cannot be a part"):
        wilson(2, 1)


@given(st.integers(1, 10**7), st.floats(0, 1))
def test_wilson_holds_the_share_and_mirrors(of: int, share: float) -> None:
    count = round(of * share)
    found, mirrored = wilson(count, of), wilson(of - count, of)
    assert 0.0 <= found.low <= count / of + 1e-12
    assert count / of - 1e-12 <= found.high <= 1.0
    assert math.isclose(found.low, 1.0 - mirrored.high, abs_tol=1e-9)
