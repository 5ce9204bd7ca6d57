"""The queue as a list: one part a row, in the order in which the parts are to be looked at."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.review.queue import QueueItem, Stage
from station.ui.context import Context
from station.ui.marks import draw_mark
from station.ui.review.words import moment_text, stage_word, whys_words
from station.ui.theme import FOCUS_MM, HAIR_MM, MARGIN_MM, TOUCH_MM, Type
from station.ui.words import LOOKS, part_name

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEAST_MM = 40.0
_NOTCH = 120


class QueueList(QWidget):
    """Rows as high as a finger; the cursor's is dark. Arrows, PgUp, PgDown, Home and End move it, Enter opens."""

    chosen = Signal(int)
    """A row was tapped, or the cursor moved to it."""
    opened = Signal(int)
    """A row is to be looked at."""
    more_wanted = Signal()
    """The end is near."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._items: tuple[QueueItem, ...] = ()
        self._said: Mapping[UUID, str] = {}
        self._cursor = 0
        self._top = 0
        self._none = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        context.theme.changed.connect(self.update)

    @property
    def cursor_row(self) -> int:
        """Where the cursor is."""
        return self._cursor

    @property
    def items(self) -> tuple[QueueItem, ...]:
        """What it lists."""
        return self._items

    def show_items(self, items: Sequence[QueueItem], cursor: int, none: str, said: Mapping[UUID, str]) -> None:
        """List parts; `none` is said where there are none, `said` of a part in place of why it is here."""
        self._items, self._none, self._said = tuple(items), none, said
        self.put_cursor(cursor)

    def row_of(self, uid: UUID | None) -> int:
        """Return where a part stands, the cursor's row where it is not listed."""
        return next((row for row, item in enumerate(self._items) if item.uid == uid), self._cursor)

    @property
    def current(self) -> UUID | None:
        """The part under the cursor."""
        return self._items[self._cursor].uid if self._cursor < len(self._items) else None

    def put_cursor(self, row: int) -> None:
        """Show which part is the one on show."""
        self._cursor = min(max(row, 0), max(len(self._items) - 1, 0))
        rows = self.rows
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + rows:
            self._top = self._cursor - rows + 1
        self._top = max(0, min(self._top, len(self._items) - rows))
        self.update()

    @property
    def rows(self) -> int:
        """How many rows there is room for."""
        return max(1, self.height() // self._row_px)

    @property
    def _row_px(self) -> int:
        return self._context.theme.px(TOUCH_MM)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Eight rows."""
        return QSize(self._context.theme.px(_LEAST_MM), 8 * self._row_px)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Two rows."""
        return QSize(self._context.theme.px(_LEAST_MM), 2 * self._row_px)

    # What a person does -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Move the cursor, or open what is under it."""
        last = len(self._items) - 1
        places = {
            Qt.Key.Key_Up: self._cursor - 1,
            Qt.Key.Key_Down: self._cursor + 1,
            Qt.Key.Key_PageUp: self._cursor - self.rows,
            Qt.Key.Key_PageDown: self._cursor + self.rows,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in places:
            self._go(places[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._items:
            self.opened.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """A tap moves the cursor; another tap on the same row opens it."""
        self.setFocus()
        row = self._top + int(event.position().y()) // self._row_px
        if row >= len(self._items):
            return
        if row == self._cursor:
            self.opened.emit(row)
        else:
            self._go(row)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  (Qt's name)
        """Scroll; the cursor stays."""
        self._top = max(0, min(self._top - event.angleDelta().y() // _NOTCH, len(self._items) - self.rows))
        if self._top + 2 * self.rows >= len(self._items):
            self.more_wanted.emit()
        self.update()
        event.accept()

    def _go(self, row: int) -> None:
        self.put_cursor(row)
        if self._cursor + 2 * self.rows >= len(self._items):
            self.more_wanted.emit()
        self.chosen.emit(self._cursor)

    # Painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Every row there is room for; words where there is nothing."""
        theme = self._context.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        if not self._items:
            painter.setPen(theme.colour("quiet"))
            painter.setFont(theme.font(Type.BODY))
            margin = theme.px(MARGIN_MM)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(margin, margin, -margin, -margin), flags, self._none)
        for at in range(self._top, min(len(self._items), self._top + self.rows + 1)):
            row = QRect(0, (at - self._top) * self._row_px, self.width(), self._row_px)
            self._paint_row(painter, self._items[at], row, under_cursor=at == self._cursor)
        painter.end()

    def _paint_row(self, painter: QPainter, item: QueueItem, row: QRect, *, under_cursor: bool) -> None:
        theme = self._context.theme
        ink = theme.colour("panel" if under_cursor else "ink")
        if under_cursor:
            painter.fillRect(row, theme.colour("ink"))
        painter.setPen(QPen(theme.colour("line"), theme.px(HAIR_MM)))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        margin = theme.px(MARGIN_MM / 2)
        look, mark = LOOKS[item.verdict.value]
        side = row.height() * 0.42
        left = row.right() - margin - side if self.isRightToLeft() else row.left() + margin
        box = QRectF(left, row.center().y() - side / 2, side, side)
        painter.fillRect(box, theme.colour(look.value))
        inner = side * 0.18
        draw_mark(painter, mark, box.adjusted(inner, inner, -inner, -inner), theme.colour("on_signal"))
        shift = round(side + 2 * margin)
        room = row.adjusted(margin, 0, -shift, 0) if self.isRightToLeft() else row.adjusted(shift, 0, -margin, 0)
        painter.setPen(ink)
        half = room.height() // 2
        first, second = room.adjusted(0, margin // 2, 0, -half), room.adjusted(0, half, 0, -margin // 2)
        painter.setFont(theme.font(Type.BODY, bold=True))
        narrow = room.width() < theme.px(_LEAST_MM)
        self._paint_pair(painter, first, part_name(item.part_id, item.part_seq), self._what(item, narrow=narrow))
        painter.setFont(theme.font(Type.SMALL))
        time = moment_text(item.time, self._context.language.locale)
        self._paint_pair(painter, second, self._said.get(item.uid) or self._why(item), "" if narrow else time)
        if under_cursor and self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), theme.px(FOCUS_MM)))
            painter.drawRect(row.adjusted(1, 1, -2, -2))

    def _what(self, item: QueueItem, *, narrow: bool) -> str:
        score = "" if item.score is None else self._context.language.locale.toString(item.score, "f", 2)
        return score if narrow else " ".join(part for part in (item.worst_class, score) if part)

    def _why(self, item: QueueItem) -> str:
        words = [whys_words(item.whys)]
        if item.stage not in {Stage.FIRST, Stage.SECOND}:  # the second is why it is here already
            words.append(stage_word(item.stage))
        person = self._context.session.person
        if item.leased_by and (person is None or item.leased_by != person.name):
            words.append(self.tr("with {0} now").format(item.leased_by))
        return " · ".join(words)

    def _paint_pair(self, painter: QPainter, room: QRect, near: str, far: str) -> None:
        """Two texts on one line: the first has the right of way, the second is left out where there is no room."""
        metrics = painter.fontMetrics()
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.isRightToLeft():
            left, right = right, left
        gap = self._context.theme.px(MARGIN_MM / 2)
        used = metrics.horizontalAdvance(near)
        painter.drawText(
            QRectF(room), int((left | _LINE).value), metrics.elidedText(near, Qt.TextElideMode.ElideRight, room.width())
        )
        rest = room.width() - used - gap
        if far and rest > metrics.horizontalAdvance("mmm…"):
            shown = metrics.elidedText(far, Qt.TextElideMode.ElideRight, rest)
            at = QPointF(room.left() if self.isRightToLeft() else room.right() - rest, room.top())
            painter.drawText(QRectF(at.x(), at.y(), rest, room.height()), int((right | _LINE).value), shown)
