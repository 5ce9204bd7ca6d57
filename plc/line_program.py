"""What runs in the PLC of the virtual line: trigger, shift register, acknowledgement, gate. No I/O, time comes in."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from plc.conveyor import BeltPart, Conveyor, LeftPart, Verdict, gate
from plc.line_faults import FaultKind, LineFault
from plc.link import ErrorCode, OfflineReason, VerdictCode
from plc.registers import OFFLINE_REASON_SHIFT, ControlBit, ControlView, StatusBit, StatusView

U16 = 0xFFFF
U32 = 0xFFFF_FFFF
CLEAR_PULSE_S = 0.1


class TriggerPhase(Enum):
    """How far the trigger of the part at the camera has come."""

    IDLE = "idle"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """The line: how many parts, how far the gate, and what goes wrong."""

    parts: int
    gate_pitch: int
    first_part_seq: int = 1
    seed: int = 0
    heartbeat_period_s: float = 0.25
    heartbeat_timeout_s: float = 2.0
    counts_per_takt: int = 1000
    faults: tuple[LineFault, ...] = ()


@dataclass(slots=True)
class LineCounts:
    """What happened; `late` verdicts came after their part had left, `unknown` ones for a part never seen."""

    entered: int = 0
    passed: int = 0
    rejected: int = 0
    triggered: int = 0
    missed_triggers: int = 0
    acknowledged: int = 0
    late: int = 0
    unknown: int = 0
    why: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)


class LineProgram:
    """Two entries, as in a real PLC: `takt` when the belt has moved by one part, `scan` as often as the bus allows."""

    def __init__(self, settings: LineSettings) -> None:
        self.counts = LineCounts()
        self._settings = settings
        self._conveyor = Conveyor(settings.gate_pitch)
        self._status: StatusView | None = None
        self._vision_heartbeat: int | None = None
        self._vision_heard_s = float("-inf")
        self._phase = TriggerPhase.IDLE
        self._trigger_seq = 0
        self._bounce = False
        self._ack = False
        self._part_seq = 0
        self._fault_until_s: dict[FaultKind, float] = {}
        self._heartbeat = 0
        self._beat_at_s = float("-inf")

    @property
    def done(self) -> bool:
        """Every part has left."""
        return self.counts.passed + self.counts.rejected >= self._settings.parts

    @property
    def last_part_seq(self) -> int:
        """PartSeq of the part that came to the camera last."""
        return (self._settings.first_part_seq + self.counts.entered - 1) & U32

    def ready(self, now_s: float) -> bool:
        """Whether the station would take a trigger now."""
        return not (self._hindrance(now_s) or self._unready())

    def fails(self, kind: FaultKind, now_s: float) -> bool:
        """Whether a fault is at work."""
        return now_s < self._fault_until_s.get(kind, float("-inf"))

    def takt(self, now_s: float) -> LeftPart | None:
        """Move the belt by one part; gives the part that left through the gate."""
        entering = None
        if self.counts.entered < self._settings.parts:
            part_seq = (self._settings.first_part_seq + self.counts.entered) & U32
            self.counts.entered += 1
            self._begin_faults(now_s)
            entering = BeltPart(part_seq, trouble=self._start(part_seq, now_s))
        left = self._conveyor.shift(entering)
        return None if left is None else self._count(gate(left, self._hindrance(now_s)))

    def clear_belt(self) -> list[LeftPart]:
        """Stop the line: what is still on the belt is rejected."""
        return [
            self._count(gate(part, "line stopped"))
            for _ in range(self._settings.gate_pitch)
            if (part := self._conveyor.shift(None)) is not None
        ]

    def scan(self, status: StatusView | None, now_s: float) -> ControlView:
        """Take in the station's registers (None while it cannot be reached) and give the PLC's own."""
        self._note_error(status)
        self._status = status
        if status is not None:
            self._follow_heartbeat(status, now_s)
            self._follow_trigger(status)
            self._follow_result(status, now_s)
        self._beat(now_s)
        bits = ControlBit.TRIGGER_ENABLE | ControlBit.BUFFER_RESULTS_ENABLE
        bits |= ControlBit.TRIGGER if self._phase is TriggerPhase.UP else ControlBit.NONE
        bits |= ControlBit.INSPECTION_RESULTS_ACK if self._ack else ControlBit.NONE
        bits |= ControlBit.CLEAR_ERROR if self._clears(now_s) else ControlBit.NONE
        encoder = self._part_seq * self._settings.counts_per_takt & U32
        serial = f"S{self._settings.seed:04d}-{self._part_seq:010d}" if self._part_seq else ""
        return ControlView(bits, 0, self._heartbeat, self._part_seq, encoder, serial)

    def _begin_faults(self, now_s: float) -> None:
        for fault in self._settings.faults:
            if fault.part == self.counts.entered:
                self._fault_until_s[fault.kind] = now_s + fault.seconds
                self._bounce = self._bounce or fault.kind is FaultKind.DOUBLE_TRIGGER

    def _start(self, part_seq: int, now_s: float) -> str:
        """Raise the trigger of a part, or say why not."""
        unfinished = self._phase is not TriggerPhase.IDLE
        if self._phase is TriggerPhase.UP:
            self._conveyor.trouble(self._trigger_seq, "trigger not acknowledged")
            self._phase = TriggerPhase.DOWN
        if why := self._hindrance(now_s) or self._unready():
            return why
        if unfinished:
            return "the trigger before was not over"
        self._phase = TriggerPhase.UP
        self._part_seq = self._trigger_seq = part_seq
        self.counts.triggered += 1
        return ""

    def _unready(self) -> str:
        bits = self._status.bits if self._status else StatusBit.NONE
        if StatusBit.ONLINE not in bits:
            reason = OfflineReason((bits & StatusBit.OFFLINE_REASON) >> OFFLINE_REASON_SHIFT)
            return f"station offline ({reason.name})"
        # MissedAcq of an earlier trigger could be taken for this one's.
        return "" if StatusBit.TRIGGER_READY in bits and StatusBit.MISSED_ACQ not in bits else "station not ready"

    def _hindrance(self, now_s: float) -> str:
        """Why the station cannot be trusted at this moment."""
        if self._status is None:
            return "link lost"
        if now_s - self._vision_heard_s > self._settings.heartbeat_timeout_s:
            return "heartbeat lost"
        return ""

    def _count(self, left: LeftPart) -> LeftPart:
        self.counts.passed += left.passed
        self.counts.rejected += not left.passed
        self.counts.why[left.why] += 1
        return left

    def _follow_heartbeat(self, status: StatusView, now_s: float) -> None:
        if status.vision_heartbeat != self._vision_heartbeat:
            # The first reading may be an old one standing still: only a change proves life.
            if self._vision_heartbeat is not None:
                self._vision_heard_s = now_s
            self._vision_heartbeat = status.vision_heartbeat

    def _follow_trigger(self, status: StatusView) -> None:
        if self._phase is TriggerPhase.UP:
            if StatusBit.MISSED_ACQ in status.bits:
                self._conveyor.trouble(self._trigger_seq, "trigger missed")
                self.counts.missed_triggers += 1
                self._phase = TriggerPhase.DOWN
            elif StatusBit.TRIGGER_ACK in status.bits:
                self._phase = TriggerPhase.DOWN
        elif self._phase is TriggerPhase.DOWN and StatusBit.TRIGGER_ACK not in status.bits:
            self._phase = TriggerPhase.UP if self._bounce else TriggerPhase.IDLE
            self._bounce = False

    def _follow_result(self, status: StatusView, now_s: float) -> None:
        valid = StatusBit.RESULTS_VALID in status.bits
        if valid and not self._ack:
            self._take(status)
            self._ack = True
        elif self._ack and not valid and not self.fails(FaultKind.STUCK_ACK, now_s):
            self._ack = False

    def _take(self, status: StatusView) -> None:
        self.counts.acknowledged += 1
        verdict = Verdict(status.inspection_id, VerdictCode(status.verdict))
        if not self._conveyor.judge(status.part_seq_echo, verdict):
            known = 0 <= status.part_seq_echo - self._settings.first_part_seq < self.counts.entered
            self.counts.late += known
            self.counts.unknown += not known

    def _note_error(self, status: StatusView | None) -> None:
        before = self._status.error_code if self._status else 0
        if status is not None and status.error_code not in {0, before}:
            self.counts.errors[ErrorCode(status.error_code).name] += 1

    def _clears(self, now_s: float) -> bool:
        """Whether ClearError is up: in pulses, for the station sees edges alone.

        It waits until the station is online, so that what took it offline stays readable as long as it lasts.
        """
        if self._status is None or StatusBit.ONLINE not in self._status.bits or self._phase is not TriggerPhase.IDLE:
            return False
        marks = StatusBit.ERROR | StatusBit.MISSED_ACQ | StatusBit.RESULTS_BUFFER_OVERRUN
        return bool(self._status.bits & marks) and int(now_s / CLEAR_PULSE_S) % 2 == 0

    def _beat(self, now_s: float) -> None:
        if now_s - self._beat_at_s >= self._settings.heartbeat_period_s and not self.fails(FaultKind.SILENT, now_s):
            self._heartbeat = (self._heartbeat + 1) & U16
            self._beat_at_s = now_s
