"""The station as Modbus client: a PLC that is away, silent or refuses, its own tags, and what a killed station left."""

import asyncio
import time
from dataclasses import replace
from typing import Any

import pytest
from plc_scene import DEADLINE_S, FAST, Ear, Scene, free_port, result

from plc.link import OfflineReason, PlcError, VerdictCode
from plc.modbus import ModbusClientLink, RegisterClient, RegisterServer, open_link
from plc.registers import STATUS, StatusBit, Tag, TagType, WordOrder
from plc.settings import LinkMode


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
