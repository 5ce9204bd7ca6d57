"""`recipes/<product>.toml`: how one product is looked at and judged."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo, model_validator

from camera.health import HealthLimits
from camera.mask import moved_by
from station.config import Name, StationConfig
from station.line.acceptance import ClassName, Positive, RuleTable, ZoneTable
from station.line.calibrations import load_calibration
from station.line.choices import load_choices
from station.line.inspection import RecipeRef
from station.line.setups import check_setups, check_wires
from station.toml_file import ConfigError, KeyProblemError, Scalar, StrictModel, load_toml, not_empty

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
    """[[view]]: one picture of the part: which camera, set how, judged by which model of the shelf.

    Decided by the score, a view is good only below `low`, whatever the rules accept; decided by the rules, it is good when
    each of its defects is accepted by a [[rule]] and none of them crosses a limit.
    """

    name: Name
    camera: Name
    model: Name
    features: dict[str, Scalar] = Field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    decided_by: Literal["score", "rules"] = "score"
    health: HealthTable = Field(default_factory=HealthTable)


class RuleLimits(StrictModel):
    """[rules]: limits beside the score; crossing one makes the part NG, keeping to them never makes it OK."""

    max_defects: Annotated[int, Field(ge=0)] | None = None
    max_length_mm: Positive | None = None
    max_area_mm2: Positive | None = None


class LearnTable(StrictModel):
    """[learn]: how the good part is learned; `missed_cost` is that of a bad part that passes, in good ones that are rejected."""

    parts: Annotated[int, Field(ge=2, le=10_000)] = 30
    smallest_defect_mm: Positive | None = None
    smallest_defect_px: Positive | None = None
    registered: bool = True
    missed_cost: Positive | None = None


class OperatorTable(StrictModel):
    """[operator]: what people are asked.

    A part that is not decidable, without any fault, waits `wait_ms` for a person before the PLC is told; 0: it does not wait.
    `hidden_share` of all parts is shown without the model's opinion until the person has decided.
    """

    wait_ms: Annotated[int, Field(ge=0, le=600_000)] = 0
    hidden_share: Share = 0.0
    ask_when_disagreeing: bool = True


class ClassTable(StrictModel):
    """[[class]]: a kind of defect people can choose; `parent` is a class named before."""

    name: ClassName
    parent: ClassName | None = None


STANDARD_CLASSES = tuple(ClassTable(name=name) for name in ("scratch", "dent", "stain", "burr", "pit", "other"))
"""The palette of a recipe that names no class."""


class Recipe(StrictModel):
    """A product's recipe; `number` is what the PLC calls it, without `pixel_size_um` sizes are known in pixels only."""

    name: Name
    version: Annotated[int, Field(ge=1)] = 1
    number: Annotated[int, Field(ge=1, le=65_535)]
    pixel_size_um: Positive | None = None
    takt_ms: Annotated[int, Field(ge=1)] | None = None
    views: Annotated[tuple[RecipeView, ...], Field(alias="view"), AfterValidator(not_empty)]
    rules: RuleLimits = Field(default_factory=RuleLimits)
    zones: Annotated[tuple[ZoneTable, ...], Field(alias="zone", max_length=64)] = ()
    criteria: Annotated[tuple[RuleTable, ...], Field(alias="rule", max_length=64)] = ()
    learn: LearnTable = Field(default_factory=LearnTable)
    operator: OperatorTable = Field(default_factory=OperatorTable)
    classes: Annotated[tuple[ClassTable, ...], Field(alias="class", max_length=64)] = STANDARD_CLASSES
    _masks: Mapping[str, tuple[ZoneTable, ...]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _classes_form_a_tree(self) -> Self:
        known: set[str] = set()
        for index, table in enumerate(self.classes):
            if table.name in known:
                text = f"{table.name!r} is already taken; give each [[class]] its own name"
                raise KeyProblemError(("class", index, "name"), text)
            if table.parent is not None and table.parent not in known:
                text = f"no [[class]] before this one is called {table.parent!r}; name the parent first"
                raise KeyProblemError(("class", index, "parent"), text)
            known.add(table.name)
        return self

    @model_validator(mode="after")
    def _views_are_told_apart(self) -> Self:
        for index, view in enumerate(self.views):
            before = self.views[:index]
            if any(view.name == other.name for other in before):
                text = f"{view.name!r} is already taken; give each [[view]] its own name"
                raise KeyProblemError(("view", index, "name"), text)
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

    @model_validator(mode="after")
    def _zones_lie_on_views(self) -> Self:
        taken: set[tuple[str, str]] = set()
        ignored = {zone.name for zone in self.zones if zone.ignore}
        for index, zone in enumerate(self.zones):
            self._check_view(("zone", index, "view"), zone.view)
            if (zone.name, zone.view) in taken:
                text = f"{zone.name!r} is already taken in view {zone.view}; give each [[zone]] of a view its own name"
                raise KeyProblemError(("zone", index, "name"), text)
            if not zone.ignore and zone.name in ignored:
                text = f"{zone.name!r} is an ignore zone elsewhere; give this one another name"
                raise KeyProblemError(("zone", index, "name"), text)
            taken.add((zone.name, zone.view))
        return self

    @model_validator(mode="after")
    def _rules_are_of_this_part(self) -> Self:
        for index, rule in enumerate(self.criteria):
            self._check_view(("rule", index, "view"), rule.view)
            named = [zone for zone in self.zones if zone.name == rule.zone and rule.view in {None, zone.view}]
            if rule.zone is not None and not named:
                where = f" in view {rule.view}" if rule.view else ""
                text = f"no [[zone]]{where} is called {rule.zone!r}; draw it, or correct the name"
                raise KeyProblemError(("rule", index, "zone"), text)
            if any(zone.ignore for zone in named):
                text = f"{rule.zone!r} is an ignore zone: nothing in it is held against a limit; name another zone"
                raise KeyProblemError(("rule", index, "zone"), text)
        for index, view in enumerate(self.views):
            if view.decided_by == "rules" and not self.criteria_of(view.name):
                text = "no [[rule]] is for this view, so none of its defects could be accepted; write one"
                raise KeyProblemError(("view", index, "decided_by"), text)
        return self

    @model_validator(mode="after")
    def _rules_in_millimetres_are_calibrated(self, info: ValidationInfo) -> Self:
        calibrated = (info.context or {}).get("calibrated")
        if self.pixel_size_um is not None or calibrated is None:
            return self
        for view in self.views:
            for index, rule in self.criteria_of(view.name):
                metric = next((limit for limit in rule.limits if limit.metric), None)
                if metric is not None and not calibrated(view.name):
                    text = (
                        f"millimetres in view {view.name} need its calibration: run `station cameras calibrate {view.name}`, "
                        "or write pixel_size_um at the top of the recipe"
                    )
                    raise KeyProblemError(("rule", index, metric.key), text)
        return self

    def _check_view(self, key: tuple[str, int, str], view: str | None) -> None:
        if view is not None and view not in {table.name for table in self.views}:
            names = ", ".join(table.name for table in self.views)
            raise KeyProblemError(key, f"the recipe has no view {view!r}; there are: {names}")

    def criteria_of(self, view: str) -> tuple[tuple[int, RuleTable], ...]:
        """Return the rules for a view, each with its place among all."""
        zones = {zone.name for zone in self.zones if zone.view == view}
        return tuple(
            (index, rule)
            for index, rule in enumerate(self.criteria)
            if rule.view in {None, view} and (rule.zone is None or rule.zone in zones)
        )

    def behind(self, config: StationConfig) -> Self:
        """Return the recipe as it is used at a station, whose cameras hide something: that is not inspected."""
        hidden = {camera.name: camera.masks for camera in config.camera if camera.masks}
        used = self.model_copy()
        used._masks = {  # noqa: SLF001 - a copy of itself
            view.name: tuple(
                ZoneTable(name=f"privacy mask {mask.name}", view=view.name, polygon=mask.polygon, ignore=True)
                for mask in hidden[view.camera]
            )
            for view in self.views
            if view.camera in hidden
        }
        return used

    def masks_of(self, view: str) -> tuple[ZoneTable, ...]:
        """Return what the camera of a view hides, as ignore zones; see `behind`."""
        return self._masks.get(view, ())

    def ignored_in(self, view: str) -> tuple[ZoneTable, ...]:
        """Return what is not inspected of a view: its ignore zones, then what its camera hides."""
        return (*(zone for zone in self.zones if zone.ignore and zone.view == view), *self.masks_of(view))

    def kinds_of(self, name: str) -> frozenset[str]:
        """Return a class and all [[class]] that are kinds of it."""
        kinds = {name}
        for table in self.classes:  # parents come before
            if table.parent in kinds:
                kinds.add(table.name)
        return frozenset(kinds)

    @cached_property
    def sha256(self) -> str:
        """Hash of what the file says, whatever its layout and comments."""
        content = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @property
    def ref(self) -> RecipeRef:
        """What goes into every result."""
        return RecipeRef(name=self.name, version=self.version, sha256=self.sha256)

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


def read_recipe(path: Path, calibrated: Callable[[str], bool] | None = None) -> Recipe:
    """Read a recipe from a file of any name; `calibrated` says of a view whether its pixels have a size in millimetres.

    Raises
    ------
    ConfigError
        In one line that names file, line, key and remedy.
    """
    return load_toml(path, Recipe, {"calibrated": calibrated})


def load_recipe(path: Path, calibrated: Callable[[str], bool] | None = None) -> Recipe:
    """Read one recipe of a station, whose file has its name. Otherwise as `read_recipe`."""
    recipe = read_recipe(path, calibrated)
    if recipe.name != path.stem:
        raise ConfigError(
            f"{path}: name = {recipe.name!r} does not match the file's name; rename one of them, or try a copy in another folder"
        )
    return recipe


def load_active_recipe(config: StationConfig) -> Recipe:
    """Read the recipe the station starts with, and check that the cameras it names are there.

    It is the one of `line.recipe`, unless somebody has chosen another since that was written (`station.line.choices`).

    Raises
    ------
    ConfigError
        If it cannot be used; the text names file, key and remedy.
    """
    return load_station_recipe(config, load_choices(config.station.data).recipe_for(config.line.recipe))


def load_station_recipe(config: StationConfig, name: str) -> Recipe:
    """Read one recipe of the station, and check that the cameras it names are there.

    Raises
    ------
    ConfigError
        If it cannot be used; the text names file, key and remedy.
    """
    path = config.recipe_file(name)
    if not path.is_file():
        raise ConfigError(f"{path}: no such file; write the recipe, or name another one in line.recipe of station.toml")
    recipe = load_recipe(path, calibrated_in(config.station.data))
    check_cameras(recipe, config, path)
    return recipe.behind(config)


def calibrated_in(data: Path) -> Callable[[str], bool]:
    """Return whether a view has a calibration in a data folder; asking raises `ConfigError` where it is damaged."""
    return lambda view: load_calibration(data, view) is not None


def check_cameras(recipe: Recipe, config: StationConfig, path: Path) -> None:
    """Raise `ConfigError` where the station lacks a camera of the recipe, or the recipe moves a picture under its masks."""
    cameras = {camera.name: camera for camera in config.camera}
    for index, view in enumerate(recipe.views):
        if view.camera not in cameras:
            has = ", ".join(cameras)
            raise ConfigError(f"{path}: view[{index + 1}].camera = {view.camera!r}: station.toml has only {has}")
        moving = moved_by(view.features) if cameras[view.camera].masks else None
        if moving is not None:
            raise ConfigError(
                f"{path}: view[{index + 1}].features.{moving}: camera {view.camera!r} has privacy masks, which would lie "
                "elsewhere in this recipe's pictures; set it in station.toml, for all recipes"
            )
    check_setups(recipe.views, config, path)
    check_wires(recipe.views, recipe.takt_ms or config.line.takt_ms, config, path)
