"""The column beside the picture: the verdict in words, what waits, what was refused, the facts, and OK and NG at its foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.context import Context
from station.ui.marks import Look, Mark
from station.ui.operator.facts import Facts
from station.ui.operator.verdicts import VerdictBand, VerdictRow
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Band


class Column(QWidget):
    """Parts of the column; what they say comes from the page. Nothing in it covers the picture or OK and NG."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.verdict = VerdictBand(context)
        self.hold = Band(theme, Look.UNDECIDED, Mark.UNDECIDED)
        self.go_to_waiting = Button(theme, shortcut="W")
        self.waiting = Band(theme, Look.UNDECIDED, Mark.UNDECIDED, (self.go_to_waiting,))
        self.look_again = Button(theme, shortcut="Esc")
        self.ask = Band(theme, Look.UNDECIDED, Mark.UNDECIDED, (self.look_again,))
        self.understood = Button(theme)
        self.note = Band(theme, Look.CONTROL, Mark.FAULT, (self.understood,))
        self.fetched = Button(theme)
        self.fetch = Band(theme, Look.NG, Mark.NG, (self.fetched,))
        self.to_live = Button(theme, shortcut="L")
        self.facts = Facts(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.facts)
        self.verdicts = VerdictRow(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.verdict, self.hold, self.waiting, self.fetch, self.note, self.ask):
            box.addWidget(widget)
        box.addWidget(self.stack, 1)
        self._way_back = QWidget()
        self._inset = QVBoxLayout(self._way_back)
        self._inset.addWidget(self.to_live)
        box.addWidget(self._way_back)
        box.addWidget(self.verdicts)
        for band in (self.hold, self.waiting, self.ask, self.note, self.fetch, self._way_back):
            band.setVisible(False)
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def say_note(self, title: str, text: str, look: Look = Look.CONTROL) -> None:
        """Say what the person has to know; it stays until they have understood it."""
        self.note.wear(look, Mark.FAULT)
        self.note.say(title, text)
        self.note.setVisible(True)

    def offer_way_back(self, text: str) -> None:
        """Offer to follow the line again; empty: it is followed, or something else is to be finished first."""
        self.to_live.say(text)
        self._way_back.setVisible(bool(text))

    def retranslate(self) -> None:
        """Say what never changes again."""
        self.go_to_waiting.say(self.tr("Show"))
        self.look_again.say(self.tr("Look again"))
        self.understood.say(self.tr("Understood"))
        self.fetched.say(self.tr("Fetched"))
        self.verdicts.retranslate()

    def _dress(self) -> None:
        margin = self._theme.px(MARGIN_MM)
        self._inset.setContentsMargins(margin, margin // 2, margin, margin // 2)
