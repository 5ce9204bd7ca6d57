"""The engine: owns every part from its trigger to the PLC's registers.

It lives on one asyncio loop. Cameras, inference and recorder run in threads of their own and hand their events over with
`call_soon_threadsafe`; nothing here waits. A verdict is published only after the recorder said that the part is durable.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

from camera.calibration import Calibration
from camera.device import CameraInfo
from camera.events import CameraDown, CameraEvent, CameraUp, FrameAccount, FrameDelivered, FrameMissing
from camera.trigger_id import part_of, trigger_id, view_of
from plc.link import ErrorCode, OfflineReason, PlcLink, PlcResult, PlcTrigger, VerdictCode
from station.line.audience import Audience, Nobody
from station.line.clock import Clock
from station.line.hold import Held, Hold, Release
from station.line.inference import Inference
from station.line.inspection import Fault, FaultCode, Inspection, Trigger, Verdict, VerdictKind
from station.line.lease import SharedLease
from station.line.part import (
    DeadlinePassed,
    FrameArrived,
    FrameFacts,
    Judged,
    Part,
    PartEvent,
    Phase,
    Recorded,
    ViewFaulted,
    ViewProgress,
    advance,
    to_inspection,
)
from station.line.readiness import Readiness, error_code
from station.line.recipe import Recipe, RecipeView
from station.line.recorder import Recorder
from station.line.result import plc_result
from station.line.rules import NO_CALIBRATIONS, judge
from station.line.tally import Tally
from station.line.waiting import WaitingParts

log = logging.getLogger(__name__)

OWN_PART_SEQ = 0x8000_0000
"""Numbers from here on are those of parts that were triggered from a screen or a gateway."""
REMEMBERED = 10_000
"""Parts of which the engine knows what it told the PLC."""


class Camera(Protocol):
    """What the engine asks of a camera; `camera.client.CameraClient` is one."""

    def trigger(self, trigger_id: int) -> None:
        """Fire once; exactly one event answers."""

    def account(self) -> FrameAccount:
        """Return the counts so far."""

    @property
    def figures(self) -> Mapping[str, float]:
        """What device and link last told of themselves, where the camera is asked for it."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Bounds of the engine."""

    part_deadline_s: float
    capacity: int
    """Parts that may be open at once; a trigger beyond that is refused as an overrun."""


@dataclass(slots=True)
class _Open:
    """A part in hand, with its timer."""

    part: Part
    timer: asyncio.TimerHandle
    plc_waits: bool
    """False for a part that was triggered from here: the PLC never hears of it."""
    being_judged: bool = False


