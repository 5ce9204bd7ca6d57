"""What every PLC transport has to do, over real sockets: the same walk with the station as Modbus server and as client."""

import asyncio
import socket
import struct
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Self

import pytest

from plc.link import ErrorCode, OfflineReason, PlcError, PlcResult, PlcTrigger, VerdictCode
from plc.modbus import ModbusClientLink, ModbusServerLink, RegisterClient, RegisterServer, open_link
from plc.registers import (
    STATUS,
    ControlBit,
    ControlView,
    StatusBit,
    StatusView,
    Tag,
    TagType,
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
        if self.client:
            await self.client.open()
        if self.server:
            await self.server.start()

    async def close(self) -> None:
        if self.client:
            self.client.close()
            await asyncio.sleep(0)
        if self.server:
            await self.server.stop()

    async def say(self, bits: ControlBit, **fields: Any) -> None:
        beat = (self.said.plc_heartbeat + self.beats) & 0xFFFF
        self.said = replace(self.said, bits=bits, plc_heartbeat=beat, **fields)
        target = self.client or self.server
        assert target
        await target.write(control_to_registers(self.table, self.said))

    async def look(self) -> StatusView:
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
        self.link.set_online(OfflineReason.NONE)
        await self.plc.say(ENABLE)
        await self.plc.sees(StatusBit.ONLINE | StatusBit.TRIGGER_READY)


def result(number: int, part_seq: int, verdict: VerdictCode = VerdictCode.OK) -> PlcResult:
    return PlcResult(number, 1, part_seq, 77, verdict, 5, ErrorCode.NONE, 2, 3, 0.625, 41)


@pytest.fixture(params=[LinkMode.SERVER, LinkMode.CLIENT])
def mode(request: pytest.FixtureRequest) -> LinkMode:
    return LinkMode(request.param)


def run(scenario: Callable[[Scene], Coroutine[Any, Any, None]], scene: Scene) -> None:
    async def whole() -> None:
        async with scene:
            await scenario(scene)

    asyncio.run(whole())


@pytest.mark.parametrize("word_order", WordOrder)
def test_one_part_from_trigger_to_acknowledgement(mode: LinkMode, word_order: WordOrder) -> None:
    async def walk(scene: Scene) -> None:
        plc, ear = scene.plc, scene.ear
        scene.link.set_recipe(12)
        await scene.ready()
        await plc.say(ENABLE, part_seq=0x0001_0002, encoder=0xABCD_0001, serial="PLATE-7")
        await plc.say(ENABLE | TRIGGER)
        view = await plc.sees(StatusBit.TRIGGER_ACK)
        assert (view.acquisition_id, view.recipe) == (1, 12)
        trigger = ear.triggers[0]
        assert (trigger.part_seq, trigger.encoder, trigger.serial) == (0x0001_0002, 0xABCD_0001, "PLATE-7")
        await plc.say(ENABLE)
        await plc.sees(StatusBit.TRIGGER_READY, StatusBit.TRIGGER_ACK)
        scene.link.publish(replace(result(9, trigger.part_seq), encoder=trigger.encoder))
        view = await plc.sees(StatusBit.RESULTS_VALID | StatusBit.JOB_PASS)
        assert (view.verdict, view.inspection_id, view.part_seq_echo) == (VerdictCode.OK, 9, 0x0001_0002)
        assert (view.encoder_echo, view.score, view.cycle_ms, view.defect_count) == (0xABCD_0001, 0.625, 41, 2)
        await plc.say(ENABLE | ACK)
        view = await plc.until(lambda seen: seen.verdict == 0, "the verdict taken away")
        assert StatusBit.RESULTS_VALID not in view.bits
        assert ear.acknowledged == [9]

    run(walk, Scene(mode, word_order))


def test_buffered_results_come_one_by_one(mode: LinkMode) -> None:
    async def walk(scene: Scene) -> None:
        await scene.ready()
        for number in (1, 2, 3):
            scene.link.publish(result(number, number, VerdictCode(number)))
        for number in (1, 2, 3):
            view = await scene.plc.sees(StatusBit.RESULTS_VALID)
            assert (view.inspection_id, view.verdict, view.part_seq_echo) == (number, number, number)
            assert view.buffered_results == 4 - number
            await scene.plc.say(ENABLE | ACK)
            await scene.plc.sees(StatusBit.ONLINE, StatusBit.RESULTS_VALID)
            await scene.plc.say(ENABLE)
        assert scene.ear.acknowledged == [1, 2, 3]

    run(walk, Scene(mode))


def test_a_refused_trigger_is_missed_until_the_error_is_cleared(mode: LinkMode) -> None:
    async def walk(scene: Scene) -> None:
        scene.ear.takes = False
        await scene.ready()
        await scene.plc.say(ENABLE | TRIGGER)
        view = await scene.plc.sees(StatusBit.MISSED_ACQ | StatusBit.ERROR, StatusBit.TRIGGER_ACK)
        assert view.error_code == ErrorCode.TRIGGER_OVERRUN
        await scene.plc.say(ENABLE | ControlBit.CLEAR_ERROR)
        await scene.plc.sees(StatusBit.TRIGGER_READY, StatusBit.MISSED_ACQ | StatusBit.ERROR)

    run(walk, Scene(mode))


def test_heartbeats_go_both_ways(mode: LinkMode) -> None:
    async def walk(scene: Scene) -> None:
        await scene.ready()
        first = (await scene.plc.look()).vision_heartbeat
        await scene.plc.until(lambda view: view.vision_heartbeat != first, "the station's heartbeat")
        scene.link.publish(result(4, 4))
        await scene.plc.sees(StatusBit.RESULTS_VALID)
        scene.plc.beats = False
        await scene.plc.sees(StatusBit.RESULTS_VALID | StatusBit.ONLINE, StatusBit.TRIGGER_READY)
        assert scene.ear.link == [True, False]
        assert "heartbeat" in scene.ear.texts[-1]
        scene.plc.beats = True
        await scene.plc.sees(StatusBit.TRIGGER_READY)
        assert scene.ear.link == [True, False, True]

    run(walk, Scene(mode))


def test_a_plc_that_went_away_finds_its_results_when_it_comes_back(mode: LinkMode) -> None:
    async def walk(scene: Scene) -> None:
        await scene.ready()
        scene.link.publish(result(6, 6))
        await scene.plc.sees(StatusBit.RESULTS_VALID)
        await scene.plc.close()
        deadline = time.monotonic() + DEADLINE_S
        while scene.ear.link[-1]:
            assert time.monotonic() < deadline, "the link never noticed"
            await asyncio.sleep(0.005)
        scene.link.publish(result(7, 7, VerdictCode.NG))
        scene.plc.memory = dict.fromkeys(STATUS, 0)
        await scene.plc.open()
        await scene.plc.say(ENABLE)
        view = await scene.plc.sees(StatusBit.RESULTS_VALID | StatusBit.TRIGGER_READY)
        assert (view.inspection_id, view.buffered_results) == (6, 2)
        await scene.plc.say(ENABLE | ACK)
        await scene.plc.sees(StatusBit.ONLINE, StatusBit.RESULTS_VALID)
        await scene.plc.say(ENABLE)
        assert (await scene.plc.sees(StatusBit.RESULTS_VALID)).inspection_id == 7

    run(walk, Scene(mode))


def test_a_start_and_a_stop_show_offline_and_no_verdict(mode: LinkMode) -> None:
    async def walk(scene: Scene) -> None:
        view = await scene.plc.until(lambda seen: seen.bits != 0, "the first status")
        assert view.bits & ~StatusBit.OFFLINE_REASON == StatusBit.NONE
        assert view.verdict == VerdictCode.NONE
        assert view.bits & StatusBit.OFFLINE_REASON == OfflineReason.STARTING << 4

    run(walk, Scene(mode))


def test_a_client_that_stops_leaves_offline_and_no_verdict_behind() -> None:
    async def walk() -> None:
        scene = Scene(LinkMode.CLIENT)
        async with scene:
            await scene.ready()
            scene.link.publish(result(3, 3))
            await scene.plc.sees(StatusBit.RESULTS_VALID)
            await scene.link.stop()
            view = await scene.plc.look()
        assert view.bits == StatusBit(OfflineReason.STOPPING << 4)
        assert view.verdict == VerdictCode.NONE

    asyncio.run(walk())


def test_a_client_clears_what_a_killed_station_left_valid() -> None:
    async def walk() -> None:
        scene = Scene(LinkMode.CLIENT)
        async with scene:
            await scene.ready()
            scene.link.publish(result(3, 3))
            await scene.plc.sees(StatusBit.RESULTS_VALID)
            assert isinstance(scene.link, ModbusClientLink)
            await scene.link.end_tasks()  # as good as a kill: nothing is written any more
            scene.link._client.close()
            again = open_link(scene.settings, Ear())
            await again.start()
            view = await scene.plc.look()
            await again.stop()
        assert StatusBit.RESULTS_VALID not in view.bits
        assert StatusBit.ONLINE not in view.bits
        assert view.verdict == VerdictCode.NONE

    asyncio.run(walk())


def test_a_client_starts_without_its_plc_and_says_so() -> None:
    async def walk() -> None:
        ear = Ear()
        link = ModbusClientLink(replace(FAST, mode=LinkMode.CLIENT, port=free_port()), ear)
        await link.start()
        assert ear.link == [False]
        assert "does not answer; check that it runs" in ear.texts[0]
        await link.stop()

    asyncio.run(walk())


def test_a_client_speaks_a_plc_s_own_tags() -> None:
    tags = {
        "trigger_enable": Tag(10, TagType.BOOL),
        "trigger": Tag(11, TagType.BOOL),
        "inspection_results_ack": Tag(12, TagType.BOOL),
        "part_seq": Tag(20, TagType.U32, WordOrder.LITTLE),
        "online": Tag(60, TagType.BOOL),
        "trigger_ready": Tag(61, TagType.BOOL),
        "trigger_ack": Tag(62, TagType.BOOL),
        "missed_acq": Tag(63, TagType.BOOL),
        "results_valid": Tag(64, TagType.BOOL),
        "verdict": Tag(70),
        "score": Tag(71, TagType.I16, scale=0.001),
        "part_seq_echo": Tag(72, TagType.U32, WordOrder.LITTLE),
        "vision_heartbeat": Tag(80),
    }

    async def walk() -> None:
        memory: dict[int, int] = {}

        async def written(registers: Any) -> None:
            memory.update(registers)

        async def shows(**wanted: int) -> None:
            deadline = time.monotonic() + DEADLINE_S
            while any(memory.get(tags[name].address) != word for name, word in wanted.items()):
                assert time.monotonic() < deadline, f"never saw {wanted}: {memory}"
                await asyncio.sleep(0.005)

        plc = RegisterServer("127.0.0.1", 0, range(60, 90), written)
        await plc.start()
        ear = Ear()
        link = open_link(replace(FAST, mode=LinkMode.CLIENT, port=plc.port, tags=tags), ear)
        await link.start()
        link.set_online(OfflineReason.NONE)
        await plc.write({10: 1, 20: 5, 21: 1})
        await shows(online=1, trigger_ready=1)
        await plc.write({11: 1})
        await shows(trigger_ack=1)
        assert ear.triggers[0].part_seq == 0x0001_0005
        link.publish(result(1, 0x0001_0005))
        await shows(results_valid=1, verdict=1, score=625, part_seq_echo=5)
        assert memory[73] == 1
        await plc.write({11: 0, 12: 1})
        await shows(results_valid=0, verdict=0, trigger_ack=0)
        assert ear.acknowledged == [1]
        await link.stop()
        await plc.stop()
        assert set(memory) <= {at for tag in tags.values() for at in tag.addresses}

    asyncio.run(walk())


def test_a_plc_that_refuses_a_tag_is_named() -> None:
    async def walk() -> None:
        async def ignore(_: Any) -> None:
            return

        plc = RegisterServer("127.0.0.1", 0, range(60, 61), ignore)
        await plc.start()
        ear = Ear()
        link = open_link(replace(FAST, mode=LinkMode.CLIENT, port=plc.port), ear)
        await link.start()
        await link.stop()
        await plc.stop()
        assert ear.link[-1] is False
        assert "refused FC16: ILLEGAL_ADDRESS; check plc.tags" in ear.texts[-1]

    asyncio.run(walk())


def test_a_connection_that_closes_fails_its_request_at_once() -> None:
    async def walk() -> None:
        async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        client = RegisterClient("127.0.0.1", server.sockets[0].getsockname()[1], timeout_s=100.0)
        await client.open()
        async with asyncio.timeout(DEADLINE_S):
            with pytest.raises(PlcError, match="closed the connection; check that it runs"):
                await client.read([STATUS])
            with pytest.raises(PlcError, match="closed the connection"):
                await client.read([STATUS])
        client.close()
        server.close()
        await server.wait_closed()

    asyncio.run(walk())


def test_a_peer_that_is_silent_is_given_up() -> None:
    async def walk() -> None:
        async def keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(keep_silent, "127.0.0.1", 0)
        client = RegisterClient("127.0.0.1", server.sockets[0].getsockname()[1], timeout_s=0.05)
        await client.open()
        with pytest.raises(PlcError, match=r"gave no answer within 0\.05 s"):
            await client.read([STATUS])
        client.close()
        with pytest.raises(PlcError, match="is not connected"):
            await client.write({1: 1})
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0.01)

    asyncio.run(walk())


