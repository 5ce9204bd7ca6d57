"""What lies under a finger: pure functions of points and shapes, in image pixels."""

from collections.abc import Hashable, Sequence

import numpy as np

from labeling.canvas.geometry import handles_of, is_closed, rings_of
from labeling.canvas.outline import Outline
from labeling.shapes import Points, Shape

At = tuple[float, float]


def handle_at(shape: Shape, at: At, reach_px: float) -> int | None:
    """Return the index of the nearest handle within `reach_px`, or None."""
    offsets = handles_of(shape) - at
    distances = np.hypot(offsets[:, 0], offsets[:, 1])
    nearest = int(distances.argmin())
    return nearest if distances[nearest] <= reach_px else None


def outline_at(outlines: Sequence[Outline], at: At, reach_px: float) -> Hashable | None:
    """Return the uid of the outline under `at`, or None.

    Where `at` lies in several, the smallest is meant (a pit within a stain can be tapped); where in none, the nearest
    line within `reach_px`.
    """
    inside: tuple[float, Hashable] | None = None
    near: tuple[float, Hashable] | None = None
    for outline in outlines:
        left, top, right, bottom = outline.shape.bounds
        if not (left - reach_px <= at[0] <= right + reach_px and top - reach_px <= at[1] <= bottom + reach_px):
            continue
        if contains(outline.shape, at):
            area = (right - left) * (bottom - top)
            if inside is None or area < inside[0]:
                inside = area, outline.uid
        elif inside is None and (distance := distance_to(outline.shape, at)) <= reach_px:
            near = min((distance, outline.uid), near or (np.inf, None), key=lambda pair: pair[0])
    found = inside or near
    return found[1] if found else None


def contains(shape: Shape, at: At) -> bool:
    """Whether a closed shape covers `at` by the even-odd rule, holes taken off; a line or a keypoint covers nothing."""
    if not is_closed(shape):
        return False
    return sum(_crossings(ring, at) for ring in rings_of(shape)) % 2 == 1


def _crossings(ring: Points, at: At) -> int:
    """Return how often a ray from `at` to the right crosses the closed ring."""
    x, y = ring[:, 0], ring[:, 1]
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    across = (y > at[1]) != (next_y > at[1])
    x, y, next_x, next_y = x[across], y[across], next_x[across], next_y[across]
    return int((x + (at[1] - y) * (next_x - x) / (next_y - y) > at[0]).sum())


def distance_to(shape: Shape, at: At) -> float:
    """Return the distance from `at` to the nearest line of the shape, in image pixels."""
    closed = is_closed(shape)
    return min(_ring_distance(ring, at, closed=closed) for ring in rings_of(shape))


def _ring_distance(ring: Points, at: At, *, closed: bool) -> float:
    starts = ring if closed or len(ring) == 1 else ring[:-1]
    ends = np.roll(ring, -1, axis=0)[: len(starts)]
    along = ends - starts
    offset = np.asarray(at) - starts
    squared = np.maximum((along * along).sum(axis=1), 1e-300)
    share = np.clip((offset * along).sum(axis=1) / squared, 0.0, 1.0)
    gap = offset - along * share[:, np.newaxis]
    return float(np.sqrt((gap * gap).sum(axis=1).min()))
