"""Who has what, what is said and what becomes of it; over a real journal with a clock that the test moves."""

import contextlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import apsw
import pytest
from reviewed_journal import ND, NG, OK, QUIET, Desk, refusal

from labeling.annotation import Annotation
from station.journal.errors import Refusal, RefusedError
from station.journal.lending import Wanted
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.journal.review_rows import refresh
from station.journal.reviewing import Effect, Word
from station.journal.store import Journal
from station.journal.verify import verify
from station.line.inspection import Author, Inspection, Verdict, VerdictKind, View
from station.review.queue import Outcome, QueueFilter, Reason, Stage, Why
from station.review.rules import ReviewRules, Scheme


@pytest.fixture
def open_desk(
    data_dir: Path,
    key_path: Path,
    clock: Callable[[], object],
    make_part: Callable[..., Inspection],
    make_view: Callable[..., View],
) -> Iterator[Callable[..., Desk]]:
    journals: list[Journal] = []

    def make(**rules: object) -> Desk:
        journal = Journal.open(
            data_dir,
            audit_key_path=key_path,
            now=clock,  # type: ignore[arg-type]
            review=ReviewRules(**(QUIET | rules)),  # type: ignore[arg-type]
        )
        journals.append(journal)
        return Desk(journal, data_dir, key_path, make_part, make_view, clock)

    yield make
    for journal in journals:
        journal.close()
    if data_dir.exists():
        assert verify(data_dir, key_path).audit.ok


# Who has what ---------------------------------------------------------------------------------------------------------


def test_a_part_is_with_one_reviewer_until_the_lease_ends(
    open_desk: Callable[..., Desk], advance: Callable[[float], None]
) -> None:
    desk = open_desk(lease=timedelta(seconds=60))
    first, second = desk.part(), desk.part()
    assert [item.uid for item in desk.take("Ann", first, second, n=1)] == [first]
    assert [item.uid for item in desk.take("Ben", first, second, n=1)] == [second]
    assert desk.take("Cid", first, second) == []
    assert refusal(lambda: desk.say("Ben", first)) is Refusal.NOT_NOW
    advance(50)
    desk.take("Ann", first)  # looking at it
    advance(50)
    assert [item.uid for item in desk.take("Cid", first, second)] == [second], "Ben is gone, Ann is not"
    advance(61)
    assert {item.uid for item in desk.take("Ben", first, second)} == {first, second}
    assert desk.say("Ben", first).stage is Stage.DONE


