"""Bringing a verdict and its outlines to the engine, and knowing at any time what is durable there and what is only here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Literal, Protocol
from uuid import UUID, uuid5

from labeling.annotation import Annotation
from labeling.codec import annotation_to_json, label_to_json
from labeling.edits import Document
from station.desk.messages import Annotate, Answer, GiveVerdict, Refusal, ToEngine
from station.ui.link import keyed
from station.ui.operator.ng_state import UNCLASSED

MOST_REVISIONS = 1000
"""So many revisions of one draft are told from those of others."""

Seen = Literal["OK", "NG", "NOT_DECIDABLE"]


class Standing(Enum):
    """How far it has come."""

    HERE = auto()
    """Only in the draft."""
    AWAY = auto()
    """It should go, and the engine is not there."""
    SENDING = auto()
    SAVED = auto()
    """The engine said that all of it is durable."""
    REFUSED = auto()
    """`Handover.text` says why; the draft has it."""
    SUPERSEDED = auto()
    """Somebody else was here meanwhile; the draft has it."""


class Link(Protocol):
    """The engine, as far as it is needed here; `station.ui.link.DeskLink` is one."""

    @property
    def up(self) -> bool:
        """Whether it is there."""

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        """Send and hear the one answer."""


@dataclass(frozen=True, slots=True)
class About:
    """What is handed over.

    Attributes
    ----------
    draft
        Names the draft; its revisions' names follow from it, so that they are known again after a crash.
    parent
        The revision that the draft began with.
    """

    part: UUID
    view: str
    size: tuple[int, int]
    draft: UUID
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, asked anew for each command: the token and name of the person at the screen, and the time."""

    token: Callable[[], str]
    name: Callable[[], str]
    now: Callable[[], datetime]


class Handover:
    """One draft on its way: first the verdict, then the outlines, each acknowledged before the next.

    Parameters
    ----------
    seen
        The verdict that the person saw and that NG supersedes; None where a person's NG is on record already.
    newest
        The newest revision on record now; None where there is none.
    changed
        Called after each change of `standing`.
    """

    def __init__(
        self,
        about: About,
        link: Link,
        sender: Sender,
        changed: Callable[[], None],
        *,
        seen: Seen | None,
        newest: Annotation | None,
    ) -> None:
        self._about = about
        self._link = link
        self._sender = sender
        self._changed = changed
        self._seen = seen
        self.newest = newest
        """The newest revision on record, as far as it is known here."""
        self._sent = revisions_sent(about.draft, self._newest)
        self._stored = (Document.of(newest), newest.complete) if newest is not None else (Document(), False)
        self._wanted: tuple[Document, bool] | None = None
        self._busy = False
        self.standing = Standing.HERE
        self.text = ""
        self.given = False
        """Whether the engine took the verdict from here."""
        self.passed_already = False
        """Whether the PLC had let the part pass before it was called NG: somebody must fetch it."""
        if self._newest != about.parent and not self._sent:
            self.standing = Standing.SUPERSEDED

    @property
    def _newest(self) -> UUID | None:
        return self.newest.uid if self.newest is not None else None

    @property
    def pending(self) -> bool:
        """Whether something waits for the engine's answer."""
        return self._busy

    def hand_over(self, document: Document, *, complete: bool) -> None:
        """Send the verdict where it is not given yet, then what has a class; what is under way is finished first."""
        self._wanted = document, complete
        if not self._busy and self.standing is not Standing.SUPERSEDED:
            self._go_on()

    def again(self) -> None:
        """Try once more what was refused or could not be sent."""
        if self._wanted is not None and not self._busy and self.standing is not Standing.SUPERSEDED:
            self._go_on()

    def holds(self, document: Document) -> bool:
        """Whether all of a document is on record."""
        return self._seen is None and not self._busy and same(finished(document), self._stored[0])

    def _go_on(self) -> None:
        assert self._wanted is not None
        document, complete = finished(self._wanted[0]), self._wanted[1]
        stored, stored_complete = self._stored
        nothing = self._newest is None and not document.labels and not document.tags
        if not self._link.up:
            self._stand(Standing.AWAY)
        elif self._seen is not None:
            command = keyed(
                GiveVerdict,
                self._sender.token(),
                uid=self._about.part,
                verdict="NG",
                seen=self._seen,
                reason=_reason(document),
            )
            self._send(command, self._verdict_given)
        elif nothing or (same(document, stored) and complete <= stored_complete):
            self._stand(Standing.SAVED)
        else:
            self._annotate(document, complete=complete)

    def _annotate(self, document: Document, *, complete: bool) -> None:
        about = self._about
        annotation = document.annotation(
            uid=revision(about.draft, self._sent),
            parent=self._newest,
            author=self._sender.name(),
            time=self._sender.now(),
            size=about.size,
            complete=complete,
        )
        command = keyed(
            Annotate,
            self._sender.token(),
            uid=about.part,
            view=about.view,
            parent=self._newest,
            annotation=annotation_to_json(annotation),
        )

        def stored(_: Answer) -> None:
            self.newest, self._sent, self._stored = annotation, self._sent + 1, (document, complete)

        self._send(command, stored)

    def _send(self, command: ToEngine, done: Callable[[Answer], None]) -> None:
        def answered(answer: Answer) -> None:
            self._busy = False
            if answer.done:
                done(answer)
                self._go_on()
            else:
                self._stand(
                    Standing.SUPERSEDED if answer.refusal is Refusal.SUPERSEDED else Standing.REFUSED, answer.text
                )

        self._busy = True
        self._stand(Standing.SENDING)
        self._link.send(command, answered)

    def _verdict_given(self, answer: Answer) -> None:
        self._seen = None
        self.given = True
        self.passed_already = bool(answer.result.get("passed_already", False))

    def _stand(self, standing: Standing, text: str = "") -> None:
        self.standing, self.text = standing, text
        self._changed()


def revision(draft: UUID, number: int) -> UUID:
    """Return the name of a draft's revision."""
    return uuid5(draft, str(number))


def revisions_sent(draft: UUID, newest: UUID | None) -> int:
    """Return how many revisions of a draft are on record, going by the newest of the view: 0 where it is another's."""
    if newest is None:
        return 0
    return next((number + 1 for number in range(MOST_REVISIONS) if revision(draft, number) == newest), 0)


def finished(document: Document) -> Document:
    """Return a document without what has no class yet."""
    return replace(document, labels=tuple(label for label in document.labels if label.class_name != UNCLASSED))


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same, to the last number."""
    return one is other or (
        one.tags == other.tags
        and len(one.labels) == len(other.labels)
        and all(a is b or label_to_json(a) == label_to_json(b) for a, b in zip(one.labels, other.labels, strict=True))
    )


def _reason(document: Document) -> str:
    """The classes, as the verdict's reason: data, not words of a language."""
    return ", ".join(dict.fromkeys((*(label.class_name for label in document.labels), *document.tags)))
