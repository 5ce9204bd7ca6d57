"""The tools of the NG mode, under the picture: those that are used most, the others behind one more tap, and the way back."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.operator.ng_state import Press, Tool
from station.ui.operator.tool_icons import draw_icon
from station.ui.theme import FOCUS_MM, GAP_MM, HAIR_MM, MARGIN_MM, RADIUS_MM, TOUCH_MM, Theme, Type

FIRST = (Tool.LASSO, Tool.TAP_SNAP, Tool.HERE, Tool.BRUSH, Tool.ERASER, Tool.BOX)
"""On show at once; `HERE` only once it is offered."""
OTHERS = (Tool.SELECT, Tool.POLYGON, Tool.ROTATED_BOX, Tool.POLYLINE, Tool.KEYPOINT, Tool.TAGS)
KEYS: Mapping[Tool, str] = {
    Tool.SELECT: "V",
    Tool.LASSO: "A",
    Tool.TAP_SNAP: "T",
    Tool.HERE: "J",
    Tool.BOX: "R",
    Tool.ROTATED_BOX: "D",
    Tool.POLYGON: "P",
    Tool.BRUSH: "C",
    Tool.ERASER: "E",
    Tool.POLYLINE: "I",
    Tool.KEYPOINT: "K",
    Tool.TAGS: "Y",
}
_ICON_MM = 7.5


class IconButton(Button):
    """A picture over a word, and the key beside it; at least 15 mm each way."""

    def __init__(self, theme: Theme, icon: str, *, shortcut: str = "", checkable: bool = False) -> None:
        super().__init__(theme, shortcut=shortcut, checkable=checkable, size=Type.SMALL)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for the word."""
        words = QFontMetrics(self._theme.font(Type.SMALL))
        key = 2 * words.horizontalAdvance(self._shortcut) + self._theme.px(_ICON_MM)
        width = max(words.horizontalAdvance(self.text()), key) + self._theme.px(MARGIN_MM / 2)
        return QSize(max(width, self._theme.px(TOUCH_MM)), self._theme.px(TOUCH_MM))

    minimumSizeHint = sizeHint  # noqa: N815  (Qt's name)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Ground, picture, word and key."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = self._colours()
        hair = theme.px(HAIR_MM)
        painter.setPen(QPen(theme.colour("quiet" if self.isEnabled() else "line"), hair))
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(hair / 2, hair / 2, -hair / 2, -hair / 2)
        radius = theme.px(RADIUS_MM)
        painter.drawRoundedRect(box, radius, radius)
        word, key = theme.font(Type.SMALL), theme.px(1.2)
        line = round(QFontMetrics(word).height() * 1.05)
        icon = QRectF(0, key, self.width(), self.height() - line - 1.4 * key)
        draw_icon(
            painter, self._icon, _square(icon, theme.px(_ICON_MM)), ink if self.isEnabled() else theme.colour("quiet")
        )
        painter.setPen(ink)
        painter.setFont(word)
        rect = QRect(0, self.height() - line - key // 2, self.width(), line)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self._shortcut:
            across = Qt.AlignmentFlag.AlignLeft if self.isRightToLeft() else Qt.AlignmentFlag.AlignRight
            corner = self.rect().adjusted(key, key // 2, -key, 0)
            painter.drawText(corner, int(across) | int(Qt.AlignmentFlag.AlignTop), self._shortcut)
        if self.hasFocus():
            width = theme.px(FOCUS_MM)
            painter.setPen(QPen(ink, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(width, width, -width, -width), radius, radius)
        painter.end()


def _square(box: QRectF, side: float) -> QRectF:
    side = min(side, box.width(), box.height())
    return QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)


class Toolbar(QWidget):
    """Tools left, ways back right; the second row is there only while it is wanted."""

    tool_chosen = Signal(object)
    pressed = Signal(object)
    width_changed = Signal()
    """It needs more room in a row than before, or less."""
    book_wanted = Signal()
    """The examples of the class in question."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.tools = {
            tool: IconButton(theme, tool.value, shortcut=KEYS[tool], checkable=True) for tool in (*FIRST, *OTHERS)
        }
        self.more = IconButton(theme, "more", shortcut="M", checkable=True)
        self.raw = IconButton(theme, "raw", shortcut="S")
        self.delete = IconButton(theme, "delete", shortcut="Del")
        self.undo = IconButton(theme, "undo", shortcut="Z")
        self.redo = IconButton(theme, "redo", shortcut="X")
        self.book = IconButton(theme, "book", shortcut="?")
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._others = QWidget()
        self._others.setLayout(self._second)
        self._box = QVBoxLayout(self)
        self._third = QHBoxLayout()
        self._wrapped = False
        self._offered = False
        self._box.addLayout(self._first)
        self._box.addLayout(self._third)
        self._box.addWidget(self._others)
        self._fill()
        self._connect()
        self._others.hide()
        self.tools[Tool.HERE].hide()
        self.tools[Tool.HERE].setEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def _fill(self) -> None:
        for tool in FIRST:
            self._first.addWidget(self.tools[tool])
        self._first.addWidget(self.more)
        self._first.addStretch(1)
        for button in self._ways_back:
            self._first.addWidget(button)
        for tool in OTHERS:
            self._second.addWidget(self.tools[tool])
        self._second.addStretch(1)

    @property
    def _ways_back(self) -> tuple[IconButton, ...]:
        return self.book, self.raw, self.delete, self.undo, self.redo

    @property
    def row_px(self) -> int:
        """Width that all of it needs in one row."""
        first = [self.tools[tool] for tool in FIRST if tool is not Tool.HERE or self._offered]
        buttons = [*first, self.more, *self._ways_back]
        gaps = (len(buttons) + 1) * self._theme.px(GAP_MM / 4) + 2 * self._theme.px(MARGIN_MM)
        return gaps + sum(button.sizeHint().width() for button in buttons)

    def wrap(self, *, wrapped: bool) -> None:
        """Put the ways back into a row of their own where one has no room for everything."""
        if wrapped == self._wrapped:
            return
        self._wrapped = wrapped
        source, target = (self._first, self._third) if wrapped else (self._third, self._first)
        for button in self._ways_back:
            source.removeWidget(button)
            target.addWidget(button)

    def _connect(self) -> None:
        for tool, button in self.tools.items():
            button.clicked.connect(lambda _checked=False, tool=tool: self._choose(tool))
        self.more.clicked.connect(lambda _checked=False: self._open(self.more.isChecked()))
        presses = {self.raw: Press.RAW, self.delete: Press.DELETE, self.undo: Press.UNDO, self.redo: Press.REDO}
        for button, press in presses.items():
            button.clicked.connect(lambda _checked=False, press=press: self.pressed.emit(press))
        self.book.clicked.connect(lambda _checked=False: self.book_wanted.emit())

    def shortcuts(self) -> dict[str, IconButton]:
        """Return the button that each key presses."""
        buttons = (*self.tools.values(), self.more, self.raw, self.delete, self.undo, self.redo, self.book)
        return {button.shortcut_text: button for button in buttons}

    def offer_here(self, *, offered: bool) -> None:
        """Show or hide the tool that needs a model."""
        if offered is not self._offered:
            self._offered = offered
            self.width_changed.emit()  # before it is shown: the window would grow for a row that is about to be wrapped
            self.tools[Tool.HERE].setVisible(offered)
            self.tools[Tool.HERE].setEnabled(offered)  # a key presses what is hidden too

    def show_tool(self, tool: Tool) -> None:
        """Show which tool the finger has."""
        for each, button in self.tools.items():
            button.setChecked(each is tool)

    def close_others(self) -> None:
        """Put the second row away."""
        self._open(False)

    def allow(self, *, raw: bool, delete: bool, undo: bool, redo: bool) -> None:
        """Grey what does nothing now."""
        for button, on in ((self.raw, raw), (self.delete, delete), (self.undo, undo), (self.redo, redo)):
            button.setEnabled(on)

    def say_snapped(self, *, snapped: bool) -> None:
        """What the tap on "raw" leads to: back to what the finger drew, or forth to the edges."""
        self.raw.say(self.tr("As drawn") if snapped else self.tr("To edges"))

    def retranslate(self) -> None:
        """Say everything again."""
        words = {
            Tool.SELECT: self.tr("Select"),
            Tool.LASSO: self.tr("Lasso"),
            Tool.TAP_SNAP: self.tr("Tap edges"),
            Tool.HERE: self.tr("Outline here"),
            Tool.BOX: self.tr("Box"),
            Tool.ROTATED_BOX: self.tr("Turned box"),
            Tool.POLYGON: self.tr("Polygon"),
            Tool.BRUSH: self.tr("Brush"),
            Tool.ERASER: self.tr("Eraser"),
            Tool.POLYLINE: self.tr("Line"),
            Tool.KEYPOINT: self.tr("Point"),
            Tool.TAGS: self.tr("Whole picture"),
        }
        for tool, word in words.items():
            self.tools[tool].say(word)
        self.more.say(self.tr("More"))
        self.delete.say(self.tr("Delete"))
        self.undo.say(self.tr("Undo"))
        self.redo.say(self.tr("Redo"))
        self.book.say(self.tr("Examples"))
        self.say_snapped(snapped=True)

    def _choose(self, tool: Tool) -> None:
        self.show_tool(tool)  # also when it is chosen already: a tap must not switch it off
        self.tool_chosen.emit(tool)

    def _open(self, on: bool) -> None:
        self.more.setChecked(on)
        self._others.setVisible(on)

    def _dress(self) -> None:
        margin, gap = self._theme.px(MARGIN_MM), self._theme.px(GAP_MM / 4)
        self._box.setContentsMargins(margin, margin // 2, margin, 0)
        self._box.setSpacing(gap)
        for row in (self._first, self._second, self._third):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(gap)
