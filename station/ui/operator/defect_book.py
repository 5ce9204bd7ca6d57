"""The defect book over the picture: for one class what it is, what only looks like it, and what lies between."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from station.ui.button import Button
from station.ui.context import Context
from station.ui.marks import Mark, MarkLabel
from station.ui.operator.defect_crops import CROP_PX, MOST, Crop, Page, read_crops
from station.ui.theme import FOCUS_MM, MARGIN_MM, Type
from station.ui.widgets import Line, Words

THUMB_MM = 36.0
"""Largest side of a crop on the glass."""
_WHEN = QLocale.FormatType.ShortFormat
_MARKS = {Page.EXAMPLE: Mark.NG, Page.COUNTER: Mark.OK, Page.BORDERLINE: Mark.UNDECIDED}


class Thumb(QWidget):
    """One crop as large as there is room for, with who and when under it."""

    def __init__(self, context: Context, crop: Crop) -> None:
        super().__init__()
        self._context = context
        self._pixels = crop.pixels  # a QImage does not keep its memory alive
        self._image = QImage(self._pixels.data, CROP_PX, CROP_PX, 3 * CROP_PX, QImage.Format.Format_RGB888)
        when = context.language.locale.toString(QDateTime.fromSecsSinceEpoch(int(crop.time.timestamp())), _WHEN)
        self._caption = f"{crop.author or crop.part_seq} · {when}"
        self.setAccessibleName(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A square and a line."""
        side = self._context.theme.px(THUMB_MM)
        return QSize(side, side + self._line_px())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Half of it."""
        side = self._context.theme.px(THUMB_MM / 2)
        return QSize(side, side + self._line_px())

    def _line_px(self) -> int:
        return round(1.4 * self._context.theme.type_px(Type.SMALL))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """The crop, then its caption."""
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self.width(), self.height() - self._line_px(), theme.px(THUMB_MM))
        left = self.width() - side if self.isRightToLeft() else 0
        painter.drawImage(QRect(left, 0, side, side), self._image)
        painter.setPen(theme.colour("quiet"))
        painter.setFont(theme.font(Type.SMALL))
        text = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, self.width())
        across = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(0, side, self.width(), self._line_px()), int(across), text)
        painter.end()


class _Shelf(QWidget):
    """One page: its mark and name, and its crops in a row."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context = context
        self.page = page
        self._mark = MarkLabel(context.theme, _MARKS[page])
        self._title, self._none = Line(), Words(role="quiet")
        self._none.setParent(self)  # from the start, though it has no place before it is shown
        self._none.hide()
        head = QHBoxLayout()
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        self._row = QHBoxLayout()
        self._box = QVBoxLayout(self)
        self._box.addLayout(head)
        self._box.addLayout(self._row, 1)
        self._thumbs: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def thumbs(self) -> list[Thumb]:
        """The crops on show."""
        return [thumb for thumb in self._thumbs if isinstance(thumb, Thumb)]

    def say(self, title: str, none: str) -> None:
        """Name the page, and say what is there while nothing is."""
        self._title.say(title)
        self._none.setText(none)

    def fill(self, crops: Sequence[Crop]) -> None:
        """Show crops; the words where there are none."""
        for thumb in self._thumbs:
            self._row.removeWidget(thumb)
            thumb.hide()
            if thumb is not self._none:
                thumb.deleteLater()
        shown: list[QWidget] = [Thumb(self._context, crop) for crop in crops] or [self._none]
        for thumb in shown:
            self._row.addWidget(thumb, 1)
            thumb.show()
        for _ in range(MOST[Page.EXAMPLE] - len(shown)) if crops else ():
            self._thumbs.append(QLabel())
            self._row.addWidget(self._thumbs[-1], 1)
            shown.append(self._thumbs[-1])
        self._thumbs = shown

    def dress(self, margin: int) -> None:
        """Take sizes from the theme."""
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(margin // 2)
        self._row.setSpacing(margin)


class DefectBook(QWidget):
    """Covers the picture while it is open; the palette beside it stays, and works."""

    closed = Signal()

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self._over = over
        self._class = ""
        self._title = Line(role="title")
        self._close = Button(context.theme, shortcut="Esc", clicked=self.close_book)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._trouble = Words()
        self.shelves = {page: _Shelf(context, page) for page in Page}
        self._box = QVBoxLayout(self)
        self._box.addLayout(head)
        self._box.addWidget(self._trouble)
        for shelf in self.shelves.values():
            self._box.addWidget(shelf)
        self._box.addStretch(1)
        over.installEventFilter(self)
        context.theme.changed.connect(self._dress)
        self.hide()
        self._dress()

    @property
    def class_name(self) -> str:
        """The class it is open at; empty while it is closed."""
        return self._class

    def open_at(self, class_name: str, recipe: str) -> None:
        """Show the pages of a class; they come as soon as they are read."""
        self._class = class_name
        self._trouble.hide()
        for shelf in self.shelves.values():
            shelf.fill(())
        self._say(reading=True)
        if (beside := self._over.parentWidget()) is not None and beside is not self.parentWidget():
            self.setParent(beside)  # a canvas takes every touch on what lies in it
        self.setGeometry(self._over.geometry())
        self.show()
        self.raise_()
        self._context.reading.ask(
            lambda journal: read_crops(journal, class_name, recipe),
            lambda crops: self._fill(class_name, crops),
            lambda text: self._fail(class_name, text),
            urgent=True,
        )

    def close_book(self) -> None:
        """Show the part again."""
        if self._class:
            self._class = ""
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay as large as what it covers."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and watched is self._over:
            self.setGeometry(self._over.geometry())
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Say everything again in a new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say(reading=False)

    def _fill(self, class_name: str, crops: Sequence[Crop]) -> None:
        if class_name != self._class:  # another class was asked for meanwhile, or the book was closed
            return
        self._say(reading=False)
        for page, shelf in self.shelves.items():
            shelf.fill([crop for crop in crops if crop.page is page])

    def _fail(self, class_name: str, text: str) -> None:
        if class_name == self._class:
            self._trouble.setText(text)
            self._trouble.show()

    def _say(self, *, reading: bool) -> None:
        self._close.say(self.tr("Back to the part"))
        self._title.say(self._class)
        wait = self.tr("Reading the examples …")
        pages = {
            Page.EXAMPLE: (self.tr("This is {0}"), self.tr("Nobody has outlined this class yet.")),
            Page.COUNTER: (
                self.tr("This is not {0}: marked by the model, and called good by a person"),
                self.tr("No part that the model marked was called good yet."),
            ),
            Page.BORDERLINE: (
                self.tr("Borderline: the station could not decide, a person called it {0}"),
                self.tr("Nothing was borderline yet."),
            ),
        }
        for page, (title, none) in pages.items():
            self.shelves[page].say(title.format(self._class), wait if reading else none)

    def _dress(self) -> None:
        margin = self._context.theme.px(MARGIN_MM)
        self._box.setContentsMargins(margin, margin, margin, margin)
        self._box.setSpacing(margin)
        for shelf in self.shelves.values():
            shelf.dress(margin)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Its own ground: the picture must not shine through."""
        super().paintEvent(event)
        theme = self._context.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        painter.setPen(theme.colour("line"))
        edge = theme.px(FOCUS_MM)
        painter.drawRect(self.rect().adjusted(0, 0, -edge, -edge))
        painter.end()
