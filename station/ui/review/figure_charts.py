"""Charts of the page Figures: how people fare on known parts, and rejected parts over days."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from station.quality.attribute_study import (
    FALSE_ALARM_BOUNDS,
    MISS_BOUNDS,
    Appraiser,
    Band,
    Bounds,
    false_alarm_band,
    miss_band,
)
from station.quality.share import Share
from station.ui.i18n import Language
from station.ui.shift.charts import Chart, ParetoChart, PChartView
from station.ui.theme import HAIR_MM, Theme

_BAR_MM, _DOT_MM = 1.2, 1.1
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NAME_SHARE = 0.2
FEWEST = 10
"""Of bad, or of good parts: fewer make no rate."""


class KnownChart(Chart):
    """A row a person: missed bad parts on the left, false alarms on the right, each with its interval on a scale of its own."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, language)
        self._rows: tuple[Appraiser, ...] = ()

    def show_appraisers(self, rows: Sequence[Appraiser]) -> None:
        """Show other figures."""
        self._rows = tuple(rows)
        self.take()

    def empty(self) -> str:
        """Say that nothing is known."""
        return "" if self._rows else self.tr("Nobody judged a part whose answer is known.")

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint heads, then a row a person."""
        line = self._line_height(painter)
        room = area.height() - 1.4 * line
        rows = self._fitting(painter, area, room)
        row = min((room if rows == self._rows else room - 2.0 * line) / max(len(rows), 1), 3.2 * line)
        name = area.width() * _NAME_SHARE
        half = (area.width() - name) / 2
        columns: tuple[tuple[str, Callable[[Appraiser], Share], Callable[[float], Band], Bounds], ...] = (
            (self.tr("Missed bad parts"), lambda one: one.missed, miss_band, MISS_BOUNDS),
            (self.tr("False alarms"), lambda one: one.false_alarms, false_alarm_band, FALSE_ALARM_BOUNDS),
        )
        for place, (head, share_of, band_of, bounds) in enumerate(columns):
            left = area.left() + name + place * half
            painter.setPen(self._theme.colour("quiet"))
            painter.drawText(QRectF(left, area.top(), half, 1.2 * line), _LEFT, head)
            shares = [share_of(one) for one in rows]
            top = max([0.12, *(share.interval.high for share in shares if share.of >= FEWEST)])
            for number, share in enumerate(shares):
                box = QRectF(left, area.top() + 1.4 * line + number * row, half - self._theme.px(3), row)
                self._share(painter, box, share, band_of, bounds, top)
        for number, one in enumerate(rows):
            painter.setPen(self._theme.colour("ink"))
            text = painter.fontMetrics().elidedText(one.who, Qt.TextElideMode.ElideRight, int(name * 0.95))
            painter.drawText(QRectF(area.left(), area.top() + 1.4 * line + number * row, name, row), _LEFT, text)

    def _fitting(self, painter: QPainter, area: QRectF, room: float) -> tuple[Appraiser, ...]:
        """Return the rows there is room for; where that is not all, say at the foot how many are missing."""
        least = 2.0 * self._line_height(painter)
        if len(self._rows) * least <= room:
            return self._rows
        rows = self._rows[: max(0, int(room / least) - 1)]
        painter.setPen(self._theme.colour("quiet"))
        foot = QRectF(area.left(), area.bottom() - least, area.width(), least)
        painter.drawText(foot, _LEFT, self.tr("{0} more: see `station report`.").format(len(self._rows) - len(rows)))
        return rows

    def _share(
        self,
        painter: QPainter,
        box: QRectF,
        share: Share,
        band_of: Callable[[float], Band],
        bounds: Bounds,
        top: float,
    ) -> None:
        """Paint figure, interval and, as ticks, where good and where marginal ends."""
        line = self._line_height(painter)
        text = QRectF(box.left(), box.top(), box.width(), line)
        if share.share is None or share.of < FEWEST:
            painter.setPen(self._theme.colour("quiet"))
            painter.drawText(text, _LEFT, self.tr("{0} of {1}: not enough data").format(share.count, share.of))
            return
        interval = share.interval
        words = self.tr("{0} ({1} to {2}), {3}").format(
            self._percent(share.share),
            self._percent(interval.low),
            self._percent(interval.high),
            self._band(band_of(share.share)),
        )
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(
            text, _LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        )
        y = box.top() + 1.5 * line
        painter.setPen(self._pen("line", HAIR_MM))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        scale = box.width() / top
        for bound in bounds:
            x = box.left() + bound * scale
            painter.drawLine(QPointF(x, y - 0.5 * line), QPointF(x, y + 0.5 * line))
        pen = QPen(self._theme.colour("quiet"), self._theme.px(_BAR_MM))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(box.left() + interval.low * scale, y), QPointF(box.left() + interval.high * scale, y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ink"))
        dot = self._theme.px(_DOT_MM)
        painter.drawEllipse(QPointF(box.left() + share.share * scale, y), dot, dot)

    def _band(self, band: Band) -> str:
        return {Band.GOOD: self.tr("good"), Band.MARGINAL: self.tr("marginal"), Band.POOR: self.tr("poor")}[band]


class DaysPChart(PChartView):
    """A p-chart over days: dates below in place of hours where it is longer than one."""

    def empty(self) -> str:
        """Say that there are no parts."""
        return "" if self._chart else self.tr("No parts in this time.")

    def _time_text(self, index: int) -> str:
        """The hour within a day, otherwise the date."""
        if (self._starts[-1] - self._starts[0]).days < 1:
            return super()._time_text(index)
        local = self._starts[index].astimezone(self._zone)
        date = QDate(local.year, local.month, local.day)
        return self._language.locale.toString(date, QLocale.FormatType.ShortFormat)


class TimePareto(ParetoChart):
    """Bars of classes of any time, not of a shift."""

    def empty(self) -> str:
        """Say that there is no NG part."""
        return "" if self._bars else self.tr("No NG part in this time.")
