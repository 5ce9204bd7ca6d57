"""What stands beside every model file: what it is, what it expects, what its scores mean and what it learned from."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.errors import ModelError

MODEL_FILE = "model.onnx"
MANIFEST_FILE = "manifest.json"
REFERENCE_FILE = "reference.png"
MAX_MANIFEST_BYTES = 4 << 20


def _utc(time: datetime) -> datetime:
    offset = time.utcoffset()
    if offset is None or offset.total_seconds() != 0:
        raise ValueError("must be a time in UTC, with its zone")
    return time


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Version = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")]
Side = Annotated[int, Field(ge=1, le=32768)]
UtcTime = Annotated[datetime, AfterValidator(_utc)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class InputSpec(_Part):
    """The model's input: uint8 of shape (1, height, width, channels)."""

    width: Side
    height: Side
    channels: Literal[3] = 3
    colour: Literal["RGB"] = "RGB"


class SourceSpec(_Part):
    """Size of the pictures the model learned from, and the only size it judges."""

    width: Side
    height: Side


class RegistrationSpec(_Part):
    """How a part is brought into its reference pose; the limits are those of `models.registration.Limits`."""

    reference: Literal["reference.png"] = "reference.png"
    sha256: Sha256
    method: str
    max_shift_px: Annotated[float, Field(gt=0)]
    max_rotation_deg: Annotated[float, Field(gt=0, le=45)]
    min_quality: Annotated[float, Field(ge=0.1, le=1)]


class Thresholds(_Part):
    """Where good ends and bad begins on the scale of the score.

    Attributes
    ----------
    low, high
        Below `low` a picture is good, at `high` and above it is not, between them it is not decidable.
    interval
        Confidence interval of the limit of good parts, at `confidence`.
    parts
        How many good parts it rests on.
    outline
        Where defects are outlined in the heat map; `low` where it is None.
    """

    low: float
    high: float
    interval: tuple[float, float]
    confidence: Annotated[float, Field(gt=0, lt=1)]
    parts: Annotated[int, Field(ge=1)]
    outline: float | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low ({self.low}) must not be above high ({self.high})")
        if self.interval[0] > self.interval[1]:
            raise ValueError("the interval must not end before it begins")
        return self


class LearnedFrom(_Part):
    """What made the model, so that it can be made again."""

    images: tuple[Sha256, ...]
    parts: Annotated[int, Field(ge=1)]
    seed: int
    code_version: str


class Manifest(_Part):
    """Everything a predictor needs beside the model file.

    Attributes
    ----------
    scale
        Input pixels per source pixel; the input shows the reference frame from its top-left corner on.
    cross_validation
        Head name → figure name → value, for each head that was tried.
    min_defect_area_px
        In square source pixels; smaller places in the heat map are not outlined.
    """

    name: Name
    version: Version
    task: Literal["anomaly"] = "anomaly"
    created: UtcTime
    model_sha256: Sha256
    input: InputSpec
    source: SourceSpec
    scale: Annotated[float, Field(gt=0, le=8)]
    registration: RegistrationSpec | None
    classes: Annotated[tuple[str, ...], Field(min_length=1)] = ("anomaly",)
    thresholds: Thresholds
    head: str
    cross_validation: dict[str, dict[str, float]]
    learned_from: LearnedFrom
    min_defect_area_px: Annotated[float, Field(ge=0)]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of a model version.

        Raises
        ------
        ModelError
            If it is missing or wrong; names the file and the key.
        """
        path = folder / MANIFEST_FILE
        try:
            with path.open("rb") as file:
                data = file.read(MAX_MANIFEST_BYTES + 1)
        except OSError as error:
            raise ModelError(
                f"{path}: cannot be read ({error.strerror}); deploy another version of the model"
            ) from error
        if len(data) > MAX_MANIFEST_BYTES:
            raise ModelError(f"{path}: larger than {MAX_MANIFEST_BYTES} bytes, this is no manifest")
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            wrong = "; ".join(f"{_key(one['loc'])}: {one['msg']}" for one in error.errors()[:5])
            raise ModelError(f"{path}: {wrong}; learn the model again or deploy another version") from error

    def to_json(self) -> bytes:
        """Return the manifest as it stands on disk."""
        return self.model_dump_json(indent=2).encode() + b"\n"


def _key(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "the file"
