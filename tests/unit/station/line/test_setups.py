"""What a recipe tells its cameras."""

from pathlib import Path

import pytest

from camera.device import TriggerKind
from camera.settings import Setup
from station.config import StationConfig, load_station
from station.line.recipe import Recipe, load_station_recipe
from station.line.setups import line_cameras, view_camera
from station.toml_file import ConfigError

STATION = """\
[[camera]]
name = "top"
[camera.features]
Gain = 2.0
ExposureTime = 4000.0

[[camera]]
name = "side"

[line]
recipe = "cup"
"""
TWO = """\
name = "cup"
number = 7

[[view]]
name = "dark"
camera = "top"
model = "cup"
features = { ExposureTime = 500.0 }

[[view]]
name = "side"
camera = "side"
model = "cup"
features = { Gain = 1.0 }

[[view]]
name = "bright"
camera = "top"
model = "cup"
features = { Gain = 6.0 }
"""


def load(folder: Path, station: str = STATION, recipe: str = TWO) -> tuple[StationConfig, Recipe]:
    (folder / "station.toml").write_text(station)
    path = folder / "recipes" / "cup.toml"
    path.parent.mkdir(parents=True)
    path.write_text(recipe)
    config = load_station(folder / "station.toml")
    return config, load_station_recipe(config, "cup")


def test_a_camera_of_several_views_has_a_setup_for_each_with_every_feature_that_changes(tmp_path: Path) -> None:
    config, recipe = load(tmp_path)
    top, side = line_cameras(config, recipe.views)
    assert top.features == {"Gain": 2.0, "ExposureTime": 4000.0}
    assert top.setups == (
        Setup("dark", {"ExposureTime": 500.0, "Gain": 2.0}),
        Setup("bright", {"ExposureTime": 4000.0, "Gain": 6.0}),
    )
    assert (side.features, side.setups) == ({"Gain": 1.0}, ())


def test_for_learning_a_camera_is_set_up_for_one_view(tmp_path: Path) -> None:
    config, recipe = load(tmp_path)
    bright = view_camera(config, recipe.view("bright"))
    assert (bright.features, bright.setups) == ({"Gain": 6.0, "ExposureTime": 4000.0}, ())


@pytest.mark.parametrize(
    ("station", "recipe", "expected"),
    [
        (STATION.replace("Gain = 2.0\n", ""), TWO, "view[1].features: camera 'top' is set to another Gain"),
        (STATION.replace('"top"', '"top"\ntrigger = "free_run"', 1), TWO, "view[1].camera = 'top': it takes 2 views"),
        (
            STATION.replace("Gain = 2.0", "Gain = 2.0\nWidth = 800"),
            TWO.replace("{ Gain = 6.0 }", "{ Gain = 6.0, Width = 400 }"),
            "features.Width: no camera changes it",
        ),
    ],
)
def test_what_no_camera_can_do(tmp_path: Path, station: str, recipe: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, station, recipe)
    assert expected in caught.value.text
    assert "cup.toml" in caught.value.text


def test_a_wire_triggers_the_line_and_nothing_else(tmp_path: Path) -> None:
    config, recipe = load(tmp_path, STATION.replace('"side"', '"side"\ntrigger = "line2"\ntrigger_window_ms = 50'))
    _, side = line_cameras(config, recipe.views)
    assert (side.trigger, side.line, side.trigger_window_s) == (TriggerKind.LINE, "Line2", 0.05)
    learning = view_camera(config, recipe.view("side"))
    assert (learning.trigger, learning.line) == (TriggerKind.SOFTWARE, "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"side"', '"side"\ntrigger = "hardware"', "there is no trigger 'hardware'"),
        ('"top"', '"top"\ntrigger = "line0"', "it takes 2 views"),
        ('"side"', '"side"\ntrigger = "line0"\ntrigger_window_ms = 400', "needs 1200 ms between two parts"),
    ],
)
def test_what_no_wire_can_do(tmp_path: Path, old: str, new: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, STATION.replace(old, new, 1))
    assert expected in caught.value.text