class Engine:
    """The coordinator. Every method but `on_camera`, `post_part` and those named `*_threadsafe` runs on the loop."""

    def __init__(
        self,
        recipe: Recipe,
        settings: EngineSettings,
        new_uid: Callable[[], UUID],
        clock: Clock,
        changed: Callable[[], None],
        calibrations: Mapping[str, Calibration] = NO_CALIBRATIONS,
    ) -> None:
        self.recipe = recipe
        self._calibrations = calibrations
        self.readiness = Readiness(frozenset({"model", "storage", *(view.camera for view in recipe.views)}))
        self.tally = Tally()
        self.devices: dict[str, CameraInfo] = {}  # what each camera said of itself when it came up
        self._shots = tuple((view.camera, _place_of(view.name, recipe.views)) for view in recipe.views)
        self._settings = settings
        self._new_uid = new_uid
        self._sequence = 0
        self._clock = clock
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._open: dict[UUID, _Open] = {}
        self._by_trigger: dict[int, UUID] = {}
        self._cameras: Mapping[str, Camera] = {}
        self._inference: Inference | None = None
        self._recorder: Recorder | None = None
        self._link: PlcLink | None = None
        self._audience: Audience = Nobody()
        hold = Hold(capacity=settings.capacity, wait_ns=recipe.operator.wait_ms * 1_000_000)
        self._waiting = WaitingParts(hold, clock, self._released)
        self._told: dict[UUID, VerdictCode] = {}

    def attach(
        self, cameras: Mapping[str, Camera], inference: Inference, recorder: Recorder, link: PlcLink | None
    ) -> None:
        """Join the engine to what it drives; to be called once, before the first trigger."""
        self._cameras, self._inference, self._recorder, self._link = cameras, inference, recorder, link
        self._refresh()

    def face(self, audience: Audience) -> None:
        """Have somebody look on."""
        self._audience = audience

    @property
    def held(self) -> tuple[Held, ...]:
        """Parts that wait for a person, the oldest first."""
        return self._waiting.held

    # The PLC's side -----------------------------------------------------------------------------------------------

    def on_trigger(self, trigger: PlcTrigger) -> bool:
        """Start a part; False when the station is offline or has its hands full."""
        if self.readiness.offline_reason is not OfflineReason.NONE:
            return False
        if len(self._open) >= self._settings.capacity:
            self._overrun(trigger)
            return False
        self._start(trigger, plc_waits=True)
        return True

    def on_acknowledged(self, inspection_id: int) -> None:
        """Count a result the PLC took."""
        self.tally.acknowledged += 1
        log.debug("PLC acknowledged inspection %d", inspection_id)

    def on_link(self, *, up: bool, text: str) -> None:
        """Note that the PLC came or went; parts go on, results wait in the link's buffer."""
        log.log(logging.INFO if up else logging.WARNING, "PLC %s: %s", "connected" if up else "lost", text)
        self.tally.plc_up = up
        if not up:
            self._set_error(ErrorCode.PLC)
        self._changed()

    # From other threads -------------------------------------------------------------------------------------------

    def on_camera(self, event: CameraEvent) -> None:
        """Take a camera's event, from its client's thread."""
        self._call(self._camera_event, event)

    def post_part(self, uid: UUID, event: PartEvent) -> None:
        """Take a part's event, from any thread."""
        self._call(self._part_event, uid, event)

    def recorded_threadsafe(self, inspection: Inspection) -> None:
        """Take the recorder's word that a part is durable."""
        self._call(self._recorded, inspection)

    def fault_threadsafe(self, fault: Fault) -> None:
        """Take a standing fault of a source."""
        self._call(self.stand, fault)

    def begin_at_threadsafe(self, sequence: int) -> None:
        """Take the number of the next part, from the journal: a restarted engine goes on where the last one ended."""
        self._call(setattr, self, "_sequence", sequence)

    def well_threadsafe(self, source: str) -> None:
        """Take the word that a source is well."""
        self._call(self.well, source)

    def _call(self, function: Callable[..., None], *args: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)

    # Standing state -----------------------------------------------------------------------------------------------

    def stand(self, fault: Fault) -> None:
        """Note a standing fault; the station takes no parts until its source is well. While stopping it means nothing."""
        if self.readiness.stopping:
            return
        if self.readiness.faults.get(fault.source) != fault:
            log.error("%s", fault.text)
        self.readiness = self.readiness.with_fault(fault)
        self._set_error(error_code(fault.code))
        self._refresh()

    def well(self, source: str) -> None:
        """Note that a source is up again."""
        if source in self.readiness.faults:
            log.info("%s is well again", source)
        self.readiness = self.readiness.well(source)
        self._refresh()

    def pause(self, reason: str | None, *, job_by_job: bool = False) -> None:
        """Take no parts until `pause(None)`, but those of jobs where that is allowed; those in hand go on."""
        if reason != self.readiness.paused:
            log.warning("the station is %s", "resumed" if reason is None else f"paused: {reason}")
        self.readiness = self.readiness.pause(reason, job_by_job=job_by_job)
        self._refresh()

    def stop(self) -> None:
        """Take no more parts; whoever waits for a person waits no longer."""
        self.readiness = self.readiness.stop()
        self._refresh()
        self._waiting.end()
        for held in self._open.values():
            held.timer.cancel()

    @property
    def idle(self) -> bool:
        """Whether no part is in hand."""
        return not self._open

    def frame_account(self) -> Mapping[str, FrameAccount]:
        """Return every camera's counts."""
        return {name: camera.account() for name, camera in self._cameras.items()}

    def camera_figures(self) -> Mapping[str, Mapping[str, float]]:
        """Return what each camera last told of itself, such as its temperature; those that told nothing are left out."""
        return {name: dict(camera.figures) for name, camera in self._cameras.items() if camera.figures}

    def _refresh(self) -> None:
        if self._link is not None:
            self._link.set_online(self.readiness.offline_reason)
        self._changed()

    def _set_error(self, code: ErrorCode) -> None:
        if self._link is not None:
            self._link.set_error(code)

    # A person's side ----------------------------------------------------------------------------------------------

    def trigger_here(self, part_id: str, *, job: bool = False) -> Trigger | None:
        """Start a part that no PLC asked for, and whose result no PLC gets; None when it cannot be taken.

        A `job` is a program's, such as a MES's that runs the line job by job (`Readiness.takes_jobs`).
        """
        takes = self.readiness.takes_jobs if job else self.readiness.offline_reason is OfflineReason.NONE
        if not takes or len(self._open) >= self._settings.capacity:
            return None
        part_seq = OWN_PART_SEQ + self._sequence % OWN_PART_SEQ
        return self._start(PlcTrigger(0, part_seq, 0, part_id, self._clock.monotonic_ns()), plc_waits=False)

    def decide(self, uid: UUID, kind: VerdictKind) -> bool:
        """Give the PLC a person's verdict that is durable; False when it was told, or gave the part up, before."""
        return self._waiting.decide(uid, kind) and self._link is not None

    def told(self, uid: UUID) -> VerdictCode | None:
        """Return what the PLC was told of a part, None where this engine told it nothing or that is long ago."""
        return self._told.get(uid)

    def _released(self, release: Release) -> None:
        self._publish(release.uid, release.result)
        if not release.decided:
            self._audience.hold_ended(release.uid, release.result.part_seq)
        self._changed()

    def _publish(self, uid: UUID, result: PlcResult) -> None:
        if self._link is None:
            return
        self._link.publish(result)
        self._told[uid] = result.verdict
        if len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]

    # Parts --------------------------------------------------------------------------------------------------------

    def _overrun(self, trigger: PlcTrigger) -> None:
        self.tally.refused += 1
        log.warning(
            "trigger for part %d refused: %d parts are still open. It is not inspected, so the PLC rejects it.",
            trigger.part_seq,
            len(self._open),
        )
        self._changed()

    def _start(self, wanted: PlcTrigger, *, plc_waits: bool) -> Trigger:
        sequence = self._sequence
        self._sequence += 1
        trigger = Trigger(
            uid=self._new_uid(),
            inspection_id=sequence,
            acquisition_id=wanted.acquisition_id,
            part_seq=wanted.part_seq,
            part_id=wanted.serial,
            encoder=wanted.encoder,
            time=self._clock.now(),
            monotonic_ns=wanted.monotonic_ns,
        )
        deadline_s = self._settings.part_deadline_s
        part = Part(
            trigger=trigger,
            recipe=self.recipe.ref,
            views=tuple(ViewProgress(view.name, view.camera) for view in self.recipe.views),
            deadline_ns=wanted.monotonic_ns + int(deadline_s * 1e9),
        )
        timer = self._loop.call_later(deadline_s, self._part_event, trigger.uid, DeadlinePassed())
        self._open[trigger.uid] = _Open(part, timer, plc_waits)
        self._by_trigger[sequence] = trigger.uid
        self.tally.started += 1
        for camera, number in self._shots:
            self._cameras[camera].trigger(trigger_id(sequence, number))
        return trigger

    def _camera_event(self, event: CameraEvent) -> None:
        match event:
            case FrameDelivered():
                self._frame(event)
            case FrameMissing():
                self._frame_missing(event)
            case CameraUp(camera=camera, info=info):
                self.devices[camera] = info
                self.well(camera)
            case CameraDown(camera=camera, reason=reason):
                text = f"Camera {camera}: {reason}. Parts are rejected until it is back; it is tried again by itself."
                self.stand(Fault(FaultCode.CAMERA, camera, text))

    def _frame(self, event: FrameDelivered) -> None:
        held = self._open.get(self._by_trigger.get(part_of(event.trigger_id), _NOBODY))
        view = self._view_of(held, event)
        if held is None or view is None or held.part.phase is not Phase.OPEN or view.settled:
            event.lease.release()
            return
        assert self._inference is not None  # attached before the first trigger
        assert self._recorder is not None  # attached before the first trigger
        frame = event.lease.frame
        facts = FrameFacts(
            frame_id=frame.frame_id,
            width=frame.width,
            height=frame.height,
            pixel_format=frame.pixel_format.value,
            chunk=frame.chunk,
            monotonic_ns=frame.monotonic_ns,
        )
        uid = held.part.trigger.uid
        shared = SharedLease(event.lease, holders=2)
        held.part = advance(held.part, FrameArrived(view.name, facts))
        self._recorder.store_picture(uid, view.name, shared)
        model = self.recipe.view(view.name).model
        self._inference.submit(uid, view.name, model, shared, held.part.deadline_ns)
        if all(each.frame is not None for each in held.part.views):
            self._audience.part_captured(uid)

    def _frame_missing(self, event: FrameMissing) -> None:
        uid = self._by_trigger.get(part_of(event.trigger_id), _NOBODY)
        held = self._open.get(uid)
        view = self._view_of(held, event)
        if held is None or view is None:
            return
        code = FaultCode.PICTURE if event.incomplete else FaultCode.CAMERA
        text = f"Camera {event.camera}: {event.reason}. This part is rejected."
        if sum(other.camera == view.camera for other in held.part.views) > 1:
            text = f"View {view.name}: {event.reason}. This part is rejected."
        self._part_event(uid, ViewFaulted(view.name, Fault(code, event.camera, text)))

    @staticmethod
    def _view_of(held: _Open | None, event: FrameDelivered | FrameMissing) -> ViewProgress | None:
        taken = [view for view in held.part.views if view.camera == event.camera] if held else []
        place = view_of(event.trigger_id)
        return taken[place] if place < len(taken) else None

    def _part_event(self, uid: UUID, event: PartEvent) -> None:
        held = self._open.get(uid)
        if held is None:
            return
        held.part = advance(held.part, event)
        if not held.part.ready_to_judge or held.being_judged:
            return
        held.being_judged = True
        work = partial(judge, held.part.views, self.recipe, self._clock.now(), self._calibrations)
        if self.recipe.criteria:  # following middle lines takes milliseconds, which the PLC's registers do not wait for
            self._loop.run_in_executor(None, work).add_done_callback(lambda done: self._judged(held, done.result()))
        else:
            self._judged(held, work())

    def _judged(self, held: _Open, verdict: Verdict) -> None:
        held.part = advance(held.part, Judged(verdict))
        held.timer.cancel()
        for view in held.part.views:
            if view.fault is not None:
                log.warning("part %d: %s", held.part.trigger.part_seq, view.fault.text)
                self._set_error(error_code(view.fault.code))
        assert self._recorder is not None  # attached before the first trigger
        cycle_ms = (self._clock.monotonic_ns() - held.part.trigger.monotonic_ns) // 1_000_000
        self._recorder.record(to_inspection(held.part, cycle_ms))

    def _recorded(self, inspection: Inspection) -> None:
        held = self._open.pop(inspection.trigger.uid, None)
        if held is None:
            return
        del self._by_trigger[inspection.trigger.inspection_id]
        part = advance(held.part, Recorded())
        faulty = any(view.fault is not None for view in part.views)
        waits = (
            held.plc_waits
            and not self.readiness.stopping
            and self._waiting.admits(inspection.verdict.kind, faulty=faulty, attended=self._audience.attended)
        )
        result = plc_result(part, inspection.cycle_ms)
        if waits:
            self._waiting.take(part.trigger.uid, result, part.trigger.monotonic_ns)
        elif held.plc_waits:
            self._publish(part.trigger.uid, result)
        frames_ns = [view.frame.monotonic_ns for view in part.views if view.frame is not None]
        self.tally.finish(inspection.verdict.kind, frames_ns, self._clock.monotonic_ns())
        hold_ms = self.recipe.operator.wait_ms if waits else 0
        self._audience.part_finished(inspection, faulty=faulty, hold_ms=hold_ms)
        self._changed()


def _place_of(name: str, views: Sequence[RecipeView]) -> int:
    """Which of its camera's views a view is, 0 the first."""
    camera = next(view.camera for view in views if view.name == name)
    return [view.name for view in views if view.camera == camera].index(name)


_NOBODY = UUID(int=0)
