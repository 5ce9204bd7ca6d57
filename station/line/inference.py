"""The one inference thread: frames in, predictions or faults out, models swapped between two frames."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt

from camera.frame import Frame, PixelFormat, Pixels
from camera.health import HealthWatch
from camera.pixels import to_mono, to_rgb
from models.errors import ModelError, PictureError
from models.prediction import Prediction
from station.line.inspection import Fault, FaultCode
from station.line.lease import SharedLease
from station.line.part import ModelRef, PartEvent, Predicted, ViewFaulted

log = logging.getLogger(__name__)

Post = Callable[[UUID, PartEvent], None]
"""Hands an event to the engine; safe from any thread."""


class Judge(Protocol):
    """What the inference thread needs of a model."""

    def predict(self, pixels: npt.NDArray[np.uint8]) -> Prediction:
        """Judge one picture."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A warmed-up model and its name for the record."""

    judge: Judge
    ref: ModelRef


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
        self._models: Mapping[str, LoadedModel] = MappingProxyType({})
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
        while (job := self._jobs.get()) is not None:
            try:
                event = self._judge(job)
            except Exception as error:
                # The top of a worker: whatever went wrong with one part must not end the thread that judges the next.
                log.exception("judging part %s failed", job.uid)
                text = f"Judging view {job.view} failed ({error}). This part is rejected; see the log."
                event = ViewFaulted(job.view, Fault(FaultCode.INTERNAL, "model", text))
            finally:
                job.lease.let_go()
            self._post(job.uid, event)
        while not self._jobs.empty():
            if (waiting := self._jobs.get_nowait()) is not None:
                waiting.lease.let_go()

    def _judge(self, job: _Job) -> PartEvent:
        if self._monotonic_ns() > job.deadline_ns:
            text = f"View {job.view}: its turn came after the part's deadline. This part is rejected."
            return ViewFaulted(job.view, Fault(FaultCode.TIMEOUT, "model", text))
        if (complaint := self._health[job.view].complaint(job.lease.frame)) is not None:
            text = f"View {job.view}: the picture is {complaint}. This part is rejected."
            return ViewFaulted(job.view, Fault(FaultCode.PICTURE, job.lease.frame.camera, text))
        model = self._models.get(job.model_name)
        if model is None:
            text = f"There is no model {job.model_name!r}. This part is rejected. Learn or deploy one."
            return ViewFaulted(job.view, Fault(FaultCode.MODEL, "model", text))
        try:
            return Predicted(job.view, model.judge.predict(model_pixels(job.lease.frame)), model.ref)
        except PictureError as error:
            text = f"View {job.view}: {error}. This part is rejected."
            return ViewFaulted(job.view, Fault(FaultCode.PICTURE, job.lease.frame.camera, text))
        except ModelError as error:
            text = f"Model {job.model_name}: {error}. This part is rejected."
            return ViewFaulted(job.view, Fault(FaultCode.MODEL, "model", text))


def model_pixels(frame: Frame) -> npt.NDArray[np.uint8]:
    """Return a frame as a model takes it: (H, W) for mono, (H, W, 3) RGB for everything else, uint8."""
    return as_model_takes(frame.pixels, frame.pixel_format)


def as_model_takes(pixels: Pixels, pixel_format: PixelFormat) -> npt.NDArray[np.uint8]:
    """Return the pixels of a frame, or of its stored picture, as `model_pixels` does."""
    if pixels.ndim == 2 and not pixel_format.bayer:
        return to_mono(pixels, pixel_format)
    return to_rgb(pixels, pixel_format)
