"""Thousands of triggers through the worker's own loop in made-up time, over devices that lose, delay and reorder frames."""

import heapq
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camera.accounting import Ending, StreamCount, TriggerLedger
from camera.device import CameraError, CameraInfo, FeatureValue, IncompleteFrame, RawFrame, TriggerKind
from camera.frame import Frame, PixelFormat
from camera.settings import CameraSettings, Setup
from camera.trigger_id import trigger_id, view_of
from camera.wire import Fire, Message, Missed, Ready, Stop, Written
from camera.worker import Worker

MS = 1_000_000
CLOCK_NS = 3_600_000_000_000
"""By how much the device's clock is behind."""
PIXELS = np.zeros((1, 1), np.uint8)
LINK_DELAY_MS = 6
DEADLINE_MS = 40
WINDOW_MS = 4
"""Line trigger: no signal is further from the PLC's word than 0.9 of it, and no two parts nearer than 3."""
RULES = ("id", "order", "free_run", "line", "id of two views", "order of two views")
SETUPS = (Setup("dark", {"ExposureTime": 0}), Setup("bright", {"ExposureTime": 1}))


@dataclass(frozen=True)
class World:
    """How bad it is: shares of triggers or frames, delays in ms."""

    seed: int
    triggers: int
    lost: float = 0.05
    ignored: float = 0.02
    incomplete: float = 0.05
    delayed: float = 0.2
    busy: float = 0.05
    doubled: float = 0.03
    stray: float = 0.02


