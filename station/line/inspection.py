"""What the station knows of one part: trigger, views, verdict. Frozen once made; a correction is a new verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.prediction import Defect


class VerdictKind(StrEnum):
    """OPC 40001-101 ResultEvaluationEnum, in the words of the floor."""

    OK = "OK"
    NG = "NG"
    NOT_DECIDABLE = "NOT_DECIDABLE"


class Author(StrEnum):
    """Who gave a verdict."""

    RULES = "rules"
    OPERATOR = "operator"
    QA = "qa"


class FaultCode(StrEnum):
    """What kept a part from being judged."""

    CAMERA = "camera"
    PICTURE = "picture"
    MODEL = "model"
    STORAGE = "storage"
    TIMEOUT = "timeout"
    OVERRUN = "overrun"
    RECIPE = "recipe"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something failed; `text` says what happened, what it means for the part and what to do."""

    code: FaultCode
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """The start of a part. `uid` is a UUIDv7 and the ResultId everywhere."""

    uid: UUID
    inspection_id: int
    acquisition_id: int
    part_seq: int
    part_id: str
    encoder: int
    time: datetime
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class RecipeRef:
    """The recipe a part was judged by, exactly."""

    name: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BlobRef:
    """A file in the blob store, named by the SHA-256 of its bytes."""

    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One picture of the part and what the model said of it; without a picture there is a fault.

    `truth` is what a simulated camera knows of the part (JSON); no model and no rule ever sees it.
    """

    name: str
    camera: str
    frame_id: int | None = None
    width: int = 0
    height: int = 0
    pixel_format: str = ""
    image: BlobRef | None = None
    preview: BlobRef | None = None
    model_name: str = ""
    model_version: str = ""
    model_sha256: str = ""
    score: float | None = None
    defects: tuple[Defect, ...] = ()
    fault: Fault | None = None
    chunk: Mapping[str, str] = field(default_factory=dict)
    truth: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement with its author; later ones supersede earlier ones, none is rewritten.

    `author` is the person's name for operator and QA, empty for rules.
    """

    kind: VerdictKind
    by: Author
    reason: str
    time: datetime
    author: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """The whole part, as the journal keeps it."""

    trigger: Trigger
    recipe: RecipeRef
    views: tuple[View, ...]
    verdict: Verdict
    cycle_ms: int
