"""What the model said against what people said, as a small table."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from station.line.inspection import VerdictKind
from station.quality.shift import Agreement
from station.ui.i18n import Language
from station.ui.marks import Mark, draw_mark
from station.ui.shift.charts import Chart
from station.ui.theme import HAIR_MM, Theme
from station.ui.words import verdict_word

MARKS = {VerdictKind.OK: Mark.OK, VerdictKind.NG: Mark.NG, VerdictKind.NOT_DECIDABLE: Mark.UNDECIDED}
_PERSON = (VerdictKind.OK, VerdictKind.NG)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AgreementTable(Chart):
    """A row for what the model said, a column for what the person said; where they differ the cell says what that is."""

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__(theme, language)
        self._agreement = Agreement({})

    def show_agreement(self, agreement: Agreement) -> None:
        """Show other figures."""
        self._agreement = agreement
        self.take()

    def empty(self) -> str:
        """Say that nobody decided anything."""
        return "" if any(self._agreement.counts.values()) else self.tr("Nobody has decided a part in this shift.")

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the heads, then the cells."""
        row = min(area.height() / 4, self._line_height(painter) * 2.4)
        longest = max(self._row_width(painter, model) for model in VerdictKind)
        head = min(longest, area.width() * 0.5)
        column = (area.width() - head) / 2
        for number, person in enumerate(_PERSON):
            text = self.tr("person: {0}").format(verdict_word(person.value))
            self._word(painter, QRectF(head + number * column, 0, column, row), person, text, "quiet")
        for number, model in enumerate(VerdictKind, 1):
            top = number * row
            painter.setPen(self._pen("line", HAIR_MM))
            painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))
            self._word(painter, QRectF(0, top, head, row), model, self._row_name(model), "quiet")
            for place, person in enumerate(_PERSON):
                self._cell(painter, QRectF(head + place * column, top, column, row), model, person)

    def _row_name(self, model: VerdictKind) -> str:
        return self.tr("model: {0}").format(verdict_word(model.value))

    def _row_width(self, painter: QPainter, model: VerdictKind) -> float:
        return painter.fontMetrics().horizontalAdvance(self._row_name(model)) + 2.4 * self._line_height(painter)

    def _word(self, painter: QPainter, place: QRectF, kind: VerdictKind, text: str, colour: str) -> None:
        side = self._line_height(painter) * 0.9
        box = QRectF(place.left(), place.center().y() - side / 2, side, side)
        draw_mark(painter, MARKS[kind], box, self._theme.colour(colour))
        painter.setPen(self._theme.colour(colour))
        room = place.adjusted(side * 1.4, 0, 0, 0)
        painter.drawText(
            room, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        )

    def _cell(self, painter: QPainter, place: QRectF, model: VerdictKind, person: VerdictKind) -> None:
        count = self._agreement.of(model, person)
        opposed = {
            (VerdictKind.OK, VerdictKind.NG): self.tr("missed"),
            (VerdictKind.NG, VerdictKind.OK): self.tr("false alarm"),
        }.get((model, person))
        text = self._whole(count)
        if opposed and count:
            text = f"{text}  {opposed}"
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
        painter.setPen(self._theme.colour("ink" if count else "quiet"))
        painter.drawText(place, _LEFT, text)
        font = painter.font()
        font.setBold(False)
        painter.setFont(font)
