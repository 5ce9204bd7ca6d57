"""What the station knows of one part: trigger, views, verdict. Frozen once made; a correction is a new verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import numpy as np
import numpy.typing as npt

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


@dataclass(frozen=True, slots=True)
class ScoreLimits:
    """The thresholds a model came with, and the score from which it outlines defects, where that is known."""

    low: float
    high: float
    outlined_from: float | None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One picture of the part and what the model said of it; without a picture there is a fault.

    `truth` is what a simulated camera knows of the part (JSON); no model and no rule ever sees it. `heat_map` has shape
    (h, w) float32 on the scale of `score` and covers the picture; the journal gives it back to half a step of 255 or more.
    `limits` are those of the model, None where they are not on record; `defects_left_out` were found beside `defects`.
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
    heat_map: npt.NDArray[np.float32] | None = None
    limits: ScoreLimits | None = None
    defects_left_out: int = 0


class FindingKind(StrEnum):
    """What a finding speaks of."""

    SCORE = "score"
    """The view's score beside a threshold."""
    COUNT = "count"
    LENGTH = "length"
    WIDTH = "width"
    AREA = "area"
    TOTAL_AREA = "total-area"
    DISTANCE = "distance"
    """Between the two defects that are nearest to each other."""
    NOT_ACCEPTED = "not-accepted"
    """A defect that no rule accepts, where the rules decide."""
    ACCEPTED = "accepted"
    """Every defect is accepted by a rule, where the rules decide."""
    IGNORED = "ignored"
    """An ignore zone left something out."""
    NOT_MEASURED = "not-measured"
    """Something could not be held against a limit."""
    FAULT = "fault"
    UNUSABLE = "unusable"
    """Model, recipe or pictures are not as they must be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason of a verdict.

    Attributes
    ----------
    verdict
        What it alone makes of the part.
    text
        The reason as a sentence.
    class_name, zone
        Of the defects it is about; empty for any.
    rule
        Key of the recipe that it comes from, or the name of its [[rule]].
    measured, limit, unit
        What was held against what; `unit` is "mm", "mm²", "px", "px²" or empty for scores and counts.
    uncertainty
        Expanded uncertainty of `measured` in its unit, coverage 2; None where it is not known.
    severity
        As the recipe has it; empty without.
    place_px
        x and y in the picture.
    """

    view: str
    kind: FindingKind
    verdict: VerdictKind
    text: str
    class_name: str = ""
    zone: str = ""
    rule: str = ""
    measured: float | None = None
    limit: float | None = None
    unit: str = ""
    uncertainty: float | None = None
    severity: str = ""
    place_px: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement with its author; later ones supersede earlier ones, none is rewritten.

    `author` is the person's name for operator and QA, empty for rules. `findings` are the rules' reasons, of every view.
    """

    kind: VerdictKind
    by: Author
    reason: str
    time: datetime
    author: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """The whole part, as the journal keeps it."""

    trigger: Trigger
    recipe: RecipeRef
    views: tuple[View, ...]
    verdict: Verdict
    cycle_ms: int
