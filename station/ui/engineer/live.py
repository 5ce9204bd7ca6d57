"""Live view: the newest picture of each camera with what an engineer sets it up by."""

from uuid import UUID

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from station.desk.messages import PartFinished
from station.journal.reader import JournalReader
from station.ui.cards import Card
from station.ui.context import Context
from station.ui.engineer.looks import FEATURES, LEVELS, CameraLook, look_at, newest_looks
from station.ui.sentences import said
from station.ui.shift.charts import Chart
from station.ui.theme import HAIR_MM, MARGIN_MM, Theme
from station.ui.widgets import Line, Words
from station.ui.words import part_name

PACE_MS = 500
"""A fast line is followed at this pace, so that the screen stays free for fingers."""
_MANY = 3
"""From so many cameras on they stand in two columns."""


def as_image(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Copy a picture, (H, W) grey or (H, W, 3) RGB, to what Qt draws."""
    held = np.ascontiguousarray(pixels)
    kind = QImage.Format.Format_Grayscale8 if held.ndim == 2 else QImage.Format.Format_RGB888
    return QImage(held.data, held.shape[1], held.shape[0], held.strides[0], kind).copy()


class PictureWell(QWidget):
    """A picture, as large as it goes, on a dark ground; words where there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Large enough to see something."""
        return QSize(self._theme.px(50), self._theme.px(40))

    def show_picture(self, pixels: npt.NDArray[np.uint8] | None, words: str) -> None:
        """Show another picture, or words in its place."""
        self._image = None if pixels is None else as_image(pixels)
        self._words = words
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Fit the picture in."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("well"))
        if self._image is None:
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour("on_well"))
            margin = self._theme.px(MARGIN_MM)
            words = self.rect().adjusted(margin, margin, -margin, -margin)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self._words)
        else:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
        painter.end()


class Histogram(Chart):
    """How often each grey value occurs, black on the left; heights are square roots, so that the rare is seen too."""

    def __init__(self, theme: Theme, context: Context) -> None:
        super().__init__(theme, context.language)
        self._shares: npt.NDArray[np.float64] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Wide rather than high."""
        return QSize(self._theme.px(80), self._theme.px(50))

    def show_shares(self, shares: npt.NDArray[np.float64] | None) -> None:
        """Show another one, shape (256,)."""
        self._shares = shares
        self.take()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint it as one area over a base line, with its ends named."""
        line = self._line_height(painter)
        plot = area.adjusted(0, 0, -1, -1.2 * line)
        painter.setPen(self._theme.colour("quiet"))
        for level, align in ((0, Qt.AlignmentFlag.AlignLeft), (LEVELS - 1, Qt.AlignmentFlag.AlignRight)):
            painter.drawText(area, int(align) | int(Qt.AlignmentFlag.AlignBottom), str(level))
        if self._shares is not None and self._shares.max() > 0:
            heights = np.sqrt(self._shares / self._shares.max())
            step = plot.width() / LEVELS
            tops = [
                QPointF(plot.left() + (level + side) * step, plot.bottom() - plot.height() * float(height))
                for level, height in enumerate(heights)
                for side in (0, 1)
            ]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("quiet"))
            painter.drawPolygon(QPolygonF([plot.bottomLeft(), *tops, plot.bottomRight()]))
        painter.setPen(self._pen("line", HAIR_MM))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())


class CameraCard(Card):
    """One camera: picture, histogram, figures."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        self._look: CameraLook | None = None
        self._well, self._histogram = PictureWell(context.theme), Histogram(context.theme, context)
        names = ("sharpness", "brightness", "contrast", "saturated", *FEATURES)
        self._names = {name: Line(role="small") for name in names}
        self._values = {name: Line() for name in names}
        self._trouble = Words()
        self._grid, side = QGridLayout(), QVBoxLayout()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for number, name in enumerate(names):
            self._grid.addWidget(self._names[name], number, 0)
            self._grid.addWidget(self._values[name], number, 1)
        self._grid.setColumnStretch(1, 1)
        side.addWidget(self._histogram, 3)
        side.addLayout(self._grid)
        side.addWidget(self._trouble)
        side.addStretch(1)
        self._halves.addWidget(self._well, 2)
        self._halves.addLayout(side, 1)
        self._halves.setSpacing(context.theme.px(MARGIN_MM))
        self.body.addLayout(self._halves, 1)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Put the figures beside the picture where the card is wide, below it where it is tall."""
        wide = self.width() >= self.height()
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def show_look(self, look: CameraLook) -> None:
        """Show another picture."""
        self._look = look
        part, time = part_name(look.part_id, look.part_seq), f"{look.time.astimezone():%H:%M:%S}"
        note = self.tr("Part {0}, {1}").format(part, time)
        if look.pixels is not None:
            width, height = look.size
            note = self.tr("{0}; {1} by {2} pixels, {3}").format(note, width, height, look.pixel_format)
        self.say(self.tr("Camera {0}, view {1}").format(look.camera, look.view), note)
        trouble = said(look.trouble)
        self._well.show_picture(look.pixels, trouble or self.tr("There is no picture."))
        self._histogram.show_shares(look.histogram)
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(look.trouble))
        figures = {} if look.health is None else self._figures(look)
        for name, value in self._values.items():
            value.say(figures.get(name, "-") if name not in FEATURES else self._feature(look, name))

    def _figures(self, look: CameraLook) -> dict[str, str]:
        health = look.health
        assert health is not None

        def text(value: float, digits: int = 2) -> str:
            return self._context.language.locale.toString(value, "f", digits)

        return {
            "sharpness": text(health.sharpness),
            "brightness": text(health.brightness),
            "contrast": text(health.contrast),
            "saturated": text(100 * health.saturated_share, 1) + " %",
        }

    def _feature(self, look: CameraLook, name: str) -> str:
        asked, told = look.asked.get(name), look.told.get(name)
        if asked is None and told is None:
            return self.tr("the camera's own")
        if told is None:
            return self.tr("set to {0}").format(asked)
        return told if asked is None else self.tr("{0} (set to {1})").format(told, asked)

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        words = {
            "sharpness": self.tr("Sharpness"),
            "brightness": self.tr("Brightness"),
            "contrast": self.tr("Contrast"),
            "saturated": self.tr("At full scale"),
            "ExposureTime": self.tr("Exposure, µs"),
            "Gain": self.tr("Gain"),
        }
        for name, line in self._names.items():
            line.say(words[name])
        if self._look is not None:
            self.show_look(self._look)


class LivePanel(QWidget):
    """A card for each camera; the pictures are those of the parts as they come."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = False
        self._reading = False
        self._newest: UUID | None = None
        self._cards: list[CameraCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._empty = Words(role="title")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid.addWidget(self._empty, 0, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PACE_MS)
        self._pause.timeout.connect(self._read)
        context.link.part.connect(self._take)
        self.retranslate()

    def entered(self) -> None:
        """Show the newest part, and each that follows."""
        self._shown = True
        self._newest = None
        self._read()

    def left(self) -> None:
        """Follow no more."""
        self._shown = False
        self._pause.stop()

    def _take(self, part: PartFinished) -> None:
        self._newest = part.uid
        if self._shown and not self._pause.isActive():
            self._pause.start()

    def _read(self) -> None:
        """Read one part at a time; the parts that come meanwhile are passed over for the newest."""
        if self._reading:
            return
        self._reading = True
        uid, config = self._newest, self._context.config

        def work(reader: JournalReader) -> tuple[CameraLook, ...]:
            return newest_looks(reader, config) if uid is None else look_at(reader, uid, config)

        self._context.reading.ask(work, lambda looks: self._show(uid, looks), lambda text: self._fail(uid, text))

    def _show(self, uid: UUID | None, looks: tuple[CameraLook, ...]) -> None:
        self._go_on(uid)
        self._empty.setVisible(not looks and not self._cards)
        for index, look in enumerate(looks):
            if index == len(self._cards):
                self._cards.append(CameraCard(self._context))
                columns = 1 if len(looks) < _MANY else 2
                self._grid.addWidget(self._cards[-1], *divmod(index, columns))
            self._cards[index].show_look(look)
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(looks) or not looks)

    def _fail(self, uid: UUID | None, text: str) -> None:
        self._go_on(uid)
        self._empty.setText(self.tr("The pictures cannot be read. {0}").format(text))
        self._empty.setVisible(not self._cards)

    def _go_on(self, uid: UUID | None) -> None:
        self._reading = False
        if self._shown and self._newest is not None and self._newest != uid:
            self._pause.start()

    def retranslate(self) -> None:
        """Say everything again in the language in force."""
        self._empty.setText(self.tr("No part has been inspected yet."))
        for card in self._cards:
            card.retranslate()