def test_what_one_has_comes_first_and_is_given_back(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    parts = [desk.part() for _ in range(4)]
    assert len(desk.take("Ann", *parts, n=2)) == 2
    again = desk.take("Ann", *reversed(parts), n=3)
    assert {item.uid for item in again} == {parts[0], parts[1], parts[3]}
    assert {item.leased_by for item in again} == {"Ann"}
    desk.journal.release("Ann", (parts[0],), key=uuid4(), answer="")
    assert [item.uid for item in desk.take("Ben", *parts)] == [parts[0], parts[2]]
    desk.journal.release("Ann", (), key=uuid4(), answer="")
    assert {item.uid for item in desk.take("Cid", *parts)} == {parts[1], parts[3]}


def test_the_same_command_lends_once(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    parts, key = [desk.part() for _ in range(3)], uuid4()
    text = desk.journal.take(Wanted("Ann", tuple(parts), 1), key=key, answer=lambda items, _: str(items[0].uid))
    assert desk.journal.take(Wanted("Ann", tuple(parts), 3), key=key, answer=lambda *_: "another") == text
    assert len(desk.take("Ben", *parts)) == 2


# Stages ---------------------------------------------------------------------------------------------------------------


def test_one_reviewer_decides_and_the_part_leaves_the_queue(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    stays, wrong = desk.part(), desk.part()
    assert set(desk.queue()) == {stays, wrong}
    effect = desk.say("Ann", stays)
    assert (effect.stage, effect.verdict and effect.verdict.kind, effect.shown) == (Stage.DONE, NG, NG)
    assert desk.say("Ann", wrong, Outcome.REJECT).verdict is not None
    assert (desk.verdict(stays).kind, desk.verdict(stays).by, desk.verdict(stays).author) == (NG, Author.QA, "Ann")
    assert desk.verdict(stays).reason == "reason 1", "an accepted judgement keeps its reason"
    assert desk.verdict(wrong).kind is OK
    assert desk.queue() == []
    assert set(desk.queue(QueueFilter(stage=Stage.DONE))) == {stays, wrong}
    assert refusal(lambda: desk.say("Ben", wrong, seen=OK)) is Refusal.SUPERSEDED
    assert [word.reviewer for word in _reviews(desk, wrong)] == ["Ann"]


def test_the_second_pass_is_blind_and_somebody_elses(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(scheme=Scheme.SECOND_PASS)
    part = desk.part()
    assert desk.say("Ann", part, Outcome.REJECT) == Effect(Stage.SECOND)
    item = desk.item(part)
    assert item is not None
    assert (item.verdict, item.by, item.stage) == (NG, Author.RULES, Stage.SECOND), "nothing of what Ann said"
    assert Why.SECOND_OPINION in item.whys
    assert desk.take("Ann", part) == []
    assert refusal(lambda: desk.say("Ann", part)) is Refusal.NOT_ALLOWED
    assert len(desk.take("Ben", part)) == 1
    assert desk.say("Ben", part, Outcome.REJECT).stage is Stage.DONE
    assert (desk.verdict(part).kind, desk.verdict(part).author) == (OK, "Ben")


def test_where_reviewers_differ_a_third_decides(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(scheme=Scheme.CONSENSUS, reviewers=2, adjudicators=frozenset({"Eve", "Ann"}))
    plain, part = desk.part(), desk.part()
    desk.say("Ann", part)
    assert desk.say("Ben", part, Outcome.REJECT).stage is Stage.ADJUDICATION
    assert desk.queue()[0] == part, "two people's work comes first"
    assert Why.DISAGREEMENT in (desk.item(part) or pytest.fail("not there")).whys
    assert refusal(lambda: desk.say("Cid", part)) is Refusal.SUPERSEDED
    assert refusal(lambda: desk.decide("Cid", part, OK)) is Refusal.NOT_ALLOWED
    assert refusal(lambda: desk.decide("Ann", part, NG)) is Refusal.NOT_ALLOWED, "one of those who differ"
    assert refusal(lambda: desk.decide("Eve", plain, NG)) is Refusal.SUPERSEDED
    assert desk.take("Cid", part) == []
    assert len(desk.take("Eve", part)) == 1
    assert desk.decide("Eve", part, OK).verdict is not None
    assert (desk.stage(part), desk.verdict(part).kind) == (Stage.DONE, OK)


def test_rework_waits_for_better_labels_and_begins_anew(
    open_desk: Callable[..., Desk], clock: Callable[[], object]
) -> None:
    desk = open_desk(scheme=Scheme.SECOND_PASS)
    part = desk.part()
    desk.say("Ann", part)
    assert refusal(lambda: desk.say("Ben", part, Outcome.REWORK)) is Refusal.BAD_VALUE, "without a reason"
    assert desk.say("Ben", part, Outcome.REWORK, reasons=(Reason.LOOSE, Reason.MISSED)).stage is Stage.REWORK
    assert refusal(lambda: desk.say("Cid", part)) is Refusal.NOT_NOW
    assert desk.queue() == [part]
    annotation = Annotation(uuid4(), None, "Mia", clock(), (32, 24), (), ("dent",))  # type: ignore[arg-type]
    desk.journal.annotate(part, "top", None, annotation)
    assert desk.stage(part) is Stage.FIRST
    assert desk.say("Ann", part).stage is Stage.SECOND, "what was said of the old labels does not count"
    assert desk.say("Ben", part).stage is Stage.DONE
    assert [word.reasons for word in _reviews(desk, part)] == [(), (Reason.LOOSE, Reason.MISSED), (), ()]


def test_what_qa_decides_elsewhere_is_reviewed(open_desk: Callable[..., Desk], person_verdict: Verdict) -> None:
    desk = open_desk()
    part = desk.part(ND)
    desk.journal.give_verdict(part, person_verdict, ND)
    assert (desk.stage(part), desk.queue()) == (Stage.DONE, [])


def test_a_label_in_doubt_is_reviewed_once_more_whoever_said_it(
    open_desk: Callable[..., Desk], person_verdict: Verdict
) -> None:
    desk = open_desk()
    passed, reviewed, decided, waits = (desk.part(kind) for kind in (OK, NG, ND, NG))
    desk.say("Ann", reviewed)
    desk.journal.give_verdict(decided, person_verdict, ND)
    assert desk.queue() == [waits]
    every = (passed, reviewed, decided, waits)
    assert desk.journal.doubt(every, "plate@2", "Eli") == every
    doubted = QueueFilter(whys=(Why.DOUBTED,))
    assert set(desk.queue(doubted)) == set(desk.queue()) == set(every)
    assert {desk.stage(uid) for uid in every} == {Stage.FIRST}
    assert desk.verdict(reviewed).author == "Ann", "a doubt changes no verdict"
    assert refusal(lambda: desk.undo("Ann", reviewed)) is Refusal.SUPERSEDED
    assert desk.say("Ann", reviewed, Outcome.REJECT).stage is Stage.DONE
    assert (desk.verdict(reviewed).kind, desk.say("Ben", passed, seen=OK).stage) == (OK, Stage.DONE)
    assert desk.journal.doubt(every, "plate@3", "Eli") == (), "a person's word ends the doubt"
    assert set(desk.queue(doubted)) == {decided, waits}
    rows = desk.journal._connection.execute("SELECT details FROM audit WHERE event = 'labels-doubted'").fetchall()
    (details,) = (json.loads(text) for (text,) in rows)
    assert (details["author"], details["model"], details["parts"].split()) == ("Eli", "plate@2", list(map(str, every)))
    assert refusal(lambda: desk.journal.doubt((UUID(int=9),), "plate@3", "Eli")) is Refusal.NO_SUCH_PART


def test_what_qa_decides_elsewhere_after_a_doubt_ends_it(
    open_desk: Callable[..., Desk], person_verdict: Verdict
) -> None:
    desk = open_desk()
    part = desk.part(ND)
    desk.journal.give_verdict(part, person_verdict, ND)
    desk.journal.doubt((part,), "plate@2", "Eli")
    assert desk.stage(part) is Stage.FIRST, "the doubt is about that verdict"
    operator = replace(person_verdict, kind=OK, by=Author.OPERATOR, author="Omar")
    desk.journal.give_verdict(part, operator, person_verdict.kind, may_supersede=True)
    assert desk.stage(part) is Stage.FIRST, "QA is asked, not an operator"
    desk.journal.give_verdict(part, person_verdict, OK, may_supersede=True)
    assert (desk.stage(part), desk.queue()) == (Stage.DONE, [])
    assert desk.queue(QueueFilter(whys=(Why.DOUBTED,), stage=Stage.DONE)) == [part]
    assert desk.journal.doubt((part,), "plate@3", "Eli") == ()


def test_an_operator_who_opposes_the_model_brings_a_part_into_the_queue(
    open_desk: Callable[..., Desk], clock: Callable[[], object]
) -> None:
    desk = open_desk()
    part = desk.part(OK)
    assert desk.item(part) is None
    verdict = Verdict(NG, Author.OPERATOR, "a dent", clock(), "Mia")  # type: ignore[arg-type]
    desk.journal.give_verdict(part, verdict, OK)
    item = desk.item(part)
    assert item is not None
    assert set(item.whys) == {Why.NG, Why.DISAGREEMENT}
    assert desk.queue(QueueFilter(operator="Mia")) == [part]


@pytest.mark.parametrize(
    ("outcome", "seen", "verdict", "expected"),
    [
        (Outcome.ACCEPT, NG, None, NG),
        (Outcome.REJECT, NG, None, OK),
        (Outcome.REJECT, ND, NG, NG),
        (Outcome.ACCEPT, ND, OK, OK),
        (Outcome.ACCEPT, ND, None, Refusal.BAD_VALUE),
        (Outcome.REJECT, ND, None, Refusal.BAD_VALUE),
        (Outcome.ACCEPT, NG, OK, Refusal.BAD_VALUE),
        (Outcome.REJECT, NG, NG, Refusal.BAD_VALUE),
        (Outcome.REWORK, NG, OK, Refusal.BAD_VALUE),
        (Outcome.ACCEPT, OK, None, Refusal.SUPERSEDED),
    ],
)
def test_what_a_word_means(
    open_desk: Callable[..., Desk],
    outcome: Outcome,
    seen: VerdictKind,
    verdict: VerdictKind | None,
    expected: VerdictKind | Refusal,
) -> None:
    desk = open_desk()
    part = desk.part(ND if seen is ND else NG)
    reasons = (Reason.LOOSE,) if outcome is Outcome.REWORK else ()
    if isinstance(expected, Refusal):
        assert refusal(lambda: desk.say("Ann", part, outcome, seen, verdict, reasons)) is expected
        assert (_reviews(desk, part), len(desk.journal.verdicts(part))) == ([], 1)
    else:
        effect = desk.say("Ann", part, outcome, seen, verdict, reasons)
        assert effect.verdict is not None
        assert effect.verdict.kind is expected


def test_what_nobody_saw_cannot_be_ok(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    part = desk.part(ND, image=None, preview=None)
    assert refusal(lambda: desk.say("Ann", part, Outcome.REJECT, ND, OK)) is Refusal.BAD_VALUE
    assert desk.say("Ann", part, Outcome.REJECT, ND, NG).stage is Stage.DONE


# Undo -----------------------------------------------------------------------------------------------------------------


def test_undo_gives_verdict_queue_and_lease_back(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    part = desk.part()
    desk.say("Ann", part, Outcome.REJECT)
    assert [sample.label for sample in desk.journal.samples("plate")] == ["OK"]
    assert refusal(lambda: desk.undo("Ben", part)) is Refusal.SUPERSEDED
    effect = desk.undo("Ann", part)
    assert (effect.stage, effect.verdict and effect.verdict.kind) == (Stage.FIRST, NG)
    assert (desk.verdict(part).kind, desk.verdict(part).reason) == (NG, "reason 1")
    assert (desk.queue(), desk.take("Ben", part)) == ([part], [])
    assert desk.journal.samples("plate") == (), "no person says any longer what it shows"
    assert [word.undone for word in _reviews(desk, part)] == [True]
    assert refusal(lambda: desk.undo("Ann", part)) is Refusal.SUPERSEDED, "once"
    assert desk.say("Ann", part).stage is Stage.DONE


def test_after_somebody_elses_word_there_is_no_undo(
    open_desk: Callable[..., Desk], clock: Callable[[], object]
) -> None:
    desk = open_desk(scheme=Scheme.SECOND_PASS)
    part = desk.part()
    desk.say("Ann", part)
    desk.undo("Ann", part)
    desk.say("Ann", part)
    desk.say("Ben", part)
    assert refusal(lambda: desk.undo("Ann", part)) is Refusal.SUPERSEDED
    later = Verdict(OK, Author.QA, "looked again", clock(), "Eve")  # type: ignore[arg-type]
    desk.journal.give_verdict(part, later, NG, may_supersede=True)
    assert refusal(lambda: desk.undo("Ben", part)) is Refusal.SUPERSEDED


def test_the_same_command_has_one_effect(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    part, key = desk.part(), uuid4()
    word = Word("Ann", Outcome.ACCEPT, None, NG)
    first = desk.journal.review(part, word, key=key, answer=lambda effect: effect.stage.value)
    again = desk.journal.review(part, word, key=key, answer=lambda _: "another")
    assert (first.answer, again.answer, again.effect) == ("done", "done", None)
    assert len(_reviews(desk, part)) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews SET verdict = 'OK' WHERE id = 1",
        "UPDATE reviews SET reviewer = 'Ben', golden = 'NG' WHERE id = 2",
        "DELETE FROM review_undos",
        "INSERT INTO review_undos (id, time) VALUES (1, '2026-03-01T11:00:00.000000+00:00')",
    ],
)
def test_what_was_said_cannot_be_changed_unseen(open_desk: Callable[..., Desk], change: str) -> None:
    desk = open_desk()
    for part in (desk.part(), desk.part()):
        desk.say("Ann", part)
    desk.undo("Ann", part)
    assert verify(desk.data, desk.key_path).altered == 0
    connection = desk.journal._connection
    if not change.startswith("INSERT"):
        with pytest.raises(apsw.ConstraintError):
            connection.execute(change)
        for table in ("reviews", "review_undos"):
            for what in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {table}_no_{what}")
    connection.execute(change)
    assert verify(desk.data, desk.key_path).altered == 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_the_queue_says_what_the_records_say(
    open_desk: Callable[..., Desk], advance: Callable[[float], None], clock: Callable[[], object], seed: int
) -> None:
    """Some hundred commands at random, most of them refused; then every row of the queue is worked out anew."""
    chance = random.Random(seed)
    schemes = ({}, {"scheme": Scheme.SECOND_PASS, "second_share": 0.5}, {"scheme": Scheme.CONSENSUS, "reviewers": 3})
    desk = open_desk(**schemes[seed % 3], lease=timedelta(seconds=30))
    parts = [desk.part(chance.choice([NG, ND, OK])) for _ in range(6)]
    people, newest = ("Ann", "Ben", "Cid", "Eve"), dict.fromkeys(parts)

    def annotate(uid: UUID, who: str) -> None:
        made = Annotation(uuid4(), newest[uid], who, clock(), (32, 24), (), ("dent",))  # type: ignore[arg-type]
        desk.journal.annotate(uid, "top", newest[uid], made)
        newest[uid] = made.uid  # type: ignore[assignment]

    def give(uid: UUID, who: str) -> None:
        by = chance.choice([Author.OPERATOR, Author.QA])
        seen = desk.verdict(uid).kind
        desk.journal.give_verdict(uid, Verdict(chance.choice([OK, NG]), by, "", clock(), who), seen)  # type: ignore[arg-type]

    for _ in range(150):
        uid, who = chance.choice(parts), chance.choice(people)
        seen = desk.verdict(uid).kind
        outcome = chance.choice([Outcome.ACCEPT, Outcome.REJECT, Outcome.REJECT, Outcome.REWORK])
        verdict = chance.choice([OK, NG]) if seen is ND and outcome is not Outcome.REWORK else None
        steps: list[Callable[[], object]] = [
            lambda: desk.take(who, *parts, n=2),  # noqa: B023 - called in this turn
            lambda: desk.say(who, uid, outcome, seen, verdict, (Reason.LOOSE,)),  # noqa: B023
            lambda: desk.undo(who, uid),  # noqa: B023
            lambda: desk.decide(who, uid, chance.choice([OK, NG])),  # noqa: B023
            lambda: annotate(uid, who),  # noqa: B023
            lambda: give(uid, who),  # noqa: B023
            lambda: advance(20),
            lambda: desk.journal.doubt((uid,), "plate@2", who),  # noqa: B023
        ]
        with contextlib.suppress(RefusedError):
            chance.choices(steps, (3, 8, 2, 4, 1, 1, 3, 1))[0]()
    connection = desk.journal._connection
    queue = "SELECT * FROM review_queue ORDER BY part"
    terms = "SELECT open, term, count(*) FROM review_terms GROUP BY 1, 2 ORDER BY 1, 2"
    counts = "SELECT open, term, parts FROM review_counts WHERE parts > 0 ORDER BY 1, 2"
    before = connection.execute(queue).fetchall(), connection.execute(terms).fetchall()
    assert before[1] == connection.execute(counts).fetchall()
    with connection:
        for number in range(1, len(parts) + 1):
            refresh(connection, number, desk.journal._rules)
    ranks = [(*row[:1], *row[2:]) for row in before[0]]  # how rare a class is changes with every part that has it
    assert [(*row[:1], *row[2:]) for row in connection.execute(queue).fetchall()] == ranks
    assert connection.execute(terms).fetchall() == before[1]


# Golden parts ---------------------------------------------------------------------------------------------------------


def test_a_golden_part_looks_like_any_other_and_is_scored(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(golden_share=1.0)
    golden, *parts = (desk.part(NG) for _ in range(4))
    assert refusal(lambda: desk.journal.set_golden(golden, OK, "Eve", key=uuid4(), answer="")) is Refusal.NOT_NOW
    desk.say("Eve", golden, Outcome.REJECT)
    desk.journal.set_golden(golden, OK, "Eve", key=uuid4(), answer="")
    known = len(desk.journal.verdicts(golden))
    assert golden not in [item.uid for item in desk.take("Eve", *parts, n=1, golden=(golden,))], "who set it knows it"
    given = {item.uid: item for item in desk.take("Ann", *parts, n=2, golden=(golden,))}
    assert golden in given
    plain = next(item for uid, item in given.items() if uid != golden)
    shown = given[golden]
    assert (shown.verdict, shown.by, shown.stage, shown.whys) == (plain.verdict, plain.by, plain.stage, plain.whys)
    assert shown.reason == "reason 1"
    with JournalReader(desk.data) as reader:
        queries = ReviewQueries(reader)
        assert golden not in [item.uid for item in queries.page(QueueFilter()).items]
        done = queries.item(golden)
        assert done is not None
        assert done.leased_by == "", "a list does not give it away"
    effect = desk.say("Ann", golden)
    assert (effect.stage, effect.verdict, effect.shown) == (Stage.DONE, None, NG)
    assert len(desk.journal.verdicts(golden)) == known, "its verdict stays"
    assert desk.undo("Ann", golden).stage is Stage.FIRST
    desk.say("Ann", golden, Outcome.REJECT)
    with JournalReader(desk.data) as reader:
        scores = ReviewQueries(reader).golden_scores()
    assert [(score.reviewer, score.expected, score.answered, score.right) for score in scores] == [
        ("Ann", OK, OK, True)
    ]
    desk.journal.set_golden(golden, None, "Eve", key=uuid4(), answer="")
    with JournalReader(desk.data) as reader:
        assert ReviewQueries(reader).golden_parts() == ()


def test_golden_parts_come_at_their_share_and_the_longest_unseen_first(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(golden_share=0.2)
    golden = [desk.part(NG) for _ in range(2)]
    for uid in golden:
        desk.say("Eve", uid)
        desk.journal.set_golden(uid, NG, "Eve", key=uuid4(), answer="")
    parts = [desk.part(NG) for _ in range(40)]
    seen: list[UUID] = []
    while True:
        with JournalReader(desk.data) as reader:
            ready = ReviewQueries(reader).golden_to_mix_in(QueueFilter(), "Ann")
        given = desk.take("Ann", *parts, n=1, golden=ready)
        if not given:
            break
        seen.append(given[0].uid)
        desk.say("Ann", given[0].uid)
    mixed = [uid for uid in seen if uid in golden]
    assert len(set(seen) - set(golden)) == 40, "every part had its turn"
    assert 2 <= len(mixed) <= 20
    assert all(one != other for one, other in pairwise(mixed)), "in turns"


# Saved views ----------------------------------------------------------------------------------------------------------


def test_views_are_kept_for_everybody(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.journal.save_view("mine", '{"shift": 1}', "Ann", key=uuid4(), answer="")
    desk.journal.save_view("mine", '{"shift": 2}', "Ben", key=uuid4(), answer="")
    desk.journal.save_view("other", "{}", "Ann", key=uuid4(), answer="")
    desk.journal.delete_view("other", "Ann", key=uuid4(), answer="")
    with JournalReader(desk.data) as reader:
        (view,) = ReviewQueries(reader).saved_views()
    assert (view.name, view.filter, view.author) == ("mine", QueueFilter(shift=2), "Ben")


def _reviews(desk: Desk, uid: UUID) -> list:  # type: ignore[type-arg]
    with JournalReader(desk.data) as reader:
        return list(ReviewQueries(reader).reviews(uid))
