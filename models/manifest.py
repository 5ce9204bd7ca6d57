"""What stands beside every model file: what it is, what it expects, what its scores mean and what it learned from.

A model that the station learned has a `Manifest`, one that came from elsewhere a `ForeignManifest`, which alone says how it
was `understood`.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from models.errors import ModelError
from models.files import read_bounded
from models.heads import HEADS, SEMANTIC, Head, Task, outputs_read

MODEL_FILE = "model.onnx"
MANIFEST_FILE = "manifest.json"
REFERENCE_FILE = "reference.png"
MAX_MANIFEST_BYTES = 4 << 20
MAX_CLASSES = 10_000
DEPLOY_ANOTHER = "deploy another version of the model"


def _utc(time: datetime) -> datetime:
    offset = time.utcoffset()
    if offset is None or offset.total_seconds() != 0:
        raise ValueError("must be a time in UTC, with its zone")
    return time


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Uid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Version = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}$")]
FileName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}\.[a-z]{2,5}$")]
Side = Annotated[int, Field(ge=1, le=32768)]
Share = Annotated[float, Field(ge=0, le=1)]
PositiveFloat = Annotated[float, Field(gt=0)]
UtcTime = Annotated[datetime, AfterValidator(_utc)]


Fit = Literal["letterbox", "corner", "stretch", "crop"]
Shrink = Literal["smooth", "linear", "smooth-fine", "linear-fine"]


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


class _Limits(_Part):
    low: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low ({self.low}) must not be above high ({self.high})")
        return self


class Thresholds(_Limits):
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

    interval: tuple[float, float]
    confidence: Annotated[float, Field(gt=0, lt=1)]
    parts: Annotated[int, Field(ge=1)]
    outline: float | None = None

    @model_validator(mode="after")
    def _interval_ordered(self) -> Self:
        if self.interval[0] > self.interval[1]:
            raise ValueError("the interval must not end before it begins")
        return self


class LabelledPicture(_Part):
    """One picture that a model learned from, and who says what it shows.

    Attributes
    ----------
    sha256
        Of the picture's file in the journal's store.
    part
        uid of the part; None for a picture that was taken to be taught.
    label, label_number
        What it shows, and the number of that label: a picture that is labelled anew gets another one. 0 out of a dataset,
        which lists what was said when it was frozen.
    source
        In which capacity the label was given: "operator", "qa", "annotation" or "taught"; "dataset" where one lists it.
    annotation
        uid of the newest outline revision of the view when the model was learned, or the dataset frozen, if there was one.
    """

    sha256: Sha256
    part: Uid | None
    label: str
    label_number: int
    source: str
    annotation: Uid | None


class DatasetVersion(_Part):
    """A frozen dataset; `version` is the SHA-256 of its list, and `split` what of it was learned from."""

    name: Name
    version: Sha256
    split: str


class Lineage(_Part):
    """Which labels of the journal a model was learned from.

    Attributes
    ----------
    dataset
        The version whose train split it was; None where it was learned from the journal's labels as they were.
    labels
        How many labelled pictures of each label the view had at that time, within what was asked for.
    left_out
        Why labelled good pictures were not used → how many.
    """

    recipe: str
    view: str
    labels: dict[str, int]
    left_out: dict[str, int]
    pictures: tuple[LabelledPicture, ...]
    dataset: DatasetVersion | None = None


class LearnedFrom(_Part):
    """What made the model, so that it can be made again; `lineage` where it was learned from the journal's labels."""

    images: tuple[Sha256, ...]
    parts: Annotated[int, Field(ge=1)]
    seed: int
    code_version: str
    lineage: Lineage | None = None


class Quantized(_Part):
    """What a model in 8 bits was made of, and how far from it it is: `models.int8.Agreement`, over `compared` pictures."""

    of_version: Version
    of_sha256: Sha256
    calibrated: Annotated[int, Field(ge=1)]
    compared: Annotated[int, Field(ge=1)]
    changed: Annotated[int, Field(ge=0)]
    largest: Annotated[float, Field(ge=0)]
    before_ms: PositiveFloat
    after_ms: PositiveFloat


class _Described(_Part):
    """What every manifest says; `quantized` of a model in 8 bits."""

    name: Name
    version: Version
    created: UtcTime
    model_sha256: Sha256
    quantized: Quantized | None = None

    def to_json(self) -> bytes:
        """Return the manifest as it stands on disk."""
        return self.model_dump_json(indent=2).encode() + b"\n"


