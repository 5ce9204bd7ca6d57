"""How large what people outlined on a part is: in millimetres where these are known, and in pixels always."""

from datetime import datetime
from pathlib import Path
from typing import Any

from labeling.measure import measure
from labeling.shapes import Shape
from station.datasets.millimetres import on_the_part
from station.gateway.recipes import RecipeFiles
from station.line.calibrations import read_calibration_file
from station.line.inspection import Inspection
from station.line.sizes import scale_of

CALIBRATION, LATER, RECIPE = "calibration", "later-calibration", "pixel_size_um"
"""What millimetres come from: the view's calibration, one that was made after the picture, or the recipe's pixel size."""


class Sizes:
    """The sizes of shapes on one part: by its views' calibrations, else as its very recipe says, as the rules have it.

    Parameters
    ----------
    recipes
        Folder of the station's recipes.
    """

    def __init__(self, data: Path, recipes: Path, inspection: Inspection) -> None:
        self._data = data
        self._taken: datetime = inspection.trigger.time
        self._views = {view.name: (view.width, view.height) for view in inspection.views}
        recipe = inspection.recipe
        self._pixel_um = RecipeFiles(recipes).pixel_size_um(recipe.name, recipe.sha256)

    def of(self, view: str, shape: Shape) -> dict[str, Any]:
        """Return a size as `station show --json` prints it.

        Raises
        ------
        ConfigError
            If the file of the view's calibration cannot be used.
        """
        size = measure(shape)
        found = {"length_px": size.length_px, "width_px": size.width_px, "area_px": size.area_px}
        pixels: dict[str, Any] = {name: round(value, 2) for name, value in found.items()}
        file = read_calibration_file(self._data, view)
        scale = scale_of(None if file is None else file.calibration, self._pixel_um, self._views.get(view))
        if (known := on_the_part(scale, shape)) is None:
            return pixels | {"millimetres_by": None}
        by = RECIPE if file is None else CALIBRATION if file.created <= self._taken else LATER
        return pixels | known.rounded() | {"millimetres_by": by}


def words(kind: str, size: dict[str, Any]) -> str:
    """Say a size as the screen does: a line has no width, and a point no size at all."""
    if kind == "keypoint":
        return ""
    if size["millimetres_by"] is None:
        length, width, unit = f"{size['length_px']:.0f}", f"{size['width_px']:.0f}", "px"
    else:
        length, width, unit = f"{size['length_mm']:.2f}", f"{size['width_mm']:.2f}", "mm"
    return f"{length} {unit}" if kind == "polyline" else f"{length} x {width} {unit}"
