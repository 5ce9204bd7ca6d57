"""The parts that are lent to the person at this screen: taken ahead, reviewed one after the other, given back at the end.

A part is taken before it is looked at, so that two people never review the same one. What is said of a part is sent at once
and the next one is shown without waiting; what the engine refuses comes back by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from station.desk.messages import Answer, ToEngine
from station.desk.review_messages import (
    MOST_PARTS,
    Adjudicate,
    ReleaseParts,
    Review,
    TakeParts,
    UndoRelabel,
    UndoReview,
)
from station.people.roles import Action
from station.review.queue import QueueFilter, QueueItem, Stage, item_json
from station.ui.context import Context
from station.ui.link import keyed
from station.ui.review.saying import Said

AHEAD = 8
"""Parts that are lent before they are looked at."""
FEW = 3
"""With so many left, further ones are taken."""
RENEW_MS = 45_000
"""A part that is only looked at stays lent."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was said of a part and is not on record."""

    item: QueueItem
    answer: Answer


class Lending(QObject):
    """The run of parts in hand, and where the person is in it."""

    changed = Signal()
    """Parts came, or something was said of one."""
    moved = Signal()
    """Another part is on show."""
    saved = Signal(object)
    """`Said` that is on record."""
    undone = Signal(object)
    """`Said` that was taken back."""
    refused = Signal(object)
    """`Refused`."""
    unavailable = Signal(object, str)
    """uid of a part that could not be taken, and why in the engine's words; empty: somebody else has it, or it is done."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._filter = QueueFilter()
        self._items: list[QueueItem] = []
        self._at = 0
        self._taking = False
        self._exhausted = False
        self._said: dict[UUID, Said] = {}
        self._under_way: dict[UUID, Said] = {}
        self._undo: list[Said] = []
        self._undo_wanted: set[UUID] = set()
        self._run = 0
        self._token = context.session.token
        self._renew = QTimer(self)
        self._renew.setInterval(RENEW_MS)
        self._renew.timeout.connect(self._stay)
        self._renew.start()
        context.session.changed.connect(self._person_changed)

    # What there is ------------------------------------------------------------------------------------------------

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """Everything that was lent in this run, in order; what is said stays to be gone back to."""
        return tuple(self._items)

    @property
    def at(self) -> int:
        """Where the person is."""
        return self._at

    @property
    def current(self) -> QueueItem | None:
        """The part on show; None where the run is at its end, or has none."""
        return self._items[self._at] if self._at < len(self._items) else None

    @property
    def ahead(self) -> tuple[QueueItem, ...]:
        """The parts after it."""
        return tuple(self._items[self._at + 1 :])

    @property
    def taking(self) -> bool:
        """Whether parts are asked for and not there yet."""
        return self._taking

    @property
    def exhausted(self) -> bool:
        """Whether the queue had no further part for this person when it was last asked."""
        return self._exhausted

    @property
    def filter(self) -> QueueFilter:
        """What parts are taken."""
        return self._filter

    def said(self, uid: UUID) -> Said | None:
        """What is on record, or on its way there, of what the person said of a part."""
        return self._said.get(uid) or self._under_way.get(uid)

    @property
    def under_way(self) -> int:
        """How many words wait for the engine's answer."""
        return len(self._under_way)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to be taken back."""
        return bool(self._undo) or bool(self._under_way)

    def is_blind(self, item: QueueItem) -> bool:
        """Whether the person must not know yet what others said of a part."""
        return item.stage is Stage.SECOND and self.said(item.uid) is None

    # Going through it ---------------------------------------------------------------------------------------------

    def begin(self, wanted: QueueFilter) -> None:
        """Begin a run with another filter; what was lent and not reviewed is given back first."""
        self.give_back()
        self._filter = wanted
        self._forget()
        self.take_more()
        self.changed.emit()
        self.moved.emit()

    def go(self, at: int) -> None:
        """Show another part of the run; one beyond its end is the end."""
        to = min(max(at, 0), len(self._items))
        if to != self._at:
            self._at = to
            self.moved.emit()
        if len(self._open_ahead()) <= FEW:
            self.take_more()

    def advance(self) -> None:
        """Go on to the next part that nothing was said of."""
        after = range(self._at + 1, len(self._items))
        self.go(next((at for at in after if self.said(self._items[at].uid) is None), len(self._items)))

    def open(self, uid: UUID) -> None:
        """Show one part now, taken out of turn."""
        for at, item in enumerate(self._items):
            if item.uid == uid:
                self.go(at)
                return

        def came(items: list[QueueItem], text: str) -> None:
            if not items:
                self.unavailable.emit(uid, text)
                return
            place = min(self._at + 1, len(self._items)) if self._items else 0
            self._items.insert(place, items[0])
            self._at = place
            self.changed.emit()
            self.moved.emit()

        self._take(came, uids=(uid,))

    def take_more(self) -> None:
        """Take parts ahead, where the person may review and the engine is there."""
        context = self._context
        if self._taking or not context.link.up or not context.session.may(Action.REVIEW):
            return

        def came(items: list[QueueItem], _: str) -> None:
            known = {item.uid for item in self._items}
            fresh = [item for item in items if item.uid not in known]
            self._exhausted = not fresh
            was_at_end = self.current is None
            self._items.extend(fresh)
            self.changed.emit()
            if was_at_end and fresh:
                self.moved.emit()

        held = sum(self.said(item.uid) is None for item in self._items)  # they come first among what is lent
        self._taking = True
        self._take(came, filter=self._filter, n=min(held + AHEAD, MOST_PARTS))

    def _take(self, came: Callable[[list[QueueItem], str], None], **wanted: object) -> None:
        run = self._run

        def answered(answer: Answer) -> None:
            self._taking = False
            if run != self._run:
                return
            if not answer.done:
                self._context.session.heard(answer)
            parts = answer.result.get("parts", ()) if answer.done else ()
            came([item_json.validate_python(part, strict=False) for part in parts], answer.text)

        self._context.link.send(keyed(TakeParts, self._context.session.token, **wanted), answered)

    def _open_ahead(self) -> list[QueueItem]:
        return [item for item in self._items[self._at :] if self.said(item.uid) is None]

    # Saying it ----------------------------------------------------------------------------------------------------

    def say(self, item: QueueItem, said: Said) -> None:
        """Send what the person says of a part; the class first, where one is given."""
        if item.uid in self._under_way:
            return
        self._under_way[item.uid] = said
        if said.relabel is None:
            self._send_word(item, said)
        else:
            self._send(said.relabel, lambda _: self._send_word(item, said), item)
        self.changed.emit()

    def _send_word(self, item: QueueItem, said: Said) -> None:
        token = self._context.session.token
        if item.stage is Stage.ADJUDICATION and said.verdict is not None:
            command = keyed(Adjudicate, token, uid=item.uid, verdict=said.verdict, reasons=said.reasons)
        else:
            command = keyed(
                Review,
                token,
                uid=item.uid,
                outcome=said.outcome,
                verdict=said.verdict,
                reasons=said.reasons,
                seen=item.verdict.value,
            )
        self._send(command, lambda answer: self._was_saved(said, answer), item)

    def _send(self, command: ToEngine, done: Callable[[Answer], None], item: QueueItem) -> None:
        def answered(answer: Answer) -> None:
            if answer.done:
                done(answer)
                return
            self._under_way.pop(item.uid, None)
            self._undo_wanted.discard(item.uid)
            self._context.session.heard(answer)
            self.refused.emit(Refused(item, answer))
            self.changed.emit()

        self._context.link.send(command, answered)

    def _was_saved(self, said: Said, answer: Answer) -> None:
        uid = said.uid
        self._under_way.pop(uid, None)
        kept = said.with_result(answer.result)
        self._said[uid] = kept
        self._undo.append(kept)
        self.saved.emit(kept)
        self.changed.emit()
        if uid in self._undo_wanted:
            self._undo_wanted.discard(uid)
            self._undo.remove(kept)
            self._take_back(kept, self._undoing(kept))

    def undo(self) -> None:
        """Take the word on the part on show back, else the last one; one still on its way as soon as it is on record."""
        item = self.current
        uid = item.uid if item is not None and self.said(item.uid) is not None else None
        if self._under_way and (uid is None or uid in self._under_way):
            self._undo_wanted.add(uid or next(reversed(self._under_way)))
            return
        said = next((each for each in reversed(self._undo) if uid in {None, each.uid}), None)
        if said is None:
            return
        self._undo.remove(said)
        self._take_back(said, self._undoing(said))
        self.changed.emit()

    def _undoing(self, said: Said) -> list[ToEngine]:
        token = self._context.session.token
        commands = [keyed(UndoReview, token, uid=said.uid)]
        if said.relabel is not None:
            commands.append(keyed(UndoRelabel, token, relabel=said.relabel.key))
        return commands

    def _take_back(self, said: Said, commands: list[ToEngine]) -> None:
        """Send what undoes it, one after the other."""
        first, *rest = commands

        def answered(answer: Answer) -> None:
            if not answer.done:
                self._context.session.heard(answer)
                item = next((each for each in self._items if each.uid == said.uid), None)
                if item is not None:
                    self.refused.emit(Refused(item, answer))
                self.changed.emit()
            elif rest:
                self._take_back(said, rest)
            else:
                self._was_undone(said)

        self._context.link.send(first, answered)

    def _was_undone(self, said: Said) -> None:
        self._said.pop(said.uid, None)
        self.undone.emit(said)
        self.changed.emit()
        at = next((at for at, item in enumerate(self._items) if item.uid == said.uid), None)
        if at is not None:
            self.go(at)

    # Coming and going ---------------------------------------------------------------------------------------------

    def stop(self, given: Callable[[], None]) -> bool:
        """Give everything back, the screen ends; return whether there is anything to wait for until `given` is called."""
        self._renew.stop()
        return bool(self._items) and self.give_back(lambda _: given())

    def give_back(self, answered: Callable[[Answer], None] | None = None) -> bool:
        """Give everything back that is lent; return whether anybody could be told."""
        if not self._context.link.up or not self._context.session.may(Action.REVIEW):
            return False
        self._context.link.send(keyed(ReleaseParts, self._context.session.token), answered or _nothing)
        return True

    def _forget(self) -> None:
        self._run += 1
        self._items.clear()
        self._said.clear()
        self._undo.clear()
        self._undo_wanted.clear()
        self._at = 0
        self._taking = self._exhausted = False

    def _person_changed(self) -> None:
        """Begin anew with another person; what the same one wants of the screen changes nothing."""
        if self._context.session.token == self._token:
            return
        self._token = self._context.session.token
        self._forget()
        self.changed.emit()
        self.moved.emit()

    def _stay(self) -> None:
        """Keep what is on show, while somebody may be looking at it."""
        item = self.current
        if item is not None and self._context.link.up and self._context.session.may(Action.REVIEW):
            self._context.link.send(keyed(TakeParts, self._context.session.token, uids=(item.uid,)), _nothing)


def _nothing(_: Answer) -> None:
    """Nobody waits for this answer."""
