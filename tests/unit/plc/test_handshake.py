"""The station's side of the handshake, step by step and under any order of events."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from plc.events import (
    Acknowledged,
    ControlSeen,
    Event,
    LinkChanged,
    Output,
    ResultDropped,
    ResultReady,
    SetError,
    SetOnline,
    SetRecipe,
    Tick,
    TransportLost,
    TriggerAnswer,
    TriggerMissed,
    TriggerRaised,
)
from plc.handshake import BUFFER_SIZE, Command, Handshake, Peer, image, shown_verdict, step
from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from plc.registers import OFFLINE_REASON_SHIFT, ControlBit, ControlView, StatusBit, StatusView

SECOND = 1_000_000_000
ENABLE, TRIGGER, ACK = ControlBit.TRIGGER_ENABLE, ControlBit.TRIGGER, ControlBit.INSPECTION_RESULTS_ACK


def result(number: int, verdict: VerdictCode = VerdictCode.OK, **changes: object) -> PlcResult:
    made = PlcResult(number, number, 100 + number, 1000 * number, verdict, 0, ErrorCode.NONE, 2, 3, 0.5, 40)
    return replace(made, **changes)  # type: ignore[arg-type]


class Station:
    """A handshake with what came out of it."""

    def __init__(self) -> None:
        self.state = Handshake()
        self.outputs: list[Output] = []
        self.takes = True

    def feed(self, event: Event) -> list[Output]:
        self.state, outputs = step(self.state, event)
        came = list(outputs)
        for output in outputs:
            if isinstance(output, TriggerRaised):
                came += self.feed(TriggerAnswer(self.takes))
        self.outputs += [output for output in outputs if not isinstance(output, StatusView)]
        return came

    def control(self, bits: ControlBit, now_s: float = 0.0, **fields: int) -> list[Output]:
        view = replace(self.state.control, bits=bits, **fields)  # type: ignore[arg-type]
        return self.feed(ControlSeen(view, round(now_s * SECOND)))

    def images(self, outputs: list[Output]) -> list[StatusView]:
        return [output for output in outputs if isinstance(output, StatusView)]

    @property
    def bits(self) -> StatusBit:
        return image(self.state).bits


@pytest.fixture
def station() -> Station:
    """Online, enabled, waiting for a trigger."""
    station = Station()
    station.feed(SetOnline(OfflineReason.NONE))
    station.control(ENABLE)
    assert StatusBit.TRIGGER_READY in station.bits
    return station


def test_a_start_is_offline_with_no_verdict() -> None:
    view = image(Handshake())
    assert view == StatusView(bits=StatusBit(OfflineReason.STARTING << OFFLINE_REASON_SHIFT))


def test_enable_brings_ready_only_while_online() -> None:
    station = Station()
    station.control(ENABLE)
    assert StatusBit.TRIGGER_READY not in station.bits
    station.feed(SetOnline(OfflineReason.NONE))
    assert station.bits == StatusBit.TRIGGER_READY | StatusBit.ONLINE
    station.control(ControlBit.NONE)
    assert station.bits == StatusBit.ONLINE


def test_a_trigger_counts_then_acknowledges_then_falls(station: Station) -> None:
    images = station.images(station.control(ENABLE | TRIGGER, part_seq=7, encoder=70))
    assert [view.acquisition_id for view in images][-2:] == [1, 1]
    assert [StatusBit.TRIGGER_ACK in view.bits for view in images][-2:] == [False, True]
    assert StatusBit.TRIGGER_READY not in images[-1].bits
    assert StatusBit.SYSTEM_BUSY in images[-1].bits
    assert station.outputs[-1] == TriggerRaised(PlcTrigger(1, 7, 70, "", 0))
    station.control(ENABLE)
    assert StatusBit.TRIGGER_ACK not in station.bits
    assert StatusBit.TRIGGER_READY in station.bits


def test_a_trigger_held_up_is_one_trigger(station: Station) -> None:
    for _ in range(3):
        station.control(ENABLE | TRIGGER)
    assert image(station.state).acquisition_id == 1


@pytest.mark.parametrize(
    ("bits", "why"), [(TRIGGER, "TriggerEnable is 0"), (ENABLE | TRIGGER | ControlBit.SET_OFFLINE, "fell")]
)
def test_a_trigger_without_ready_is_missed_and_said(station: Station, bits: ControlBit, why: str) -> None:
    if why.startswith("Trigger"):
        station.control(ControlBit.NONE)
    station.control(bits, part_seq=9)
    missed = station.outputs[-1]
    assert isinstance(missed, TriggerMissed)
    assert missed.part_seq == 9
    assert why in missed.why
    view = image(station.state)
    assert view.error_code == ErrorCode.TRIGGER_OVERRUN
    assert StatusBit.MISSED_ACQ | StatusBit.ERROR in view.bits
    assert StatusBit.TRIGGER_ACK not in view.bits
    assert view.acquisition_id == 0


def test_enable_and_trigger_in_one_word_miss_because_ready_was_not_awaited() -> None:
    station = Station()
    station.feed(SetOnline(OfflineReason.NONE))
    station.control(ENABLE | TRIGGER)
    assert StatusBit.MISSED_ACQ in station.bits


def test_an_engine_that_refuses_makes_an_overrun(station: Station) -> None:
    station.takes = False
    station.control(ENABLE | TRIGGER)
    assert StatusBit.MISSED_ACQ | StatusBit.ERROR in station.bits
    assert image(station.state).acquisition_id == 0
    station.takes = True
    station.control(ENABLE)
    station.control(ENABLE | TRIGGER)
    assert StatusBit.MISSED_ACQ not in station.bits, "the next good trigger takes MissedAcq back"
    assert image(station.state).error_code == ErrorCode.TRIGGER_OVERRUN, "the error waits for ClearError"


def test_an_engine_that_never_answered_has_missed(station: Station) -> None:
    state, _ = step(station.state, ControlSeen(ControlView(ENABLE | TRIGGER, part_seq=3), 0))
    state, outputs = step(state, ControlSeen(ControlView(ENABLE, part_seq=3), 0))
    assert any(isinstance(output, TriggerMissed) for output in outputs)
    assert image(state).acquisition_id == 0
    assert state.ready


def test_why_the_station_is_offline_outranks_an_overrun(station: Station) -> None:
    station.feed(SetError(ErrorCode.CAMERA))
    station.feed(SetOnline(OfflineReason.NO_CAMERA))
    station.control(ENABLE | TRIGGER)
    assert StatusBit.MISSED_ACQ in station.bits
    assert image(station.state).error_code == ErrorCode.CAMERA


def test_data_stands_before_results_valid(station: Station) -> None:
    data, valid = station.images(station.feed(ResultReady(result(1))))
    assert StatusBit.RESULTS_VALID not in data.bits
    assert StatusBit.JOB_PASS not in data.bits
    assert StatusBit.RESULTS_VALID | StatusBit.JOB_PASS in valid.bits
    assert replace(data, bits=valid.bits) == valid
    assert (valid.verdict, valid.part_seq_echo, valid.encoder_echo, valid.inspection_id) == (1, 101, 1000, 1)
    assert (valid.defect_count, valid.worst_class, valid.score, valid.cycle_ms) == (2, 3, 0.5, 40)


def test_ack_takes_valid_away_first_and_its_fall_brings_the_next(station: Station) -> None:
    station.feed(ResultReady(result(1)))
    station.feed(ResultReady(result(2, VerdictCode.NG)))
    assert image(station.state).buffered_results == 2
    fallen, cleared = station.images(station.control(ENABLE | ACK))
    assert StatusBit.RESULTS_VALID not in fallen.bits
    assert fallen.verdict == VerdictCode.OK
    assert cleared.verdict == VerdictCode.NONE
    assert cleared.buffered_results == 1
    assert station.outputs[-1] == Acknowledged(1)
    station.control(ENABLE)
    view = image(station.state)
    assert StatusBit.RESULTS_VALID in view.bits
    assert (view.verdict, view.inspection_id) == (VerdictCode.NG, 2)
    assert StatusBit.JOB_PASS not in view.bits


def test_an_ack_that_stays_up_acknowledges_once_and_holds_the_next_back(station: Station) -> None:
    station.feed(ResultReady(result(1)))
    station.control(ENABLE | ACK)
    station.feed(ResultReady(result(2)))
    station.control(ENABLE | ACK, plc_heartbeat=3)
    assert station.outputs.count(Acknowledged(1)) == 1
    assert StatusBit.RESULTS_VALID not in station.bits
    station.control(ENABLE)
    assert image(station.state).inspection_id == 2


def test_the_system_is_busy_from_a_trigger_to_its_result(station: Station) -> None:
    station.control(ENABLE | TRIGGER)
    station.control(ENABLE)
    station.control(ENABLE | TRIGGER)
    station.feed(ResultReady(result(1)))
    assert StatusBit.SYSTEM_BUSY in station.bits
    station.feed(ResultReady(result(2)))
    assert StatusBit.SYSTEM_BUSY not in station.bits


def test_inspection_completed_toggles_with_each_result(station: Station) -> None:
    seen = []
    for number in range(3):
        station.feed(ResultReady(result(number)))
        seen.append(StatusBit.INSPECTION_COMPLETED in station.bits)
    assert seen == [True, False, True]


def test_the_ninth_result_is_an_overrun_that_says_so(station: Station) -> None:
    for number in range(1, BUFFER_SIZE + 2):
        station.feed(ResultReady(result(number)))
    assert station.outputs[-1] == ResultDropped(BUFFER_SIZE + 1)
    view = image(station.state)
    assert StatusBit.RESULTS_BUFFER_OVERRUN | StatusBit.ERROR in view.bits
    assert view.error_code == ErrorCode.RESULTS_OVERRUN
    assert (view.buffered_results, view.inspection_id) == (BUFFER_SIZE, 1)
    station.control(ENABLE | ControlBit.CLEAR_ERROR)
    assert not station.bits & (StatusBit.RESULTS_BUFFER_OVERRUN | StatusBit.ERROR)


def test_an_error_is_never_ok(station: Station) -> None:
    station.feed(ResultReady(result(1, error=ErrorCode.CAMERA)))
    view = image(station.state)
    assert view.verdict == VerdictCode.NOT_DECIDABLE
    assert view.error_code == ErrorCode.CAMERA
    assert StatusBit.ERROR in view.bits
    assert StatusBit.JOB_PASS not in view.bits
    station.control(ENABLE | ACK)
    assert image(station.state).error_code == ErrorCode.NONE, "an error of a part goes with its result"


def test_set_offline_is_a_wish_of_the_plc_and_ends_with_it(station: Station) -> None:
    station.control(ENABLE | ControlBit.SET_OFFLINE)
    assert station.bits == StatusBit(OfflineReason.PLC_SET_OFFLINE << OFFLINE_REASON_SHIFT)
    station.feed(SetOnline(OfflineReason.NO_MODEL))
    assert station.bits == StatusBit(OfflineReason.NO_MODEL << OFFLINE_REASON_SHIFT)
    station.feed(SetOnline(OfflineReason.NONE))
    station.control(ENABLE)
    assert station.bits == StatusBit.ONLINE | StatusBit.TRIGGER_READY


def test_a_silent_plc_takes_ready_away_but_no_result(station: Station) -> None:
    station.control(ENABLE, now_s=1.0, plc_heartbeat=1)
    station.feed(ResultReady(result(1)))
    station.feed(Tick(3 * SECOND))
    assert StatusBit.TRIGGER_READY in station.bits, "the time-out itself is still in time"
    station.feed(Tick(3 * SECOND + 1))
    assert StatusBit.TRIGGER_READY not in station.bits
    assert StatusBit.RESULTS_VALID | StatusBit.ONLINE in station.bits
    assert station.outputs[-1] == LinkChanged(up=False, text="its heartbeat has not changed for 2 s")
    station.control(ENABLE | TRIGGER, now_s=4.0)
    assert StatusBit.MISSED_ACQ in station.bits, "other bits are no sign of life once the heartbeat was used"
    station.control(ENABLE, now_s=5.0, plc_heartbeat=2)
    assert StatusBit.TRIGGER_READY in station.bits
    assert station.outputs[-1] == LinkChanged(up=True, text="the PLC is heard")


def test_a_plc_without_heartbeat_is_not_watched(station: Station) -> None:
    station.feed(Tick(1000 * SECOND))
    assert StatusBit.TRIGGER_READY in station.bits
    assert station.outputs == [LinkChanged(up=True, text="the PLC is heard")]


def test_a_lost_transport_is_heard_again_with_the_next_word(station: Station) -> None:
    station.feed(TransportLost("cable"))
    station.feed(TransportLost("cable"))
    assert StatusBit.TRIGGER_READY not in station.bits
    station.control(ENABLE)
    assert StatusBit.TRIGGER_READY in station.bits
    assert [output.up for output in station.outputs if isinstance(output, LinkChanged)] == [True, False, True]


def test_the_own_heartbeat_counts_and_wraps() -> None:
    state, outputs = step(Handshake(vision_heartbeat=0xFFFF), Tick(0))
    assert state.vision_heartbeat == 0
    assert [view.vision_heartbeat for view in outputs if isinstance(view, StatusView)] == [0]


def test_ids_wrap_in_their_registers(station: Station) -> None:
    station.state = replace(station.state, acquisition_id=0xFFFF)
    station.control(ENABLE | TRIGGER)
    station.feed(ResultReady(result(0x1_0005)))
    assert image(station.state).acquisition_id == 0
    assert image(station.state).inspection_id == 5
    station.control(ENABLE | TRIGGER | ACK)
    assert station.outputs[-1] == Acknowledged(0x1_0005)


@pytest.mark.parametrize("command", [*Command, 99])
def test_commands_are_answered_done_or_failed(station: Station, command: int) -> None:
    station.feed(SetError(ErrorCode.MODEL))
    station.control(ENABLE | ControlBit.EXECUTE_COMMAND, command=command)
    view = image(station.state)
    done = command == Command.ACKNOWLEDGE_ERROR
    assert (StatusBit.CMD_COMPLETED in view.bits, StatusBit.CMD_FAILED in view.bits) == (done, not done)
    assert view.command_echo == command
    assert view.error_code == (ErrorCode.NONE if done else ErrorCode.MODEL)
    station.control(ENABLE, command=command)
    assert image(station.state).command_echo == 0
    assert not station.bits & (StatusBit.CMD_COMPLETED | StatusBit.CMD_FAILED)


def test_clear_error_works_by_its_edge_alone(station: Station) -> None:
    station.feed(SetError(ErrorCode.STORAGE))
    station.control(ENABLE | ControlBit.CLEAR_ERROR)
    assert image(station.state).error_code == ErrorCode.NONE
    station.feed(SetError(ErrorCode.STORAGE))
    station.control(ENABLE | ControlBit.CLEAR_ERROR)
    assert image(station.state).error_code == ErrorCode.STORAGE


def test_what_changes_nothing_writes_nothing(station: Station) -> None:
    assert station.images(station.feed(SetRecipe(4)))[-1].recipe == 4
    assert station.feed(SetRecipe(4)) == []
    assert station.control(ENABLE) == []


class AnyOrder(RuleBasedStateMachine):
    """Any order of events; what a PLC sees, image by image, has to keep the promises."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Handshake()
        self.shown = image(self.state)
        self.now_ns = 0
        self.sent: list[PlcResult] = []
        self.acknowledged: list[int] = []
        self.dropped: list[int] = []
        self.rises = self.accepted = self.missed = 0
        self.online = False
        self.link_up: bool | None = None

    def feed(self, event: Event, *, takes: bool = True) -> None:
        was_ready = StatusBit.TRIGGER_READY in self.shown.bits
        self.state, outputs = step(self.state, event)
        for output in outputs:
            assert was_ready or not isinstance(output, TriggerRaised), "a PLC triggers on what it could see"
            self.take(output)
        assert image(self.state) == self.shown, "the PLC always sees the latest state"
        if any(isinstance(output, TriggerRaised) for output in outputs):
            self.accepted += takes
            self.feed(TriggerAnswer(takes))

    def take(self, output: Output) -> None:
        match output:
            case StatusView():
                self.look(output)
            case TriggerRaised():
                assert self.online
                assert self.link_up
            case TriggerMissed():
                self.missed += 1
            case Acknowledged(inspection_id):
                self.acknowledged.append(inspection_id)
            case ResultDropped(inspection_id):
                self.dropped.append(inspection_id)
            case LinkChanged(up, _):
                assert up != self.link_up, "told once a change"
                self.link_up = up

    def look(self, view: StatusView) -> None:
        before, self.shown = self.shown, view
        valid, was_valid = StatusBit.RESULTS_VALID in view.bits, StatusBit.RESULTS_VALID in before.bits
        data = [
            (seen.inspection_id, seen.verdict, seen.part_seq_echo, seen.encoder_echo, seen.score, seen.defect_count)
            for seen in (before, view)
        ]
        if valid or was_valid:
            assert data[0] == data[1], "data stands before Valid rises and until it fell"
        if valid and not was_valid:
            assert ACK not in self.state.control.bits, "the next result waits for the fall of Ack"
        if valid:
            head = next(sent for sent in self.sent if sent.inspection_id not in {*self.acknowledged, *self.dropped})
            assert data[1][:3] == (head.inspection_id, shown_verdict(head), head.part_seq)
        assert (StatusBit.JOB_PASS in view.bits) == (valid and view.verdict == VerdictCode.OK)
        assert (StatusBit.ERROR in view.bits) == (view.error_code != ErrorCode.NONE)
        if StatusBit.TRIGGER_READY in view.bits:
            assert StatusBit.ONLINE in view.bits
            assert self.state.peer is not Peer.DOWN

    @rule(
        bits=st.sets(st.sampled_from(list(ControlBit))),
        beats=st.booleans(),
        command=st.integers(0, 12),
        takes=st.booleans(),
        part_seq=st.integers(0, 5),
    )
    def plc_writes(self, *, bits: set[ControlBit], beats: bool, command: int, takes: bool, part_seq: int) -> None:
        word = ControlBit.NONE
        for bit in bits:
            word |= bit
        self.write(word, beats=beats, command=command, takes=takes, part_seq=part_seq)

    @rule(bit=st.sampled_from([TRIGGER, ACK, ENABLE]), beats=st.booleans(), takes=st.booleans())
    def plc_changes_one_bit(self, *, bit: ControlBit, beats: bool, takes: bool) -> None:
        """Well-behaved PLCs change one bit at a time; this is how the deep states are reached."""
        self.write(self.state.control.bits ^ bit, beats=beats, command=0, takes=takes, part_seq=1)

    def write(self, word: ControlBit, *, beats: bool, command: int, takes: bool, part_seq: int) -> None:
        self.rises += bool(TRIGGER & word & ~self.state.control.bits)
        heartbeat = (self.state.control.plc_heartbeat + beats) & 0xFFFF
        self.feed(ControlSeen(ControlView(word, command, heartbeat, part_seq), self.now_ns), takes=takes)

    @rule(reason=st.sampled_from(OfflineReason))
    def station_says(self, reason: OfflineReason) -> None:
        self.online = reason is OfflineReason.NONE
        self.feed(SetOnline(reason))

    @rule(code=st.sampled_from(ErrorCode))
    def station_fails(self, code: ErrorCode) -> None:
        self.feed(SetError(code))

    @rule(verdict=st.sampled_from(list(VerdictCode)[1:]), error=st.sampled_from([ErrorCode.NONE, ErrorCode.CAMERA]))
    def result_is_durable(self, verdict: VerdictCode, error: ErrorCode) -> None:
        self.sent.append(result(len(self.sent) + 1, verdict, error=error))
        self.feed(ResultReady(self.sent[-1]))

    @rule(seconds=st.floats(0, 3))
    def time_passes(self, seconds: float) -> None:
        self.now_ns += round(seconds * SECOND)
        self.feed(Tick(self.now_ns))

    @rule()
    def cable_is_pulled(self) -> None:
        self.feed(TransportLost("cable"))

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        waiting = [held.inspection_id for held in self.state.queue]
        assert sorted(self.acknowledged + self.dropped + waiting) == [sent.inspection_id for sent in self.sent]
        assert self.acknowledged == sorted(self.acknowledged)
        assert len(waiting) == self.shown.buffered_results <= BUFFER_SIZE

    @invariant()
    def every_trigger_is_answered(self) -> None:
        assert self.rises == self.accepted + self.missed
        assert self.shown.acquisition_id == self.accepted

    @invariant()
    def a_verdict_needs_a_result(self) -> None:
        if not self.state.queue:
            assert self.shown.verdict == VerdictCode.NONE
            assert StatusBit.RESULTS_VALID not in self.shown.bits


AnyOrder.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
test_any_order_keeps_the_promises = AnyOrder.TestCase
