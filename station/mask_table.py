"""`[[camera.mask]]` of `station.toml`: what nobody is to see of a camera's pictures, whatever the recipe."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from camera.mask import Mask
from labeling.relations import is_plain
from labeling.shapes import Polygon, frozen_points
from station.toml_file import KeyProblemError, StrictModel

Coordinate = Annotated[float, Field(ge=-1e6, le=1e6)]


class MaskTable(StrictModel):
    """[[camera.mask]]: filled with grey in the camera's worker, before anything is shown, judged or stored.

    `polygon` is in pixels of the picture, (0, 0) the centre of the top left one.
    """

    name: Annotated[str, Field(pattern=r"^\S(?:[^\x00-\x1f]{0,38}\S)?$")]
    polygon: Annotated[tuple[tuple[Coordinate, Coordinate], ...], Field(min_length=3, max_length=100)]

    @model_validator(mode="after")
    def _is_an_area(self) -> Self:
        if not is_plain(Polygon(frozen_points(self.polygon))):
            raise KeyProblemError(("polygon",), "its lines cross, or it has no area; give the corners in their order")
        return self

    @property
    def mask(self) -> Mask:
        """What the camera's worker is told."""
        return Mask(self.name, self.polygon)
