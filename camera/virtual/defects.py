"""The virtual part's defects: drawn into the plate's own pixels, each with a mask that says exactly what it changed.

Visibility
----------
Every defect has a visibility between 0, barely visible, and 1, plain, uniform over the defects of a line. It sets the
contrast, the largest relative change of brightness, on a logarithmic scale between the limits of its class; the size is
drawn apart from it, on a logarithmic scale too.

======== ============== ====================================== ==========================================
class    contrast       size in mm                             looks
======== ============== ====================================== ==========================================
scratch  0.10 to 0.50   length 4 to 28, width 0.07 to 0.25     dark or bright groove with a lit flank
pit      0.14 to 0.80   diameter 0.35 to 2.0                   dark hollow, lit rim away from the light
stain    0.06 to 0.30   diameter 3 to 11                       soft blot with a dried rim
dent     0.08 to 0.35   diameter 2 to 7                        dark half towards the light, bright half away
burr     0.25 to 1.00   length 1 to 4 along an edge            bright ragged lip standing into a hole
missing_hole  the hole's own  the hole's diameter              plain skin where a hole should be
======== ============== ====================================== ==========================================

A missing hole is always plain. For a burr the contrast is its brightness against the skin's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from camera.virtual.plate import HOLES, LIGHT_FROM, SKIN, Grey, Hole, Layers, Window, shade

MASK_FROM = 0.25
"""A pixel belongs to a defect when it changed by at least this part of the defect's greatest change."""


class DefectClass(StrEnum):
    """What can be wrong with a part."""

    SCRATCH = "scratch"
    PIT = "pit"
    STAIN = "stain"
    DENT = "dent"
    MISSING_HOLE = "missing_hole"
    BURR = "burr"


