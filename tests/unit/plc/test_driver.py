"""The driver's order of things: the answer to a trigger first, then what the listener asked for meanwhile."""

import asyncio
import logging

import pytest

from plc.driver import HandshakeDriver
from plc.events import ControlSeen, TransportLost
from plc.link import ErrorCode, OfflineReason, PlcResult, PlcTrigger, VerdictCode
from plc.registers import ControlBit, ControlView, StatusBit
from plc.settings import PlcSettings

READY = ControlBit.TRIGGER_ENABLE


class Ear:
    """A listener that notes everything, and calls the link back from within."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.driver: HandshakeDriver | None = None
        self.takes = True

    def on_trigger(self, trigger: PlcTrigger) -> bool:
        self.heard.append(f"trigger {trigger.part_seq}")
        assert self.driver is not None
        self.driver.publish(
            PlcResult(5, trigger.acquisition_id, trigger.part_seq, 0, VerdictCode.OK, 0, ErrorCode.NONE, 0, 0, 0.0, 1)
        )
        return self.takes

    def on_acknowledged(self, inspection_id: int) -> None:
        self.heard.append(f"acknowledged {inspection_id}")

    def on_link(self, *, up: bool, text: str) -> None:
        self.heard.append(f"link {up}: {text}")


def made() -> tuple[HandshakeDriver, Ear]:
    ear = Ear()
    driver = HandshakeDriver(PlcSettings(), ear, lambda: 0)
    ear.driver = driver
    driver.set_online(OfflineReason.NONE)
    driver.feed(ControlSeen(ControlView(READY), 0))
    driver.take_images()
    return driver, ear


def test_a_result_published_from_within_a_trigger_comes_after_its_acknowledgement() -> None:
    driver, ear = made()
    driver.feed(ControlSeen(ControlView(READY | ControlBit.TRIGGER, part_seq=3), 0))
    acks = [StatusBit.TRIGGER_ACK in view.bits for view in driver.take_images()]
    valid = StatusBit.RESULTS_VALID in driver.status.bits
    assert ear.heard == ["link True: the PLC is heard", "trigger 3"]
    assert valid
    assert acks == sorted(acks), "never taken back"
    assert driver.status.acquisition_id == 1
    assert StatusBit.SYSTEM_BUSY not in driver.status.bits


def test_a_refused_trigger_is_logged_and_shown(caplog: pytest.LogCaptureFixture) -> None:
    driver, ear = made()
    ear.takes = False
    with caplog.at_level(logging.WARNING):
        driver.feed(ControlSeen(ControlView(READY | ControlBit.TRIGGER, part_seq=3), 0))
    assert "trigger of part_seq 3 missed: the engine cannot take another part" in caplog.text
    assert StatusBit.MISSED_ACQ in driver.status.bits


def test_images_are_handed_over_once() -> None:
    driver, _ = made()
    driver.set_recipe(4)
    driver.set_error(ErrorCode.MODEL)
    assert [view.recipe for view in driver.take_images()] == [4, 4]
    assert driver.take_images() == []


def test_a_full_buffer_is_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> None:
    driver, _ = made()
    for number in range(9):
        driver.publish(PlcResult(number, 0, 0, 0, VerdictCode.OK, 0, ErrorCode.NONE, 0, 0, 0.0, 1))
    assert "result 8 dropped" in caplog.text


def test_the_listener_hears_of_the_link_and_of_acknowledgements() -> None:
    driver, ear = made()
    driver.publish(PlcResult(8, 0, 0, 0, VerdictCode.OK, 0, ErrorCode.NONE, 0, 0, 0.0, 1))
    driver.feed(ControlSeen(ControlView(READY | ControlBit.INSPECTION_RESULTS_ACK), 0))
    driver.feed(TransportLost("cable"))
    assert ear.heard == ["link True: the PLC is heard", "acknowledged 8", "link False: cable"]


def test_a_task_that_dies_says_so(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        driver = HandshakeDriver(PlcSettings(), Ear(), lambda: 0)

        async def broken() -> None:
            raise RuntimeError("broken")

        driver.spawn(broken(), "PLC poll")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await driver.end_tasks()

    asyncio.run(scenario())
    assert "PLC poll ended: RuntimeError('broken')" in caplog.text
