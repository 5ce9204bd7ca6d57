"""The engine with real inference and recorder threads, around cameras, model, archive and PLC that the test plays."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pytest

from camera.calibration import Calibration
from camera.device import CameraInfo
from camera.events import CameraDown, CameraUp, FrameAccount, FrameDelivered, FrameMissing
from camera.frame import Frame, PixelFormat
from camera.health import HealthLimits, HealthWatch
from labeling.shapes import Polygon, frozen_points
from models.errors import ModelError, PictureError
from models.prediction import Defect, Prediction
from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from station.desk.messages import Refusal
from station.journal.audit import AuditEvent
from station.journal.errors import RefusedError, StorageError
from station.journal.store import Journal
from station.line.clock import Clock
from station.line.engine import OWN_PART_SEQ, Engine, EngineSettings
from station.line.inference import Inference, LoadedModel
from station.line.inspection import BlobRef, Fault, FaultCode, Inspection, ScoreLimits, VerdictKind
from station.line.part import ModelRef, StoredPicture
from station.line.recipe import OperatorTable, Recipe, load_recipe
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


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    path = tmp_path / "plate.toml"
    path.write_text(RECIPE)
    return load_recipe(path)


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
    health = {"top": HealthWatch(HealthLimits())}
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


def test_a_good_part_is_durable_before_the_plc_hears_of_it(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            assert b.trigger(5)
            result = await b.result(1)
            assert b.archive.order[:3] == ["picture", "record", "publish"]
            assert (result.verdict, result.part_seq, result.encoder) == (VerdictCode.OK, 5, 77)
            assert b.archive.parts[0].verdict.kind is VerdictKind.OK
            assert [lease.released for lease in b.camera.leases] == [1]

    run(test)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda b: setattr(b.camera, "answer", "lost"), ErrorCode.CAMERA),
        (lambda b: setattr(b.camera, "answer", "incomplete"), ErrorCode.CAMERA),
        (lambda b: setattr(b.camera, "grey", 1), ErrorCode.CAMERA),
        (lambda b: setattr(b.camera, "grey", 255), ErrorCode.CAMERA),
        (lambda b: setattr(b.model, "answer", ModelError("it does not answer")), ErrorCode.MODEL),
        (lambda b: setattr(b.model, "answer", PictureError("no part in the picture")), ErrorCode.CAMERA),
        (lambda b: setattr(b.model, "answer", RuntimeError("a defect of ours")), ErrorCode.INTERNAL),
        (lambda b: b.archive.broken.add("picture"), ErrorCode.STORAGE),
    ],
    ids=[
        "lost frame",
        "incomplete frame",
        "black",
        "over-exposed",
        "model error",
        "no part found",
        "unknown error",
        "picture not stored",
    ],
)
def test_every_fault_rejects_its_part_and_says_why(
    recipe: Recipe, spoil: Callable[[Bench], None], code: ErrorCode
) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            spoil(b)
            assert b.trigger(1)
            result = await b.result(1)
            assert result.verdict is VerdictCode.NOT_DECIDABLE
            assert result.error is code
            assert code in b.link.errors
            assert "rejected" in b.archive.parts[0].verdict.reason
            assert all(lease.released == 1 for lease in b.camera.leases)

    run(test)


def test_the_same_picture_twice_is_a_fault_of_the_second_part(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.camera.grey = 90
            for part_seq in (1, 2):
                assert b.trigger(part_seq)
                await b.result(part_seq)
            first, second = b.archive.parts
            assert first.verdict.kind is VerdictKind.OK
            assert second.verdict.kind is VerdictKind.NOT_DECIDABLE
            fault = second.views[0].fault
            assert fault is not None
            assert (fault.code, fault.source) == (FaultCode.PICTURE, "cam")
            assert "frozen" in second.verdict.reason
            assert b.model.asked == 1, "no model is asked about a picture that is none"
            assert second.views[0].image is not None, "the evidence is kept"

    run(test)


def test_a_bad_part_is_ng(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.model.answer = BAD
            assert b.trigger(1)
            assert (await b.result(1)).verdict is VerdictCode.NG

    run(test)


def test_silence_ends_with_the_deadline_and_the_late_frame_is_let_go(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe, deadline_s=0.05) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert b.trigger(1)
            result = await b.result(1)
            assert (result.verdict, result.error) == (VerdictCode.NOT_DECIDABLE, ErrorCode.TIMEOUT)
            b.camera.deliver(b.camera.triggers[0])
            await b.until(lambda: b.camera.leases[0].released == 1, "released")
            assert len(b.link.results) == 1

    run(test)


def test_a_part_that_is_late_already_does_not_make_the_next_one_late(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe, deadline_s=0.1, capacity=3) as b:
            await b.online()
            b.model.go_on.clear()
            assert b.trigger(1)
            await b.until(lambda: b.model.asked == 1, "the first is in the model")
            assert b.trigger(2)
            assert [(await b.result(number)).verdict for number in (1, 2)] == [VerdictCode.NOT_DECIDABLE] * 2
            b.model.go_on.set()
            await b.until(lambda: all(lease.released for lease in b.camera.leases), "both pictures are let go")
            assert b.model.asked == 1, "the second was not judged after its time"

    run(test)


def test_more_triggers_than_hands_are_refused(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe, capacity=2) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert [b.trigger(seq) for seq in (1, 2, 3)] == [True, True, False]
            assert b.engine.tally.refused == 1
            for trigger in list(b.camera.triggers):
                b.camera.deliver(trigger)
            await b.result(2)
            assert b.trigger(4)

    run(test)


def test_nothing_is_published_while_the_journal_fails_and_the_part_is_kept(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.archive.broken = {"record", "prove"}
            assert b.trigger(1)
            await b.until(lambda: b.link.reason is OfflineReason.NO_STORAGE, "offline")
            assert b.link.results == []
            assert not b.trigger(2)
            b.archive.broken = set()
            assert (await b.result(1)).part_seq == 1
            await b.online()
            assert len(b.archive.parts) == 1

    run(test)


def test_a_dead_camera_takes_the_station_offline_until_it_is_back(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.engine.on_camera(CameraDown("cam", "its process was ended by SIGKILL"))
            await b.until(lambda: b.link.reason is OfflineReason.NO_CAMERA, "offline")
            assert not b.trigger(1)
            assert ErrorCode.CAMERA in b.link.errors
            b.engine.on_camera(CameraUp("cam", INFO))
            await b.online()

    run(test)


def test_a_station_without_a_model_takes_no_parts(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.engine.stand(Fault(FaultCode.MODEL, "model", "none is deployed"))
            assert b.link.reason is OfflineReason.NO_MODEL
            assert not b.trigger(1)

    run(test)


def test_the_numbers_go_on_where_the_journal_ends(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.engine.begin_at_threadsafe(65_536)
            await asyncio.sleep(0)
            assert b.trigger(1)
            assert (await b.result(1)).inspection_id == 1
            assert b.archive.parts[0].trigger.inspection_id == 65_536

    run(test)


def test_threads_end_with_the_engine(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            assert {"inference", "writer"} <= {thread.name for thread in threading.enumerate()}
        assert b.archive.order[-1] == "closed"

    run(test)


@dataclass
class PlayedAudience:
    attended: bool = True
    parts: list[tuple[Inspection, bool, int]] = field(default_factory=list)
    ended: list[tuple[UUID, int]] = field(default_factory=list)

    def part_finished(self, inspection: Inspection, *, faulty: bool, hold_ms: int) -> None:
        self.parts.append((inspection, faulty, hold_ms))

    def hold_ended(self, uid: UUID, part_seq: int) -> None:
        self.ended.append((uid, part_seq))


def asks(recipe: Recipe, wait_ms: int) -> Recipe:
    return recipe.model_copy(update={"operator": OperatorTable(wait_ms=wait_ms)})


def test_a_part_waits_for_a_person_and_holds_nobody_up(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 60_000), capacity=2) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            await b.online()
            b.model.answer = UNSURE
            for part_seq in (1, 2):
                assert b.trigger(part_seq)
                await b.until(lambda n=part_seq: len(audience.parts) == n, "durable")  # type: ignore[misc]
            assert b.link.results == []
            assert b.engine.idle
            assert b.trigger(3), "what waits is not open"
            assert (await b.result(1)).part_seq == 3, "a third has no room to wait and is told at once"
            first, second, third = (inspection.trigger.uid for inspection, _, _ in audience.parts)
            assert [hold_ms for _, _, hold_ms in audience.parts] == [60_000, 60_000, 0]
            assert b.engine.told(first) is None
            assert b.engine.decide(first, VerdictKind.OK)
            assert not b.engine.decide(first, VerdictKind.NG)
            assert not b.engine.decide(third, VerdictKind.OK)
            result = await b.result(2)
            assert (result.part_seq, result.verdict) == (1, VerdictCode.OK)
            assert b.engine.told(first) is VerdictCode.OK
            b.engine.stop()
            assert (b.link.results[2].part_seq, b.link.results[2].verdict) == (2, VerdictCode.NOT_DECIDABLE)
            assert audience.ended == [(second, 2)]

    run(test)


def test_nobody_decides_in_time(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 30)) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            await b.online()
            b.model.answer = UNSURE
            assert b.trigger(1)
            assert (await b.result(1)).verdict is VerdictCode.NOT_DECIDABLE
            ((inspection, faulty, hold_ms),) = audience.parts
            assert (faulty, hold_ms) == (False, 30)
            assert audience.ended == [(inspection.trigger.uid, 1)]
            assert not b.engine.decide(inspection.trigger.uid, VerdictKind.OK)
            assert len(b.link.results) == 1

    run(test)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b, _audience: setattr(b.camera, "answer", "lost"),
        lambda _b, audience: setattr(audience, "attended", False),
        lambda b, _audience: setattr(b.model, "answer", BAD),
        lambda b, _audience: setattr(b.model, "answer", GOOD),
    ],
    ids=["a fault", "nobody there", "NG", "OK"],
)
def test_only_what_a_person_could_decide_waits(recipe: Recipe, spoil: Callable[[Bench, PlayedAudience], None]) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 60_000)) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            await b.online()
            b.model.answer = UNSURE
            spoil(b, audience)
            assert b.trigger(1)
            await b.result(1)
            assert [hold_ms for _, _, hold_ms in audience.parts] == [0]
            assert audience.ended == []

    run(test)


def test_a_part_triggered_from_here_is_told_to_everybody_but_the_plc(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(asks(recipe, 60_000), capacity=1) as b:
            audience = PlayedAudience()
            b.engine.face(audience)
            assert b.engine.trigger_here("early") is None, "not online yet"
            await b.online()
            b.model.answer = UNSURE
            trigger = b.engine.trigger_here("job 7")
            assert trigger is not None
            assert (trigger.part_id, trigger.part_seq) == ("job 7", OWN_PART_SEQ + trigger.inspection_id)
            assert b.engine.trigger_here("too many") is None
            await b.until(lambda: len(audience.parts) == 1, "durable")
            assert audience.parts[0][2] == 0, "no PLC waits for it, so it waits for nobody"
            assert b.link.results == []
            assert b.engine.told(trigger.uid) is None
            assert b.engine.tally.refused == 0

    run(test)


def test_a_paused_station_finishes_what_it_has_and_takes_no_more(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            b.camera.answer = "nothing"
            assert b.trigger(1)
            b.engine.pause("lunch")
            assert b.link.reason is OfflineReason.STOPPING
            assert not b.trigger(2)
            assert b.engine.trigger_here("job 7", job=True) is None
            b.camera.deliver(b.camera.triggers[0])
            assert (await b.result(1)).verdict is VerdictCode.OK
            b.engine.pause("by gateway", job_by_job=True)
            assert not b.trigger(2)
            assert b.engine.trigger_here("of a person") is None
            assert b.engine.trigger_here("job 7", job=True) is not None
            b.engine.pause(None)
            b.camera.answer = "frame"
            assert b.trigger(3)
            await b.result(2)

    run(test)


def test_a_wish_is_done_between_parts_and_only_a_broken_disk_stops_the_station(recipe: Recipe) -> None:
    async def test() -> None:
        async with bench(recipe) as b:
            await b.online()
            assert await asyncio.wrap_future(b.recorder.ask(lambda _journal: 7)) == 7

            def refuse(_journal: Journal) -> None:
                raise RefusedError(Refusal.NO_SUCH_PART, "there is none")

            with pytest.raises(RefusedError):
                await asyncio.wrap_future(b.recorder.ask(refuse))
            with pytest.raises(ZeroDivisionError):
                await asyncio.wrap_future(b.recorder.ask(lambda _journal: 1 // 0))
            assert b.link.reason is OfflineReason.NONE
            b.archive.broken = {"ask", "prove"}
            with pytest.raises(StorageError):
                await asyncio.wrap_future(b.recorder.ask(lambda _journal: 7))
            await b.until(lambda: b.link.reason is OfflineReason.NO_STORAGE, "offline")
            waits, dropped = b.recorder.ask(lambda _journal: 8), b.recorder.ask(lambda _journal: 9)
            assert dropped.cancel()
            b.archive.broken = set()
            assert await asyncio.wrap_future(waits) == 8
            await b.online()
        assert b.recorder.ask(lambda _journal: 10).cancelled(), "the recorder has ended"

    run(test)


def test_rules_are_held_against_a_part_beside_the_loop_and_by_the_calibration(tmp_path: Path) -> None:
    """Following the middle line of a defect takes time; the loop that feeds the PLC does not wait for it."""
    path = tmp_path / "plate.toml"
    path.write_text(RECIPE + 'decided_by = "rules"\n[[rule]]\nmax_length_mm = 0.5\n')
    outline = Polygon(frozen_points([[0, 0], [3, 0], [3, 1], [0, 1]]))
    found = Prediction("c" * 64, 2.0, 0.5, 1.0, (Defect("scratch", 2.0, outline),), None)
    calibration = Calibration(4, 3, (0.0, 0.0), np.diag([0.1, 0.1, 1.0]), 0.1, 0.01, 20)

    async def test() -> None:
        for mm_per_px, verdict in ((0.1, VerdictCode.OK), (0.2, VerdictCode.NG)):
            scaled = replace(calibration, to_plane=np.diag([mm_per_px, mm_per_px, 1.0]))
            async with bench(load_recipe(path), calibrations={"top": scaled}) as b:
                b.model.answer = found
                await b.online()
                assert b.trigger(1)
                assert b.trigger(2)
                assert [(await b.result(number)).verdict for number in (1, 2)] == [verdict, verdict]
                assert b.archive.parts[0].views[0].limits == ScoreLimits(0.5, 1.0, None)
                assert b.archive.parts[0].verdict.findings

    run(test)
