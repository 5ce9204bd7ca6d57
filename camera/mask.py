"""Privacy masks: fixed areas of a camera's pictures that its worker fills with grey, see `camera.burner`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from camera.device import FeatureValue

Corners = tuple[tuple[float, float], ...]

MOVING: Final = (
    "Width",
    "Height",
    "OffsetX",
    "OffsetY",
    "BinningHorizontal",
    "BinningVertical",
    "DecimationHorizontal",
    "DecimationVertical",
    "ReverseX",
    "ReverseY",
    "UserSetSelector",
    "UserSetLoad",
)
"""SFNC features that move what the picture shows under a mask that stays where it is."""


@dataclass(frozen=True, slots=True)
class Mask:
    """One area; `polygon` in pixels of the picture, (0, 0) the centre of the top left one."""

    name: str
    polygon: Corners


def moved_by(features: Mapping[str, FeatureValue]) -> str | None:
    """Return the first of the features that would move the picture under its masks; None where none does."""
    return next((name for name in MOVING if name in features), None)
