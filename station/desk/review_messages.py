"""What reviewers ask at the desk. A person who may review must be logged in (`station.people.roles.Action.REVIEW`).

A part is taken before it is reviewed: nobody else is given it until it is reviewed, released, or its reviewer has done
nothing for as long as `[review] lease_s`. Whatever a reviewer says of any part, or takes again, renews all they have.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from station.desk.base import Command, Message
from station.review.queue import Outcome, QueueFilter, Reason, Stage

MOST_PARTS = 100
"""How many parts one command may name or ask for."""

Uids = Annotated[tuple[UUID, ...], Field(max_length=MOST_PARTS)]
Comment = Annotated[str, Field(max_length=1000)]
ClassName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
ViewName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]


class QueueChanged(Message):
    """A reviewer's word brought a part to another stage. One that is new in the queue comes with `PartFinished`."""

    type: Literal["queue"] = "queue"
    uid: UUID
    stage: Stage


class TakeParts(Command):
    """Lend me up to `n` parts: those of `uids`, or the first of `filter`. What I have already and fits comes first.

    Result: parts (a list of `QueueItem` in JSON, see `item_json`; a golden one looks like any other), until (when the
    lease ends, ISO 8601).
    """

    type: Literal["take-parts"] = "take-parts"
    filter: QueueFilter = QueueFilter()
    uids: Uids = ()
    n: Annotated[int, Field(ge=1, le=MOST_PARTS)] = 1


class ReleaseParts(Command):
    """Give parts back; all I have where `uids` is empty."""

    type: Literal["release-parts"] = "release-parts"
    uids: Uids = ()


class Review(Command):
    """What I say of a part. `seen` is the verdict of the `QueueItem` that I judged; another one meanwhile is `SUPERSEDED`.

    `verdict` may be left out where `outcome` says it: an accepted judgement stays as it was seen, a rejected OK is NG and
    a rejected NG is OK. With `REWORK` there is no verdict and at least one reason. What does not fit is `BAD_VALUE`.

    Result: stage (what the part waits for now), verdict (of QA, "" where there is none yet), plc_told and passed_already as
    `GiveVerdict` has them.
    """

    type: Literal["review"] = "review"
    uid: UUID
    outcome: Outcome
    verdict: Literal["OK", "NG"] | None = None
    reasons: tuple[Reason, ...] = ()
    comment: Comment = ""
    seen: Literal["OK", "NG", "NOT_DECIDABLE"]


class Adjudicate(Command):
    """Decide where reviewers differ: somebody who has not reviewed the part. Result: as of `Review`."""

    type: Literal["adjudicate"] = "adjudicate"
    uid: UUID
    verdict: Literal["OK", "NG"]
    reasons: tuple[Reason, ...] = ()
    comment: Comment = ""


class UndoReview(Command):
    """Take my own last word on a part back, as long as nobody has said anything on it since; it is mine to review again.

    A verdict that it gave is followed by another one of mine that says what was before. Result: as of `Review`.
    """

    type: Literal["undo-review"] = "undo-review"
    uid: UUID


class Relabel(Command):
    """Give every label of the parts this class, the model's outlines where no person has labelled a view.

    A view without any outline gets the class as its tag. Result: relabelled (uids), refused (uid to the reason in words).
    """

    type: Literal["relabel"] = "relabel"
    uids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_PARTS)]
    class_name: ClassName


class UndoRelabel(Command):
    """Take one `Relabel` of mine back, by its key, where nobody has annotated since. Result: as of `Relabel`."""

    type: Literal["undo-relabel"] = "undo-relabel"
    relabel: UUID


class SetGolden(Command):
    """Make a reviewed part one whose answer is known, to be mixed in; without a verdict it is none any longer."""

    type: Literal["set-golden"] = "set-golden"
    uid: UUID
    verdict: Literal["OK", "NG"] | None


class SaveView(Command):
    """Keep a filter under a name, for everybody, in place of the one that had it."""

    type: Literal["save-view"] = "save-view"
    name: ViewName
    filter: QueueFilter


class DeleteView(Command):
    """Forget a saved view."""

    type: Literal["delete-view"] = "delete-view"
    name: ViewName


ReviewCommand = (
    TakeParts
    | ReleaseParts
    | Review
    | Adjudicate
    | UndoReview
    | Relabel
    | UndoRelabel
    | SetGolden
    | SaveView
    | DeleteView
)
