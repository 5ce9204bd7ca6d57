"""The defects of one view against the recipe's [[rule]] tables. Pure; what is not certain is not accepted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from labeling.relations import Mask
from models.prediction import Defect
from station.line.acceptance import Limit, Quantity, RuleTable
from station.line.figures import beside_limit
from station.line.inspection import Finding, FindingKind, VerdictKind
from station.line.recipe import Recipe, RecipeView
from station.line.sizes import MOST_MEASURED, OF_MANY, Budget, Scale, Sizes
from station.line.zones import Zones

FOR_A_PERSON = "for a person to decide"


@dataclass(frozen=True)
class Subject:
    """The defects of one view that are to be judged, and how large its pixels are."""

    view: RecipeView
    defects: Sequence[Defect]
    scale: Scale
    recipe: Recipe

    @cached_property
    def zones(self) -> Zones:
        """Where the defects lie."""
        return Zones([zone for zone in self.recipe.zones if zone.view == self.view.name], self.defects)

    @cached_property
    def in_px(self) -> Sizes:
        """The defects in pixels of the picture."""
        return Sizes([defect.shape for defect in self.defects], self._budget)

    @cached_property
    def in_mm(self) -> Sizes:
        """The defects on the part."""
        return Sizes(self.scale.to_mm([defect.shape for defect in self.defects]), self._budget)

    @cached_property
    def _budget(self) -> Budget:
        return Budget()

    def chosen(self, rule: RuleTable) -> list[int]:
        """Return the numbers of the defects that a rule limits."""
        wanted = self._of_class(rule) & np.array([_reaches(defect.score, rule) for defect in self.defects], np.bool_)
        if rule.zone is not None and wanted.any():
            wanted &= self.zones.touching(rule.zone)
        return np.flatnonzero(wanted).tolist()

    def accepted(self, rule: RuleTable) -> Mask:
        """Say of each defect whether a rule accepts it, as far as its limits are kept."""
        wanted = self._of_class(rule)
        return wanted & self.zones.within(rule.zone) if rule.zone is not None and wanted.any() else wanted

    def _of_class(self, rule: RuleTable) -> Mask:
        if rule.class_name is None:
            return np.ones(len(self.defects), np.bool_)
        kinds = self.recipe.kinds_of(rule.class_name)
        return np.array([defect.class_name in kinds for defect in self.defects], np.bool_)


def _reaches(score: float, rule: RuleTable) -> bool:
    return rule.min_score is None or score >= rule.min_score


def crossed(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each limit that is crossed, or may be: of several defects the first that is, the largest first."""
    if not subject.defects:
        return
    for index, rule in subject.recipe.criteria_of(subject.view.name):
        check = _Check(subject, rule, rule.name or f"rule[{index + 1}]")
        if check.chosen:
            yield from check.findings()


