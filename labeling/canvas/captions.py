"""Short texts beside outlines: where they go, and how they look."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from labeling.canvas.transform import Rect, Size

MOST = 40
"""More captions than this hide the part, whatever room there is."""
SMALL_PX = 160
"""Outlines up to this size are kept free of captions."""
GAP_PX = 5
PADDING_PX = 5
BAR_PX = 4
CELL_PX = 4
"""Captions keep apart by the cells of a grid: looking a place up costs the same, however many there are."""
KEPT = 512
"""Drawn captions that are remembered."""
GROUND_ALPHA = 215


def placed(areas: Sequence[Rect], sizes: Sequence[Size], room: Rect) -> list[Rect | None]:
    """Return where each caption goes, or None where there is no place for it.

    Above its outline where it fits, else below, else to the right or the left; moved sideways into `room`, never over a
    small outline or a caption before it: the first are the most important.

    Parameters
    ----------
    areas
        What each outline covers on the screen.
    sizes
        Width and height of each caption.
    room
        The screen's part of the picture; nothing is placed beyond it.
    """
    # Small outlines are not hidden by the captions of others; in a large one a caption may lie.
    taken = np.zeros((max(room.bottom, 0) // CELL_PX + 1, max(room.right, 0) // CELL_PX + 1), dtype=bool)
    for area in areas:
        if max(area.right - area.left, area.bottom - area.top) <= SMALL_PX:
            taken[_cells(area.common(room))] = True
    places: list[Rect | None] = []
    count = 0
    for area, size in zip(areas, sizes, strict=True):
        place = next((spot for spot in _spots(area, size, room) if _free(spot, taken, room)), None)
        if place is not None and count < MOST:
            taken[_cells(place)] = True
            count += 1
            places.append(place)
        else:
            places.append(None)
    return places


def _spots(area: Rect, size: Size, room: Rect) -> list[Rect]:
    width, height = size
    left = max(min(area.left, room.right - width), room.left)
    top = max(min(area.top, room.bottom - height), room.top)
    corners = [
        (left, area.top - GAP_PX - height),
        (left, area.bottom + GAP_PX),
        (area.right + GAP_PX, top),
        (area.left - GAP_PX - width, top),
    ]
    return [Rect(x, y, x + width, y + height) for x, y in corners]


def _free(spot: Rect, taken: npt.NDArray[np.bool_], room: Rect) -> bool:
    return spot.common(room) == spot and not taken[_cells(spot)].any()


def _cells(spot: Rect) -> tuple[slice, slice]:
    """Return the cells a rectangle touches; none where it is empty."""
    if spot.empty:
        return slice(0), slice(0)
    return (
        slice(spot.top // CELL_PX, (spot.bottom - 1) // CELL_PX + 1),
        slice(spot.left // CELL_PX, (spot.right - 1) // CELL_PX + 1),
    )


class CaptionPainter:
    """Draws captions and remembers how they look."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, str, str, str, str], QPixmap] = {}

    def pixmap(self, text: str, font: QFont, bar: str, ground: str, ink: str) -> QPixmap:
        """Return `text` in `ink` on `ground`, with a bar in the outline's own colour (each "#rrggbb")."""
        key = text, font.key(), bar, ground, ink
        if key not in self._pixmaps:
            if len(self._pixmaps) >= KEPT:
                self._pixmaps.clear()
            self._pixmaps[key] = _drawn(text, font, QColor(bar), QColor(ground), QColor(ink))
        return self._pixmaps[key]


def _drawn(text: str, font: QFont, bar: QColor, ground: QColor, ink: QColor) -> QPixmap:
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) + BAR_PX + 2 * PADDING_PX
    pixmap = QPixmap(round(width + 0.5), round(metrics.height() + PADDING_PX))
    pixmap.fill(Qt.GlobalColor.transparent)
    ground.setAlpha(GROUND_ALPHA)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(pixmap.rect()), 3, 3)
    painter.fillRect(QRectF(2, 3, BAR_PX - 1, pixmap.height() - 6), bar)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(QPointF(BAR_PX + PADDING_PX, PADDING_PX / 2 + metrics.ascent()), text)
    painter.end()
    return pixmap
