"""Logging in: a badge and a PIN on a keypad, or a name and a password. A panel beside the picture, never a dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from station.desk.messages import Answer, Refusal
from station.ui.button import Button
from station.ui.context import Context
from station.ui.keys import LEAST_SCAN
from station.ui.marks import Look, Mark
from station.ui.sentences import said
from station.ui.theme import MARGIN_MM, PALETTE_MM, Type
from station.ui.widgets import Band, Words

_DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "⌫", "0", "✓")
_LONGEST_PIN, _LONGEST_BADGE = 12, 40


class LoginPanel(QWidget):
    """Asks for the badge first; a scan fills it in wherever on the screen the person is."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._badge, self._pin, self._typed = "", "", ""
        self._busy = False
        self._title = Words(role="title")
        self._hint = Words()
        self._wrong = Band(theme, Look.FAULT, Mark.FAULT)
        self._wrong.setVisible(False)
        self._dots = Words(role="title")
        self._dots.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._keys = {digit: self._key(digit) for digit in _DIGITS}
        self._name, self._password = QLineEdit(), QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._name.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._enter)
        self._go = Button(theme, mark=Mark.OK, clicked=self._enter)
        self._other = Button(theme, clicked=self._switch)
        self._close = Button(theme, shortcut="Esc", clicked=self.closed.emit)
        self._forms = QStackedWidget()
        self._build()
        context.keys.scanned.connect(self.take_badge)
        context.link.found.connect(self._tell)
        context.link.lost.connect(lambda _: self._tell())
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    # What others use --------------------------------------------------------------------------------------------------

    def begin(self, why: str = "") -> None:
        """Start anew; `why` says why somebody has to log in again."""
        self._badge = self._pin = self._typed = ""
        self._name.clear()
        self._password.clear()
        self._forms.setCurrentIndex(0)
        self._say_wrong(why)
        self._tell()

    def take_badge(self, badge: str) -> None:
        """A badge was scanned: its PIN is asked for next."""
        self.begin()
        self._badge = badge
        self._tell()

    def digit(self, key: str) -> None:
        """A key of the keypad."""
        if self._busy or not self._badge:
            return
        if key == "✓":
            self._enter()
            return
        self._pin = self._pin[:-1] if key == "⌫" else (self._pin + key)[:_LONGEST_PIN]
        self._tell()

    def typed(self, key: str) -> None:
        """A key of the keyboard: of the PIN, or of a badge whose text is typed because no reader is at hand."""
        if self._badge:
            if key in self._keys:
                self.digit(key)
        elif key == "✓":
            if len(self._typed) >= LEAST_SCAN:
                self.take_badge(self._typed)
        else:
            self._typed = self._typed[:-1] if key == "⌫" else (self._typed + key)[:_LONGEST_BADGE]
            self._tell()

    @property
    def trouble(self) -> str:
        """Why the last try did not work."""
        return "" if self._wrong.isHidden() else self._wrong.words

    @property
    def asks_for_pin(self) -> bool:
        """Whether a badge was read and its PIN is awaited."""
        return bool(self._badge) and self._forms.currentIndex() == 0

    def retranslate(self) -> None:
        """Say everything again."""
        self._name.setPlaceholderText(self.tr("Name"))
        self._password.setPlaceholderText(self.tr("Password"))
        self._go.say(self.tr("Log in"))
        self._close.say(self.tr("Close"))
        self._tell()

    # Building ---------------------------------------------------------------------------------------------------------

    def _key(self, digit: str) -> Button:
        mark = Mark.OK if digit == "✓" else Mark.NONE
        text = "" if mark else digit
        button = Button(self._context.theme, text, mark=mark, size=Type.TITLE)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setAccessibleName(digit)
        button.clicked.connect(lambda _checked=False: self.digit(digit))
        return button

    def _build(self) -> None:
        keypad, by_name = QWidget(), QWidget()
        self._grid = QGridLayout(keypad)
        self._grid.addWidget(self._dots, 0, 0, 1, 3)
        for place, digit in enumerate(_DIGITS):
            self._grid.addWidget(self._keys[digit], 1 + place // 3, place % 3)
        keypad.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # digits stand the same in every script
        self._fields = QVBoxLayout(by_name)
        self._fields.addWidget(self._name)
        self._fields.addWidget(self._password)
        self._fields.addWidget(self._go)
        self._fields.addStretch(1)
        self._forms.addWidget(keypad)
        self._forms.addWidget(by_name)
        self._box = QVBoxLayout(self)
        for widget in (self._title, self._hint, self._wrong, self._forms):
            self._box.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self._other, 1)
        foot.addWidget(self._close)
        self._box.addStretch(1)
        self._box.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Take digits from the keyboard while it is to be seen."""
        super().showEvent(event)
        self._tell()

    # Steps ------------------------------------------------------------------------------------------------------------

    def _switch(self) -> None:
        self._forms.setCurrentIndex(1 - self._forms.currentIndex())
        if self._forms.currentIndex() == 1:
            self._name.setFocus()
        else:
            self.setFocus()
        self._say_wrong("")
        self._tell()

    def _enter(self) -> None:
        by_name = self._forms.currentIndex() == 1
        secret = self._password.text() if by_name else self._pin
        if self._busy or not secret or (by_name and not self._name.text()):
            return
        self._busy = True
        self._say_wrong("")
        self._tell()
        if by_name:
            self._context.session.log_in(secret, self._answered, name=self._name.text())
        else:
            self._context.session.log_in(secret, self._answered, badge=self._badge)

    def _answered(self, answer: Answer) -> None:
        self._busy = False
        if answer.done:
            self.begin()
            self.closed.emit()
            return
        self._pin = ""
        self._password.clear()
        words = {
            Refusal.WRONG_LOGIN: self.tr("That is not right. Try again."),
            Refusal.LOCKED_OUT: self.tr("Locked after too many tries."),
        }
        first = words.get(answer.refusal, self.tr("Not logged in.")) if answer.refusal else self.tr("Not logged in.")
        self._say_wrong(first, said(answer.text))
        self._tell()

    def _say_wrong(self, title: str, text: str = "") -> None:
        self._wrong.say(title, text)
        self._wrong.setVisible(bool(title))

    def _tell(self) -> None:
        by_name = self._forms.currentIndex() == 1
        up = self._context.link.up
        if by_name:
            title, hint = self.tr("Name and password"), ""
        elif self._badge:
            title, hint = self.tr("Your PIN"), self.tr("Badge read. Type the PIN and tap ✓.")
        else:
            title = self.tr("Scan your badge")
            hint = self.tr("Hold it to the reader, or type what is on it and Enter; the PIN is asked for next.")
        if not up:
            hint = self.tr("The engine is not there; logging in works as soon as it is back.")
        if self._busy:
            hint = self.tr("Being checked …")
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._dots.setText(self._typed or "●" * len(self._pin) or " ")
        self._other.say(self.tr("Badge and PIN instead") if by_name else self.tr("Name and password instead"))
        for digit, button in self._keys.items():
            button.setEnabled(bool(self._badge) and not self._busy and (digit != "✓" or bool(self._pin)))
        self._go.setEnabled(not self._busy)

    def _dress(self) -> None:
        theme = self._context.theme
        margin = theme.px(MARGIN_MM)
        self._box.setContentsMargins(margin, margin, margin, margin)
        self._box.setSpacing(margin)
        for button in self._keys.values():
            button.setMaximumHeight(theme.px(PALETTE_MM))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(margin // 2)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setSpacing(margin)
