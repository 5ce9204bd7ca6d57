"""A whole station with its gateway, started, killed and ended: no result is lost or doubled."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from asyncua import Client, Node, ua
from opcua_peers import NEXT, SYSTEM
from opcua_station import (
    NOTHING,
    PASSWORD,
    Gateway,
    Mes,
    call,
    journal_ids,
    ready,
    run,
    until,
)
from rig import Rig
from waiting import wait_until

from plc.opcua.certificates import OwnCertificate
from plc.opcua.ports import Role
from station.gateway.users import UserFile
from station.line.priority import may_come_back
from station.line.supervisor import STOP_S, Child, child_command

pytestmark = pytest.mark.system

KILLS = int(os.environ.get("OPCUA_KILLS", "100"))
"""A thousand for a release: `make kill-1000`."""
HEARD_EVERY, ENGINE_EVERY = 10, 25
"""A MES is there at every so many lives of the gateway; the engine dies too at every so many."""
LONGEST_LIFE_S = 6.0
"""Of a gateway that nobody listens to: most die while they start, some at work."""


@pytest.mark.timeout(300 + 20 * KILLS)
def test_killed_gateways_and_engines_lose_and_double_nothing(
    station_rig: Rig, gateway: Gateway, own: OwnCertificate
) -> None:
    chance = random.Random(7)
    station_rig.start_engine()
    station_rig.until_online()
    gateway.start()
    mes = Mes(gateway, own)
    pause = threading.Event()

    async def live() -> None:
        for life in range(KILLS):
            if life % HEARD_EVERY == 0:
                async with mes.session() as client:
                    await mes.watch(client)
                    await mes.catch_up(client)
                    heard = len(mes.heard)
                    await until(lambda before=heard: len(mes.heard) > before + 2, "events")  # type: ignore[misc]
                    await asyncio.sleep(chance.random() * 0.3)
                    gateway.end(signal.SIGKILL)
            else:
                pause.wait(LONGEST_LIFE_S * chance.random() ** 2)
                gateway.end(signal.SIGKILL)
            if life % ENGINE_EVERY == 1:
                assert station_rig.engine is not None
                station_rig.engine.kill()
                station_rig.engine.wait()
                assert station_rig.engine.stdout is not None
                station_rig.engine.stdout.close()
                station_rig.start_engine()
                station_rig.until_online()
            gateway.start()
        station_rig.stop_engine()
        station_rig.engine = None
        async with mes.session() as client:
            await mes.catch_up(client)

    run(live, 270 + 20 * KILLS)
    expected = journal_ids(station_rig.plan.data)
    assert len(expected) > 10
    assert list(mes.kept) == expected
    assert set(mes.heard) <= set(expected)
    assert station_rig.json("verify")["ok"]


def test_a_gateway_that_serves_no_longer_waits_for_idle_processors(station_rig: Rig) -> None:
    station_rig.start_engine()
    station_rig.until_online()
    port = Gateway(station_rig).port
    keeper = Child("gateway", child_command("station.gateway.process", station_rig.plan.config), behind=True)
    thread = threading.Thread(target=keeper.run)
    thread.start()

    def policies() -> set[int]:
        return {os.sched_getscheduler(int(one.name)) for one in Path(f"/proc/{keeper.pid}/task").iterdir()}

    def serves() -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return True
        return False

    try:
        wait_until(lambda: keeper.pid is not None, "it is started")
        if may_come_back():
            wait_until(lambda: os.SCHED_IDLE in policies(), "it starts on what idles")
        wait_until(serves, "it serves", 60)
        wait_until(lambda: policies() == {os.SCHED_BATCH}, "all its threads are lifted")
    finally:
        keeper.ask()
        keeper.finish(time.monotonic() + STOP_S)
        thread.join()


def test_a_halt_outlives_a_killed_gateway_until_it_is_reset(
    station_rig: Rig, gateway: Gateway, own: OwnCertificate
) -> None:
    station_rig.start_engine()
    station_rig.until_online()
    gateway.start()
    UserFile(station_rig.plan.data / "opcua").add("engineer", Role.ENGINEER, PASSWORD)
    mes = Mes(gateway, own)
    cause = [ua.Variant(1, ua.VariantType.Int32), NOTHING]

    async def halt_and_reset() -> None:
        async with mes.session("engineer") as client:
            machine = await client.get_node(SYSTEM).get_child("2:VisionStateMachine")
            halt = await machine.get_child("2:Halt")
            await until_called(client, machine, halt, cause)
            gateway.end(signal.SIGKILL)
        gateway.start()
        async with mes.session("engineer") as client:
            machine = await client.get_node(SYSTEM).get_child("2:VisionStateMachine")
            current = await machine.get_child("0:CurrentState")
            assert (await current.read_value()).Text == "Halted"
            assert await call(client, machine, await machine.get_child("2:Reset"), cause) == [0]
            await ready(await machine.get_child("2:AutomaticModeStateMachine"))
            gateway.end(signal.SIGKILL)
        gateway.start()
        async with mes.session("engineer") as client:
            machine = await client.get_node(SYSTEM).get_child("2:VisionStateMachine")
            await ready(await machine.get_child("2:AutomaticModeStateMachine"))

    run(halt_and_reset)


async def until_called(client: Client, owner: Node, method: Node, arguments: list[ua.Variant]) -> None:
    """Call until it is done: a gateway that has just come up may have no engine yet."""
    for _ in range(100):
        if await call(client, owner, method, arguments) == [0]:
            return
        await asyncio.sleep(0.05)
    pytest.fail("never done")


def test_the_gateway_is_started_with_the_station_changes_its_recipe_and_ends_with_it(
    station_rig: Rig, own: OwnCertificate, gateway: Gateway
) -> None:
    config = station_rig.plan.config
    recipes = station_rig.plan.data / "recipes"
    other = (recipes / "plate-A.toml").read_text().replace('name = "plate-A"', 'name = "plate-B"')
    (recipes / "plate-B.toml").write_text(other.replace("number = 1", "number = 2"))
    log = station_rig.plan.data / "run.log"
    with log.open("wb") as err:
        station = subprocess.Popen(
            [sys.executable, "-m", "station", "run", "--config", str(config)], stdout=subprocess.DEVNULL, stderr=err
        )
    gateway.log = log
    mes = Mes(gateway, own)

    async def produce() -> None:
        async with mes.session() as client:
            await mes.watch(client)
            await until(lambda: len(mes.heard) > 1, "results")
            sequence = await client.get_node(NEXT).get_child("4:Sequence")
            assert await sequence.read_value() == 1  # the oldest that nobody has acknowledged
            machine = await client.get_node(SYSTEM).get_child("2:VisionStateMachine/2:AutomaticModeStateMachine")
            stop = [ua.Variant(1, ua.VariantType.Int32), ua.Variant(None)]
            assert await call(client, machine, await machine.get_child("2:Stop"), stop) == [0]
            recipe = ua.extension_objects_by_datatype[ua.NodeId(3013, 2)](Id="plate-B")
            management = await client.get_node(SYSTEM).get_child("2:RecipeManagement")
            prepare = await management.get_child("2:PrepareRecipe")
            given = [NOTHING, ua.Variant(recipe, ua.VariantType.ExtensionObject)]
            named, completed, error = await call(client, management, prepare, given)
            assert (named.Id, completed, error) == ("plate-B", False, 0)
            await until(lambda: "plate-B" in mes.prepared, "the change-over")
            part = ua.extension_objects_by_datatype[ua.NodeId(3004, 2)](Id="SN-B")
            start = await machine.get_child("2:StartSingleJob")
            arguments = [NOTHING, ua.Variant(part, ua.VariantType.ExtensionObject), NOTHING, NOTHING, NOTHING]
            await ready(machine)
            job, error = await call(client, machine, start, arguments)
            assert error == 0
            await until(lambda: job.Id in mes.heard, "the job's result")
            await mes.catch_up(client)
            assert mes.kept[job.Id].InternalRecipeId.Id == "plate-B"

    try:
        run(produce)
    finally:
        station.terminate()
        station.wait(10)
    assert station.returncode == 0, log.read_text()


def test_without_a_port_the_line_runs_on_and_the_log_says_why(station_rig: Rig, gateway: Gateway) -> None:
    with socket.create_server(("127.0.0.1", gateway.port)):
        station_rig.start_engine()
        station_rig.until_online()
        gateway.start()
        assert gateway.process is not None
        assert gateway.process.wait(120) == 1
        gateway.process = None
        assert (
            "the port is taken; end the program that holds it, or choose another opcua.port" in gateway.log.read_text()
        )
        assert "Traceback" not in gateway.log.read_text()
        assert station_rig.status()["online"]
