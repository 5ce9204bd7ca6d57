"""What a person says about one picture: the human side of a prediction. Frozen; an edit makes a new one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from labeling.shapes import Shape

_MODEL: Final = "model:"
"""How the name of an author begins that is a model; no person has a name like this."""


class Source(StrEnum):
    """Where a label came from."""

    PERSON = "person"
    MODEL = "model"
    """The model's outline, accepted as it is by a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """One shape with its class, in source-image pixels; `score` is the model's where it came from one."""

    uid: UUID
    class_name: str
    shape: Shape
    source: Source = Source.PERSON
    score: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """All labels of one view of a part, by one author.

    Attributes
    ----------
    uid
        The revision: new with each annotation that is stored.
    parent
        The revision it was made from; None where it began with the model's outlines or with nothing.
    size
        Width and height of the picture in pixels.
    tags
        Classes of the whole picture.
    complete
        Whether the author said that all defects are labelled; otherwise what is not labelled means nothing.
    """

    uid: UUID
    parent: UUID | None
    author: str
    time: datetime
    size: tuple[int, int]
    labels: tuple[Label, ...] = ()
    tags: tuple[str, ...] = ()
    complete: bool = True

    @property
    def proposed(self) -> bool:
        """Whether a model wrote it and no person has accepted it yet: it says nothing of the part, it only asks."""
        return is_model(self.author)


def model_author(name: str, version: str) -> str:
    """Return the author of what a version of a model proposes."""
    return f"{_MODEL}{name}@{version}"


def is_model(author: str) -> bool:
    """Whether the name of an author is that of a model."""
    return author.startswith(_MODEL)
