"""The grid itself: six by four crops, a cursor that the arrows move, and cells that are selected."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.ui.context import Context
from station.ui.review.cells import CellPainter
from station.ui.review.crops import Crop

ACROSS, DOWN = 6, 4
CELLS = ACROSS * DOWN
_GAP_MM = 2.0
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Board(QWidget):
    """Crops in rows. A tap or Space selects, Shift goes on selecting; the cursor runs off the page to the next one."""

    changed = Signal()
    """Cursor or selection."""
    turned = Signal(int)
    """The cursor ran off: 1 to the next page, -1 to the one before."""
    opened = Signal(object)
    """uid of a part that is to be seen large."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._crops: tuple[Crop, ...] = ()
        self._painter = CellPainter(context)
        self._cursor = 0
        self._selected: set[UUID] = set()
        self.painted = 0
        """How often it was painted: what a test waits for."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        context.theme.changed.connect(self.update)

    # What is on it ------------------------------------------------------------------------------------------------

    @property
    def crops(self) -> tuple[Crop, ...]:
        """What is on the page."""
        return self._crops

    @property
    def selected(self) -> tuple[UUID, ...]:
        """The selected parts of this page, in its order."""
        return tuple(crop.place.uid for crop in self._crops if crop.place.uid in self._selected)

    @property
    def marked(self) -> tuple[UUID, ...]:
        """What a key acts on: the selected parts, else the one under the cursor."""
        return self.selected or ((self.current,) if self.current is not None else ())

    @property
    def current(self) -> UUID | None:
        """The part under the cursor."""
        return self._crops[self._cursor].place.uid if self._cursor < len(self._crops) else None

    def show_page(self, crops: Sequence[Crop], *, cursor: int = 0) -> None:
        """Show another page; nothing of it is selected."""
        self._crops = tuple(crops[:CELLS])
        self._painter.forget()
        self._selected.clear()
        self._cursor = min(max(cursor, 0), max(len(self._crops) - 1, 0))
        self.update()
        self.changed.emit()

    def replace(self, at: int, crop: Crop) -> None:
        """Show a crop sharper than before."""
        if at < len(self._crops) and self._crops[at].place.uid == crop.place.uid:
            self._crops = (*self._crops[:at], crop, *self._crops[at + 1 :])
            self.update(self._cell(at))

    def show_lines(self, *, shown: bool) -> None:
        """Draw the outlines, or leave the pictures alone."""
        self._painter.lines = shown
        self.update()

    def select_all(self) -> None:
        """Select the whole page."""
        self._selected = {crop.place.uid for crop in self._crops}
        self._tell()

    def select_none(self) -> None:
        """Select nothing."""
        self._selected.clear()
        self._tell()

    def toggle(self) -> None:
        """Select what is under the cursor, or do not any more."""
        if (uid := self.current) is not None:
            self._selected ^= {uid}
            self._tell()

    def go(self, right: int, down: int, *, selecting: bool = False) -> None:
        """Move the cursor; beyond the first or last cell the page is turned."""
        to = self._cursor + right + down * self._columns
        if to < 0 or to >= len(self._crops):
            self.turned.emit(1 if to > self._cursor else -1)
            return
        if selecting and (uid := self.current) is not None:
            self._selected.add(uid)
        self._cursor = to
        if selecting and (uid := self.current) is not None:
            self._selected.add(uid)
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # Where it is --------------------------------------------------------------------------------------------------

    @property
    def _columns(self) -> int:
        return ACROSS if self.width() >= self.height() else DOWN

    def _cell(self, at: int) -> QRect:
        columns = self._columns
        rows = CELLS // columns
        gap = self._context.theme.px(_GAP_MM)
        width = (self.width() - (columns + 1) * gap) / columns
        height = (self.height() - (rows + 1) * gap) / rows
        row, column = divmod(at, columns)
        if self.isRightToLeft():
            column = columns - 1 - column
        return QRect(
            round(gap + column * (width + gap)), round(gap + row * (height + gap)), round(width), round(height)
        )

    def _at(self, place: QPointF) -> int | None:
        return next((at for at in range(len(self._crops)) if self._cell(at).contains(place.toPoint())), None)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As large as it goes."""
        px = self._context.theme.px
        return QSize(px(160), px(100))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A finger for each cell."""
        px = self._context.theme.px
        return QSize(ACROSS * px(16), DOWN * px(16))

    # What a person does -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Arrows move, Space selects."""
        selecting = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            right = -step[0] if self.isRightToLeft() else step[0]
            self.go(right, step[1], selecting=selecting)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """A tap selects; with Shift, all up to there."""
        self.setFocus()
        at = self._at(event.position())
        if at is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            first, last = sorted((self._cursor, at))
            self._selected |= {crop.place.uid for crop in self._crops[first : last + 1]}
        else:
            self._selected ^= {self._crops[at].place.uid}
        self._cursor = at
        self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Twice: see it large. The first tap of the two had selected it."""
        if (at := self._at(event.position())) is not None:
            self._selected.discard(self._crops[at].place.uid)
            self.opened.emit(self._crops[at].place.uid)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Turn with the script."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Lay the cells out anew."""
        super().resizeEvent(event)
        self.update()

    # Painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Every cell that is dirty."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._context.theme.colour("ground"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for at, crop in enumerate(self._crops):
            cell = self._cell(at)
            if cell.intersects(event.rect()):
                chosen, focus = crop.place.uid in self._selected, self.hasFocus() if at == self._cursor else None
                self._painter.paint(painter, crop, cell, chosen=chosen, focus=focus)
        painter.end()
        self.painted += 1
