"""What opinions say of those who hold them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from station.line.inspection import VerdictKind
from station.quality.attribute_study import Trial
from station.quality.people import pace, people_figures
from station.review.queue import Opinion, OpinionBy, Stage, Why

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
OK, NG, ND = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
MODEL, OPERATOR, QA, REFERENCE = OpinionBy.MODEL, OpinionBy.OPERATOR, OpinionBy.QA, OpinionBy.REFERENCE


def _said(
    part: int, who: str, by: OpinionBy, verdict: VerdictKind | None, *, at: float = 0, why: tuple[Why, ...] = ()
) -> Opinion:
    stage = Stage.FIRST if by is QA else None
    time = START + timedelta(minutes=at)
    return Opinion(UUID(int=part), "" if verdict else "top", who, by, verdict, (), time, 1, stage, why)


@pytest.mark.parametrize(
    ("minutes", "an_hour"),
    [
        ([], None),
        ([0], None),
        ([0, 0.5], None),
        ([0, 1, 2, 3], 60.0),
        ([3, 0, 2, 1], 60.0),
        ([0, 1, 2, 62, 63, 64], 60.0),
    ],
)
def test_pace_leaves_out_long_pauses(minutes: list[float], an_hour: float | None) -> None:
    assert pace([START + timedelta(minutes=minute) for minute in minutes]) == an_hour


def test_what_each_person_did() -> None:
    said = [
        *(_said(part, "Ann", OPERATOR, NG, at=part) for part in range(10)),
        *(_said(part, "Eva", QA, NG if part < 7 else OK, at=part) for part in range(8)),
        _said(3, "Ann", OPERATOR, None, at=10),
    ]
    ann, eva = people_figures(sorted(said, key=lambda one: one.uid.int), {}).workers
    assert (ann.who, ann.verdicts, ann.outlines) == ("Ann", 10, 1)
    assert (ann.upheld.count, ann.upheld.of) == (7, 8)
    assert (eva.verdicts, eva.upheld.of) == (8, 0)
    assert ann.an_hour == pytest.approx(60.0)


def test_agreement_is_that_of_people_and_models_stand_beside() -> None:
    said = []
    for part in range(30):
        said += [
            _said(part, "plate/3", MODEL, ND),
            _said(part, "Ann", QA, NG if part < 10 else OK),
            _said(part, "Bob", QA, NG if part < 8 else OK),
        ]
    figures = people_figures(said, {})
    assert figures.parts == 30
    pairs = {(pair.first, pair.second): pair for pair in figures.pairs}
    assert set(pairs) == {("Ann", "Bob"), ("plate/3", "Ann"), ("plate/3", "Bob")}
    assert (pairs["Ann", "Bob"].same.count, pairs["plate/3", "Ann"].same.count) == (28, 0)
    kappa = pairs["Ann", "Bob"].kappa
    assert kappa is not None
    assert kappa.value == pytest.approx((28 / 30 - (10 * 8 + 20 * 22) / 900) / (1 - (10 * 8 + 20 * 22) / 900))
    assert figures.fleiss is not None
    assert figures.alpha is not None


def test_the_known_answer_and_the_virtual_truth_are_references_and_no_opinions() -> None:
    said = [
        _said(1, "golden", REFERENCE, NG),
        _said(1, "Ann", OPERATOR, OK),
        _said(1, "Eva", QA, NG),  # who made it golden
        _said(2, "Ann", OPERATOR, NG),
        _said(3, "Ann", OPERATOR, OK),
    ]
    known = people_figures(said, {UUID(int=2): False}).known
    (ann,) = known.appraisers
    assert (known.parts, known.bad) == (2, 1)
    assert (ann.missed.count, ann.missed.of, ann.false_alarms.count, ann.false_alarms.of) == (1, 1, 1, 1)


def test_answers_to_golden_parts_count_each_time_and_the_standing_one_not_again() -> None:
    part = UUID(int=1)
    again = [Trial(part, "Ann", bad, is_bad=True) for bad in (True, False, True)]
    said = [_said(1, "golden", REFERENCE, NG), _said(1, "Ann", QA, NG)]
    (ann,) = people_figures(said, {}, again).known.appraisers
    assert (ann.trials, ann.missed.count, ann.repeated.count, ann.repeated.of) == (3, 1, 0, 1)


def test_not_decidable_is_no_answer_to_a_known_part() -> None:
    (ann,) = people_figures([_said(1, "Ann", QA, OK)], {UUID(int=1): True}).known.appraisers
    said = [_said(1, "plate/3", MODEL, ND), _said(1, "Ann", QA, OK)]
    assert people_figures(said, {UUID(int=1): True}).known.appraisers == (ann,)


def test_escapes_come_from_audited_parts_that_passed() -> None:
    said = []
    for part in range(40):
        said.append(_said(part, "plate/3", MODEL, OK if part < 30 else NG, why=(Why.AUDIT,)))
        said.append(_said(part, "Eva", QA, NG if part % 10 == 0 else OK, why=(Why.AUDIT,) if part >= 10 else ()))
    escapes = people_figures(said, {}, passed=3000).escapes
    assert (escapes.passed, escapes.audited, escapes.found) == (3000, 20, 2)
    assert escapes.escaped is not None
    number, bounds = escapes.escaped
    assert number == pytest.approx(300)
    assert bounds.low < 300 < bounds.high


def test_an_audited_part_counts_once_however_many_look_at_it() -> None:
    said = [
        _said(1, "plate/3", MODEL, OK),
        _said(1, "Eva", QA, OK, why=(Why.AUDIT,)),
        _said(1, "Ida", QA, NG, why=(Why.AUDIT,)),
    ]
    escapes = people_figures(said, {}).escapes
    assert (escapes.audited, escapes.found) == (1, 1)


def test_nobody_said_anything() -> None:
    figures = people_figures([], {})
    assert (figures.workers, figures.pairs, figures.fleiss, figures.escapes.escaped) == ((), (), None, None)
