"""Outlines as bytes: exact, compact and cheap enough that three hundred of them do not slow a part."""

import struct

import numpy as np

from labeling.shapes import Polygon, frozen_points


def pack(polygon: Polygon) -> bytes:
    """Return the count of rings, their point counts (uint32), then all points (float64 x, y); little-endian."""
    rings = (polygon.outline, *polygon.holes)
    head = struct.pack(f"<{len(rings) + 1}I", len(rings), *(len(ring) for ring in rings))
    return head + b"".join(ring.astype("<f8", copy=False).tobytes() for ring in rings)


def unpack(data: bytes) -> Polygon:
    """Undo `pack`; the points are the very same numbers."""
    (count,) = struct.unpack_from("<I", data)
    sizes = struct.unpack_from(f"<{count}I", data, 4)
    points = np.frombuffer(data, "<f8", offset=4 * (count + 1)).reshape(-1, 2)
    outline, *holes = np.split(points, np.cumsum(sizes)[:-1])
    return Polygon(frozen_points(outline), tuple(frozen_points(hole) for hole in holes))
