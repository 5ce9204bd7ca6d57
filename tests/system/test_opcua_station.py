"""A whole station with its gateway: what a MES starts happens on the line, and no result is lost or doubled."""

import asyncio
import io
import logging
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from asyncua import Client, Node, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from opcua_peers import NEXT, SYSTEM, NodeClient, number, struct, text
from rig import SMALL, Rig, unused_port
from screen import add_people, screen
from waiting import wait_until

from plc.opcua.certificates import OwnCertificate, ensure_own
from plc.opcua.ports import Role
from station.gateway.users import UserFile
from station.journal.reader import JournalReader
from station.journal.result_queries import last_verdict, verdicts_after
from station.line.supervisor import child_command

pytestmark = pytest.mark.system

URI = "urn:test:mes"
PASSWORD = "a good password"
KILLS = int(os.environ.get("OPCUA_KILLS", "100"))
"""A thousand for a release: `make kill-1000`."""
HEARD_EVERY, ENGINE_EVERY = 10, 25
"""A MES is there at every so many lives of the gateway; the engine dies too at every so many."""
LONGEST_LIFE_S = 6.0
"""Of a gateway that nobody listens to: most die while they start, some at work."""
NOTHING = ua.Variant(None)
ACQUISITION_DONE = ua.NodeId(1025, 2)
JOBS = 10
"""One of so many at the latest is told to be acquired before its verdict, however much else the machine does."""


class Gateway:
    """The gateway's process, beside the rig's engine."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.port = int(re.findall(r"\[opcua\]\nport = (\d+)", rig.plan.config.read_text())[0])
        self.log = rig.plan.data / "gateway.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = child_command("station.gateway.process", self.rig.plan.config)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)

    def end(self, number: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(10)
            self.process = None

    @property
    def url(self) -> str:
        return f"opc.tcp://127.0.0.1:{self.port}/station/"


@pytest.fixture
def station_rig(rig: Rig) -> Rig:
    """A line that takes a part every 200 ms, an OPC UA port of its own, and a user for the MES."""
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    config = rig.plan.config
    text = re.sub(r"(?m)^takt_ms = .*\n", "", config.read_text())
    text = re.sub(r"\[opcua\]\n(?:[^\[\n]*\n)*", "", text)
    text = text.replace('mode = "server"', 'mode = "none"').replace(
        'trigger = "plc"', 'trigger = "timer"\ntakt_ms = 200'
    )
    config.write_text(f"{text}\n[opcua]\nport = {unused_port()}\n")
    subprocess.run(
        [sys.executable, "-m", "station", "opcua", "users", "add", "mes", "--role", "mes", "--config", str(config)],
        input=PASSWORD,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return rig


@pytest.fixture
def own(station_rig: Rig, tmp_path: Path) -> OwnCertificate:
    """The MES's certificate, trusted."""
    own = ensure_own(tmp_path / "mes", URI, "mes", datetime.now(UTC))
    station_rig.station("opcua", "trust", "add", str(own.certificate), "--config", str(station_rig.plan.config))
    return own


@pytest.fixture
def gateway(station_rig: Rig) -> Iterator[Gateway]:
    gateway = Gateway(station_rig)
    yield gateway
    gateway.end(signal.SIGKILL)


