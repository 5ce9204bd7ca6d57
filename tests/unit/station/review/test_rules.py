import itertools
from uuid import UUID

import pytest

from station.line.inspection import VerdictKind
from station.review.queue import Outcome, Stage
from station.review.rules import ReviewRules, Said, Scheme, drawn, stage_after

OK, NG = VerdictKind.OK, VerdictKind.NG


def word(name: str, verdict: VerdictKind | None, stage: Stage = Stage.FIRST) -> Said:
    outcome = Outcome.REWORK if verdict is None else Outcome.ACCEPT
    return Said(name, outcome, verdict, stage)


@pytest.mark.parametrize(
    ("said", "wanted", "stage", "verdict"),
    [
        ([], 1, Stage.FIRST, None),
        ([word("Ann", NG)], 1, Stage.DONE, NG),
        ([word("Ann", NG)], 2, Stage.SECOND, None),
        ([word("Ann", NG), word("Ben", NG)], 2, Stage.DONE, NG),
        ([word("Ann", NG), word("Ben", OK)], 2, Stage.ADJUDICATION, None),
        ([word("Ann", OK), word("Ben", OK)], 3, Stage.SECOND, None),
        ([word("Ann", OK), word("Ben", OK), word("Cid", OK)], 3, Stage.DONE, OK),
        ([word("Ann", OK), word("Ben", NG)], 3, Stage.ADJUDICATION, None),
        ([word("Ann", OK), word("Ben", NG), word("Cid", OK, Stage.ADJUDICATION)], 2, Stage.DONE, OK),
        ([word("Ann", NG), word("Ben", None)], 2, Stage.REWORK, None),
    ],
)
def test_what_a_part_waits_for(said: list[Said], wanted: int, stage: Stage, verdict: VerdictKind | None) -> None:
    assert stage_after(said, wanted) == (stage, verdict)


def test_nobody_but_an_adjudicator_ends_a_difference() -> None:
    for kinds in itertools.product((OK, NG), repeat=4):
        said = [word(f"person {number}", kind) for number, kind in enumerate(kinds)]
        expected = Stage.DONE if len(set(kinds)) == 1 else Stage.ADJUDICATION
        assert stage_after(said, 4)[0] is expected


def test_the_sample_has_its_share_and_is_always_the_same() -> None:
    uids = [UUID(int=number) for number in range(20_000)]
    rules = ReviewRules(audit_share=0.015)
    sample = {uid for uid in uids if rules.audits(uid)}
    assert 230 < len(sample) < 370, "300 of 20,000, within four standard deviations"
    assert sample == {uid for uid in uids if ReviewRules(audit_share=0.015).audits(uid)}
    assert sample != {uid for uid in uids if ReviewRules(audit_share=0.015, seed=2).audits(uid)}
    assert not any(ReviewRules(audit_share=0).audits(uid) for uid in uids)
    assert all(drawn(uid, 1.0, "any") for uid in uids)


def test_how_many_people_a_part_takes() -> None:
    uids = [UUID(int=number) for number in range(2000)]
    assert {ReviewRules().opinions_wanted(uid) for uid in uids} == {1}
    assert {ReviewRules(scheme=Scheme.CONSENSUS, reviewers=3).opinions_wanted(uid) for uid in uids} == {3}
    half = ReviewRules(scheme=Scheme.SECOND_PASS, second_share=0.5)
    assert 900 < sum(half.opinions_wanted(uid) == 2 for uid in uids) < 1100


def test_who_decides_where_reviewers_differ() -> None:
    assert ReviewRules().may_adjudicate("Ann")
    named = ReviewRules(adjudicators=frozenset({"Eve"}))
    assert named.may_adjudicate("Eve")
    assert not named.may_adjudicate("Ann")
