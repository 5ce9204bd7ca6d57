"""The one inference thread: frames in, predictions or faults out, models swapped between two frames."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt

from camera.frame import Frame, PixelFormat, Pixels
from camera.health import HealthWatch
from camera.pixels import to_16_bits, to_mono, to_rgb
from models.errors import ModelError, PictureError
from models.prediction import Prediction
from models.preprocess import Picture
from station.line.inspection import Fault, FaultCode
from station.line.lease import SharedLease
from station.line.part import ModelRef, PartEvent, Predicted, ViewFaulted
from station.line.turns import next_turn

log = logging.getLogger(__name__)

COST_DECAY = 0.9
"""How much of the dearest picture so far is remembered from run to run: what a picture may cost is not underrated."""

Post = Callable[[UUID, PartEvent], None]
"""Hands an event to the engine; safe from any thread."""


class Judge(Protocol):
    """What the inference thread needs of a model."""

    def predict(self, pixels: Picture) -> Prediction:
        """Judge one picture."""

    def predict_all(self, pictures: Sequence[Picture]) -> Sequence[Prediction | PictureError | ModelError]:
        """Judge several: each gets its prediction, or why it has none."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A warmed-up model and its name for the record.

    It judges `batch` pictures together at most, and sees so many `bits` of a value: 8, or 16 for all that a picture has.
    """

    judge: Judge
    ref: ModelRef
    batch: int = 1
    bits: int = 8


@dataclass(frozen=True, slots=True)
class _Job:
    uid: UUID
    view: str
    model_name: str
    lease: SharedLease
    deadline_ns: int


class Inference:
    """One thread that runs every model, so that two parts never compete for the cores.

    `health` looks at the pictures of each view, by the view's name, before a model is asked.
    """

    def __init__(
        self,
        post: Post,
        capacity: int,
        health: Mapping[str, HealthWatch],
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._monotonic_ns = monotonic_ns
        self._post = post
        self._health = health
        self._jobs: queue.Queue[_Job | None] = queue.Queue(maxsize=capacity + 1)
        self._waiting: list[_Job] = []
        self._models: Mapping[str, LoadedModel] = MappingProxyType({})
        self._cost_ns: dict[str, int] = {}
        self._thread = threading.Thread(target=self._run, name="inference", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the picture in hand and end; pictures still waiting are let go unjudged."""
        self._jobs.put(None)
        self._thread.join()

    def use(self, model: LoadedModel) -> None:
        """Judge by this model from the next picture on; it must be warm already."""
        self._models = MappingProxyType({**self._models, model.ref.name: model})

    def submit(self, uid: UUID, view: str, model_name: str, lease: SharedLease, deadline_ns: int) -> None:
        """Queue one picture; the engine never has more parts open than the queue holds.

        A picture whose deadline (monotonic clock) has passed when its turn comes is not judged: its part is rejected already,
        and working on it would make the next one late as well.
        """
        self._jobs.put_nowait(_Job(uid, view, model_name, lease, deadline_ns))

    def _run(self) -> None:
        while self._collect():
            self._take_turn(self._next())
        while not self._jobs.empty():
            if (late := self._jobs.get_nowait()) is not None:
                self._waiting.append(late)
        for job in self._waiting:
            job.lease.let_go()

    def _collect(self) -> bool:
        """Bring together what waits, at least one picture; False when the thread is to end."""
        while not (self._waiting and self._jobs.empty()):
            job = self._jobs.get()
            if job is None:
                return False
            self._waiting.append(job)
        return True

    def _next(self) -> list[_Job]:
        model = self._models.get(self._waiting[0].model_name)
        most = 1 if model is None else model.batch
        places = next_turn(self._waiting, self._monotonic_ns(), most, self._cost_ns)
        jobs = [self._waiting[place] for place in places]
        self._waiting = [job for place, job in enumerate(self._waiting) if place not in places]
        return jobs

    def _take_turn(self, jobs: Sequence[_Job]) -> None:
        """Judge pictures that wait for the same model, together if there are several."""
        try:
            events = self._judge(jobs)
        except Exception as error:
            # The top of a worker: whatever went wrong with one part must not end the thread that judges the next.
            log.exception("judging part %s failed", jobs[0].uid)
            events = [_broken(job, error) for job in jobs]
        finally:
            for job in jobs:
                job.lease.let_go()
        for job, event in zip(jobs, events, strict=True):
            self._post(job.uid, event)

    def _judge(self, jobs: Sequence[_Job]) -> list[PartEvent]:
        model = self._models.get(jobs[0].model_name)
        refused = [self._refused(job, model) for job in jobs]
        ready = [job for job, event in zip(jobs, refused, strict=True) if event is None]
        if model is None or not ready:
            return [event for event in refused if event is not None]
        begin_ns = self._monotonic_ns()
        answers = iter(_answers(model, [job.lease.frame for job in ready]))
        self._note_cost(jobs[0].model_name, (self._monotonic_ns() - begin_ns) // len(ready))
        return [
            _event(job, model, next(answers)) if event is None else event
            for job, event in zip(jobs, refused, strict=True)
        ]

    def _note_cost(self, name: str, spent_ns: int) -> None:
        self._cost_ns[name] = max(spent_ns, int(COST_DECAY * self._cost_ns.get(name, 0)))

    def _refused(self, job: _Job, model: LoadedModel | None) -> ViewFaulted | None:
        """Return why a picture is not shown to the model, None if it is."""
        if self._monotonic_ns() > job.deadline_ns:
            text = f"View {job.view}: its turn came after the part's deadline. This part is rejected."
            return ViewFaulted(job.view, Fault(FaultCode.TIMEOUT, "model", text))
        if (complaint := self._health[job.view].complaint(job.lease.frame)) is not None:
            text = f"View {job.view}: the picture is {complaint}. This part is rejected."
            return ViewFaulted(job.view, Fault(FaultCode.PICTURE, job.lease.frame.camera, text))
        if model is None:
            text = f"There is no model {job.model_name!r}. This part is rejected. Learn or deploy one."
            return ViewFaulted(job.view, Fault(FaultCode.MODEL, "model", text))
        return None


def _answers(model: LoadedModel, frames: Sequence[Frame]) -> Sequence[Prediction | PictureError | ModelError]:
    if len(frames) > 1:
        return model.judge.predict_all([model_pixels(frame, model.bits) for frame in frames])
    try:
        return [model.judge.predict(model_pixels(frames[0], model.bits))]
    except (PictureError, ModelError) as error:
        return [error]


def _event(job: _Job, model: LoadedModel, answer: Prediction | PictureError | ModelError) -> PartEvent:
    """Return what a model's answer, or its lack, means for the part."""
    if isinstance(answer, PictureError):
        text = f"View {job.view}: {answer}. This part is rejected."
        return ViewFaulted(job.view, Fault(FaultCode.PICTURE, job.lease.frame.camera, text))
    if isinstance(answer, ModelError):
        text = f"Model {job.model_name}: {answer}. This part is rejected."
        return ViewFaulted(job.view, Fault(FaultCode.MODEL, "model", text))
    return Predicted(job.view, answer, model.ref)


def _broken(job: _Job, error: Exception) -> ViewFaulted:
    text = f"Judging view {job.view} failed ({error}). This part is rejected; see the log."
    return ViewFaulted(job.view, Fault(FaultCode.INTERNAL, "model", text))


def model_pixels(frame: Frame, bits: int) -> Picture:
    """Return a frame as a model takes it: (H, W) for mono, (H, W, 3) RGB for everything else; of 16 bits where it takes them."""
    return in_full(frame.pixels, frame.pixel_format, bits)


def in_full(pixels: Pixels, pixel_format: PixelFormat, bits: int) -> Picture:
    """Return the pixels of a frame, or of its stored picture, for a model that takes so many bits."""
    if bits > 8 and pixel_format.bits > 8:
        return to_16_bits(pixels, pixel_format)
    return as_model_takes(pixels, pixel_format)


def as_model_takes(pixels: Pixels, pixel_format: PixelFormat) -> npt.NDArray[np.uint8]:
    """Return the pixels of a frame, or of its stored picture, with 8 bits: (H, W) for mono, (H, W, 3) RGB for all else."""
    if pixels.ndim == 2 and not pixel_format.bayer:
        return to_mono(pixels, pixel_format)
    return to_rgb(pixels, pixel_format)
