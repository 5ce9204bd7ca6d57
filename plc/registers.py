"""The register map: names, addresses and types as data, and words to and from what both sides mean by them.

The bits carry the names of the Cognex In-Sight control and status blocks. Byte *b*, bit *n* of a block is bit
``8 * b + n`` of a 32-bit value whose low word stands first; every other 32-bit value follows the chosen word order.
"""

import math
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import IntFlag, StrEnum

CONTROL = range(24)
"""Addresses the PLC writes."""
STATUS = range(100, 120)
"""Addresses the station writes."""
SPACE = range(128)
"""All addresses that can be read; those between the blocks are reserved and read 0."""
SERIAL_LENGTH = 32
"""ASCII characters of a serial number, two in a register, the first in the high byte."""


class ControlBit(IntFlag):
    """What the PLC asks for. `SOFT_EVENTS` are eight bits."""

    NONE = 0
    TRIGGER_ENABLE = 1 << 0
    TRIGGER = 1 << 1
    BUFFER_RESULTS_ENABLE = 1 << 2
    INSPECTION_RESULTS_ACK = 1 << 3
    EXECUTE_COMMAND = 1 << 4
    SET_OFFLINE = 1 << 7
    SET_USER_DATA = 1 << 16
    INITIATE_STRING_CMD = 1 << 17
    CLEAR_ERROR = 1 << 18
    CLEAR_EXPOSURE_COMPLETE = 1 << 19
    SOFT_EVENTS = 0xFF << 24


class StatusBit(IntFlag):
    """What the station says. `OFFLINE_REASON` is a number of three bits."""

    NONE = 0
    TRIGGER_READY = 1 << 0
    TRIGGER_ACK = 1 << 1
    MISSED_ACQ = 1 << 3
    OFFLINE_REASON = 7 << 4
    ONLINE = 1 << 7
    SYSTEM_BUSY = 1 << 8
    INSPECTION_COMPLETED = 1 << 9
    RESULTS_BUFFER_OVERRUN = 1 << 10
    RESULTS_VALID = 1 << 11
    CMD_EXECUTING = 1 << 12
    CMD_COMPLETED = 1 << 13
    CMD_FAILED = 1 << 14
    ERROR = 1 << 15
    SET_USER_DATA_ACK = 1 << 16
    EXPOSURE_COMPLETE = 1 << 19
    JOB_PASS = 1 << 20


OFFLINE_REASON_SHIFT = 4


class WordOrder(StrEnum):
    """Which 16-bit half of a 32-bit value stands in the lower register."""

    BIG = "big"
    LITTLE = "little"


class TagType(StrEnum):
    """How a PLC holds a value."""

    BOOL = "bool"
    U16 = "u16"
    I16 = "i16"
    U32 = "u32"
    I32 = "i32"
    F32 = "f32"
    STRING = "string"


