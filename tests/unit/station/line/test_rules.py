import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect, Prediction
from station.line.inspection import Author, Fault, FaultCode, Verdict, VerdictKind
from station.line.recipe import Recipe
from station.line.rules import judge, measure

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OK, NG, NOT_DECIDABLE = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE


@dataclass(frozen=True, slots=True)
class Finding:
    name: str = "top"
    prediction: Prediction | None = None
    fault: Fault | None = None
    size: tuple[int, int] | None = (400, 300)


def _recipe(*views: str, view: dict[str, Any] | None = None, **keys: Any) -> Recipe:
    tables = tuple({"name": name, "camera": f"cam-{name}", "model": "m", **(view or {})} for name in views or ("top",))
    return Recipe.model_validate({"name": "cup", "number": 1, "view": tables, **keys})


def _box(width: float = 10, height: float = 4, x: float = 100, y: float = 50) -> Polygon:
    return Polygon(frozen_points([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]))


def _says(score: float, *defects: Defect, low: float = 0.4, high: float = 0.6) -> Prediction:
    return Prediction("0" * 64, score, low, high, defects, None)


def _judge(*findings: Finding, recipe: Recipe | None = None) -> Verdict:
    verdict = judge(findings, recipe or _recipe(), NOW)
    assert (verdict.by, verdict.time, verdict.author) == (Author.RULES, NOW, "")
    assert verdict.reason
    return verdict


SCRATCH = Defect("anomaly", 0.83, _box(24, 7))
FAULT = Fault(FaultCode.CAMERA, "cam-top", "camera cam-top: no frame within 1000 ms; check its cable")


@pytest.mark.parametrize(
    ("finding", "kind", "reason"),
    [
        (Finding(prediction=_says(0.1)), OK, "top: anomaly 0.1; limit 0.4"),
        (
            Finding(prediction=_says(0.4)),
            NOT_DECIDABLE,
            "top: anomaly 0.4; between 0.4 and 0.6, for a person to decide",
        ),
        (Finding(prediction=_says(0.6)), NG, "top: anomaly 0.6; limit 0.6"),
        (Finding(prediction=_says(0.83, SCRATCH)), NG, "top: anomaly 0.83 at (112, 54) px, 24 px long; limit 0.6"),
        (
            Finding(prediction=_says(0.83, SCRATCH, SCRATCH)),
            NG,
            "top: anomaly 0.83 at (112, 54) px, 24 px long and 1 more; limit 0.6",
        ),
        (Finding(fault=FAULT), NOT_DECIDABLE, f"top: {FAULT.text}"),
        (Finding(prediction=_says(0.1), fault=FAULT), NOT_DECIDABLE, f"top: {FAULT.text}"),
        (Finding(), NOT_DECIDABLE, "top: the model gave no answer"),
        (Finding(prediction=_says(math.nan)), NOT_DECIDABLE, "top: the model's score or threshold is no finite number"),
        (
            Finding(prediction=_says(-math.inf)),
            NOT_DECIDABLE,
            "top: the model's score or threshold is no finite number",
        ),
        (Finding(prediction=_says(0.1, low=math.nan)), NOT_DECIDABLE, "top: the model's score or threshold"),
        (Finding(prediction=_says(0.1, low=0.7)), NOT_DECIDABLE, "top: threshold low 0.7 is above high 0.6"),
        (Finding("side", _says(0.1)), NOT_DECIDABLE, "side: the recipe cup has no such view; top: 0 pictures"),
    ],
)
def test_one_view(finding: Finding, kind: VerdictKind, reason: str) -> None:
    verdict = _judge(finding)
    assert verdict.kind is kind
    assert verdict.reason.startswith(reason)


def test_a_classifier_names_what_it_sees() -> None:
    scratched = Prediction("0" * 64, 0.97, 0.4, 0.6, (), None, class_name="scratch")
    verdict = _judge(Finding(prediction=scratched))
    assert (verdict.kind, verdict.reason) == (NG, "top: scratch 0.97; limit 0.6")
    assert verdict.findings[0].class_name == "scratch"
    in_doubt = _judge(Finding(prediction=replace(scratched, score=0.5)))
    assert in_doubt.reason == "top: scratch 0.5; between 0.4 and 0.6, for a person to decide"
    good = _judge(Finding(prediction=replace(scratched, score=0.1)))
    assert (good.reason, good.findings[0].class_name) == ("top: anomaly 0.1; limit 0.4", "")


def test_the_worst_view_wins_and_only_its_reasons_are_given() -> None:
    recipe = _recipe("a", "b", "c")
    good, unsure, bad = (_says(score) for score in (0.1, 0.5, 0.9))
    assert _judge(Finding("a", good), Finding("b", good), Finding("c", good), recipe=recipe).kind is OK
    unclear = _judge(Finding("a", good), Finding("b", unsure), Finding("c", None, FAULT), recipe=recipe)
    assert unclear.kind is NOT_DECIDABLE
    assert "a:" not in unclear.reason
    assert unclear.reason.count("; between") == 1
    assert FAULT.text in unclear.reason
    worst = _judge(Finding("a", bad), Finding("b", unsure), Finding("c", None, FAULT), recipe=recipe)
    assert (worst.kind, worst.reason) == (NG, "a: anomaly 0.9; limit 0.6")


