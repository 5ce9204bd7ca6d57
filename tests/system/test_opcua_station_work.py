"""A whole station with its gateway at work: what a MES starts happens on the line, and what people say reaches the MES."""

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from asyncua import Client, Node, ua
from opcua_peers import SYSTEM, NodeClient, number, struct, text
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
from rig import SMALL, Rig
from screen import add_people, screen
from waiting import wait_until

from plc.opcua.certificates import OwnCertificate
from plc.opcua.ports import Role
from station.gateway.users import UserFile
from station.journal.reader import JournalReader

pytestmark = pytest.mark.system

JOBS = 10
"""One of so many at the latest is told to be acquired before its verdict, however much else the machine does."""


def test_a_job_of_the_mes_triggers_a_part_and_a_persons_verdict_follows_it(
    station_rig: Rig, gateway: Gateway, own: OwnCertificate
) -> None:
    station_rig.start_engine()
    station_rig.until_online()
    gateway.start()
    add_people(station_rig.plan.data, Maria="operator")
    mes = Mes(gateway, own)

    async def early(client: Client, machine: Node, start: Node) -> None:
        """See that the pictures of a part are told to be taken before there is a verdict."""
        for _ in range(JOBS):
            await ready(machine)
            job, _ = await call(client, machine, start, [NOTHING] * 5)
            await until(lambda its=job.Id: its in mes.heard, "the job's result")  # type: ignore[misc]
            await mes.catch_up(client)
            if mes.acquired[job.Id] < mes.kept[job.Id].CreationTime:
                return
        pytest.fail("AcquisitionDone comes with the result alone")

    async def produce() -> None:
        async with mes.session() as client:
            machine = await client.get_node(SYSTEM).get_child("2:VisionStateMachine/2:AutomaticModeStateMachine")
            current = await machine.get_child("0:CurrentState")
            assert (await current.read_value()).Text == "ContinuousExecution"
            stop = [ua.Variant(1, ua.VariantType.Int32), ua.Variant("job by job", ua.VariantType.String)]
            assert await call(client, machine, await machine.get_child("2:Stop"), stop) == [0]
            await mes.watch(client)
            part = ua.extension_objects_by_datatype[ua.NodeId(3004, 2)](Id="SN-4711")
            meas = ua.extension_objects_by_datatype[ua.NodeId(3015, 2)](Id="M-1")
            given = [ua.Variant(value, ua.VariantType.ExtensionObject) for value in (meas, part)]
            start = await machine.get_child("2:StartSingleJob")
            await early(client, machine, start)
            await ready(machine)
            job, error = await call(client, machine, start, [*given, NOTHING, NOTHING, NOTHING])
            assert error == 0
            await until(lambda: job.Id in mes.heard, "the job's result")
            await mes.catch_up(client)
            result = mes.kept[job.Id]
            assert (result.PartId.Id, result.MeasId.Id, result.JobId.Id) == ("SN-4711", "M-1", job.Id)
            assert (await current.read_value()).Text == "Ready"
            before = len(mes.heard)
            await asyncio.to_thread(correct, station_rig)
            await until(lambda: len(mes.heard) > before, "the superseding result")
            await mes.catch_up(client)
            later = mes.kept[mes.heard[-1]]
            content = later.ResultContent[0].Value
            assert (later.ResultId.Id, later.PartId.Id) == (f"{job.Id}.2", "SN-4711")
            assert (content.By, content.Author, content.Supersedes) == ("operator", "Maria", job.Id)
            assert content.Verdict != result.ResultContent[0].Value.Verdict
            continuous = await machine.get_child("2:StartContinuous")
            running, error = await call(client, machine, continuous, [NOTHING] * 5)
            assert error == 0
            count = len(mes.heard)
            await until(lambda: len(mes.heard) > count + 1, "parts as they come")
            await mes.catch_up(client)
            assert mes.kept[mes.heard[-1]].JobId.Id == running.Id

    run(produce)
    assert journal_ids(station_rig.plan.data)[: len(mes.kept)] == list(mes.kept)


