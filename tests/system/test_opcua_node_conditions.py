"""How the system is, before a client nobody here wrote (node-opcua-client): conditions, diagnostics, assets, simulation."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from opcua_peers import SYSTEM, NodeClient, Server, number, struct, trusted_client
from opcua_roles import OUTER, RECIPES, begin, clients_by_role, watch

from plc.opcua.certificates import ensure_own

pytestmark = pytest.mark.system

PERSISTENT, WARNING = "ns=2;i=1036", "ns=2;i=1034"
CONDITION_TYPE = "ns=0;i=2782"
CONDITION_FIELDS = (
    "ConditionId",
    "EventId",
    "ConditionName",
    "Message",
    "Severity",
    "Retain",
    "AckedState.Id",
    "ConfirmedState.Id",
    "Comment",
    "ClientUserId",
    "2:CausePath",
    "2:StopReaction",
    "2:InternalRecipeId",
)
FAULT = "Camera top: no picture."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server"), asset=True) as server:
        server.ask(line={})
        yield server


@pytest.fixture(scope="module")
def clients(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, NodeClient]]:
    with clients_by_role(server, tmp_path_factory.mktemp) as clients:
        yield clients


@pytest.fixture
def mes(server: Server, clients: dict[str, NodeClient]) -> NodeClient:
    return begin(server, clients["mes"])


def condition(client: NodeClient, what: str, **wanted: Any) -> dict[str, Any]:
    """Wait for an event of a condition."""

    def fits(said: dict[str, Any]) -> bool:
        event = said.get("event", {})
        return event.get("ConditionId") is not None and all(event[key] == value for key, value in wanted.items())

    event: dict[str, Any] = client.until(fits, what)["event"]
    return event


# Conditions -----------------------------------------------------------------------------------------------------------


def test_what_nobody_had_confirmed_before_a_restart_is_still_there(tmp_path: Path) -> None:
    with Server(tmp_path / "again") as again, trusted_client(again, tmp_path / "mes", tmp_path / "pki") as mes:
        watch(mes, *CONDITION_FIELDS)
        assert mes.ask(order="refresh")["status"] == "Good"
        kept = condition(mes, "the condition")
        assert (kept["Message"], kept["Retain"]) == ("Over: The disk was full.", True)
        assert (kept["AckedState.Id"], kept["ConfirmedState.Id"], kept["Comment"]) == (True, False, "on my way")
        again.ask(line={})
        assert mes.call(OUTER, "ConfirmAll", None)["status"] == "Good"
        assert mes.ask(order="conditions")["conditions"] == []


def test_a_fault_is_a_condition_until_it_is_over_and_confirmed(mes: NodeClient, server: Server) -> None:
    watch(mes, *CONDITION_FIELDS, of_type=CONDITION_TYPE)
    server.ask(line={"faults": [FAULT]})
    came = condition(mes, "the fault", Message=FAULT)
    assert (came["EventType"], came["ConditionName"], came["Severity"]) == (PERSISTENT, "camera top", 800)
    assert (came["Retain"], came["AckedState.Id"], came["ConfirmedState.Id"]) == (True, False, False)
    assert (came["2:CausePath"], came["2:StopReaction"], came["2:InternalRecipeId"]["id"]) == ("top", True, "plate-A")
    named = {"id": came["ConditionId"], "event": came["EventId"]}
    assert mes.ask(order="condition", action="acknowledge", comment="on my way", **named)["status"] == "Good"
    seen = condition(mes, "the acknowledgement", **{"AckedState.Id": True, "Comment": "on my way"})
    assert (seen["Retain"], seen["ConfirmedState.Id"], seen["ClientUserId"]) == (True, False, "mes")
    again = mes.ask(order="condition", action="acknowledge", comment="", **named)
    assert again["status"] == "BadConditionBranchAlreadyAcked"
    server.ask(line={})
    over = condition(mes, "that it is over", Message=f"Over: {FAULT}")
    assert (over["Retain"], over["Severity"]) == (True, 100)
    named["event"] = over["EventId"]
    assert mes.ask(order="condition", action="confirm", comment="cable", **named)["status"] == "Good"
    condition(mes, "the end", **{"ConfirmedState.Id": True, "Retain": False, "Comment": "cable"})
    gone = mes.ask(order="condition", action="confirm", comment="", **named)
    assert gone["status"] == "BadNodeIdUnknown"
    assert server.until(lambda said: said.get("method") == "Acknowledge" and said["outcome"] == "done", "the audit")


def test_who_comes_later_learns_of_conditions_by_refreshing(mes: NodeClient, server: Server) -> None:
    server.ask(line={"faults": [FAULT], "warnings": ["The PLC is not connected."]})
    found = mes.ask(order="conditions")["conditions"]
    assert [(one["conditionName"], one["message"]) for one in found] == [
        ("camera top", FAULT),
        ("plc PLC", "The PLC is not connected."),
    ]
    watch(mes, *CONDITION_FIELDS, of_type=CONDITION_TYPE)
    assert mes.ask(order="refresh")["status"] == "Good"
    mes.until(lambda said: said.get("event", {}).get("EventType") == "ns=0;i=2788", "the end of the refresh")
    told = [(event["EventType"], event["ConditionName"]) for event in mes.events()]
    assert told == [("ns=0;i=2787", None), (PERSISTENT, "camera top"), (WARNING, "plc PLC"), ("ns=0;i=2788", None)]
    assert mes.events()[2]["2:StopReaction"] is False


def test_confirming_all_leaves_what_still_stands(mes: NodeClient, server: Server) -> None:
    server.ask(line={"faults": [FAULT], "warnings": ["The PLC is not connected."]})
    server.ask(line={"faults": [FAULT]})
    assert len(mes.ask(order="conditions")["conditions"]) == 2
    assert mes.call(OUTER, "ConfirmAll", {"type": "LocalizedText", "value": {"text": "seen"}})["status"] == "Good"
    assert [one["conditionName"] for one in mes.ask(order="conditions")["conditions"]] == ["camera top"]
    server.ask(line={})
    assert mes.ask(order="conditions")["conditions"] == []
    server.ask(line={"faults": [FAULT]})  # it has come again, so somebody has to look again
    watch(mes, *CONDITION_FIELDS)
    mes.ask(order="refresh")
    assert condition(mes, "the fault", Message=FAULT)["ConfirmedState.Id"] is False


def test_who_may_not_confirm(clients: dict[str, NodeClient], mes: NodeClient, server: Server) -> None:
    server.ask(line={"faults": [FAULT]})
    watch(mes, *CONDITION_FIELDS)
    mes.ask(order="refresh")
    came = condition(mes, "the fault", Message=FAULT)
    named = {"id": came["ConditionId"], "event": came["EventId"]}
    observer = clients["observer"]
    for action in ("acknowledge", "confirm"):
        answer = observer.ask(order="condition", action=action, comment="", **named)
        assert answer["status"] == "BadUserAccessDenied"
    assert observer.call(OUTER, "ConfirmAll", None)["status"] == "BadUserAccessDenied"
    wrong = mes.ask(order="condition", action="confirm", comment="", id=came["ConditionId"], event="00" * 16)
    assert wrong["status"] == "BadEventIdUnknown"


def test_why_a_call_was_not_done_is_told(clients: dict[str, NodeClient], mes: NodeClient) -> None:
    watch(mes, "Message", "2:CausePath", of_type="ns=2;i=1037")
    refused = clients["engineer"].call(RECIPES, "RemoveRecipe", struct(3002, id="plate-A"))
    assert refused["outputs"] == [-2]
    told = mes.until(lambda said: "event" in said, "the reason")["event"]
    assert told["2:CausePath"] == "RemoveRecipe"
    assert told["Message"] == (
        "RemoveRecipe of engineer was not done: the recipe 'plate-A' is in use; prepare another one first"
    )


def test_diagnostic_events_below_the_level_are_not_sent(clients: dict[str, NodeClient], mes: NodeClient) -> None:
    engineer, level = clients["engineer"], [SYSTEM, "DiagnosticLevel"]

    def choose(value: int, client: NodeClient = engineer) -> str:
        return str(client.ask(order="write", node=level, type="UInt16", value=value)["status"])

    assert mes.ask(order="read", node=level)["value"] == 0
    assert choose(500, mes) == "BadUserAccessDenied"
    assert choose(1001) == "BadOutOfRange"
    assert choose(500) == "Good"
    assert mes.ask(order="read", node=level)["value"] == 500
    watch(mes, "Message", of_type="ns=2;i=1037")
    assert mes.call(RECIPES, "PrepareRecipe", struct(3002, id="nowhere"), None)["outputs"][2] == -3
    assert choose(0) == "Good"
    assert mes.call(RECIPES, "UnprepareRecipe", struct(3002, id="nowhere"), None)["outputs"][1] == -3
    told = mes.until(lambda said: "event" in said, "the reason")["event"]
    assert told["Message"].startswith("UnprepareRecipe of mes was not done")


# Assets and simulation ------------------------------------------------------------------------------------------------


def test_the_system_and_its_cameras_are_assets(mes: NodeClient, server: Server) -> None:
    assert "4:test" in mes.ask(order="browse", node=["ns=7;i=1001"])["children"]
    asset = ["ns=4;i=5300"]

    def plate(node: list[str], *names: str) -> list[str]:
        return [mes.ask(order="read", node=[*node, "Identification", name])["value"] for name in names]

    names = ("Manufacturer", "SerialNumber", "ProductInstanceUri", "Model", "SoftwareRevision", "Location")
    assert plate(asset, *names) == ["Maker", "4711", "urn:maker:4711", "Eye", "1.0", "hall 2"]
    assert mes.ask(order="browse", node=[*asset, "ImageSensors"])["children"][-1] == "4:top"
    camera = [*asset, "ImageSensors", "top"]
    server.ask(cameras=True)
    assert plate(camera, "Manufacturer", "SerialNumber", "Model") == ["Lens & Sons", "C-1", "5 MP"]
    health = [[*node, "Health", "DeviceHealth"] for node in (asset, camera)]
    assert [mes.ask(order="read", node=node)["value"] for node in health] == [4, 0]  # maintenance required
    server.ask(line={"faults": [FAULT]})
    assert [mes.ask(order="read", node=node)["value"] for node in health] == [1, 1]
    server.ask(line={"warnings": ["The PLC is not connected."]})
    assert [mes.ask(order="read", node=node)["value"] for node in health] == [3, 0]


def test_a_camera_that_is_asked_for_its_temperature_says_it(mes: NodeClient, server: Server) -> None:
    health = ["ns=4;i=5300", "ImageSensors", "top", "Health"]
    server.ask(temperatures={})
    assert "8:Temperature" not in mes.ask(order="browse", node=health)["children"], "it was not asked"
    server.ask(temperatures={"top": 41.5, "unknown": 3.0})
    assert mes.ask(order="read", node=[*health, "Temperature"])["value"] == 41.5
    unit = mes.ask(order="read", node=[*health, "Temperature", "EngineeringUnits"])["value"]
    assert (unit["unitId"], unit["displayName"]) == (4_408_652, "°C")
    server.ask(temperatures={})
    gone = mes.ask(order="read", node=[*health, "Temperature"])
    assert (gone["status"], gone["value"]) == ("BadNoCommunication", None)
    server.ask(temperatures={"top": 42.0})
    assert mes.ask(order="read", node=[*health, "Temperature"])["value"] == 42.0


def test_the_asset_says_how_much_it_was_used_and_when_it_is_looked_after(mes: NodeClient, server: Server) -> None:
    maintenance = ["ns=4;i=5300", "Maintenance"]

    def kept(*names: str) -> list[Any]:
        return [mes.ask(order="read", node=[*maintenance, name])["value"] for name in names]

    said = kept("LastService", "NextService", "NextCalibration", "CalibrationNeeded")
    assert said == ["2026-05-01T06:00:00.000Z", "2999-01-01T00:00:00.000Z", "2026-05-01T06:00:00.000Z", True]
    assert "8:LastCalibration" not in mes.ask(order="browse", node=maintenance)["children"]
    cycles = [*maintenance, "OperationCounters", "OperationCycleCounter"]
    before, deadline = mes.ask(order="read", node=cycles)["value"], time.monotonic() + 30
    server.ask(publish=[{"id": "u-1"}, {"id": "u-1.2", "supersedes": "u-1"}, {"id": "u-2"}])
    while mes.ask(order="read", node=cycles)["value"] != before + 2:
        assert time.monotonic() < deadline


def test_cameras_that_are_real_are_not_simulated_by_a_client(clients: dict[str, NodeClient], mes: NodeClient) -> None:
    machine = [*OUTER, "AutomaticModeStateMachine"]
    arguments = (number(0), {"type": "String", "value": "a test"})
    on, off = ({"type": "Boolean", "value": value} for value in (True, False))
    engineer = clients["engineer"]
    assert engineer.call(machine, "SimulationMode", off, *arguments)["outputs"] == [0]
    refused = engineer.call(machine, "SimulationMode", on, *arguments)
    assert (refused["status"], refused["outputs"]) == ("Uncertain", [-2])
    assert mes.call(machine, "SimulationMode", on, *arguments)["status"] == "BadUserAccessDenied"


# The own certificate --------------------------------------------------------------------------------------------------


def test_a_renewed_certificate_is_shown_without_a_restart(
    clients: dict[str, NodeClient], mes: NodeClient, server: Server
) -> None:
    renewed = ensure_own(server.certificates, "urn:inspection-station:test", "test", datetime.now(UTC), renew=True)
    observer, shown, deadline = clients["observer"], "", time.monotonic() + 30
    while shown != renewed.thumbprint:
        assert time.monotonic() < deadline
        observer.ask(order="close")
        connected = observer.connect(server.url, "observer")
        assert connected["done"], connected
        shown = connected["certificate"]
    assert mes.ask(order="read", node=[*OUTER, "CurrentState"])["status"] == "Good"  # an open session goes on
