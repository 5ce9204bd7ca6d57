"""Whether a recipe can be used as it is written, checked alike for a person at a command line and a system that sends one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from camera.calibration import Calibration
from models.shelf import Shelf
from station.config import StationConfig
from station.line.calibrations import load_calibrations
from station.line.recipe import Recipe, calibrated_in, check_cameras, load_recipe
from station.line.recipe_words import misfits


@dataclass(frozen=True, slots=True)
class CheckedRecipe:
    """A recipe that can be loaded. `misfits` says what of it will not work; empty without a station to ask."""

    recipe: Recipe
    calibrations: Mapping[str, Calibration]
    misfits: tuple[str, ...]


def check_recipe(path: Path, config: StationConfig | None) -> CheckedRecipe:
    """Load a recipe and hold it against the station's cameras, models and calibrations.

    Raises
    ------
    ConfigError
        If it cannot be loaded, or names a camera that the station lacks; the text names file, key and remedy.
    """
    if config is None:
        return CheckedRecipe(load_recipe(path), {}, ())
    data = config.station.data
    recipe = load_recipe(path, calibrated_in(data)).behind(config)
    check_cameras(recipe, config, path)
    calibrations = load_calibrations(data, [view.name for view in recipe.views])
    return CheckedRecipe(recipe, calibrations, tuple(misfits(recipe, Shelf(data / "models"), calibrations)))