CLASS_WEIGHTS = {
    DefectClass.SCRATCH: 0.28,
    DefectClass.PIT: 0.2,
    DefectClass.STAIN: 0.16,
    DefectClass.DENT: 0.16,
    DefectClass.MISSING_HOLE: 0.06,
    DefectClass.BURR: 0.14,
}
CONTRAST = {
    DefectClass.SCRATCH: (0.10, 0.50),
    DefectClass.PIT: (0.14, 0.80),
    DefectClass.STAIN: (0.06, 0.30),
    DefectClass.DENT: (0.08, 0.35),
    DefectClass.BURR: (0.25, 1.00),
}
SIZE_MM = {
    DefectClass.SCRATCH: (4.0, 28.0),
    DefectClass.PIT: (0.35, 2.0),
    DefectClass.STAIN: (3.0, 11.0),
    DefectClass.DENT: (2.0, 7.0),
    DefectClass.BURR: (1.0, 4.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is to be drawn."""

    kind: DefectClass
    visibility: float
    contrast: float
    size_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """One part's plate to draw on; `picture` and `grain` (its brush marks) have the shape of the plate's window."""

    picture: Grey
    grain: Grey
    layers: Layers
    window: Window


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What was drawn: `mask` of shape (window.height, window.width) bool, in the plate's own pixels."""

    plan: Plan
    window: Window
    mask: npt.NDArray[np.bool_]


def plan(rng: np.random.Generator, kind: DefectClass | None = None, visibility: float | None = None) -> Plan:
    """Choose class, visibility and size where they are not given."""
    drawn = list(CLASS_WEIGHTS)[int(rng.choice(len(CLASS_WEIGHTS), p=list(CLASS_WEIGHTS.values())))]
    v, size = rng.random(2)
    kind = kind or drawn
    if kind is DefectClass.MISSING_HOLE:
        return Plan(kind, 1.0, 1.0, 0.0)
    v = v if visibility is None else visibility
    return Plan(kind, float(v), _between(CONTRAST[kind], v), _between(SIZE_MM[kind], size))


def draw(planned: Plan, canvas: Canvas, rng: np.random.Generator) -> Mark:
    """Draw one defect into `canvas.picture`; its place comes from `rng`."""
    if planned.kind is DefectClass.MISSING_HOLE:
        return _missing_hole(planned, canvas, rng)
    if planned.kind is DefectClass.BURR:
        return _burr(planned, canvas, rng)
    window, change = _place(planned, canvas, rng)
    view = canvas.picture[window.slices]
    weight = change * canvas.layers.skin[window.slices]
    view += view * weight
    neutral_mm = 0.1 * planned.size_mm if planned.kind is DefectClass.DENT else 0.0
    return Mark(planned, window, _mask(weight, round(neutral_mm / window.mm_per_px)))


def _between(limits: tuple[float, float], share: float) -> float:
    """Logarithmic interpolation."""
    low, high = limits
    return float(low * (high / low) ** share)


def _mask(change: Grey, gap_px: int) -> npt.NDArray[np.bool_]:
    """Where the change is strong enough; gaps up to `gap_px`, such as the neutral line of a dent, belong to it."""
    size = np.abs(change)
    strong = (size >= max(MASK_FROM * float(size.max()), 1e-6)).astype(np.uint8)
    strong.flat[size.argmax()] = 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (gap_px | 1, gap_px | 1))
    return np.asarray(cv2.morphologyEx(strong, cv2.MORPH_CLOSE, kernel) > 0)


_Draw = Callable[[Plan, Window, float, float, np.random.Generator], Grey]


def _place(planned: Plan, canvas: Canvas, rng: np.random.Generator) -> tuple[Window, Grey]:
    """Try places until the defect lies mostly on plain skin; the last try stands."""
    draw_change, reach = _DRAWN[planned.kind]
    for _ in range(60):
        x, y = float(rng.uniform(-48, 48)), float(rng.uniform(-38, 38))
        window = canvas.window.around(x, y, reach * planned.size_mm)
        change = draw_change(planned, window, x, y, rng)
        skin = canvas.layers.skin[window.slices]
        total = float(np.abs(change).sum())
        if total > 0 and float((np.abs(change) * skin).sum()) >= 0.85 * total:
            break
    return window, change


def _scratch(planned: Plan, window: Window, x: float, y: float, rng: np.random.Generator) -> Grey:
    """A curved stroke, tapering at both ends; relative change of brightness."""
    angle, bend = rng.uniform(0, np.pi), rng.normal(0, 0.08) * planned.size_mm
    t = np.linspace(-0.5, 0.5, 25)
    along, across = t * planned.size_mm, bend * (1 - (2 * t) ** 2)
    points = np.stack(
        [
            (x + along * np.cos(angle) - across * np.sin(angle)) / window.mm_per_px + window.cx - window.left,
            (y + along * np.sin(angle) + across * np.cos(angle)) / window.mm_per_px + window.cy - window.top,
        ],
        axis=1,
    )
    width_px = _between((0.07, 0.25), rng.random()) / window.mm_per_px
    taper = np.clip(6 * (0.5 - np.abs(t)), 0.25, 1) * np.clip(rng.normal(1, 0.12, t.shape), 0.6, 1.2)
    fixed = np.round(points * 16).astype(np.int32)
    stroke = np.zeros((window.height, window.width), np.uint8)
    for i in range(len(t) - 1):
        colour = int(np.clip(200 * taper[i], 0, 255))
        cv2.line(stroke, fixed[i].tolist(), fixed[i + 1].tolist(), colour, max(1, round(width_px)), cv2.LINE_AA, 4)
    groove = np.asarray(cv2.GaussianBlur(stroke.astype(np.float32), (0, 0), max(0.4, width_px / 4)), np.float32)
    flank = np.roll(groove, (1, 0) if abs(np.cos(angle)) > 0.7 else (0, 1), (0, 1))
    sign = 1.0 if rng.random() < 0.4 else -1.0
    change = sign * (groove - 0.55 * np.maximum(flank - groove, 0))
    return _peak(change, planned.contrast)


def _peak(change: Grey, contrast: float) -> Grey:
    greatest = float(np.abs(change).max())
    return (change * (contrast / greatest)).astype(np.float32) if greatest > 0 else change.astype(np.float32)


def _ragged(window: Window, x: float, y: float, rng: np.random.Generator, rough: float) -> tuple[Grey, Grey, Grey]:
    """Offsets from a centre in mm and the distance from it, made irregular by a few harmonics."""
    dx, dy = np.broadcast_arrays(window.x_mm - x, window.y_mm - y)
    angle = np.arctan2(dy, dx)
    stretch = np.ones_like(dx)
    for k in range(1, 6):
        stretch += rough * rng.normal() / k**0.7 * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
    return dx, dy, np.hypot(dx, dy) / np.clip(stretch, 0.45, 1.8)


def _within(distance: Grey, radius: float, soft: float) -> Grey:
    """1 inside a radius, 0 outside, a logistic slope of width `soft` between."""
    return np.asarray(0.5 - 0.5 * np.tanh((distance - radius) / (2 * soft)))


def _pit(planned: Plan, window: Window, x: float, y: float, rng: np.random.Generator) -> Grey:
    dx, dy, distance = _ragged(window, x, y, rng, 0.13)
    radius, soft = planned.size_mm / 2, max(0.06, window.mm_per_px)
    hollow = _within(distance, radius, 0.5 * soft)
    away = -(dx * LIGHT_FROM[0] + dy * LIGHT_FROM[1]) / np.maximum(np.hypot(dx, dy), 1e-6)
    rim = np.exp(-(((distance - 1.05 * radius) / (0.6 * soft + 0.06 * radius)) ** 2)) * np.maximum(away, 0)
    return _peak(-hollow + 0.9 * rim, planned.contrast)


def _stain(planned: Plan, window: Window, x: float, y: float, rng: np.random.Generator) -> Grey:
    _, _, distance = _ragged(window, x, y, rng, 0.2)
    radius = planned.size_mm / 2
    soft = 0.05 * radius + 0.1
    body = _within(distance, radius, soft)
    dried = np.exp(-(((distance - 0.93 * radius) / (1.6 * soft)) ** 2))
    sign = 0.8 if rng.random() < 0.25 else -1.0
    return _peak(sign * (0.65 * body + 0.35 * dried), planned.contrast)


def _dent(planned: Plan, window: Window, x: float, y: float, rng: np.random.Generator) -> Grey:
    sigma = planned.size_mm / 4
    dx, dy = window.x_mm - x, window.y_mm - y
    turn, aspect = rng.uniform(0, np.pi), rng.uniform(1.0, 1.5)
    u = (dx * np.cos(turn) + dy * np.sin(turn)) / aspect
    v = -dx * np.sin(turn) + dy * np.cos(turn)
    towards = dx * LIGHT_FROM[0] + dy * LIGHT_FROM[1]
    return _peak(-towards / sigma * np.exp(-(u**2 + v**2) / (2 * sigma**2)), planned.contrast)


_DRAWN: dict[DefectClass, tuple[_Draw, float]] = {
    DefectClass.SCRATCH: (_scratch, 0.62),
    DefectClass.PIT: (_pit, 1.0),
    DefectClass.STAIN: (_stain, 1.0),
    DefectClass.DENT: (_dent, 1.2),
}
"""How each is drawn, and how far it reaches from its centre in terms of its size."""


def _missing_hole(planned: Plan, canvas: Canvas, rng: np.random.Generator) -> Mark:
    hole = HOLES[int(rng.integers(len(HOLES)))]
    reach = hole.radius_mm + hole.rim_mm + 0.25
    window = canvas.window.around(hole.x_mm, hole.y_mm, reach)
    plain = shade(window, without=(hole,))
    view = canvas.picture[window.slices]
    inside = np.hypot(window.x_mm - hole.x_mm, window.y_mm - hole.y_mm) < reach
    view[:] = np.where(inside, plain.base * (1 + canvas.grain[window.slices] * plain.brushed), view)
    return Mark(Plan(planned.kind, 1.0, 1.0, hole.diameter_mm), window, inside)


def _burr(planned: Plan, canvas: Canvas, rng: np.random.Generator) -> Mark:
    """A ragged lip along part of a hole's edge, standing into the hole."""
    hole: Hole = HOLES[int(rng.integers(len(HOLES)))]
    length = min(planned.size_mm, 1.6 * hole.diameter_mm)
    window = canvas.window.around(hole.x_mm, hole.y_mm, hole.radius_mm + 0.5)
    dx, dy = np.broadcast_arrays(window.x_mm - hole.x_mm, window.y_mm - hole.y_mm)
    along = np.angle(np.exp(1j * (np.arctan2(dy, dx) - rng.uniform(0, 2 * np.pi)))) * hole.radius_mm
    ragged = 1 + 0.35 * np.sin(along * 9 / length + rng.uniform(0, 6)) + 0.2 * np.sin(along * 23 / length)
    height = min(0.32 * length, 0.45 * hole.radius_mm) * ragged * np.sqrt(np.maximum(1 - (2 * along / length) ** 2, 0))
    depth = hole.radius_mm - np.hypot(dx, dy)
    lip = np.clip(0.5 - (depth - height) / window.mm_per_px, 0, 1) * (depth > -0.08) * (height > 0)
    view = canvas.picture[window.slices]
    before = view.copy()
    view += (lip * (SKIN * planned.contrast * (0.85 + 0.3 * ragged / 1.5) - view)).astype(np.float32)
    changed = _mask(view - before, 3)
    return Mark(Plan(planned.kind, planned.visibility, planned.contrast, float(length)), window, changed)