def not_accepted(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for the defects that no rule accepts, where the rules decide."""
    accepted = np.zeros(len(subject.defects), np.bool_)
    for _, rule in subject.recipe.criteria_of(subject.view.name):
        accepted |= subject.accepted(rule)
    strangers = [defect for defect, known in zip(subject.defects, accepted.tolist(), strict=True) if not known]
    if strangers:
        first, more = strangers[0], len(strangers) - 1
        others = f" and {more} more" if more else ""
        x, y = place(first)
        yield Finding(
            view=subject.view.name,
            kind=FindingKind.NOT_ACCEPTED,
            verdict=VerdictKind.NG,
            text=f"{first.class_name} at ({x:.0f}, {y:.0f}) px{others}, which no rule accepts",
            class_name=first.class_name,
            measured=float(len(strangers)),
            limit=0.0,
            place_px=(x, y),
        )


def _defects(count: int) -> str:
    return f"{count} defect{'s' * (count != 1)}"


def place(defect: Defect) -> tuple[float, float]:
    """Return the middle of a defect's bounds, in pixels of the picture."""
    left, top, right, bottom = defect.shape.bounds
    return (left + right) / 2, (top + bottom) / 2


@dataclass(frozen=True)
class _Check:
    """One rule and the defects it limits."""

    subject: Subject
    rule: RuleTable
    name: str

    @cached_property
    def chosen(self) -> list[int]:
        return self.subject.chosen(self.rule)

    def findings(self) -> Iterator[Finding]:
        most = self.rule.max_count
        if most is not None and len(self.chosen) > most:
            named = f" ({self.rule.class_name})" if self.rule.class_name else ""
            text = f"{_defects(len(self.chosen))}{named}{self._where}, limit {most}"
            yield self._finding(
                FindingKind.COUNT, VerdictKind.NG, text, measured=float(len(self.chosen)), limit=float(most)
            )
        for limit in self.rule.limits:
            if limit.metric and not (self.subject.scale.known and self.subject.in_mm.finite):
                text = f"{limit.key}: no millimetres are known{self._where}; calibrate the view, {FOR_A_PERSON}"
                yield self._finding(FindingKind.NOT_MEASURED, VerdictKind.NOT_DECIDABLE, text, limit=limit.value)
                continue
            match limit.quantity:
                case Quantity.LENGTH | Quantity.WIDTH:
                    yield from self._one_by_one(limit)
                case Quantity.AREA:
                    areas = self._sizes(limit).areas
                    largest = max(self.chosen, key=areas.__getitem__)
                    yield from self._compare(limit, areas[largest], largest)
                case Quantity.TOTAL_AREA:
                    areas = self._sizes(limit).areas
                    yield from self._compare(limit, sum(areas[number] for number in self.chosen), None)
                case Quantity.DISTANCE:
                    yield from self._distance(limit)

    def _one_by_one(self, limit: Limit) -> Iterator[Finding]:
        """Measure those that may cross the limit, the largest first, until one does."""
        sizes = self._sizes(limit)
        bounds = sizes.bounds(limit.quantity)
        near = [number for number in self.chosen if self._verdict(bounds[number], limit) is not VerdictKind.OK]
        near.sort(key=bounds.__getitem__, reverse=True)
        doubtful: list[Finding] = []
        for number in near[: OF_MANY if len(near) > MOST_MEASURED else None]:
            if (value := sizes.measured(number, limit.quantity)) is None:
                break
            found = list(self._compare(limit, value, number))
            if any(finding.verdict is VerdictKind.NG for finding in found):
                yield from found
                return
            doubtful += found
            near = [other for other in near if other != number]
        yield from doubtful[:1]
        if near:
            text = f"{_defects(len(near))}{self._where} near the limit {limit.value:g} {limit.unit} not measured; {FOR_A_PERSON}"
            yield self._finding(FindingKind.NOT_MEASURED, VerdictKind.NOT_DECIDABLE, text, limit=limit.value)

    def _distance(self, limit: Limit) -> Iterator[Finding]:
        nearest = self._sizes(limit).relations.nearest(self.chosen)
        if nearest is not None:
            yield from self._compare(limit, nearest.distance, nearest.first)

    def _sizes(self, limit: Limit) -> Sizes:
        return self.subject.in_mm if limit.metric else self.subject.in_px

    def _uncertainty(self, value: float, limit: Limit) -> float | None:
        share = self.subject.scale.relative_uncertainty if limit.metric else None
        if share is None:
            return None
        area = limit.quantity in {Quantity.AREA, Quantity.TOTAL_AREA}
        return value * share * (2 if area else 1)  # the factor counts twice in an area (JCGM 100:2008, 5.1.6)

    def _verdict(self, value: float, limit: Limit) -> VerdictKind:
        """Hold a size against a limit: crossed, perhaps crossed, or certainly kept."""
        sign = -1 if limit.quantity is Quantity.DISTANCE else 1
        if sign * value > sign * limit.value:
            return VerdictKind.NG
        margin = max(self._uncertainty(value, limit) or 0.0, self.rule.doubt * limit.value)
        return VerdictKind.NOT_DECIDABLE if sign * value + margin > sign * limit.value else VerdictKind.OK

    def _compare(self, limit: Limit, value: float, number: int | None) -> Iterator[Finding]:
        verdict = self._verdict(value, limit)
        if verdict is VerdictKind.OK:
            return
        uncertainty = self._uncertainty(value, limit)
        size, most = beside_limit(value, limit.value, limit.unit, uncertainty)
        defect = None if number is None else self.subject.defects[number]
        what = self.rule.class_name or "all defects" if defect is None else defect.class_name
        text = f"{what} {_SAID[limit.quantity].format(size=size)}{self._where}, limit {most}"
        if verdict is VerdictKind.NOT_DECIDABLE:
            near = uncertainty is not None and uncertainty >= self.rule.doubt * limit.value
            text += f"; within its {'uncertainty' if near else 'band of doubt'}, {FOR_A_PERSON}"
        yield self._finding(
            FindingKind(limit.quantity.value),
            verdict,
            text,
            class_name=what if defect else "",
            measured=value,
            limit=limit.value,
            unit=limit.unit,
            uncertainty=uncertainty,
            place_px=place(defect) if defect else None,
        )

    @property
    def _where(self) -> str:
        return f" in zone {self.rule.zone}" if self.rule.zone else ""

    def _finding(self, kind: FindingKind, verdict: VerdictKind, text: str, **facts: Any) -> Finding:
        severity = self.rule.severity or ""
        return Finding(
            view=self.subject.view.name,
            kind=kind,
            verdict=verdict,
            text=f"{text} ({severity})" if severity else text,
            zone=self.rule.zone or "",
            rule=self.name,
            severity=severity,
            **{"class_name": self.rule.class_name or "", **facts},
        )


_SAID = {
    Quantity.LENGTH: "{size}",
    Quantity.WIDTH: "{size} wide",
    Quantity.AREA: "{size}",
    Quantity.TOTAL_AREA: "{size} together",
    Quantity.DISTANCE: "{size} from the next",
}
