"""What the canvas shows, each layer painted into pixels of the screen: the picture, its heat map, the outlines. No Qt."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import cv2
import numpy as np
import numpy.typing as npt

from labeling.canvas.geometry import is_closed, rings_of
from labeling.canvas.outline import CanvasColours, Outline, OutlineStyle
from labeling.canvas.pyramid import Pyramid, warp
from labeling.canvas.scratch import Bytes, Scratch
from labeling.canvas.strokes import Colour, Ink, Pen, draw
from labeling.canvas.transform import Points, Rect, Size, ViewTransform
from labeling.shapes import Keypoint

RAMP = 0.35
"""The share of the heat's scale over which it comes in from transparent: below `low` nothing hides the part."""
KEYPOINT_PX = 7.0
DASHES: dict[OutlineStyle, tuple[float, float] | None] = {
    OutlineStyle.MODEL: (5.0, 4.0),
    OutlineStyle.REVIEW: (0.5, 4.0),
    OutlineStyle.PERSON: None,
    OutlineStyle.SELECTED: None,
}
"""Lengths of dash and gap, in widths of the line."""


def bgr(colour: str) -> Colour:
    """Return "#rrggbb" as blue, green, red."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return blue, green, red


def _clear_around(target: Bytes, rect: Rect, inner: Rect, colour: tuple[int, int, int, int]) -> None:
    """Fill what of `rect` lies around `inner`. A pixel is written as one number: by four bytes numpy takes 80 times as long."""
    value = np.array(colour, dtype=np.uint8).view(np.uint32)[0]
    whole = target.view(np.uint32)[..., 0]
    if inner.empty:
        whole[:] = value
        return
    place = inner.moved(-rect.left, -rect.top)
    whole[: place.top] = value
    whole[place.bottom :] = value
    whole[place.top : place.bottom, : place.left] = value
    whole[place.top : place.bottom, place.right :] = value


@dataclass(slots=True)
class PictureLayer:
    """The picture on the image well; opaque."""

    well: Colour
    pyramid: Pyramid | None = None
    size: Size | None = None
    """Width and height in image pixels; the pixels themselves may be fewer (a preview)."""
    _scratch: Scratch = field(default_factory=Scratch)

    def show(self, picture: Bytes | Pyramid | None, covers: Size | None = None) -> None:
        """Show pixels of shape (H, W) grey or (H, W, 3) RGB, or nothing; `covers` is the size they stand for."""
        if isinstance(picture, Pyramid):
            self.pyramid = picture
        else:
            self.pyramid = None if picture is None or picture.size == 0 else Pyramid(picture)
        self.size = (covers or self.pyramid.size) if self.pyramid else None

    def paint(self, target: Bytes, rect: Rect, view: ViewTransform) -> None:
        """Fill the target with the picture at `rect` of the screen."""
        inner = view.picture_rect(self.size).common(rect) if self.size else Rect(0, 0, 0, 0)
        _clear_around(target, rect, inner, (*self.well, 255))
        if self.pyramid is None or self.size is None or inner.empty:
            return
        width, height = self.pyramid.size
        stretch = self.size[0] / width, self.size[1] / height
        place = inner.moved(-rect.left, -rect.top)
        shown = target[place.top : place.bottom, place.left : place.right]
        if self.pyramid.grey:
            [pixels] = self._scratch.planes(1, shown.shape[:2])
            warp(pixels, self.pyramid, inner, view, stretch)
            cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGRA, dst=shown)
        else:
            warp(shown, self.pyramid, inner, view, stretch)


@dataclass(slots=True)
class HeatLayer:
    """A heat map over the whole picture in inferno, transparent where nothing is hot."""

    opacity: float = 0.6
    _heat: npt.NDArray[np.float32] | None = None
    _range: tuple[float, float] = (0.0, 1.0)
    _picture: Size = (1, 1)
    _pyramid: Pyramid | None = None
    _steps: Scratch = field(default_factory=Scratch)
    _pairs: Scratch = field(default_factory=Scratch)

    def set_heat(self, heat: npt.NDArray[np.float32] | None, low: float, high: float, picture: Size) -> None:
        """Take a map of shape (h, w) that covers a picture of this size; from `low` (transparent) to `high` (hottest)."""
        self._heat = None if heat is None or heat.size == 0 else heat
        self._range, self._picture, self._pyramid = (low, high), picture, None

    @property
    def shown(self) -> bool:
        """Whether there is anything to see."""
        return self._heat is not None and self.opacity > 0

    def paint(self, target: Bytes, rect: Rect, view: ViewTransform) -> None:
        """Fill the target with the heat at `rect` of the screen, premultiplied.

        It is looked up for 2 x 2 screen pixels at a time: it is smoother than that, and takes half as long.
        """
        if self._pyramid is None and self._heat is not None:
            self._pyramid = Pyramid(_steps(self._heat, *self._range))
        inner = view.picture_rect(self._picture).common(rect)
        if self._pyramid is not None and not inner.empty:
            stretch = self._picture[0] / self._pyramid.size[0], self._picture[1] / self._pyramid.size[1]
            coarse = Rect(rect.left // 2, rect.top // 2, (rect.right + 1) // 2, (rect.bottom + 1) // 2)
            height, width = coarse.bottom - coarse.top, coarse.right - coarse.left
            [steps], [kept] = self._steps.planes(1, (height, width)), self._pairs.planes(1, (height, 8 * width))
            warp(steps, self._pyramid, coarse, ViewTransform(view.scale / 2, view.x / 2, view.y / 2), stretch)
            np.take(_pairs_of_colours(self.opacity), steps, out=kept.view(np.uint64), mode="clip")
            pairs = kept.view(np.uint32)
            top, left = rect.top - 2 * coarse.top, rect.left - 2 * coarse.left
            pairs = pairs[:, left : left + target.shape[1]]
            whole = target.view(np.uint32)[..., 0]
            for start in (0, 1):  # every other row of the screen begins another coarse one
                rows, first = whole[start::2], (top + start) // 2
                rows[:] = pairs[first : first + len(rows)]
        _clear_around(target, rect, inner if self._pyramid else Rect(0, 0, 0, 0), (0, 0, 0, 0))


def _steps(heat: npt.NDArray[np.float32], low: float, high: float) -> Bytes:
    """Return heat as 0 at `low` to 255 at `high`, not a number as 0."""
    scale = 255 / max(high - low, 1e-12)
    ceiled = np.minimum(
        heat, np.float32(high)
    )  # infinite is hottest; what is not a number stays so, which OpenCV takes for 0
    return np.asarray(cv2.addWeighted(ceiled, scale, ceiled, 0.0, -low * scale, dtype=cv2.CV_8U), dtype=np.uint8)


@lru_cache(maxsize=8)
def heat_colours(opacity: float) -> Bytes:
    """Return the premultiplied colour of each of 256 steps, shape (256, 4), read-only: inferno, coming in from transparent."""
    inferno = cv2.applyColorMap(np.arange(256, dtype=np.uint8), cv2.COLORMAP_INFERNO).reshape(256, 3)
    alpha = np.clip(np.arange(256) / 255 / RAMP, 0.0, 1.0)[:, np.newaxis] * opacity
    colours: Bytes = np.rint(np.hstack([inferno * alpha, 255 * alpha])).astype(np.uint8)
    colours.setflags(write=False)
    return colours


@lru_cache(maxsize=8)
def _pairs_of_colours(opacity: float) -> npt.NDArray[np.uint64]:
    """Return each colour twice, side by side in one number: two pixels of the screen by one look-up."""
    pairs: npt.NDArray[np.uint64] = np.repeat(heat_colours(opacity).view(np.uint32), 2, axis=1).view(np.uint64)
    return pairs.ravel()


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    outline: Outline
    rings: tuple[Points, ...]


@dataclass(slots=True)
class OutlineLayer:
    """The outlines that are not selected. Only those in sight are drawn."""

    colours: CanvasColours
    pen: Pen
    outlines: tuple[Outline, ...] = ()
    _prepared: dict[Hashable, _Prepared] = field(default_factory=dict)
    _bounds: Points = field(default_factory=lambda: np.empty((0, 4)))
    _scratch: Scratch = field(default_factory=Scratch)

    def set_outlines(self, outlines: Iterable[Outline]) -> list[Outline]:
        """Take outlines, the last on top; return those that came, went or changed: where the screen has to change."""
        before, self.outlines = self._prepared, tuple(outlines)
        self._prepared = {
            outline.uid: _kept(before.get(outline.uid), outline) or _Prepared(outline, rings_of(outline.shape))
            for outline in self.outlines
        }
        self._bounds = _bounds([self._prepared[outline.uid].rings for outline in self.outlines])
        changed: list[Outline] = []
        for uid in before.keys() | self._prepared.keys():
            was, now = before.get(uid), self._prepared.get(uid)
            if was is not now:
                changed += [one.outline for one in (was, now) if one is not None]
        return changed

    def area(self, outline: Outline, view: ViewTransform) -> Rect:
        """Return the screen pixels an outline touches."""
        return view.screen_rect(outline.shape.bounds).grown(self.pen.halo_px + round(KEYPOINT_PX))

    def captioned(self, rect: Rect, view: ViewTransform) -> list[tuple[Outline, tuple[float, float, float, float]]]:
        """Return the outlines with a caption that may touch `rect`, each with its bounds in image pixels, the largest first."""
        seen = [number for number in self._seen(rect, view) if self.outlines[number].caption]
        bounds = self._bounds[seen].reshape(-1, 4)
        extents = (bounds[:, 2] - bounds[:, 0]) * (bounds[:, 3] - bounds[:, 1])
        return [
            (self.outlines[seen[place]], (left, top, right, bottom))
            for place in np.argsort(-extents, kind="stable")
            for left, top, right, bottom in [bounds[place].tolist()]
        ]

    def _seen(self, rect: Rect, view: ViewTransform) -> list[int]:
        margin = self.pen.halo_px + KEYPOINT_PX
        low = view.to_image((rect.left - margin, rect.top - margin))
        high = view.to_image((rect.right + margin, rect.bottom + margin))
        bounds = self._bounds
        seen = (bounds[:, :2] <= high).all(axis=1) & (bounds[:, 2:] >= low).all(axis=1)
        numbers: list[int] = np.flatnonzero(seen).tolist()
        return numbers

    def paint(self, target: Bytes, rect: Rect, view: ViewTransform) -> None:
        """Fill the target with the outlines at `rect` of the screen, premultiplied."""
        seen = [self.outlines[number] for number in self._seen(rect, view)]
        if not seen:
            target[:] = 0
            return
        groups: dict[tuple[OutlineStyle, bool, bool], list[Outline]] = {}
        for outline in seen:
            closed = is_closed(outline.shape) or isinstance(outline.shape, Keypoint)
            groups.setdefault((outline.style, closed, outline.filled), []).append(outline)
        inks = [
            Ink(self._on_screen(group, view), bgr(self.colours.of(style)), closed, self._dash(style), filled and closed)
            for (style, closed, filled), group in groups.items()
        ]
        draw(target, (rect.left, rect.top), inks, self.pen, self._scratch)

    def _on_screen(self, outlines: Sequence[Outline], view: ViewTransform) -> list[list[Points]]:
        """Return the rings of each outline in screen pixels, all moved there at once."""
        prepared = [self._prepared[outline.uid].rings for outline in outlines]
        rings = [ring for rings in prepared for ring in rings]
        ends = np.cumsum([len(ring) for ring in rings]).tolist()
        points = view.to_screen(np.concatenate(rings))
        moved = iter([points[start:end] for start, end in zip([0, *ends], ends, strict=False)])
        return [
            [ring_around(next(moved)[0], KEYPOINT_PX)]
            if isinstance(outline.shape, Keypoint)
            else list(islice(moved, len(rings)))
            for outline, rings in zip(outlines, prepared, strict=True)
        ]

    def _dash(self, style: OutlineStyle) -> tuple[float, float] | None:
        dash = DASHES[style]
        return dash and (dash[0] * self.pen.core_px, dash[1] * self.pen.core_px)


def _bounds(shapes: Sequence[Sequence[Points]]) -> Points:
    """Return left, top, right, bottom of each shape's rings, shape (n, 4)."""
    if not shapes:
        return np.empty((0, 4))
    points = np.concatenate([ring for rings in shapes for ring in rings])
    counts = np.array([sum(len(ring) for ring in rings) for rings in shapes])
    starts = np.cumsum(counts) - counts
    return np.hstack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])


def _kept(before: _Prepared | None, now: Outline) -> _Prepared | None:
    """Return what was prepared where the outline looks as before: same shape, style and filling."""
    if before is None:
        return None
    was = before.outline
    same = was.shape is now.shape or was.shape == now.shape
    return before if same and was.style is now.style and was.filled == now.filled else None


def on_screen(outline: Outline, rings: Sequence[Points], view: ViewTransform) -> list[Points]:
    """Return an outline's rings in screen pixels; a keypoint is a ring around its place."""
    if isinstance(outline.shape, Keypoint):
        return [ring_around(view.to_screen(rings[0])[0], KEYPOINT_PX)]
    return [view.to_screen(ring) for ring in rings]


def ring_around(centre: Points, radius_px: float) -> Points:
    """Return a circle of 16 points around a screen point of shape (2,)."""
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    return centre + radius_px * np.stack([np.cos(angles), np.sin(angles)], axis=1)
