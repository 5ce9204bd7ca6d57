"""From what models say to a verdict. Pure; OK is given only where every view is positively good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, Protocol

import cv2
import numpy as np

from camera.calibration import Calibration
from labeling.shapes import Polygon
from models.prediction import Defect, Prediction
from station.line.inspection import Author, Fault, Finding, FindingKind, Verdict, VerdictKind
from station.line.limits import FOR_A_PERSON, Subject, crossed, not_accepted
from station.line.recipe import Recipe, RecipeView
from station.line.sizes import Scale, scale_of
from station.line.zones import Remainder, leave_out

NO_CALIBRATIONS: Final[Mapping[str, Calibration]] = MappingProxyType({})

_FARTHEST_PX = 1e6
"""No picture is as large; an outline that goes beyond is none."""
_BY_SEVERITY = ("critical", "major", "", "minor")
"""The order in which reasons are given; a reason without severity counts as major."""


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

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the picture, if there is one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A defect's size in source-image pixels: `length_px` is the long side of its smallest bounding rectangle."""

    length_px: float
    area_px: float
    centre_px: tuple[float, float]


def judge(
    findings: Sequence[ViewFinding],
    recipe: Recipe,
    time: datetime,
    calibrations: Mapping[str, Calibration] = NO_CALIBRATIONS,
) -> Verdict:
    """Judge a part by its views; the worst of them decides.

    A view is NG when its score reaches the high threshold or a limit of the recipe is crossed, NOT_DECIDABLE when there
    is a fault, no prediction, a figure that is not finite, a size that may cross its limit, or a score between the
    thresholds, and OK only below the low threshold. Where the recipe lets the rules decide a view, its defects stand in
    for the score: each must be accepted by a rule. A view of the recipe without a finding, a finding without a view, or
    two findings for one view make the part NOT_DECIDABLE.

    Parameters
    ----------
    findings
        One for each view of the recipe, in any order.
    time
        UTC, when the verdict is given.
    calibrations
        By view, of those that have one; they outweigh the recipe's `pixel_size_um` for its [[rule]] tables.
    """
    found = tuple(_findings(findings, recipe, calibrations))
    kinds = {finding.verdict for finding in found}
    kind = next(kind for kind in (VerdictKind.NG, VerdictKind.NOT_DECIDABLE, VerdictKind.OK) if kind in kinds)
    return Verdict(kind=kind, by=Author.RULES, reason=_reason(found, kind), time=time, findings=found)


def measure(shape: Polygon) -> Measured:
    """Measure a defect by its outline, whose points are taken as they are: no half pixel is added at the edge."""
    (x, y), sides, _ = cv2.minAreaRect(np.asarray(shape.outline, dtype=np.float32))
    return Measured(length_px=float(max(sides)), area_px=shape.area_px, centre_px=(float(x), float(y)))


def _reason(findings: Sequence[Finding], kind: VerdictKind) -> str:
    """Say in one sentence a view what makes the part what it is, and what was left out there."""
    texts: dict[str, list[str]] = {}
    for view in dict.fromkeys(finding.view for finding in findings):
        of_view = [finding for finding in findings if finding.view == view]
        ignored = [finding.text for finding in of_view if finding.kind is FindingKind.IGNORED]
        reasons = [each for each in of_view if each.verdict is kind and each.kind is not FindingKind.IGNORED]
        if reasons:
            reasons.sort(key=lambda finding: _BY_SEVERITY.index(finding.severity))
            texts[view] = [finding.text for finding in reasons] + ignored
    return "; ".join(f"{view}: {'; '.join(said)}" for view, said in texts.items())


def _findings(
    given: Sequence[ViewFinding], recipe: Recipe, calibrations: Mapping[str, Calibration]
) -> Iterator[Finding]:
    known = {view.name for view in recipe.views}
    for one in given:
        if one.name not in known:
            yield _undecided(one.name, f"the recipe {recipe.name} has no such view")
    for view in recipe.views:
        of_view = [one for one in given if one.name == view.name]
        if len(of_view) == 1:
            yield from _judge_view(of_view[0], view, recipe, calibrations.get(view.name))
        else:
            yield _undecided(view.name, f"{len(of_view)} pictures where one is needed")


def _undecided(view: str, text: str, kind: FindingKind = FindingKind.UNUSABLE) -> Finding:
    return Finding(view, kind, VerdictKind.NOT_DECIDABLE, text)


