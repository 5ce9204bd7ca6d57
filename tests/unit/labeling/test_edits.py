import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from drawn import commands, documents, label, said
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from labeling.annotation import Source
from labeling.edits import (
    AddLabel,
    ChangeClass,
    ChangeShape,
    Command,
    Document,
    EditError,
    History,
    Many,
    RemoveLabel,
    SetTags,
    replace_shape,
)
from labeling.shapes import Box, Keypoint


def applied(command: Command, document: Document) -> Document:
    """The document after the command; an example where it does not fit is passed over."""
    try:
        return command.apply(document)
    except EditError:
        assume(False)
        raise


@given(documents, commands)
def test_an_inverse_takes_its_command_back(document: Document, command: Command) -> None:
    after = applied(command, document)
    assert said(command.inverse(document).apply(after)) == said(document)


@given(documents, commands)
def test_the_inverse_of_the_inverse_is_the_command(document: Document, command: Command) -> None:
    after = applied(command, document)
    back = command.inverse(document)
    assert said(back.inverse(after).apply(document)) == said(after)


@given(documents, commands)
def test_a_command_that_does_not_fit_changes_nothing(document: Document, command: Command) -> None:
    history, before = History(document), said(document)
    with contextlib.suppress(EditError):
        history.do(command)
    assert said(history.document) == before
    assert not history.can_undo


class Drawing(RuleBasedStateMachine):
    """A history beside the plain list of all documents there were: what an undo stack has to be, and slow."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.past = [said(Document())]
        self.future: list[object] = []

    @rule(command=commands)
    def do(self, command: Command) -> None:
        try:
            self.history = self.history.do(command)
        except EditError:
            return
        self.past.append(said(self.history.document))
        self.future = []

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.history = self.history.undo()
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.history = self.history.redo()
        self.past.append(self.future.pop())

    @invariant()
    def stands_where_the_list_stands(self) -> None:
        assert said(self.history.document) == self.past[-1]
        assert self.history.can_undo == (len(self.past) > 1)
        assert self.history.can_redo == bool(self.future)


TestDrawing = Drawing.TestCase


@given(st.lists(commands, max_size=12))
def test_all_undone_and_all_redone_is_where_it_was(wanted: list[Command]) -> None:
    history = History()
    for command in wanted:
        try:
            history = history.do(command)
        except EditError:
            continue
    end = history
    while history.can_undo:
        history = history.undo()
    assert said(history.document) == said(Document())
    while history.can_redo:
        history = history.redo()
    assert said(history.document) == said(end.document)


def test_undo_has_no_limit() -> None:
    history = History(Document((label(1),)))
    for number in range(3_000):
        history = history.do(ChangeClass(UUID(int=1), f"class {number}"))
    for _ in range(3_000):
        history = history.undo()
    assert history.document.label(UUID(int=1)).class_name == "scratch"
    assert len(history.undone) == 3_000


def test_one_undo_for_several_edits() -> None:
    history = History().do(Many((AddLabel(label(1)), AddLabel(label(2)), SetTags(("dirty",))))).undo()
    assert said(history.document) == said(Document())


def test_a_model_outline_that_is_changed_is_the_persons_until_it_is_undone() -> None:
    history = History(Document((label(1, source=Source.MODEL, score=0.8),)))
    changed = history.do(ChangeShape(UUID(int=1), Box(0, 0, 5, 5)))
    assert changed.document.labels[0].source is Source.PERSON
    assert changed.document.labels[0].score == 0.8
    assert changed.undo().document.labels[0].source is Source.MODEL


def test_a_removed_label_comes_back_to_its_place() -> None:
    history = History(Document((label(1), label(2), label(3)))).do(RemoveLabel(UUID(int=2)))
    assert [each.uid.int for each in history.document.labels] == [1, 3]
    assert [each.uid.int for each in history.undo().document.labels] == [1, 2, 3]


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda: History().undo(), "nothing to undo"),
        (lambda: History().redo(), "nothing to redo"),
        (lambda: RemoveLabel(UUID(int=9)).apply(Document()), "no label 0{8}-"),
        (lambda: RemoveLabel(UUID(int=9)).inverse(Document()), "no label"),
        (lambda: ChangeShape(UUID(int=9), Keypoint(0, 0)).apply(Document()), "no label"),
        (lambda: ChangeClass(UUID(int=9), "dent").apply(Document()), "no label"),
        (lambda: AddLabel(label(1)).apply(Document((label(1),))), "already"),
        (lambda: AddLabel(label(2), 2).apply(Document((label(1),))), "place 2 of 1"),
        (lambda: AddLabel(label(2), -1).apply(Document((label(1),))), "place -1"),
    ],
)
def test_what_does_not_fit_is_told(do: Callable[[], object], words: str) -> None:
    with pytest.raises(EditError, match=words):
        do()


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        ((), [2]),
        ((Keypoint(1, 1),), [1, 2]),
        ((Keypoint(1, 1), Keypoint(2, 2), Keypoint(3, 3)), [1, 2, 7, 8]),
    ],
)
def test_the_pieces_of_a_label_are_one_edit(pieces: tuple[Keypoint, ...], left: list[int]) -> None:
    document = Document((label(1, source=Source.MODEL), label(2)))
    history = History(document).do(replace_shape(document.labels[0], pieces, (UUID(int=7), UUID(int=8))))
    assert [each.uid.int for each in history.document.labels] == left
    assert [each.shape for each in history.document.labels if each.uid.int != 2] == list(pieces)
    assert {each.class_name for each in history.document.labels} == {"scratch"}
    assert said(history.undo().document) == said(document)


def test_more_pieces_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match="2 pieces"):
        replace_shape(label(1), (Keypoint(1, 1), Keypoint(2, 2)), ())


def test_a_document_becomes_a_revision_and_back() -> None:
    document = Document((label(1), label(2)), ("dirty",))
    time = datetime(2026, 3, 1, tzinfo=UTC)
    revision = document.annotation(uid=UUID(int=5), parent=None, author="m", time=time, size=(40, 30), complete=False)
    assert (revision.uid.int, revision.author, revision.size, revision.complete) == (5, "m", (40, 30), False)
    assert said(Document.of(revision)) == said(document)
    assert UUID(int=2) in document
    assert UUID(int=3) not in document
