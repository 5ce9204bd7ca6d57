"""What a thing means, for the eye: a colour of the palette and a shape that is the same on every screen."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.ui.theme import Theme


class Mark(StrEnum):
    """Shapes that go with a colour and a word."""

    NONE = ""
    OK = "ok"
    NG = "ng"
    UNDECIDED = "undecided"
    FAULT = "fault"
    RUNNING = "running"
    WAITING = "waiting"


class Look(StrEnum):
    """What a button or band is painted in: the names are the palette's."""

    CONTROL = "control"
    PANEL = "panel"
    OK = "ok"
    NG = "ng"
    UNDECIDED = "undecided"
    FAULT = "fault"

    @property
    def is_signal(self) -> bool:
        """Whether it is one of the colours that say something."""
        return self not in {Look.CONTROL, Look.PANEL}

    @property
    def words(self) -> str:
        """Colour of the words on it."""
        return "on_signal" if self.is_signal else "ink"


def draw_mark(painter: QPainter, mark: Mark, box: QRectF, colour: QColor) -> None:
    """Draw a mark into a square, the same on every screen whatever fonts it has."""
    side = min(box.width(), box.height())
    left, top = box.center().x() - side / 2, box.center().y() - side / 2

    def at(x: float, y: float) -> QPointF:
        return QPointF(left + x * side, top + y * side)

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = QPen(colour, side * 0.14, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(thick)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match mark:
        case Mark.OK:
            painter.drawPolyline(QPolygonF([at(0.14, 0.54), at(0.4, 0.8), at(0.86, 0.22)]))
        case Mark.NG:
            painter.drawLine(at(0.2, 0.2), at(0.8, 0.8))
            painter.drawLine(at(0.8, 0.2), at(0.2, 0.8))
        case Mark.UNDECIDED:
            path = QPainterPath(at(0.28, 0.34))
            path.cubicTo(at(0.28, 0.02), at(0.76, 0.04), at(0.74, 0.34))
            path.cubicTo(at(0.72, 0.5), at(0.5, 0.48), at(0.5, 0.66))
            painter.drawPath(path)
            painter.drawPoint(at(0.5, 0.9))
        case Mark.FAULT:
            painter.drawLine(at(0.5, 0.12), at(0.5, 0.6))
            painter.drawPoint(at(0.5, 0.88))
        case Mark.RUNNING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(at(0.18, 0.18), at(0.82, 0.82)))
        case Mark.WAITING:
            painter.drawEllipse(QRectF(at(0.22, 0.22), at(0.78, 0.78)))
    painter.restore()


class MarkLabel(QWidget):
    """A mark by itself."""

    def __init__(self, theme: Theme, mark: Mark = Mark.NONE, side_mm: float = 5.0, colour: str = "ink") -> None:
        super().__init__()
        self._theme, self._mark, self._side_mm, self._colour = theme, mark, side_mm, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._changed)

    def show_mark(self, mark: Mark, colour: str) -> None:
        """Show another one, in a colour of the palette."""
        self._mark, self._colour = mark, colour
        self.update()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A square."""
        return QSize(self._theme.px(self._side_mm), self._theme.px(self._side_mm))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw it."""
        painter = QPainter(self)
        draw_mark(painter, self._mark, QRectF(self.rect()), self._theme.colour(self._colour))
        painter.end()
