"""ISO 2859-1: code letters, plans with their arrows, and the switching rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.quality.sampling import (
    AQLS,
    LETTERS,
    Level,
    Plan,
    Scheme,
    Severity,
    Switching,
    after_action,
    code_letter,
    sampling_plan,
)

NORMAL, TIGHTENED, REDUCED, STOPPED = Severity.NORMAL, Severity.TIGHTENED, Severity.REDUCED, Severity.STOPPED


@pytest.mark.parametrize(
    ("lot", "level", "letter"),
    [
        (2, Level.II, "A"),
        (8, Level.III, "B"),
        (9, Level.II, "B"),
        (500, Level.II, "H"),
        (501, Level.II, "J"),
        (1200, Level.II, "J"),
        (1201, Level.II, "K"),
        (3200, Level.I, "H"),
        (10_000, Level.S4, "G"),
        (500_001, Level.II, "Q"),
        (500_001, Level.III, "R"),
        (500_001, Level.S1, "D"),
    ],
)
def test_code_letters(lot: int, level: Level, letter: str) -> None:
    assert code_letter(lot, level) == letter


def test_a_single_item_is_no_lot() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        code_letter(1)


@pytest.mark.parametrize(
    ("letter", "aql", "severity", "plan"),
    [
        # The tables as MIL-STD-105E and ANSI/ASQ Z1.4 print them too.
        ("J", 1.0, NORMAL, Plan(80, 2, 3)),
        ("K", 1.0, NORMAL, Plan(125, 3, 4)),
        ("L", 2.5, NORMAL, Plan(200, 10, 11)),
        ("J", 0.15, NORMAL, Plan(80, 0, 1)),
        ("J", 0.25, NORMAL, Plan(50, 0, 1)),  # the arrow points up
        ("J", 0.40, NORMAL, Plan(125, 1, 2)),  # down
        ("A", 10.0, NORMAL, Plan(5, 1, 2)),  # up out of the table, so down
        ("R", 0.015, NORMAL, Plan(800, 0, 1)),  # down out of the table, so up
        ("F", 100.0, NORMAL, Plan(13, 21, 22)),
        ("E", 250.0, NORMAL, Plan(13, 44, 45)),
        ("A", 1000.0, NORMAL, Plan(2, 30, 31)),
        ("J", 1.0, TIGHTENED, Plan(80, 1, 2)),
        ("K", 2.5, TIGHTENED, Plan(125, 5, 6)),
        ("H", 0.65, TIGHTENED, Plan(125, 1, 2)),  # both arrows point down here
        ("A", 10.0, TIGHTENED, Plan(8, 1, 2)),
        ("R", 0.025, TIGHTENED, Plan(3150, 1, 2)),  # the letter S
        ("J", 1.0, REDUCED, Plan(32, 1, 3)),
        ("E", 6.5, REDUCED, Plan(5, 1, 3)),
        ("B", 40.0, REDUCED, Plan(2, 2, 4)),
        ("A", 25.0, REDUCED, Plan(2, 1, 2)),
        ("R", 0.010, REDUCED, Plan(500, 0, 1)),
    ],
)
def test_plans(letter: str, aql: float, severity: Severity, plan: Plan) -> None:
    assert sampling_plan(letter, aql, severity) == plan


@pytest.mark.parametrize(
    ("letter", "aql", "severity", "why"),
    [("I", 1.0, NORMAL, "no code letter"), ("J", 1.1, NORMAL, "no AQL"), ("J", 1.0, STOPPED, "stopped")],
)
def test_what_is_in_no_table(letter: str, aql: float, severity: Severity, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        sampling_plan(letter, aql, severity)


@pytest.mark.parametrize("severity", [NORMAL, TIGHTENED, REDUCED])
def test_every_cell_leads_to_a_plan_and_a_laxer_aql_never_to_a_stricter_one(severity: Severity) -> None:
    for letter in LETTERS[:-1]:
        shares = [plan.accept / plan.size for plan in (sampling_plan(letter, aql, severity) for aql in AQLS)]
        assert shares == sorted(shares)


def test_a_small_lot_is_looked_at_as_a_whole() -> None:
    assert Scheme(0.65).plan(10, NORMAL) == Plan(10, 0, 1)


# Switching: lots of 1000 at AQL 1.0, so 80 items; normal 2/3, tightened 1/2, reduced 32 with 1/3.
SCHEME = Scheme(1.0, may_reduce=True)


def _run(found: list[int], scheme: Scheme = SCHEME, state: Switching | None = None) -> Switching:
    state = state or Switching()
    for nonconforming in found:
        state = scheme.judge(1000, nonconforming, state).then
    return state


@pytest.mark.parametrize(
    ("found", "severity"),
    [
        ([3], NORMAL),
        ([3, 3], TIGHTENED),
        ([3, 0, 0, 0, 3], TIGHTENED),
        ([3, 0, 0, 0, 0, 3], NORMAL),
        ([3, 3, 0, 0, 0, 0], TIGHTENED),
        ([3, 3, 0, 0, 0, 0, 1], NORMAL),
        ([3, 3, 0, 0, 2, 0, 0, 0, 0], TIGHTENED),
        ([3, 3, 2, 0, 2, 0, 2, 0, 2, 0], TIGHTENED),
        ([3, 3, 2, 0, 2, 0, 2, 0, 2, 0, 2], STOPPED),
        ([0] * 9, NORMAL),
        ([0] * 10, REDUCED),
        ([0] * 9 + [2] + [0] * 9, NORMAL),
        ([0] * 10 + [1] * 20, REDUCED),
        ([0] * 10 + [2], NORMAL),
        ([0] * 10 + [3], NORMAL),
    ],
)
def test_switching(found: list[int], severity: Severity) -> None:
    assert _run(found).severity is severity


def test_a_lot_in_the_gap_of_a_reduced_plan_is_accepted() -> None:
    reduced = Switching(REDUCED)
    assert SCHEME.judge(1000, 2, reduced).accepted
    assert not SCHEME.judge(1000, 3, reduced).accepted


def test_a_score_of_two_a_lot_where_the_plan_accepts_one_at_most() -> None:
    """AQL 0.15 has 80 and 0/1: fifteen accepted lots make 30."""
    scheme = Scheme(0.15, may_reduce=True)
    assert _run([0] * 14, scheme).score == 28
    assert _run([0] * 15, scheme).severity is REDUCED


def test_three_points_need_a_lot_that_one_aql_less_would_accept() -> None:
    assert _run([1]).score == 3
    assert _run([1, 2]).score == 0


def test_reduced_inspection_is_never_a_must() -> None:
    assert _run([0] * 40, Scheme(1.0)).severity is NORMAL


def test_inspection_that_was_stopped_begins_again_tightened() -> None:
    stopped = Switching(STOPPED)
    with pytest.raises(ValueError, match="stopped"):
        SCHEME.judge(1000, 0, stopped)
    assert after_action(stopped).severity is TIGHTENED
    assert after_action(Switching()) == Switching()


@given(st.lists(st.integers(0, 5), max_size=60))
def test_the_machine_never_loses_its_way(found: list[int]) -> None:
    state = Switching()
    for nonconforming in found:
        if state.severity is STOPPED:
            break
        decision = SCHEME.judge(1000, nonconforming, state)
        assert decision.accepted == (nonconforming < decision.plan.reject)
        if state.severity is NORMAL:
            assert decision.then.severity is not STOPPED
        if state.severity is TIGHTENED:
            assert decision.then.severity is not REDUCED
        state = decision.then
        assert len(state.recent) <= 5
