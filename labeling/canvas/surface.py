"""The widget under the canvas: shows a picture with all that lies on it, and moves the view. What fingers do is in `view`."""

from collections.abc import Iterable
from math import ceil, floor

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from labeling.canvas.display import Display, Proposed
from labeling.canvas.outline import CanvasColours, Outline
from labeling.canvas.pyramid import Pyramid
from labeling.canvas.scratch import Bytes
from labeling.canvas.tool_protocol import Live
from labeling.canvas.transform import Rect, Size, ViewTransform, around, bounded, fitted
from labeling.shapes import Shape, frozen_points

At = tuple[float, float]
DEFAULT_PX_PER_MM = 96 / 25.4
ZOOM_MARGIN = 0.3


class Surface(QWidget):
    """Shows a picture. Places are image pixels (see `labeling.shapes`); the device's pixels stay inside."""

    view_changed = Signal()
    """The picture lies elsewhere or is shown larger or smaller."""

    def __init__(
        self,
        colours: CanvasColours | None = None,
        px_per_mm: float = DEFAULT_PX_PER_MM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._px_per_mm = px_per_mm
        self._display = Display(colours or CanvasColours(), px_per_mm)
        self._view = ViewTransform(1.0, 0.0, 0.0)
        self._fits = True
        self._given: tuple[Proposed, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_colours(self, colours: CanvasColours) -> None:
        """Take the colours of another theme."""
        self._display.restyle(colours, self._device_px_per_mm)
        self.update()

    def set_px_per_mm(self, px_per_mm: float) -> None:
        """Take the size of the screen's (logical) pixels, from a calibration: lines, handles and reaches follow it."""
        self._px_per_mm = px_per_mm
        self._display.restyle(self._display.colours, self._device_px_per_mm)
        self.update()

    def set_picture(self, picture: Bytes | Pyramid | None, covers: Size | None = None) -> None:
        """Show a picture with nothing on it: heat, outlines, loupe and what is proposed belonged to the one before.

        The view stays where the new one has the same size.

        Parameters
        ----------
        picture
            Shape (H, W) grey or (H, W, 3) RGB, uint8; kept, not copied. A `Pyramid.complete` of a large one is quicker
            to show. None shows the image well.
        covers
            Width and height in image pixels where `picture` is a preview of something larger.
        """
        before = self._display.picture.size
        self._given = ()
        self._display.set_picture(picture, covers)
        if self._display.picture.size != before:
            self.fit()
        self.update()

    def set_heat(self, heat: npt.NDArray[np.float32] | None, low: float, high: float) -> None:
        """Show a heat map of shape (h, w) over the whole picture: from `low`, transparent, to `high`, hottest."""
        self._display.set_heat(heat, low, high)
        self.update()

    def set_heat_opacity(self, opacity: float) -> None:
        """Show the heat map from 0 (not at all) to 1."""
        self._display.set_opacity(min(max(opacity, 0.0), 1.0))
        self.update()

    def set_outlines(self, outlines: Iterable[Outline]) -> None:
        """Show these outlines, the last on top; what looks as it did under the same uid is not painted anew."""
        self._display.set_outlines(outlines, self._view)
        self.update()

    def set_live(self, live: Shape | npt.ArrayLike | None, raw: Shape | npt.ArrayLike | None = None) -> None:
        """Show what is proposed, a shape or points (N, 2), and fainter beside it what it was made from."""
        pairs = ((raw, True), (live, False))
        self._given = tuple(Proposed(_as_live(one), faint) for one, faint in pairs if one is not None)
        self._show_proposed()

    def set_compare(self, picture: Bytes | Pyramid | None) -> None:
        """Show another picture (a golden sample, aligned) in place of the part's, with nothing on it, until None."""
        self._display.set_golden(picture)
        self.update()

    def set_loupe(self, at: At | None) -> None:
        """Show the surroundings of a place at 1:1 in a corner, as long as the picture itself is shown smaller than that."""
        self._display.loupe_at = at
        self.update()

    def fit(self) -> None:
        """Show the whole picture, and go on doing so when the widget changes its size."""
        self._look(fitted(self._picture_size, self._viewport))
        self._fits = True

    def zoom_by(self, factor: float, at: At | None = None) -> None:
        """Enlarge by `factor` around a place of the picture, or around the middle of what is seen."""
        width, height = self._viewport
        x, y = (width / 2, height / 2) if at is None else self._view.to_screen(at)
        self._look(self._view.zoomed(factor, (float(x), float(y))))

    def zoom_to(self, bounds: tuple[float, float, float, float]) -> None:
        """Show left, top, right, bottom of the picture as large as they go, with something around them."""
        self._look(around(bounds, self._viewport, ZOOM_MARGIN))

    @property
    def zoom_percent(self) -> float:
        """The device's pixels for an image pixel, in percent."""
        return self._view.scale * 100

    def to_image(self, x: float, y: float) -> At:
        """Return the place of the picture at a point of the widget."""
        ratio = self.devicePixelRatioF()
        place = self._view.to_image((x * ratio, y * ratio))
        return float(place[0]), float(place[1])

    def to_widget(self, x: float, y: float) -> At:
        """Return the point of the widget at a place of the picture."""
        place = self._view.to_screen((x, y)) / self.devicePixelRatioF()
        return float(place[0]), float(place[1])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is dirty."""
        ratio = self.devicePixelRatioF()
        rect = event.rect()
        dirty = Rect(
            floor(rect.left() * ratio),
            floor(rect.top() * ratio),
            ceil((rect.right() + 1) * ratio),
            ceil((rect.bottom() + 1) * ratio),
        ).common(Rect(0, 0, *self._viewport))
        font = QFont(self.font())
        font.setPixelSize(max(1, round(self.fontInfo().pixelSize() * ratio)))
        with QPainter(self) as painter:
            painter.scale(1 / ratio, 1 / ratio)
            self._display.paint(painter, dirty, self._viewport, self._view, font)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the whole picture in sight, or what is in the middle in the middle."""
        if self._display.px_per_mm != self._device_px_per_mm:
            self.set_px_per_mm(self._px_per_mm)
        if self._fits:
            self.fit()
            return
        ratio = self.devicePixelRatioF() / 2
        dx = (event.size().width() - event.oldSize().width()) * ratio
        dy = (event.size().height() - event.oldSize().height()) * ratio
        self._look(self._view.panned(dx, dy))

    @property
    def _device_px_per_mm(self) -> float:
        return self._px_per_mm * self.devicePixelRatioF()

    @property
    def _picture_size(self) -> Size:
        return self._display.picture.size or (1, 1)

    @property
    def _viewport(self) -> Size:
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def _look(self, view: ViewTransform) -> None:
        """Take another view, kept within bounds."""
        self._fits = False
        view = bounded(view, self._picture_size, self._viewport)
        if view != self._view:
            self._view = view
            self.update()
            self.view_changed.emit()

    def _show_proposed(self, own: Iterable[Proposed] = ()) -> None:
        """Show what the caller proposed, and on top what is being drawn here."""
        self._repaint(self._display.set_proposed((*self._given, *own), self._view))

    def _repaint(self, area: Rect) -> None:
        """Have a rectangle of the device's pixels painted soon."""
        if area.empty:
            return
        ratio = self.devicePixelRatioF()
        left, top = floor(area.left / ratio), floor(area.top / ratio)
        self.update(QRect(left, top, ceil(area.right / ratio) - left, ceil(area.bottom / ratio) - top))


def _as_live(proposal: Shape | npt.ArrayLike) -> Live:
    return proposal if isinstance(proposal, Shape) else frozen_points(proposal)
