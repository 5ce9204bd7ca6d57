from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from labeling.annotation import Annotation, Label
from labeling.codec import annotation_from_json
from labeling.edits import Document
from labeling.shapes import Box
from station.desk.messages import Annotate, Answer, GiveVerdict, Refusal, ToEngine
from station.ui.operator.handover import About, Handover, Sender, Standing, finished, revision, revisions_sent, same
from station.ui.operator.ng_state import UNCLASSED

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PART, DRAFT, OTHERS = UUID(int=7), UUID(int=8), UUID(int=9)
SCRATCH = Label(UUID(int=1), "scratch", Box(1, 2, 3, 4))
DENT = Label(UUID(int=2), "dent", Box(5, 6, 7, 8))
OPEN = Label(UUID(int=3), UNCLASSED, Box(5, 6, 7, 8))


class Engine:
    """A link that keeps what is sent until the test answers."""

    def __init__(self) -> None:
        self.up = True
        self.asked: list[tuple[ToEngine, Callable[[Answer], None]]] = []
        self.sent: list[ToEngine] = []

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        self.sent.append(command)
        self.asked.append((command, answered))

    def answer(self, refusal: Refusal | None = None, text: str = "", **result: object) -> None:
        command, answered = self.asked.pop(0)
        answered(Answer(key=command.key, done=refusal is None, refusal=refusal, text=text, result=result))

    def kinds(self) -> list[str]:
        return [command.type for command in self.sent]


def revised(uid: UUID, *labels: Label, complete: bool = False) -> Annotation:
    return Annotation(uid, None, "Ute", NOW, (640, 480), labels, (), complete)


def handover(engine: Engine, **changes: object) -> Handover:
    about = About(PART, "top", (640, 480), DRAFT, changes.pop("parent", None))
    sender = Sender(lambda: "token", lambda: "Mara", lambda: NOW)
    standings: list[Standing] = []
    values = {"seen": "NOT_DECIDABLE", "newest": None, **changes}
    made = Handover(about, engine, sender, lambda: standings.append(made.standing), **values)
    made.standings = standings  # type: ignore[attr-defined]
    return made


def test_the_verdict_goes_first_and_saved_is_said_after_both_answers() -> None:
    engine = Engine()
    hand = handover(engine)
    hand.hand_over(Document((SCRATCH, OPEN), ("stain",)), complete=False)
    (given,) = engine.sent
    assert isinstance(given, GiveVerdict)
    assert (given.uid, given.verdict, given.seen, given.session, given.reason) == (
        PART,
        "NG",
        "NOT_DECIDABLE",
        "token",
        "scratch, stain",
    )
    assert hand.standing is Standing.SENDING
    engine.answer(passed_already=True)
    assert hand.passed_already
    assert hand.standing is Standing.SENDING
    stored = engine.sent[1]
    assert isinstance(stored, Annotate)
    annotation = annotation_from_json(stored.annotation)
    assert (stored.view, stored.parent, annotation.uid) == ("top", None, revision(DRAFT, 0))
    assert [label.class_name for label in annotation.labels] == ["scratch"]  # what waits for a chip stays here
    assert (annotation.tags, annotation.author, annotation.size, annotation.complete) == (
        ("stain",),
        "Mara",
        (640, 480),
        False,
    )
    engine.answer(revision=str(annotation.uid))
    assert hand.standing is Standing.SAVED
    assert hand.standings.index(Standing.SAVED) == len(hand.standings) - 1  # type: ignore[attr-defined]


def test_without_an_outline_the_verdict_is_all() -> None:
    engine = Engine()
    hand = handover(engine)
    hand.hand_over(Document((OPEN,)), complete=True)
    engine.answer()
    assert engine.kinds() == ["give-verdict"]
    assert hand.standing is Standing.SAVED


def test_what_changes_while_a_command_is_under_way_follows_as_the_next_revision() -> None:
    engine = Engine()
    hand = handover(engine)
    hand.hand_over(Document((SCRATCH,)), complete=False)
    engine.answer()
    hand.hand_over(Document((SCRATCH, DENT)), complete=False)
    hand.hand_over(Document((DENT,)), complete=True)
    assert len(engine.sent) == 2
    engine.answer()
    engine.answer()
    assert hand.standing is Standing.SAVED
    revisions = [annotation_from_json(sent.annotation) for sent in engine.sent if isinstance(sent, Annotate)]
    assert [(each.uid, each.parent, each.complete) for each in revisions] == [
        (revision(DRAFT, 0), None, False),
        (revision(DRAFT, 1), revision(DRAFT, 0), True),
    ]
    assert [label.class_name for label in revisions[1].labels] == ["dent"]
    hand.hand_over(Document((DENT,)), complete=True)
    hand.hand_over(Document((replace(DENT, score=None),)), complete=False)
    assert len(engine.sent) == 3  # the same once more is no revision
    assert hand.holds(Document((DENT, OPEN)))
    assert not hand.holds(Document((SCRATCH,)))


