"""Lots that are accepted by the audited ones of their parts."""

import pytest

from station.quality.lots import JudgedLot, LotSample, judge_lots
from station.quality.sampling import Plan, Scheme, Severity

SCHEME = Scheme(1.0)
NORMAL, TIGHTENED, STOPPED = Severity.NORMAL, Severity.TIGHTENED, Severity.STOPPED


def _lot(bad: int, looked: int = 80, passed: int = 1000, name: str = "L1") -> LotSample:
    return LotSample(name, passed, (True,) * bad + (False,) * (looked - bad))


def _judged(*lots: LotSample) -> list[tuple[Severity, bool | None]]:
    return [(lot.severity, lot.accepted) for lot in judge_lots(lots, SCHEME)]


def test_a_lot_whose_sample_is_whole() -> None:
    (lot,) = judge_lots([_lot(2, looked=90)], SCHEME)
    assert lot == JudgedLot("L1", 1000, NORMAL, Plan(80, 2, 3), 80, 2, accepted=True)
    assert _judged(_lot(3)) == [(NORMAL, False)]


@pytest.mark.parametrize(("bad", "looked", "accepted"), [(0, 79, None), (2, 40, None), (3, 40, False), (0, 0, None)])
def test_an_unfinished_sample_rejects_as_soon_as_it_must(bad: int, looked: int, accepted: bool | None) -> None:
    assert _judged(_lot(bad, looked)) == [(NORMAL, accepted)]


def test_bad_parts_beyond_the_sample_are_not_in_it() -> None:
    beyond = LotSample("L1", 1000, (False,) * 80 + (True,) * 10)
    assert _judged(beyond) == [(NORMAL, True)]


def test_severity_goes_from_lot_to_lot_and_open_ones_move_nothing() -> None:
    assert _judged(_lot(3), _lot(0, 10), _lot(3), _lot(2)) == [
        (NORMAL, False),
        (NORMAL, None),
        (NORMAL, False),
        (TIGHTENED, False),
    ]


def test_after_the_stop_no_lot_is_judged() -> None:
    last = judge_lots([_lot(9)] * 9, SCHEME)[-1]
    assert (last.severity, last.plan, last.accepted) == (STOPPED, None, None)


def test_a_single_part_is_no_lot() -> None:
    assert judge_lots([_lot(0, 1, passed=1)], SCHEME)[0].plan is None
