"""The station's side of the handshake as a pure state machine: what is heard goes in, registers and events come out.

The bits and their order follow the Cognex In-Sight blocks. A step may give several register images: they have to reach
the PLC in that order, which is how data stands before ResultsValid rises and falls only after it.
"""

from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from typing import assert_never

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
from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from plc.registers import OFFLINE_REASON_SHIFT, ControlBit, ControlView, StatusBit, StatusView

BUFFER_SIZE = 8
"""Results held for the PLC, the one it is shown among them."""
U16 = 0xFFFF


class Command(IntEnum):
    """MERLIC's command codes; the station itself carries out AcknowledgeError, the rest is answered CmdFailed."""

    NONE = 0
    SELECT_MODE_AUTOMATIC = 1
    PREPARE_RECIPE = 2
    UNPREPARE_RECIPE = 3
    START_SINGLE_JOB = 4
    START_CONTINUOUS = 5
    HALT = 6
    RESET = 7
    STOP = 8
    ABORT = 9
    DEQUEUE_RESULT = 10
    ACKNOWLEDGE_ERROR = 11


class Peer(Enum):
    """What is known of the PLC."""

    UNHEARD = "unheard"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Handshake:
    """Everything the station's side knows. The first of `queue` is the one shown while `valid`."""

    control: ControlView = field(default_factory=ControlView)
    reason: OfflineReason = OfflineReason.STARTING
    peer: Peer = Peer.UNHEARD
    peer_text: str = ""
    heartbeat_timeout_ns: int = 2_000_000_000
    heard_ns: int | None = None
    """When the PLC's heartbeat last changed; None until it first does, and until then its silence means nothing."""
    vision_heartbeat: int = 0
    acquisition_id: int = 0
    pending: PlcTrigger | None = None
    trigger_ack: bool = False
    missed: bool = False
    overrun: bool = False
    inspection_completed: bool = False
    error: ErrorCode = ErrorCode.NONE
    recipe: int = 0
    running: frozenset[int] = frozenset()
    """Acquisition ids of parts without a result yet."""
    queue: tuple[PlcResult, ...] = ()
    loaded: bool = False
    """The data registers hold the first of `queue`."""
    valid: bool = False
    command_bit: StatusBit = StatusBit.NONE
    command_echo: int = 0

    @property
    def offline_reason(self) -> OfflineReason:
        """Why the station is not online, the station's own reason before the PLC's wish."""
        if self.reason is OfflineReason.NONE and ControlBit.SET_OFFLINE in self.control.bits:
            return OfflineReason.PLC_SET_OFFLINE
        return self.reason

    @property
    def ready(self) -> bool:
        """A rise of Trigger would be taken."""
        return self.not_ready_because == ""

    @property
    def not_ready_because(self) -> str:
        """What keeps TriggerReady low, empty when nothing does."""
        if self.offline_reason is not OfflineReason.NONE:
            return f"the station is offline ({self.offline_reason.name})"
        if self.peer is Peer.DOWN:
            return f"the PLC was not heard ({self.peer_text})"
        if ControlBit.TRIGGER_ENABLE not in self.control.bits:
            return "TriggerEnable is 0"
        return "the last trigger is still up" if self.trigger_ack or self.pending else ""


def _shown_error(state: Handshake) -> ErrorCode:
    if state.error is ErrorCode.NONE and state.loaded:
        return state.queue[0].error
    return state.error


def _bits(state: Handshake, verdict: VerdictCode) -> StatusBit:
    flags = {
        StatusBit.TRIGGER_READY: state.ready,
        StatusBit.TRIGGER_ACK: state.trigger_ack,
        StatusBit.MISSED_ACQ: state.missed,
        StatusBit.ONLINE: state.offline_reason is OfflineReason.NONE,
        StatusBit.SYSTEM_BUSY: bool(state.running),
        StatusBit.INSPECTION_COMPLETED: state.inspection_completed,
        StatusBit.RESULTS_BUFFER_OVERRUN: state.overrun,
        StatusBit.RESULTS_VALID: state.valid,
        StatusBit.ERROR: _shown_error(state) is not ErrorCode.NONE,
        StatusBit.JOB_PASS: state.valid and verdict is VerdictCode.OK,
    }
    bits = state.command_bit | StatusBit(int(state.offline_reason) << OFFLINE_REASON_SHIFT)
    for bit, is_set in flags.items():
        bits |= bit if is_set else StatusBit.NONE
    return bits


