"""Outlines into pixels: one-pixel antialiased lines, widened together, so that the cost hardly grows with their number.

Images here are premultiplied, shape (h, w, 4) uint8 in the order blue, green, red, alpha.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from labeling.canvas.scratch import Bytes, Scratch
from labeling.canvas.transform import Points

Colour = tuple[int, int, int]
"""Blue, green, red."""
Laid = tuple[Points, npt.NDArray[np.intp]]
"""Lines laid end to end, shape (N, 2), and where each ends: a thousand dashes are quicker as one array."""
SUBPIXEL_BITS = 4
"""OpenCV takes whole numbers of a sixteenth of a pixel."""
FAR_PX = 1e7
"""Points further off the screen are pulled in: OpenCV's fixed point would overflow."""
LONG_PX = 1e5
"""From this length on dashes off the screen are sorted out before they are drawn."""
HALO_SHARE = 0.6
FILL_SHARE = 0.2
WIDEST_PX = 32767
"""OpenCV's widest line."""
DEVIATION_PX = 2.0
"""How far a simplified stroke may be from the drawn one, on the screen."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Widths of the line and of the dark halo under it, in screen pixels; both odd, or both even."""

    core_px: int = 2
    halo_px: int = 6


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Lines of one colour.

    Attributes
    ----------
    shapes
        Each shape's rings in screen pixels, each ring (N, 2).
    closed
        Whether the last point of each ring joins the first.
    dash
        Lengths of dash and gap in screen pixels; None for a solid line.
    filled
        Whether the insides are tinted, holes left out.
    width_px
        Where above 0, the band of this width along the lines is tinted: what a brush covers.
    """

    shapes: Sequence[Sequence[Points]]
    colour: Colour
    closed: bool = True
    dash: tuple[float, float] | None = None
    filled: bool = False
    width_px: int = 0


def simplified(stroke: Points, scale: float) -> Points:
    """Return a stroke of shape (N, 2) in image pixels with fewer points, at most 2 screen pixels off (Douglas-Peucker).

    `scale` is the screen pixels of an image pixel: a stroke is kept as fine as the zoom it was drawn at.
    """
    if len(stroke) < 3:
        return stroke
    origin = stroke[0]  # OpenCV takes float32, which is precise near 0
    screen = ((stroke - origin) * scale).astype(np.float32)
    kept = cv2.approxPolyDP(screen, DEVIATION_PX, closed=False).reshape(-1, 2)
    return np.asarray(kept / scale + origin, dtype=np.float64)


def draw(target: Bytes, corner: tuple[int, int], inks: Sequence[Ink], pen: Pen, scratch: Scratch) -> None:
    """Replace what `target` holds by lines, the last colour on top, on a black halo.

    `corner` is the screen pixel of the target's first. Lines that begin outside reach in with their whole width. How far a colour
    covers each pixel is a grey image; they become the channels of one image at the end, since grey ones are quicker to work on.
    """
    margin = pen.halo_px
    origin = corner[0] - margin, corner[1] - margin
    shape = target.shape[0] + 2 * margin, target.shape[1] + 2 * margin
    whole, lines, wide, *channels = scratch.planes(6, shape)
    for plane in (whole, *channels):
        plane[:] = 0
    by_colour = {ink.colour: [one for one in inks if one.colour == ink.colour] for ink in inks}
    for colour, alike in reversed(by_colour.items()):
        lines[:] = 0
        for ink in alike:
            _draw_lines(lines, origin, ink, pen)
        cv2.dilate(lines, _disc(pen.core_px), dst=wide)
        cover = cv2.add(wide, wide, dst=lines)  # between two pixels a one-pixel line covers only half of each
        seen = cv2.subtract(cover, whole, dst=wide)
        for channel, value in zip(channels, colour, strict=True):
            if value:
                cv2.addWeighted(channel, 1.0, seen, value / 255, 0.0, dst=channel)
        cv2.max(whole, cover, dst=whole)
    cv2.dilate(whole, _disc(pen.halo_px - pen.core_px + 1), dst=wide)
    # Black adds nothing to the colours, only to alpha.
    cv2.max(whole, cv2.convertScaleAbs(wide, dst=lines, alpha=HALO_SHARE), dst=whole)
    inner = slice(margin, shape[0] - margin), slice(margin, shape[1] - margin)
    cv2.merge([plane[inner] for plane in (*channels, whole)], dst=target)
    tinted = [ink for ink in inks if ink.filled or ink.width_px]
    if tinted:
        _fill(target, corner, tinted)


def _draw_lines(cover: Bytes, origin: tuple[int, int], ink: Ink, pen: Pen) -> None:
    rings = [ring for shape in ink.shapes for ring in shape]
    if not rings:
        return
    laid, closed = _laid(rings), ink.closed
    if ink.dash:
        laid = dashes(rings, ink.dash, closed=closed, area=(*origin, cover.shape[1], cover.shape[0]))
        closed = False
    # An even width has no middle pixel: the line grows to the left and upwards, by half a pixel more.
    lean = 0.0 if pen.core_px % 2 else 0.5
    lines = _fixed(laid, (origin[0] + lean, origin[1] + lean))
    if lines:
        cv2.polylines(cover, lines, closed, 255, 1, cv2.LINE_AA, SUBPIXEL_BITS)


def _laid(rings: Sequence[Points]) -> Laid:
    return np.concatenate(rings), np.cumsum([len(ring) for ring in rings])


def _fixed(laid: Laid, origin: tuple[float, float]) -> list[npt.NDArray[np.int32]]:
    """Return lines as OpenCV takes them: fixed-point, a pixel's centre at a whole number."""
    points = laid[0] - (origin[0] + 0.5, origin[1] + 0.5)
    fixed = np.rint(np.clip(points, -FAR_PX, FAR_PX) * (1 << SUBPIXEL_BITS)).astype(np.int32)
    ends = laid[1].tolist()
    return [fixed[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _disc(diameter_px: int) -> Bytes:
    form = cv2.MORPH_RECT if diameter_px == 2 else cv2.MORPH_ELLIPSE
    return np.asarray(cv2.getStructuringElement(form, (diameter_px, diameter_px)), dtype=np.uint8)


def _fill(sheet: Bytes, corner: tuple[int, int], inks: Sequence[Ink]) -> None:
    tint = np.zeros_like(sheet)
    for ink in inks:
        colour = tuple(round(FILL_SHARE * value) for value in (*ink.colour, 255))
        for shape in ink.shapes:
            lines = _fixed(_laid(shape), corner)
            if ink.filled:
                cv2.fillPoly(tint, lines, colour, cv2.LINE_8, SUBPIXEL_BITS)
            if ink.width_px:
                width = min(ink.width_px, WIDEST_PX)
                cv2.polylines(tint, lines, ink.closed, colour, width, cv2.LINE_8, SUBPIXEL_BITS)
    cv2.max(sheet, tint, dst=sheet)


def dashes(
    rings: Sequence[Points], dash: tuple[float, float], *, closed: bool, area: tuple[int, int, int, int]
) -> Laid:
    """Return the dashes of all rings that may touch `area` (left, top, width, height), each an open line around its corners.

    The pattern begins anew at the first point of each ring.
    """
    rings = [np.concatenate([ring, ring[:1]]) if closed else ring for ring in rings if len(ring) > 1]
    if not rings:
        return np.empty((0, 2)), np.empty(0, dtype=np.intp)
    corners = np.concatenate(rings)
    along, ring_starts, ring_ends = _lengths(corners, [len(ring) for ring in rings])
    starts, ends = _dash_ends(ring_starts, ring_ends, dash)
    if along[-1] > LONG_PX:
        near = _near(_points_at(starts, along, corners), area, dash[0])
        starts, ends = starts[near], ends[near]
    if not len(starts):
        return np.empty((0, 2)), np.empty(0, dtype=np.intp)
    dash_of = np.searchsorted(starts, along, side="right") - 1
    inside = (dash_of >= 0) & (along > starts[dash_of]) & (along < ends[dash_of])
    places = np.concatenate([starts, ends, along[inside]])
    counts = 2 + np.bincount(dash_of[inside], minlength=len(starts))
    return _points_at(np.sort(places), along, corners), np.cumsum(counts)


def _lengths(corners: Points, counts: Sequence[int]) -> tuple[Points, Points, Points]:
    """Return each corner's place along all rings laid end to end with gaps of 1, and where each ring starts and ends."""
    steps = np.hypot(*np.diff(corners, axis=0).T)
    last = np.cumsum(counts) - 1
    steps[last[:-1]] = 1.0
    along = np.concatenate([[0.0], np.cumsum(steps)])
    return along, along[np.concatenate([[0], last[:-1] + 1])], along[last]


def _dash_ends(ring_starts: Points, ring_ends: Points, dash: tuple[float, float]) -> tuple[Points, Points]:
    period = sum(dash)
    counts = np.maximum(np.ceil((ring_ends - ring_starts) / period), 1).astype(np.intp)
    number = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    starts = np.repeat(ring_starts, counts) + number * period
    return starts, np.minimum(starts + dash[0], np.repeat(ring_ends, counts))


def _near(points: Points, area: tuple[int, int, int, int], reach: float) -> npt.NDArray[np.bool_]:
    low = np.array(area[:2]) - reach
    high = low + area[2:] + 2 * reach
    return np.asarray(((points >= low) & (points <= high)).all(axis=1), dtype=np.bool_)


def _points_at(places: Points, along: Points, corners: Points) -> Points:
    return np.stack([np.interp(places, along, corners[:, 0]), np.interp(places, along, corners[:, 1])], axis=1)
