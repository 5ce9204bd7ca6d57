"""The one button of the screen: for gloved fingers, with a mark, and the key that does the same printed on it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from station.ui.marks import Look, Mark, draw_mark
from station.ui.theme import FOCUS_MM, HAIR_MM, MARGIN_MM, RADIUS_MM, TOUCH_MM, Theme, Type

_WRAP = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class Button(QAbstractButton):
    """Something to press, at least 15 mm high; it acts when the finger leaves it, and prints the key that does the same.

    Parameters
    ----------
    text
        May be changed at any time; words wrap where the button is narrow.
    shortcut
        Printed only; `Keys` does it.
    look, mark
        Colour and shape of what it means.
    height_mm, size
        Least height, and size of the type.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        shortcut: str = "",
        look: Look = Look.CONTROL,
        mark: Mark = Mark.NONE,
        height_mm: float = TOUCH_MM,
        size: Type = Type.BODY,
        checkable: bool = False,
        clicked: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._shortcut = shortcut
        self._look = look
        self._mark = mark
        self._height_mm = height_mm
        self._size = size
        self.setText(text)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._changed)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    @property
    def shortcut_text(self) -> str:
        """The key printed on it."""
        return self._shortcut

    def print_key(self, shortcut: str) -> None:
        """Print another key on it."""
        if shortcut != self._shortcut:
            self._shortcut = shortcut
            self._changed()

    def say(self, text: str, *, look: Look | None = None, mark: Mark | None = None) -> None:
        """Change words, colour and shape at once."""
        self._look = self._look if look is None else look
        self._mark = self._mark if mark is None else mark
        self.setText(text)
        self.setAccessibleName(text)
        self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFontMetrics, QFontMetrics]:
        return (
            QFontMetrics(self.words_font()),
            QFontMetrics(self._theme.font(Type.SMALL)),
        )

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for the words on one line."""
        words, keys = self._fonts()
        margin = self._theme.px(MARGIN_MM)
        width = words.horizontalAdvance(self.text()) + self._mark_px() + margin + margin // 2
        width += keys.horizontalAdvance(self._shortcut) + margin // 2 if self._shortcut else 0
        return QSize(max(width, self._theme.px(TOUCH_MM)), self._theme.px(self._height_mm))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for the longest word."""
        words, keys = self._fonts()
        longest = max((words.horizontalAdvance(word) for word in self.text().split()), default=0)
        width = longest + self._mark_px() + self._theme.px(MARGIN_MM)
        if self._shortcut and self._height_mm <= TOUCH_MM:
            width += keys.horizontalAdvance(self._shortcut) + self._theme.px(MARGIN_MM) // 2
        return QSize(max(width, self._theme.px(TOUCH_MM)), self._theme.px(self._height_mm))

    def _mark_px(self) -> int:
        return round(self._theme.type_px(self._size) * 1.1) if self._mark else 0

    def words_font(self) -> QFont:
        """Type of the words."""
        return self._theme.font(self._size, bold=self._look.is_signal)

    def words_rect(self) -> QRect:
        """Where the words are painted."""
        margin = self._theme.px(MARGIN_MM / 2)
        _, keys = self._fonts()
        inner = self.rect().adjusted(margin, margin // 2, -margin, -margin // 2)
        mark = self._mark_px() if self.text() else 0
        key = keys.horizontalAdvance(self._shortcut) + margin // 2 if self._shortcut else 0
        if self._height_mm > TOUCH_MM:  # tall enough for the key to stand in a corner of its own
            key = 0
        if self.isRightToLeft():
            return inner.adjusted(key, 0, -mark, 0)
        return inner.adjusted(mark, 0, -key, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Ground, mark, words, key and focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = self._colours()
        hair = self._theme.px(HAIR_MM)
        box = QRectF(self.rect()).adjusted(hair / 2, hair / 2, -hair / 2, -hair / 2)
        radius = self._theme.px(RADIUS_MM)
        style = Qt.PenStyle.SolidLine if self.isEnabled() else Qt.PenStyle.DashLine
        painter.setPen(QPen(self._theme.colour("quiet" if self.isEnabled() else "line"), hair, style))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, radius, radius)
        painter.setFont(self.words_font())
        painter.setPen(ink)
        words = self.words_rect()
        used = painter.boundingRect(words, _WRAP, self.text())
        painter.drawText(words, _WRAP, self.text())
        if self._mark:
            draw_mark(painter, self._mark, self._mark_box(used), ink)
        if self._shortcut:
            painter.setFont(self._theme.font(Type.SMALL))
            inner = self.rect().adjusted(*(self._theme.px(1.5) * sign for sign in (1, 1, -1, -1)))
            tall = self._height_mm > TOUCH_MM
            across = Qt.AlignmentFlag.AlignLeft if self.isRightToLeft() else Qt.AlignmentFlag.AlignRight
            across |= Qt.AlignmentFlag.AlignAbsolute
            down = Qt.AlignmentFlag.AlignBottom if tall else Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, int((across | down).value), self._shortcut)
        if self.hasFocus():
            width = self._theme.px(FOCUS_MM)
            painter.setPen(QPen(ink, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(width, width, -width, -width), radius, radius)
        painter.end()

    def _mark_box(self, used: QRect) -> QRectF:
        side = self._mark_px()
        middle = used.center().y() if self.text() else self.rect().center().y()
        if not self.text():
            left = self.rect().center().x() - side / 2
        else:
            left = used.right() + side * 0.1 if self.isRightToLeft() else used.left() - side * 1.1
        return QRectF(left, middle - side / 2, side, side)

    def _colours(self) -> tuple[QColor, QColor]:
        if not self.isEnabled():
            return self._theme.colour("disabled"), self._theme.colour("quiet")
        ground, ink = self._theme.colour(self._look.value), self._theme.colour(self._look.words)
        if self.isChecked():
            ground, ink = self._theme.colour("ink"), self._theme.colour("panel")
        return (ground.darker(125) if self.isDown() else ground), ink
