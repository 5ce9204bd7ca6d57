"""The PLC's program against the station's own state machine, in one loop without a wire, and against broken stations."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plc.conveyor import LeftPart
from plc.events import ControlSeen, ResultReady, SetError, SetOnline, Tick, TriggerAnswer, TriggerRaised
from plc.handshake import Handshake, image, step
from plc.line_faults import parse_faults
from plc.line_program import LineProgram, LineSettings
from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from plc.registers import ControlView, StatusBit, StatusView

SCAN_S = 0.01
SCANS_A_TAKT = 20


class Bench:
    """Program and station side by side: every scan exchanges registers, every takt moves the belt."""

    def __init__(self, parts: int, faults: str = "", gate_pitch: int = 3) -> None:
        self.program = LineProgram(
            LineSettings(parts, gate_pitch, faults=parse_faults(faults), heartbeat_timeout_s=1.0)
        )
        self.station = Handshake()
        self.verdicts: dict[int, VerdictCode] = {}
        self.delay_s = 0.05
        self.takes = True
        self.connected = True
        self.alive = True
        self.now_s = 0.0
        self.inspection = 0
        self.due: list[tuple[float, PlcResult]] = []
        self.left: list[LeftPart] = []
        self.controls: list[ControlView] = []
        self.feed(SetOnline(OfflineReason.NONE))
        self.run_scans(10)

    def feed(self, event: object) -> None:
        self.station, outputs = step(self.station, event)  # type: ignore[arg-type]
        for output in outputs:
            if isinstance(output, TriggerRaised):
                if self.takes:
                    self.inspect(output.trigger)
                self.feed(TriggerAnswer(self.takes))

    def inspect(self, trigger: PlcTrigger) -> None:
        self.inspection += 1
        verdict = self.verdicts.get(trigger.part_seq, VerdictCode.OK)
        made = PlcResult(
            self.inspection,
            trigger.acquisition_id,
            trigger.part_seq,
            trigger.encoder,
            verdict,
            0,
            ErrorCode.NONE,
            0,
            0,
            0.0,
            0,
        )
        self.due.append((self.now_s + self.delay_s, made))

    def run_scans(self, count: int) -> None:
        status: StatusView | None = image(self.station) if self.connected else None
        for _ in range(count):
            self.now_s += SCAN_S
            control = self.program.scan(status, self.now_s)
            self.controls.append(control)
            if self.alive:
                self.feed(Tick(round(self.now_s * 1e9)))
                for at, made in [entry for entry in self.due if entry[0] <= self.now_s]:
                    self.due.remove((at, made))
                    self.feed(ResultReady(made))
                if self.connected:
                    self.feed(ControlSeen(control, round(self.now_s * 1e9)))
            status = image(self.station) if self.connected else None

    def takt(self, count: int = 1) -> None:
        for _ in range(count):
            if (left := self.program.takt(self.now_s)) is not None:
                self.left.append(left)
            self.run_scans(SCANS_A_TAKT)

    def finish(self) -> list[LeftPart]:
        while not self.program.done:
            self.takt()
        return self.left


def test_a_healthy_line_passes_what_is_ok_and_nothing_else() -> None:
    bench = Bench(12)
    bench.verdicts = {3: VerdictCode.NG, 5: VerdictCode.NOT_DECIDABLE}
    left = bench.finish()
    assert [part.part_seq for part in left] == list(range(1, 13))
    assert [part.part_seq for part in left if not part.passed] == [3, 5]
    counts = bench.program.counts
    assert (counts.passed, counts.rejected, counts.triggered, counts.acknowledged) == (10, 2, 12, 12)
    assert (counts.late, counts.unknown, counts.missed_triggers) == (0, 0, 0)


def test_the_trigger_carries_the_part() -> None:
    bench = Bench(2)
    bench.takt()
    control = bench.controls[-1]
    assert (control.part_seq, control.encoder, control.serial) == (1, 1000, "S0000-0000000001")


def test_a_verdict_after_the_gate_is_late_and_the_part_rejected() -> None:
    bench = Bench(4)
    bench.delay_s = 4 * SCANS_A_TAKT * SCAN_S
    left = bench.finish()
    assert {part.why for part in left} == {"no verdict before the gate"}
    bench.run_scans(200)
    assert bench.program.counts.late == bench.program.counts.acknowledged == 4


@pytest.mark.parametrize("reason", [OfflineReason.NO_CAMERA, OfflineReason.STOPPING])
def test_a_line_goes_on_past_a_station_that_is_offline(reason: OfflineReason) -> None:
    bench = Bench(8)
    bench.takt(2)
    bench.feed(SetOnline(reason))
    bench.run_scans(2)
    bench.takt(3)
    bench.feed(SetOnline(OfflineReason.NONE))
    bench.run_scans(2)
    left = bench.finish()
    assert [part.passed for part in left] == [True, True, False, False, False, True, True, True]
    assert {part.why for part in left if not part.passed} == {f"station offline ({reason.name})"}


def test_a_station_that_lost_its_heartbeat_is_not_believed() -> None:
    bench = Bench(12)
    bench.takt(3)
    bench.alive = False
    bench.takt(7)
    bench.alive = True
    bench.run_scans(2)
    left = bench.finish()
    assert not any(part.passed for part in left[4:10])
    assert "heartbeat lost" in {part.why for part in left}
    assert left[-1].passed


def test_a_frozen_verdict_of_ok_does_not_pass_a_part() -> None:
    """Registers of a dead station still say Valid and OK for the part at the camera."""
    bench = Bench(3)
    bench.takt()
    frozen = replace(image(bench.station), bits=StatusBit.ONLINE | StatusBit.RESULTS_VALID, verdict=1, part_seq_echo=2)
    bench.program.takt(bench.now_s)
    for _ in range(200):
        bench.now_s += SCAN_S
        bench.program.scan(frozen, bench.now_s)
    left = [bench.program.takt(bench.now_s) for _ in range(3)]
    assert [part.why for part in left if part] == ["heartbeat lost", "trigger not acknowledged"]
    assert not any(part.passed for part in left if part)


def test_a_heartbeat_seen_for_the_first_time_proves_nothing() -> None:
    program = LineProgram(LineSettings(1, 1))
    program.scan(StatusView(StatusBit.ONLINE | StatusBit.TRIGGER_READY, vision_heartbeat=77), 0.0)
    assert not program.ready(0.0)
    program.scan(StatusView(StatusBit.ONLINE | StatusBit.TRIGGER_READY, vision_heartbeat=78), 0.1)
    assert program.ready(0.1)


def test_a_lost_link_rejects_and_comes_back() -> None:
    bench = Bench(10)
    bench.takt(2)
    bench.connected = False
    bench.run_scans(1)
    bench.takt(4)
    bench.connected = True
    bench.run_scans(2)
    left = bench.finish()
    assert [part.passed for part in left[2:6]] == [False] * 4
    assert {part.why for part in left[2:6]} == {"link lost"}
    assert left[-1].passed


def test_a_verdict_for_a_part_never_sent_counts_as_unknown() -> None:
    bench = Bench(2)
    bench.takt()
    bench.inspect(PlcTrigger(9, 999, 0, "", 0))
    assert all(part.passed for part in bench.finish())
    assert bench.program.counts.unknown == 1


def test_an_engine_that_refuses_is_a_missed_trigger_and_the_error_gets_cleared() -> None:
    bench = Bench(6)
    bench.takt(2)
    bench.takes = False
    bench.takt()
    bench.takes = True
    left = bench.finish()
    assert [part.why for part in left if not part.passed] == ["trigger missed"]
    assert bench.program.counts.missed_triggers == 1
    assert bench.program.counts.errors == {"TRIGGER_OVERRUN": 1}
    assert image(bench.station).error_code == ErrorCode.NONE


def test_an_error_that_took_the_station_offline_stays_readable() -> None:
    bench = Bench(3)
    bench.feed(SetError(ErrorCode.CAMERA))
    bench.feed(SetOnline(OfflineReason.NO_CAMERA))
    bench.run_scans(100)
    assert image(bench.station).error_code == ErrorCode.CAMERA
    bench.feed(SetOnline(OfflineReason.NONE))
    bench.run_scans(30)
    assert image(bench.station).error_code == ErrorCode.NONE


def test_a_trigger_without_acknowledgement_is_taken_back_at_the_next_takt() -> None:
    bench = Bench(5)
    bench.alive = False
    bench.takt(2)
    bench.alive = True
    left = bench.finish()
    assert left[0].why == "trigger not acknowledged"
    assert left[1].why == "the trigger before was not over"
    assert left[-1].passed


def test_a_silent_plc_is_noticed_by_the_station() -> None:
    bench = Bench(30, "silent@5:3.0")
    left = bench.finish()
    why = {part.why for part in left if not part.passed}
    assert why == {"station not ready"}
    assert left[-1].passed


def test_a_stuck_acknowledgement_fills_the_buffer_and_recovers() -> None:
    bench = Bench(40, "stuck-ack@3:3.0")
    left = bench.finish()
    assert set(bench.program.counts.errors) == {"RESULTS_OVERRUN"}
    assert all(part.passed for part in left[-5:])
    assert bench.program.counts.unknown == 0


def test_a_bouncing_sensor_makes_a_doubtful_part() -> None:
    bench = Bench(8, "double-trigger@4")
    left = bench.finish()
    assert [(part.part_seq, part.why) for part in left if not part.passed] == [(4, "two verdicts for one part")]


def test_a_stopped_line_rejects_what_is_on_the_belt() -> None:
    bench = Bench(100)
    bench.takt(2)
    left = bench.program.clear_belt()
    assert [(part.part_seq, part.passed, part.why) for part in left] == [
        (number, False, "line stopped") for number in (1, 2)
    ]
    assert bench.program.clear_belt() == []


@settings(max_examples=30, deadline=None)
@given(
    verdicts=st.dictionaries(st.integers(1, 20), st.sampled_from(list(VerdictCode)[1:])),
    happenings=st.dictionaries(
        st.integers(0, 20), st.sampled_from(["offline", "online", "dead", "alive", "cut", "joined", "full", "free"])
    ),
    delays=st.lists(st.floats(0, 1.0), min_size=1, max_size=5),
)
def test_whatever_happens_only_ok_parts_pass(
    verdicts: dict[int, VerdictCode], happenings: dict[int, str], delays: list[float]
) -> None:
    bench = Bench(20)
    bench.verdicts = verdicts
    for takt in range(23):
        bench.delay_s = delays[takt % len(delays)]
        match happenings.get(takt):
            case "offline" | "online" as word:
                bench.feed(SetOnline(OfflineReason.NONE if word == "online" else OfflineReason.NO_CAMERA))
            case "dead" | "alive" as word:
                bench.alive = word == "alive"
            case "cut" | "joined" as word:
                bench.connected = word == "joined"
            case "full" | "free" as word:
                bench.takes = word == "free"
            case _:
                pass
        bench.takt()
    assert [part.part_seq for part in bench.left] == list(range(1, 21))
    for part in bench.left:
        if part.passed:
            assert verdicts.get(part.part_seq, VerdictCode.OK) is VerdictCode.OK
            assert part.verdict is not None
    assert bench.program.counts.unknown == 0
