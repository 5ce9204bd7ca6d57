"""The review desk of real processes: two reviewers, a killed engine, no engine at all, and one that comes back."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from rig import Rig
from screen import Screen, add_people, screen, wait

from station.config import load_station
from station.demo.layout import write_files
from station.desk.messages import Answer, Refusal, VerdictChanged, Welcome
from station.desk.review_messages import QueueChanged, Review, TakeParts, UndoReview
from station.journal.reader import JournalReader
from station.journal.review_queries import ReviewQueries
from station.line.inspection import Author
from station.review.host import review_host
from station.review.queue import Outcome, QueueFilter, Stage

pytestmark = pytest.mark.system

PARTS = 6


def fill_queue(rig: Rig) -> None:
    """Run some parts that nobody can decide, with nobody there."""
    rig.plan = replace(rig.plan, takt_ms=300)
    write_files(rig.plan, rig.port)
    recipe = rig.plan.data / "recipes" / "plate-A.toml"
    view = 'model = "plate-A"\n'
    text = re.sub(r"wait_ms = \d+", "wait_ms = 0", recipe.read_text())
    assert view in text
    recipe.write_text(text.replace(view, f"{view}low = -1e9\nhigh = 1e9\n"))
    with rig.plan.config.open("a") as config:
        config.write("\n[review]\naudit_percent = 0\ndrift_sigmas = 0\ngolden_percent = 0\nlease_s = 600\n")
    rig.start_engine()
    rig.until_online()
    rig.start_plc(PARTS)
    rig.wait_plc()
    add_people(rig.plan.data, Ann="qa", Ben="qa", Maria="operator")


def take(program: Screen, n: int) -> list[UUID]:
    answer = program.ask(TakeParts(key=uuid4(), session=program.session, n=n))
    assert answer.done, answer
    return [UUID(part["uid"]) for part in answer.result["parts"]]


def reject(program: Screen, uid: UUID) -> Review:
    return Review(
        key=uuid4(), session=program.session, uid=uid, outcome=Outcome.REJECT, verdict="NG", seen="NOT_DECIDABLE"
    )


def waiting(rig: Rig) -> int:
    with JournalReader(rig.plan.data) as reader:
        return ReviewQueries(reader).count(QueueFilter())


def test_two_reviewers_a_killed_engine_and_none(rig: Rig) -> None:
    fill_queue(rig)
    assert waiting(rig) == PARTS
    with screen(rig.plan.data) as left, screen(rig.plan.data) as right:
        assert left.first(Welcome).line
        assert left.log_in("Maria").done
        assert left.ask(TakeParts(key=uuid4(), session=left.session)).refusal is Refusal.NOT_ALLOWED
        for program, name in ((left, "Ann"), (right, "Ben")):
            assert program.log_in(name).done
        answers: list[Answer] = []
        for program in (left, right):  # neither waits for the other
            program.client.send(TakeParts(key=uuid4(), session=program.session, n=2), answers.append)
        wait(lambda: len(answers) == 2, "both have parts")
        lent = [part["uid"] for answer in answers for part in answer.result["parts"]]
        assert len(set(lent)) == len(lent) == 4
        mine = take(left, 2)
        given = reject(left, mine[0])
        first = left.ask(given)
        assert first.result == {"stage": "done", "verdict": "NG", "plc_told": False, "passed_already": False}
        assert right.first(QueueChanged).stage is Stage.DONE
        assert right.first(VerdictChanged).by == "qa"
        assert right.ask(reject(right, mine[1])).refusal is Refusal.NOT_NOW, "Ann has it"

        assert rig.engine is not None
        rig.engine.kill()
        rig.engine.communicate()
        rig.start_engine()
        left.until(lambda: left.welcomes() == 2, "attached again")
        right.until(lambda: right.welcomes() == 2, "attached again")
        for program, name in ((left, "Ann"), (right, "Ben")):
            assert program.log_in(name).done
        assert left.ask(given.model_copy(update={"session": left.session})) == first, "done before the kill, and once"
        assert mine[1] not in take(right, PARTS), "a lease outlives the engine"

        rig.stop_engine()
        with review_host(load_station(rig.plan.config)) as host:
            wait(lambda: host.serving, "the desk stands alone")
            left.until(lambda: not left.all(Welcome)[-1].line, "attached to it")
            assert left.log_in("Ann").done
            assert take(left, 1) == [mine[1]]
            assert left.ask(reject(left, mine[1])).done
            assert waiting(rig) == PARTS - 2
            undone = left.ask(UndoReview(key=uuid4(), session=left.session, uid=mine[1]))
            assert undone.result["stage"] == "first"
            assert waiting(rig) == PARTS - 1
            rig.start_engine()
            rig.until_online()
            assert not host.serving, "it gave way"
            left.until(lambda: left.all(Welcome)[-1].line, "attached to the engine")
            rig.stop_engine()
            wait(lambda: host.serving, "nobody else wants the journal")
    with JournalReader(rig.plan.data) as reader:
        queries = ReviewQueries(reader)
        assert [(word.reviewer, word.undone) for word in queries.reviews(mine[0])] == [("Ann", False)]
        assert [(word.reviewer, word.undone) for word in queries.reviews(mine[1])] == [("Ann", True)]
        assert [(verdict.kind.value, verdict.by) for verdict in reader.verdicts(mine[1])] == [
            ("NOT_DECIDABLE", Author.RULES),
            ("NG", Author.QA),
            ("NOT_DECIDABLE", Author.QA),
        ]
    assert rig.json("verify")["ok"]
