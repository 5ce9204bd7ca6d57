"""The engine with real inference and recorder threads, around cameras, model, archive and PLC that a test plays."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from camera.calibration import Calibration
from camera.device import CameraInfo
from camera.events import CameraUp, FrameAccount, FrameDelivered, FrameMissing
from camera.frame import Frame, PixelFormat
from camera.health import HealthLimits, HealthWatch
from models.prediction import Prediction
from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger
from station.journal.audit import AuditEvent
from station.journal.errors import StorageError
from station.journal.store import Journal
from station.line.clock import Clock
from station.line.engine import Engine, EngineSettings
from station.line.inference import Inference, LoadedModel
from station.line.inspection import BlobRef, Fault, FaultCode, Inspection
from station.line.part import ModelRef, StoredPicture
from station.line.recipe import Recipe
from station.line.recorder import Recorder, RecorderEvents
from station.line.rules import NO_CALIBRATIONS
from station.line.uid import UidSource

T = TypeVar("T")
RECIPE = """
name = "plate"
number = 3
[[view]]
name = "top"
camera = "cam"
model = "plate"
"""
INFO = CameraInfo("test", "", "", "", 4, 3, PixelFormat.MONO8, ("Mono8",))
CLOCK = Clock(now=lambda: datetime(2026, 1, 2, tzinfo=UTC))
GOOD = Prediction("c" * 64, 0.1, 0.5, 1.0, (), None)
UNSURE = Prediction("c" * 64, 0.7, 0.5, 1.0, (), None)
BAD = Prediction("c" * 64, 2.0, 0.5, 1.0, (), None)


@dataclass
class Lease:
    frame: Frame
    released: int = 0

    def release(self) -> None:
        self.released += 1


@dataclass
class PlayedCamera:
    """Answers a trigger with a frame, a loss, or not at all."""

    engine: Engine
    answer: str = "frame"
    grey: int | None = None
    """Grey value of the next pictures; without it each has one of its own, as no two pictures are the same."""
    leases: list[Lease] = field(default_factory=list)
    triggers: list[int] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    def trigger(self, trigger_id: int) -> None:
        self.triggers.append(trigger_id)
        if self.answer == "frame":
            self.deliver(trigger_id)
        elif self.answer != "nothing":
            self.engine.on_camera(FrameMissing("cam", trigger_id, self.answer == "incomplete", "packets missing"))

    def deliver(self, trigger_id: int) -> None:
        grey = 9 + trigger_id % 200 if self.grey is None else self.grey
        pixels = np.full((3, 4), grey, np.uint8)
        lease = Lease(Frame(pixels, PixelFormat.MONO8, "cam", trigger_id, trigger_id, None, 1, {}))
        self.leases.append(lease)
        self.engine.on_camera(FrameDelivered("cam", trigger_id, lease))

    def account(self) -> FrameAccount:
        return FrameAccount()


@dataclass
class PlayedModel:
    answer: Prediction | Exception = GOOD
    asked: int = 0
    go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    def predict(self, pixels: npt.NDArray[np.uint8]) -> Prediction:
        self.asked += 1
        assert self.go_on.wait(10)
        assert pixels.shape == (3, 4)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@dataclass
class PlayedArchive:
    """Fails at whatever the test names in `broken`; `order` shows what became durable when."""

    order: list[str]
    broken: set[str] = field(default_factory=set)
    parts: list[Inspection] = field(default_factory=list)
    notes: list[tuple[AuditEvent, Mapping[str, str]]] = field(default_factory=list)

    def _do(self, what: str) -> None:
        if what in self.broken:
            raise StorageError("the disk is full; free some space")
        self.order.append(what)

    def store_picture(self, frame: Frame) -> StoredPicture:
        assert frame.pixels.shape == (3, 4)
        self._do("picture")
        return StoredPicture(BlobRef("a" * 64, 1, "image/jxl"), BlobRef("b" * 64, 1, "image/jpeg"))

    def record(self, inspection: Inspection) -> None:
        self._do("record")
        self.parts.append(inspection)

    def note(self, event: AuditEvent, details: Mapping[str, str]) -> None:
        self.notes.append((event, details))

    def ask(self, work: Callable[[Journal], T]) -> T:
        self._do("ask")
        return work(None)  # type: ignore[arg-type]  # no wish of these tests looks at the journal

    def watch(self) -> None: ...

    def tidy(self, *, busy: bool) -> bool:
        del busy
        return False

    def prove(self) -> None:
        if "prove" in self.broken:
            raise StorageError("the disk is full; free some space")

    def close(self) -> None:
        self.order.append("closed")


@dataclass
class PlayedLink:
    order: list[str]
    reason: OfflineReason = OfflineReason.STARTING
    errors: list[ErrorCode] = field(default_factory=list)
    results: list[PlcResult] = field(default_factory=list)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def set_online(self, reason: OfflineReason) -> None:
        self.reason = reason

    def set_recipe(self, number: int) -> None: ...

    def set_error(self, code: ErrorCode) -> None:
        self.errors.append(code)

    def publish(self, result: PlcResult) -> None:
        self.order.append("publish")
        self.results.append(result)


@dataclass
class Bench:
    engine: Engine
    camera: PlayedCamera
    model: PlayedModel
    archive: PlayedArchive
    link: PlayedLink
    recorder: Recorder
    changed: asyncio.Event

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = asyncio.get_running_loop().time() + 10
        while not condition():
            assert asyncio.get_running_loop().time() < deadline, what
            await asyncio.sleep(0.002)

    async def online(self) -> None:
        await self.until(lambda: self.link.reason is OfflineReason.NONE, "online")

    def trigger(self, part_seq: int) -> bool:
        return self.engine.on_trigger(PlcTrigger(part_seq, part_seq, 77, f"S{part_seq}", CLOCK.monotonic_ns()))

    async def result(self, number: int) -> PlcResult:
        await self.until(lambda: len(self.link.results) >= number, f"{number} results")
        return self.link.results[number - 1]


@asynccontextmanager
async def bench(
    recipe: Recipe,
    deadline_s: float = 20.0,
    capacity: int = 2,
    calibrations: Mapping[str, Calibration] = NO_CALIBRATIONS,
) -> AsyncIterator[Bench]:
    changed = asyncio.Event()
    engine = Engine(recipe, EngineSettings(deadline_s, capacity), UidSource(), CLOCK, changed.set, calibrations)
    order: list[str] = []
    camera, model = PlayedCamera(engine), PlayedModel()
    archive, link = PlayedArchive(order), PlayedLink(order)
    crashes: list[BaseException] = []
    events = RecorderEvents(
        engine.post_part,
        engine.recorded_threadsafe,
        lambda text: engine.fault_threadsafe(Fault(FaultCode.STORAGE, "storage", text)),
        lambda: engine.well_threadsafe("storage"),
        crashes.append,
    )
    health = {view.name: HealthWatch(HealthLimits()) for view in recipe.views}
    inference, recorder = Inference(engine.post_part, capacity, health), Recorder(lambda: archive, events, 2)
    engine.attach({"cam": camera}, inference, recorder, link)
    inference.start()
    recorder.start()
    inference.use(LoadedModel(model, ModelRef("plate", "1", "c" * 64, ("anomaly",))))
    engine.well("model")
    engine.on_camera(CameraUp("cam", INFO))
    try:
        yield Bench(engine, camera, model, archive, link, recorder, changed)
    finally:
        engine.stop()
        await asyncio.to_thread(inference.stop)
        await asyncio.to_thread(recorder.stop)
    assert crashes == []


def run(test: Callable[[], "asyncio.Future[None]"]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]
