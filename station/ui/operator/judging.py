"""What the person does with the part: OK or NG, asked once more against a sure model, saved, taken back or refused."""

from PySide6.QtCore import QCoreApplication, QObject, Signal

from labeling.canvas.view import Canvas
from station.desk.messages import Answer, Refusal
from station.people.roles import Action
from station.ui.context import Context
from station.ui.marks import Look
from station.ui.operator.column import Column
from station.ui.operator.deciding import Deciding, Decision, Given, Seen, take_back, verdict_before_ng
from station.ui.operator.ng import NgMode
from station.ui.operator.on_show import OnShow
from station.ui.operator.opinion import opposes_a_sure_model
from station.ui.operator.outlining import Outlining
from station.ui.operator.work import Work, seen_of
from station.ui.sentences import said
from station.ui.words import part_name, refusal_title, verdict_word


class Judging(QObject):
    """One tap gives a verdict; NG goes on to outlining unless another part waits for its verdict."""

    toast = Signal(str, object)
    """What was saved, and how it is taken back (None: it cannot be)."""

    def __init__(
        self, context: Context, on_show: OnShow, deciding: Deciding, outlining: Outlining, ng: NgMode, column: Column
    ) -> None:
        super().__init__(on_show)
        self._context = context
        self._on_show = on_show
        self._deciding = deciding
        self._outlining = outlining
        self._ng = ng
        self._column = column
        self.asked: str | None = None
        """The verdict that was tapped against a sure model and awaits a second tap."""
        self.fetch: tuple[str, ...] = ()
        """Parts to be taken off the line again."""
        column.verdicts.chosen.connect(self._tapped)
        column.look_again.clicked.connect(self.do_not_ask)
        column.fetched.clicked.connect(self._was_fetched)
        deciding.saved.connect(self._saved)
        deciding.refused.connect(self._refused)
        ng.verdict_saved.connect(self._ng_saved)
        on_show.another.connect(self._forget)

    @property
    def why_not(self) -> str:
        """Why nothing can be decided now, in words; empty where it can."""
        context = self._context
        if not context.link.up:
            return QCoreApplication.translate("InspectPage", "No engine: nothing can be saved.")
        if context.session.person is None:
            return QCoreApplication.translate("InspectPage", "Scan your badge to decide.")
        if not context.session.may(Action.GIVE_VERDICT):
            return QCoreApplication.translate("InspectPage", "Your role does not decide parts.")
        if self._deciding.under_way is not None:
            return QCoreApplication.translate("InspectPage", "Being saved …")
        return self._why_not_this_part()

    def _why_not_this_part(self) -> str:
        on_show = self._on_show
        if on_show.trouble:
            return QCoreApplication.translate("InspectPage", "This part cannot be read.")
        if on_show.showing.shown is None:
            return QCoreApplication.translate("InspectPage", "No part to decide.")
        if on_show.part is None or not on_show.is_read:
            reading = QCoreApplication.translate("InspectPage", "The part is being read …")
            return "" if on_show.just_changed else reading
        if any(view.pixels is None for view in on_show.part.views):
            return QCoreApplication.translate("InspectPage", "A picture is missing: this part cannot be decided.")
        return ""

    def tap_outline(self, uid: object, canvas: Canvas) -> None:
        """Begin the NG mode with a model's outline that was tapped: one chip more and the part is NG."""
        part = self._on_show.part
        if self._outlining.active or self.why_not or part is None or self._on_show.hides:
            return
        self._outlining.want(part.uid)
        if self._outlining.begin():
            canvas.outline_tapped.emit(uid)

    def do_not_ask(self) -> None:
        """Forget the tap against a sure model."""
        self.asked = None
        self._on_show.changed.emit()

    def _tapped(self, verdict: Given) -> None:
        on_show, part = self._on_show, self._on_show.part
        if on_show.just_changed or self.why_not or part is None or not on_show.is_read:
            return
        welcome = self._context.link.last_welcome
        asks = welcome is not None and welcome.recipe.ask_when_disagreeing and not on_show.hides
        if asks and self.asked != verdict and opposes_a_sure_model(part, verdict):
            self.asked = verdict
            on_show.changed.emit()
            return
        self.asked = None
        if verdict == "NG" and self._outlining.active:
            self._ng.press_ng()
        elif verdict == "NG" and seen_of(part) is None:
            self._outlining.want(part.uid)
            self._outlining.begin()
        else:
            inspection = part.record.inspection
            seen: Seen = inspection.verdict.kind.value
            self._deciding.give(Decision(part.uid, inspection.trigger.part_seq, verdict, seen))

    def _saved(self, decision: Decision, passed_already: bool) -> None:
        self._announce(decision, passed_already)
        on_show, uid = self._on_show, decision.uid
        outlines = decision.verdict == "NG" and not decision.undo and uid == on_show.showing.shown
        if outlines and not on_show.showing.waiting:  # a part that waits for its verdict comes before an outline
            self._outlining.want(uid)  # as soon as the record with this verdict is read
            on_show.apply(on_show.showing.released(uid).opened(uid))
            return
        if uid == on_show.showing.shown:
            self._outlining.leave()
        after = on_show.showing.released(uid)
        on_show.apply(after.advanced() if after.shown == uid else after)

    def _ng_saved(self, work: Work, passed_already: bool) -> None:
        """The NG mode gave the verdict: a model's outline and a chip were tapped."""
        part = self._on_show.part
        known = part.record.verdicts if part is not None and part.uid == work.place.part else ()
        self._announce(Decision(work.place.part, work.part_seq, "NG", verdict_before_ng(known)), passed_already)
        self._on_show.apply(self._on_show.showing.released(work.place.part))

    def _announce(self, decision: Decision, passed_already: bool) -> None:
        """Say what is in the journal now, and what it asks for."""
        self._on_show.unhide(decision.uid)
        name, word = part_name("", decision.part_seq), verdict_word(decision.verdict)
        others = tuple(known for known in self.fetch if known != name)
        self.fetch = (*others, name) if passed_already else others
        if decision.undo:
            again = QCoreApplication.translate("InspectPage", "{0}: {1} again · saved")
            self.toast.emit(again.format(name, word), None)
        else:
            saved = QCoreApplication.translate("InspectPage", "{0}: {1} saved · undo")
            self.toast.emit(saved.format(name, word), lambda: self._take_back(decision))
        self._context.pictures.refresh(decision.uid)

    def _take_back(self, decision: Decision) -> None:
        back = take_back(decision)
        if back is not None:
            self._deciding.give(back)
            return
        stands = QCoreApplication.translate("InspectPage", "{0} stands until you decide again")
        self._column.say_note(
            stands.format(verdict_word(decision.verdict)),
            QCoreApplication.translate("InspectPage", "It is saved. The other button supersedes it."),
        )
        if self._on_show.showing.shown == decision.uid:
            self._outlining.leave()
        self._on_show.apply(self._on_show.showing.opened(decision.uid))

    def _refused(self, decision: Decision, answer: Answer, who: str) -> None:
        text = said(answer.text)
        if answer.refusal is Refusal.SUPERSEDED and who:
            others = QCoreApplication.translate("InspectPage", "{0} decided part {1} a moment ago. Look at it again.")
            text = others.format(who, part_name("", decision.part_seq))
        look = Look.FAULT if answer.refusal is Refusal.STORAGE else Look.CONTROL
        self._column.say_note(refusal_title(answer), text, look)
        self._context.pictures.refresh(decision.uid)
        self._on_show.changed.emit()

    def _was_fetched(self) -> None:
        self.fetch = ()
        self._on_show.changed.emit()

    def _forget(self) -> None:
        self.asked = None