_WORDS = {TagType.U32: 2, TagType.I32: 2, TagType.F32: 2, TagType.STRING: SERIAL_LENGTH // 2}
_LIMITS = {
    TagType.U16: (0, 0xFFFF),
    TagType.I16: (-0x8000, 0x7FFF),
    TagType.U32: (0, 0xFFFF_FFFF),
    TagType.I32: (-0x8000_0000, 0x7FFF_FFFF),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a value lives: first register (0-based), type, word order, and the value of one raw count."""

    address: int
    type: TagType = TagType.U16
    word_order: WordOrder = WordOrder.BIG
    scale: float = 1.0

    @property
    def addresses(self) -> range:
        """Every register of the value."""
        return range(self.address, self.address + _WORDS.get(self.type, 1))


@dataclass(frozen=True, slots=True)
class ControlView:
    """What the PLC wrote, decoded. Each field but `bits` has a tag of its name."""

    bits: ControlBit = ControlBit.NONE
    command: int = 0
    plc_heartbeat: int = 0
    part_seq: int = 0
    encoder: int = 0
    serial: str = ""


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the station writes, decoded. Each field but `bits` (the offline reason is in them) has a tag of its name."""

    bits: StatusBit = StatusBit.NONE
    recipe: int = 0
    error_code: int = 0
    acquisition_id: int = 0
    inspection_id: int = 0
    result_code: int = 0
    verdict: int = 0
    defect_count: int = 0
    worst_class: int = 0
    score: float = 0.0
    vision_heartbeat: int = 0
    buffered_results: int = 0
    part_seq_echo: int = 0
    encoder_echo: int = 0
    cycle_ms: int = 0
    command_echo: int = 0


Value = int | float | str
TagTable = Mapping[str, Tag]

CONTROL_NAMES = ("control_bits", *(field.name for field in fields(ControlView)[1:]))
STATUS_NAMES = ("status_bits", *(field.name for field in fields(StatusView)[1:]))
CONTROL_BIT_NAMES = {str(bit.name).lower(): bit for bit in ControlBit}
STATUS_BIT_NAMES = {str(bit.name).lower(): bit for bit in StatusBit}

_STANDARD = {
    "control_bits": Tag(0, TagType.U32, WordOrder.LITTLE),
    "command": Tag(2),
    "plc_heartbeat": Tag(3),
    "part_seq": Tag(4, TagType.U32),
    "encoder": Tag(6, TagType.U32),
    "serial": Tag(8, TagType.STRING),
    "status_bits": Tag(100, TagType.U32, WordOrder.LITTLE),
    "recipe": Tag(102),
    "error_code": Tag(103),
    "acquisition_id": Tag(104),
    "inspection_id": Tag(105),
    "result_code": Tag(106),
    "verdict": Tag(107),
    "defect_count": Tag(108),
    "worst_class": Tag(109),
    "score": Tag(110, TagType.F32),
    "vision_heartbeat": Tag(112),
    "buffered_results": Tag(113),
    "part_seq_echo": Tag(114, TagType.U32),
    "encoder_echo": Tag(116, TagType.U32),
    "cycle_ms": Tag(118),
    "command_echo": Tag(119),
}


def standard_table(word_order: WordOrder = WordOrder.BIG) -> dict[str, Tag]:
    """Return the station's own map; the two bit blocks always have their low word first."""
    return {
        name: tag if name in {"control_bits", "status_bits"} else replace(tag, word_order=word_order)
        for name, tag in _STANDARD.items()
    }


def _raw(tag: Tag, value: float) -> float:
    """Value in raw counts of the register, held within its type; a score that is no number shows as the largest."""
    if tag.type is TagType.F32:
        return value / tag.scale
    low, high = _LIMITS[tag.type]
    counts = value / tag.scale if tag.scale != 1.0 else value
    if not math.isfinite(counts):
        return low if counts < 0 else high
    return min(max(round(counts), low), high)


def encode(tag: Tag, value: Value) -> list[int]:
    """Turn a value into its registers, first register first; numbers out of range are held at the type's limit."""
    if tag.type is TagType.BOOL:
        return [int(bool(value))]
    if tag.type is TagType.STRING:
        text = str(value).encode("ascii", "replace")[:SERIAL_LENGTH].ljust(SERIAL_LENGTH, b"\0")
        return list(struct.unpack(f">{SERIAL_LENGTH // 2}H", text))
    raw = _raw(tag, float(value) if tag.type is TagType.F32 else value)  # type: ignore[arg-type]  # a str has its own type
    if tag.type is TagType.F32:
        try:
            data = struct.pack(">f", raw)
        except OverflowError:
            data = struct.pack(">f", math.copysign(math.inf, raw))
    else:
        data = (int(raw) & (0xFFFF_FFFF if len(tag.addresses) == 2 else 0xFFFF)).to_bytes(2 * len(tag.addresses), "big")
    words = list(struct.unpack(f">{len(data) // 2}H", data))
    return words[::-1] if tag.word_order is WordOrder.LITTLE else words


def decode(tag: Tag, words: Sequence[int]) -> Value:
    """Turn registers back into the value; text ends at its first zero and loses trailing blanks."""
    if tag.type is TagType.BOOL:
        return bool(words[0])
    if tag.type is TagType.STRING:
        data = struct.pack(f">{len(words)}H", *words)
        return data.split(b"\0", 1)[0].decode("ascii", "replace").rstrip()
    ordered = words[::-1] if tag.word_order is WordOrder.LITTLE else words
    data = struct.pack(f">{len(ordered)}H", *ordered)
    if tag.type is TagType.F32:
        return float(struct.unpack(">f", data)[0]) * tag.scale
    raw = int.from_bytes(data, "big", signed=tag.type in {TagType.I16, TagType.I32})
    return raw if tag.scale == 1.0 else raw * tag.scale


Registers = Mapping[int, int]
"""Register words by address."""


def _pick(table: TagTable, registers: Registers, name: str) -> Value | None:
    tag = table.get(name)
    return None if tag is None else decode(tag, [registers[address] for address in tag.addresses])


def _bits(table: TagTable, registers: Registers, whole: str, single: Mapping[str, IntFlag]) -> int:
    bits = int(_pick(table, registers, whole) or 0)
    for name, bit in single.items():
        if name in table:
            bits = bits | bit if _pick(table, registers, name) else bits & ~bit
    return bits


def _values(table: TagTable, registers: Registers, names: Sequence[str]) -> dict[str, Value]:
    found = {name: _pick(table, registers, name) for name in names[1:]}
    return {name: value for name, value in found.items() if value is not None}


def _write(table: TagTable, values: Mapping[str, Value]) -> dict[int, int]:
    written: dict[int, int] = {}
    for name, value in values.items():
        if tag := table.get(name):
            written.update(zip(tag.addresses, encode(tag, value), strict=True))
    return written


def control_from_registers(table: TagTable, registers: Registers) -> ControlView:
    """Decode what the PLC wrote; tags that the table lacks keep their default."""
    values = _values(table, registers, CONTROL_NAMES)
    values = {name: value if name == "serial" else round(float(value)) for name, value in values.items()}
    bits = _bits(table, registers, "control_bits", CONTROL_BIT_NAMES)
    return ControlView(ControlBit(bits), **values)  # type: ignore[arg-type]  # by tag type


def status_from_registers(table: TagTable, registers: Registers) -> StatusView:
    """Decode what the station wrote; tags that the table lacks keep their default."""
    values = _values(table, registers, STATUS_NAMES)
    values = {name: float(value) if name == "score" else round(float(value)) for name, value in values.items()}
    bits = _bits(table, registers, "status_bits", STATUS_BIT_NAMES)
    return StatusView(StatusBit(bits), **values)  # type: ignore[arg-type]  # by tag type


def control_to_registers(table: TagTable, view: ControlView) -> dict[int, int]:
    """Encode what the PLC says, word by address."""
    single: dict[str, Value] = {name: bit in view.bits for name, bit in CONTROL_BIT_NAMES.items()}
    values: dict[str, Value] = {name: getattr(view, name) for name in CONTROL_NAMES[1:]}
    return _write(table, {"control_bits": int(view.bits)} | values | single)


def status_to_registers(table: TagTable, view: StatusView) -> dict[int, int]:
    """Encode what the station says, word by address."""
    single: dict[str, Value] = {name: bit in view.bits for name, bit in STATUS_BIT_NAMES.items()}
    values: dict[str, Value] = {name: getattr(view, name) for name in STATUS_NAMES[1:]}
    return _write(table, {"status_bits": int(view.bits)} | values | single)


def spans(addresses: Iterable[int]) -> list[range]:
    """Group addresses into runs without a gap, each a single Modbus request."""
    runs: list[range] = []
    for address in sorted(addresses):
        if runs and runs[-1].stop == address:
            runs[-1] = range(runs[-1].start, address + 1)
        else:
            runs.append(range(address, address + 1))
    return runs
