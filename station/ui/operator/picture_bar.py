"""The row under the picture: which view, heat and how strongly, outlines, the golden sample, and how large it is seen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from station.ui.button import Button
from station.ui.context import Context
from station.ui.theme import MARGIN_MM, TOUCH_MM
from station.ui.widgets import Line

MOST_VIEWS = 8


class PictureBar(QWidget):
    """Switches of the picture; each keeps its setting from part to part."""

    changed = Signal()
    """Heat, its strength or the outlines are to be seen otherwise."""
    view_chosen = Signal(int)
    fit = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.heat = Button(theme, shortcut="H", checkable=True, clicked=self._heat_switched)
        self.outlines = Button(theme, shortcut="B", checkable=True, clicked=self.changed.emit)
        self.outlines.setChecked(True)
        self.compare = Button(theme, shortcut="G")
        self._fit = Button(theme, shortcut="F", clicked=self.fit.emit)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(10, 90)
        self.opacity.setValue(50)
        self.opacity.setEnabled(False)
        self.opacity.valueChanged.connect(lambda _: self.changed.emit())
        self.told = Line(role="quiet")
        self._views = [
            Button(theme, checkable=True, clicked=partial(self.view_chosen.emit, place)) for place in range(MOST_VIEWS)
        ]
        self._row = QHBoxLayout(self)
        for widget in (*self._views, self.heat, self.opacity, self.outlines, self.compare, self._fit):
            self._row.addWidget(widget)
        self._row.addWidget(self.told, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_views((), 0)
        theme.changed.connect(self._dress)
        self._dress()
        self.retranslate()

    @property
    def strength(self) -> float:
        """How strongly the heat covers the picture, 0 to 1."""
        return self.opacity.value() / 100

    def show_views(self, names: Sequence[str], shown: int) -> None:
        """Offer the views of a part; one alone needs no choice."""
        for place, button in enumerate(self._views):
            button.setVisible(len(names) > 1 and place < len(names))
            if place < len(names):
                button.say(names[place])
                button.setChecked(place == shown)

    def hide_opinion(self, hidden: bool) -> None:
        """Take the model's opinion away, or give it back."""
        self.heat.setEnabled(not hidden)
        self.outlines.setEnabled(not hidden)
        self.opacity.setEnabled(not hidden and self.heat.isChecked())

    def take(self, button: Button) -> None:
        """Give another button a place in the row."""
        self._row.insertWidget(self._row.indexOf(self.told), button)

    def retranslate(self) -> None:
        """Say everything again."""
        self.heat.say(self.tr("Heat"))
        self.outlines.say(self.tr("Outlines"))
        self.compare.say(self.tr("Compare: hold"))
        self._fit.say(self.tr("Whole part"))
        self.opacity.setAccessibleName(self.tr("How strongly the heat is seen"))

    def _heat_switched(self) -> None:
        self.opacity.setEnabled(self.heat.isChecked())
        self.changed.emit()

    def _dress(self) -> None:
        theme = self._context.theme
        margin = theme.px(MARGIN_MM)
        self._row.setContentsMargins(margin, margin // 2, margin, margin // 2)
        self._row.setSpacing(margin // 2)
        self.opacity.setMinimumSize(theme.px(TOUCH_MM), theme.px(TOUCH_MM))
        self.opacity.setMaximumWidth(theme.px(3 * TOUCH_MM))
