"""The verdict in large words, and the two buttons that give one: OK left, NG right, always, for everyone."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.context import Context
from station.ui.marks import Look, Mark, MarkLabel
from station.ui.theme import GAP_MM, MARGIN_MM, VERDICT_MM, Type
from station.ui.widgets import Words
from station.ui.words import LOOKS, verdict_word


class VerdictBand(QWidget):
    """Mark and word, 8 mm high, and who said so."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._verdict: str | None = None
        self._hidden = False
        self._who = ""
        self._mark = MarkLabel(context.theme, Mark.NONE, 10.0)
        self._word = Words(role="verdict")
        self._by = Words()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._word)
        words.addWidget(self._by)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addLayout(words, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("verdict")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        context.theme.changed.connect(self._dress)
        self._dress()

    def say(self, verdict: str | None, who: str, *, hidden: bool = False) -> None:
        """Show a verdict; `hidden` keeps it back until the person has decided; None: there is no part."""
        self._verdict, self._who, self._hidden = verdict, who, hidden
        self._dress()

    @property
    def words(self) -> str:
        """All it says."""
        return f"{self._word.text()} {self._by.text()}".strip()

    def _dress(self) -> None:
        theme = self._context.theme
        margin = theme.px(MARGIN_MM)
        self._row.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._row.setSpacing(margin)
        look, mark = Look.PANEL, Mark.NONE
        if self._hidden:
            word, mark = self.tr("You first"), Mark.UNDECIDED
        elif self._verdict is None:
            word = self.tr("No part yet")
        else:
            word = verdict_word(self._verdict)
            look, mark = LOOKS[self._verdict]
        calm = look in {Look.OK, Look.PANEL}  # grey until something is abnormal
        ground = theme.palette.panel if calm else getattr(theme.palette, look.value)
        ink = "ink" if calm else "on_signal"
        size = theme.type_px(Type.TITLE if self._hidden or self._verdict in {None, "NOT_DECIDABLE"} else Type.VERDICT)
        self.setStyleSheet(f"QWidget#verdict {{ background: {ground}; }}")
        self._word.setStyleSheet(f"color: {getattr(theme.palette, ink)}; font-size: {size}px; font-weight: bold;")
        self._by.setStyleSheet(f"color: {getattr(theme.palette, ink)};")
        self._word.setText(word)
        self._by.setText(self.tr("The model's opinion is hidden for this part.") if self._hidden else self._who)
        self._mark.show_mark(mark, ink)
        self._mark.setVisible(mark is not Mark.NONE)


class VerdictRow(QWidget):
    """OK and NG. They never move and never swap, whatever the language's direction or the person's hand."""

    chosen = Signal(str)
    """OK or NG, when the finger leaves the button."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.ok = Button(theme, shortcut="O", look=Look.OK, mark=Mark.OK, height_mm=VERDICT_MM, size=Type.VERDICT)
        self.ng = Button(theme, shortcut="N", look=Look.NG, mark=Mark.NG, height_mm=VERDICT_MM, size=Type.VERDICT)
        self.ok.clicked.connect(lambda: self.chosen.emit("OK"))
        self.ng.clicked.connect(lambda: self.chosen.emit("NG"))
        self._why = Words()
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._two = QWidget()
        self._buttons = QHBoxLayout(self._two)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self.ok, self.ng):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.addWidget(button, 1)
        self._box = QVBoxLayout(self)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom)
        self._box.addWidget(self._why)
        self._box.addWidget(self._two)
        self._two.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def allow(self, why_not: str) -> None:
        """Let the buttons be pressed, or say why they cannot be."""
        for button in (self.ok, self.ng):
            button.setEnabled(not why_not)
        self._why.setText(why_not)
        self._why.setVisible(bool(why_not))

    @property
    def why_not(self) -> str:
        """Why nothing can be decided now; empty where it can."""
        return self._why.text()

    def show_pressed(self, verdict: str | None) -> None:
        """Show which verdict is on its way to the journal."""
        self.ok.setDown(verdict == "OK")
        self.ng.setDown(verdict == "NG")

    def retranslate(self) -> None:
        """Say everything again."""
        self.ok.say(verdict_word("OK"))
        self.ng.say(verdict_word("NG"))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for two verdicts and the gap."""
        theme = self._context.theme
        return QSize(theme.px(2 * VERDICT_MM + GAP_MM), super().sizeHint().height())

    def _dress(self) -> None:
        theme = self._context.theme
        margin = theme.px(MARGIN_MM)
        self._box.setContentsMargins(margin, margin // 2, margin, margin)
        self._box.setSpacing(margin // 2)
        self._buttons.setSpacing(theme.px(GAP_MM))
