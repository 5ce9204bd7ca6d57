"""The figures of a shift that are read from afar: yield, counts, pace."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from station.line.inspection import VerdictKind
from station.ui.cards import Card
from station.ui.context import Context
from station.ui.marks import MarkLabel
from station.ui.shift.agreement import MARKS
from station.ui.shift.figures import ShiftFigures
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Line, Words
from station.ui.words import verdict_word

_DASH = "-"


class TotalsCard(Card):
    """Yield in the largest type, below it what it is made of."""

    def __init__(self, context: Context) -> None:
        self._grid = QGridLayout()
        super().__init__(context.theme)
        self._context = context
        self._figures: ShiftFigures | None = None
        self._yield, self._meaning = Line(_DASH, role="verdict"), Words(role="small")
        self._counts = {kind: Line(_DASH, role="title") for kind in VerdictKind}
        self._names = {kind: Line(role="small") for kind in VerdictKind}
        self._pace, self._pace_name = Line(_DASH, role="title"), Line(role="small")
        self.add(self._yield)
        self.add(self._meaning)
        for row, kind in enumerate(VerdictKind):
            self._grid.addWidget(MarkLabel(context.theme, MARKS[kind]), row, 0)
            self._grid.addWidget(self._counts[kind], row, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(self._names[kind], row, 2)
        self._grid.addWidget(self._pace, 0, 3, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._pace_name, 0, 4)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnStretch(4, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.retranslate()

    def _dress(self) -> None:
        super()._dress()
        self._grid.setSpacing(self._theme.px(MARGIN_MM / 2))

    def show_figures(self, figures: ShiftFigures) -> None:
        """Show other figures."""
        self._figures = figures
        locale, tally = self._context.language.locale, figures.tally
        if tally.yield_share is None:
            self._yield.say(_DASH)
            self._meaning.setText(self.tr("No parts in this shift yet."))
        else:
            bounds = tally.yield_interval
            low, high = (locale.toString(100 * bound, "f", 1) for bound in (bounds.low, bounds.high))
            self._yield.say(locale.toString(100 * tally.yield_share, "f", 1) + " %")
            text = self.tr("{0} OK of {1} parts. The line's own yield lies between {2} and {3} % (95 % sure).")
            parts = (locale.toString(number) for number in (tally.ok, tally.parts))
            self._meaning.setText(text.format(*parts, low, high))
        for kind, count in zip(VerdictKind, (tally.ok, tally.ng, tally.not_decidable), strict=True):
            self._counts[kind].say(locale.toString(count))
        self._pace.say(_DASH if figures.pace is None else locale.toString(round(figures.pace)))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(self.tr("Yield"))
        for kind, line in self._names.items():
            line.say(verdict_word(kind.value))
        self._pace_name.say(self.tr("parts an hour"))
        if self._figures is not None:
            self.show_figures(self._figures)
