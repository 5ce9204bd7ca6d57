"""Words and the bands they stand in: lines that shorten, paragraphs that wrap, bands that say what matters."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.marks import Look, Mark, MarkLabel
from station.ui.theme import MARGIN_MM, Theme


class Line(QLabel):
    """One line of words that shortens with an ellipsis where there is no room, and never asks for more of it."""

    def __init__(self, text: str = "", *, role: str = "") -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def say(self, text: str) -> None:
        """Show other words."""
        if text != self._whole:
            self._whole = text
            self.setToolTip(text)
            self.updateGeometry()
            self.update()

    @property
    def whole(self) -> str:
        """The words, however many of them are to be seen."""
        return self._whole

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for all of it."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for a few letters."""
        metrics = self.fontMetrics()
        return QSize(min(metrics.horizontalAdvance("mmmm…"), self.sizeHint().width()), metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw what there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        across = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(across.value), text)
        painter.end()


class Words(QLabel):
    """A paragraph that wraps; its size and colour come from a role of the theme's style sheet."""

    def __init__(self, text: str = "", *, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        if role:
            self.setProperty("role", role)


class Band(QWidget):
    """A full-width band: mark, a few words in bold, what it means and what to do, and buttons. Never a dialog."""

    def __init__(self, theme: Theme, look: Look, mark: Mark, buttons: Sequence[Button] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._mark = MarkLabel(theme, mark, 7.0, look.words)
        self._title, self._text = Words(), Words()
        self._words = QVBoxLayout()
        self._words.addWidget(self._title)
        self._words.addWidget(self._text)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._words, 1)
        for button in buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._dress)
        self._dress()

    def say(self, title: str, text: str = "") -> None:
        """What happened, and what it means and asks for."""
        if (self._title.text(), self._text.text()) != (title, text):
            self._title.setText(title)
            self._text.setText(text)
            self._text.setVisible(bool(text))
            self.setAccessibleName(f"{title} {text}")

    @property
    def words(self) -> str:
        """All it says."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def wear(self, look: Look, mark: Mark) -> None:
        """Change colour and mark."""
        if look is not self._look:
            self._look = look
            self._dress()
        self._mark.show_mark(mark, look.words)

    def _dress(self) -> None:
        margin = self._theme.px(MARGIN_MM)
        self._row.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._row.setSpacing(margin)
        self._words.setSpacing(0)
        colour = getattr(self._theme.palette, self._look.words)
        self._title.setStyleSheet(f"color: {colour}; font-weight: bold;")
        self._text.setStyleSheet(f"color: {colour};")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Fill it with its colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._look.value))
        painter.end()
