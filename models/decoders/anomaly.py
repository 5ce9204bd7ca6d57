"""Heat map → outlines of defects in source pixels. Pure; the cost of a part hardly depends on how many defects it has.

The map is cut at a threshold into connected places; the worst are outlined, all contours in one call, and all their
points are moved to sub-pixel precision and into the source picture at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from labeling.shapes import Points, Polygon
from models import geometry
from models.decoders.contours import Contour, sliced, trace
from models.geometry import Affine
from models.prediction import Defect

FloatArray = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.int32]

MAX_DEFECTS = 400
"""Places outlined in one picture, the worst first; a picture with more is a picture full of defects all the same."""
OUTLINE_STRIDE_PX = 2.0
"""Coarser maps are interpolated to about this many input pixels before they are cut."""
HALF = 0.5
"""A place is outlined where the map falls to this share of its highest value: the model blurs, and a strong defect's blur reaches
far beyond its edge (full width at half maximum)."""
SIMPLIFY = 0.3
"""How far an outline may leave its contour when points are dropped, in pixels of the interpolated map."""


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where the model's input lies in the source picture.

    Attributes
    ----------
    to_source
        Input pixels to source pixels.
    input_size, source_size
        (width, height) in pixels.
    """

    to_source: Affine
    input_size: tuple[int, int]
    source_size: tuple[int, int]

    @classmethod
    def of(cls, pose: Affine, scale: float, input_size: tuple[int, int], source_size: tuple[int, int]) -> "Placement":
        """Return the placement of a picture warped by `pose` (source to reference) and scaled by `scale`."""
        to_input = geometry.compose(geometry.resized(scale, scale), pose)
        return cls(geometry.inverse(to_input), input_size, source_size)

    def from_map(self, shape: Sequence[int]) -> Affine:
        """Return the map from the pixels of a heat map of `shape` (h, w), which covers the input, to source pixels."""
        factors = self.input_size[0] / shape[1], self.input_size[1] / shape[0]
        return geometry.compose(self.to_source, geometry.resized(*factors))


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """Defects, worst first, and how many more were found than are outlined."""

    defects: tuple[Defect, ...]
    left_out: int


def outline(
    heat: FloatArray, placement: Placement, threshold: float, min_area_px: float, class_name: str = "anomaly"
) -> Outlines:
    """Outline the places where a heat map reaches a threshold, each at half its height but no lower than the threshold.

    Parameters
    ----------
    heat
        Shape (h, w) float32, finite, covering the model's input.
    placement
        Where the input lies in the source.
    threshold
        On the scale of the map.
    min_area_px
        Smaller places are dropped; in square source pixels.
    class_name
        Of the defects.
    """
    if float(heat.max()) < threshold:
        return Outlines((), 0)
    fine = _interpolated(heat, placement)
    to_source = placement.from_map(fine.shape)
    wide = _places(fine, fine >= threshold)
    lowered = fine - np.maximum(HALF * wide.peaks - threshold, 0)[wide.labels]
    mask = lowered >= threshold
    places = _places(fine, mask)
    big = places.areas * abs(float(np.linalg.det(to_source[:, :2]))) >= min_area_px
    big[0] = False  # the background
    found = np.flatnonzero(big)
    kept = found[np.argsort(-places.peaks[found], kind="stable")[:MAX_DEFECTS]]
    if len(kept) < len(places.areas) - 1:
        wanted = np.zeros(len(places.areas), dtype=bool)
        wanted[kept] = True
        mask = wanted[places.labels]
    shapes = _shapes(trace(lowered, mask, threshold), places.labels, placement, to_source)
    scores = places.peaks.tolist()
    defects = tuple(Defect(class_name, scores[label], shapes[label]) for label in kept.tolist() if label in shapes)
    return Outlines(defects, len(found) - len(defects))


def heat_over_source(heat: FloatArray, placement: Placement) -> FloatArray:
    """Return the heat map of shape (h, w) laid over the source picture at its own resolution, read-only float32."""
    to_source = placement.from_map(heat.shape)
    step = float(np.sqrt(abs(np.linalg.det(to_source[:, :2]))))
    size = max(1, round(placement.source_size[0] / step)), max(1, round(placement.source_size[1] / step))
    shrink = geometry.resized(size[0] / placement.source_size[0], size[1] / placement.source_size[1])
    laid = cv2.warpAffine(heat, geometry.compose(shrink, to_source), size, borderMode=cv2.BORDER_REPLICATE)
    result = np.asarray(laid, dtype=np.float32)
    result.setflags(write=False)
    return result


def _interpolated(heat: FloatArray, placement: Placement) -> FloatArray:
    factor = round(placement.input_size[0] / heat.shape[1] / OUTLINE_STRIDE_PX)
    if factor <= 1:
        return heat
    size = heat.shape[1] * factor, heat.shape[0] * factor
    return np.asarray(cv2.resize(heat, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Connected places: the label of each pixel, and of each label its area in pixels and its highest value."""

    labels: Labels
    areas: npt.NDArray[np.intp]
    peaks: FloatArray


def _places(fine: FloatArray, mask: Mask) -> _Places:
    count, found = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)
    labels = np.asarray(found, dtype=np.int32)
    pixels = np.flatnonzero(mask)
    owners = labels.ravel()[pixels]
    peaks = np.full(count, -np.inf, dtype=np.float32)
    np.maximum.at(peaks, owners, fine.ravel()[pixels])
    return _Places(labels, np.bincount(owners, minlength=count), peaks)


def _shapes(contours: list[Contour], labels: Labels, placement: Placement, to_source: Affine) -> dict[int, Polygon]:
    """Return the polygon in source pixels of each labelled place that lies in the source picture."""
    if not contours:
        return {}
    points = geometry.apply(to_source, np.concatenate([contour.points for contour in contours]))
    width, height = placement.source_size
    inside = np.clip(points, -0.5, (width - 0.5, height - 0.5)).astype(np.float32)
    tolerance = SIMPLIFY * float(np.sqrt(abs(np.linalg.det(to_source[:, :2]))))
    rings = [simplified(ring, tolerance) for ring in sliced(inside, [len(contour.points) for contour in contours])]
    holes: dict[int, list[Points]] = {}
    for contour, ring in zip(contours, rings, strict=True):
        if contour.parent >= 0 and ring is not None:
            holes.setdefault(contour.parent, []).append(ring)
    shapes = {}
    for index, (contour, ring) in enumerate(zip(contours, rings, strict=True)):
        if contour.parent < 0 and ring is not None:
            x, y = contour.pixel
            shapes[int(labels[y, x])] = _polygon(ring, tuple(holes.get(index, ())))
    return shapes


def _polygon(ring: Points, holes: tuple[Points, ...]) -> Polygon:
    """Return the polygon; without its holes where its walls are so thin that they would leave nothing of it."""
    if not holes:
        return Polygon(ring)
    whole = Polygon(ring, holes)
    return whole if whole.area_px > 0.0 else Polygon(ring)


def simplified(ring: FloatArray, tolerance: float) -> Points | None:
    """Return the ring with fewer points, read-only; None where clipping left no area."""
    shorter = cv2.approxPolyDP(ring, tolerance, closed=True)
    if len(shorter) < 3 or cv2.contourArea(shorter) <= 0.0:
        shorter = ring[:, None]
        if cv2.contourArea(shorter) <= 0.0:
            return None
    points = shorter[:, 0].astype(np.float64)
    points.setflags(write=False)
    return points
