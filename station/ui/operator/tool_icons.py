"""The tools' pictures: a few lines each, drawn, so that they need no files and take the theme's colours."""

from collections.abc import Callable, Mapping
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

Draw = Callable[[QPainter, Callable[[float, float], QPointF]], None]


def draw_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw the icon of a tool or a button into a square; coordinates within are 0 to 1."""
    side = min(box.width(), box.height())
    left, top = box.center().x() - side / 2, box.center().y() - side / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(1.5, side * 0.075)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _ICONS[name](painter, lambda x, y: QPointF(left + x * side, top + y * side))
    painter.restore()


def _line(*places: tuple[float, float], closed: bool = False, dots: bool = False) -> Draw:
    def draw(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
        points = [at(x, y) for x, y in places]
        (painter.drawPolygon if closed else painter.drawPolyline)(QPolygonF(points))
        if dots:
            _dots(painter, points)

    return draw


def _dots(painter: QPainter, points: list[QPointF]) -> None:
    pen = painter.pen()
    painter.setBrush(pen.color())
    for point in points:
        painter.drawEllipse(point, pen.widthF(), pen.widthF())
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _many(*draws: Draw) -> Draw:
    def draw(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
        for each in draws:
            each(painter, at)

    return draw


def _lasso(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    painter.drawEllipse(QRectF(at(0.1, 0.1), at(0.9, 0.65)))
    tail = QPainterPath(at(0.34, 0.62))
    tail.cubicTo(at(0.2, 0.75), at(0.5, 0.8), at(0.38, 0.95))
    painter.drawPath(tail)


def _blob(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    path = QPainterPath(at(0.12, 0.6))
    path.cubicTo(at(0.05, 0.15), at(0.5, 0.05), at(0.62, 0.25))
    path.cubicTo(at(0.75, 0.45), at(0.98, 0.35), at(0.88, 0.7))
    path.cubicTo(at(0.75, 1.02), at(0.2, 1.0), at(0.12, 0.6))
    painter.drawPath(path)


def _snap(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    path = QPainterPath(at(0.08, 0.82))
    path.cubicTo(at(0.3, 0.75), at(0.2, 0.3), at(0.5, 0.3))
    path.cubicTo(at(0.75, 0.3), at(0.7, 0.7), at(0.92, 0.55))
    painter.drawPath(path)
    _dots(painter, [at(0.08, 0.82), at(0.5, 0.3), at(0.92, 0.55)])


def _here(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    _blob(painter, at)
    _dots(painter, [at(0.5, 0.6)])


def _brush(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    painter.drawLine(at(0.9, 0.1), at(0.5, 0.5))
    path = QPainterPath(at(0.55, 0.45))
    path.cubicTo(at(0.72, 0.62), at(0.55, 0.95), at(0.1, 0.9))
    path.cubicTo(at(0.3, 0.8), at(0.2, 0.5), at(0.42, 0.42))
    path.closeSubpath()
    painter.setBrush(painter.pen().color())
    painter.drawPath(path)


def _arrow(*, back: bool) -> Draw:
    def draw(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
        def place(x: float, y: float) -> QPointF:
            return at(x if back else 1 - x, y)

        path = QPainterPath(place(0.12, 0.35))
        path.lineTo(place(0.6, 0.35))
        path.cubicTo(place(0.95, 0.35), place(0.95, 0.85), place(0.6, 0.85))
        path.lineTo(place(0.35, 0.85))
        painter.drawPath(path)
        painter.drawPolyline(QPolygonF([place(0.32, 0.12), place(0.1, 0.35), place(0.32, 0.58)]))

    return draw


def _turned(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    corners = []
    for x, y in ((-0.4, -0.22), (0.4, -0.22), (0.4, 0.22), (-0.4, 0.22)):
        angle = -pi / 6
        corners.append(at(0.5 + x * cos(angle) - y * sin(angle), 0.5 + x * sin(angle) + y * cos(angle)))
    painter.drawPolygon(QPolygonF(corners))


def _point(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    painter.drawEllipse(QRectF(at(0.22, 0.22), at(0.78, 0.78)))
    for x, y, to_x, to_y in (
        (0.5, 0.02, 0.5, 0.3),
        (0.5, 0.7, 0.5, 0.98),
        (0.02, 0.5, 0.3, 0.5),
        (0.7, 0.5, 0.98, 0.5),
    ):
        painter.drawLine(at(x, y), at(to_x, to_y))
    _dots(painter, [at(0.5, 0.5)])


def _book(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    painter.drawLine(at(0.5, 0.24), at(0.5, 0.88))
    for x, edge in ((0.06, 0.06), (0.94, 0.94)):
        path = QPainterPath(at(0.5, 0.24))
        path.quadTo(at((0.5 + x) / 2, 0.06), at(edge, 0.16))
        path.lineTo(at(edge, 0.8))
        path.quadTo(at((0.5 + x) / 2, 0.7), at(0.5, 0.88))
        painter.drawPath(path)


def _more(painter: QPainter, at: Callable[[float, float], QPointF]) -> None:
    _dots(painter, [at(0.2, 0.5), at(0.5, 0.5), at(0.8, 0.5)])


_ICONS: Mapping[str, Draw] = {
    "select": _line(
        (0.25, 0.08), (0.25, 0.82), (0.44, 0.64), (0.56, 0.94), (0.68, 0.88), (0.56, 0.6), (0.82, 0.58), closed=True
    ),
    "lasso": _lasso,
    "tap-snap": _snap,
    "here": _here,
    "box": _line((0.12, 0.2), (0.88, 0.2), (0.88, 0.8), (0.12, 0.8), closed=True, dots=True),
    "rotated-box": _turned,
    "polygon": _line((0.15, 0.4), (0.55, 0.1), (0.9, 0.45), (0.7, 0.9), (0.25, 0.85), closed=True, dots=True),
    "brush": _brush,
    "eraser": _many(
        _line((0.4, 0.15), (0.9, 0.5), (0.6, 0.88), (0.1, 0.53), closed=True), _line((0.25, 0.34), (0.75, 0.69))
    ),
    "polyline": _line((0.08, 0.8), (0.35, 0.3), (0.62, 0.65), (0.92, 0.18), dots=True),
    "keypoint": _point,
    "tags": _many(
        _line((0.08, 0.14), (0.92, 0.14), (0.92, 0.86), (0.08, 0.86), closed=True),
        _line((0.3, 0.5), (0.46, 0.66), (0.74, 0.36)),
    ),
    "more": _more,
    "raw": _many(_blob, _line((0.3, 0.45), (0.7, 0.72))),
    "delete": _many(
        _line((0.2, 0.3), (0.28, 0.92), (0.72, 0.92), (0.8, 0.3)),
        _line((0.1, 0.24), (0.9, 0.24)),
        _line((0.38, 0.22), (0.4, 0.08), (0.6, 0.08), (0.62, 0.22)),
    ),
    "undo": _arrow(back=True),
    "redo": _arrow(back=False),
    "book": _book,
}