def correct(rig: Rig) -> None:
    """Have Maria overrule the verdict of the last part."""
    with JournalReader(rig.plan.data) as reader:
        last = reader.parts(limit=1).parts[0]
    with screen(rig.plan.data) as inspect:
        assert inspect.log_in("Maria").done
        assert inspect.ask(
            inspect.verdict(last.uid, "NG" if last.verdict.value == "OK" else "OK", seen=last.verdict.value)
        ).done


def test_a_correction_reaches_a_subscribed_client_nobody_here_wrote(
    station_rig: Rig, gateway: Gateway, tmp_path: Path
) -> None:
    station_rig.start_engine()
    station_rig.until_online()
    gateway.start()
    add_people(station_rig.plan.data, Maria="operator")
    client = NodeClient(tmp_path / "node", tmp_path / "pki")
    try:
        config = str(station_rig.plan.config)
        station_rig.station("opcua", "trust", "add", str(client.own.certificate), "--config", config)
        wait_until(
            lambda: bool(client.ask(60.0, **client.order(gateway.url, password=PASSWORD))["done"]), "a session", 120.0
        )
        fields = ["EventType", "2:ResultId", "2:PartId", "2:ResultContent"]
        assert client.ask(order="watch", node=["i=2253"], fields=fields)["status"] == "Good"
        client.until(lambda said: _part(said) is not None, "a result of the line", 60.0)
        machine = [SYSTEM, "VisionStateMachine", "AutomaticModeStateMachine"]
        assert client.call(machine, "Stop", number(1), text("one by one"))["outputs"] == [0]
        job = struct(3015, id="M-1"), struct(3004, id="SN-4711"), None, None, None
        assert client.call(machine, "StartSingleJob", *job)["outputs"][1] == 0
        first = client.until(lambda said: _part(said) == "SN-4711", "the result of the job", 60.0)["event"]
        correct(station_rig)
        second = client.until(lambda said: _part(said) == "SN-4711" and said["event"] != first, "the next", 60.0)[
            "event"
        ]
    finally:
        client.end()
    (before,), (after,) = first["2:ResultContent"], second["2:ResultContent"]
    assert (before["by"], after["by"], after["author"]) == ("rules", "operator", "Maria")
    assert after["supersedes"] == first["2:ResultId"]["id"] != second["2:ResultId"]["id"]
    assert before["verdict"] != after["verdict"]


def _part(said: dict[str, Any]) -> str | None:
    """Return the id of the part of a result; empty for one that has none, None for another event."""
    event = said.get("event", {})
    return (event["2:PartId"] or {"id": ""})["id"] if event.get("2:ResultId") else None


def structure(number: int, **fields: Any) -> ua.Variant:
    """Return a structure of the vision namespace as an argument."""
    return ua.Variant(ua.extension_objects_by_datatype[ua.NodeId(number, 2)](**fields), ua.VariantType.ExtensionObject)


