"""Where good ends for a patch head, and how well it tells what people outlined from the rest: all from held-out pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.evaluate import auroc
from models.learning.errors import LearnError
from models.learning.patch_features import Tap
from models.learning.patch_graph import Scale
from models.learning.patch_rows import Rows, around
from models.learning.pixel_curve import PixelCurve, pixel_curve
from models.learning.thresholds import firm_thresholds
from models.learning.tolerance import FloatArray
from models.manifest import Thresholds

HEAD = "patch"
FAR = 17
"""Within a square of so many cells around what is outlined nothing is held to be good."""

LEAST_CLEAN = 5
"""Pictures that tell where good ends."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """One picture judged by heads that had not learned from its part.

    Attributes
    ----------
    number
        Of the picture among those given.
    good
        Whether nothing is outlined on it.
    score
        As the model would compute it.
    """

    number: int
    good: bool
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class PatchLimits:
    """Where good ends, and what that says of each picture; see `models.learning.patch_head.PatchLearned`."""

    scale: Scale
    thresholds: Thresholds
    figures: dict[str, dict[str, float]]
    held_out: tuple[HeldOut, ...]
    clean: tuple[float, ...]


def limits_of(lessons: Sequence[Rows], maps: Sequence[FloatArray], tap: Tap, seed: int) -> PatchLimits:
    """Find the limits from held-out maps (H, W), and what they say of each picture.

    Good is the rest of outlined pictures, and all of good ones. The scale has the limit at 1.

    Raises
    ------
    LearnError
        If outlines leave too little that is good.
    """
    clean = _clean(lessons, maps)
    known = firm_thresholds(np.array(clean), seed)
    typical = float(np.median([np.median(each[tap.seen > 0]) for each in maps]))
    step = max(known.low - typical, 1e-3)
    curve = pixel_curve(maps, [one.seen.covered for one in lessons], tap.seen)
    base = tap.manifest.thresholds
    high = 1 + max(known.high - known.low, 1e-3) / step
    scale = Scale(known.low, step, base.low, (high - 1) / max(base.high - base.low, 1e-6))
    raised = scale.raised(np.array([*known.interval, curve.cut]))
    limits = Thresholds(
        low=1.0,
        high=high,
        interval=(float(raised[0]), float(raised[1])),
        confidence=known.confidence,
        parts=known.parts,
        outline=min(1.0, float(raised[2])),
    )
    held_out = tuple(
        HeldOut(one.number, one.good, scale.score(float(each.max()), one.seen.score))
        for one, each in zip(lessons, maps, strict=True)
    )
    alone = pixel_curve(
        [one.seen.cells[0].astype(np.float32) for one in lessons], [one.seen.covered for one in lessons], tap.seen
    )
    surfaces = tuple(float(value) for value in scale.raised(np.array(clean)))
    return PatchLimits(scale, limits, _figures(held_out, surfaces, curve, alone), held_out, surfaces)


def _clean(lessons: Sequence[Rows], maps: Sequence[FloatArray]) -> list[float]:
    """Return the highest value far from what is outlined, of each picture of which anything is left there."""
    rest = [each[~around(one.seen.covered, FAR)] for one, each in zip(lessons, maps, strict=True)]
    clean = [float(values.max()) for values in rest if values.size]
    if len(clean) < LEAST_CLEAN:
        raise LearnError(
            f"only {len(clean)} pictures show anything far from what is outlined, and where good ends takes {LEAST_CLEAN}; "
            "outline defects closely, or label more good parts"
        )
    return clean


def _figures(
    held_out: Sequence[HeldOut], clean: Sequence[float], curve: PixelCurve, alone: PixelCurve
) -> dict[str, dict[str, float]]:
    bad = [one.score for one in held_out if not one.good]
    return {
        HEAD: {
            "pixel_ap": round(curve.average_precision, 6),
            "one_class_pixel_ap": round(alone.average_precision, 6),
            "separation": round(auroc(clean, bad), 6),
            "found": round(float(np.mean(np.array(bad) >= 1)), 6),
            "outlined": float(len(bad)),
            "clean": float(len(clean)),
        }
    }
