"""Golden samples: which good part stands for its recipe, and how its picture is laid over another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import numpy.typing as npt
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from models.errors import PictureError
from models.registration import Reference
from station.journal.disk import make_directory, write_durably
from station.journal.errors import StorageError
from station.journal.records import PartSummary
from station.line.inspection import Author, VerdictKind

Bytes = npt.NDArray[np.uint8]

FILE = Path("desk", "golden.json")
LOOKED_AT = 500
"""So many of the newest good parts are looked at for one that can stand for all."""
_LONGEST_PX = 1024
_LEAST_RESPONSE = 0.1
"""Peak of the phase correlation below which two pictures have nothing to do with each other."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Chosen(_Frozen):
    """An engineer's choice for one view of a recipe."""

    recipe: str
    view: str
    uid: UUID
    by: str
    time: AwareDatetime


class _Choices(_Frozen):
    version: int = 1
    chosen: tuple[Chosen, ...] = Field(default=())


class GoldenError(Exception):
    """The choices cannot be read or written; the text says what to do."""


class GoldenChoices:
    """The choices of engineers, in one small file of the data folder."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE

    def chosen(self, recipe: str, view: str) -> Chosen | None:
        """Return the choice for a view of a recipe.

        Raises
        ------
        GoldenError
            If the file is there and cannot be read.
        """
        return next((choice for choice in self._read().chosen if (choice.recipe, choice.view) == (recipe, view)), None)

    def choose(self, choice: Chosen) -> None:
        """Make a choice, in the place of the one before; on disk when this returns.

        Raises
        ------
        GoldenError
            If the file cannot be read or written.
        """
        others = (kept for kept in self._read().chosen if (kept.recipe, kept.view) != (choice.recipe, choice.view))
        text = _Choices(chosen=(*others, choice)).model_dump_json(indent=1)
        try:
            make_directory(self._path.parent)
            write_durably(self._path, text.encode(), attempt="keep the golden sample")
        except StorageError as error:
            raise GoldenError(str(error)) from error

    def _read(self) -> _Choices:
        try:
            return _Choices.model_validate_json(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return _Choices()
        except OSError as error:
            raise GoldenError(f"{self._path}: cannot be read ({error.strerror}); give the right to read it") from error
        except ValueError as error:  # what pydantic and the decoding of UTF-8 raise
            text = f"{self._path}: holds no golden samples; delete the file and choose them again"
            raise GoldenError(text) from error


def stand_in(parts: Iterable[PartSummary], recipe: str, besides: UUID) -> UUID | None:
    """Choose where no engineer has: the newest part a person called OK, else the one with the lowest score.

    Parameters
    ----------
    parts
        Newest first.
    recipe
        Parts of other recipes are passed over.
    besides
        The part that is compared; it does not stand for itself.
    """
    good = [part for part in parts if part.recipe == recipe and part.verdict is VerdictKind.OK and part.uid != besides]
    for part in good:
        if part.by is not Author.RULES:
            return part.uid
    scored = [part for part in good if part.score is not None]
    return min(scored, key=lambda part: part.score or 0.0).uid if scored else None


class Fit(Enum):
    """How a golden picture was laid over the part's."""

    REGISTERED = auto()
    """Shifted and turned, to a fraction of a pixel."""
    SHIFTED = auto()
    """Shifted only: the part could not be found as such."""
    AS_IT_IS = auto()
    """Neither; both pictures as the camera took them."""


@dataclass(frozen=True, slots=True, eq=False)
class InPlace:
    """A golden picture in the part's place, shape as the part's picture, and how it came there."""

    pixels: Bytes
    fit: Fit


def lay_over(golden: Bytes, part: Bytes) -> InPlace:
    """Move the golden picture so that it lies where the part lies.

    Parameters
    ----------
    golden, part
        Shape (H, W) or (H, W, 3) RGB uint8; of another size than the part's, the golden picture is first resized.
    """
    height, width = part.shape[:2]
    if golden.shape[:2] != (height, width):
        golden = np.asarray(cv2.resize(golden, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    try:
        part_to_golden = Reference.from_image(golden).locate(part).matrix
    except PictureError:
        return _shifted(golden, part)
    return InPlace(_moved(golden, part_to_golden), Fit.REGISTERED)


def _shifted(golden: Bytes, part: Bytes) -> InPlace:
    """Lay over by phase correlation of the pictures, reduced to about 1000 pixels."""
    scale = min(1.0, _LONGEST_PX / max(part.shape[:2]))
    small = [_grey(pixels, scale) for pixels in (golden, part)]
    if min(small[0].shape) < 8:
        return InPlace(golden, Fit.AS_IT_IS)
    window = cv2.createHanningWindow(small[0].shape[::-1], cv2.CV_32F)
    (x, y), response = cv2.phaseCorrelate(small[0], small[1], window)
    if not response >= _LEAST_RESPONSE:
        return InPlace(golden, Fit.AS_IT_IS)
    to_golden = np.array([[1.0, 0.0, -x / scale], [0.0, 1.0, -y / scale]])
    return InPlace(_moved(golden, to_golden), Fit.SHIFTED)


def _grey(pixels: Bytes, scale: float) -> npt.NDArray[np.float32]:
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _moved(golden: Bytes, to_golden: npt.NDArray[np.float64]) -> Bytes:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = golden.shape[1], golden.shape[0]
    moved = cv2.warpAffine(golden, to_golden, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=(0, 0, 0))
    return np.asarray(moved, dtype=np.uint8)