def test_a_taken_port_is_named_with_its_remedy() -> None:
    async def walk() -> None:
        first = ModbusServerLink(FAST, Ear())
        await first.start()
        second = ModbusServerLink(replace(FAST, port=first.port), Ear())
        with pytest.raises(PlcError, match=f"127.0.0.1:{first.port}: another program has that port; stop it or set"):
            await second.start()
        await first.stop()

    asyncio.run(walk())


def test_an_address_of_another_machine_is_named_with_its_remedy() -> None:
    async def walk() -> None:
        link = ModbusServerLink(replace(FAST, host="192.0.2.1"), Ear())
        with pytest.raises(PlcError, match=r"set plc\.host to an address of this machine"):
            await link.start()
        await link.stop()

    asyncio.run(walk())


def test_a_server_guards_its_registers() -> None:
    async def walk(scene: Scene) -> None:
        assert isinstance(scene.link, ModbusServerLink)
        await scene.ready()
        for unit in (0, 1, 17, 255):
            client = RegisterClient("127.0.0.1", scene.link.port, unit)
            await client.open()
            assert (await client.read([range(104, 105)])) == {104: 0}
            for refused in ({107: 1}, {24: 1}, {23: 1, 24: 1}, {99: 1}):
                with pytest.raises(PlcError, match="ILLEGAL_ADDRESS"):
                    await client.write(refused)
            with pytest.raises(PlcError, match="ILLEGAL_ADDRESS"):
                await client.read([range(120, 129)])
            client.close()
        view = await scene.plc.look()
        assert view.verdict == VerdictCode.NONE
        await asyncio.sleep(0)

    run(walk, Scene(LinkMode.SERVER))


