"""The virtual part's drawing: a machined plate in millimetres, shaded analytically at any resolution.

Everything is a signed distance turned into coverage, so edges are smooth at every scale without supersampling.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.floating[Any]]
"""Brightness in grey values (0 to 255) or a weight (0 to 1); float32 wherever it is as large as a picture."""

WIDTH_MM, HEIGHT_MM, CORNER_MM = 100.0, 80.0, 4.0
MARGIN_MM = 3.0
"""How far the layers reach beyond the plate: its shadow on the fixture lies there."""
SKIN = 148.0
"""Brightness of the brushed surface under nominal light."""
LIGHT_FROM = (-0.574, -0.819)
"""Direction to the light on the picture, of length 1: from above, a little from the left."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A drilled hole; `rim_mm` is the width of its countersink or deburred edge."""

    x_mm: float
    y_mm: float
    diameter_mm: float
    rim_mm: float

    @property
    def radius_mm(self) -> float:
        """Half the diameter."""
        return self.diameter_mm / 2


BORE = Hole(0.0, 2.0, 30.0, 0.5)
HOLES: tuple[Hole, ...] = (
    *(Hole(x, y, 6.6, 1.6) for x in (-42.0, 42.0) for y in (-32.0, 32.0)),
    *(Hole(x, 2.0, 4.0, 0.35) for x in (-33.0, 33.0)),
    *(
        Hole(22.5 * float(np.cos(angle)), 2.0 + 22.5 * float(np.sin(angle)), 3.3, 0.25)
        for angle in np.radians(np.arange(30, 390, 60))
    ),
)
"""Every hole that a drill can forget; the bore is turned and never missing."""

