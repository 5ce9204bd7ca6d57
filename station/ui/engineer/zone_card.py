"""Beside the picture: name and kind of the chosen zone, and what becomes of all of them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from station.people.roles import Action
from station.ui.button import Button
from station.ui.context import Context
from station.ui.engineer.line import CommandCard
from station.ui.engineer.zone_edits import Zone
from station.ui.theme import MARGIN_MM, Type
from station.ui.widgets import Words

MOST_LETTERS = 64


class ZoneCard(CommandCard):
    """Says what a person wants, and shows what it is told; what zones there are it does not know."""

    named = Signal(str)
    ignored = Signal(bool)
    save_wanted = Signal()
    use_wanted = Signal()
    drop_wanted = Signal()
    field_left = Signal()
    """Enter or Escape in the field of the name: keys go to the picture again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._zone: Zone | None = None
        self._dirty = self._saving = self._saved = self._asking = False
        self._hint, self._state, self._meaning = Words(), Words(), Words(role="small")
        self.field = QLineEdit()
        self.field.setMaxLength(MOST_LETTERS)
        self.field.editingFinished.connect(self.take_name)
        self.field.installEventFilter(self)
        self.chips: dict[str, Button] = {}
        self._chips = QVBoxLayout()
        self.ignore = Button(context.theme, shortcut="I", checkable=True, clicked=self._ignore)
        self.save = Button(context.theme, clicked=self.save_wanted.emit)
        self.use = Button(context.theme, clicked=self.use_wanted.emit)
        self.drop = Button(context.theme, clicked=self._drop)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        inside.setLayout(self._chips)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(self._context.theme.px(MARGIN_MM / 4))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        row = QHBoxLayout()
        for button in (self.save, self.drop):
            row.addWidget(button)
        for widget in (self._hint, self.field, self.ignore):
            self.add(widget)
        self.add(self._scroll, 1)
        self.body.addStretch(0)
        for widget in (self._state, self._outcome):
            self.add(widget)
        self.body.addLayout(row)
        self.add(self._meaning)
        self.add(self.use)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Enter and Escape leave the field; Escape gives the name back that it had."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._show_name()
            if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.take_name()
                self.field_left.emit()
                return True
        return super().eventFilter(watched, event)

    def show_zone(self, zone: Zone | None, names: tuple[str, ...]) -> None:
        """Show the chosen zone, or none, and the names it can be given."""
        self._zone = zone
        self._show_name()
        names = names if zone is not None else ()
        if tuple(self.chips) != names:
            while (item := self._chips.takeAt(0)) is not None:
                if widget := item.widget():
                    widget.hide()
                    widget.deleteLater()
            self.chips = {name: self._chip(name) for name in names}
            self._chips.addStretch(1)
        self.ignore.setChecked(zone is not None and zone.ignore)
        for widget in (self.field, self._scroll, self.ignore):
            widget.setVisible(zone is not None)
        self.body.setStretch(4, 0 if zone is not None else 1)
        self.retranslate()

    def show_state(self, *, dirty: bool, saving: bool, saved: bool) -> None:
        """Show whether there is something to save, whether that is under way, and whether something was saved here."""
        self._asking = self._asking and dirty
        self._dirty, self._saving, self._saved = dirty, saving, saved
        self.retranslate()

    def take_name(self) -> None:
        """Give the zone the name that was typed."""
        name = self.field.text().strip()
        if self._zone is not None and name != self._zone.name:
            self.named.emit(name)

    def may_draw(self) -> bool:
        """Whether the person at the screen may change zones."""
        return self._context.session.may(Action.DRAW_ZONES) and self._context.config is not None

    def enable(self) -> None:
        """Let be pressed what can be pressed."""
        draws = self.may_draw()
        for widget in (self.field, self.ignore, *self.chips.values()):
            widget.setEnabled(draws)
        self.save.setEnabled(draws and self._dirty and not self._saving)
        self.drop.setVisible(self._dirty)
        self.drop.setEnabled(not self._saving)
        for each in (self.use, self._meaning):
            each.setVisible(self._saved and not self._dirty)
        self.use.setEnabled(self.may(Action.CHOOSE_RECIPE))

    def _chip(self, name: str) -> Button:
        chip = Button(self._context.theme, name, size=Type.SMALL, clicked=lambda: self._tap_name(name))
        self._chips.addWidget(chip)
        return chip

    def _tap_name(self, name: str) -> None:
        self.field.setText(name)
        self.take_name()

    def _ignore(self) -> None:
        self.ignored.emit(self.ignore.isChecked())

    def _drop(self) -> None:
        """Ask once more before unsaved work goes."""
        if self._asking:
            self._asking = False
            self.drop_wanted.emit()
        else:
            self._asking = True
            self.retranslate()

    def _show_name(self) -> None:
        self.field.setText("" if self._zone is None else self._zone.name)

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self._hint.setText(
            self.tr("Draw a zone, or tap one to change it. Drag its corners to move them.")
            if self._zone is None
            else self.tr("Name of the zone (N to type it)")
        )
        self.field.setPlaceholderText(self.tr("Name"))
        self.ignore.say(self.tr("Ignore what lies in it as a whole"))
        self.save.say(self.tr("Save zones"))
        self.drop.say(self.tr("Yes, drop them") if self._asking else self.tr("Drop changes"))
        self.use.say(self.tr("Use it now"))
        if self._saving:
            state = self.tr("Saving …")
        elif self._asking:
            state = self.tr("What is not saved will be gone.")
        else:
            state = self.tr("Not saved yet.") if self._dirty else ""
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self._meaning.setText(
            self.tr(
                "The line goes on with the zones it has. To use the new ones, the engine starts again: the line takes no"
                " parts for some seconds, those in hand are finished first, and you log in again."
            )
        )
        self.enable()
