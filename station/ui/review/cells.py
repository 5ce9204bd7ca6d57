"""How one cell of the grid looks: the crop with its outline, the verdict's mark, class and score."""

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPen, QPolygonF

from station.ui.context import Context
from station.ui.marks import Look, Mark, draw_mark
from station.ui.review.crops import AROUND, CROP_PX, Crop
from station.ui.theme import FOCUS_MM, HAIR_MM, MARGIN_MM, Type
from station.ui.words import LOOKS, part_name

_HALO_PX, _CORE_PX = 4, 2


class CellPainter:
    """Paints cells; keeps the images of the page on show."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._images: dict[Crop, QImage] = {}
        self.lines = True
        """Whether outlines are drawn."""

    def forget(self) -> None:
        """Another page is shown."""
        self._images.clear()

    @property
    def _mirrored(self) -> bool:
        return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def paint(self, painter: QPainter, crop: Crop, cell: QRect, *, chosen: bool, focus: bool | None) -> None:
        """Paint a cell; `focus` is None beside the cursor, under it whether the keys go to the board."""
        theme = self._context.theme
        painter.fillRect(cell, theme.colour("ink" if chosen else "panel"))
        edge = theme.px(FOCUS_MM)
        inside = cell.adjusted(edge, edge, -edge, -edge)
        line = round(1.5 * theme.type_px(Type.SMALL))
        picture = inside.adjusted(0, 0, 0, -line)
        self._paint_picture(painter, crop, picture)
        words = QRect(inside.left(), picture.bottom() + 1, inside.width(), line)
        self._paint_words(painter, crop, words, "panel" if chosen else "ink")
        if chosen:
            self._paint_tick(painter, picture)
        if focus is not None:
            pen = QPen(theme.colour("focus"), 2 * edge)
            pen.setStyle(Qt.PenStyle.SolidLine if focus else Qt.PenStyle.DashLine)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell)
        elif theme.palette.panel == theme.palette.ground:
            painter.setPen(QPen(theme.colour("line"), theme.px(HAIR_MM)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell)

    def _paint_picture(self, painter: QPainter, crop: Crop, room: QRect) -> None:
        theme = self._context.theme
        painter.fillRect(room, theme.colour("well"))
        if crop.pixels is None:
            painter.setPen(theme.colour("on_well"))
            painter.setFont(theme.font(Type.SMALL))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, QCoreApplication.translate("Board", "no picture"))
            return
        scale = AROUND * min(room.width(), room.height()) / CROP_PX
        side = CROP_PX * scale
        box = QRectF(room.center().x() - side / 2 + 0.5, room.center().y() - side / 2 + 0.5, side, side)
        painter.save()
        painter.setClipRect(room)
        painter.drawImage(box, self._image(crop))
        if self.lines and crop.rings:
            self._paint_rings(painter, crop, box, scale)
        painter.restore()

    def _image(self, crop: Crop) -> QImage:
        """Return the crop as Qt draws it quickly; made once."""
        image = self._images.get(crop)
        if image is None:
            assert crop.pixels is not None
            shown = QImage(crop.pixels.data, CROP_PX, CROP_PX, 3 * CROP_PX, QImage.Format.Format_RGB888)
            image = self._images[crop] = shown.convertToFormat(QImage.Format.Format_RGB32)
        return image

    def _paint_rings(self, painter: QPainter, crop: Crop, box: QRectF, scale: float) -> None:
        """Draw the outline: dashed amber where it is the model's, solid cyan where it is a person's."""
        theme = self._context.theme
        person = crop.place.by_person
        style = Qt.PenStyle.SolidLine if person else Qt.PenStyle.DashLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = [
            QPolygonF([QPointF(box.left() + x * scale, box.top() + y * scale) for x, y in ring.tolist()])
            for ring in crop.rings
        ]
        for pen in (
            QPen(theme.colour("halo"), _HALO_PX),
            QPen(theme.colour("person" if person else "model"), _CORE_PX, style),
        ):
            painter.setPen(pen)
            for line in lines:
                if line.size() == 1:
                    painter.drawEllipse(line.at(0), 6.0, 6.0)
                elif crop.closed:
                    painter.drawPolygon(line)
                else:
                    painter.drawPolyline(line)

    def _paint_words(self, painter: QPainter, crop: Crop, room: QRect, ink: str) -> None:
        """Mark of the verdict, class and score; the part's number at the end."""
        theme, place = self._context.theme, crop.place
        look, mark = LOOKS[place.verdict.value]
        side = room.height() * 0.8
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        left = room.left() + room.height() * 0.1
        if self._mirrored:
            near, far = far, near
            left = room.right() - room.height() * 0.1 - side
        box = QRectF(left, room.center().y() - side / 2 + 0.5, side, side)
        painter.fillRect(box, theme.colour(look.value))
        inner = side * 0.18
        draw_mark(painter, mark, box.adjusted(inner, inner, -inner, -inner), theme.colour("on_signal"))
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(Type.SMALL))
        margin = theme.px(MARGIN_MM / 4)
        shift = round(side + 2 * margin)
        words = room.adjusted(0, 0, -shift, 0) if self._mirrored else room.adjusted(shift, 0, 0, 0)
        number = part_name("", place.part_seq)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words.adjusted(0, 0, -margin, 0), int((far | middle).value), number)
        used = painter.fontMetrics().horizontalAdvance(number) + 2 * margin
        rest = words.adjusted(used, 0, 0, 0) if self._mirrored else words.adjusted(0, 0, -used, 0)
        score = "" if place.score is None else self._context.language.locale.toString(place.score, "f", 2)
        text = " ".join(
            part for part in (place.class_name or QCoreApplication.translate("Board", "no class"), score) if part
        )
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int((near | middle).value), shown)

    def _paint_tick(self, painter: QPainter, picture: QRect) -> None:
        """Say "selected" in a shape too: a tick in the corner."""
        theme = self._context.theme
        side = theme.px(6.0)
        left = picture.left() if self._mirrored else picture.right() - side + 1
        box = QRectF(left, picture.top(), side, side)
        painter.fillRect(box, theme.colour("ink"))
        inner = side * 0.2
        draw_mark(painter, Mark.OK, box.adjusted(inner, inner, -inner, -inner), theme.colour(Look.PANEL.value))