class Mes:
    """A MES: fetches what it lacks by page, hears of results and recipes, and keeps every result once, in their order."""

    def __init__(self, gateway: Gateway, own: OwnCertificate) -> None:
        self.gateway = gateway
        self.own = own
        self.kept: dict[str, Any] = {}
        self.heard: list[str] = []
        self.prepared: list[str] = []
        self.acquired: dict[str, datetime] = {}

    @asynccontextmanager
    async def session(self, user: str = "mes") -> AsyncIterator[Client]:
        """Open a session, trying until the gateway is there."""
        deadline = asyncio.get_running_loop().time() + 120  # a machine that does much else starts it slowly
        server = self.gateway.rig.plan.data / "opcua" / "certificates" / "own" / "certificate.der"
        while True:
            client = Client(self.gateway.url, timeout=10)
            client.application_uri = URI
            client.set_user(user)
            client.set_password(PASSWORD)
            try:
                await client.set_security(
                    SecurityPolicyBasic256Sha256, self.own.certificate, self.own.key, server_certificate=str(server)
                )
                await client.connect()
                await client.load_data_type_definitions()
                break
            except (OSError, ua.UaError, TimeoutError):
                client.uaclient.disconnect_socket()
                if asyncio.get_running_loop().time() > deadline:
                    pytest.fail(f"no session; the gateway's log:\n{self.gateway.log.read_text()[-3000:]}")
                await asyncio.sleep(0.1)
        try:
            yield client
        finally:
            try:
                async with asyncio.timeout(1):  # a gateway that was killed answers no goodbye
                    await client.disconnect()
            except (OSError, ua.UaError, TimeoutError):
                client.uaclient.disconnect_socket()

    async def catch_up(self, client: Client) -> None:
        """Fetch every result after the last one kept."""
        management = await client.get_node(SYSTEM).get_child("2:ResultManagement")
        method = await management.get_child("2:GetResultListFiltered")
        while True:
            filters = [ua.Variant(0, ua.VariantType.Int32), *[NOTHING] * 8]
            page = [ua.Variant(number, ua.VariantType.UInt32) for number in (20, len(self.kept))]
            complete, _, _, results, error = await call(
                client, management, method, [*filters, *page, ua.Variant(0, ua.VariantType.Int32)]
            )
            assert error == 0
            for result in results:
                assert result.ResultId.Id not in self.kept, "a result came twice"
                self.kept[result.ResultId.Id] = result
            if complete:
                return

    async def watch(self, client: Client) -> None:
        """Hear AcquisitionDone, ResultReady and RecipePrepared from now on."""
        subscription = await client.create_subscription(50, self)
        events = [client.get_node(ua.NodeId(number, 2)) for number in (1025, 1024, 1022)]
        await subscription.subscribe_events(client.get_node(SYSTEM), events)

    async def event_notification(self, event: Any) -> None:
        """Take an event, called by asyncua."""
        if event.EventType == ACQUISITION_DONE:
            self.acquired[event.JobId.Id] = event.Time
        elif event.ResultId is not None:
            self.heard.append(event.ResultId.Id)
        elif event.InternalId is not None:
            self.prepared.append(event.InternalId.Id)


async def call(client: Client, owner: Node, method: Node, arguments: list[ua.Variant]) -> list[Any]:
    request = ua.CallMethodRequest(ObjectId=owner.nodeid, MethodId=method.nodeid, InputArguments=arguments)
    (result,) = await client.uaclient.call([request])
    assert result.StatusCode.value in {ua.StatusCodes.Good, ua.StatusCodes.Uncertain}, result.StatusCode
    return [variant.Value for variant in result.OutputArguments]


def run(work: Callable[[], Awaitable[None]], timeout_s: float = 270) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(timeout_s):
            await work()

    asyncio.run(bounded())


async def ready(machine: Node) -> None:
    """Wait until a job can be started."""
    current = await machine.get_child("0:CurrentState")
    for _ in range(400):
        shown = await current.read_data_value(raise_on_bad_status=False)
        if shown.Value is not None and shown.Value.Value == ua.LocalizedText("Ready", "en"):
            return
        await asyncio.sleep(0.05)
    pytest.fail("never ready")


async def until(condition: Callable[[], bool], what: str, timeout_s: float = 30) -> None:
    deadline = asyncio.get_running_loop().time() + timeout_s
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            pytest.fail(f"not within {timeout_s} s: {what}")
        await asyncio.sleep(0.02)


def journal_ids(data: Path) -> list[str]:
    """Return the ids of all results, in the journal's order, made here out of the part's uid and its verdict's place."""
    with JournalReader(data) as reader:
        rows = verdicts_after(reader, 0, last_verdict(reader))
    return [f"{row.uid}.{row.before + 1}" if row.before else str(row.uid) for row in rows]


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
    station_rig.edit("[camera.options]\n", '[camera.options]\nfaults = "dead=0.05"\n')
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
            camera = client.get_node("ns=4;i=5300")
            vendor = await camera.get_child(["8:ImageSensors", "4:top", "5:Identification", "5:Manufacturer"])
            assert (await vendor.read_value()).Text == "inspection-station"
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
