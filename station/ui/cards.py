"""Framed areas with a title, and pages that are laid out in them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.ui.context import Page
from station.ui.theme import HAIR_MM, MARGIN_MM, Theme
from station.ui.widgets import Line, Words


class Card(QFrame):
    """A panel: title, a quiet line that explains, and whatever is put into `body`; `head` takes what stands beside the title."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._note = Line(), Words(role="small")
        self._note.hide()
        self.head, self.body = QHBoxLayout(), QVBoxLayout()
        self.head.addWidget(self._title, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.head)
        self._column.addWidget(self._note)
        self._column.addLayout(self.body, 1)
        theme.changed.connect(self._dress)
        self._dress()

    def say(self, title: str, note: str = "") -> None:
        """Title, and what explains the content."""
        self._title.say(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below those there are."""
        self.body.addWidget(widget, stretch)

    def _dress(self) -> None:
        margin = self._theme.px(MARGIN_MM)
        self._column.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._column.setSpacing(margin // 2)
        self.body.setSpacing(margin // 2)
        self._title.setStyleSheet("font-weight: bold;")
        palette = self._theme.palette
        edge = f"{self._theme.px(HAIR_MM)}px solid {palette.line}" if palette.panel == palette.ground else "none"
        self.setStyleSheet(f"Card {{ border: {edge}; }}")


class CardPage(Page):
    """A page with a margin all round, which arranges itself anew when the screen is turned."""

    def arrange(self, *, wide: bool) -> None:
        """Lay the page out for a screen that is wide, or one that is tall."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Small, so that what a tall page needs never keeps the window from being turned."""
        return QSize(self.context.theme.px(120), self.context.theme.px(80))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Arrange the page for its new shape."""
        self.arrange(wide=self.width() >= self.height())
        super().resizeEvent(event)

    def retheme(self) -> None:
        """Take the margin from the theme again."""
        margin = self.context.theme.px(MARGIN_MM)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(margin, margin, margin, margin)
            layout.setSpacing(margin // 2)
        super().retheme()
