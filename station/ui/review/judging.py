"""What the person says of the part on show: one key a word, and on to the next part at once."""

from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from station.desk.messages import Answer, Refusal, VerdictChanged
from station.desk.review_messages import Relabel, SetGolden
from station.people.roles import Action
from station.review.queue import QueueItem, Reason, Stage
from station.ui.context import Context
from station.ui.link import keyed
from station.ui.marks import Look
from station.ui.review.column import ReviewColumn
from station.ui.review.editing import Editing
from station.ui.review.lending import Lending, Refused
from station.ui.review.saying import Given, Said, accepted, rejected, saying, to_rework
from station.ui.review.show import ReviewShow
from station.ui.review.telling import said_words
from station.ui.sentences import said as in_words
from station.ui.words import part_name, refusal_title


class Judging(QObject):
    """Between keys and buttons on one side, and the parts in hand on the other."""

    changed = Signal()
    """Something is to be said anew."""

    def __init__(
        self, context: Context, lending: Lending, show: ReviewShow, editing: Editing, column: ReviewColumn
    ) -> None:
        super().__init__(show)
        self._context = context
        self._lending = lending
        self._show = show
        self._editing = editing
        self._column = column
        self._about: UUID | None = None
        self._golden: set[UUID] = set()
        column.verdicts.chosen.connect(self._give)
        column.palette_.chosen.connect(self._classify)
        column.needs_rework.clicked.connect(self.ask_for_reason)
        column.edit.clicked.connect(self.edit)
        column.undo.clicked.connect(self.undo)
        column.golden.clicked.connect(self.make_golden)
        column.show_it.clicked.connect(self.show_it)
        column.rework.chosen.connect(self._rework)
        column.rework.dropped.connect(self.drop_question)
        lending.saved.connect(self._saved)
        lending.undone.connect(self._undone)
        lending.refused.connect(self._refused)
        lending.unavailable.connect(self._unavailable)
        editing.finished.connect(self._edited)
        context.link.verdict.connect(self._elsewhere)

    @property
    def why_not(self) -> str:
        """Why nothing can be said of the part on show, in words; empty where it can."""
        context = self._context
        if not context.link.up:
            return QCoreApplication.translate("Review", "No engine: nothing can be saved.")
        if context.session.person is None:
            return QCoreApplication.translate("Review", "Log in to review.")
        if not context.session.may(Action.REVIEW):
            return QCoreApplication.translate("Review", "Your role does not review: QA and administrators do.")
        return self._why_not_this_part()

    def _why_not_this_part(self) -> str:
        show, item = self._show, self._show.item
        if item is None:
            return QCoreApplication.translate("Review", "No part to review.")
        if self._lending.said(item.uid) is not None:
            return QCoreApplication.translate("Review", "You have said it. Z takes it back, J goes on.")
        if show.trouble:
            return QCoreApplication.translate("Review", "This part cannot be read.")
        if show.part is None or not show.is_read:
            reading = QCoreApplication.translate("Review", "The part is being read …")
            return "" if show.just_changed else reading
        if any(view.pixels is None for view in show.part.views):
            return QCoreApplication.translate("Review", "A picture is missing: this part cannot be decided. J goes on.")
        return ""

    @property
    def asking(self) -> bool:
        """Whether a reason for rework is asked for."""
        return self._column.stack.currentWidget() is self._column.rework

    # What keys ask for ----------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """The judgement stands."""
        if (item := self._ready_item()) is not None:
            self._say(item, saying(item, accepted(item)))

    def reject(self) -> None:
        """It is the other way round."""
        if (item := self._ready_item()) is not None:
            self._say(item, saying(item, rejected(item)))

    def ask_for_reason(self) -> None:
        """Ask what is wrong with the labels."""
        if self.asking:
            self.drop_question()
        elif self._ready_item() is not None:
            self._column.stack.setCurrentWidget(self._column.rework)

    def answer(self, number: int) -> None:
        """Give the reason of a number."""
        reasons = tuple(Reason)
        if number <= len(reasons):
            self._rework(reasons[number - 1])

    def drop_question(self) -> None:
        """Ask no longer."""
        if self.asking:
            self._column.stack.setCurrentWidget(self._column.judging)

    def edit(self) -> None:
        """Edit the outlines; not while the person must not know those of another reviewer."""
        item = self._ready_item()
        if item is None:
            return
        if self._lending.is_blind(item):
            self._note(
                QCoreApplication.translate("Review", "A second opinion comes first"),
                QCoreApplication.translate(
                    "Review", "Somebody's outlines may not be seen before you have said A, R, N or a class."
                ),
            )
            return
        self.drop_question()
        self._editing.begin()

    @property
    def is_golden(self) -> bool:
        """Whether the person has just made the part on show one whose answer is known."""
        return self._show.item is not None and self._show.item.uid in self._golden

    def make_golden(self) -> None:
        """Make the part on show one whose answer is known, or none any longer."""
        item = self._show.item
        said = self._lending.said(item.uid) if item is not None else None
        if item is None or said is None or said.stage is not Stage.DONE or said.verdict is None:
            return
        verdict = None if item.uid in self._golden else said.verdict

        def answered(answer: Answer) -> None:
            if not answer.done:
                self._context.session.heard(answer)
                self._refused(Refused(item, answer))
                return
            self._golden ^= {item.uid}
            name = part_name(item.part_id, item.part_seq)
            made = QCoreApplication.translate("Review", "{0}: golden part, the answer is {1} · saved")
            ended = QCoreApplication.translate("Review", "{0}: no golden part any more · saved")
            self._column.saved.say((ended if verdict is None else made).format(name, verdict))
            self.changed.emit()

        command = keyed(SetGolden, self._context.session.token, uid=item.uid, verdict=verdict)
        self._context.link.send(command, answered)

    def undo(self) -> None:
        """Take back what was said of the part on show, else the last word."""
        self._lending.undo()

    def show_it(self) -> None:
        """Show the part that the note is about."""
        if self._about is not None:
            uid = self._about
            self.put_away()
            self._lending.open(uid)

    def escape(self) -> None:
        """Put away what is open: the question, then the note."""
        if self.asking:
            self.drop_question()
        else:
            self.put_away()

    def put_away(self) -> None:
        """Put the note away."""
        self._about = None
        self._column.say_note("", "")

    def _ready_item(self) -> QueueItem | None:
        """Return the part on show where it can be judged now; keys so soon after it came were meant for the one before."""
        if self._editing.active or self._show.just_changed or self.why_not or not self._show.is_read:
            return None
        return self._show.item

    def _give(self, verdict: Given) -> None:
        if (item := self._ready_item()) is not None:
            self._say(item, saying(item, verdict))

    def _classify(self, name: str) -> None:
        if self._editing.active:
            return
        item = self._ready_item()
        if item is not None:
            relabel = keyed(Relabel, self._context.session.token, uids=(item.uid,), class_name=name)
            assert isinstance(relabel, Relabel)
            self._say(item, saying(item, "NG", relabel))

    def _rework(self, reason: Reason) -> None:
        if (item := self._ready_item()) is not None:
            self.drop_question()
            self._say(item, to_rework(item, reason))

    def _say(self, item: QueueItem, said: Said) -> None:
        self._lending.say(item, said)
        if self._lending.current is item:
            self._lending.advance()

    def _edited(self, uid: UUID) -> None:
        """The outlines are on record: the part is NG, with them."""
        item = next((each for each in self._lending.items if each.uid == uid), None)
        if item is not None and self._lending.said(uid) is None:
            self._say(item, saying(item, "NG"))

    # What comes of it -----------------------------------------------------------------------------------------------

    def _saved(self, said: Said) -> None:
        name = part_name("", said.part_seq)
        saved = QCoreApplication.translate("Review", "{0}: {1} · saved")
        self._column.saved.say(saved.format(name, said_words(said)))
        self._context.pictures.refresh(said.uid)
        self._show.read_words()
        if said.fetch:
            self._note(
                QCoreApplication.translate("Review", "Fetch back {0}").format(name),
                QCoreApplication.translate("Review", "It is NG and has passed the gate already: have it taken off."),
                Look.NG,
            )
        if said.stage is Stage.ADJUDICATION:
            self._note(
                QCoreApplication.translate("Review", "{0}: reviewers differ").format(name),
                QCoreApplication.translate("Review", "Somebody who has not reviewed it decides."),
            )
        self.changed.emit()

    def _undone(self, said: Said) -> None:
        back = QCoreApplication.translate("Review", "{0}: taken back · saved")
        self._column.saved.say(back.format(part_name("", said.part_seq)))
        self._context.pictures.refresh(said.uid)
        self.changed.emit()

    def _refused(self, refused: Refused) -> None:
        item, answer = refused.item, refused.answer
        look = Look.FAULT if answer.refusal is Refusal.STORAGE else Look.CONTROL
        title = f"{part_name(item.part_id, item.part_seq)}: {refusal_title(answer)}"
        self._note(title, in_words(answer.text), look, item.uid)
        self._context.pictures.refresh(item.uid)
        self.changed.emit()

    def _unavailable(self, _: UUID, text: str) -> None:
        self._note(
            QCoreApplication.translate("Review", "Not lent to you"),
            in_words(text)
            or QCoreApplication.translate(
                "Review", "Somebody else has this part now, or it is not in the queue any more."
            ),
        )

    def _elsewhere(self, changed: VerdictChanged) -> None:
        """Somebody else decided the part on show."""
        item, person = self._show.item, self._context.session.person
        if item is None or changed.uid != item.uid or person is None or changed.author == person.name:
            return
        self._note(
            QCoreApplication.translate("Review", "{0} was decided meanwhile").format(
                part_name(item.part_id, item.part_seq)
            ),
            QCoreApplication.translate(
                "Review", "{0} says {1}. J goes on; to judge it anew, open it from the queue."
            ).format(changed.author, changed.verdict),
        )
        self._context.pictures.refresh(changed.uid)

    def _note(self, title: str, text: str, look: Look = Look.CONTROL, about: UUID | None = None) -> None:
        self._about = about
        shown = self._show.item
        leads = about is not None and (shown is None or shown.uid != about)
        self._column.say_note(title, text, look, QCoreApplication.translate("Review", "Show") if leads else "")
