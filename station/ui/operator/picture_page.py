"""A page with the part large, what draws it, and a column beside it: the operator's page, and QA's."""

from typing import Protocol

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from labeling.canvas.view import Canvas
from station.ui.context import Context, Page
from station.ui.operator.compare import Compare
from station.ui.operator.ng import NgMode
from station.ui.operator.picture_bar import PictureBar
from station.ui.operator.picture_side import canvas_colours


class Beside(Protocol):
    """The column: what the page has to do with it, whatever it says."""

    stack: QStackedWidget

    def layout(self) -> QLayout | None:
        """Return what lays out the stack and all that stands above and below it."""

    def retranslate(self) -> None:
        """Say everything again."""


class PicturePage(Page):
    """Canvas, bar, comparison and NG mode, put together; whoever extends it calls `picture` once to lay them out."""

    def __init__(self, context: Context, column: Beside) -> None:
        super().__init__(context)
        self._beside = column
        self.canvas = Canvas(canvas_colours(context), context.theme.px_per_mm)
        self.bar = PictureBar(context)
        self.compare = Compare(context, self.canvas)
        self.ng = NgMode(context, self.canvas, column.stack)
        self.setFocusProxy(self.canvas)

    def stop(self) -> None:
        """End what runs in the background; drafts stay."""
        self.ng.stop()

    def retheme(self) -> None:
        """Colours of the canvas, and the measures of the page."""
        self.canvas.set_colours(canvas_colours(self.context))
        self.canvas.set_px_per_mm(self.context.theme.px_per_mm)
        self._lay_out()
        super().retheme()

    def retranslate(self) -> None:
        """Say everything again."""
        self.bar.retranslate()
        self.compare.retranslate()
        self._beside.retranslate()
        self.ng.retranslate()
        self._lay_out()
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Stand the column beside the picture, or under it on a tall screen."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep the column where it belongs when the language turns the layout around."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._lay_out()

    def picture(self) -> QWidget:
        """Put the picture, its tools and its bar under each other."""
        picture = QWidget()
        whole = QVBoxLayout(picture)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self.ng.toolbar)
        whole.addWidget(self.bar)
        self.ng.toolbar.width_changed.connect(self._lay_out)
        column = self._beside.layout()
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.indexOf(self._beside.stack), self.ng.kept)  # what is only on this screen's disk
        self.bar.take(self.compare.button)
        return picture

    def _lay_out(self) -> None:
        raise NotImplementedError

    def _tell(self) -> None:
        raise NotImplementedError
