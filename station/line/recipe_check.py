"""Whether a recipe can be used as it is written, checked alike for a person at a command line and a system that sends one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from camera.calibration import Calibration
from models.shelf import Shelf
from station.config import RECIPES, StationConfig
from station.line.calibrations import load_calibrations
from station.line.recipe import Recipe, calibrated_in, check_cameras, load_recipe, read_recipe
from station.line.recipe_words import misfits
from station.toml_file import ConfigError


@dataclass(frozen=True, slots=True)
class CheckedRecipe:
    """A recipe that can be loaded. `misfits` says what of it will not work; empty without a station to ask.

    `in_place` says of one that lies elsewhere what would follow, were it put in place; "" of a recipe of the station.
    """

    recipe: Recipe
    calibrations: Mapping[str, Calibration]
    misfits: tuple[str, ...]
    in_place: str = ""


def check_recipe(path: Path, config: StationConfig | None, *, elsewhere: bool = False) -> CheckedRecipe:
    """Load a recipe and hold it against the station's cameras, models and calibrations.

    Parameters
    ----------
    elsewhere
        It is no recipe of the station yet: its file may have any name.

    Raises
    ------
    ConfigError
        If it cannot be loaded, or names a camera that the station lacks; the text names file, key and remedy.
    """
    load = read_recipe if elsewhere else load_recipe
    if config is None:
        recipe = load(path)
        return CheckedRecipe(recipe, {}, (), _renamed(recipe) if path.stem != recipe.name else "")
    data = config.station.data
    recipe = load(path, calibrated_in(data)).behind(config)
    check_cameras(recipe, config, path)
    calibrations = load_calibrations(data, [view.name for view in recipe.views])
    found = tuple(misfits(recipe, Shelf(data / "models"), calibrations))
    return CheckedRecipe(recipe, calibrations, found, _put_in_place(recipe, config) if elsewhere else "")


def lies_elsewhere(path: Path, config: StationConfig | None) -> bool:
    """Whether a file lies elsewhere than a station's recipes; without a station they are known by the folder's usual name."""
    folder = path.absolute().parent
    return folder.resolve() != config.recipes.resolve() if config else folder.name != RECIPES


def _renamed(recipe: Recipe) -> str:
    return f"a station takes it as {recipe.name}.toml in its folder of recipes"


def _put_in_place(recipe: Recipe, config: StationConfig) -> str:
    """Say what would follow, were a recipe from elsewhere put in place."""
    place = config.recipe_file(recipe.name)
    beside = [other for other in map(_readable, sorted(config.recipes.glob("*.toml"))) if other is not None]
    there = next((other for other in beside if other.name == recipe.name), None)
    if there is None:
        text = f"put in place as {place}, it would be a recipe more"
    elif there.sha256 == recipe.sha256:
        text = f"{place} says the same already"
    else:
        then = "when the recipe is next chosen or the station started"
        text = f"put in place as {place}, it would replace version {there.version} {then}"
        if there.version >= recipe.version:
            text += f"; make it version {there.version + 1} first, or results of both could not be told apart"
    if other := next((each for each in beside if each.name != recipe.name and each.number == recipe.number), None):
        text += f"; number = {recipe.number} is that of {other.name}: give each recipe its own"
    return text


def _readable(path: Path) -> Recipe | None:
    """Return a recipe of the station; None of a file that cannot be used, which is not in the way."""
    try:
        return load_recipe(path)
    except ConfigError:
        return None