def shown_verdict(result: PlcResult) -> VerdictCode:
    """The verdict the PLC is told: one with an error is never OK."""
    if result.error is not ErrorCode.NONE and result.verdict is VerdictCode.OK:
        return VerdictCode.NOT_DECIDABLE
    return result.verdict


def image(state: Handshake) -> StatusView:
    """The registers of a state. Result registers are all 0 unless a result is loaded."""
    result = state.queue[0] if state.loaded else None
    verdict = shown_verdict(result) if result else VerdictCode.NONE
    view = StatusView(
        bits=_bits(state, verdict),
        recipe=state.recipe,
        error_code=_shown_error(state),
        acquisition_id=state.acquisition_id,
        vision_heartbeat=state.vision_heartbeat,
        buffered_results=len(state.queue),
        command_echo=state.command_echo,
    )
    if result is None:
        return view
    return replace(
        view,
        inspection_id=result.inspection_id & U16,
        result_code=result.result_code,
        verdict=verdict,
        defect_count=result.defect_count,
        worst_class=result.worst_class,
        score=result.score,
        part_seq_echo=result.part_seq,
        encoder_echo=result.encoder,
        cycle_ms=result.cycle_ms,
    )


class _Step:
    """One step under way: the state as it becomes, and what came out so far."""

    def __init__(self, state: Handshake) -> None:
        self.state = state
        self.outputs: list[Output] = []

    def show(self) -> None:
        """Have the registers written as they are now."""
        self.outputs.append(image(self.state))

    def load_next(self) -> None:
        """Put the next buffered result before the PLC: its data first, ResultsValid after it."""
        if (
            self.state.queue
            and not self.state.loaded
            and ControlBit.INSPECTION_RESULTS_ACK not in self.state.control.bits
        ):
            self.state = replace(self.state, loaded=True)
            self.show()
            self.state = replace(self.state, valid=True)

    def miss(self, part_seq: int, why: str) -> None:
        """Report a trigger that cannot be taken."""
        self.state = replace(self.state, missed=True)
        self.latch(ErrorCode.TRIGGER_OVERRUN)
        self.outputs.append(TriggerMissed(part_seq, why))

    def latch(self, code: ErrorCode) -> None:
        """Show an overrun, unless an error is up already: what keeps the station from working is worth more."""
        if self.state.error is ErrorCode.NONE:
            self.state = replace(self.state, error=code)

    def heard(self, control: ControlView, now_ns: int) -> None:
        """Follow the PLC's heartbeat."""
        state = self.state
        beat = control.plc_heartbeat != state.control.plc_heartbeat
        supervised = state.heard_ns is not None
        if beat:
            self.state = replace(self.state, heard_ns=now_ns)
        if state.peer is not Peer.UP and (beat or not supervised):
            self.state = replace(self.state, peer=Peer.UP, peer_text="")
            self.outputs.append(LinkChanged(up=True, text="the PLC is heard"))

    def lost(self, text: str) -> None:
        """Take the PLC for gone; what is buffered stays for its return."""
        if self.state.peer is not Peer.DOWN:
            self.state = replace(self.state, peer=Peer.DOWN, peer_text=text)
            self.outputs.append(LinkChanged(up=False, text=text))


def step(state: Handshake, event: Event) -> tuple[Handshake, tuple[Output, ...]]:
    """Take one event in; return the state after it and what has to be done, in order."""
    now = _Step(state)
    match event:
        case ControlSeen(control, monotonic_ns):
            _control(now, control, monotonic_ns)
        case TriggerAnswer(accepted):
            _answer(now, accepted=accepted)
        case Tick(monotonic_ns):
            _tick(now, monotonic_ns)
        case TransportLost(text):
            now.lost(text)
        case SetOnline(reason):
            now.state = replace(now.state, reason=reason)
        case SetRecipe(number):
            now.state = replace(now.state, recipe=number)
        case SetError(code):
            now.state = replace(now.state, error=code)
        case ResultReady(result):
            _result(now, result)
        case _:
            assert_never(event)
    if image(now.state) != (_last_image(now.outputs) or image(state)):
        now.show()
    return now.state, tuple(now.outputs)


