"""What the canvas is given to draw, and in which colours."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum

from labeling.shapes import Shape


class OutlineStyle(Enum):
    """Whose outline it is; drawn by colour and by stroke, so that neither carries the meaning alone."""

    MODEL = "model"
    """Dashed."""
    PERSON = "person"
    """Solid."""
    SELECTED = "selected"
    """Solid and wider, with handles."""
    REVIEW = "review"
    """Dotted: another person's, to be looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """One shape on the picture, in image pixels.

    Attributes
    ----------
    uid
        What the canvas calls it by when it is tapped or changed.
    caption
        Text beside it, such as "scratch 0.31 mm"; empty for none.
    filled
        Whether its inside is tinted.
    """

    uid: Hashable
    shape: Shape
    style: OutlineStyle
    caption: str = ""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class CanvasColours:
    """Colours as "#rrggbb"."""

    well: str = "#3b4043"
    """Around the picture, and where there is none."""
    halo: str = "#101214"
    """Under captions, the loupe and handles. The dark halo of outlines is black."""
    ink: str = "#ffffff"
    """Captions and zoom on the halo."""
    model: str = "#ffb300"
    person: str = "#35e0f5"
    selected: str = "#ffffff"
    review: str = "#e59bff"
    live: str = "#35e0f5"
    """What is being drawn."""

    def of(self, style: OutlineStyle) -> str:
        """Return the colour of a style."""
        return {
            OutlineStyle.MODEL: self.model,
            OutlineStyle.PERSON: self.person,
            OutlineStyle.SELECTED: self.selected,
            OutlineStyle.REVIEW: self.review,
        }[style]
