from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.line.inspection import VerdictKind
from station.quality.p_chart import Subgroup
from station.quality.shift import (
    MOST_SUBGROUPS,
    SUBGROUP_MINUTES,
    Agreement,
    ParetoBar,
    Span,
    Tally,
    pareto,
    parts_an_hour,
    regular,
    shift_at,
    subgroup_minutes,
    subgroups,
    total,
)

THREE = (time(6), time(14), time(22))
BERLIN = ZoneInfo("Europe/Berlin")
OK, NG, ND = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "number", "start", "end"),
    [
        ("2026-01-15T06:00:00+01:00", 1, "2026-01-15T06:00+01:00", "2026-01-15T14:00+01:00"),
        ("2026-01-15T05:59:59+01:00", 3, "2026-01-14T22:00+01:00", "2026-01-15T06:00+01:00"),
        ("2026-01-15T23:30:00+01:00", 3, "2026-01-15T22:00+01:00", "2026-01-16T06:00+01:00"),
        ("2026-07-15T11:59:00+00:00", 1, "2026-07-15T06:00+02:00", "2026-07-15T14:00+02:00"),
        # The night in which the clocks change is an hour shorter in spring and longer in autumn.
        ("2026-03-29T03:30:00+02:00", 3, "2026-03-28T22:00+01:00", "2026-03-29T06:00+02:00"),
        ("2026-10-25T02:30:00+01:00", 3, "2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00"),
    ],
)
def test_a_moment_lies_in_its_shift(moment: str, number: int, start: str, end: str) -> None:
    shift = shift_at(_utc(moment), THREE, BERLIN)
    assert (shift.number, shift.start, shift.end) == (number, _utc(start), _utc(end))


def test_one_start_makes_the_day_one_shift() -> None:
    shift = shift_at(_utc("2026-01-15T05:00:00+00:00"), (time(6),), UTC)
    assert (shift.number, shift.end - shift.start) == (1, timedelta(days=1))


def test_without_a_zone_the_machines_clock_counts() -> None:
    moment = datetime.now(UTC)
    shift = shift_at(moment, THREE)
    assert shift.start <= moment < shift.end
    assert shift.start.astimezone().hour in {6, 14, 22}


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  the zone is drawn beside
    st.lists(st.times(), min_size=1, max_size=4, unique=True).map(sorted),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]),
)
def test_every_moment_lies_in_exactly_one_shift(moment: datetime, starts: list[time], zone: str) -> None:
    shift = shift_at(moment, starts, ZoneInfo(zone))
    assert shift.start <= moment < shift.end
    assert shift_at(shift.end, starts, ZoneInfo(zone)).start == shift.end


def test_a_tally_counts_what_has_no_positive_ok_as_rejected() -> None:
    tally = Tally(ok=96, ng=3, not_decidable=1)
    assert (tally.parts, tally.rejected, tally.yield_share) == (100, 4, 0.96)
    assert tally.yield_interval.low == pytest.approx(0.9016, abs=5e-5)
    assert Tally().yield_share is None
    assert tally + Tally(ng=1) == Tally(96, 4, 1)


def test_slots_are_put_into_longer_ones_without_a_gap() -> None:
    start = _utc("2026-01-15T06:00:00+00:00")
    fives = [
        Span(start + timedelta(minutes=at), Tally(ok=ok)) for at, ok in ((0, 3), (5, 4), (40, 2), (-5, 9), (90, 9))
    ]
    found = regular(fives, start, start + timedelta(minutes=50), 15)
    assert [span.tally.ok for span in found] == [7, 0, 2, 0]
    assert [span.start - start for span in found] == [timedelta(minutes=at) for at in (0, 15, 30, 45)]
    assert total(found) == Tally(ok=9)
    assert subgroups(found)[0] == Subgroup(7, 0)
    assert len(regular([], start, start, 15)) == 1


@given(st.integers(0, 24 * 60))
def test_subgroups_are_as_short_as_can_be_read(minutes: int) -> None:
    start = _utc("2026-01-15T06:00:00+00:00")
    length = subgroup_minutes(start, start + timedelta(minutes=minutes))
    assert minutes <= length * MOST_SUBGROUPS
    shorter = [one for one in SUBGROUP_MINUTES if one < length]
    assert all(minutes > one * MOST_SUBGROUPS for one in shorter)


def test_the_pace_is_known_after_a_minute() -> None:
    start = _utc("2026-01-15T06:00:00+00:00")
    assert parts_an_hour(5, start, start + timedelta(seconds=59)) is None
    assert parts_an_hour(300, start, start + timedelta(minutes=90)) == pytest.approx(200)


def test_pareto_has_the_most_first_and_the_rest_last() -> None:
    bars = pareto({"dent": 20, "scratch": 60, "burr": 10, "pit": 0, "stain": 10}, most=3)
    assert bars == (
        ParetoBar("scratch", 60, 0.6, 0.6),
        ParetoBar("dent", 20, 0.2, 0.8),
        ParetoBar(None, 20, 0.2, 1.0),
    )
    assert pareto({}) == ()


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.integers(0, 1000), max_size=20), st.integers(1, 9))
def test_pareto_loses_no_part(counts: Mapping[str, int], most: int) -> None:
    bars = pareto(counts, most)
    assert sum(bar.parts for bar in bars) == sum(counts.values())
    assert len(bars) <= most
    named = [bar for bar in bars if bar.name is not None]
    assert all(first.parts >= second.parts for first, second in pairwise(named))
    assert not bars or bars[-1].cumulative == pytest.approx(1.0)


def test_agreement_tells_misses_from_false_alarms() -> None:
    agreement = Agreement({(OK, NG): 2, (NG, OK): 3, (NG, NG): 40, (OK, OK): 5, (ND, OK): 7, (ND, NG): 1})
    assert (agreement.overruled_ok, agreement.overruled_ng) == (2, 3)
    assert (agreement.disagreements, agreement.decided_by_both) == (5, 50)
    assert agreement.of(ND, OK) == 7
    assert agreement.disagreement_interval.low == pytest.approx(0.0435, abs=5e-4)
