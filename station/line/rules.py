"""From what models say to a verdict. Pure; OK is given only where every view is positively good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Protocol

import cv2
import numpy as np

from labeling.shapes import Polygon
from models.prediction import Defect, Prediction
from station.line.inspection import Author, Fault, Verdict, VerdictKind
from station.line.recipe import Recipe, RecipeView


class ViewFinding(Protocol):
    """What came of one view: a prediction, or the fault that kept it from being one. A fault outweighs a prediction."""

    @property
    def name(self) -> str:
        """The view, as the recipe calls it."""

    @property
    def prediction(self) -> Prediction | None:
        """What the model said, if it said anything."""

    @property
    def fault(self) -> Fault | None:
        """What went wrong, if anything did."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A defect's size in source-image pixels: `length_px` is the long side of its smallest bounding rectangle."""

    length_px: float
    area_px: float
    centre_px: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Judgement:
    kind: VerdictKind
    reason: str


def judge(findings: Sequence[ViewFinding], recipe: Recipe, time: datetime) -> Verdict:
    """Judge a part by its views; the worst of them decides.

    A view is NG when its score reaches the high threshold or a limit of the recipe is crossed, NOT_DECIDABLE when there
    is a fault, no prediction, a figure that is not finite, or a score between the thresholds, and OK only below the low
    threshold. A view of the recipe without a finding, a finding without a view, or two findings for one view make the
    part NOT_DECIDABLE.

    Parameters
    ----------
    findings
        One for each view of the recipe, in any order.
    time
        UTC, when the verdict is given.
    """
    judgements = list(_judgements(findings, recipe))
    for kind in (VerdictKind.NG, VerdictKind.NOT_DECIDABLE):
        reasons = [judgement.reason for judgement in judgements if judgement.kind is kind]
        if reasons:
            return Verdict(kind=kind, by=Author.RULES, reason="; ".join(reasons), time=time)
    reason = "; ".join(judgement.reason for judgement in judgements)
    return Verdict(kind=VerdictKind.OK, by=Author.RULES, reason=reason, time=time)


def measure(shape: Polygon) -> Measured:
    """Measure a defect by its outline, whose points are taken as they are: no half pixel is added at the edge."""
    (x, y), sides, _ = cv2.minAreaRect(np.asarray(shape.outline, dtype=np.float32))
    return Measured(length_px=float(max(sides)), area_px=shape.area_px, centre_px=(float(x), float(y)))


def _judgements(findings: Sequence[ViewFinding], recipe: Recipe) -> Iterator[_Judgement]:
    known = {view.name for view in recipe.views}
    for finding in findings:
        if finding.name not in known:
            yield _undecided(f"{finding.name}: the recipe {recipe.name} has no such view")
    for view in recipe.views:
        of_view = [finding for finding in findings if finding.name == view.name]
        if len(of_view) == 1:
            yield _judge_view(of_view[0], view, recipe)
        else:
            yield _undecided(f"{view.name}: {len(of_view)} pictures where one is needed")


def _undecided(reason: str) -> _Judgement:
    return _Judgement(VerdictKind.NOT_DECIDABLE, reason)


def _judge_view(finding: ViewFinding, view: RecipeView, recipe: Recipe) -> _Judgement:
    if finding.fault is not None:
        return _undecided(f"{view.name}: {finding.fault.text}")
    prediction = finding.prediction
    if prediction is None:
        return _undecided(f"{view.name}: the model gave no answer")
    low = prediction.low if view.low is None else view.low
    high = prediction.high if view.high is None else view.high
    if not all(isfinite(figure) for figure in (prediction.score, low, high)):
        return _undecided(f"{view.name}: the model's score or threshold is no finite number; check the model")
    if low > high:
        return _undecided(
            f"{view.name}: threshold low {low:.3g} is above high {high:.3g}; correct the recipe or the model"
        )
    if not all(_is_sound(defect) for defect in prediction.defects):
        return _undecided(f"{view.name}: the model outlined a defect without finite figures; check the model")
    return _weigh(prediction, view, recipe, low, high)


def _is_sound(defect: Defect) -> bool:
    rings = (defect.shape.outline, *defect.shape.holes)
    return isfinite(defect.score) and all(bool(np.isfinite(ring).all()) for ring in rings)


def _weigh(prediction: Prediction, view: RecipeView, recipe: Recipe, low: float, high: float) -> _Judgement:
    score = prediction.score
    crossed = list(_crossed_limits(prediction.defects, recipe))
    if score >= high:
        crossed.insert(0, f"{_what(prediction, recipe)}; limit {high:.3g}")
    if crossed:
        return _Judgement(VerdictKind.NG, f"{view.name}: {'; '.join(crossed)}")
    if score >= low:
        return _undecided(
            f"{view.name}: {_what(prediction, recipe)}; between {low:.3g} and {high:.3g}, for a person to decide"
        )
    return _Judgement(VerdictKind.OK, f"{view.name}: anomaly {score:.3g}; limit {low:.3g}")


def _crossed_limits(defects: Sequence[Defect], recipe: Recipe) -> Iterator[str]:
    """Give one sentence for each limit of the recipe that the defects cross, with the worst of them."""
    rules = recipe.rules
    if rules.max_defects is not None and len(defects) > rules.max_defects:
        yield f"{len(defects)} defects; limit {rules.max_defects}"
    if recipe.pixel_size_um is None or not defects:
        return
    mm_per_px = recipe.pixel_size_um / 1000.0
    sized = [(measure(defect.shape), defect) for defect in defects]
    longest, of_length = max(sized, key=lambda pair: pair[0].length_px)
    if rules.max_length_mm is not None and longest.length_px * mm_per_px > rules.max_length_mm:
        length = _length(longest, recipe)
        yield f"{of_length.class_name} at {_place(longest)}, {length} long; limit {rules.max_length_mm:g} mm"
    largest, of_area = max(sized, key=lambda pair: pair[0].area_px)
    if rules.max_area_mm2 is not None and largest.area_px * mm_per_px**2 > rules.max_area_mm2:
        area = largest.area_px * mm_per_px**2
        yield f"{of_area.class_name} at {_place(largest)}, {area:.3g} mm²; limit {rules.max_area_mm2:g} mm²"


def _what(prediction: Prediction, recipe: Recipe) -> str:
    """Say the score and, where the model points at something, what and where the worst of it is."""
    if not prediction.defects:
        return f"anomaly {prediction.score:.3g}"
    worst = prediction.defects[0]
    measured = measure(worst.shape)
    more = len(prediction.defects) - 1
    others = f" and {more} more" if more else ""
    return f"{worst.class_name} {prediction.score:.3g} at {_place(measured)}, {_length(measured, recipe)} long{others}"


def _place(measured: Measured) -> str:
    x, y = measured.centre_px
    return f"({x:.0f}, {y:.0f}) px"


def _length(measured: Measured, recipe: Recipe) -> str:
    if recipe.pixel_size_um is None:
        return f"{measured.length_px:.0f} px"
    return f"{measured.length_px * recipe.pixel_size_um / 1000.0:.2g} mm"
