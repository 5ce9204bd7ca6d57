"""The life of one part, as a pure state machine: events in, a new frozen part out.

A part is *open* until every view is settled (predicted or faulted) and every picture that arrived is stored; then it is
judged once, recorded once, and published only after the record is durable::

    OPEN ──all settled, pictures stored──► (judge) ──► JUDGED ──durable──► RECORDED

The deadline settles every view that is still open with a fault, so a part always ends and never ends as OK by default.
Events that come too late change nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from models.prediction import Prediction
from station.line.inspection import (
    BlobRef,
    Fault,
    FaultCode,
    Inspection,
    RecipeRef,
    ScoreLimits,
    Trigger,
    Verdict,
    View,
)

SIMULATED_TRUTH = "truth"
"""Chunk name under which a simulated camera tells what it drew; it goes to the journal and nowhere else."""


class Phase(StrEnum):
    """Where a part stands."""

    OPEN = "open"
    JUDGED = "judged"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, eq=False)
class FrameFacts:
    """What is kept of a frame once its pixels are stored."""

    frame_id: int
    width: int
    height: int
    pixel_format: str
    chunk: Mapping[str, str]
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """The two files of one picture."""

    image: BlobRef
    preview: BlobRef


@dataclass(frozen=True, slots=True)
class ModelRef:
    """The model that judged a view."""

    name: str
    version: str
    sha256: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ViewProgress:
    """One view on its way."""

    name: str
    camera: str
    frame: FrameFacts | None = None
    prediction: Prediction | None = None
    model: ModelRef | None = None
    fault: Fault | None = None
    picture: StoredPicture | None = None
    picture_failed: bool = False

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the picture, None without one."""
        return None if self.frame is None else (self.frame.width, self.frame.height)

    @property
    def settled(self) -> bool:
        """Whether nothing more is awaited from camera and model."""
        return self.prediction is not None or self.fault is not None

    @property
    def stored(self) -> bool:
        """Whether the picture is on disk, or there is none to store."""
        return self.frame is None or self.picture is not None or self.picture_failed


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part in the station."""

    trigger: Trigger
    recipe: RecipeRef
    views: tuple[ViewProgress, ...]
    deadline_ns: int
    phase: Phase = Phase.OPEN
    verdict: Verdict | None = None

    @property
    def ready_to_judge(self) -> bool:
        """Whether every view is settled and every picture stored."""
        return self.phase is Phase.OPEN and all(view.settled and view.stored for view in self.views)


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """A whole frame of a view is in the ring."""

    view: str
    frame: FrameFacts


@dataclass(frozen=True, slots=True)
class ViewFaulted:
    """A view will have no prediction: no frame, or a model that failed."""

    view: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Predicted:
    """The model answered for a view."""

    view: str
    prediction: Prediction
    model: ModelRef


@dataclass(frozen=True, slots=True)
class PictureStored:
    """A view's picture is on disk."""

    view: str
    picture: StoredPicture


@dataclass(frozen=True, slots=True)
class PictureFailed:
    """A view's picture could not be stored; without its evidence the part cannot be OK."""

    view: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """The part's time is up."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The rules decided."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Recorded:
    """The part is durable."""


ViewEvent = FrameArrived | ViewFaulted | Predicted | PictureStored | PictureFailed
PartEvent = ViewEvent | DeadlinePassed | Judged | Recorded


def advance(part: Part, event: PartEvent) -> Part:
    """Return the part after the event; an event that does not fit its phase returns the part unchanged."""
    match event:
        case DeadlinePassed() if part.phase is Phase.OPEN:
            return replace(part, views=tuple(_expire(view) for view in part.views))
        case Judged(verdict) if part.ready_to_judge:
            return replace(part, phase=Phase.JUDGED, verdict=verdict)
        case Recorded() if part.phase is Phase.JUDGED:
            return replace(part, phase=Phase.RECORDED)
        case FrameArrived() | ViewFaulted() | Predicted() | PictureStored() | PictureFailed() if (
            part.phase is Phase.OPEN
        ):
            return replace(
                part,
                views=tuple(_advance_view(view, event) if view.name == event.view else view for view in part.views),
            )
        case _:
            return part


def _advance_view(view: ViewProgress, event: ViewEvent) -> ViewProgress:
    match event:
        case FrameArrived(frame=frame) if view.frame is None and not view.settled:
            return replace(view, frame=frame)
        case ViewFaulted(fault=fault) if not view.settled:
            return replace(view, fault=fault)
        case Predicted(prediction=prediction, model=model) if view.frame is not None and not view.settled:
            return replace(view, prediction=prediction, model=model)
        case PictureStored(picture=picture) if view.frame is not None and not view.stored:
            return replace(view, picture=picture)
        case PictureFailed(fault=fault) if view.frame is not None and not view.stored:
            return replace(view, picture_failed=True, fault=view.fault or fault)
        case _:
            return view


def _expire(view: ViewProgress) -> ViewProgress:
    if view.settled:
        return view
    awaited = "no picture" if view.frame is None else "no answer from the model"
    text = f"View {view.name}: {awaited} within the part's deadline. This part is rejected."
    return replace(view, fault=Fault(FaultCode.TIMEOUT, view.camera, text))


def to_inspection(part: Part, cycle_ms: int) -> Inspection:
    """Return the record of a judged part.

    Raises
    ------
    ValueError
        If the part has no verdict yet.
    """
    if part.verdict is None:
        raise ValueError(f"part {part.trigger.uid} has no verdict")
    return Inspection(
        trigger=part.trigger,
        recipe=part.recipe,
        views=tuple(_to_view(view) for view in part.views),
        verdict=part.verdict,
        cycle_ms=cycle_ms,
    )


def _to_view(view: ViewProgress) -> View:
    frame, prediction, model, picture = view.frame, view.prediction, view.model, view.picture
    chunk = dict(frame.chunk) if frame else {}
    truth = chunk.pop(SIMULATED_TRUTH, None)
    return View(
        name=view.name,
        camera=view.camera,
        frame_id=frame.frame_id if frame else None,
        width=frame.width if frame else 0,
        height=frame.height if frame else 0,
        pixel_format=frame.pixel_format if frame else "",
        image=picture.image if picture else None,
        preview=picture.preview if picture else None,
        model_name=model.name if model else "",
        model_version=model.version if model else "",
        model_sha256=model.sha256 if model else "",
        score=prediction.score if prediction else None,
        defects=prediction.defects if prediction else (),
        fault=view.fault,
        chunk=chunk,
        truth=truth,
        heat_map=prediction.heat_map if prediction else None,
        limits=ScoreLimits(prediction.low, prediction.high, prediction.outlined_from) if prediction else None,
        defects_left_out=prediction.defects_left_out if prediction else 0,
    )