class Manifest(_Described):
    """Everything a predictor needs beside the model file.

    Attributes
    ----------
    scale
        Input pixels per source pixel; the input shows the reference frame from its top-left corner on.
    cross_validation
        Head name → figure name → value, for each head that was tried.
    min_defect_area_px
        In square source pixels; smaller places in the heat map are not outlined.
    files
        What else stands beside the model, by file name → SHA-256: its card, see `models.card`.
    """

    task: Literal["anomaly"] = "anomaly"
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
    files: dict[FileName, Sha256] = {}

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of a model version that the station learned.

        Raises
        ------
        ModelError
            If it is missing or wrong; names the file and the key.
        """
        return _read(folder, cls.model_validate_json)


class ForeignInput(_Part):
    """How a picture becomes the one input of a model from elsewhere.

    Attributes
    ----------
    name
        Of the input in the ONNX file.
    size_name
        Of a second input, which is told (width, height) of the picture; None where there is none.
    layout, dtype
        Of the tensor, whose batch is 1.
    bits
        8, or 16 for a model that is to see all of a camera's deeper pictures; its values are the same then, with fractions.
    fit
        "letterbox" keeps the proportions and fills the rest with `pad`, "corner" likewise with the picture at the left top;
        "stretch" does not keep them; "crop" keeps them, fills the input and leaves the ends of the longer side out.
    shrink
        How a picture is resized: "smooth" as Pillow does, "linear" as OpenCV does, and "-fine" where values keep their fractions,
        which a float32 model then sees; where None smooth but for a letterbox.
    scale, mean, std
        A value v becomes (v * scale - mean) / std, channel by channel in the order of `colour`.
    """

    name: str
    size_name: str | None = None
    width: Side
    height: Side
    layout: Literal["NCHW", "NHWC"] = "NCHW"
    dtype: Literal["float32", "uint8"] = "float32"
    bits: Literal[8, 16] = 8
    colour: Literal["RGB", "BGR"] = "RGB"
    fit: Fit = "letterbox"
    shrink: Shrink | None = None
    pad: Annotated[int, Field(ge=0, le=255)] = 114
    scale: Annotated[float, Field(gt=0)] = 1 / 255
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[PositiveFloat, PositiveFloat, PositiveFloat] = (1.0, 1.0, 1.0)

    @model_validator(mode="after")
    def _fractions_need_float(self) -> Self:
        if self.bits != 8 and self.dtype != "float32":
            raise ValueError("bits = 16 needs a model with a float32 input; leave `bits` out for one that takes uint8")
        return self

    @property
    def smooth(self) -> bool:
        """Whether a picture is smoothed when it is made smaller."""
        return self.shrink.startswith("smooth") if self.shrink else self.fit in {"stretch", "crop"}

    @property
    def fine(self) -> bool:
        """Whether the values of a picture that is resized keep their fractions."""
        return self.dtype == "float32" and self.shrink is not None and self.shrink.endswith("fine")


class TilesSpec(_Part):
    """How a large picture is cut into square tiles, each judged by itself; neighbours share at least `overlap_px`."""

    size_px: Annotated[int, Field(ge=16, le=32768)]
    overlap_px: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _overlap_is_a_part(self) -> Self:
        if 2 * self.overlap_px > self.size_px:
            raise ValueError(f"overlap_px ({self.overlap_px}) must be at most half of size_px ({self.size_px})")
        return self


class AnomalyScale(_Part):
    """How an anomaly model's values become scores of 0 to 1: (v - threshold) / normalization_scale + 0.5, cut to that range."""

    image_threshold: float
    pixel_threshold: float
    normalization_scale: PositiveFloat


class ForeignThresholds(_Limits):
    """Where good ends and bad begins, on the scale of 0 to 1 of the model's own scores.

    Attributes
    ----------
    low, high
        As in `Thresholds`.
    outline
        Defects below this score are not outlined; `low` where it is None.
    """

    low: Share = 0.25
    high: Share = 0.5
    outline: Share | None = None