def test_a_reopened_part_goes_on_from_its_newest_revision() -> None:
    engine = Engine()
    newest = revised(OTHERS, SCRATCH)
    hand = handover(engine, seen=None, newest=newest, parent=OTHERS)
    hand.hand_over(Document.of(newest), complete=False)
    assert engine.sent == []
    assert hand.standing is Standing.SAVED
    hand.hand_over(Document(), complete=True)  # the person took it away
    (sent,) = engine.sent
    assert isinstance(sent, Annotate)
    assert sent.parent == OTHERS


def test_after_a_crash_the_own_revisions_are_known_again() -> None:
    engine = Engine()
    newest = revised(revision(DRAFT, 4), SCRATCH)
    hand = handover(engine, seen=None, newest=newest, parent=None)
    hand.hand_over(Document((SCRATCH, DENT)), complete=False)
    (sent,) = engine.sent
    assert isinstance(sent, Annotate)
    assert (sent.parent, annotation_from_json(sent.annotation).uid) == (newest.uid, revision(DRAFT, 5))


def test_a_draft_whose_part_somebody_else_annotated_is_not_sent() -> None:
    engine = Engine()
    hand = handover(engine, seen=None, newest=revised(OTHERS, DENT), parent=None)
    assert hand.standing is Standing.SUPERSEDED
    hand.hand_over(Document((SCRATCH,)), complete=False)
    hand.again()
    assert engine.sent == []


@pytest.mark.parametrize("answered_before", [0, 1])
@pytest.mark.parametrize(
    ("refusal", "standing"),
    [
        (Refusal.SUPERSEDED, Standing.SUPERSEDED),
        (Refusal.NOT_ALLOWED, Standing.REFUSED),
        (Refusal.STORAGE, Standing.REFUSED),
    ],
)
def test_a_refusal_of_either_is_told_in_its_words_and_nothing_is_saved(
    answered_before: int, refusal: Refusal, standing: Standing
) -> None:
    engine = Engine()
    hand = handover(engine)
    document = Document((SCRATCH,))
    hand.hand_over(document, complete=False)
    for _ in range(answered_before):
        engine.answer()
    engine.answer(refusal, "Ute has decided meanwhile.")
    assert (hand.standing, hand.text) == (standing, "Ute has decided meanwhile.")
    assert not hand.holds(document)
    assert Standing.SAVED not in hand.standings  # type: ignore[attr-defined]
    hand.again()
    assert len(engine.asked) == (0 if standing is Standing.SUPERSEDED else 1)


def test_with_the_engine_away_nothing_is_sent_until_the_person_says_so() -> None:
    engine = Engine()
    engine.up = False
    hand = handover(engine)
    hand.again()
    hand.hand_over(Document((SCRATCH,)), complete=False)
    assert engine.sent == []
    assert hand.standing is Standing.AWAY
    engine.up = True
    hand.again()
    engine.answer()
    engine.answer()
    assert hand.standing is Standing.SAVED
    assert engine.kinds() == ["give-verdict", "annotate"]


def test_the_engine_goes_between_verdict_and_outlines() -> None:
    engine = Engine()
    hand = handover(engine)
    hand.hand_over(Document((SCRATCH,)), complete=False)
    engine.up = False
    engine.answer()
    assert hand.standing is Standing.AWAY
    engine.up = True
    hand.again()
    engine.answer()
    assert hand.standing is Standing.SAVED
    assert engine.kinds() == ["give-verdict", "annotate"]


def test_names_of_revisions_and_sameness() -> None:
    assert revisions_sent(DRAFT, None) == 0
    assert revisions_sent(DRAFT, OTHERS) == 0
    assert revisions_sent(DRAFT, revision(DRAFT, 0)) == 1
    assert [label.uid for label in finished(Document((SCRATCH, OPEN))).labels] == [SCRATCH.uid]
    assert same(Document((SCRATCH,)), Document((replace(SCRATCH),)))
    assert not same(Document((SCRATCH,)), Document((replace(SCRATCH, shape=Box(1, 2, 3, 5)),)))
    assert not same(Document((SCRATCH,)), Document((SCRATCH, DENT)))
    assert not same(Document((), ("a",)), Document())