def _last_image(outputs: list[Output]) -> StatusView | None:
    return next((output for output in reversed(outputs) if isinstance(output, StatusView)), None)


def _control(now: _Step, control: ControlView, monotonic_ns: int) -> None:
    before, was_ready, why = now.state.control.bits, now.state.ready, now.state.not_ready_because
    rose, fell = control.bits & ~before, before & ~control.bits
    if now.state.pending is not None:
        _answer(now, accepted=False)
    now.heard(control, monotonic_ns)
    now.state = replace(now.state, control=control)
    if ControlBit.CLEAR_ERROR in rose:
        now.state = replace(now.state, error=ErrorCode.NONE, missed=False, overrun=False)
    _command(now, rose, fell)
    if ControlBit.TRIGGER in fell:
        now.state = replace(now.state, trigger_ack=False)
    if ControlBit.TRIGGER in rose:
        if was_ready and ControlBit.TRIGGER_ENABLE in control.bits and now.state.offline_reason is OfflineReason.NONE:
            _raise(now, control, monotonic_ns)
        else:
            now.miss(control.part_seq, why or "TriggerReady fell with the trigger")
    if ControlBit.INSPECTION_RESULTS_ACK in rose and now.state.valid:
        _take_away(now)
    now.load_next()


def _raise(now: _Step, control: ControlView, monotonic_ns: int) -> None:
    trigger = PlcTrigger(
        (now.state.acquisition_id + 1) & U16, control.part_seq, control.encoder, control.serial, monotonic_ns
    )
    now.state = replace(now.state, pending=trigger)
    now.outputs.append(TriggerRaised(trigger))


def _answer(now: _Step, *, accepted: bool) -> None:
    trigger = now.state.pending
    if trigger is None:
        return
    now.state = replace(now.state, pending=None)
    if not accepted:
        now.miss(trigger.part_seq, "the engine cannot take another part")
        return
    running = now.state.running | {trigger.acquisition_id}
    now.state = replace(now.state, acquisition_id=trigger.acquisition_id, missed=False, running=running)
    now.show()
    now.state = replace(now.state, trigger_ack=ControlBit.TRIGGER in now.state.control.bits)


def _take_away(now: _Step) -> None:
    """Ack rose: ResultsValid falls while the data still stands, then the verdict goes back to 0."""
    now.state = replace(now.state, valid=False)
    now.show()
    now.outputs.append(Acknowledged(now.state.queue[0].inspection_id))
    now.state = replace(now.state, queue=now.state.queue[1:], loaded=False)


def _result(now: _Step, result: PlcResult) -> None:
    now.state = replace(
        now.state,
        running=now.state.running - {result.acquisition_id},
        inspection_completed=not now.state.inspection_completed,
    )
    if len(now.state.queue) >= BUFFER_SIZE:
        now.state = replace(now.state, overrun=True)
        now.latch(ErrorCode.RESULTS_OVERRUN)
        now.outputs.append(ResultDropped(result.inspection_id))
        return
    now.state = replace(now.state, queue=(*now.state.queue, result))
    now.load_next()


def _tick(now: _Step, monotonic_ns: int) -> None:
    state = now.state
    now.state = replace(now.state, vision_heartbeat=(state.vision_heartbeat + 1) & U16)
    if state.heard_ns is not None and monotonic_ns - state.heard_ns > state.heartbeat_timeout_ns:
        now.lost(f"its heartbeat has not changed for {state.heartbeat_timeout_ns / 1e9:g} s")


def _command(now: _Step, rose: ControlBit, fell: ControlBit) -> None:
    if ControlBit.EXECUTE_COMMAND in fell:
        now.state = replace(now.state, command_bit=StatusBit.NONE, command_echo=0)
    if ControlBit.EXECUTE_COMMAND not in rose:
        return
    command = now.state.control.command
    if command == Command.ACKNOWLEDGE_ERROR:
        now.state = replace(
            now.state, error=ErrorCode.NONE, missed=False, overrun=False, command_bit=StatusBit.CMD_COMPLETED
        )
    else:
        now.state = replace(now.state, command_bit=StatusBit.CMD_FAILED)
    now.state = replace(now.state, command_echo=command)
