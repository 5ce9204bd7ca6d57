"""One of the two who are compared: the line their outlines are drawn with, their name, and what they say."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from labeling.canvas.outline import OutlineStyle
from station.ui.button import Button
from station.ui.context import Context
from station.ui.operator.picture_side import canvas_colours
from station.ui.widgets import Words

_SAMPLE_MM = 14.0


class LineSample(QWidget):
    """A piece of the line that an annotator's outlines are drawn with."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._style = OutlineStyle.MODEL
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        context.theme.changed.connect(self.update)

    def show_style(self, style: OutlineStyle) -> None:
        """Show another one."""
        self._style = style
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Long enough for a few dashes."""
        return QSize(self._context.theme.px(_SAMPLE_MM), self._context.theme.px(5.0))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """On the well, as on the picture."""
        colours = canvas_colours(self._context)
        patterns = {OutlineStyle.MODEL: Qt.PenStyle.DashLine, OutlineStyle.REVIEW: Qt.PenStyle.DotLine}
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.colour("well"))
        pen = QPen(self._context.theme.colour("person"), 3, patterns.get(self._style, Qt.PenStyle.SolidLine))
        pen.setColor(colours.of(self._style))
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(4.0, middle), QPointF(self.width() - 4.0, middle))
        painter.end()


class Side(QWidget):
    """One annotator: line, name, when, verdict, and what was outlined."""

    def __init__(self, context: Context, key: str, turn: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self.sample = LineSample(context)
        self.who, self.what = Words(), Words(role="small")
        self.other = Button(context.theme, shortcut=key, clicked=turn)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.sample, self.who, self.what, self.other):
            self._box.addWidget(widget)

    def say(self, style: OutlineStyle, who: str, what: str, other: str) -> None:
        """Say who it is and what they say."""
        self.sample.show_style(style)
        self.who.setText(who)
        self.who.setStyleSheet("font-weight: bold;")
        self.what.setText(what)
        self.other.say(other)
