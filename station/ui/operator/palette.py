"""The class palette: large chips, the most frequent first, in an order that does not move during a shift."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from labeling.classes import ClassList, DefectClass, order_for_shift
from station.ui.button import Button
from station.ui.theme import FOCUS_MM, HAIR_MM, MARGIN_MM, PALETTE_MM, RADIUS_MM, Theme, Type

CHIP_WIDTH_MM = 38.0
"""Least width of a chip."""
HIGHEST_MM = 30.0
"""A chip takes what room there is, up to so much."""
GAP_MM = 2.0
"""Between chips."""
LEAST_ROOM = 4
HOLD_MS = 600
"""A chip held so long explains its class."""
MOST_KEYS = 9


class Kind(Enum):
    """What a chip stands for."""

    CLASS = auto()
    OTHER = auto()
    """The next page of classes."""
    BACK = auto()
    """Up from the classes below a parent."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a chip shows; `key` is the number that does the same, 0 for none."""

    kind: Kind
    name: str = ""
    key: int = 0
    parent: bool = False
    """Whether there are classes below it."""


def faces(
    classes: ClassList, order: tuple[DefectClass, ...], under: str | None, page: int, room: int
) -> tuple[Face, ...]:
    """Return the chips of one page.

    Parameters
    ----------
    order
        All classes in the order of the shift.
    under
        The parent whose classes are shown; None for those without one.
    page
        Counted on and on; after the last page comes the first.
    room
        How many chips there is room for, at least 4.
    """
    shown = [each for each in order if each.parent == under]
    room = max(room, LEAST_ROOM) - (under is not None)
    back = (Face(Kind.BACK, under),) if under is not None else ()
    other: tuple[Face, ...] = ()
    if len(shown) > room:
        pages = -(-len(shown) // (room - 1))
        first = page % pages * (room - 1)
        shown, other = shown[first : first + room - 1], (Face(Kind.OTHER),)
    chips = (
        Face(Kind.CLASS, each.name, key if key <= MOST_KEYS else 0, bool(classes.children(each.name)))
        for key, each in enumerate(shown, 1)
    )
    return (*back, *chips, *other)


class Chip(Button):
    """One chip: the class, how often it was given today and its number; held down, it explains the class."""

    held = Signal()

    def __init__(self, theme: Theme, face: Face) -> None:
        super().__init__(theme, height_mm=PALETTE_MM, size=Type.BODY)
        self.face = face
        self._count = 0
        self._lit = False
        self.setObjectName("chip")
        self.setMinimumSize(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._explain)
        self.released.connect(self._hold.stop)

    def tell(self, text: str, count: int) -> None:
        """Show a text, and how often the class was given."""
        self._count = count
        self.say(text)

    @property
    def lit(self) -> bool:
        """Whether the selected outline is of this class."""
        return self._lit

    def light(self, *, on: bool) -> None:
        """Show that the selected outline is of this class, or not any more."""
        if on != self._lit:
            self._lit = on
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Begin to count how long it is held."""
        super().mousePressEvent(event)
        if self.face.kind is Kind.CLASS and self.isDown():
            self._hold.start()

    def _explain(self) -> None:
        if self.isDown():
            self.setDown(False)
            self.held.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Ground, class, count and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        ground, ink = theme.colour("control"), theme.colour("ink")
        if self._lit:
            ground, ink = theme.colour("ink"), theme.colour("panel")
        hair = theme.px(HAIR_MM)
        painter.setPen(QPen(theme.colour("quiet"), hair))
        painter.setBrush(ground.darker(125) if self.isDown() else ground)
        box = self.rect().adjusted(hair, hair, -hair, -hair)
        radius = theme.px(RADIUS_MM)
        painter.drawRoundedRect(box, radius, radius)
        margin = theme.px(MARGIN_MM / 2)
        inner = self.rect().adjusted(margin, margin, -margin, -margin)
        painter.setPen(ink)
        self._paint_corners(painter, inner)
        painter.setFont(theme.font(Type.BODY, bold=self.face.kind is Kind.CLASS))
        self._paint_name(painter, inner)
        if self.hasFocus():
            painter.setPen(QPen(ink, theme.px(FOCUS_MM)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(hair, hair, -hair, -hair), radius, radius)
        painter.end()

    def _paint_corners(self, painter: QPainter, inner: QRect) -> None:
        """Number top left, count bottom right; mirrored for scripts that run from right to left."""
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.isRightToLeft():
            near, far = far, near
        painter.setFont(self._theme.font(Type.SMALL))
        if self.face.key:
            painter.drawText(inner, int(near) | int(Qt.AlignmentFlag.AlignTop), str(self.face.key))
        if self._count:
            painter.drawText(inner, int(far) | int(Qt.AlignmentFlag.AlignBottom), str(self._count))
        if self.face.parent or self.face.kind is not Kind.CLASS:
            _chevron(
                painter, inner, self._theme.px(2.5), back=self.face.kind is Kind.BACK, mirrored=self.isRightToLeft()
            )

    def _paint_name(self, painter: QPainter, inner: QRect) -> None:
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetrics(painter.font())
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        text = self.text()
        if longest > inner.width():  # a word too long to wrap is shortened, its tool tip has all of it
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            self.setToolTip(self.text())
        painter.drawText(inner, flags, text)


def _chevron(painter: QPainter, inner: QRect, side: int, *, back: bool, mirrored: bool) -> None:
    """Draw a small arrow top right (mirrored: left): there is more behind this chip, or before it."""
    middle = inner.left() + side / 2 if mirrored else inner.right() - side / 2
    towards = side / 4 * (-1 if back is not mirrored else 1)
    top = inner.top() + side * 0.2
    arrow = [QPointF(middle + x * towards, top + y * side / 2) for x, y in ((-1, 0), (1, 1), (-1, 2))]
    painter.save()
    painter.setPen(QPen(painter.pen().color(), max(1.5, side / 5)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(arrow)
    painter.restore()


class Palette(QWidget):
    """All chips of one page, as many as there is room for."""

    chosen = Signal(str)
    """A class was tapped."""
    explained = Signal(str)
    """A class was held: its examples are wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._classes = ClassList(())
        self._order: tuple[DefectClass, ...] = ()
        self._counts: Mapping[str, int] = {}
        self._under: str | None = None
        self._page = 0
        self._lit: frozenset[str] = frozenset()
        self._chips: tuple[Chip, ...] = ()
        self._grid = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._renew)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips on show."""
        return self._chips

    def set_classes(self, classes: ClassList, frequent: Mapping[str, int], today: Mapping[str, int]) -> None:
        """Show a product's classes, ordered by `frequent` (fixed for the shift), with the counts of `today` on them."""
        self._classes, self._order, self._counts = classes, order_for_shift(classes, frequent), today
        self.reset()

    def count(self, today: Mapping[str, int]) -> None:
        """Show other counts; no chip moves."""
        self._counts = today
        self._renew()

    def reset(self) -> None:
        """Back to the first page."""
        self._under, self._page = None, 0
        self._renew()

    def light(self, names: frozenset[str]) -> None:
        """Show which classes the selected outline (or the picture) has."""
        self._lit = names
        for chip in self._chips:
            chip.light(on=chip.face.kind is Kind.CLASS and chip.face.name in names)

    def press(self, key: int) -> None:
        """Do what the chip of a number does."""
        for chip in self._chips:
            if chip.face.key == key:
                self._tapped(chip.face)
                return

    def turn(self) -> None:
        """Show the next page of classes, where there is one."""
        for chip in self._chips:
            if chip.face.kind is Kind.OTHER:
                self._tapped(chip.face)
                return

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for two rows of two."""
        return QSize(self._across(2, CHIP_WIDTH_MM), self._across(2, PALETTE_MM))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for four rows of two."""
        return QSize(self._across(2, CHIP_WIDTH_MM), self._across(4, PALETTE_MM))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Lay the chips out anew."""
        super().resizeEvent(event)
        if self._fits() != self._grid:
            self._renew()
        else:
            self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Say "other" in the new language, in its direction."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.LayoutDirectionChange}:
            self._renew()

    def _across(self, count: int, least_mm: float) -> int:
        return count * self._theme.px(least_mm) + (count - 1) * self._theme.px(GAP_MM)

    def _fits(self) -> tuple[int, int]:
        gap = self._theme.px(GAP_MM)
        columns = (self.width() + gap) // (self._theme.px(CHIP_WIDTH_MM) + gap)
        rows = (self.height() + gap) // (self._theme.px(PALETTE_MM) + gap)
        return max(1, columns), max(1, rows)

    def _renew(self) -> None:
        """Show what belongs here now; chips that stay the same stay, for a finger may be on one of them."""
        self._grid = self._fits()
        shown = faces(self._classes, self._order, self._under, self._page, self._grid[0] * self._grid[1])
        if shown != tuple(chip.face for chip in self._chips):
            for chip in self._chips:
                chip.hide()
                chip.deleteLater()
            self._chips = tuple(self._chip(face) for face in shown)
        for chip in self._chips:
            text = self.tr("other …") if chip.face.kind is Kind.OTHER else chip.face.name
            chip.tell(text, self._counts.get(chip.face.name, 0))
        self.light(self._lit)
        self._place()

    def _chip(self, face: Face) -> Chip:
        chip = Chip(self._theme, face)
        chip.setParent(self)
        chip.clicked.connect(lambda _checked=False: self._tapped(face))
        chip.held.connect(lambda: self.explained.emit(face.name))
        chip.show()
        return chip

    def _tapped(self, face: Face) -> None:
        match face.kind:
            case Kind.OTHER:
                self._page += 1
                self._renew()
            case Kind.BACK:
                self.reset()
            case Kind.CLASS:
                if face.parent:  # the parent's class counts at once; a further tap makes it more exact
                    self._under, self._page = face.name, 0
                    self._renew()
                self.chosen.emit(face.name)

    def _place(self) -> None:
        """Rows from the top, filled in reading direction."""
        columns = self._grid[0]
        rows = max(1, -(-len(self._chips) // columns))
        gap = self._theme.px(GAP_MM)
        room = (self.height() - (rows - 1) * gap) // rows
        height = min(max(room, self._theme.px(PALETTE_MM)), self._theme.px(HIGHEST_MM))
        width = (self.width() - (columns - 1) * gap) // columns
        for number, chip in enumerate(self._chips):
            row, column = divmod(number, columns)
            if self.isRightToLeft():
                column = columns - 1 - column
            chip.setGeometry(QRect(column * (width + gap), row * (height + gap), width, height))
