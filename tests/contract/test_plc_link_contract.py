"""What every PLC transport has to do, over real sockets: the same walk with the station as Modbus server and as client."""

import asyncio
import time
from dataclasses import replace

import pytest
from plc_scene import ACK, DEADLINE_S, ENABLE, TRIGGER, Scene, result, run

from plc.link import ErrorCode, OfflineReason, VerdictCode
from plc.registers import STATUS, ControlBit, StatusBit, WordOrder
from plc.settings import LinkMode


@pytest.fixture(params=[LinkMode.SERVER, LinkMode.CLIENT])
def mode(request: pytest.FixtureRequest) -> LinkMode:
    return LinkMode(request.param)


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
            # A PLC that looks while they are published sees the first before the last is there.
            waiting = 4 - number
            await scene.plc.until(lambda view, waiting=waiting: view.buffered_results == waiting, f"{waiting} wait")  # type: ignore[misc]
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
