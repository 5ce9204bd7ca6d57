"""The page Figures: how far people, model and reference agree, and what the line made, of a day, a week or a month."""

from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from station.config import ShiftTable
from station.journal.reader import JournalReader
from station.quality.agreement import Coefficient
from station.quality.attribute_study import Band, kappa_band
from station.quality.drift import Change
from station.quality.escapes import Escapes
from station.quality.figures import Figures
from station.quality.scope import Scope
from station.report.gather import gather
from station.ui.button import Button
from station.ui.cards import Card, CardPage
from station.ui.context import Context
from station.ui.marks import Look, Mark
from station.ui.reading import Reading
from station.ui.review.figure_charts import FEWEST, DaysPChart, KnownChart, TimePareto
from station.ui.review.key_list import KeyWords
from station.ui.shift.figures import shift_table
from station.ui.theme import MARGIN_MM
from station.ui.widgets import Band as TroubleBand
from station.ui.widgets import Line, Words

PERIODS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
MOST_LINES = 5
_WIDE = ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1))
_TALL = ((0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0))
"""Row and column of the cards: known parts, agreement, rejected parts, classes, escapes, work."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page's own thread brings back."""

    shifts: ShiftTable
    figures: Figures


class FiguresPage(CardPage):
    """Figures are read anew whenever the page is shown; they are worked out in a thread of the page's own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context.data, "figures")
        self._period = PERIODS[0]
        self._asked = 0
        self._read: _Read | None = None
        theme, language = context.theme, context.language
        self._heading, self._status = Line(role="title"), Line(role="small")
        self.periods = tuple(
            Button(theme, shortcut=str(number), checkable=True, clicked=partial(self.choose, period))
            for number, period in enumerate(PERIODS, 1)
        )
        self._trouble = TroubleBand(theme, Look.FAULT, Mark.FAULT)
        self._trouble.hide()
        self._known, self._chart, self._pareto = (
            KnownChart(theme, language),
            DaysPChart(theme, language),
            TimePareto(theme, language),
        )
        self.agreement, self.escapes, self.work = Words(role="small"), Words(), Words()
        for words in (self.agreement, self.escapes, self.work):
            words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._cards = tuple(Card(theme) for _ in _WIDE)
        self._grid = QGridLayout()
        self._places: tuple[tuple[int, int], ...] = ()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        for button in self.periods:
            head.addWidget(button)
        inside = (self._known, self.agreement, self._chart, self._pareto, self.escapes, self.work)
        for card, widget in zip(self._cards, inside, strict=True):
            card.add(widget, 1)
        column = QVBoxLayout(self)
        column.addWidget(self._trouble)
        column.addLayout(head)
        column.addWidget(self._status)
        column.addLayout(self._grid, 1)
        self.arrange(wide=True)
        self.retheme()

    def arrange(self, *, wide: bool) -> None:
        """Two columns where the screen is wide, one where it is tall."""
        places = _WIDE if wide else _TALL
        if self._places == places:
            return
        self._places = places
        for card, place in zip(self._cards, places, strict=True):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, *place)
        for index in range(len(_TALL)):
            self._grid.setRowStretch(index, int(any(row == index for row, _ in places)))
        for index in range(2):
            self._grid.setColumnStretch(index, int(any(column == index for _, column in places)))

    def name(self) -> str:
        """What the page is called."""
        return self.tr("Figures")

    def keys(self) -> list[KeyWords]:
        """List what the keys do here."""
        return [("1  2  3", self.tr("one day, seven days, thirty days"))]

    # What is shown -----------------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Take the keys, and read."""
        self.context.keys.bind({str(number): button.click for number, button in enumerate(self.periods, 1)})
        self.refresh()

    def left(self) -> None:
        """Give the keys back."""
        self.context.keys.unbind(*(str(number) for number in range(1, len(PERIODS) + 1)))

    def stop(self) -> None:
        """End the page's thread."""
        self._reading.stop()

    def choose(self, period: timedelta) -> None:
        """Show another stretch of time, up to now."""
        self._period = period
        self.refresh()

    def refresh(self) -> None:
        """Read anew; an answer to an older question is dropped when it comes."""
        self._asked += 1
        asked, until, config = self._asked, self.context.clock.now().astimezone(UTC), self.context.config
        scope = Scope(until - self._period, until)
        for button, period in zip(self.periods, PERIODS, strict=True):
            button.setChecked(period == self._period)
        self._status.say(self.tr("Working them out …"))

        def work(reader: JournalReader) -> _Read:
            shifts = shift_table(config)
            return _Read(shifts, gather(reader, scope, shifts.at))

        def done(read: _Read) -> None:
            if asked == self._asked:
                self._trouble.hide()
                self._read = read
                self._show()

        self._reading.ask(work, done, self._fail)

    def _fail(self, text: str) -> None:
        self._status.say("")
        self._trouble.say(self.tr("The figures cannot be read."), text)
        self._trouble.show()

    def _show(self) -> None:
        if self._read is None:
            return
        figures, zone = self._read.figures, self._read.shifts.zone
        self._known.show_appraisers(figures.people.known.appraisers)
        self._chart.show_chart(figures.chart, figures.starts, ZoneInfo(zone) if zone else None)
        self._pareto.show_bars(figures.classes)
        self.agreement.setText("\n".join(self._agreement(figures)))
        self.escapes.setText("\n".join((*self._escapes(figures.people.escapes), *self._drift(figures))))
        self.work.setText("\n".join(self._work(figures)))
        tally = figures.tally
        text = self.tr("{0} parts: {1} OK, {2} NG, {3} not decidable.")
        self._status.say(text.format(*map(self._whole, (tally.parts, tally.ok, tally.ng, tally.not_decidable))))
        self._say_cards(figures)

    def _say_cards(self, figures: Figures) -> None:
        known = figures.people.known
        text = self.tr("{0} parts whose answer is known, {1} of them bad. Intervals of 95 %.")
        self._cards[0].say(self.tr("Against the reference"), text.format(known.parts, known.bad))
        self._cards[1].say(self.tr("Agreement beyond chance"), self.tr("1 is full, 0 what chance gives."))
        found = len({signal.index for signal in figures.signals})
        note = self.tr("The Western Electric rules find nothing.")
        if found:
            note = self.tr("Points at which the Western Electric rules find more than chance: {0}.").format(found)
        self._cards[2].say(self.tr("Rejected parts"), note)

    def _agreement(self, figures: Figures) -> list[str]:
        people = figures.people
        lines = [
            self.tr("Fleiss' kappa: {0}").format(self._coefficient(people.fleiss)),
            self.tr("Gwet's AC1: {0}").format(self._coefficient(people.ac1)),
            self.tr("Krippendorff's alpha: {0}").format(self._coefficient(people.alpha)),
            self.tr("With themselves: {0}").format(self._coefficient(people.known.within)),
        ]
        pairs = [f"{pair.first} · {pair.second}: {self._coefficient(pair.kappa)}" for pair in people.pairs]
        return lines + ([self.tr("Of two, Cohen's kappa:"), *self._first(pairs)] if pairs else [])

    def _first(self, lines: list[str]) -> list[str]:
        """The first lines of many, and how many are left out."""
        left = len(lines) - MOST_LINES
        more = [self.tr("{0} more: see `station report`.").format(left)] if left > 0 else []
        return lines[:MOST_LINES] + more

    def _coefficient(self, one: Coefficient | None) -> str:
        if one is None:
            return self.tr("not enough data")
        words = {Band.GOOD: self.tr("good"), Band.MARGINAL: self.tr("marginal"), Band.POOR: self.tr("poor")}
        band = words[kappa_band(one.value)]
        if one.interval is None:
            return self.tr("{0}, {1} (all alike)").format(self._number(one.value), band)
        bounds = (self._number(one.interval.low), self._number(one.interval.high))
        return self.tr("{0} ({1} to {2}), {3}").format(self._number(one.value), *bounds, band)

    def _escapes(self, escapes: Escapes) -> tuple[str, ...]:
        if escapes.audited < FEWEST or escapes.escaped is None:
            text = self.tr("Escapes: not enough data, QA audited {0} of {1} passed parts.")
            return (text.format(self._whole(escapes.audited), self._whole(escapes.passed)),)
        number, bounds = escapes.escaped
        text = self.tr("Escapes: {0} ({1} to {2}) of {3} passed parts; {4} bad ones among {5} audited.")
        counts = (round(number), round(bounds.low), round(bounds.high), escapes.passed, escapes.found, escapes.audited)
        return (text.format(*map(self._whole, counts)),)

    def _drift(self, figures: Figures) -> tuple[str, ...]:
        if not figures.drifts:
            return (self.tr("Drift of scores: not enough data."),)
        words = {
            Change.NONE: self.tr("no change beyond chance"),
            Change.SOME: self.tr("some change: look at pictures and light"),
            Change.MUCH: self.tr("another population: look before you trust the thresholds"),
        }
        text = self.tr("Drift of {0}: PSI {1}, KS {2}, {3}.")
        return tuple(
            text.format(each.model, self._number(each.drift.psi), self._number(each.drift.ks), words[each.drift.change])
            for each in figures.drifts
        )

    def _work(self, figures: Figures) -> list[str]:
        if not figures.people.workers:
            return [self.tr("Nobody decided or outlined anything.")]
        lines = []
        for one in figures.people.workers:
            pace = (
                self.tr("pace not known") if one.an_hour is None else self.tr("{0} an hour").format(round(one.an_hour))
            )
            text = self.tr("{0}: {1} verdicts, {2} outlined views, {3}; {4} of {5} upheld by QA")
            lines.append(text.format(one.who, one.verdicts, one.outlines, pace, one.upheld.count, one.upheld.of))
        return self._first(lines)

    def _whole(self, number: int) -> str:
        return self.context.language.locale.toString(number)

    def _number(self, value: float) -> str:
        return self.context.language.locale.toString(value, "f", 2)

    # How it is shown ---------------------------------------------------------------------------------------------

    def retheme(self) -> None:
        """Take sizes from the theme again."""
        self._grid.setSpacing(self.context.theme.px(MARGIN_MM / 2))
        super().retheme()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self._heading.say(self.tr("Figures of quality"))
        for button, words in zip(self.periods, (self.tr("1 day"), self.tr("7 days"), self.tr("30 days")), strict=True):
            button.say(words)
        titles = (
            self.tr("Against the reference"),
            self.tr("Agreement beyond chance"),
            self.tr("Rejected parts"),
            self.tr("NG parts by class"),
            self.tr("Escapes and drift"),
            self.tr("People's work"),
        )
        for card, title in zip(self._cards, titles, strict=True):
            card.say(title)
        self._cards[3].say(titles[3], self.tr("On the right: their share, all above included."))
        self._show()