@dataclass
class Wire:
    """Line trigger: when the wire triggers the camera, for which part (-1: for none), and when the PLC says so."""

    signals: list[tuple[int, int]] = field(default_factory=list)
    words: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, begins_ns: int) -> "Wire":
        rng, wire, at_ns = random.Random(world.seed + 1), cls(), begins_ns
        for part in range(1, world.triggers + 1):
            gap_ns = round((3 * WINDOW_MS + rng.expovariate(1 / 25)) * MS)
            wire.words[part] = at_ns + gap_ns + round(rng.uniform(-0.9, 0.9) * WINDOW_MS * MS)
            if rng.random() < world.stray and gap_ns > 6 * WINDOW_MS * MS:
                wire.signals.append((at_ns + gap_ns // 2, -1))
            at_ns += gap_ns
            if rng.random() >= world.ignored:
                wire.signals.append((at_ns, part))
            if rng.random() < world.doubled:
                wire.signals.append((at_ns + round(rng.uniform(0.1, 0.9) * WINDOW_MS * MS), part))
            if rng.random() < world.ignored:
                del wire.words[part]  # the station was not ready, and the PLC did not say it
        wire.signals.sort(reverse=True)
        return wire


class Clock:
    """Stands in for the module `time`."""

    def __init__(self) -> None:
        self.now_ns = 10**12

    def monotonic_ns(self) -> int:
        return self.now_ns


class Device:
    """A camera in made-up time. What a frame truly is stands in its chunk: its trigger, or in free run when it began."""

    def __init__(self, rule: str, world: World, clock: Clock, rng: random.Random, wire: Wire) -> None:
        self.rule, self.world, self.clock, self.rng, self.wire = rule, world, clock, rng, wire
        self.under_way: list[tuple[int, int, RawFrame | IncompleteFrame]] = []
        self.ids_seen: list[int] = []
        self.produced = 0
        self.handed = {RawFrame: 0, IncompleteFrame: 0}
        self.frame_id = 0
        self.set: dict[str, FeatureValue] = {"ExposureTime": 0}
        self.exposed_ns = self.read_out_ns = 0

    def open(self) -> CameraInfo:
        return CameraInfo(
            "x", "v", "m", "s", 1, 1, PixelFormat.MONO8, ("Mono8",), knows_trigger_ids=self.rule[:2] == "id"
        )

    def set_features(self, features: Mapping[str, FeatureValue]) -> None:
        self.set.update(features)

    def features(self) -> dict[str, FeatureValue]:
        return self.set

    def settable(self) -> frozenset[str]:
        return frozenset()

    def arm(self, kind: TriggerKind, line: str = "") -> None:
        assert (kind is TriggerKind.FREE_RUN) == (self.rule == "free_run")
        assert (kind is TriggerKind.LINE) == (self.rule == "line") == (line == "Line0")
        self.signals(self.clock.now_ns, heard=False)
        self.settle()
        self.under_way.clear()
        self.frame_id = 0
        self.exposed_ns = self.read_out_ns = self.clock.now_ns

    def settle(self) -> None:
        """Enter what was produced up to the last frame anyone saw; of later ones nobody can know."""
        if self.ids_seen:
            self.produced += max(self.ids_seen) - min(self.ids_seen) + 1
        self.ids_seen.clear()

    def trigger(self, trigger: int) -> None:
        if self.rule == "free_run" or self.rng.random() < self.world.ignored:
            return
        delay_ms = self.rng.uniform(0.5, 2 * DEADLINE_MS) if self.rng.random() < self.world.delayed else 0.5
        told = trigger if self.rule[:2] == "id" else None
        as_asked = self.set["ExposureTime"] == view_of(trigger)
        self.produce(str(trigger if as_asked else "-1"), told, self.clock.now_ns + round(delay_ms * MS))

    def clock_ns(self) -> int:
        """Its clock began at another time; to ask it takes a while, of which one does not know when it was read."""
        asked_ns = self.clock.now_ns
        self.clock.now_ns += round(self.rng.uniform(0, 0.4) * MS)
        return self.rng.randint(asked_ns, self.clock.now_ns) - CLOCK_NS

    def signals(self, until_ns: int, *, heard: bool = True) -> None:
        while self.rule == "line" and self.wire.signals and self.wire.signals[-1][0] <= until_ns:
            at_ns, part = self.wire.signals.pop()
            if heard:
                delay_ms = self.rng.uniform(0.5, 2 * DEADLINE_MS) if self.rng.random() < self.world.delayed else 0.5
                self.produce(str(part), None, at_ns + round(delay_ms * MS), at_ns - CLOCK_NS)

    def produce(self, truth: str, trigger_id: int | None, arrives_ns: int, taken_ns: int | None = None) -> None:
        self.frame_id += 1
        fate = self.rng.random()
        if fate < self.world.lost:
            return
        frame: RawFrame | IncompleteFrame
        if fate < self.world.lost + self.world.incomplete:
            frame = IncompleteFrame(self.frame_id, "torn", trigger_id, taken_ns)
        else:
            frame = RawFrame(PIXELS, PixelFormat.MONO8, self.frame_id, trigger_id, taken_ns, {"truth": truth})
        heapq.heappush(self.under_way, (arrives_ns, self.frame_id, frame))

    def expose_until(self, until_ns: int) -> None:
        """Free run: the next frame is exposed while the last is read out, then it travels, and may be overtaken."""
        while self.exposed_ns <= until_ns:
            exposure_ns = round(self.rng.uniform(0.5, 6) * MS)
            begins_ns = max(self.exposed_ns, self.read_out_ns - exposure_ns)
            self.exposed_ns = begins_ns + exposure_ns
            self.read_out_ns = max(self.exposed_ns, self.read_out_ns) + round(self.rng.uniform(1, 4) * MS)
            delayed = self.rng.random() < self.world.delayed
            link_ns = round((self.rng.uniform(0, LINK_DELAY_MS) if delayed else 0.1) * MS)
            self.produce(str(begins_ns), None, self.read_out_ns + link_ns)

    def next_frame(self, timeout_s: float) -> RawFrame | IncompleteFrame | None:
        until_ns = self.clock.now_ns + round(timeout_s * 1e9)
        if self.rule == "free_run":
            self.expose_until(until_ns)
        self.signals(until_ns)
        if not self.under_way or self.under_way[0][0] > until_ns:
            self.clock.now_ns = until_ns
            return None
        arrives_ns, frame_id, frame = heapq.heappop(self.under_way)
        self.clock.now_ns = max(self.clock.now_ns, arrives_ns)
        self.ids_seen.append(frame_id)
        self.handed[type(frame)] += 1
        return frame

    def figures(self) -> dict[str, float]:
        return {}

    def close(self) -> None:
        self.settle()


@dataclass
class Line:
    """The client's side of the socket and of the ring: fires at its own pace, and keeps the ledger."""

    rule: str
    world: World
    clock: Clock
    rng: random.Random
    ledger: TriggerLedger = field(default_factory=TriggerLedger)
    fired: int = 0
    next_ns: int = 0
    asked: dict[int, tuple[int, int]] = field(default_factory=dict)
    slots: dict[int, Frame] = field(default_factory=dict)
    stream: StreamCount = field(default_factory=StreamCount)
    mispaired: int = 0
    wire: Wire = field(default_factory=Wire)

    def hear(self, timeout_s: float) -> Message | None:
        if self.rng.random() < self.world.busy:
            self.clock.now_ns += round(self.rng.uniform(0, 30) * MS)  # the machine has other things to do
        self.next_ns = self.next_ns or self.clock.now_ns
        for shot in self.ledger.overdue(self.clock.now_ns):
            self.ledger.end(shot, Ending.LOST)
        if self.rule == "line":
            return self.say_word(timeout_s)
        if self.fired == self.world.triggers:
            return Stop() if not self.ledger.pending else self.wait(timeout_s)
        if self.next_ns > self.clock.now_ns + timeout_s * 1e9:
            return self.wait(timeout_s)
        at_ns = self.next_ns  # it may have waited in the socket
        self.clock.now_ns = max(self.clock.now_ns, at_ns)
        self.fired += 1
        trigger = self.fired
        if self.two_views:  # the second comes with the first
            trigger = trigger_id(self.fired // 2, self.fired % 2)
        if not self.two_views or self.fired % 2:
            self.next_ns = at_ns + round(self.rng.expovariate(1 / 25) * MS)
        shot = self.ledger.fire(trigger, self.clock.now_ns + DEADLINE_MS * MS)
        self.asked[shot] = (trigger, at_ns)
        return Fire(shot, trigger, at_ns)

    def say_word(self, timeout_s: float) -> Message | None:
        """Line trigger: the PLC's word, which may be heard late; it bears the time at which it was here."""
        part, at_ns = next(iter(self.wire.words.items()), (0, 0))
        if not part:
            return Stop() if not self.ledger.pending else self.wait(timeout_s)
        if at_ns > self.clock.now_ns + timeout_s * 1e9:
            return self.wait(timeout_s)
        self.clock.now_ns = max(self.clock.now_ns, at_ns)
        del self.wire.words[part]
        self.fired += 1
        shot = self.ledger.fire(part, at_ns + DEADLINE_MS * MS)
        self.asked[shot] = (part, at_ns)
        return Fire(shot, part, at_ns)

    @property
    def two_views(self) -> bool:
        return self.rule.endswith("two views")

    def wait(self, timeout_s: float) -> None:
        self.clock.now_ns += round(timeout_s * 1e9)

    def say(self, message: Message) -> None:
        match message:
            case Written(shot, slot):
                self.check(shot, self.slots.pop(slot))
            case Missed(shot, incomplete, _, overrun):
                ending = Ending.INCOMPLETE if incomplete else Ending.OVERRUN if overrun else Ending.LOST
                self.ledger.end(shot, ending)
            case _:
                assert isinstance(message, Ready)

    def check(self, shot: int, frame: Frame) -> None:
        if self.ledger.end(shot, Ending.DELIVERED) is None:
            return
        trigger, at_ns = self.asked[shot]
        truth = int(frame.chunk["truth"])
        self.mispaired += truth < at_ns if self.rule == "free_run" else truth != trigger
        assert frame.trigger_id == trigger

    def put(self, frame: Frame) -> int:
        self.slots[len(self.asked)] = frame
        return len(self.asked)

    def show(self, frame: Frame) -> None:
        """No preview here."""

    def show_slot(self, slot: int) -> None:
        """No preview here."""

    def beat(self, now_ns: int) -> None:
        assert now_ns == self.clock.now_ns

    def put_count(self, count: StreamCount) -> None:
        self.stream = count


def run(rule: str, world: World, patch: pytest.MonkeyPatch) -> tuple[Line, int]:
    """Run the worker, and a new one whenever it gives up; returns the line and how often it did."""
    clock, rng = Clock(), random.Random(world.seed)
    line, restarts = Line(rule, world, clock, rng), 0
    if rule == "line":
        line.wire = Wire.of(world, clock.now_ns)
        world = replace(world, triggers=len(line.wire.words))
    kind = {"free_run": TriggerKind.FREE_RUN, "line": TriggerKind.LINE}.get(rule, TriggerKind.SOFTWARE)
    told = CameraSettings(
        "left",
        "x",
        trigger=kind,
        frame_deadline_s=DEADLINE_MS / 1e3,
        trigger_late_s=0.02,
        link_delay_s=LINK_DELAY_MS / 1e3,
        setups=SETUPS if line.two_views else (),
        line="Line0" if rule == "line" else "",
        trigger_window_s=WINDOW_MS / 1e3,
    )
    patch.setattr("camera.worker.time", clock)
    patch.setattr("camera.worker.ignore_interrupts", lambda: None)
    while True:
        device = Device(rule, world, clock, rng, line.wire)
        line.stream = StreamCount()
        try:
            Worker(told, device, line, line).run()  # type: ignore[arg-type]  # the line is socket and ring
        except CameraError:
            restarts += 1
        device.close()
        assert line.stream.produced == line.stream.whole + line.stream.incomplete + line.stream.lost
        assert (line.stream.whole, line.stream.incomplete) == (device.handed[RawFrame], device.handed[IncompleteFrame])
        assert line.stream.produced == device.produced
        if line.fired == world.triggers:
            return line, restarts
        for shot in line.ledger.pending:
            line.ledger.end(shot, Ending.LOST)


def check(line: Line, triggers: int) -> None:
    account = line.ledger.account(line.stream)
    assert line.mispaired == 0
    assert account.triggered == triggers or line.rule == "line"
    assert (
        account.triggered == account.delivered + account.incomplete + account.lost + account.overrun + account.pending
    )


@pytest.mark.parametrize("rule", RULES)
def test_of_ten_thousand_triggers_none_gets_anothers_picture(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line, restarts = run(rule, World(seed=1, triggers=10_000), monkeypatch)
    check(line, 10_000)
    account = line.ledger.account(line.stream)
    assert account.delivered > 3000
    assert account.lost > 300
    assert restarts < 500


@pytest.mark.parametrize("rule", RULES)
@given(
    seed=st.integers(0, 2**32),
    lost=st.floats(0, 0.4),
    ignored=st.floats(0, 0.3),
    delayed=st.floats(0, 0.9),
    busy=st.floats(0, 0.5),
)
@settings(max_examples=25)
def test_however_bad_it_gets(rule: str, seed: int, lost: float, ignored: float, delayed: float, busy: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        line, _ = run(rule, World(seed, 100, lost, ignored, 0.05, delayed, busy), patch)
    check(line, 100)


def test_the_machine_sees_a_wrong_pairing(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a link slower than the camera was said to have, free run does mispair: the check can fail."""
    monkeypatch.setattr("camera.pairing.FreeRunPairing.match", take_any)
    line, _ = run("free_run", World(seed=1, triggers=500), monkeypatch)
    assert line.mispaired > 0


def test_the_machine_sees_that_a_wire_cannot_be_paired_by_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camera.line_pairing.LinePairing._fits", lambda _self, held, _shot: not held.claimed)
    line, _ = run("line", World(seed=1, triggers=500, doubled=0.0), monkeypatch)
    assert line.mispaired > 0


def take_any(self: object, frame: RawFrame | IncompleteFrame, gap: int) -> tuple[object, ...]:
    del gap
    shots = tuple(self._shots)  # type: ignore[attr-defined]
    if isinstance(frame, IncompleteFrame):
        return ()
    self._shots = []  # type: ignore[attr-defined]
    return shots
