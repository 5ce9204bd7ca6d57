"""`recipes/<product>.toml`: how one product is looked at and judged."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from camera.device import FeatureValue
from camera.health import HealthLimits
from station.config import Name, StationConfig
from station.line.inspection import RecipeRef
from station.toml_file import ConfigError, KeyProblemError, Scalar, StrictModel, load_toml, not_empty

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
_SHOWS_AGAIN = "replay"
"""The backend whose pictures may come once more: files have no noise of their own."""


class HealthTable(StrictModel):
    """[view.health]: what a picture must keep to before a model is asked, in shares of full scale.

    `frozen` left out is on for every camera but one that replays pictures.
    """

    min_brightness: Share = 0.02
    max_saturated_share: Share = 0.5
    min_contrast: Share = 0.0
    min_sharpness: Share = 0.0
    frozen: bool | None = None

    def limits(self, backend: str) -> HealthLimits:
        """Return the limits for a camera of that backend."""
        return HealthLimits(
            min_brightness=self.min_brightness,
            max_saturated_share=self.max_saturated_share,
            min_contrast=self.min_contrast,
            min_sharpness=self.min_sharpness,
            frozen=backend != _SHOWS_AGAIN if self.frozen is None else self.frozen,
        )


class RecipeView(StrictModel):
    """[[view]]: one picture of the part: which camera, set how, judged by which model of the shelf."""

    name: Name
    camera: Name
    model: Name
    features: dict[str, Scalar] = Field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    health: HealthTable = Field(default_factory=HealthTable)


class RuleLimits(StrictModel):
    """[rules]: limits beside the score; crossing one makes the part NG, keeping to them never makes it OK."""

    max_defects: Annotated[int, Field(ge=0)] | None = None
    max_length_mm: Positive | None = None
    max_area_mm2: Positive | None = None


class LearnTable(StrictModel):
    """[learn]: how the good part is learned."""

    parts: Annotated[int, Field(ge=2, le=10_000)] = 30
    smallest_defect_mm: Positive | None = None
    smallest_defect_px: Positive | None = None
    registered: bool = True


class Recipe(StrictModel):
    """A product's recipe; `number` is what the PLC calls it, without `pixel_size_um` sizes are known in pixels only."""

    name: Name
    version: Annotated[int, Field(ge=1)] = 1
    number: Annotated[int, Field(ge=1, le=65_535)]
    pixel_size_um: Positive | None = None
    takt_ms: Annotated[int, Field(ge=1)] | None = None
    views: Annotated[tuple[RecipeView, ...], Field(alias="view"), AfterValidator(not_empty)]
    rules: RuleLimits = Field(default_factory=RuleLimits)
    learn: LearnTable = Field(default_factory=LearnTable)

    @model_validator(mode="after")
    def _views_are_told_apart(self) -> Self:
        for index, view in enumerate(self.views):
            before = self.views[:index]
            if any(view.name == other.name for other in before):
                text = f"{view.name!r} is already taken; give each [[view]] its own name"
                raise KeyProblemError(("view", index, "name"), text)
            if any(view.camera == other.camera for other in before):
                text = f"{view.camera!r} already takes another view, and a camera takes one a part; name another camera"
                raise KeyProblemError(("view", index, "camera"), text)
            if view.low is not None and view.high is not None and view.low > view.high:
                text = f"{view.low:g} is above high = {view.high:g}; low must not exceed high"
                raise KeyProblemError(("view", index, "low"), text)
        return self

    @model_validator(mode="after")
    def _millimetres_are_calibrated(self) -> Self:
        if self.pixel_size_um is None:
            for table, names in (("rules", ("max_length_mm", "max_area_mm2")), ("learn", ("smallest_defect_mm",))):
                for name in names:
                    if getattr(getattr(self, table), name) is not None:
                        raise KeyProblemError(
                            (table, name), "millimetres need pixel_size_um at the top of the recipe; add it"
                        )
        if self.learn.smallest_defect_mm is not None and self.learn.smallest_defect_px is not None:
            raise KeyProblemError(
                ("learn", "smallest_defect_px"), "smallest_defect_mm says it already; keep one of them"
            )
        return self

    @cached_property
    def sha256(self) -> str:
        """Hash of what the file says, whatever its layout and comments."""
        content = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @property
    def ref(self) -> RecipeRef:
        """What goes into every result."""
        return RecipeRef(name=self.name, version=self.version, sha256=self.sha256)

    @property
    def camera_features(self) -> Mapping[str, Mapping[str, FeatureValue]]:
        """The features each camera has under this recipe, by the camera's name."""
        return {view.camera: view.features for view in self.views}

    def view(self, name: str) -> RecipeView:
        """Return the view called `name`. Raises `KeyError` if there is none."""
        for view in self.views:
            if view.name == name:
                return view
        raise KeyError(name)

    @property
    def smallest_defect_px(self) -> float | None:
        """Length in pixels of the smallest defect that must be found; None leaves it to the learner."""
        if self.learn.smallest_defect_mm is not None and self.pixel_size_um is not None:
            return self.learn.smallest_defect_mm * 1000.0 / self.pixel_size_um
        return self.learn.smallest_defect_px


def load_recipe(path: Path) -> Recipe:
    """Read one recipe. Raises `ConfigError` in one line that names file, line, key and remedy."""
    recipe = load_toml(path, Recipe)
    if recipe.name != path.stem:
        raise ConfigError(f"{path}: name = {recipe.name!r} does not match the file's name; rename one of them")
    return recipe


def load_active_recipe(config: StationConfig) -> Recipe:
    """Read the recipe the station starts with, and check that the cameras it names are there.

    Raises
    ------
    ConfigError
        If it cannot be used; the text names file, key and remedy.
    """
    path = config.recipe_file(config.line.recipe)
    if not path.is_file():
        raise ConfigError(f"{path}: no such file; write the recipe, or name another one in line.recipe of station.toml")
    recipe = load_recipe(path)
    cameras = [camera.name for camera in config.camera]
    for index, view in enumerate(recipe.views):
        if view.camera not in cameras:
            has = ", ".join(cameras)
            raise ConfigError(f"{path}: view[{index + 1}].camera = {view.camera!r}: station.toml has only {has}")
    return recipe


def load_recipes(folder: Path) -> Mapping[int, Recipe]:
    """Read every recipe of a folder, by the number the PLC uses.

    Raises
    ------
    ConfigError
        If one of them cannot be used, or two have the same number.
    """
    found: dict[int, Recipe] = {}
    for path in sorted(folder.glob("*.toml")):
        recipe = load_recipe(path)
        if other := found.get(recipe.number):
            raise ConfigError(
                f"{path}: number = {recipe.number} is already that of {other.name}; give each recipe its own"
            )
        found[recipe.number] = recipe
    return found