COUNTERBORE_MM = 36.0
SLOT = (-12.0, 12.0, 33.0, 2.6)
"""Left and right centre, y and radius of the milled slot."""
MARK_TEXT, MARK_AT_MM, MARK_HEIGHT_MM = "IS-4410-B  AlMg4.5", (-29.0, -31.0), 3.4
CODE_AT_MM, CODE_PITCH_MM, CODE_CELLS = (26.0, 22.5), 0.6, 14


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A rectangle of pixels of the plate's own grid; the plate's centre is at (`cx`, `cy`) of the whole grid."""

    left: int
    top: int
    width: int
    height: int
    cx: float
    cy: float
    mm_per_px: float

    @property
    def x_mm(self) -> Grey:
        """Shape (1, width)."""
        return ((np.arange(self.left, self.left + self.width) - self.cx) * self.mm_per_px).astype(np.float32)[None, :]

    @property
    def y_mm(self) -> Grey:
        """Shape (height, 1)."""
        return ((np.arange(self.top, self.top + self.height) - self.cy) * self.mm_per_px).astype(np.float32)[:, None]

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns of the window in the whole grid."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)

    def around(self, x_mm: float, y_mm: float, half_mm: float) -> "Window":
        """The square of `half_mm` around a point, cut to this window."""
        half = int(np.ceil(half_mm / self.mm_per_px)) + 2
        x, y = round(x_mm / self.mm_per_px + self.cx), round(y_mm / self.mm_per_px + self.cy)
        left, top = max(x - half, self.left), max(y - half, self.top)
        right, bottom = min(x + half + 1, self.left + self.width), min(y + half + 1, self.top + self.height)
        return Window(left, top, max(right - left, 1), max(bottom - top, 1), self.cx, self.cy, self.mm_per_px)


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """What never changes from part to part, each of shape (height, width) of its window.

    `base` is the brightness under nominal light; `brushed` how strongly the brush texture shows (0 to 1); `skin` is 1
    where the surface is plain; `cover` hides the fixture, its values below 1 outside the plate being its shadow.
    """

    base: Grey
    brushed: Grey
    skin: Grey
    cover: Grey


def plate_window(mm_per_px: float) -> Window:
    """The whole plate with its margin."""
    width = 2 * int(np.ceil((WIDTH_MM / 2 + MARGIN_MM) / mm_per_px)) + 1
    height = 2 * int(np.ceil((HEIGHT_MM / 2 + MARGIN_MM) / mm_per_px)) + 1
    return Window(0, 0, width, height, (width - 1) / 2, (height - 1) / 2, mm_per_px)


def shade(window: Window, without: Collection[Hole] = ()) -> Layers:
    """Draw the plate in a window, leaving out some of its holes."""
    x, y = np.broadcast_arrays(window.x_mm, window.y_mm)
    px = window.mm_per_px
    edge = _rounded_box(x, y)
    plate = _inside(edge, px)
    base = np.full(x.shape, SKIN, np.float32)
    brushed = plate.copy()
    _engrave(window, base, brushed)
    skin = brushed.copy()
    _counterbore(window, base, brushed, skin)
    _slot(window, base, brushed, skin)
    for hole in (BORE, *HOLES):
        if hole not in without:
            _drill(window, hole, base, brushed, skin)
    _chamfer_outline(edge, px, base, brushed, skin)
    shadow = 0.55 * np.exp(-np.maximum(_rounded_box(x - 0.9, y - 1.2), 0) / 0.9)
    cover = np.maximum(plate, (shadow * (1 - plate)).astype(np.float32))
    return Layers(base * plate, brushed, skin * (edge < -1.2), cover)


def _inside(distance_mm: Grey, px: float) -> Grey:
    return np.asarray(np.clip(0.5 - distance_mm / px, 0, 1), np.float32)


def _rounded_box(x: Grey, y: Grey) -> Grey:
    dx = np.abs(x) - (WIDTH_MM / 2 - CORNER_MM)
    dy = np.abs(y) - (HEIGHT_MM / 2 - CORNER_MM)
    outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
    return np.asarray(outside + np.minimum(np.maximum(dx, dy), 0) - CORNER_MM)


def _mix(layer: Grey, value: Grey | float, weight: Grey) -> None:
    layer += weight * (value - layer)


def _facing(dx: Grey, dy: Grey) -> Grey:
    """Cosine between a direction and the light, shape of the inputs."""
    towards = dx * LIGHT_FROM[0] + dy * LIGHT_FROM[1]
    return np.asarray(towards / np.maximum(np.hypot(dx, dy), 1e-6))


def _drill(window: Window, hole: Hole, base: Grey, brushed: Grey, skin: Grey) -> None:
    near = window.around(hole.x_mm, hole.y_mm, hole.radius_mm + hole.rim_mm + 1.0)
    if near.width <= 1 or near.height <= 1:
        return
    rows, columns = _within(near, window)
    dx, dy = near.x_mm - hole.x_mm, near.y_mm - hole.y_mm
    radius, facing = np.hypot(dx, dy), _facing(*np.broadcast_arrays(dx, dy))
    rim = _inside(radius - hole.radius_mm - hole.rim_mm, window.mm_per_px)
    _mix(base[rows, columns], 128 - 72 * facing, rim)
    _mix(brushed[rows, columns], 0.15, rim)
    _mix(skin[rows, columns], 0.0, _inside(radius - hole.radius_mm - hole.rim_mm - 0.25, window.mm_per_px))
    depth = np.maximum(hole.radius_mm - radius, 0)
    wall = 13 + 46 * np.maximum(-facing, 0) ** 1.5 * np.exp(-depth / (0.12 * hole.radius_mm + 0.2))
    open_ = _inside(radius - hole.radius_mm, window.mm_per_px)
    _mix(base[rows, columns], wall.astype(np.float32), open_)
    _mix(brushed[rows, columns], 0.0, open_)


def _within(inner: Window, outer: Window) -> tuple[slice, slice]:
    top, left = inner.top - outer.top, inner.left - outer.left
    return slice(top, top + inner.height), slice(left, left + inner.width)


def _counterbore(window: Window, base: Grey, brushed: Grey, skin: Grey) -> None:
    """The turned seat around the bore: fine rings and the bow-tie shine that turned faces have."""
    dx, dy = np.broadcast_arrays(window.x_mm - BORE.x_mm, window.y_mm - BORE.y_mm)
    radius = np.hypot(dx, dy)
    seat = _inside(radius - COUNTERBORE_MM / 2, window.mm_per_px)
    bow_tie = 22 * np.cos(2 * (np.arctan2(dy, dx) + 1.68))
    rings = 5.0 * np.sin(2 * np.pi * radius / 0.42) * float(np.clip(2 - window.mm_per_px / 0.1, 0, 1))
    _mix(base, (134 + bow_tie + rings).astype(np.float32), seat)
    _mix(brushed, 0.3, seat)
    _mix(skin, 0.0, _inside(radius - COUNTERBORE_MM / 2 - 0.4, window.mm_per_px))
    step = np.exp(-(((radius - COUNTERBORE_MM / 2) / 0.14) ** 2)) * _facing(dx, dy)
    base += (-46 * step).astype(np.float32)


def _slot(window: Window, base: Grey, brushed: Grey, skin: Grey) -> None:
    """A milled pocket: cutter arcs on its floor, a dark wall towards the light and a lit one away from it."""
    left, right, y0, radius = SLOT
    nearest = np.clip(window.x_mm, left, right)
    dx, dy = np.broadcast_arrays(window.x_mm - nearest, window.y_mm - y0)
    distance = np.hypot(dx, dy) - radius
    pocket = _inside(distance, window.mm_per_px)
    arcs = np.sin(2 * np.pi * (window.x_mm + np.sqrt(np.maximum(radius**2 - dy**2, 0))) / 0.7)
    wall = np.exp(-np.maximum(-distance, 0) / 0.3) * _facing(dx, dy)
    _mix(base, (92 + 6 * arcs - 60 * wall).astype(np.float32), pocket)
    _mix(brushed, 0.25, pocket)
    _mix(skin, 0.0, _inside(distance - 0.4, window.mm_per_px))


def _engrave(window: Window, base: Grey, brushed: Grey) -> None:
    """The engraved mark and a dot-peened code: dark strokes with a bright lower lip."""
    strokes = np.maximum(_text(window), _code(window))
    lip = np.maximum(np.roll(strokes, (1, 1), (0, 1)) - strokes, 0)
    base *= 1 - 0.52 * strokes
    base += 42 * lip
    brushed *= 1 - 0.7 * np.maximum(strokes, lip)


def _text(window: Window) -> Grey:
    face, thickness = cv2.FONT_HERSHEY_SIMPLEX, max(1, round(0.45 / window.mm_per_px))
    scale = cv2.getFontScaleFromHeight(face, max(2, round(MARK_HEIGHT_MM / window.mm_per_px)), thickness)
    mask = np.zeros((window.height, window.width), np.uint8)
    at = (
        round(MARK_AT_MM[0] / window.mm_per_px + window.cx) - window.left,
        round(MARK_AT_MM[1] / window.mm_per_px + window.cy) - window.top,
    )
    cv2.putText(mask, MARK_TEXT, at, face, scale, 255, thickness, cv2.LINE_AA)
    return (mask / np.float32(255)).astype(np.float32)


def _code(window: Window) -> Grey:
    cells = np.random.default_rng(4410).random((CODE_CELLS, CODE_CELLS)) < 0.5
    cells[:, 0] = cells[-1, :] = True
    cells[0, :], cells[:, -1] = np.arange(CODE_CELLS) % 2 == 0, np.arange(CODE_CELLS) % 2 == 1
    column = (window.x_mm - CODE_AT_MM[0]) / CODE_PITCH_MM
    row = (window.y_mm - CODE_AT_MM[1]) / CODE_PITCH_MM
    i = np.clip(np.round(row), 0, CODE_CELLS - 1).astype(np.intp)
    j = np.clip(np.round(column), 0, CODE_CELLS - 1).astype(np.intp)
    distance = np.hypot(row - i, column - j) * CODE_PITCH_MM - 0.21
    return np.where(cells[i, j], _inside(distance, window.mm_per_px), 0).astype(np.float32)


def _chamfer_outline(edge: Grey, px: float, base: Grey, brushed: Grey, skin: Grey) -> None:
    gy, gx = (np.asarray(slope) for slope in np.gradient(edge))
    bevel = _inside(-edge - 0.7, px) * (edge > -1.0)
    _mix(base, 126 - 68 * _facing(gx, gy), bevel)
    _mix(brushed, 0.3, bevel)
    _mix(skin, 0.0, bevel)