def _judge_view(
    given: ViewFinding, view: RecipeView, recipe: Recipe, calibration: Calibration | None
) -> Iterator[Finding]:
    if given.fault is not None:
        yield _undecided(view.name, given.fault.text, FindingKind.FAULT)
        return
    prediction = given.prediction
    if prediction is None:
        yield _undecided(view.name, "the model gave no answer")
        return
    low = prediction.low if view.low is None else view.low
    high = prediction.high if view.high is None else view.high
    if (complaint := _complaint(prediction, low, high)) is not None:
        yield _undecided(view.name, complaint)
        return
    rest = leave_out(recipe.ignored_in(view.name), prediction, low, given.size)
    scale = scale_of(calibration, recipe.pixel_size_um, given.size)
    yield from _Judgement(view, recipe, prediction, rest, scale, low, high).findings()


def _complaint(prediction: Prediction, low: float, high: float) -> str | None:
    """Say why an answer cannot be judged, None where it can."""
    if not all(isfinite(figure) for figure in (prediction.score, low, high)):
        return "the model's score or threshold is no finite number; check the model"
    if low > high:
        return f"threshold low {low:.3g} is above high {high:.3g}; correct the recipe or the model"
    if not all(_is_sound(defect) for defect in prediction.defects):
        return "the model outlined a defect without finite figures; check the model"
    return None


