"""How the station and the PLC meet; checked when made, so that a wrong value is named before anything opens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plc.registers import (
    CONTROL_BIT_NAMES,
    CONTROL_NAMES,
    STATUS_BIT_NAMES,
    STATUS_NAMES,
    Tag,
    TagTable,
    TagType,
    WordOrder,
    standard_table,
)


class LinkMode(StrEnum):
    """Who owns the registers."""

    SERVER = "server"
    """The station: the PLC is the Modbus client."""
    CLIENT = "client"
    """The PLC: the station polls and writes the PLC's own registers."""


@dataclass(frozen=True, slots=True)
class PlcSettings:
    """Address, times and tags of the link.

    `tags` is read in client mode alone; when it is empty, the PLC's registers are laid out like the station's own map.
    Raises `ValueError` naming the key and the remedy.
    """

    mode: LinkMode = LinkMode.SERVER
    host: str = "127.0.0.1"
    port: int = 1502
    heartbeat_timeout_s: float = 2.0
    heartbeat_period_s: float = 0.25
    word_order: WordOrder = WordOrder.BIG
    device_id: int = 1
    poll_period_s: float = 0.01
    request_timeout_s: float = 1.0
    reconnect_min_s: float = 0.1
    reconnect_max_s: float = 2.0
    tags: Mapping[str, Tag] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in ("heartbeat_timeout_s", "heartbeat_period_s", "poll_period_s", "request_timeout_s"):
            if getattr(self, key) <= 0:
                raise ValueError(f"plc.{key} is {getattr(self, key)}; give a time above 0 s")
        if not 0 < self.reconnect_min_s <= self.reconnect_max_s:
            raise ValueError("plc.reconnect_min_s must lie above 0 and not above plc.reconnect_max_s")
        if self.heartbeat_timeout_s < 2 * self.heartbeat_period_s:
            raise ValueError("plc.heartbeat_timeout_s must be at least twice plc.heartbeat_period_s")
        if not 0 <= self.port <= 0xFFFF:
            raise ValueError(f"plc.port is {self.port}; give 1 to 65535 (0 takes any free port)")
        if not 0 <= self.device_id <= 255:
            raise ValueError(f"plc.device_id is {self.device_id}; give 0 to 255, 1 or 255 for a PLC that is no gateway")
        if self.tags:
            check_tags(self.tags)

    @property
    def table(self) -> TagTable:
        """The tags in force."""
        if self.mode is LinkMode.CLIENT and self.tags:
            return self.tags
        return standard_table(self.word_order)


def check_tags(tags: TagTable) -> None:
    """Hold a tag table to what the handshake cannot do without. Raises `ValueError` naming the tag and the remedy."""
    known = {*CONTROL_NAMES, *CONTROL_BIT_NAMES, *STATUS_NAMES, *STATUS_BIT_NAMES}
    if unknown := sorted(tags.keys() - known):
        raise ValueError(f"plc.tags.{unknown[0]} is no tag of the handshake; there are: {', '.join(sorted(known))}")
    needed = {"verdict", "part_seq", "part_seq_echo", "vision_heartbeat"}
    if "control_bits" not in tags:
        needed |= {"trigger_enable", "trigger", "inspection_results_ack"}
    if "status_bits" not in tags:
        needed |= {"online", "trigger_ready", "trigger_ack", "missed_acq", "results_valid"}
    if missing := sorted(needed - tags.keys()):
        raise ValueError(f"plc.tags lacks {missing[0]}, which the handshake needs; give its address")
    _check_layout(tags)


def _check_layout(tags: TagTable) -> None:
    taken: dict[int, str] = {}
    for name, tag in tags.items():
        if (name == "serial") != (tag.type is TagType.STRING):
            raise ValueError(f'plc.tags.{name}: type "string" is for serial, and serial for it alone')
        if tag.scale == 0:
            raise ValueError(f"plc.tags.{name}: scale 0 would lose the value; give the value of one count")
        if tag.addresses.start < 0 or tag.addresses.stop > 0x1_0000:
            raise ValueError(
                f"plc.tags.{name}: registers {tag.address} to {tag.addresses[-1]} are not all within 0 to 65535"
            )
        for address in tag.addresses:
            if address in taken:
                raise ValueError(f"plc.tags.{name}: register {address} already belongs to plc.tags.{taken[address]}")
            taken[address] = name