def test_a_missing_or_doubled_view_is_never_ok() -> None:
    recipe = _recipe("a", "b")
    assert _judge(recipe=recipe).kind is NOT_DECIDABLE
    assert _judge(Finding("a", _says(0.1)), recipe=recipe).reason == "b: 0 pictures where one is needed"
    twice = _judge(Finding("a", _says(0.1)), Finding("a", _says(0.1)), Finding("b", _says(0.1)), recipe=recipe)
    assert twice.kind is NOT_DECIDABLE


def test_the_recipe_may_override_the_models_thresholds() -> None:
    finding = Finding(prediction=_says(0.5))
    assert _judge(finding, recipe=_recipe(view={"high": 0.45})).kind is NG
    assert _judge(finding, recipe=_recipe(view={"low": 0.55})).kind is OK
    assert _judge(finding, recipe=_recipe(view={"high": 0.2})).kind is NOT_DECIDABLE


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"max_defects": 0}, "top: 1 defects; limit 0"),
        ({"max_length_mm": 1.1}, "top: anomaly at (112, 54) px, 1.2 mm long; limit 1.1 mm"),
        ({"max_area_mm2": 0.4}, "top: anomaly at (112, 54) px, 0.42 mm²; limit 0.4 mm²"),
    ],
)
def test_a_crossed_limit_is_ng_though_the_score_is_low(rules: dict[str, Any], reason: str) -> None:
    finding = Finding(prediction=_says(0.1, SCRATCH))
    verdict = _judge(finding, recipe=_recipe(pixel_size_um=50, rules=rules))
    assert (verdict.kind, verdict.reason) == (NG, reason)
    kept = {name: limit * 2 + 1 for name, limit in rules.items()}
    assert _judge(finding, recipe=_recipe(pixel_size_um=50, rules=kept)).kind is OK


def test_millimetres_where_the_recipe_is_calibrated() -> None:
    verdict = _judge(Finding(prediction=_says(0.83, SCRATCH)), recipe=_recipe(pixel_size_um=50))
    assert "1.2 mm long" in verdict.reason


@pytest.mark.parametrize("spoilt", ["score", "outline", "hole"])
def test_a_defect_without_finite_figures_is_not_decidable(spoilt: str) -> None:
    nowhere = np.array([[0, 0], [math.nan, 1], [2, 2]])
    shape = _box()
    if spoilt == "outline":
        shape = Polygon(nowhere)
    elif spoilt == "hole":
        shape = Polygon(shape.outline, (nowhere,))
    defect = Defect("anomaly", math.inf if spoilt == "score" else 0.1, shape)
    assert _judge(Finding(prediction=_says(0.1, defect))).kind is NOT_DECIDABLE


def test_measures_a_turned_box() -> None:
    angle = math.radians(30)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    measured = measure(Polygon(frozen_points(_box(30, 8, 0, 0).outline @ turn.T)))
    assert measured.length_px == pytest.approx(30, rel=1e-4)
    assert measured.area_px == pytest.approx(240, rel=1e-4)


_scores = st.one_of(st.floats(0, 1), st.floats(), st.sampled_from([0.4, 0.6]))
_limits = st.floats(0, 1) | st.floats()
_boxes = st.builds(_box, st.floats(1, 60), st.floats(1, 60))
_defects = st.lists(st.builds(Defect, st.just("anomaly"), st.floats(0, 1) | st.floats(), _boxes), max_size=3).map(tuple)
_predictions = st.builds(Prediction, st.just("0" * 64), _scores, _limits, _limits, _defects, st.none())
_findings = st.builds(
    Finding, st.sampled_from(["a", "b", "c"]), st.none() | _predictions, st.sampled_from([None, None, None, FAULT])
)
_rules = st.fixed_dictionaries(
    {},
    optional={"max_defects": st.integers(0, 3), "max_length_mm": st.floats(0.1, 5), "max_area_mm2": st.floats(0.1, 5)},
)


def _positively_good(finding: Finding, recipe: Recipe) -> bool:
    """Say what OK means once more, in other words than the code's."""
    said, rules = finding.prediction, recipe.rules
    if said is None or finding.fault is not None:
        return False
    if not (-math.inf < said.score < said.low <= said.high < math.inf):
        return False
    sizes = [measure(defect.shape) for defect in said.defects]
    return (
        all(math.isfinite(defect.score) for defect in said.defects)
        and (rules.max_defects is None or len(sizes) <= rules.max_defects)
        and all(rules.max_length_mm is None or size.length_px / 20 <= rules.max_length_mm for size in sizes)
        and all(rules.max_area_mm2 is None or size.area_px / 400 <= rules.max_area_mm2 for size in sizes)
    )


@given(st.lists(_findings, max_size=4), _rules)
def test_ok_only_where_every_view_is_positively_good(findings: list[Finding], rules: dict[str, Any]) -> None:
    recipe = _recipe("a", "b", pixel_size_um=50, rules=rules)
    every_view_once = sorted(finding.name for finding in findings) == ["a", "b"]
    good = every_view_once and all(_positively_good(finding, recipe) for finding in findings)
    assert (_judge(*findings, recipe=recipe).kind is OK) == good


@given(_predictions, _predictions, _rules)
def test_with_all_views_in_the_kind_is_that_of_the_worst(a: Prediction, b: Prediction, rules: dict[str, Any]) -> None:
    both = _judge(Finding("a", a), Finding("b", b), recipe=_recipe("a", "b", pixel_size_um=50, rules=rules)).kind
    single = [
        _judge(Finding(name, said), recipe=_recipe(name, pixel_size_um=50, rules=rules)).kind
        for name, said in (("a", a), ("b", b))
    ]
    assert both is max(single, key=[OK, NOT_DECIDABLE, NG].index)
