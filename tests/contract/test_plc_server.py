"""The station as Modbus server: its port, what a PLC may write to it, and in which ways."""

import asyncio
import struct
from dataclasses import replace

import pytest
from plc_scene import ENABLE, FAST, TRIGGER, Ear, Scene, free_port, run

from plc.link import PlcError, VerdictCode
from plc.modbus import ModbusServerLink, RegisterClient
from plc.registers import STATUS, StatusBit, standard_table, status_from_registers
from plc.settings import LinkMode


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
