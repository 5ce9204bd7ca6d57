"""Simulated people err as often as they are said to, each by themselves and always alike."""

from uuid import UUID

import pytest

from station.demo.people import Habits
from station.line.inspection import VerdictKind
from station.quality.p_chart import wilson

PARTS = [UUID(int=number) for number in range(1, 3001)]
ANN = Habits("simulated-1", 0.2, 0.05)


def _wrong(habits: Habits, seed: int, *, bad: bool) -> set[UUID]:
    right = VerdictKind.NG if bad else VerdictKind.OK
    return {uid for uid in PARTS if habits.verdict(uid, seed, bad=bad) is not right}


@pytest.mark.parametrize(("bad", "rate"), [(True, 0.2), (False, 0.05)])
def test_rates_hold(bad: bool, rate: float) -> None:
    bounds = wilson(len(_wrong(ANN, 1, bad=bad)), len(PARTS))
    assert bounds.low <= rate <= bounds.high


def test_the_same_seed_errs_alike_and_another_person_or_seed_otherwise() -> None:
    wrong = _wrong(ANN, 1, bad=True)
    assert wrong == _wrong(ANN, 1, bad=True)
    other = _wrong(Habits("simulated-2", 0.2, 0.05), 1, bad=True)
    assert len(wrong & other) == pytest.approx(0.04 * len(PARTS), rel=0.35)
    assert wrong != _wrong(ANN, 2, bad=True)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_the_extremes(rate: float) -> None:
    assert len(_wrong(Habits("simulated-1", rate, rate), 1, bad=True)) == rate * len(PARTS)


@pytest.mark.parametrize(("name", "rate"), [("Ann", 0.1), ("simulated-1", 1.1), ("simulated-1", -0.1)])
def test_nobody_real_and_no_impossible_rate(name: str, rate: float) -> None:
    with pytest.raises(ValueError, match=r"simulated|between"):
        Habits(name, rate, 0.0)
