"""The list of keys over the page: what each key does here, and everywhere."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.context import Context
from station.ui.theme import FOCUS_MM, MARGIN_MM
from station.ui.widgets import Line, Words

KeyWords = tuple[str, str]
"""A key as it is printed, and what it does."""


class KeyList(QWidget):
    """Covers the page while it is open; the page's keys rest meanwhile."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = Line(role="title")
        self._close = Button(context.theme, shortcut="Esc", clicked=self.closed.emit)
        self._inside = QWidget()
        self._inside.setObjectName("panel")
        self._grid = QGridLayout(self._inside)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._area = QScrollArea()
        self._area.setWidget(self._inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._box = QVBoxLayout(self)
        self._box.addLayout(head)
        self._box.addWidget(self._area, 1)
        self._keys: tuple[KeyWords, ...] = ()
        context.theme.changed.connect(self._dress)
        self.hide()
        self._dress()

    @property
    def keys(self) -> tuple[KeyWords, ...]:
        """What it lists."""
        return self._keys

    def show_keys(self, page: str, keys: Sequence[KeyWords]) -> None:
        """List the keys of a page."""
        self._title.say(self.tr("Keys · {0}").format(page))
        self._close.say(self.tr("Back"))
        self._keys = tuple(keys)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        rows = -(-len(self._keys) // 2)
        for at, (key, words) in enumerate(self._keys):
            row, column = at % rows, 2 * (at // rows)
            name = Line(key)
            name.setStyleSheet("font-weight: bold;")
            self._grid.addWidget(name, row, column)
            self._grid.addWidget(Words(words), row, column + 1)
        self._grid.setRowStretch(rows, 1)
        self.show()
        self.raise_()

    def _dress(self) -> None:
        margin = self._context.theme.px(MARGIN_MM)
        self._box.setContentsMargins(margin, margin, margin, margin)
        self._box.setSpacing(margin)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * margin)
        self._grid.setVerticalSpacing(margin)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Its own ground: the page must not shine through."""
        super().paintEvent(event)
        theme = self._context.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        painter.setPen(theme.colour("line"))
        edge = theme.px(FOCUS_MM)
        painter.drawRect(self.rect().adjusted(0, 0, -edge, -edge))
        painter.end()
