"""The picture zones are drawn on, its tools below it and the views above it."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labeling.canvas.tool_protocol import Tool
from labeling.canvas.view import Canvas
from station.ui.button import Button
from station.ui.context import Context
from station.ui.engineer.zone_ground import Ground
from station.ui.operator.picture_side import canvas_colours
from station.ui.operator.toolbar import IconButton
from station.ui.theme import GAP_MM, MARGIN_MM
from station.ui.widgets import Words
from station.ui.words import part_name

TOOLS: Mapping[Tool, tuple[str, str]] = {
    Tool.NONE: ("select", "V"),
    Tool.POLYGON: ("polygon", "P"),
    Tool.LASSO: ("lasso", "A"),
    Tool.BOX: ("box", "R"),
}
"""Icon and key of each tool."""


class ZoneBoard(QWidget):
    """Says what was pressed; what is drawn comes from the canvas itself."""

    tool_pressed = Signal(object)
    view_pressed = Signal(str)
    delete_pressed = Signal()
    undo_pressed = Signal()
    redo_pressed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._view = ""
        self._trouble = ""
        self.ground: Ground | None = None
        self.canvas = Canvas(canvas_colours(context), context.theme.px_per_mm)
        self.views: dict[str, Button] = {}
        self.note = Words(role="small")
        theme = context.theme
        self.tools = {
            tool: IconButton(theme, icon, shortcut=key, checkable=True) for tool, (icon, key) in TOOLS.items()
        }
        self.delete = IconButton(theme, "delete", shortcut="Del")
        self.undo = IconButton(theme, "undo", shortcut="Z")
        self.redo = IconButton(theme, "redo", shortcut="X")
        self._column = QVBoxLayout(self)
        self._views, self._tools = QHBoxLayout(), QHBoxLayout()
        self._lay_out()
        for tool, button in self.tools.items():
            button.clicked.connect(partial(self._press, tool))
        self.delete.clicked.connect(self.delete_pressed)
        self.undo.clicked.connect(self.undo_pressed)
        self.redo.clicked.connect(self.redo_pressed)
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._views)
        self._column.addWidget(self.note)
        self._column.addWidget(self.canvas, 1)
        self._column.addLayout(self._tools)
        for button in self.tools.values():
            self._tools.addWidget(button)
        self._tools.addStretch(1)
        for button in (self.delete, self.undo, self.redo):
            self._tools.addWidget(button)

    def shortcuts(self) -> dict[str, Callable[[], None]]:
        """Return what its keys do."""
        keys: dict[str, Callable[[], None]] = {
            key: partial(self.tool_pressed.emit, tool) for tool, (_, key) in TOOLS.items()
        }
        return keys | {"Del": self.delete_pressed.emit, "Z": self.undo_pressed.emit, "X": self.redo_pressed.emit}

    def show_views(self, names: tuple[str, ...]) -> None:
        """Offer these views; where there is one there is nothing to choose."""
        if tuple(self.views) == names:
            return
        while (item := self._views.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.views = {name: self._view_button(name) for name in names} if len(names) > 1 else {}

    def _view_button(self, name: str) -> Button:
        button = Button(self._context.theme, name, checkable=True, clicked=partial(self.view_pressed.emit, name))
        self._views.addWidget(button, 1)
        return button

    def show_ground(self, view: str, ground: Ground | None, trouble: str) -> None:
        """Show a view's picture; where there is none, why."""
        self._view, self._trouble = view, trouble
        for name, button in self.views.items():
            button.setChecked(name == view)
        if ground is not self.ground:
            self.ground = ground
            self.canvas.set_picture(None if ground is None else ground.pixels)
        self._describe()

    def set_tool(self, tool: Tool) -> None:
        """Draw with another tool."""
        self.canvas.set_tool(tool)
        for each, button in self.tools.items():
            button.setChecked(each is tool)

    def enable(self, *, draws: bool, chosen: bool, undo: bool, redo: bool) -> None:
        """Let be pressed what can be pressed."""
        for button in self.tools.values():
            button.setEnabled(draws)
        self.delete.setEnabled(draws and chosen)
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

    def _press(self, tool: Tool) -> None:
        self.tools[tool].setChecked(True)  # also when it was chosen already
        self.tool_pressed.emit(tool)

    def _describe(self) -> None:
        ground = self.ground
        if self._trouble:
            text = self._trouble
        elif ground is None:
            text = self.tr("There is no picture of this view yet: let a part come past.")
        else:
            part, time = part_name(ground.part_id, ground.part_seq), f"{ground.time.astimezone():%H:%M:%S}"
            good = self.tr("View {0}: the newest good part, {1}, {2}")
            other = self.tr("View {0}: the newest part, {1}, {2}; none was good lately")
            text = (good if ground.good else other).format(self._view, part, time)
        self.note.setText(text)

    def _dress(self) -> None:
        theme = self._context.theme
        self.canvas.set_colours(canvas_colours(self._context))
        self.canvas.set_px_per_mm(theme.px_per_mm)
        self._column.setSpacing(theme.px(MARGIN_MM / 2))
        self._tools.setSpacing(theme.px(GAP_MM / 4))

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        words = {
            Tool.NONE: self.tr("Select"),
            Tool.POLYGON: self.tr("Polygon"),
            Tool.LASSO: self.tr("Lasso"),
            Tool.BOX: self.tr("Box"),
        }
        for tool, word in words.items():
            self.tools[tool].say(word)
        self.delete.say(self.tr("Delete"))
        self.undo.say(self.tr("Undo"))
        self.redo.say(self.tr("Redo"))
        self._describe()
