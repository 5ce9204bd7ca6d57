"""What the station finds beside what an exporter's own library finds, in pixels of the picture. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import shapely

from models.prediction import Defect, Prediction

Array = npt.NDArray[Any]

SCORE, PIXELS, OVERLAP = 1e-3, 1.0, 0.98
"""How far scores and outlines may be from each other, and how much of two masks is the same, an edge of `EDGE_PX` left out."""
EDGE_PX = 2
SLIVER_PX = 0.01
CRUMBS_PX, ONE_PIECE = 400, 0.9
MASKS = 90
"""Of so many, the best first, masks are compared: the station outlines a hundred a picture."""
BORDERLINE = SCORE
"""A score that is so near the threshold may be on either side of it."""


@dataclass(slots=True)
class Tally:
    """What a comparison found."""

    results: int = 0
    alone_there: int = 0
    alone_here: int = 0
    score: float = 0.0
    pixels: float = 0.0
    overlap: float = 1.0

    def add(self, other: "Tally") -> None:
        """Add that of another picture."""
        self.results += other.results
        self.alone_there += other.alone_there
        self.alone_here += other.alone_here
        self.score, self.pixels = max(self.score, other.score), max(self.pixels, other.pixels)
        self.overlap = min(self.overlap, other.overlap)

    def same(self, exchanged: float) -> bool:
        """Say whether there was something, and all of it was the same but for a share of exchanged results."""
        alone = max(self.alone_there, self.alone_here) - exchanged * self.results
        near = self.score <= SCORE and self.pixels <= PIXELS and self.overlap >= OVERLAP
        return self.results > 0 and alone <= 0 and near


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture: (height, width), what the exporter's library noted, and the names of the model's classes."""

    size: tuple[int, int]
    noted: Mapping[str, Array]
    classes: Sequence[str]


def compared(kind: str, here: Prediction, there: Seen) -> Tally:
    """Compare a prediction with what was noted."""
    return {"probabilities": _classified, "numbers": _painted, "heat": _heated}.get(kind, _found)(here, there)


def _classified(here: Prediction, there: Seen) -> Tally:
    odds = there.noted["probabilities"].astype(np.float64)
    odds /= odds.sum()
    bad = [number for number, name in enumerate(there.classes) if name != "good"]
    worst = max(bad, key=lambda number: odds[number])
    return Tally(1, int(here.class_name != there.classes[worst]), 0, abs(here.score - float(odds[bad].sum())))


def _heated(here: Prediction, there: Seen) -> Tally:
    heat = there.noted["heat"].astype(np.float32)
    assert here.heat_map is not None
    beside = cv2.resize(heat, here.heat_map.shape[::-1], interpolation=cv2.INTER_LINEAR)
    furthest = float(np.abs(beside - here.heat_map).max())
    return Tally(1, 0, 0, max(abs(here.score - float(there.noted["score"])), furthest))


def _painted(here: Prediction, there: Seen) -> Tally:
    """Compare the places of each class, all together."""
    tally = Tally()
    numbers = there.noted["numbers"]
    for number, name in enumerate(there.classes):
        if name == "good":
            continue
        wanted = numbers == (1 if len(there.classes) == 1 else number)
        found = painted([defect for defect in here.defects if defect.class_name == name], there.size)
        tally.add(Tally(int(wanted.any()), overlap=overlap(found, wanted)))
    return tally