@pytest.mark.parametrize(
    ("request_pdu", "answer"),
    [
        (struct.pack(">BHH", 6, 0, 3), struct.pack(">BHH", 6, 0, 3)),
        (struct.pack(">BHHBH", 16, 0, 1, 2, 3), struct.pack(">BHH", 16, 0, 1)),
        (struct.pack(">BHHH", 22, 0, 0xFFFD, 2), struct.pack(">BHHH", 22, 0, 0xFFFD, 2)),
        (struct.pack(">BHHHHBH", 23, 104, 1, 0, 1, 2, 3), struct.pack(">BBH", 23, 2, 1)),
        (struct.pack(">BHH", 1, 0, 1), b"\x81\x01"),
        (struct.pack(">BHH", 2, 0, 1), b"\x82\x01"),
        (struct.pack(">BHH", 5, 0, 0xFF00), b"\x85\x01"),
        (struct.pack(">BHHBB", 15, 0, 1, 1, 1), b"\x8f\x01"),
    ],
    ids=lambda pdu: f"FC{pdu[0]}",
)
def test_every_way_to_write_a_register_is_one_trigger_and_coils_are_refused(request_pdu: bytes, answer: bytes) -> None:
    async def walk(scene: Scene) -> None:
        assert isinstance(scene.link, ModbusServerLink)
        await scene.ready()
        reader, writer = await asyncio.open_connection("127.0.0.1", scene.link.port)
        writer.write(struct.pack(">HHHB", 7, 0, len(request_pdu) + 1, 1) + request_pdu)
        header = await reader.readexactly(7)
        assert await reader.readexactly(struct.unpack(">HHHB", header)[2] - 1) == answer
        assert len(scene.ear.triggers) == (not answer[0] & 0x80)
        writer.close()
        await writer.wait_closed()

    run(walk, Scene(LinkMode.SERVER))


