"""Edits as values: a document is frozen, a command makes the next one, and every command has one that takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from labeling.annotation import Annotation, Label, Source
from labeling.shapes import Shape


class EditError(ValueError):
    """A command that does not fit the document: the label it speaks of is not there, or there already."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What is being drawn on one picture; labels in the order they are painted, the last one on top."""

    labels: tuple[Label, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, annotation: Annotation) -> Self:
        """Begin with what an annotation holds; with nothing where a model only proposes, for a person has to accept it."""
        return cls() if annotation.proposed else cls(annotation.labels, annotation.tags)

    def index(self, uid: UUID) -> int:
        """Return the place of a label.

        Raises
        ------
        EditError
            If there is no such label.
        """
        number = uid.int  # integers compare many times faster than the objects around them
        for place, label in enumerate(self.labels):
            if label.uid.int == number:
                return place
        raise EditError(f"there is no label {uid}")

    def label(self, uid: UUID) -> Label:
        """Return a label; `EditError` if there is none of that uid."""
        return self.labels[self.index(uid)]

    def __contains__(self, uid: UUID) -> bool:
        """Whether there is a label of that uid."""
        return any(label.uid == uid for label in self.labels)

    def annotation(
        self,
        *,
        uid: UUID,
        parent: UUID | None,
        author: str,
        time: datetime,
        size: tuple[int, int],
        complete: bool = True,
    ) -> Annotation:
        """Return the document as the revision `uid` of its author."""
        return Annotation(uid, parent, author, time, size, self.labels, self.tags, complete)

    def _with(self, place: int, *labels: Label) -> "Document":
        """The label at `place` replaced by `labels`."""
        return replace(self, labels=self.labels[:place] + labels + self.labels[place + 1 :])


@dataclass(frozen=True, slots=True, eq=False)
class AddLabel:
    """A new label, on top or at a place in the painting order."""

    label: Label
    index: int | None = None

    def apply(self, document: Document) -> Document:
        """Return the document with the label; `EditError` if its uid is there already or the place is not."""
        if self.label.uid in document:
            raise EditError(f"there is a label {self.label.uid} already")
        count = len(document.labels)
        place = count if self.index is None else self.index
        if not 0 <= place <= count:
            raise EditError(f"a label cannot be at place {place} of {count}")
        return replace(document, labels=(*document.labels[:place], self.label, *document.labels[place:]))

    def inverse(self, document: Document) -> "Edit":
        """Return what takes the command back after it was applied to `document`."""
        del document
        return RemoveLabel(self.label.uid)


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    """A label taken away."""

    uid: UUID

    def apply(self, document: Document) -> Document:
        """Return the document without the label; `EditError` if it is not there."""
        return document._with(document.index(self.uid))  # noqa: SLF001  # one concept, two classes of this module

    def inverse(self, document: Document) -> "Edit":
        """Return what takes the command back after it was applied to `document`."""
        place = document.index(self.uid)
        return AddLabel(document.labels[place], place)


@dataclass(frozen=True, slots=True, eq=False)
class ChangeShape:
    """Another shape for a label: a corner moved, a stroke added. A model's outline that was changed is the person's."""

    uid: UUID
    shape: Shape
    source: Source = Source.PERSON

    def apply(self, document: Document) -> Document:
        """Return the document with the shape; `EditError` if the label is not there."""
        place = document.index(self.uid)
        return document._with(place, replace(document.labels[place], shape=self.shape, source=self.source))  # noqa: SLF001  # see above

    def inverse(self, document: Document) -> "Edit":
        """Return what takes the command back after it was applied to `document`."""
        before = document.label(self.uid)
        return ChangeShape(self.uid, before.shape, before.source)


@dataclass(frozen=True, slots=True)
class ChangeClass:
    """Another class for a label."""

    uid: UUID
    class_name: str

    def apply(self, document: Document) -> Document:
        """Return the document with the class; `EditError` if the label is not there."""
        place = document.index(self.uid)
        return document._with(place, replace(document.labels[place], class_name=self.class_name))  # noqa: SLF001  # see above

    def inverse(self, document: Document) -> "Edit":
        """Return what takes the command back after it was applied to `document`."""
        return ChangeClass(self.uid, document.label(self.uid).class_name)


@dataclass(frozen=True, slots=True)
class SetTags:
    """The classes of the whole picture."""

    tags: tuple[str, ...]

    def apply(self, document: Document) -> Document:
        """Return the document with these tags."""
        return replace(document, tags=self.tags)

    def inverse(self, document: Document) -> "Edit":
        """Return what takes the command back after it was applied to `document`."""
        return SetTags(document.tags)


Edit = AddLabel | RemoveLabel | ChangeShape | ChangeClass | SetTags


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """Several edits that are one to the person: done, undone and redone together."""

    edits: tuple[Edit, ...]

    def apply(self, document: Document) -> Document:
        """Return the document after all of them; `EditError` if one does not fit, and then none is done."""
        for edit in self.edits:
            document = edit.apply(document)
        return document

    def inverse(self, document: Document) -> "Many":
        """Return what takes the command back after it was applied to `document`."""
        back: list[Edit] = []
        for edit in self.edits:
            back.append(edit.inverse(document))
            document = edit.apply(document)
        return Many(tuple(reversed(back)))


Command = Edit | Many


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """A document and the way back: every command that was done is kept as the one that takes it back.

    Attributes
    ----------
    done
        What takes back each command, the latest last.
    undone
        What does again each command that was undone, the latest last; empty after a new command.
    """

    document: Document = Document()
    done: tuple[Command, ...] = ()
    undone: tuple[Command, ...] = ()

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self.done)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone and nothing new done since."""
        return bool(self.undone)

    def do(self, command: Command) -> "History":
        """Return the history after `command`; `EditError` if it does not fit, and then nothing has changed."""
        return History(command.apply(self.document), (*self.done, command.inverse(self.document)))

    def undo(self) -> "History":
        """Take back the latest command; `EditError` if there is none."""
        if not self.done:
            raise EditError("there is nothing to undo")
        back = self.done[-1]
        return History(back.apply(self.document), self.done[:-1], (*self.undone, back.inverse(self.document)))

    def redo(self) -> "History":
        """Do again what was undone last; `EditError` if there is nothing."""
        if not self.undone:
            raise EditError("there is nothing to redo")
        again = self.undone[-1]
        return History(again.apply(self.document), (*self.done, again.inverse(self.document)), self.undone[:-1])


def replace_shape(label: Label, pieces: Sequence[Shape], uids: Sequence[UUID]) -> Command:
    """Return the command that makes `pieces` of a label, as an eraser does: none, one or several, the first keeps the uid.

    Parameters
    ----------
    uids
        Names for the pieces after the first, at least that many.

    Raises
    ------
    ValueError
        If there are too few of them.
    """
    if not pieces:
        return RemoveLabel(label.uid)
    first, *others = pieces
    if len(uids) < len(others):
        raise ValueError(f"{len(pieces)} pieces need {len(others)} new names, not {len(uids)}")
    change = ChangeShape(label.uid, first)
    added = [
        replace(label, uid=uid, shape=shape, source=Source.PERSON) for uid, shape in zip(uids, others, strict=False)
    ]
    return Many((change, *(AddLabel(piece) for piece in added))) if added else change
