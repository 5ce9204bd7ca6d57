"""A whole station with its gateway, and a MES on asyncua that keeps every result once."""

import asyncio
import logging
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asyncua import Client, Node, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from opcua_peers import SYSTEM
from rig import Rig, unused_port

from plc.opcua.certificates import OwnCertificate, ensure_own
from station.journal.reader import JournalReader
from station.journal.result_queries import last_verdict, verdicts_after
from station.line.supervisor import child_command

URI = "urn:test:mes"
PASSWORD = "a good password"
NOTHING = ua.Variant(None)
ACQUISITION_DONE = ua.NodeId(1025, 2)


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


def opcua_line(rig: Rig) -> Rig:
    """Make it a line that takes a part every 200 ms, with an OPC UA port of its own and a user for the MES."""
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


def mes_certificate(rig: Rig, folder: Path) -> OwnCertificate:
    """Return the MES's certificate, trusted."""
    own = ensure_own(folder, URI, "mes", datetime.now(UTC))
    rig.station("opcua", "trust", "add", str(own.certificate), "--config", str(rig.plan.config))
    return own


class Keeper:
    """Fetches what it lacks by page, hears of results and recipes, and keeps every result once, in their order."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.heard: list[str] = []
        self.prepared: list[str] = []
        self.acquired: dict[str, datetime] = {}

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


class Mes(Keeper):
    """A MES of a gateway's."""

    def __init__(self, gateway: Gateway, own: OwnCertificate) -> None:
        super().__init__()
        self.gateway = gateway
        self.own = own

    @asynccontextmanager
    async def session(self, user: str = "mes") -> AsyncIterator[Client]:
        """Open a session, trying until the gateway is there."""
        deadline = asyncio.get_running_loop().time() + 120  # a machine that does much else starts it slowly
        server = self.gateway.rig.plan.data / "opcua" / "certificates" / "own" / "certificate.der"
        while True:
            # Its watchdog would end a session after a second without an answer.
            client = Client(self.gateway.url, timeout=10, watchdog_intervall=30)
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
