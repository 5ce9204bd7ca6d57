"""Privacy masks of a station's cameras, as recipe, rules and words have them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect, Prediction
from station.config import StationConfig, camera_settings, load_station
from station.line.inspection import Fault, FindingKind, VerdictKind
from station.line.recipe import Recipe, load_active_recipe
from station.line.recipe_words import describe_mask
from station.line.rules import judge
from station.toml_file import ConfigError

MASK = """
[[camera.mask]]
name = "door"
polygon = [[100, 0], [200, 0], [200, 100], [100, 100]]
"""
STATION = (
    '[station]\ndata = "."\n[plc]\nmode = "none"\n[line]\nrecipe = "cup"\ntrigger = "timer"\n[[camera]]\nname = "c1"\n'
)
RECIPE = 'name = "cup"\nnumber = 1\n[[view]]\nname = "top"\ncamera = "c1"\nmodel = "m"\n'

WriteStation = Callable[..., StationConfig]


@dataclass(frozen=True, slots=True)
class Found:
    prediction: Prediction
    name: str = "top"
    fault: Fault | None = None
    size: tuple[int, int] | None = (400, 300)


@pytest.fixture
def write_station(tmp_path: Path) -> WriteStation:
    def write(masks: str = MASK, recipe: str = RECIPE) -> StationConfig:
        (tmp_path / "recipes").mkdir(exist_ok=True)
        (tmp_path / "recipes" / "cup.toml").write_text(recipe)
        path = tmp_path / "station.toml"
        path.write_text(STATION + masks)
        return load_station(path)

    return write


def hot(*places: tuple[int, int], score: float = 0.9) -> Prediction:
    """A heat map of 40 x 30 cells, one for ten pixels, hot around places given in cells, with an outline there."""
    heat = np.zeros((30, 40), np.float32)
    defects = []
    for x, y in places:
        heat[y, x] = score
        corners = [[10 * x, 10 * y], [10 * x + 9, 10 * y], [10 * x + 9, 10 * y + 9]]
        defects.append(Defect("anomaly", score, Polygon(frozen_points(corners))))
    return Prediction("0" * 64, score if places else 0.1, 0.4, 0.6, tuple(defects), heat)


def test_masks_reach_the_cameras_worker_whatever_the_recipe(write_station: WriteStation) -> None:
    (settings,) = camera_settings(write_station())
    assert [mask.name for mask in settings.masks] == ["door"]
    assert settings.masks[0].polygon[1] == (200, 0)


def test_a_recipe_behind_masks_is_the_same_recipe(write_station: WriteStation) -> None:
    used = load_active_recipe(write_station())
    plain = load_active_recipe(write_station(masks=""))
    assert used.sha256 == plain.sha256
    assert used.zones == plain.zones == ()
    assert [zone.name for zone in used.ignored_in("top")] == ["privacy mask door"]
    assert plain.ignored_in("top") == ()


@pytest.mark.parametrize(
    ("places", "kind"), [((), VerdictKind.OK), (((15, 5),), VerdictKind.OK), (((30, 5),), VerdictKind.NG)]
)
def test_every_verdict_says_what_nobody_looked_at(
    write_station: WriteStation, places: tuple[tuple[int, int], ...], kind: VerdictKind
) -> None:
    """A mask is an ignore zone: what lies under it is grey, and what lies elsewhere is judged as ever."""
    verdict = judge([Found(hot(*places))], load_active_recipe(write_station()), datetime.now(UTC))
    assert verdict.kind is kind
    assert verdict.reason.endswith("nothing under privacy mask door was inspected")
    said = [each for each in verdict.findings if each.zone == "privacy mask door"]
    assert {each.kind for each in said} == {FindingKind.IGNORED}


@pytest.mark.parametrize(
    ("masks", "recipe", "problem"),
    [
        (MASK.replace("[200, 100], [100, 100]", "[100, 100], [200, 100]"), RECIPE, "mask.*polygon.*its lines cross"),
        (MASK + MASK, RECIPE, "'door' is already taken"),
        (MASK + 'shape = "round"\n', RECIPE, "unknown key"),
        (MASK, RECIPE + "[view.features]\nOffsetX = 64\n", "features.OffsetX: camera 'c1' has privacy masks"),
    ],
)
def test_what_would_not_hide_what_it_says_is_refused(
    write_station: WriteStation, masks: str, recipe: str, problem: str
) -> None:
    with pytest.raises(ConfigError, match=problem):
        load_active_recipe(write_station(masks, recipe))


def test_a_feature_that_moves_the_picture_is_fine_without_masks(write_station: WriteStation) -> None:
    assert load_active_recipe(write_station("", RECIPE + "[view.features]\nOffsetX = 64\n")).name == "cup"


def test_a_mask_in_words(write_station: WriteStation) -> None:
    recipe: Recipe = load_active_recipe(write_station())
    (words,) = map(describe_mask, recipe.masks_of("top"))
    assert words.startswith(
        "privacy mask door in view top, 10000 px² between (100, 0) and (200, 100) px: grey in every"
    )
