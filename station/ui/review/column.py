"""The column beside the picture: the judgement in words, why the part is here, facts, classes, and what can be said of it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from station.review.queue import Reason
from station.ui.button import Button
from station.ui.context import Context
from station.ui.marks import Look, Mark
from station.ui.operator.class_counts import PaletteFeed
from station.ui.operator.facts import Facts
from station.ui.operator.palette import GAP_MM, Palette
from station.ui.operator.verdicts import VerdictBand, VerdictRow
from station.ui.review.words import reason_word
from station.ui.theme import MARGIN_MM, PALETTE_MM, TOUCH_MM
from station.ui.widgets import Band, Line, Words

ROOMY_MM = 175.0
"""A column so high has room for three rows of classes."""


class ReworkPanel(QWidget):
    """Asks what is wrong with the labels; one key answers."""

    chosen = Signal(object)
    """`Reason`."""
    dropped = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self._title = Words(role="title")
        self.buttons = {
            reason: Button(theme, shortcut=str(number), clicked=partial(self.chosen.emit, reason))
            for number, reason in enumerate(Reason, 1)
        }
        self.back = Button(theme, shortcut="Esc", clicked=self.dropped.emit)
        self._box = QVBoxLayout(self)
        self._grid = QGridLayout()
        for at, button in enumerate((*self.buttons.values(), self.back)):
            self._grid.addWidget(button, at // 2, at % 2)
        self._box.addWidget(self._title)
        self._box.addLayout(self._grid)
        self._box.addStretch(1)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self._title.setText(self.tr("What is wrong with the labels?"))
        for reason, button in self.buttons.items():
            button.say(reason_word(reason))
        self.back.say(self.tr("Back"))

    def _dress(self) -> None:
        margin = self._context.theme.px(MARGIN_MM)
        self._box.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._box.setSpacing(margin // 2)
        self._grid.setSpacing(margin // 2)


class ReviewColumn(QWidget):
    """Parts of the column; what they say comes from the page. OK and NG stand at its foot and never move."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.verdict = VerdictBand(context)
        self._said_verdict: tuple[str | None, str, str] | None = None
        self.why = Words(role="small")
        self.show_it = Button(theme, shortcut="W")
        self.note = Band(theme, Look.CONTROL, Mark.FAULT, (self.show_it,))
        self.facts = Facts(context)
        self.palette_ = Palette(theme)
        self.feed = PaletteFeed(context, self.palette_)
        self.judging = QWidget()
        self.rework = ReworkPanel(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.judging)
        self.stack.addWidget(self.rework)
        self.saved = Line(role="small")
        self.verdicts = VerdictRow(context)
        self.needs_rework = Button(theme, shortcut="N")
        self.edit = Button(theme, shortcut="E")
        self.golden = Button(theme, shortcut="P")
        self.undo = Button(theme, shortcut="Z")
        self.note.hide()
        self._build()
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def _build(self) -> None:
        inside = QVBoxLayout(self.judging)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.facts, 2)
        self._chips = QVBoxLayout()
        self._chips.addWidget(self.palette_)
        inside.addLayout(self._chips, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._said = QVBoxLayout()
        self._said.addWidget(self.why)
        self._more = QHBoxLayout()
        for button in (self.needs_rework, self.edit, self.golden, self.undo):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._more.addWidget(button, 1)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.saved)
        self._foot.addLayout(self._more)
        box.addWidget(self.verdict)
        box.addLayout(self._said)
        box.addWidget(self.note)
        box.addWidget(self.stack, 1)
        box.addLayout(self._foot)
        box.addWidget(self.verdicts)

    def say_verdict(self, verdict: str | None, who: str, language: str) -> None:
        """Say the judgement; what is said already, in the same language, is not painted anew."""
        if (verdict, who, language) != self._said_verdict:
            self._said_verdict = verdict, who, language
            self.verdict.say(verdict, who)

    def say_note(self, title: str, text: str, look: Look = Look.CONTROL, button: str = "") -> None:
        """Say what the person has to know, with a button that leads to the part it is about; empty: no button."""
        self.note.wear(look, Mark.FAULT)
        self.note.say(title, text)
        self.show_it.say(button)
        self.show_it.setVisible(bool(button))
        self.note.setVisible(bool(title))
        self._make_room()

    def retranslate(self) -> None:
        """Say what never changes again."""
        self.needs_rework.say(self.tr("Needs rework"))
        self.edit.say(self.tr("Edit"))
        self.undo.say(self.tr("Undo"))
        self.verdicts.retranslate()
        self.rework.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Give the classes what room there is."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Let three rows of classes be seen where nothing else has to be said: their keys are what is used most."""
        px = self._context.theme.px
        rows = 2 if self.note.isVisibleTo(self) or self.height() < px(ROOMY_MM) else 3
        self.facts.setMinimumHeight(px(TOUCH_MM))  # it scrolls
        self.palette_.setMinimumHeight(rows * px(PALETTE_MM) + (rows - 1) * px(GAP_MM))

    def _dress(self) -> None:
        margin = self._context.theme.px(MARGIN_MM)
        self._make_room()
        self._said.setContentsMargins(margin, margin // 2, margin, 0)
        self._chips.setContentsMargins(margin, 0, margin, 0)
        self._foot.setContentsMargins(margin, margin // 2, margin, 0)
        self._foot.setSpacing(margin // 2)
        self._more.setSpacing(margin // 2)
