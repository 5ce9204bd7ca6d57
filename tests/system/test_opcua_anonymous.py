"""The switch that lets anybody read: what a stranger may then, and what stays closed, before node-opcua-client."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from asyncua import Client, ua
from opcua_peers import LAST, NEXT, SYSTEM, NodeClient, Server, number, struct, trusted_client

pytestmark = pytest.mark.system

RESULTS = [SYSTEM, "ResultManagement"]
RESULT_ID = 3021
OPEN = {"mode": "None", "policy": "None", "token": "anonymous"}


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pki")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server"), anonymous=True) as server:
        server.ask(line={})
        server.ask(publish=[{"id": "r-1", "verdict": "NOT_OK", "author": "Ann"}])
        yield server


@pytest.fixture(scope="module")
def stranger(server: Server, pki: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeClient]:
    with NodeClient(tmp_path_factory.mktemp("stranger"), pki) as client:
        answer = client.connect(server.url, **OPEN)
        assert answer["done"], answer
        yield client


def test_the_endpoint_without_encryption_takes_no_names(stranger: NodeClient, server: Server) -> None:
    answer = stranger.ask(order="endpoints", url=server.url)
    assert sorted(answer["endpoints"]) == [
        ["Aes256_Sha256_RsaPss", "SignAndEncrypt", ["UserName"]],
        ["Basic256Sha256", "SignAndEncrypt", ["UserName"]],
        ["None", "None", ["Anonymous"]],
    ]
    assert "ANYBODY" in server.log.read_text()


def test_a_stranger_reads_and_browses(stranger: NodeClient) -> None:
    assert "2:VisionStateMachine" in stranger.ask(order="browse", node=[SYSTEM])["children"]
    assert stranger.ask(order="read", node=[LAST, "ResultId"])["value"] == "r-1"
    assert stranger.ask(order="read", node=[LAST, "Verdict"])["value"] == "NOT_OK"
    state = [SYSTEM, "VisionStateMachine", "CurrentState"]
    assert stranger.ask(order="read", node=state)["value"] == "Operational"


def test_a_stranger_neither_writes_nor_calls_nor_hears_events(stranger: NodeClient) -> None:
    mark = [NEXT, "AcknowledgedSequence"]
    written = stranger.ask(order="write", node=mark, type="UInt64", value=1)
    assert written["status"] == "BadUserAccessDenied"
    assert stranger.ask(order="read", node=mark, attribute="UserAccessLevel")["value"] == 1
    assert (
        stranger.call(RESULTS, "GetResultById", struct(RESULT_ID, id="r-1"), number(0))["status"]
        == "BadUserAccessDenied"
    )
    method = [*RESULTS, "GetResultById"]
    assert stranger.ask(order="read", node=method, attribute="UserExecutable")["value"] is False
    watched = stranger.ask(order="watch", node=["i=2253"], fields=["EventType"])
    assert watched.get("status") != "Good", watched
    assert "BadUserAccessDenied" in str(watched)


def test_a_stranger_does_not_read_who_judged(stranger: NodeClient, server: Server, pki: Path, tmp_path: Path) -> None:
    slot = [SYSTEM, "ResultManagement", "Results", "Result1"]
    with trusted_client(server, tmp_path, pki, "observer") as observer:
        assert "Ann" in str(observer.ask(order="read", node=slot)["value"])
    assert stranger.ask(order="read", node=slot)["status"] == "BadUserAccessDenied"
    assert stranger.ask(order="read", node=[*slot, "PartId"])["status"] == "BadUserAccessDenied"
    assert stranger.ask(order="read", node=slot, attribute="DisplayName")["status"] == "Good"


def test_a_stranger_watches_plain_values_only(server: Server) -> None:
    heard: list[object] = []

    class Listener:
        def datachange_notification(self, _node: object, value: object, _data: object) -> None:
            heard.append(value)

    async def watch() -> None:
        async with Client(server.url) as client:
            subscription = await client.create_subscription(20, Listener())
            await subscription.subscribe_data_change(client.get_node("ns=4;i=5101"))
            with pytest.raises(ua.UaError, match="BadUserAccessDenied"):
                await subscription.subscribe_data_change(client.get_node("ns=4;s=Results.Result1"))
            with pytest.raises(ua.UaError, match="BadUserAccessDenied"):
                await subscription.subscribe_events(client.get_node("ns=4;i=5001"))
            async with asyncio.timeout(20):
                while not heard:  # noqa: ASYNC110  # asyncua calls us
                    await asyncio.sleep(0.01)

    asyncio.run(watch())
    assert heard == ["r-1"]


def test_what_needs_a_name_needs_encryption_as_before(server: Server, pki: Path, tmp_path: Path) -> None:
    with NodeClient(tmp_path / "named", pki) as client:
        answer = client.connect(server.url, "observer", mode="None", policy="None")
        assert not answer["done"], answer  # a name and a password in clear
    with NodeClient(tmp_path / "nameless", pki) as client:
        server.trust.trust(client.own.certificate)
        answer = client.connect(server.url, token="anonymous")
        assert not answer["done"], answer  # encrypted, but without a name
    with trusted_client(server, tmp_path / "mes", pki) as mes:
        answer = mes.call(RESULTS, "GetResultById", struct(RESULT_ID, id="r-1"), number(0))
        assert answer["status"] == "Good"
