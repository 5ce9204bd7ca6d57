"""Tap-snap: an outline from a few taps, with the edges between them found elsewhere. Pure; segments may come late."""

from dataclasses import dataclass, field
from math import hypot

import numpy as np

from labeling.shapes import Points, frozen_points

At = tuple[float, float]
LEAST = 2
"""Places an outline has before a tap on the first one closes it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The edge wanted from one place to the next; `closes`: back to the first."""

    number: int
    start: At
    end: At
    closes: bool = False


@dataclass(slots=True, eq=False)
class TapSnap:
    """The places tapped so far and the edges found between them."""

    _places: list[At] = field(default_factory=list)
    _edges: list[Points | None] = field(default_factory=list)
    _closing: bool = False

    @property
    def begun(self) -> bool:
        """Whether there is a place."""
        return bool(self._places)

    def tap(self, at: At, reach_px: float) -> Segment | None:
        """Take a tap; return the edge it asks for. On the first place, within `reach_px`, it closes the outline."""
        if self._closing:
            return None
        if self.closes_at(at, reach_px):
            return self.close()
        self._places.append(at)
        if len(self._places) == 1:
            return None
        self._edges.append(None)
        return Segment(len(self._edges) - 1, self._places[-2], at)

    def closes_at(self, at: At, reach_px: float) -> bool:
        """Whether a tap there would close the outline."""
        if len(self._places) < LEAST:
            return False
        return hypot(at[0] - self._places[0][0], at[1] - self._places[0][1]) <= reach_px

    def close(self) -> Segment | None:
        """Ask for the edge back to the first place; None where there is no outline yet."""
        if self._closing or len(self._places) < LEAST:
            return None
        self._closing = True
        self._edges.append(None)
        return Segment(len(self._edges) - 1, self._places[-1], self._places[0], closes=True)

    def back(self) -> bool:
        """Take the last place away; whether there was one."""
        if self._places and not self._closing:
            self._places.pop()
            if self._edges:
                self._edges.pop()
            return True
        return False

    def found(self, segment: Segment, edge: Points) -> Points | None:
        """Take an edge, shape (N, 2); return the whole outline once it is closed and every edge is there."""
        ends = (*self._places, *self._places[:1]) if self._closing else tuple(self._places)
        number = segment.number
        if number + 1 < len(ends) and (ends[number], ends[number + 1]) == (segment.start, segment.end):
            self._edges[number] = edge
        return self.points if self._closing and all(edge is not None for edge in self._edges) else None

    @property
    def points(self) -> Points:
        """What there is, shape (N, 2); straight where an edge is still looked for."""
        parts = [np.array(self._places[:1]).reshape(-1, 2)]
        ends = (*self._places[1:], *self._places[:1]) if self._closing else tuple(self._places[1:])
        for end, edge in zip(ends, self._edges, strict=True):
            parts.append(np.array([end]) if edge is None or len(edge) < 2 else edge[1:])
        return frozen_points(np.concatenate(parts))