def _is_sound(defect: Defect) -> bool:
    rings = (defect.shape.outline, *defect.shape.holes)
    return isfinite(defect.score) and all(bool((np.abs(ring) < _FARTHEST_PX).all()) for ring in rings)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One view whose answer is sound, and what the ignore zones left of it."""

    view: RecipeView
    recipe: Recipe
    prediction: Prediction
    rest: Remainder
    scale: Scale
    low: float
    high: float

    def findings(self) -> Iterator[Finding]:
        """Yield every reason, good and bad, then what was left out."""
        if self.view.decided_by == "score":
            yield from self._by_the_score()
            yield from self._by_limits()
        else:
            bad = [*self._unexplained(), *self._by_limits()]
            yield from bad or [self._accepted()]
        yield from self._ignored()

    def _by_limits(self) -> Iterator[Finding]:
        yield from self._short_limits()
        subject = Subject(self.view, self.rest.defects, self.scale, self.recipe)
        if self.view.decided_by == "rules":
            yield from not_accepted(subject)
        yield from crossed(subject)
        if (more := self.prediction.defects_left_out) and self.recipe.criteria_of(self.view.name):
            text = f"{more} more defects are not outlined, so no rule could look at them"
            yield self._finding(FindingKind.NOT_MEASURED, VerdictKind.NOT_DECIDABLE, text, measured=float(more))

    def _by_the_score(self) -> Iterator[Finding]:
        score, low, high = self.rest.score, self.low, self.high
        worst = self.rest.defects[0] if self.rest.defects else None
        about: dict[str, Any] = {"class_name": self.prediction.class_name}
        if worst is not None:
            about = {"class_name": worst.class_name, "place_px": measure(worst.shape).centre_px}
        of_score = partial(self._finding, FindingKind.SCORE, measured=score)
        of_worst = partial(of_score, **about)
        if score >= high:
            yield of_worst(VerdictKind.NG, f"{self._what()}; limit {high:.3g}", rule="high", limit=high)
        elif score >= low:
            text = f"{self._what()}; between {low:.3g} and {high:.3g}, {FOR_A_PERSON}"
            yield of_worst(VerdictKind.NOT_DECIDABLE, text, rule="low", limit=low)
        else:
            yield of_score(VerdictKind.OK, f"anomaly {score:.3g}; limit {low:.3g}", rule="low", limit=low)

    def _unexplained(self) -> Iterator[Finding]:
        """Give a score that no defect explains: there is nothing a rule could look at."""
        score, low = self.rest.score, self.low
        if score >= low and not any(defect.score >= low for defect in self.rest.defects):
            text = f"anomaly {score:.3g} without an outline that a rule could look at; limit {low:.3g}, {FOR_A_PERSON}"
            undecided = VerdictKind.NOT_DECIDABLE
            yield self._finding(FindingKind.SCORE, undecided, text, rule="low", measured=score, limit=low)

    def _accepted(self) -> Finding:
        count = len(self.rest.defects)
        text = f"{count} defect{'s' * (count != 1)}, accepted by the rules" if count else "no defect"
        return self._finding(FindingKind.ACCEPTED, VerdictKind.OK, text, measured=float(count))

    def _short_limits(self) -> Iterator[Finding]:
        """Give one finding for each limit of [rules] that the defects cross, with the worst of them."""
        rules, defects, count = self.recipe.rules, self.rest.defects, len(self.rest.defects)
        if rules.max_defects is not None and count > rules.max_defects:
            text = f"{count} defects; limit {rules.max_defects}"
            most_defects = float(rules.max_defects)
            yield self._finding(
                FindingKind.COUNT,
                VerdictKind.NG,
                text,
                rule="rules.max_defects",
                measured=float(count),
                limit=most_defects,
            )
        if self.recipe.pixel_size_um is None or not defects:
            return
        mm_per_px = self.recipe.pixel_size_um / 1000.0
        sized = [(measure(defect.shape), defect) for defect in defects]
        longest, of_length = max(sized, key=lambda pair: pair[0].length_px)
        length, most = longest.length_px * mm_per_px, rules.max_length_mm
        if most is not None and length > most:
            text = f"{of_length.class_name} at {_place(longest)}, {length:.2g} mm long; limit {most:g} mm"
            yield self._too_large(FindingKind.LENGTH, text, of_length, longest, "max_length_mm", length, most)
        largest, of_area = max(sized, key=lambda pair: pair[0].area_px)
        area, most = largest.area_px * mm_per_px**2, rules.max_area_mm2
        if most is not None and area > most:
            text = f"{of_area.class_name} at {_place(largest)}, {area:.3g} mm²; limit {most:g} mm²"
            yield self._too_large(FindingKind.AREA, text, of_area, largest, "max_area_mm2", area, most)

    def _too_large(
        self, kind: FindingKind, text: str, defect: Defect, size: Measured, key: str, measured: float, limit: float
    ) -> Finding:
        return Finding(
            self.view.name,
            kind,
            VerdictKind.NG,
            text,
            class_name=defect.class_name,
            rule=f"rules.{key}",
            measured=measured,
            limit=limit,
            unit="mm" if kind is FindingKind.LENGTH else "mm²",
            place_px=size.centre_px,
        )

    def _ignored(self) -> Iterator[Finding]:
        names = [zone.name for zone in self.recipe.ignored_in(self.view.name)]
        for name, count in self.rest.ignored.items():
            text = f"{count} defect{'s' * (count != 1)} in ignore zone {name} left out"
            yield self._finding(FindingKind.IGNORED, VerdictKind.OK, text, zone=name, measured=float(count))
        if not self.rest.ignored and self.rest.score < self.prediction.score:
            where = ", ".join(names)
            text = f"ignore zone {where} left out, anomaly {self.prediction.score:.3g} there"
            yield self._finding(FindingKind.IGNORED, VerdictKind.OK, text, zone=where, measured=self.prediction.score)
        for mask in self.recipe.masks_of(self.view.name):
            text = f"nothing under {mask.name} was inspected"
            yield self._finding(FindingKind.IGNORED, VerdictKind.OK, text, zone=mask.name)

    def _finding(
        self,
        kind: FindingKind,
        verdict: VerdictKind,
        text: str,
        *,
        rule: str = "",
        zone: str = "",
        measured: float | None = None,
        limit: float | None = None,
        class_name: str = "",
        place_px: tuple[float, float] | None = None,
    ) -> Finding:
        return Finding(
            self.view.name,
            kind,
            verdict,
            text,
            class_name=class_name,
            zone=zone,
            rule=rule,
            measured=measured,
            limit=limit,
            place_px=place_px,
        )

    def _what(self) -> str:
        """Say the score and, where the model points at something, what and where the worst of it is."""
        if not self.rest.defects:
            return f"{self.prediction.class_name or 'anomaly'} {self.rest.score:.3g}"
        worst = self.rest.defects[0]
        size = measure(worst.shape)
        more = len(self.rest.defects) - 1
        others = f" and {more} more" if more else ""
        return f"{worst.class_name} {self.rest.score:.3g} at {_place(size)}, {self._length(size)} long{others}"

    def _length(self, size: Measured) -> str:
        mm_per_px = self.scale.middle_mm_per_px
        return f"{size.length_px:.0f} px" if mm_per_px is None else f"{size.length_px * mm_per_px:.2g} mm"


def _place(size: Measured) -> str:
    x, y = size.centre_px
    return f"({x:.0f}, {y:.0f}) px"
