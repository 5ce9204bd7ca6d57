"""A link to a PLC over real sockets, the station as Modbus server or as client, and a PLC by hand at its other end."""

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Self

from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from plc.modbus import ModbusServerLink, RegisterClient, RegisterServer, open_link
from plc.registers import (
    STATUS,
    ControlBit,
    ControlView,
    StatusBit,
    StatusView,
    WordOrder,
    control_to_registers,
    standard_table,
    status_from_registers,
)
from plc.settings import LinkMode, PlcSettings

ENABLE, TRIGGER, ACK = ControlBit.TRIGGER_ENABLE, ControlBit.TRIGGER, ControlBit.INSPECTION_RESULTS_ACK
DEADLINE_S = 10.0
FAST = PlcSettings(
    port=0,
    heartbeat_timeout_s=0.5,
    heartbeat_period_s=0.02,
    reconnect_min_s=0.02,
    reconnect_max_s=0.1,
    request_timeout_s=0.3,
)


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Ear:
    """Notes what the link says."""

    def __init__(self) -> None:
        self.triggers: list[PlcTrigger] = []
        self.acknowledged: list[int] = []
        self.link: list[bool] = []
        self.texts: list[str] = []
        self.takes = True

    def on_trigger(self, trigger: PlcTrigger) -> bool:
        self.triggers.append(trigger)
        return self.takes

    def on_acknowledged(self, inspection_id: int) -> None:
        self.acknowledged.append(inspection_id)

    def on_link(self, *, up: bool, text: str) -> None:
        self.link.append(up)
        self.texts.append(text)


class Plc:
    """The PLC's side, by hand: it says one control block at a time and waits for what it wants to see."""

    def __init__(self, station_is_server: bool, port: int, word_order: WordOrder) -> None:
        self.table = standard_table(word_order)
        self.said = ControlView()
        self.beats = True
        self.memory = dict.fromkeys(STATUS, 0)
        self.client = RegisterClient("127.0.0.1", port) if station_is_server else None
        self.server = None if station_is_server else RegisterServer("127.0.0.1", port, STATUS, self.written)

    async def written(self, registers: Any) -> None:
        self.memory.update(registers)

    async def open(self) -> None:
        """Connect, or be there to be connected to."""
        if self.client:
            await self.client.open()
        if self.server:
            await self.server.start()

    async def close(self) -> None:
        """Be gone."""
        if self.client:
            self.client.close()
            await asyncio.sleep(0)
        if self.server:
            await self.server.stop()

    async def say(self, bits: ControlBit, **fields: Any) -> None:
        """Write the whole control block, with a beat of the heart unless that stopped."""
        beat = (self.said.plc_heartbeat + self.beats) & 0xFFFF
        self.said = replace(self.said, bits=bits, plc_heartbeat=beat, **fields)
        target = self.client or self.server
        assert target
        await target.write(control_to_registers(self.table, self.said))

    async def look(self) -> StatusView:
        """Read what the station shows."""
        registers = await self.client.read([STATUS]) if self.client else self.memory
        return status_from_registers(self.table, registers)

    async def until(self, condition: Callable[[StatusView], bool], what: str) -> StatusView:
        """Keep the heartbeat going until the registers show what is expected."""
        deadline = time.monotonic() + DEADLINE_S
        while not condition(view := await self.look()):
            assert time.monotonic() < deadline, f"never saw {what}: {view}"
            if self.beats:
                await self.say(self.said.bits)
            await asyncio.sleep(0.005)
        return view

    async def sees(self, bits: StatusBit, absent: StatusBit = StatusBit.NONE) -> StatusView:
        """Wait until some bits are shown, and others are not."""
        return await self.until(
            lambda view: view.bits & bits == bits and not view.bits & absent, f"{bits!r} -{absent!r}"
        )


class Scene:
    """A link of one transport, its ear and a PLC."""

    def __init__(self, mode: LinkMode, word_order: WordOrder = WordOrder.BIG) -> None:
        self.mode = mode
        self.word_order = word_order
        self.ear = Ear()

    async def __aenter__(self) -> Self:
        server = self.mode is LinkMode.SERVER
        port = 0 if server else free_port()
        self.settings = replace(FAST, mode=self.mode, port=port, word_order=self.word_order)
        self.link = open_link(self.settings, self.ear)
        if server:
            await self.link.start()
            assert isinstance(self.link, ModbusServerLink)
            port = self.link.port
        self.plc = Plc(server, port, self.word_order)
        await self.plc.open()
        if not server:
            await self.link.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.link.stop()
        await self.plc.close()

    async def ready(self) -> None:
        """Let the station be online and wait for a trigger."""
        self.link.set_online(OfflineReason.NONE)
        await self.plc.say(ENABLE)
        await self.plc.sees(StatusBit.ONLINE | StatusBit.TRIGGER_READY)


def result(number: int, part_seq: int, verdict: VerdictCode = VerdictCode.OK) -> PlcResult:
    """Return a result as the engine publishes it."""
    return PlcResult(number, 1, part_seq, 77, verdict, 5, ErrorCode.NONE, 2, 3, 0.625, 41)


def run(scenario: Callable[[Scene], Coroutine[Any, Any, None]], scene: Scene) -> None:
    """Play a scenario in a scene."""

    async def whole() -> None:
        async with scene:
            await scenario(scene)

    asyncio.run(whole())