class Faults:
    """Hears what conditions say."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def event_notification(self, event: Any) -> None:
        """Take an event, called by asyncua."""
        self.texts.append(event.Message.Text)

    async def watch(self, client: Client) -> None:
        """Hear of faults from now on, and of those that nobody has confirmed."""
        subscription = await client.create_subscription(50, self)
        await subscription.subscribe_events(client.get_node(ua.NodeId(2253)), client.get_node(ua.NodeId(1036, 2)))
        number = ua.Variant(subscription.subscription_id, ua.VariantType.UInt32)
        refresh = ua.CallMethodRequest(ObjectId=ua.NodeId(2782), MethodId=ua.NodeId(3875), InputArguments=[number])
        (result,) = await client.uaclient.call([refresh])
        result.StatusCode.check()


async def in_file(client: Client, node: ua.NodeId, method: int, *arguments: ua.Variant) -> Any:
    """Call a method of FileType on a temporary file."""
    request = ua.CallMethodRequest(ObjectId=node, MethodId=ua.NodeId(method), InputArguments=list(arguments))
    (result,) = await client.uaclient.call([request])
    result.StatusCode.check()
    return result.OutputArguments[0].Value if result.OutputArguments else None


def u32(value: int) -> ua.Variant:
    return ua.Variant(value, ua.VariantType.UInt32)


def test_pictures_recipes_assets_and_faults_are_those_of_the_station(
    station_rig: Rig, gateway: Gateway, own: OwnCertificate
) -> None:
    station_rig.edit("[camera.options]\n", 'figures_every_s = 0.2\n[camera.options]\nfaults = "dead=0.05"\n')
    station_rig.start_engine()
    station_rig.until_online()
    gateway.start()
    folder = station_rig.plan.data / "recipes"
    recipe = (folder / "plate-A.toml").read_text().replace('name = "plate-A"', 'name = "plate-B"')
    UserFile(station_rig.plan.data / "opcua").add("engineer", Role.ENGINEER, PASSWORD)
    mes = Mes(gateway, own)

    async def send(client: Client, content: str) -> int:
        """Send a recipe; return the status of the commit."""
        management = await client.get_node(SYSTEM).get_child("2:RecipeManagement")
        transfer = await management.get_child("2:RecipeTransfer")
        added = await call(
            client, management, await management.get_child("2:AddRecipe"), [structure(3002, Id="plate-B"), NOTHING]
        )
        assert added[3:] == [True, 0]
        options = structure(3012, InternalId=added[0])
        node, handle = await call(client, transfer, await transfer.get_child("0:GenerateFileForWrite"), [options])
        await in_file(client, node, 11588, u32(handle), ua.Variant(content.encode(), ua.VariantType.ByteString))
        method = (await transfer.get_child("0:CloseAndCommit")).nodeid
        request = ua.CallMethodRequest(ObjectId=transfer.nodeid, MethodId=method, InputArguments=[u32(handle)])
        (result,) = await client.uaclient.call([request])
        return int(result.StatusCode.value)

    async def temperature(camera: Node) -> float | None:
        """Return what the camera says; None where it is down, or nobody has asked it yet."""
        try:
            node = await camera.get_child(["8:Health", "8:Temperature"])
        except ua.uaerrors.BadNoMatch:
            return None
        said = (await node.read_data_value(raise_on_bad_status=False)).Value
        return said.Value if said is not None else None

    async def use() -> None:
        async with mes.session("engineer") as client:
            while not (shown := [result for result in mes.kept.values() if result.HasTransferableDataOnFile]):
                await mes.catch_up(client)
            result = shown[0]
            assert result.IsSimulated
            transfer = await client.get_node(SYSTEM).get_child(["2:ResultManagement", "2:ResultTransfer"])
            read = await transfer.get_child("0:GenerateFileForRead")
            node, handle, _ = await call(client, transfer, read, [structure(3022, Id=result.ResultId)])
            content = await in_file(client, node, 11585, u32(handle), ua.Variant(1 << 20, ua.VariantType.Int32))
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                picture = cv2.imdecode(np.frombuffer(archive.read("top.png"), np.uint8), cv2.IMREAD_UNCHANGED)
            assert picture is not None
            assert picture.shape[1::-1] == SMALL
            camera = await client.get_node("ns=4;i=5300").get_child(["8:ImageSensors", "4:top"])
            vendor = await camera.get_child(["5:Identification", "5:Manufacturer"])
            assert (await vendor.read_value()).Text == "inspection-station"
            async with asyncio.timeout(60):
                while await temperature(camera) != 41.5:  # noqa: ASYNC110  # a value of another process
                    await asyncio.sleep(0.1)
            assert await send(client, recipe) == ua.StatusCodes.BadInvalidArgument  # the number is taken
            assert not (folder / "plate-B.toml").exists()
            assert await send(client, recipe.replace("number = 1", "number = 2")) == ua.StatusCodes.Good
            assert (folder / "plate-B.toml").read_text() == recipe.replace("number = 1", "number = 2")
            management = await client.get_node(SYSTEM).get_child("2:RecipeManagement")
            remove = await management.get_child("2:RemoveRecipe")
            assert await call(client, management, remove, [structure(3002, Id="plate-A")]) == [-2]
            assert await call(client, management, remove, [structure(3002, Id="plate-B")]) == [0]
            assert not (folder / "plate-B.toml").exists()
            faults = Faults()
            await faults.watch(client)
            await until(lambda: any("Camera top: " in text for text in faults.texts), "the fault of the camera", 60)

    run(use)
    assert station_rig.json("verify")["ok"]
