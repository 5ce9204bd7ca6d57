"""A recipe's acceptance criteria in words, and what in them does not fit the models and calibrations of a station."""

from collections.abc import Iterator, Mapping

from camera.calibration import Calibration
from models.errors import ModelError
from models.manifest import AnyManifest, read_manifest
from models.shelf import Shelf
from station.line.acceptance import Limit, Quantity, RuleTable, ZoneTable
from station.line.recipe import Recipe, RecipeView

_SAID = {
    Quantity.LENGTH: "at most {limit} long",
    Quantity.WIDTH: "at most {limit} wide",
    Quantity.AREA: "at most {limit} each",
    Quantity.TOTAL_AREA: "at most {limit} together",
    Quantity.DISTANCE: "at least {limit} from each other",
}


def describe_rule(rule: RuleTable) -> str:
    """Return a rule as one sentence."""
    which = rule.class_name or "any defect"
    where = f" touching zone {rule.zone}" if rule.zone else ""
    where += f" in view {rule.view}" if rule.view else ""
    sure = f", of score {rule.min_score:g} or more" if rule.min_score is not None else ""
    limits = [f"at most {rule.max_count} of them"] if rule.max_count is not None else []
    limits += [_SAID[limit.quantity].format(limit=f"{limit.value:g} {limit.unit}") for limit in rule.limits]
    doubt = f"; a person decides {_doubt(rule)}" if rule.doubt else ""
    severity = f" ({rule.severity})" if rule.severity else ""
    return f"{which}{where}{sure}: {', '.join(limits)}{doubt}{severity}"


def _doubt(rule: RuleTable) -> str:
    return ", ".join(_from(limit, rule.doubt) for limit in rule.limits)


def _from(limit: Limit, doubt: float) -> str:
    if limit.quantity is Quantity.DISTANCE:
        return f"up to {limit.value * (1 + doubt):g} {limit.unit}"
    return f"above {limit.value * (1 - doubt):g} {limit.unit}"


def describe_zone(zone: ZoneTable) -> str:
    """Return a zone as one sentence."""
    left, top, right, bottom = zone.shape.bounds
    place = f"{zone.shape.area_px:.0f} px² between ({left:g}, {top:g}) and ({right:g}, {bottom:g}) px"
    return f"{zone.name} in view {zone.view}, {place}{': what lies in it as a whole is ignored' if zone.ignore else ''}"


def describe_mask(mask: ZoneTable) -> str:
    """Return what a camera's privacy mask does to a view as one sentence."""
    left, top, right, bottom = mask.shape.bounds
    place = f"{mask.shape.area_px:.0f} px² between ({left:g}, {top:g}) and ({right:g}, {bottom:g}) px"
    return f"{mask.name} in view {mask.view}, {place}: grey in every picture, no defect there can be found"


def misfits(recipe: Recipe, shelf: Shelf, calibrations: Mapping[str, Calibration]) -> Iterator[str]:
    """Say what will not work as it is written: classes no model has, zones beyond the picture, a wrong calibration."""
    manifests = {view.name: _manifest(shelf, view) for view in recipe.views}
    for view in recipe.views:
        manifest, calibration = manifests[view.name], calibrations.get(view.name)
        if manifest is None:
            yield f"view {view.name}: no usable model {view.model} is deployed; learn or deploy one"
        size = _size(manifest, calibration)
        for zone in recipe.zones:
            if zone.view == view.name and size is not None and not _overlaps(zone, size):
                yield f"zone {zone.name} lies beyond the picture of view {view.name}, {size[0]} x {size[1]} pixels"
        if calibration is not None and size is not None and size != (calibration.width, calibration.height):
            yield f"view {view.name} is calibrated for pictures of another size than its model's; calibrate it again"
    for index, rule in enumerate(recipe.criteria):
        yield from _unknown_class(index, rule, recipe, manifests)


def _unknown_class(
    index: int, rule: RuleTable, recipe: Recipe, manifests: Mapping[str, AnyManifest | None]
) -> Iterator[str]:
    views = [view.name for view in recipe.views if (index, rule) in recipe.criteria_of(view.name)]
    found = [manifests[view] for view in views]
    if rule.class_name is None or None in found:
        return
    classes = sorted({name for manifest in found if manifest is not None for name in manifest.classes})
    if not recipe.kinds_of(rule.class_name) & set(classes):
        has = ", ".join(classes)
        yield f"rule[{index + 1}]: no model that it looks at finds {rule.class_name!r}; they find {has}"


def _manifest(shelf: Shelf, view: RecipeView) -> AnyManifest | None:
    try:
        version = shelf.deployed(view.model)
        return None if version is None else read_manifest(shelf.folder(view.model, version))
    except ModelError:
        return None


def _size(manifest: AnyManifest | None, calibration: Calibration | None) -> tuple[int, int] | None:
    """Return the size of a view's pictures; a model from elsewhere takes every size."""
    source = getattr(manifest, "source", None)
    if source is not None:
        return source.width, source.height
    return None if calibration is None else (calibration.width, calibration.height)


def _overlaps(zone: ZoneTable, size: tuple[int, int]) -> bool:
    left, top, right, bottom = zone.shape.bounds
    return right > -0.5 and bottom > -0.5 and left < size[0] - 0.5 and top < size[1] - 0.5