class ForeignManifest(_Described):
    """Everything a predictor needs of a model that came from elsewhere.

    Attributes
    ----------
    head
        How its outputs are to be read; see `models.decoders`.
    outputs
        Names of the outputs that are read, in the order the head wants them.
    classes
        In the order of the model's own numbers.
    good
        Those of the classes that are no defect.
    nms_iou
        Boxes of one class that overlap by more (intersection over union) are one defect.
    tiles
        How a picture is cut before it is fitted into the input; None where the whole of it is.
    anomaly
        The scale of an anomaly model; None where it normalises its values by itself.
    understood
        Key → where its value comes from: "sidecar", "metadata", "shape" or "default".
    """

    task: Task
    head: Head
    input: ForeignInput
    outputs: Annotated[tuple[str, ...], Field(min_length=1, max_length=3)]
    classes: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_CLASSES)]
    good: tuple[str, ...] = ()
    thresholds: ForeignThresholds = ForeignThresholds()
    nms_iou: Share = 0.7
    tiles: TilesSpec | None = None
    anomaly: AnomalyScale | None = None
    registration: None = None
    understood: dict[str, str]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.head not in HEADS[self.task]:
            raise ValueError(
                f"head {self.head!r} is none of task {self.task!r}, which has {', '.join(HEADS[self.task])}"
            )
        if len(set(self.classes)) < len(self.classes):
            raise ValueError("two classes have the same name")
        if unknown := [name for name in self.good if name not in self.classes]:
            raise ValueError(f"good names {unknown[0]!r}, which is none of the classes")
        if set(self.good) == set(self.classes):
            raise ValueError("every class is good; at least one must be a defect")
        if self.tiles is not None and self.input.fit == "crop":
            raise ValueError("tiles need fit letterbox or stretch: crop leaves out the ends of a tile at the edge")
        whole = (
            self.task == "classification" or self.head in SEMANTIC
        )  # something is always said of all there is to see
        if whole and not self.good and not (self.head in SEMANTIC and len(self.classes) == 1):
            raise ValueError("none of the classes is good; name the class of good parts in the sidecar's `good`")
        if self.task == "anomaly" and (len(self.classes) > 1 or self.good):
            raise ValueError(
                "an anomaly model knows one class, which is no good one; name it in the sidecar's `classes`"
            )
        if self.anomaly is not None and self.task != "anomaly":
            raise ValueError(f"head {self.head!r} has no scale of an anomaly; leave image_threshold and its like out")
        if len(self.outputs) not in outputs_read(self.head):
            counts = " or ".join(map(str, outputs_read(self.head)))
            raise ValueError(
                f"head {self.head!r} reads {counts} outputs, not {len(self.outputs)}; name them in `outputs`"
            )
        return self

    @property
    def assumed(self) -> tuple[str, ...]:
        """Keys of what decides how pictures go in and answers come out, and what nobody said: neither sidecar nor exporter."""
        keys = ["head", "colour", "fit"]
        keys += ["scale", "mean", "std"] if self.input.dtype == "float32" else []
        keys += ["anomaly"] if self.task == "anomaly" else ["classes"]
        keys += ["good"] if self.good else []
        return tuple(key for key in keys if self.understood.get(key) in {"shape", "default"})


AnyManifest: TypeAlias = Manifest | ForeignManifest


def _kind(document: object) -> str:
    """Say which manifest a document is; one without a task is of the time when every model was learned."""
    if not isinstance(document, dict) or "understood" in document:
        return "foreign" if isinstance(document, dict) else "learned"
    return "learned" if document.get("task", "anomaly") == "anomaly" else "foreign"


_ANY: TypeAdapter[AnyManifest] = TypeAdapter(
    Annotated[Annotated[Manifest, Tag("learned")] | Annotated[ForeignManifest, Tag("foreign")], Discriminator(_kind)]
)


def read_manifest(folder: Path) -> AnyManifest:
    """Read the manifest of any model version.

    Raises
    ------
    ModelError
        If it is missing or wrong; names the file and the key.
    """
    return _read(folder, _ANY.validate_json)


Checked = TypeVar("Checked")


def _read(folder: Path, validate: Callable[[bytes], Checked]) -> Checked:
    path = folder / MANIFEST_FILE
    data = read_bounded(path, MAX_MANIFEST_BYTES, DEPLOY_ANOTHER)
    try:
        return validate(data)
    except ValidationError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: ValidationError) -> ModelError:
    wrong = "; ".join(f"{_key(one['loc'])}: {one['msg']}" for one in error.errors()[:5])
    return ModelError(f"{path}: {wrong}; learn the model again or deploy another version")


def _key(location: tuple[int | str, ...]) -> str:
    """Return where a mistake is; the tag of the kind of manifest, which the union puts first, is no key."""
    names = location[1:] if location[:1] in {("learned",), ("foreign",)} else location
    return ".".join(str(part) for part in names) or "the file"
