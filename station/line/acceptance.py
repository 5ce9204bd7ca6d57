"""`[[rule]]` and `[[zone]]` of a recipe: the acceptance criteria, in the words of a quality engineer."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from labeling.relations import is_plain
from labeling.shapes import Polygon, frozen_points
from station.config import Name
from station.toml_file import KeyProblemError, StrictModel

Positive = Annotated[float, Field(gt=0)]
ClassName = Annotated[str, Field(pattern=r"^\S(?:[^\x00-\x1f]{0,62}\S)?$")]
"""What people call a kind of defect, in their own script: up to 64 characters on one line."""

Severity = Literal["critical", "major", "minor"]
"""The usual three classes of nonconformity, as in ISO 2859-1, 3.1.6, whose A and B are the first two."""

Coordinate = Annotated[float, Field(ge=-1e6, le=1e6)]


class Quantity(StrEnum):
    """What is measured of one defect, or of all that a rule speaks of."""

    LENGTH = "length"
    WIDTH = "width"
    AREA = "area"
    TOTAL_AREA = "total-area"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a rule: its key in the file, and whether it is in millimetres."""

    key: str
    quantity: Quantity
    value: float
    metric: bool

    @property
    def unit(self) -> str:
        """Unit of the value."""
        area = self.quantity in {Quantity.AREA, Quantity.TOTAL_AREA}
        return ("mm" if self.metric else "px") + ("²" if area else "")


_KEYS: Final = {
    Quantity.LENGTH: ("max_length_mm", "max_length_px"),
    Quantity.WIDTH: ("max_width_mm", "max_width_px"),
    Quantity.AREA: ("max_area_mm2", "max_area_px2"),
    Quantity.TOTAL_AREA: ("max_total_area_mm2", "max_total_area_px2"),
    Quantity.DISTANCE: ("min_distance_mm", "min_distance_px"),
}
"""The keys of each quantity, in millimetres and in pixels."""


class RuleTable(StrictModel):
    """[[rule]]: what the defects of a class, a zone, a view must keep to; what is left out means any.

    `doubt` is the share of each size below its limit (above, for the distance) in which a person decides.
    """

    name: ClassName | None = None
    class_name: Annotated[ClassName | None, Field(alias="class")] = None
    zone: ClassName | None = None
    view: Name | None = None
    min_score: float | None = None
    max_count: Annotated[int, Field(ge=0)] | None = None
    max_length_mm: Positive | None = None
    max_length_px: Positive | None = None
    max_width_mm: Positive | None = None
    max_width_px: Positive | None = None
    max_area_mm2: Positive | None = None
    max_area_px2: Positive | None = None
    max_total_area_mm2: Positive | None = None
    max_total_area_px2: Positive | None = None
    min_distance_mm: Positive | None = None
    min_distance_px: Positive | None = None
    severity: Severity | None = None
    doubt: Annotated[float, Field(ge=0, lt=1)] = 0.0

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        for metric, plain in _KEYS.values():
            if getattr(self, metric) is not None and getattr(self, plain) is not None:
                raise KeyProblemError((plain,), f"{metric} says it already; keep one of them")
        if self.max_count is None and not self.limits:
            raise KeyProblemError((), "a rule needs a limit, such as max_length_mm or max_count; add one")
        if self.doubt and not self.limits:
            raise KeyProblemError(("doubt",), "counts are never in doubt, only sizes are; remove it")
        return self

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limits of sizes, in the order of the file's keys."""
        return tuple(
            Limit(key, quantity, value, metric)
            for quantity, keys in _KEYS.items()
            for key, metric in zip(keys, (True, False), strict=True)
            if (value := getattr(self, key)) is not None
        )


class ZoneTable(StrictModel):
    """[[zone]]: a part of a view's picture; what lies wholly within an ignore zone is not judged.

    `polygon` is in pixels of the picture, (0, 0) the centre of the top left one.
    """

    name: ClassName
    view: Name
    polygon: Annotated[tuple[tuple[Coordinate, Coordinate], ...], Field(min_length=3, max_length=1000)]
    ignore: bool = False

    @model_validator(mode="after")
    def _is_an_area(self) -> Self:
        if not is_plain(self.shape):
            raise KeyProblemError(("polygon",), "its lines cross, or it has no area; give the corners in their order")
        return self

    @cached_property
    def shape(self) -> Polygon:
        """The polygon as a shape."""
        return Polygon(frozen_points(self.polygon))