def _found(here: Prediction, there: Seen) -> Tally:
    """Match what was found here and there by class and score, the nearest first."""
    picture = shapely.box(-0.5, -0.5, there.size[1] - 0.5, there.size[0] - 0.5)
    masks = _unpacked(there)
    left = list(here.defects)
    tally, ambiguous = Tally(), 0
    for index, (shape, score, number) in enumerate(_noted(there)):
        wanted = shapely.intersection(shape, picture)
        if wanted.area <= 1e-6:
            continue
        name = there.classes[number]
        close = [one for one in left if one.class_name == name and abs(one.score - score) <= SCORE]
        if masks is not None and (index >= MASKS or not _plain(masks[index], wanted.bounds)):
            ambiguous += bool(close)
            continue
        tally.results += 1
        ways = [_way(one, wanted, None if masks is None else masks[index]) for one in close]
        best = min(range(len(close)), key=lambda place: ways[place], default=None)
        if best is None or ways[best] > (PIXELS if masks is None else 1 - OVERLAP):
            tally.alone_there += score > here.low + BORDERLINE
            continue
        tally.score = max(tally.score, abs(close[best].score - score))
        if masks is None:
            tally.pixels = max(tally.pixels, ways[best])
        else:
            tally.overlap = min(tally.overlap, 1 - ways[best])
        left.remove(close[best])
    if masks is not None:  # a box whose mask is empty is its own outline here, and nothing there
        left = [one for one in left if len(one.shape.outline) > 4]
    tally.alone_here = max(0, sum(one.score > here.low + BORDERLINE for one in left) - ambiguous)
    return tally


def _noted(there: Seen) -> Iterator[tuple[Any, float, int]]:
    """Yield outline, score and class, counted from the centre of the first pixel as the station does."""
    for shape, score, number in zip(*(there.noted[key] for key in ("shapes", "scores", "classes")), strict=True):
        if shape.ndim == 1:
            left, top, right, bottom = shape - 0.5
            outline = shapely.box(left, top, right, bottom) if right > left and bottom > top else shapely.Polygon()
        else:
            outline = shapely.Polygon(shape - 0.5)
        yield outline, float(score), int(number)


def _way(one: Defect, wanted: Any, mask: Array | None) -> float:
    """Return how far apart two outlines are at most, or which share of two masks is not in both."""
    if mask is None:
        return float(shapely.hausdorff_distance(_area(one.shape.outline), wanted))
    return 1 - overlap(painted([one], (mask.shape[0], mask.shape[1])), largest(mask))


def _area(ring: Array) -> Any:
    """Return what a ring encloses: one that was cut runs back and forth along the edge of the picture."""
    return shapely.make_valid(shapely.Polygon(ring), method="structure", keep_collapsed=False).buffer(-SLIVER_PX)


def largest(mask: Array) -> Array:
    """Return the largest piece of a mask, which the station outlines."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    return np.asarray(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()))


def _plain(mask: Array, bounds: tuple[float, ...]) -> bool:
    """Say whether a mask is of one piece, but for crumbs, in a box that ends within the picture.

    Where the box goes on in the padding, the largest piece may lie there.
    """
    left, top, right, bottom = bounds
    height, width = mask.shape
    within = left > 0.5 and top > 0.5 and right < width - 1.5 and bottom < height - 1.5
    return bool(within and mask.sum() > CRUMBS_PX and largest(mask).sum() > ONE_PIECE * mask.sum())


def painted(defects: Sequence[Defect], size: tuple[int, int]) -> Array:
    """Return the pixels whose centre lies in one of the outlines, shape (H, W)."""
    fine = 4  # bits of a fraction of a pixel
    mask = np.zeros(size, dtype=np.uint8)
    for defect in defects:
        rings = [defect.shape.outline, *defect.shape.holes]
        one = np.zeros(size, dtype=np.uint8)
        cv2.fillPoly(one, [np.round(ring * 2**fine).astype(np.int32) for ring in rings], 1, cv2.LINE_8, fine)
        mask |= one
    return mask.astype(bool)


def overlap(found: Array, wanted: Array) -> float:
    """Return intersection over union of two masks, without the pixels at the edge of the one that is wanted."""
    kernel = np.ones((1 + 2 * EDGE_PX, 1 + 2 * EDGE_PX), dtype=np.uint8)
    bytes_ = wanted.astype(np.uint8)
    sure = cv2.dilate(bytes_, kernel) == cv2.erode(bytes_, kernel)
    either = ((found | wanted) & sure).sum()
    return float(((found & wanted) & sure).sum() / either) if either else 1.0


def _unpacked(there: Seen) -> Array | None:
    if "masks" not in there.noted:
        return None
    return np.unpackbits(there.noted["masks"], axis=-1, count=there.size[1]).astype(bool)
