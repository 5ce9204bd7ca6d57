"""The page Shift: what the shift made, why parts were rejected, whether that is more than chance, and what to hand over."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from station.config import ShiftTable
from station.journal.reader import JournalReader
from station.ui.button import Button
from station.ui.cards import Card, CardPage
from station.ui.context import Context
from station.ui.marks import Look, Mark
from station.ui.shift.agreement import AgreementTable
from station.ui.shift.charts import PaceChart, ParetoChart, PChartView
from station.ui.shift.figures import ShiftFigures, read_figures, shift_table
from station.ui.shift.notes import NotesCard
from station.ui.shift.totals import TotalsCard
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Band, Line

REFRESH_MS = 60_000
"""The clock goes on without parts, too."""
AFTER_PART_MS = 1_000
"""At a fast line the figures follow at this pace."""

_WIDE = ((0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2))
_TALL = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (2, 1))
"""Row and column of the cards: totals, classes, chart, pace, agreement, notes."""


class ShiftPage(CardPage):
    """Figures are read in the background while the page is on show; older shifts are one button away."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._back = 0
        self._shown = False
        self._asked = 0
        self._table: ShiftTable | None = None
        self._figures: ShiftFigures | None = None
        theme, language = context.theme, context.language
        self._heading = Line(role="title")
        self._earlier = Button(theme, shortcut="←", clicked=self._go_back)
        self._later = Button(theme, shortcut="→", clicked=self._go_on)
        self._trouble = Band(theme, Look.FAULT, Mark.FAULT)
        self._trouble.hide()
        self._totals = TotalsCard(context)
        self._pareto, self._chart = ParetoChart(theme, language), PChartView(theme, language)
        self._pace, self._agreement = PaceChart(theme, language), AgreementTable(theme, language)
        self._notes = NotesCard(context, self.refresh)
        self._cards = tuple(Card(theme) for _ in range(4))
        self._grid = QGridLayout()
        self._places: tuple[tuple[int, int], ...] = ()
        self._lay_out()
        self._refreshing, self._soon = QTimer(self), QTimer(self)
        self._refreshing.setInterval(REFRESH_MS)
        self._refreshing.timeout.connect(self.refresh)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_PART_MS)
        self._soon.timeout.connect(self.refresh)
        for signal in (context.link.part, context.link.verdict):
            signal.connect(self._note_change)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._earlier)
        head.addWidget(self._later)
        for card, chart in zip(self._cards, (self._pareto, self._chart, self._pace, self._agreement), strict=True):
            card.add(chart, 1)
        column = QVBoxLayout(self)
        column.addWidget(self._trouble)
        column.addLayout(head)
        column.addLayout(self._grid, 1)
        self.arrange(wide=True)
        self.retheme()

    def arrange(self, *, wide: bool) -> None:
        """Three columns where the screen is wide, two where it is tall."""
        places = _WIDE if wide else _TALL
        widgets = (self._totals, *self._cards, self._notes)
        if self._places == places:
            return
        self._places = places
        for widget, place in zip(widgets, places, strict=True):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, *place)
        for index in range(3):
            self._grid.setColumnStretch(index, int(any(column == index for _, column in places)))
            self._grid.setRowStretch(index, int(any(row == index for row, _ in places)))

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Shift")

    # What is shown -----------------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Read, and keep reading."""
        self._shown = True
        self._table = None
        self.context.keys.bind({"Left": self._go_back, "Right": self._go_on})
        self.go(0)
        self._refreshing.start()

    def left(self) -> None:
        """Stop reading."""
        self._shown = False
        self.context.keys.unbind("Left", "Right")
        self._refreshing.stop()
        self._soon.stop()

    def _go_back(self) -> None:
        self.go(self._back + 1)

    def _go_on(self) -> None:
        self.go(self._back - 1)

    def go(self, back: int) -> None:
        """Show the shift that lies so many before the present one."""
        self._back = max(0, back)
        self.refresh()

    def refresh(self) -> None:
        """Read anew; an answer to an older question is dropped when it comes."""
        self._asked += 1
        asked, back, now = self._asked, self._back, self.context.clock.now()
        self._later.setEnabled(back > 0)
        if not self.context.clock.is_set:
            self._trouble.say(
                self.tr("The clock of this machine is not set."),
                self.tr("Parts cannot be told by shift. Set the clock, or check the network's time server."),
            )
            self._trouble.show()
            return
        table, config = self._table, self.context.config

        def work(reader: JournalReader) -> tuple[ShiftTable, ShiftFigures]:
            known = table or shift_table(config)
            return known, read_figures(reader, known, now, back)

        def done(read: tuple[ShiftTable, ShiftFigures]) -> None:
            self._table = read[0]
            if asked == self._asked:
                self._show(read[1])

        self.context.reading.ask(work, done, self._fail)

    def _note_change(self, _: object) -> None:
        if self._shown and self._back == 0 and not self._soon.isActive():
            self._soon.start()

    def _fail(self, text: str) -> None:
        self._trouble.say(self.tr("The figures of the shift cannot be read."), text)
        self._trouble.show()

    def _show(self, figures: ShiftFigures) -> None:
        self._figures = figures
        self._trouble.hide()
        self._totals.show_figures(figures)
        self._pareto.show_bars(figures.classes)
        self._chart.show_chart(figures.chart, figures.chart_starts, figures.zone)
        self._pace.show_spans(figures.hours, figures.zone, running=figures.running)
        self._agreement.show_agreement(figures.agreement)
        self._notes.show_notes(figures.notes, figures.zone)
        self._say_figures(figures)

    def _say_figures(self, figures: ShiftFigures) -> None:
        def local(moment: datetime) -> str:
            return f"{moment.astimezone(figures.zone):%H:%M}"

        start = figures.shift.start.astimezone(figures.zone)
        date = QDate(start.year, start.month, start.day)
        day = self.context.language.locale.toString(date, QLocale.FormatType.LongFormat)
        heading = self.tr("Shift {0}, {1} to {2}, {3}")
        self._heading.say(
            heading.format(figures.shift.number, local(figures.shift.start), local(figures.shift.end), day)
        )
        self._say_chart(figures)
        agreement, locale = figures.agreement, self.context.language.locale
        note = ""
        if agreement.decided_by_both:
            bounds = agreement.disagreement_interval
            low, high = (locale.toString(100 * bound, "f", 1) for bound in (bounds.low, bounds.high))
            text = self.tr("They said the opposite on {0} of {1} parts: {2} to {3} % of all such parts (95 % sure).")
            note = text.format(agreement.disagreements, agreement.decided_by_both, low, high)
        self._cards[3].say(self.tr("Model and people"), note)

    def _say_chart(self, figures: ShiftFigures) -> None:
        minutes = figures.subgroup_minutes
        note = self.tr("Every {0} minutes; dashed: as far as chance goes (3 sigma).").format(minutes)
        if figures.chart is not None and figures.chart.beyond:
            note = self.tr("✕: more than chance, look for a cause.") + " " + note
        elif figures.chart is not None and figures.chart.coarse:
            note += " " + self.tr("So few are rejected that the limits are rough.")
        self._cards[1].say(self.tr("Rejected parts"), note)

    # How it is shown ---------------------------------------------------------------------------------------------

    def retheme(self) -> None:
        """Take sizes from the theme again."""
        self._grid.setSpacing(self.context.theme.px(MARGIN_MM / 2))
        super().retheme()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self._earlier.say(self.tr("Shift before"))
        self._later.say(self.tr("Shift after"))
        self._cards[0].say(self.tr("NG parts by class"), self.tr("On the right: their share, all above included."))
        self._cards[2].say(self.tr("Parts an hour"))
        self._totals.retranslate()
        self._notes.retranslate()
        if self._figures is not None:
            self._show(self._figures)
        else:
            self._cards[1].say(self.tr("Rejected parts"))
            self._cards[3].say(self.tr("Model and people"))
