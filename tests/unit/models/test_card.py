import hashlib

import pytest

from models.card import FEWEST, CardPart, Limits, ModelCard, limits_at_cost, suspects


def parts(good: list[float], bad: list[float]) -> list[CardPart]:
    return [
        CardPart(
            picture=hashlib.sha256(repr((is_good, number)).encode()).hexdigest(), part=None, good=is_good, score=score
        )
        for is_good, scores in ((True, good), (False, bad))
        for number, score in enumerate(scores)
    ]


GOOD, BAD = [0.1 * number for number in range(1, 11)], [2.0 + 0.1 * number for number in range(10)]


def test_a_cost_chooses_only_where_enough_is_known() -> None:
    assert limits_at_cost(parts(GOOD, BAD), 0.5, 0.7, None) == Limits(0.5, 0.7, None)
    assert limits_at_cost(parts(GOOD, BAD[: FEWEST - 1]), 0.5, 0.7, 10.0) == Limits(0.5, 0.7, None)
    found = limits_at_cost(parts(GOOD, BAD), 0.5, 0.7, 10.0)
    assert found.low == found.high == found.cheapest == pytest.approx(1.5), (
        "half way between the kinds; high goes along"
    )
    assert limits_at_cost(parts(GOOD, BAD), 0.5, 3.0, 10.0).high == 3.0


def test_a_higher_cost_never_misses_more() -> None:
    known = parts([*GOOD, 2.35, 2.55], [*BAD, 0.35])
    low = [limits_at_cost(known, 0.0, 0.0, cost).low for cost in (0.01, 0.5, 1.0, 3.0, 100.0)]
    missed = [sum(not part.good and part.score < limit for part in known) for limit in low]
    assert missed == sorted(missed, reverse=True)
    assert (missed[0], missed[-1]) == (7, 0), "four lie above every good part: to find them costs nothing"


def test_suspects_score_as_the_other_kind_does() -> None:
    assert suspects(parts(GOOD, BAD)) == ()
    known = parts([*GOOD, 9.0, 1.9], [*BAD, 0.05])
    assert [(known[number].good, known[number].score) for number in suspects(known)] == [(True, 9.0), (False, 0.05)]
    assert suspects(parts([*GOOD, 9.0], [*BAD[:5], 0.05])) == (), "too few to say"
    assert suspects(parts(BAD, GOOD)) == (), "a model that has it the wrong way round has no say"


def test_a_card_is_read_as_it_was_written() -> None:
    card = ModelCard(
        how="each by the others",
        low=1.0,
        high=2.0,
        of_recipe=False,
        missed_cost=5.0,
        cheapest=1.0,
        parts=tuple(parts(GOOD, BAD)),
        suspects=(3,),
    )
    assert ModelCard.model_validate_json(card.to_json()) == card
    assert (card.scores(good=True), card.scores(good=False)) == (GOOD, BAD)
