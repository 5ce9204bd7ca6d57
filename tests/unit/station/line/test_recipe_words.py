"""Rules and zones in words, and what of them does not fit a station."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shelved import deployed

from camera.calibration import Calibration
from models.shelf import Shelf
from station.line.acceptance import RuleTable
from station.line.recipe import Recipe
from station.line.recipe_words import describe_rule, describe_zone, misfits

MODEL = b"a model"
ZONE = {"name": "face", "view": "top", "polygon": ((0, 0), (50, 0), (50, 40))}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"max_count": 3}, "any defect: at most 3 of them"),
        (
            {"class": "scratch", "zone": "face", "view": "top", "max_length_mm": 0.2, "doubt": 0.1},
            "scratch touching zone face in view top: at most 0.2 mm long; a person decides above 0.18 mm",
        ),
        (
            {"min_score": 0.5, "max_width_px": 3, "max_area_mm2": 2, "max_total_area_px2": 9, "severity": "minor"},
            "any defect, of score 0.5 or more: at most 3 px wide, at most 2 mm² each, at most 9 px² together (minor)",
        ),
        (
            {"min_distance_mm": 5, "doubt": 0.2},
            "any defect: at least 5 mm from each other; a person decides up to 6 mm",
        ),
    ],
)
def test_a_rule_in_words(rule: dict[str, Any], words: str) -> None:
    assert describe_rule(RuleTable.model_validate(rule)) == words


def _recipe(*rules: dict[str, Any], zones: tuple[dict[str, Any], ...] = (), model: str = "m") -> Recipe:
    views = ({"name": "top", "camera": "cam", "model": model},)
    return Recipe.model_validate({"name": "cup", "number": 1, "view": views, "rule": rules, "zone": zones})


def test_a_zone_in_words() -> None:
    recipe = _recipe(zones=(ZONE, {**ZONE, "name": "hole", "ignore": True}))
    face, hole = (describe_zone(zone) for zone in recipe.zones)
    assert face == "face in view top, 1000 px² between (0, 0) and (50, 40) px"
    assert hole == "hole in view top, 1000 px² between (0, 0) and (50, 40) px: what lies in it as a whole is ignored"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return deployed(tmp_path, MODEL, source=(200, 100))


def _calibration(width: int, height: int) -> dict[str, Calibration]:
    return {"top": Calibration(width, height, (0.0, 0.0), np.diag([0.1, 0.1, 1.0]), 0.1, 0.01, 20)}


def test_what_fits(shelf: Shelf) -> None:
    rules = {"class": "anomaly", "max_count": 1}, {"max_count": 2}
    assert list(misfits(_recipe(*rules, zones=(ZONE,)), shelf, _calibration(200, 100))) == []


def test_what_does_not_fit(shelf: Shelf) -> None:
    away = {**ZONE, "polygon": ((300, 0), (350, 0), (350, 40))}
    found = list(misfits(_recipe({"class": "burr", "max_count": 1}, zones=(away,)), shelf, _calibration(400, 200)))
    assert found == [
        "zone face lies beyond the picture of view top, 200 x 100 pixels",
        "view top is calibrated for pictures of another size than its model's; calibrate it again",
        "rule[1]: no model that it looks at finds 'burr'; they find anomaly",
    ]
    assert list(misfits(_recipe(model="other"), shelf, {})) == [
        "view top: no usable model other is deployed; learn or deploy one"
    ]