def test_a_listener_that_fails_is_logged_and_answered(caplog: pytest.LogCaptureFixture) -> None:
    async def walk(scene: Scene) -> None:
        await scene.ready()
        scene.ear.on_trigger = None  # type: ignore[assignment,method-assign]  # any bug of an engine
        with pytest.raises(PlcError, match="DEVICE_FAILURE"):
            await scene.plc.say(ENABLE | TRIGGER)
        await scene.plc.say(ENABLE)
        await scene.plc.sees(StatusBit.MISSED_ACQ | StatusBit.TRIGGER_READY)

    run(walk, Scene(LinkMode.SERVER))
    assert "a write of the PLC to register 0 failed inside the station" in caplog.text


def test_two_links_may_run_one_after_the_other_on_one_port() -> None:
    """A restarted station gets its port back at once, and begins offline."""

    async def walk() -> None:
        port = free_port()
        for _ in range(3):
            link = ModbusServerLink(replace(FAST, port=port), Ear())
            await link.start()
            client = RegisterClient("127.0.0.1", port)
            await client.open()
            view = status_from_registers(standard_table(), await client.read([STATUS]))
            assert StatusBit.ONLINE not in view.bits
            await link.stop()
            client.close()
            await asyncio.sleep(0)

    asyncio.run(walk())
