"""All layers of a canvas, one on the other: what is on the screen, and nothing of what a finger does."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap

from labeling.canvas.captions import CaptionPainter, placed
from labeling.canvas.geometry import handles_of, is_closed, rings_of
from labeling.canvas.layers import KEYPOINT_PX, HeatLayer, OutlineLayer, PictureLayer, bgr, on_screen
from labeling.canvas.loupe import loupe_pixels, loupe_rect
from labeling.canvas.outline import CanvasColours, Outline, OutlineStyle
from labeling.canvas.pyramid import Pyramid
from labeling.canvas.raster import Raster
from labeling.canvas.scratch import Bytes, Scratch
from labeling.canvas.strokes import Ink, Pen, draw
from labeling.canvas.tool_protocol import Live
from labeling.canvas.transform import Points, Rect, Size, ViewTransform
from labeling.shapes import Keypoint

CORE_MM = 0.55
HANDLE_MM = 3.2
CORNER_MM = 1.6
HANDLE_GAP_MM = 3.6
"""Handles nearer to each other than this are not all shown (they all can be taken hold of)."""
MANY_CHANGES = 16
"""From here on one painting of all outlines is quicker than one of each."""
NOTHING = Rect(0, 0, 0, 0)
RAW_DASH = (5.0, 5.0)


@dataclass(frozen=True, slots=True, eq=False)
class Proposed:
    """Something in the making: a stroke, or a shape; `faint` for what it was before it was snapped."""

    live: Live
    faint: bool = False
    brush_px: float = 0.0
    """Half the width of the band a brush covers, in image pixels."""
    corners: bool = False
    """Whether its points are marked, the first larger: there a polygon closes."""

    @property
    def rings(self) -> Sequence[Points]:
        """Its lines in image pixels."""
        if self.live is None:
            return ()
        return (self.live,) if isinstance(self.live, np.ndarray) else rings_of(self.live)

    @property
    def closed(self) -> bool:
        """Whether its lines end where they begin."""
        return self.live is not None and not isinstance(self.live, np.ndarray) and is_closed(self.live)

    def area(self, view: ViewTransform, margin: int) -> Rect:
        """Return the screen pixels it touches."""
        points = [ring for ring in self.rings if len(ring)]
        if not points:
            return NOTHING
        every = np.concatenate(points)
        (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
        return view.screen_rect((left, top, right, bottom)).grown(margin + round(self.brush_px * view.scale))


class Display:
    """What a canvas shows. Rectangles are device pixels; a setter that returns one says what to paint."""

    def __init__(self, colours: CanvasColours, px_per_mm: float) -> None:
        self.px_per_mm = px_per_mm
        self.colours = colours
        self.picture = PictureLayer(bgr(colours.well))
        self.golden: PictureLayer | None = None
        self.heat = HeatLayer()
        self.outlines = OutlineLayer(colours, self.pen)
        self.selected: tuple[Outline, ...] = ()
        self.proposed: tuple[Proposed, ...] = ()
        self.loupe_at: tuple[float, float] | None = None
        self._base = Raster(self._paint_base)
        self._warm = Raster(self.heat.paint)
        self._lines = Raster(self.outlines.paint)
        self._scratch = Scratch()
        self._captions = CaptionPainter()
        self._said: tuple[tuple[Size, ViewTransform], list[tuple[QPixmap, Rect]]] | None = None

    @property
    def pen(self) -> Pen:
        """Lines as wide as the screen's pixels need."""
        core = max(1, round(CORE_MM * self.px_per_mm))
        return Pen(core, core + 4)

    @property
    def margin(self) -> int:
        """How far beyond its points anything reaches: lines, handles, a keypoint's ring."""
        return round(HANDLE_MM * self.px_per_mm) + self.pen.halo_px + 8

    def restyle(self, colours: CanvasColours, px_per_mm: float) -> None:
        """Take other colours and another size of pixels."""
        self.colours, self.px_per_mm = colours, px_per_mm
        self.picture.well = bgr(colours.well)
        self.outlines.colours, self.outlines.pen = colours, self.pen
        self._said = None
        self._base.soil()
        self._lines.soil()

    def set_picture(self, picture: Bytes | Pyramid | None, covers: Size | None) -> None:
        """Show another picture, with nothing on it."""
        self.picture.show(picture, covers)
        self._base.soil()
        self.set_heat(None, 0.0, 1.0)
        self.outlines.set_outlines(())
        self._lines.soil()
        self.selected, self.proposed, self.loupe_at, self._said = (), (), None, None

    def set_golden(self, picture: Bytes | Pyramid | None) -> None:
        """Show another picture in place of the part's own; None ends that."""
        self.golden = None
        if picture is not None:
            self.golden = PictureLayer(self.picture.well)
            self.golden.show(picture, self.picture.size)
        self._base.soil()

    def set_heat(self, heat: npt.NDArray[np.float32] | None, low: float, high: float) -> None:
        """Take a heat map of the picture."""
        self.heat.set_heat(heat, low, high, self.picture.size or (1, 1))
        self._warm.soil()

    def set_opacity(self, opacity: float) -> None:
        """Let the heat through more or less."""
        self.heat.opacity = opacity
        self._warm.soil()

    def set_outlines(self, outlines: Iterable[Outline], view: ViewTransform) -> None:
        """Take outlines; of the kept layer only what changed in it is painted anew."""
        every = tuple(outlines)
        changed = self.outlines.set_outlines(one for one in every if one.style is not OutlineStyle.SELECTED)
        if len(changed) > MANY_CHANGES:
            self._lines.soil()
        else:
            for outline in changed:
                self._lines.soil(self.outlines.area(outline, view))
        self.select(tuple(one for one in every if one.style is OutlineStyle.SELECTED), view)

    def select(self, selected: tuple[Outline, ...], view: ViewTransform) -> Rect:
        """Take the outlines that are selected; return what changes on the screen, captions apart."""
        area = self._area_of((*self.selected, *selected), view)
        self.selected, self._said = selected, None
        return area

    def set_proposed(self, proposed: Sequence[Proposed], view: ViewTransform) -> Rect:
        """Take what is in the making; return what changes on the screen."""
        before, self.proposed = self.proposed, tuple(proposed)
        area = NOTHING
        for was, now in zip_longest(before, self.proposed):
            if was is not now:
                area = area.joined(_changed_area(was, now, view, self.margin))
        return area

    def _area_of(self, outlines: Sequence[Outline], view: ViewTransform) -> Rect:
        area = NOTHING
        for outline in outlines:
            area = area.joined(view.screen_rect(outline.shape.bounds).grown(self.margin))
        return area

    def paint(self, painter: QPainter, dirty: Rect, size: Size, view: ViewTransform, font: QFont) -> None:
        """Paint the `dirty` part of the screen."""
        base, *others = self._prepared(size, view)
        _put(painter, base, dirty, QImage.Format.Format_RGB32)
        for pixels in others:
            _put(painter, pixels, dirty)
        if self.golden is None and self.picture.pyramid is not None:
            self._paint_selected(painter, dirty, view)
            self._paint_proposed(painter, dirty, view)
            self._paint_captions(painter, dirty, size, view, font)
            self._paint_loupe(painter, size, view, font)
        if self.picture.pyramid is not None:
            self._paint_zoom(painter, size, view, font)

    def _prepared(self, size: Size, view: ViewTransform) -> list[Bytes]:
        """Return the kept layers, the picture first; outlines are drawn while another thread is at what lies under them."""
        below = [self._base]
        if self.golden is None and self.heat.shown:
            below.append(self._warm)
        if self.golden is not None or not self.outlines.outlines:
            return [raster.prepare(size, view) for raster in below]
        if not all(raster.is_stale(size, view) for raster in (*below, self._lines)):
            return [raster.prepare(size, view) for raster in (*below, self._lines)]
        with ThreadPoolExecutor(1, "canvas") as helper:
            under = helper.submit(lambda: [raster.prepare(size, view) for raster in below])
            lines = self._lines.prepare(size, view)
            return [*under.result(), lines]

    def _paint_base(self, target: Bytes, rect: Rect, view: ViewTransform) -> None:
        (self.golden or self.picture).paint(target, rect, view)

    def _paint_selected(self, painter: QPainter, dirty: Rect, view: ViewTransform) -> None:
        for outline in self.selected:
            area = view.screen_rect(outline.shape.bounds).grown(self.margin).common(dirty)
            rings = on_screen(outline, rings_of(outline.shape), view)
            closed = is_closed(outline.shape) or isinstance(outline.shape, Keypoint)
            ink = Ink([rings], bgr(self.colours.selected), closed, None, outline.filled)
            self._ink(painter, area, ink, Pen(self.pen.core_px + 1, self.pen.halo_px + 1))
            self._paint_handles(painter, view.to_screen(handles_of(outline.shape)), area)

    def _paint_handles(self, painter: QPainter, handles: Points, area: Rect) -> None:
        """Mark handles, but not those too near to the one marked before."""
        shown: list[Points] = []
        for handle in handles:
            if not shown or np.hypot(*(handle - shown[-1])) >= HANDLE_GAP_MM * self.px_per_mm:
                shown.append(handle)
        self._paint_dots(painter, shown, area, HANDLE_MM, self.colours.selected)

    def _paint_dots(
        self, painter: QPainter, places: Iterable[Points], area: Rect, diameter_mm: float, colour: str
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colours.halo), max(1.5, 0.4 * self.px_per_mm)))
        painter.setBrush(QColor(colour))
        radius = diameter_mm * self.px_per_mm / 2
        near = area.grown(round(radius) + 2)
        for x, y in places:
            if near.left <= x <= near.right and near.top <= y <= near.bottom:
                painter.drawEllipse(QPointF(x, y), radius, radius)

    def _paint_proposed(self, painter: QPainter, dirty: Rect, view: ViewTransform) -> None:
        for one in self.proposed:
            area = one.area(view, self.margin).common(dirty)
            if isinstance(one.live, Keypoint):
                rings = on_screen(Outline(0, one.live, OutlineStyle.PERSON), one.rings, view)
            else:
                rings = [view.to_screen(ring) for ring in one.rings]
            closed = one.closed or isinstance(one.live, Keypoint)
            colour = self.colours.ink if one.faint else self.colours.live
            pen = Pen(1, 3) if one.faint else self.pen
            width = round(2 * one.brush_px * view.scale)
            ink = Ink([rings], bgr(colour), closed, RAW_DASH if one.faint else None, width_px=width)
            self._ink(painter, area, ink, pen)
            if one.corners and rings:
                self._paint_dots(painter, rings[0], area, CORNER_MM, colour)
                self._paint_dots(painter, rings[0][:1], area, HANDLE_MM, colour)

    def _ink(self, painter: QPainter, area: Rect, ink: Ink, pen: Pen) -> None:
        if area.empty:
            return
        pixels = np.empty((area.bottom - area.top, area.right - area.left, 4), dtype=np.uint8)
        draw(pixels, (area.left, area.top), [ink], pen, self._scratch)
        painter.drawImage(QPoint(area.left, area.top), as_image(pixels))

    def _paint_captions(self, painter: QPainter, dirty: Rect, size: Size, view: ViewTransform, font: QFont) -> None:
        if self._said is None or self._said[0] != (size, view):
            self._said = (size, view), self._placed_captions(size, view, font)
        for pixmap, place in self._said[1]:
            if not place.common(dirty).empty:
                painter.drawPixmap(place.left, place.top, pixmap)

    def _placed_captions(self, size: Size, view: ViewTransform, font: QFont) -> list[tuple[QPixmap, Rect]]:
        room = Rect(0, 0, *size).common(view.picture_rect(self.picture.size or (1, 1)))
        # The selected first, then the larger: where there is no room for all, they explain more.
        said = [(one, one.shape.bounds) for one in self.selected if one.caption]
        said += self.outlines.captioned(room, view)
        colours = self.colours
        pixmaps = [
            self._captions.pixmap(one.caption, font, colours.of(one.style), colours.halo, colours.ink)
            for one, _ in said
        ]
        sizes = [(pixmap.width(), pixmap.height()) for pixmap in pixmaps]
        beyond = self.pen.halo_px // 2
        areas = [
            view.screen_rect(bounds).grown(round(KEYPOINT_PX) + beyond if isinstance(one.shape, Keypoint) else beyond)
            for one, bounds in said
        ]
        places = placed(areas, sizes, room)
        return [(pixmap, place) for pixmap, place in zip(pixmaps, places, strict=True) if place is not None]

    def loupe_rect(self, size: Size, view: ViewTransform) -> Rect:
        """Return where the loupe is on the screen; empty where there is none, or nothing that it would show better."""
        if self.loupe_at is None or view.scale >= 1:
            return NOTHING
        at = view.to_screen(self.loupe_at)
        return loupe_rect(size, (float(at[0]), float(at[1])), self.px_per_mm)

    def _paint_loupe(self, painter: QPainter, size: Size, view: ViewTransform, font: QFont) -> None:
        rect = self.loupe_rect(size, view)
        if rect.empty or self.loupe_at is None:
            return
        side = rect.right - rect.left
        painter.drawImage(QPoint(rect.left, rect.top), as_image(loupe_pixels(self.picture, self.loupe_at, side)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self.colours.halo, 5), (self.colours.ink, 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(rect.left, rect.top, side, side)
        pixmap = self._captions.pixmap("1:1", font, self.colours.halo, self.colours.halo, self.colours.ink)
        painter.drawPixmap(rect.left + 4, rect.bottom - pixmap.height() - 4, pixmap)

    def _paint_zoom(self, painter: QPainter, size: Size, view: ViewTransform, font: QFont) -> None:
        text = f"{view.scale * 100:.0f} %"
        pixmap = self._captions.pixmap(text, font, self.colours.halo, self.colours.halo, self.colours.ink)
        painter.drawPixmap(6, size[1] - pixmap.height() - 6, pixmap)


def _changed_area(was: Proposed | None, now: Proposed | None, view: ViewTransform, margin: int) -> Rect:
    """Return the screen pixels where two proposals differ; of a stroke that has grown, only where it has."""
    if was is not None and now is not None and isinstance(was.live, np.ndarray) and isinstance(now.live, np.ndarray):
        count = len(was.live)
        if 0 < count < len(now.live) and (now.live[:count] == was.live).all():
            return replace(now, live=now.live[count - 1 :]).area(view, margin)
    areas = [one.area(view, margin) for one in (was, now) if one is not None]
    return areas[0].joined(areas[-1])


def as_image(pixels: Bytes, form: QImage.Format = QImage.Format.Format_ARGB32_Premultiplied) -> QImage:
    """Return pixels of shape (h, w, 4) as a picture of Qt, without a copy: they must live as long as it."""
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], form)


def _put(
    painter: QPainter, pixels: Bytes, dirty: Rect, form: QImage.Format = QImage.Format.Format_ARGB32_Premultiplied
) -> None:
    part = QRect(dirty.left, dirty.top, dirty.right - dirty.left, dirty.bottom - dirty.top)
    painter.drawImage(part.topLeft(), as_image(pixels, form), part)
