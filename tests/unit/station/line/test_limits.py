"""The recipe's [[rule]] and [[zone]] tables, through the verdict they make."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camera.calibration import Calibration
from labeling.measure import measure
from labeling.relations import Areas
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect, Prediction
from station.line.inspection import Fault, Finding, FindingKind, Verdict, VerdictKind
from station.line.recipe import Recipe
from station.line.rules import judge
from station.line.sizes import MOST_MEASURED, OF_MANY, Budget, Scale, Sizes

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OK, NG, NOT_DECIDABLE = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE
FROM_BEST = [OK, NOT_DECIDABLE, NG]
SIZE = (400, 300)


@dataclass(frozen=True, slots=True)
class Given:
    name: str = "top"
    prediction: Prediction | None = None
    fault: Fault | None = None
    size: tuple[int, int] | None = SIZE


def _box(width: float, height: float = 4, x: float = 100, y: float = 50) -> Polygon:
    return Polygon(frozen_points([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]))


def _rectangle(left: float, top: float, right: float, bottom: float) -> tuple[tuple[float, float], ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _scratch(width: float = 30, height: float = 4, x: float = 100, y: float = 50, score: float = 0.7) -> Defect:
    return Defect("scratch", score, _box(width, height, x, y))


def _recipe(*rules: dict[str, Any], zones: tuple[dict[str, Any], ...] = (), by: str = "rules", **keys: Any) -> Recipe:
    view = {"name": "top", "camera": "cam", "model": "m", "decided_by": by}
    named = tuple({"view": "top", **zone} for zone in zones)
    return Recipe.model_validate({"name": "cup", "number": 1, "view": (view,), "rule": rules, "zone": named, **keys})


def _says(
    *defects: Defect, score: float = 0.7, heat: Any = None, left_out: int = 0, outlined_from: float | None = 0.4
) -> Prediction:
    return Prediction("0" * 64, score, 0.4, 0.6, defects, heat, left_out, outlined_from)


def _judge(recipe: Recipe, *defects: Defect, calibration: Calibration | None = None, **said: Any) -> Verdict:
    given_ = Given(prediction=_says(*defects, **said))
    return judge([given_], recipe, NOW, {} if calibration is None else {"top": calibration})


def _calibration(mm_per_px: float = 0.01, share: float = 0.1, size: tuple[int, int] = SIZE) -> Calibration:
    return Calibration(*size, (0.0, 0.0), np.diag([mm_per_px, mm_per_px, 1.0]), 0.1, share, 20)


FACE = {"name": "sealing face", "polygon": _rectangle(90, 40, 200, 100)}
HOLE = {"name": "drill hole", "polygon": _rectangle(90, 40, 200, 100), "ignore": True}
SCRATCH = _scratch()  # 30 x 4 px


@pytest.mark.parametrize(
    ("rule", "measured", "unit", "text"),
    [
        ({"max_length_px": 20}, 30, "px", "scratch 30 px, limit 20 px"),
        ({"max_length_mm": 0.2}, 0.3, "mm", "scratch 0.30 mm, limit 0.20 mm"),
        ({"max_width_px": 3}, 4, "px", "scratch 4 px wide, limit 3 px"),
        ({"max_area_px2": 100}, 120, "px²", "scratch 120 px², limit 100 px²"),
        ({"max_area_mm2": 0.01}, 0.012, "mm²", "scratch 0.012 mm², limit 0.010 mm²"),
        ({"max_total_area_px2": 200}, 240, "px²", "all defects 240 px² together, limit 200 px²"),
        ({"max_count": 1}, 2, "", "2 defects, limit 1"),
        ({"max_count": 1, "class": "scratch"}, 2, "", "2 defects (scratch), limit 1"),
        ({"min_distance_px": 20}, 10, "px", "scratch 10 px from the next, limit 20 px"),
        ({"min_distance_mm": 0.2}, 0.1, "mm", "scratch 0.10 mm from the next, limit 0.20 mm"),
        (
            {"max_length_px": 20, "zone": "sealing face"},
            30,
            "px",
            "scratch 30 px in zone sealing face, limit 20 px",
        ),
        ({"max_length_px": 20, "severity": "critical"}, 30, "px", "scratch 30 px, limit 20 px (critical)"),
    ],
)
def test_a_crossed_limit_is_ng_and_says_so(rule: dict[str, Any], measured: float, unit: str, text: str) -> None:
    recipe = _recipe({"name": "R", **rule}, zones=(FACE,), pixel_size_um=10)
    verdict = _judge(recipe, SCRATCH, _scratch(x=140))
    finding = next(finding for finding in verdict.findings if finding.rule == "R")
    assert verdict.kind is NG
    assert finding.measured == pytest.approx(measured, rel=0.02)
    assert (finding.unit, finding.text, finding.verdict) == (unit, text, NG)
    (key,) = {key for key in rule if key.startswith(("max", "min"))}
    assert finding.limit == rule[key]
    factor = 0.4 if key.startswith("min") else 2.5
    kept = _recipe(
        {**rule, key: type(rule[key])(rule[key] * factor + 1 * (key == "max_count"))}, zones=(FACE,), pixel_size_um=10
    )
    assert _judge(kept, SCRATCH, _scratch(x=140)).kind in {OK, NG}
    assert not [each for each in _judge(kept, SCRATCH, _scratch(x=140)).findings if each.kind is finding.kind]


def test_the_sentence_and_the_facts_of_a_verdict() -> None:
    rule = {"class": "scratch", "zone": "sealing face", "max_length_mm": 0.2, "severity": "major"}
    verdict = _judge(_recipe(rule, zones=(FACE,)), SCRATCH, calibration=_calibration(share=0.07))
    assert verdict.reason == "top: scratch 0.30 ± 0.02 mm in zone sealing face, limit 0.20 mm (major)"
    (finding,) = verdict.findings
    assert finding.uncertainty == pytest.approx(0.3 * 0.07, rel=0.02)
    assert finding == Finding(
        view="top",
        kind=FindingKind.LENGTH,
        verdict=NG,
        text="scratch 0.30 ± 0.02 mm in zone sealing face, limit 0.20 mm (major)",
        class_name="scratch",
        zone="sealing face",
        rule="rule[1]",
        measured=finding.measured,
        limit=0.2,
        unit="mm",
        uncertainty=finding.uncertainty,
        severity="major",
        place_px=(115.0, 52.0),
    )


@pytest.mark.parametrize(
    ("limit_mm", "share", "doubt", "kind", "said"),
    [
        (0.29, 0.1, 0.0, NG, ""),
        (0.31, 0.1, 0.0, NOT_DECIDABLE, "within its uncertainty, for a person to decide"),
        (0.34, 0.1, 0.0, OK, ""),
        (0.34, 0.1, 0.2, NOT_DECIDABLE, "within its band of doubt, for a person to decide"),
        (0.31, 0.0, 0.0, OK, ""),
        (0.31, 0.0, 0.1, NOT_DECIDABLE, "within its band of doubt, for a person to decide"),
    ],
)
def test_a_size_that_may_cross_its_limit_is_for_a_person(
    limit_mm: float, share: float, doubt: float, kind: VerdictKind, said: str
) -> None:
    recipe = _recipe({"max_length_mm": limit_mm, "doubt": doubt})
    verdict = _judge(recipe, SCRATCH, calibration=_calibration(share=share))
    assert verdict.kind is kind
    assert said in verdict.reason


def test_the_uncertainty_of_an_area_is_twice_that_of_a_length() -> None:
    def kind(limit: float) -> VerdictKind:
        return _judge(_recipe({"max_area_mm2": limit}), SCRATCH, calibration=_calibration(share=0.1)).kind

    assert [kind(limit) for limit in (0.011, 0.0121, 0.0143, 0.0145)] == [NG, NOT_DECIDABLE, NOT_DECIDABLE, OK]


def test_a_distance_that_may_be_too_small_is_for_a_person() -> None:
    def kind(limit: float, **rule: float) -> VerdictKind:
        recipe = _recipe({"min_distance_mm": limit, **rule})
        return _judge(recipe, SCRATCH, _scratch(x=140), calibration=_calibration(share=0.1)).kind

    assert [kind(limit) for limit in (0.11, 0.095, 0.08)] == [NG, NOT_DECIDABLE, OK]
    assert kind(0.08, doubt=0.5) is NOT_DECIDABLE


def test_sizes_follow_the_perspective_of_the_calibration() -> None:
    """What is far away is larger than it looks: 30 px at the bottom are 0.3 mm, at the top 0.6 mm."""
    tilt = np.array([[0.01, 0, 0], [0, 0.01, 0], [0, -0.5 / 300, 1.0]])
    near, far = _scratch(y=4, x=10), _scratch(y=290, x=10)
    recipe = _recipe({"max_length_mm": 0.5})
    calibration = Calibration(*SIZE, (0.0, 0.0), tilt, 0.1, 0.0, 20)
    assert _judge(recipe, near, calibration=calibration).kind is OK
    verdict = _judge(recipe, far, calibration=calibration)
    assert (verdict.kind, verdict.findings[0].measured) == (NG, pytest.approx(0.58, abs=0.03))


def test_a_calibration_outweighs_the_size_of_a_pixel_and_must_be_of_the_pictures_size() -> None:
    recipe = _recipe({"max_length_mm": 0.2}, pixel_size_um=1)
    assert _judge(recipe, SCRATCH).kind is OK
    assert _judge(recipe, SCRATCH, calibration=_calibration()).kind is NG
    other = _judge(recipe, SCRATCH, calibration=_calibration(size=(800, 600)))
    assert (other.kind, other.findings[0].kind) == (NOT_DECIDABLE, FindingKind.NOT_MEASURED)
    assert "no millimetres are known; calibrate the view" in other.reason


def test_without_millimetres_a_rule_in_millimetres_decides_nothing() -> None:
    verdict = _judge(_recipe({"max_length_mm": 9.0}), SCRATCH)
    assert (verdict.kind, "no millimetres are known" in verdict.reason) == (NOT_DECIDABLE, True)


@pytest.mark.parametrize(
    ("defect", "kind"),
    [
        (_scratch(x=120), NG),  # in the zone
        (_scratch(x=195), NG),  # reaches into it
        (_scratch(x=200), NG),  # touches it
        (_scratch(x=210), OK),
        (Defect("dent", 0.7, _box(30, 4, 120)), OK),  # another class
        (_scratch(x=120, score=0.49), OK),  # not sure enough
    ],
)
def test_a_zones_limit_is_for_all_that_touches_it(defect: Defect, kind: VerdictKind) -> None:
    inside = {"class": "scratch", "zone": "sealing face", "max_count": 0, "min_score": 0.5}
    recipe = _recipe(inside, {"max_length_px": 100}, zones=(FACE,))
    assert _judge(recipe, defect).kind is kind


def test_a_zone_accepts_only_what_lies_in_it_as_a_whole() -> None:
    recipe = _recipe({"zone": "sealing face", "max_length_px": 50}, zones=(FACE,))
    assert _judge(recipe, _scratch(x=120)).kind is OK
    across = _judge(recipe, _scratch(x=195), _scratch(x=300))
    assert across.kind is NG
    assert across.reason == "top: scratch at (210, 52) px and 1 more, which no rule accepts"


def test_a_class_no_rule_speaks_of_is_not_accepted() -> None:
    recipe = _recipe({"class": "dent", "max_count": 5})
    assert _judge(recipe, SCRATCH).kind is NG
    assert _judge(recipe, Defect("dent", 0.7, _box(5))).kind is OK


def test_where_the_score_decides_rules_only_make_it_worse() -> None:
    recipe = _recipe({"max_length_px": 20}, by="score")
    assert _judge(recipe, SCRATCH, score=0.1).kind is NG
    assert _judge(recipe, _scratch(10), score=0.1).reason == "top: anomaly 0.1; limit 0.4"
    assert _judge(recipe, _scratch(10), score=0.5).kind is NOT_DECIDABLE
    assert _judge(recipe, _scratch(10), score=0.7).kind is NG


def test_where_the_rules_decide_a_score_needs_a_defect_that_explains_it() -> None:
    recipe = _recipe({"max_length_px": 100})
    assert _judge(recipe, score=0.1).reason == "top: no defect"
    assert _judge(recipe, SCRATCH).reason == "top: 1 defect, accepted by the rules"
    unseen = _judge(recipe, score=0.7)
    assert (unseen.kind, "without an outline" in unseen.reason) == (NOT_DECIDABLE, True)
    assert _judge(recipe, _scratch(score=0.3), score=0.7).kind is NOT_DECIDABLE


def test_what_was_found_but_not_outlined_is_not_accepted() -> None:
    assert _judge(_recipe({"max_length_px": 100}), SCRATCH, left_out=3).kind is NOT_DECIDABLE
    by_score = _judge(_recipe({"max_length_px": 100}, by="score"), SCRATCH, score=0.1, left_out=3)
    assert by_score.reason == "top: 3 more defects are not outlined, so no rule could look at them"
    assert _judge(_recipe(by="score"), SCRATCH, score=0.1, left_out=3).kind is OK, "without rules as ever"


def test_the_most_severe_reason_is_told_first() -> None:
    rules = [
        {"max_length_px": 20, "severity": "minor"},
        {"max_area_px2": 20},
        {"max_width_px": 1, "severity": "critical"},
    ]
    reason = _judge(_recipe(*rules), SCRATCH).reason
    assert [reason.index(text) for text in ("px wide", "px²", "limit 20 px (minor)")] == sorted(
        [reason.index(text) for text in ("px wide", "px²", "limit 20 px (minor)")]
    )


# Ignore zones ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["score", "rules"])
def test_what_lies_in_an_ignore_zone_is_left_out_and_said_to_be(by: str) -> None:
    recipe = _recipe({"max_count": 0}, zones=(HOLE,), by=by)
    verdict = _judge(recipe, _scratch(x=120))
    assert (verdict.kind, "1 defect in ignore zone drill hole left out" in verdict.reason) == (OK, True)
    assert verdict.findings[-1].kind is FindingKind.IGNORED
    assert _judge(recipe, _scratch(x=195)).kind is NG, "it reaches out of the zone"
    both = _judge(recipe, _scratch(x=120), _scratch(x=300, score=0.65))
    assert (both.kind, "left out" in both.reason) == (NG, True)
    assert _judge(recipe, score=0.1).findings[-1].kind is not FindingKind.IGNORED, "it made no difference"


def test_a_score_that_no_ignored_defect_explains_stays() -> None:
    recipe = _recipe(zones=(HOLE,), by="score")
    assert _judge(recipe, _scratch(x=120, score=0.5), score=0.7).kind is NG
    assert _judge(recipe, _scratch(x=120), _scratch(x=300, score=0.5)).kind is NOT_DECIDABLE
    assert _judge(recipe, _scratch(x=120), outlined_from=0.5).kind is NOT_DECIDABLE, "0.4 to 0.5 is not outlined"
    assert _judge(recipe, _scratch(x=120), outlined_from=None).kind is NOT_DECIDABLE
    assert _judge(recipe, _scratch(x=120), left_out=1).kind is NG


def test_a_score_above_its_own_heat_map_is_not_lowered_by_a_zone_somewhere_else() -> None:
    recipe = _recipe(zones=(HOLE,), by="score")
    heat = np.full((30, 40), 0.1, np.float32)
    heat[20, 30] = 0.35  # outside the zone, and lower than the threshold: the map is coarser than the score
    assert _judge(recipe, score=0.9, heat=heat).kind is NG
    heat[5:9, 11:15] = 0.5  # the hottest place lies in the zone, and still less than the score
    assert _judge(recipe, score=0.9, heat=heat).kind is NG


def test_a_picture_that_is_ignored_as_a_whole_is_not_good() -> None:
    everything = HOLE | {"polygon": _rectangle(-50, -50, 900, 900)}
    heat = np.full((30, 40), 0.9, np.float32)
    assert _judge(_recipe(zones=(everything,), by="score"), score=0.9, heat=heat).kind is NG


def test_the_heat_map_says_what_the_score_is_outside_an_ignore_zone() -> None:
    recipe = _recipe(zones=(HOLE,), by="score")
    heat = np.full((30, 40), 0.1, np.float32)
    heat[5:9, 11:15] = 0.9  # (110..150, 50..90) px, within the zone
    hidden = _judge(recipe, score=0.9, heat=heat)
    assert (hidden.kind, "ignore zone drill hole left out, anomaly 0.9 there" in hidden.reason) == (OK, True)
    heat[20, 30] = 0.5
    assert _judge(recipe, score=0.9, heat=heat).kind is NOT_DECIDABLE
    heat[20, 30] = 0.7
    assert _judge(recipe, score=0.9, heat=heat).kind is NG
    assert _judge(recipe, score=0.3, heat=heat).kind is OK, "the score is never made worse"
    edge = np.full((30, 40), 0.1, np.float32)
    edge[5, 9] = 0.9  # half in, half out
    assert _judge(recipe, score=0.9, heat=edge).kind is NG


# Cost -----------------------------------------------------------------------------------------------------------------


def test_only_what_may_cross_its_limit_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counting(shape: Polygon) -> Any:
        asked.append(shape)
        return measure(shape)

    monkeypatch.setattr("station.line.sizes.measure", counting)
    small = [_scratch(5, 4, x=12 * (n % 20), y=8 * (n // 20)) for n in range(300)]
    assert _judge(_recipe({"max_length_px": 30, "max_width_px": 6, "max_count": 400}), *small).kind is OK
    assert asked == []
    assert _judge(_recipe({"max_length_px": 30}), *small, _scratch(40, x=300)).kind is NG
    assert len(asked) == 1
    asked.clear()
    near = _judge(_recipe({"max_length_px": 6}), *small)
    assert (near.kind, len(asked)) == (NOT_DECIDABLE, OF_MANY)
    assert near.reason == "top: 298 defects near the limit 6 px not measured; for a person to decide"
    asked.clear()
    assert _judge(_recipe({"max_length_px": 6}), *small[:MOST_MEASURED]).kind is OK
    assert len(asked) == MOST_MEASURED
    rules = [{"max_length_px": limit} for limit in (5.5, 6)], [{"max_width_px": 4.5}]
    spent = _judge(_recipe(*rules[0], *rules[1]), *small[: MOST_MEASURED + 1])
    assert (spent.kind, len(asked) <= 3 * MOST_MEASURED) == (NOT_DECIDABLE, True)


_points = st.lists(st.tuples(st.floats(-80, 80), st.floats(-80, 80)), min_size=3, max_size=9)


@settings(max_examples=60, deadline=None)
@given(_points)
def test_no_size_is_beyond_its_bound(points: list[tuple[float, float]]) -> None:
    shape = Polygon(frozen_points(points))
    sizes, size = Sizes([shape], Budget()), measure(shape)
    assert size.length_px <= sizes.longest[0] + 1e-6
    if size.area_px > 1:
        assert size.width_px <= sizes.widest[0] + 1e-6


def test_a_bent_scratch_and_a_ring_are_not_beyond_their_bounds() -> None:
    turn = np.linspace(0, 5, 80)
    there, back = (np.stack([r * np.cos(turn), r * np.sin(turn)], axis=1) for r in (40, 36))
    bent = Polygon(frozen_points(np.vstack([there, back[::-1]])))
    whole = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    outer, inner = (np.stack([r * np.cos(whole), r * np.sin(whole)], axis=1) for r in (40, 36))
    ring = Polygon(frozen_points(outer), (frozen_points(inner),))
    for shape in (bent, ring):
        sizes, size = Sizes([shape], Budget()), measure(shape)
        assert size.length_px <= sizes.longest[0]
        assert size.width_px <= sizes.widest[0]


# What must hold whatever the rules ------------------------------------------------------------------------------------

_boxes = st.builds(_box, st.floats(2, 60), st.floats(2, 60), st.floats(0, 300), st.floats(0, 200))
_defects = st.lists(st.builds(Defect, st.sampled_from(["scratch", "dent"]), st.floats(0.4, 1), _boxes), max_size=3).map(
    tuple
)
_limit = st.floats(1, 80)
_rules = st.lists(
    st.fixed_dictionaries(
        {"max_count": st.integers(0, 4)},
        optional={
            "class": st.sampled_from(["scratch", "dent"]),
            "zone": st.just("sealing face"),
            "min_score": st.floats(0, 1),
            "max_length_px": _limit,
            "max_width_px": _limit,
            "max_area_px2": st.floats(1, 4000),
            "max_total_area_mm2": st.floats(0.001, 0.4),
            "min_distance_mm": st.floats(0.01, 2),
        },
    ),
    min_size=1,
    max_size=3,
)


def _keeps(rule: dict[str, Any], defects: tuple[Defect, ...], share: float) -> bool:
    """Say once more, without any bound or order, whether a rule is certainly kept; a pixel is 0.01 mm."""
    zone = Polygon(frozen_points(FACE["polygon"]))
    limited = [
        defect
        for defect in defects
        if rule.get("class") in {None, defect.class_name}
        and defect.score >= rule.get("min_score", 0)
        and (not rule.get("zone") or Areas([defect.shape]).touching(zone)[0])
    ]
    sizes = [measure(defect.shape) for defect in limited]
    areas = [size.area_px for size in sizes]
    gaps = [
        0.01 * found.distance
        for one in range(len(limited))
        for other in range(one)
        if (found := Areas([limited[one].shape, limited[other].shape]).nearest([0, 1])) is not None
    ]
    return (
        len(limited) <= rule["max_count"]
        and all(size.length_px <= rule.get("max_length_px", math.inf) for size in sizes)
        and all(size.width_px <= rule.get("max_width_px", math.inf) for size in sizes)
        and all(area <= rule.get("max_area_px2", math.inf) for area in areas)
        and 1e-4 * sum(areas) * (1 + 2 * share) <= rule.get("max_total_area_mm2", math.inf)
        and all(gap * (1 - share) >= rule.get("min_distance_mm", 0) for gap in gaps)
    )


def _accepts(rule: dict[str, Any], defect: Defect) -> bool:
    zone = Polygon(frozen_points(FACE["polygon"]))
    in_zone = not rule.get("zone") or bool(Areas([defect.shape]).within(zone)[0])
    return rule.get("class") in {None, defect.class_name} and in_zone


@settings(max_examples=80, deadline=None)
@given(_defects, _rules, st.sampled_from([0.0, 0.1]))
def test_ok_only_where_every_defect_is_accepted_and_every_rule_kept(
    defects: tuple[Defect, ...], rules: list[dict[str, Any]], share: float
) -> None:
    verdict = _judge(_recipe(*rules, zones=(FACE,)), *defects, score=0.3, calibration=_calibration(share=share))
    accepted = all(any(_accepts(rule, defect) for rule in rules) for defect in defects)
    assert (verdict.kind is OK) == (accepted and all(_keeps(rule, defects, share) for rule in rules))


def _larger(shape: Polygon, factor: float) -> Polygon:
    middle = shape.outline.mean(axis=0)
    return Polygon(frozen_points(middle + (shape.outline - middle) * factor))


@settings(max_examples=80, deadline=None)
@given(_defects.filter(bool), _rules, st.sampled_from([1.3, 2, 5]), st.sampled_from(["score", "rules"]), st.booleans())
def test_a_larger_defect_never_gets_a_better_verdict(
    defects: tuple[Defect, ...], rules: list[dict[str, Any]], factor: float, by: str, ignoring: bool
) -> None:
    hole = ({**HOLE, "polygon": _rectangle(0, 0, 90, 300)},) if ignoring else ()
    recipe = _recipe(*rules, zones=(FACE, *hole), by=by)
    score = max(defect.score for defect in defects)

    def kind(*found: Defect) -> int:
        return FROM_BEST.index(_judge(recipe, *found, score=score, calibration=_calibration()).kind)

    first = defects[0]
    grown = Defect(first.class_name, first.score, _larger(first.shape, factor))
    assert kind(grown, *defects[1:]) >= kind(*defects)
    surer = Defect(first.class_name, score, first.shape)
    assert kind(surer, *defects[1:]) >= kind(*defects)
    assert kind(*defects, first) >= kind(*defects)


def test_scales() -> None:
    shape = Polygon(_box(30).outline, (_box(10, 2, 105, 51).outline,))
    (mapped,) = Scale(mm_per_px=0.5).to_mm([shape])
    assert (mapped.bounds, mapped.area_px) == ((50, 25, 65, 27), 0.25 * shape.area_px)
    assert Scale(mm_per_px=0.5).to_mm([]) == ()
    assert not Scale().known
