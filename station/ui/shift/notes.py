"""Hand-over notes: what the next shift should know, most of it said by tapping sentences."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QDate, QLocale, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from station.desk.messages import Answer, WriteNote
from station.journal.records import Note
from station.people.roles import Action
from station.ui.button import Button
from station.ui.cards import Card
from station.ui.context import Context
from station.ui.link import keyed
from station.ui.sentences import said
from station.ui.theme import MARGIN_MM, Type
from station.ui.widgets import Words

SENTENCES = 6
COLUMNS = 3
MAX_TYPED = 3000
"""Characters; with every sentence a note still is what the engine takes."""


class _Scroll(QScrollArea):
    """A list that gives way to what is below it."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for two lines."""
        return QSize(0, 2 * self.fontMetrics().lineSpacing())


class NotesCard(Card):
    """The notes there are, newest first, and a new one. `written` is called when one more is on record."""

    def __init__(self, context: Context, written: Callable[[], None]) -> None:
        super().__init__(context.theme)
        self._context = context
        self._written = written
        self._zone: tzinfo | None = None
        self._notes: tuple[Note, ...] | None = None
        self._sending = False
        self._list = QVBoxLayout()
        self._status = Words(role="small")
        self._field = QLineEdit()
        self._field.setMaxLength(MAX_TYPED)
        self._field.returnPressed.connect(self.hand_over)
        self._field.textChanged.connect(self._enable)
        self._chips = tuple(Button(context.theme, checkable=True, size=Type.SMALL) for _ in range(SENTENCES))
        self._button = Button(context.theme, clicked=self.hand_over)
        self._lay_out()
        context.session.changed.connect(self._enable)
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        scroll = _Scroll()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        chips, row = QGridLayout(), QHBoxLayout()
        for number, chip in enumerate(self._chips):
            chip.toggled.connect(self._enable)
            chips.addWidget(chip, *divmod(number, COLUMNS))
        for layout in (chips, row):
            layout.setSpacing(self._context.theme.px(MARGIN_MM / 2))
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        self.add(scroll, 1)
        self.add(self._status)
        self.body.addLayout(chips)
        self.body.addLayout(row)

    def show_notes(self, notes: tuple[Note, ...], zone: tzinfo | None) -> None:
        """Show what is on record."""
        if (notes, zone) == (self._notes, self._zone):
            return
        self._notes, self._zone = notes, zone
        while (item := self._list.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for note in notes:
            self._list.addWidget(Words(f"{self._when(note.time)}  {note.author}: {note.text}"))
        if not notes:
            self._list.addWidget(Words(self.tr("No note yet."), role="quiet"))
        self._list.addStretch(1)

    def _when(self, time: datetime) -> str:
        """Write the time of day, with the date where that is not today's."""
        local, today = time.astimezone(self._zone), self._context.clock.now().astimezone(self._zone).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        date = QDate(local.year, local.month, local.day)
        return f"{self._context.language.locale.toString(date, QLocale.FormatType.ShortFormat)} {local:%H:%M}"

    @property
    def note(self) -> str:
        """The new note: the tapped sentences, then what was typed."""
        tapped = [chip.text() for chip in self._chips if chip.isChecked()]
        return " ".join([*tapped, self._field.text().strip()]).strip()

    def hand_over(self) -> None:
        """Send the new note; what was written stays until the engine has it on record."""
        if not self.note or self._sending or not self._context.session.may(Action.WRITE_NOTE):
            return
        self._sending = True
        self._enable()
        self._context.link.send(keyed(WriteNote, self._context.session.token, text=self.note), self._answered)

    def _answered(self, answer: Answer) -> None:
        self._sending = False
        if answer.done:
            self._field.clear()
            for chip in self._chips:
                chip.setChecked(False)
            self._written()
        self._enable()
        if not answer.done:
            self._say(said(answer.text))

    def _enable(self) -> None:
        """Let be pressed what can be, and say why the rest cannot."""
        may = self._context.session.may(Action.WRITE_NOTE)
        for widget in (*self._chips, self._field):
            widget.setEnabled(may and not self._sending)
        self._button.setEnabled(may and not self._sending and bool(self.note))
        if not may:
            self._say(self.tr("Log in to leave a note."))
        elif self._sending and not self._context.link.up:
            self._say(self.tr("The engine is away. The note is handed over when it is back."))
        elif self._sending:
            self._say(self.tr("Handing over …"))
        else:
            self._say("")

    def _say(self, text: str) -> None:
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self.say(self.tr("Hand-over notes"))
        sentences = (
            self.tr("All quiet."),
            self.tr("Lens cleaned."),
            self.tr("Light looks weaker."),
            self.tr("New material."),
            self.tr("Watch for scratches."),
            self.tr("Maintenance is called."),
        )
        for chip, sentence in zip(self._chips, sentences, strict=True):
            chip.say(sentence)
        self._field.setPlaceholderText(self.tr("Anything else to say"))
        self._button.say(self.tr("Hand over"))
        if self._notes is not None:
            notes, self._notes = self._notes, None
            self.show_notes(notes, self._zone)
        self._enable()
