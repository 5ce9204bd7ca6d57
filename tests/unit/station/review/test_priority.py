import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.review.priority import Judged, priority, rarity, uncertainty
from station.review.queue import Stage, Why

BAND = (0.4, 0.6)
NUMBERS = st.floats(0, 10, allow_nan=False)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (Judged(0.5, *BAND), 1.0),
        (Judged(0.4, *BAND), 1.0),
        (Judged(0.8, *BAND), 0.5),
        (Judged(0.2, *BAND), 0.5),
        (Judged(None, *BAND), 0.5),
        (Judged(0.9, None, None), 0.5),
        (Judged(0.4, 0.4, 0.4), 1.0),
        (Judged(0.5, 0.4, 0.4), 0.5),
        (Judged(0.0, 0.0, 0.0), 1.0),
        (Judged(1.0, 0.0, 0.0), 0.0),
    ],
)
def test_uncertainty(view: Judged, expected: float) -> None:
    assert uncertainty(view) == pytest.approx(expected)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_who_is_farther_from_the_thresholds_is_less_uncertain(
    score: float, more: float, low: float, width: float
) -> None:
    near, far = (uncertainty(Judged(low + width + off, low, low + width)) for off in (score, score + more))
    assert 0 <= far <= near <= 1


def test_the_rarest_class_counts() -> None:
    assert rarity([]) == 0
    assert rarity([0]) == 1
    assert rarity([20]) == 0.5
    assert rarity([1000, 20]) == 0.5


def test_priority_is_what_it_is_said_to_be() -> None:
    sure, torn = Judged(5.0, *BAND), Judged(0.5, *BAND)
    assert priority([torn], [0], frozenset({Why.NG}), Stage.FIRST) == 1000
    assert priority([torn], [], frozenset({Why.NG}), Stage.FIRST) == 600
    assert priority([sure, torn], [], frozenset({Why.NG}), Stage.FIRST) == 600, "the most doubtful view"
    assert priority([sure], [], frozenset({Why.DISAGREEMENT}), Stage.FIRST) == 600
    assert priority([sure], [], frozenset({Why.AUDIT}), Stage.FIRST) == 500
    assert priority([torn], [20], frozenset({Why.NG}), Stage.ADJUDICATION) == 1800
    assert priority([], [], frozenset(), Stage.FIRST) == 300
