"""The pictures of a shift: bars of classes, the p-chart, parts an hour. Each is painted anew from the figures it holds."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.quality.p_chart import PChart, Point
from station.quality.shift import ParetoBar, Span
from station.ui.i18n import Language
from station.ui.theme import HAIR_MM, Theme, Type

NO_CLASS = "anomaly"
"""What a model that knows no classes calls every defect."""
_LINE_MM = 0.5
_DOT_MM = 1.1
_LEAST_TOP = 0.02
"""A p-chart reaches at least so high, so that one part in a thousand does not look like a mountain."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BELOW = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_ABOVE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


class Chart(QWidget):
    """What all charts share: paper, type, and words where there is nothing to draw."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme = theme
        self._language = language
        self._known = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for a few lines."""
        return QSize(self._theme.px(60), self._theme.px(25))

    def take(self) -> None:
        """Paint what has been read; before that nothing is said, not even that there is nothing."""
        self._known = True
        self.update()

    def empty(self) -> str:
        """What to say in place of a chart; nothing where there is one."""
        return ""

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the chart into its area."""
        raise NotImplementedError

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the chart, or say why there is none."""
        if not self._known:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time and grey values run that way in every script
        painter.setFont(self._theme.font(Type.SMALL))
        area = QRectF(self.rect())
        if text := self.empty():
            painter.setPen(self._theme.colour("quiet"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        else:
            self.draw(painter, area)
        painter.end()

    def _percent(self, share: float, digits: int = 1) -> str:
        return self._language.locale.toString(100 * share, "f", digits) + " %"

    def _whole(self, number: int) -> str:
        return self._language.locale.toString(number)

    def _pen(self, colour: str, mm: float = _LINE_MM, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        return QPen(self._theme.colour(colour), self._theme.px(mm), style)

    def _line_height(self, painter: QPainter) -> float:
        return painter.fontMetrics().height()


class ParetoChart(Chart):
    """One bar a class, most first; at its end the parts, and the share of it and all above."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, language)
        self._bars: tuple[ParetoBar, ...] = ()

    def show_bars(self, bars: tuple[ParetoBar, ...]) -> None:
        """Show other figures."""
        self._bars = bars
        self.take()

    def empty(self) -> str:
        """Say that there is no NG part."""
        return "" if self._bars else self.tr("No NG part in this shift.")

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint names, bars and figures in three columns."""
        metrics, gap = painter.fontMetrics(), self._theme.px(2)
        names = [self._name(bar) for bar in self._bars]
        figures = [(self._whole(bar.parts), self._percent(bar.cumulative, 0)) for bar in self._bars]
        name_width = min(max(metrics.horizontalAdvance(name) for name in names) + 2, area.width() * 0.4)
        count_width = max(metrics.horizontalAdvance(count) for count, _ in figures)
        sum_width = max(metrics.horizontalAdvance(share) for _, share in figures)
        row = min(area.height() / len(self._bars), self._line_height(painter) * 2)
        left = area.left() + name_width + gap
        room = area.right() - left - count_width - sum_width - 3 * gap
        most = max(bar.parts for bar in self._bars)
        for index, (bar, name, (count, share)) in enumerate(zip(self._bars, names, figures, strict=True)):
            line = QRectF(area.left(), area.top() + index * row, area.width(), row)
            painter.setPen(self._theme.colour("ink"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(name_width))
            painter.drawText(line, _LEFT, shown)
            length = max(room * bar.parts / most, self._theme.px(HAIR_MM))
            inset = row * 0.18
            painter.fillRect(QRectF(left, line.top() + inset, length, row - 2 * inset), self._theme.colour("quiet"))
            count_area = QRectF(left + length + gap, line.top(), count_width, row)
            painter.drawText(count_area, _LEFT, count)
            painter.setPen(self._theme.colour("quiet"))
            painter.drawText(line, _RIGHT, share)

    def _name(self, bar: ParetoBar) -> str:
        if bar.name is None:
            return self.tr("all others")
        if bar.name == NO_CLASS:
            return self.tr("anomaly, not named")
        return bar.name or self.tr("without an outline")


class _Plot:
    """The inner area of a chart with two axes, and how figures become places in it."""

    def __init__(self, area: QRectF, count: int, top: float) -> None:
        self.area, self.count, self.top = area, count, top

    def x(self, index: float) -> float:
        """Left edge of a place."""
        return self.area.left() + self.area.width() * index / self.count

    def middle(self, index: int) -> float:
        """Middle of a place."""
        return self.x(index + 0.5)

    def y(self, value: float) -> float:
        """Height of a figure."""
        return self.area.bottom() - self.area.height() * value / self.top


class _TimeChart(Chart):
    """A chart over the time of a shift, with the hours written below."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, language)
        self._starts: tuple[datetime, ...] = ()
        self._zone: tzinfo | None = None

    def _hours(self, painter: QPainter, plot: _Plot) -> None:
        """Write the time below each place that begins an hour, as many as have room."""
        painter.setPen(self._theme.colour("quiet"))
        wanted = painter.fontMetrics().horizontalAdvance(self._time_text(0)) * 1.3
        free_from = -wanted
        for index, start in enumerate(self._starts):
            local = start.astimezone(self._zone)
            x = plot.x(index)
            if (local.minute == 0 or index == 0) and x >= free_from:
                place = QRectF(x - wanted / 2, plot.area.bottom() + self._theme.px(0.8), wanted, plot.area.height())
                painter.drawText(place, _BELOW, self._time_text(index))
                free_from = x + wanted

    def _time_text(self, index: int) -> str:
        """How the beginning of a place is written."""
        return f"{self._starts[index].astimezone(self._zone):%H:%M}"

    def _base_line(self, painter: QPainter, plot: _Plot) -> None:
        painter.setPen(self._pen("line", HAIR_MM))
        painter.drawLine(plot.area.bottomLeft(), plot.area.bottomRight())


class PChartView(_TimeChart):
    """The share of rejected parts over time between the limits of chance."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, language)
        self._chart: PChart | None = None

    def show_chart(self, chart: PChart | None, starts: Sequence[datetime], zone: tzinfo | None) -> None:
        """Show other figures; `starts` are the beginnings of all subgroups."""
        self._chart, self._starts, self._zone = chart, tuple(starts), zone
        self.take()

    def empty(self) -> str:
        """Say that there are no parts."""
        return "" if self._chart else self.tr("No parts in this shift yet.")

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint limits, centre line and points."""
        chart = self._chart
        assert chart is not None
        reach = max(max(point.share, point.limits.high) for point in chart.points)
        top = min(1.0, max(1.15 * reach, _LEAST_TOP))
        line, percent = self._line_height(painter), painter.fontMetrics().horizontalAdvance(self._percent(top))
        margin = percent + self._theme.px(2)
        plot = _Plot(area.adjusted(margin, line * 0.6, -self._theme.px(2), -1.3 * line), len(self._starts), top)
        self._scale(painter, plot, chart)
        self._hours(painter, plot)
        self._base_line(painter, plot)
        self._limits(painter, plot, chart)
        self._points(painter, plot, chart.points)

    def _scale(self, painter: QPainter, plot: _Plot, chart: PChart) -> None:
        """Write 0, the centre line and the last upper limit beside the axis; the others give way to the centre."""
        line, right = self._line_height(painter), plot.area.left() - self._theme.px(1)
        centre = plot.y(chart.centre)
        for value in (0.0, chart.points[-1].limits.high, chart.centre):
            y = plot.y(value)
            is_centre = value == chart.centre
            if is_centre or abs(y - centre) > line:
                painter.setPen(self._theme.colour("ink" if is_centre else "quiet"))
                painter.drawText(QRectF(0, y - line / 2, right, line), _RIGHT, self._percent(value))

    def _limits(self, painter: QPainter, plot: _Plot, chart: PChart) -> None:
        painter.setPen(self._pen("quiet", style=Qt.PenStyle.DashLine))
        for point in chart.points:
            for limit in (point.limits.high, point.limits.low):
                if limit > 0.0:
                    y = plot.y(limit)
                    painter.drawLine(QPointF(plot.x(point.index), y), QPointF(plot.x(point.index + 1), y))
        painter.setPen(self._pen("quiet"))
        y = plot.y(chart.centre)
        painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y))

    def _points(self, painter: QPainter, plot: _Plot, points: Sequence[Point]) -> None:
        places = [QPointF(plot.middle(point.index), plot.y(point.share)) for point in points]
        painter.setPen(self._pen("ink"))
        painter.drawPolyline(QPolygonF(places))
        dot = self._theme.px(_DOT_MM)
        for point, place in zip(points, places, strict=True):
            if point.beyond:
                self._mark(painter, place, point.share)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("ink"))
                painter.drawEllipse(place, dot, dot)

    def _mark(self, painter: QPainter, place: QPointF, share: float) -> None:
        """A point beyond its limits: larger, with a cross, and its figure."""
        size = self._theme.px(2 * _DOT_MM)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ng"))
        painter.drawEllipse(place, size, size)
        painter.setPen(QPen(self._theme.colour("on_signal"), self._theme.px(_LINE_MM)))
        arm = size * 0.45
        painter.drawLine(place + QPointF(-arm, -arm), place + QPointF(arm, arm))
        painter.drawLine(place + QPointF(-arm, arm), place + QPointF(arm, -arm))
        painter.setPen(self._theme.colour("ink"))
        text, line = self._percent(share), self._line_height(painter)
        width = painter.fontMetrics().horizontalAdvance(text)
        left = min(place.x() + 1.4 * size, self.width() - width)
        painter.drawText(QRectF(left, place.y() - line / 2, width, line), _LEFT, text)


class PaceChart(_TimeChart):
    """Parts of each hour; the one that still runs is drawn hollow."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, language)
        self._spans: tuple[Span, ...] = ()
        self._running = False

    def show_spans(self, spans: tuple[Span, ...], zone: tzinfo | None, *, running: bool) -> None:
        """Show other figures; `running`: the last of them is not over."""
        self._spans, self._zone, self._running = spans, zone, running
        self._starts = tuple(span.start for span in spans)
        self.take()

    def empty(self) -> str:
        """Say that there are no parts."""
        return "" if any(span.tally.parts for span in self._spans) else self.tr("No parts in this shift yet.")

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint one bar an hour with its parts above."""
        line = self._line_height(painter)
        most = max(span.tally.parts for span in self._spans)
        side = painter.fontMetrics().horizontalAdvance("00:00") / 2
        plot = _Plot(area.adjusted(side, 1.2 * line, -side, -1.3 * line), len(self._spans), float(most))
        self._hours(painter, plot)
        gap = plot.area.width() / len(self._spans) * 0.16
        for index, span in enumerate(self._spans):
            parts = span.tally.parts
            bar = QRectF(
                QPointF(plot.x(index) + gap, plot.y(parts)), QPointF(plot.x(index + 1) - gap, plot.area.bottom())
            )
            hollow = self._running and index == len(self._spans) - 1
            painter.setPen(self._pen("quiet") if hollow else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(QColor(Qt.GlobalColor.transparent) if hollow else self._theme.colour("quiet"))
            if parts:
                painter.drawRect(bar)
                painter.setPen(self._theme.colour("ink"))
                over = QRectF(plot.x(index) - gap, bar.top() - 1.2 * line, plot.x(1) - plot.x(0) + 2 * gap, 1.1 * line)
                painter.drawText(over, _ABOVE, self._whole(parts))
        self._base_line(painter, plot)
