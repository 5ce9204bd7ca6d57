"""Conditions, files, assets and simulation of the OPC UA server before a client nobody here wrote: node-opcua-client."""

import io
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from opcua_peers import MACHINERY, SYSTEM, NodeClient, Server, number, struct, trusted_client
from opcua_server import PIXELS

from plc.opcua.certificates import ensure_own

pytestmark = pytest.mark.system

RESULTS, RECIPES = [SYSTEM, "ResultManagement"], [SYSTEM, "RecipeManagement"]
TRANSFER = [*RECIPES, "RecipeTransfer"]
READ, WRITE, CLOSE = "i=11585", "i=11588", "i=11583"
OUTER = [SYSTEM, "VisionStateMachine"]
SERVER = ["i=2253"]
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
    """A session for each role."""
    pki = tmp_path_factory.mktemp("pki")
    made = {
        name: trusted_client(server, tmp_path_factory.mktemp(name), pki, name)
        for name in ("observer", "mes", "engineer")
    }
    yield made
    for client in made.values():
        client.end()


@pytest.fixture
def mes(server: Server, clients: dict[str, NodeClient]) -> NodeClient:
    """A MES with a session of its own for the test, on a line without conditions."""
    client = clients["mes"]
    client.ask(order="close")
    client.said.clear()
    server.ask(line={})
    assert client.connect(server.url, "mes")["done"]
    client.call(OUTER, "ConfirmAll", None)
    return client


def u32(value: int) -> dict[str, Any]:
    return number(value, "UInt32")


def watch(client: NodeClient, *fields: str, of_type: str | None = None) -> None:
    answer = client.ask(order="watch", node=SERVER, fields=["EventType", *fields], ofType=of_type)
    assert answer["status"] == "Good"


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


# Files ----------------------------------------------------------------------------------------------------------------


def read_whole(client: NodeClient, node: str, handle: int) -> bytes:
    """Read a temporary file to its end, in chunks, and close it."""
    content = b""
    while chunk := bytes.fromhex(
        client.ask(order="callById", object=node, method=READ, args=[u32(handle), number(40_000)])["outputs"][0] or ""
    ):
        content += chunk
    assert client.ask(order="callById", object=node, method=CLOSE, args=[u32(handle)])["status"] == "Good"
    return content


def write(client: NodeClient, node: str, handle: int, content: bytes) -> str:
    args = [u32(handle), {"type": "ByteString", "value": content.hex()}]
    return str(client.ask(order="callById", object=node, method=WRITE, args=args)["status"])


def test_the_pictures_of_a_result_come_as_a_file(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": "with-pictures"}])
    for owner, options in (
        ([SYSTEM, "ResultManagement", "ResultTransfer"], struct(3022, id={"id": "with-pictures"})),
        ([MACHINERY, "ResultTransfer"], {"struct": "ns=3;i=3004", "value": {"resultId": "with-pictures"}}),
    ):
        answer = mes.call(owner, "GenerateFileForRead", options)
        assert answer["status"] == "Good"
        node, handle, machine = answer["outputs"]
        assert machine == "ns=0;i=0"
        with zipfile.ZipFile(io.BytesIO(read_whole(mes, node, handle))) as archive:
            assert archive.read("top.png") == PIXELS
        gone = mes.ask(order="callById", object=node, method=READ, args=[u32(handle), number(1)])
        assert gone["status"] == "BadNodeIdUnknown"
    result = mes.call(RESULTS, "GetResultById", struct(3021, id="with-pictures"), number(0))["outputs"][1]
    assert result["hasTransferableDataOnFile"] is True


def test_files_are_their_sessions_own_and_bounded(
    mes: NodeClient, clients: dict[str, NodeClient], server: Server
) -> None:
    server.ask(publish=[{"id": "bounded"}, {"id": "no-pictures", "pictures": False}])
    owner, options = [SYSTEM, "ResultManagement", "ResultTransfer"], struct(3022, id={"id": "bounded"})
    none = mes.call(owner, "GenerateFileForRead", struct(3022, id={"id": "no-pictures"}))
    assert none["status"] == "BadNotFound"
    opened = [mes.call(owner, "GenerateFileForRead", options) for _ in range(5)]
    assert [answer["status"] for answer in opened] == ["Good"] * 4 + ["BadResourceUnavailable"]
    node, handle, _ = opened[0]["outputs"]
    theirs = clients["observer"].ask(order="callById", object=node, method=READ, args=[u32(handle), number(1)])
    assert theirs["status"] == "BadInvalidArgument"
    assert write(clients["engineer"], node, handle, b"x") == "BadInvalidArgument"
    backwards = mes.ask(order="callById", object=node, method=READ, args=[u32(handle), number(-1)])
    assert backwards["status"] == "BadInvalidArgument"
    mes.ask(order="close")
    assert mes.connect(server.url, "mes")["done"]
    ended = mes.ask(order="callById", object=node, method=READ, args=[u32(handle), number(1)])
    assert ended["status"] == "BadNodeIdUnknown"
    assert mes.call(owner, "GenerateFileForRead", options)["status"] == "Good"


def test_a_recipe_is_added_by_its_file_and_removed(
    mes: NodeClient, clients: dict[str, NodeClient], server: Server
) -> None:
    engineer = clients["engineer"]
    wanted, internal = struct(3002, id="plate-C"), struct(3012, internalId={"id": "plate-C"})
    assert mes.call(RECIPES, "AddRecipe", wanted, None)["status"] == "BadUserAccessDenied"
    added = engineer.call(RECIPES, "AddRecipe", wanted, None)
    assert (added["outputs"][0]["id"], added["outputs"][3:]) == ("plate-C", [True, 0])
    node, handle = engineer.call(TRANSFER, "GenerateFileForWrite", internal)["outputs"]
    assert write(engineer, node, handle, b"x" * 100_001) == "BadRequestTooLarge"
    assert write(engineer, node, handle, b"good ") == "Good"
    assert write(engineer, node, handle, b"recipe") == "Good"
    committed = engineer.call(TRANSFER, "CloseAndCommit", u32(handle))
    assert (committed["status"], committed["outputs"]) == ("Good", ["ns=0;i=0"])
    assert server.until(lambda said: said.get("audit") == "opcua-recipe", "the audit entry")["recipe"] == "plate-C"
    assert "4:plate-C" in mes.ask(order="browse", node=[*RECIPES, "Recipes"])["children"]
    shown = [*RECIPES, "Recipes", "plate-C"]
    assert mes.ask(order="read", node=[*shown, "InternalId"])["value"]["version"] == "7"
    assert mes.ask(order="read", node=[*shown, "IsPrepared"])["value"] is False
    assert engineer.call(RECIPES, "AddRecipe", wanted, None)["outputs"][3:] == [False, 0]
    read = mes.call(TRANSFER, "GenerateFileForRead", internal)
    assert read_whole(mes, *read["outputs"][:2]) == b"good recipe"
    assert mes.call(shown, "Prepare")["outputs"] == [False, 0]
    server.until(lambda said: said.get("recipe") == "plate-C" and said.get("line") == "change_recipe", "the change")
    assert engineer.call(RECIPES, "RemoveRecipe", struct(3002, id="plate-A"))["outputs"] == [-2]  # it is in use
    assert engineer.call(RECIPES, "RemoveRecipe", wanted)["outputs"] == [0]
    assert "4:plate-C" not in mes.ask(order="browse", node=[*RECIPES, "Recipes"])["children"]


def test_a_recipe_that_cannot_be_used_is_refused_with_the_reason(
    mes: NodeClient, clients: dict[str, NodeClient], server: Server
) -> None:
    engineer = clients["engineer"]
    watch(mes, "Message", "2:CausePath", of_type="ns=2;i=1015")
    node, handle = engineer.call(TRANSFER, "GenerateFileForWrite", struct(3012, internalId={"id": "plate-D"}))[
        "outputs"
    ]
    assert write(engineer, node, handle, b"bad") == "Good"
    assert engineer.call(TRANSFER, "CloseAndCommit", u32(handle))["status"] == "BadInvalidArgument"
    assert write(engineer, node, handle, b"more") == "BadNodeIdUnknown"
    told = mes.until(lambda said: "event" in said, "the reason")["event"]
    assert (told["EventType"], told["2:CausePath"]) == ("ns=2;i=1038", "RecipeManagement")
    assert told["Message"] == "the recipe plate-D was not stored: low = 3: must not be greater than 1"
    refused = server.until(lambda said: said.get("method") == "CloseAndCommit" and "times" in said, "the audit entry")
    assert refused["outcome"] == "low = 3: must not be greater than 1"
    assert "4:plate-D" not in mes.ask(order="browse", node=[*RECIPES, "Recipes"])["children"]


def test_the_latest_results_are_variables(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": f"shown-{i}", "part": f"P-{i}"} for i in range(12)])
    slots = [[*RESULTS, "Results", f"Result{place}"] for place in range(10)]
    deadline = time.monotonic() + 20
    while True:
        shown = [mes.ask(order="read", node=slot)["value"] for slot in slots]
        found = {result["resultId"]["id"] for result in shown if result}
        if found == {f"shown-{i}" for i in range(2, 12)}:
            break
        assert time.monotonic() < deadline, found
    part = mes.ask(order="read", node=[*slots[0], "PartId"])["value"]["id"]
    assert part == mes.ask(order="read", node=slots[0])["value"]["partId"]["id"]


def test_the_latest_results_are_variables_of_the_machinery_model(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": f"m-{i}", "part": f"M-{i}", "verdict": "NOT_OK"} for i in range(10)])
    slots = [[MACHINERY, "Results", f"Result{place}"] for place in range(10)]
    deadline = time.monotonic() + 20
    while True:
        metas = [[*slot, "ResultMetaData"] for slot in slots]
        found = {mes.ask(order="read", node=[*meta, "ResultId"])["value"]: meta for meta in metas}
        if found.keys() == {f"m-{i}" for i in range(10)}:
            break
        assert time.monotonic() < deadline, found.keys()
    meta = found["m-3"]
    shown = [mes.ask(order="read", node=[*meta, name])["value"] for name in ("PartId", "ResultEvaluation", "ProductId")]
    assert shown == ["M-3", 2, None]
    whole = mes.ask(order="read", node=meta)["value"]
    assert (whole["partId"], whole["resultEvaluation"]) == ("M-3", 2)
    server.ask(publish=[{"id": f"n-{i}", "part": ""} for i in range(10)])  # what is left out is shown so
    while mes.ask(order="read", node=[*meta, "ResultId"])["value"] != "n-3":
        assert time.monotonic() < deadline
    assert mes.ask(order="read", node=[*meta, "PartId"])["value"] is None


# Products -------------------------------------------------------------------------------------------------------------

ALPHA, BETA = struct(3003, id="alpha"), struct(3003, id="beta")
PLATE_A, PLATE_B = [*RECIPES, "Recipes", "plate-A"], [*RECIPES, "Recipes", "plate-B"]
AUTOMATIC = [*OUTER, "AutomaticModeStateMachine"]


@pytest.fixture
def alpha(mes: NodeClient, clients: dict[str, NodeClient]) -> Iterator[str]:
    """A product that the recipe in use judges."""
    assert mes.call(PLATE_A, "LinkProduct", ALPHA)["status"] == "BadUserAccessDenied"
    assert clients["engineer"].call(PLATE_A, "LinkProduct", ALPHA)["outputs"] == [0]
    yield "alpha"
    assert clients["engineer"].call(PLATE_A, "UnlinkProduct", ALPHA)["outputs"] == [0]


def test_a_product_is_linked_to_the_recipe_that_judges_it(
    mes: NodeClient, clients: dict[str, NodeClient], server: Server, alpha: str
) -> None:
    engineer = clients["engineer"]
    assert mes.ask(order="browse", node=[*RECIPES, "Products"])["children"] == [f"4:{alpha}"]
    assert mes.ask(order="read", node=[*RECIPES, "Products", alpha])["value"]["externalId"]["id"] == alpha
    linked = mes.ask(order="read", node=[*PLATE_A, "LinkedProducts"])["value"]
    assert [product["id"] for product in linked] == [alpha]
    assert engineer.call(PLATE_B, "LinkProduct", ALPHA)["outputs"] == [-4]  # one recipe judges it, and that is plate-A
    assert engineer.call(RECIPES, "UnlinkProduct", struct(3013, id="plate-B"), ALPHA)["outputs"] == [-3]
    listed = [None, ALPHA, number(2), u32(10), u32(0), number(0)]
    assert [recipe["id"] for recipe in mes.call(RECIPES, "GetRecipeListFiltered", *listed)["outputs"][3]] == ["plate-A"]
    listed[1] = BETA
    assert mes.call(RECIPES, "GetRecipeListFiltered", *listed)["outputs"][1] == 0
    added = engineer.call(RECIPES, "AddRecipe", struct(3002, id="plate-B"), BETA)
    assert added["outputs"][1:] == ["ns=4;s=Recipes/plate-B/", "ns=4;s=Products/beta/", False, 0]
    assert mes.ask(order="browse", node=[*RECIPES, "Products"])["children"] == ["4:alpha", "4:beta"]
    assert engineer.call(RECIPES, "UnlinkProduct", struct(3013, id="plate-B"), BETA)["outputs"] == [0]
    assert mes.ask(order="browse", node=[*RECIPES, "Products"])["children"] == ["4:alpha"]
    entry = server.until(lambda said: said.get("audit") == "opcua-product" and said["product"] == "beta", "the audit")
    assert (entry["user"], entry["outcome"], entry["recipe"]) == ("engineer", "linked", "plate-B")


def test_a_product_comes_with_its_recipe_and_goes_with_it(mes: NodeClient, clients: dict[str, NodeClient]) -> None:
    engineer, wanted = clients["engineer"], struct(3002, id="plate-E")
    assert engineer.call(RECIPES, "AddRecipe", wanted, BETA)["outputs"][3:] == [True, 0]
    assert mes.ask(order="browse", node=[*RECIPES, "Products"])["children"] == []
    node, handle = engineer.call(TRANSFER, "GenerateFileForWrite", struct(3012, internalId={"id": "plate-E"}))[
        "outputs"
    ]
    assert write(engineer, node, handle, b"good one") == "Good"
    assert engineer.call(TRANSFER, "CloseAndCommit", u32(handle))["status"] == "Good"
    assert mes.ask(order="browse", node=[*RECIPES, "Products"])["children"] == ["4:beta"]
    assert engineer.call(RECIPES, "RemoveRecipe", wanted)["outputs"] == [0]
    assert mes.ask(order="browse", node=[*RECIPES, "Products"])["children"] == []


def test_a_product_is_prepared_and_unprepared(mes: NodeClient, server: Server, alpha: str) -> None:
    watch(mes, "2:InternalId", "2:ProductId", "Transition", of_type="ns=0;i=2041")

    def transition(name: str) -> None:
        mes.until(lambda said: said.get("event", {}).get("Transition") == name, name)

    assert mes.call(RECIPES, "PrepareProduct", BETA)["outputs"][1:] == [-3]
    answer = mes.call(RECIPES, "UnprepareProduct", ALPHA)
    assert (answer["outputs"][0]["id"], answer["outputs"][1]) == ("plate-A", 0)
    transition("ReadyToInitializedProduct")
    assert mes.call(RECIPES, "UnprepareProduct", ALPHA)["outputs"][1:] == [-3]
    assert mes.call(AUTOMATIC, "StartSingleJob", None, None, None, ALPHA, None)["outputs"][1:] == [-2]
    assert mes.call(RECIPES, "PrepareProduct", ALPHA)["outputs"][0]["id"] == "plate-A"
    transition("InitializedToReadyProduct")
    prepared = mes.until(lambda said: said.get("event", {}).get("EventType") == "ns=2;i=1022", "the event")["event"]
    assert (prepared["2:InternalId"]["id"], prepared["2:ProductId"]["id"]) == ("plate-A", alpha)


def test_a_job_for_a_product_and_its_results(mes: NodeClient, server: Server, alpha: str) -> None:
    def triggered() -> Any:
        return server.until(lambda said: said.get("line") == "trigger" and said["part_id"] == "P-9", "the part")

    part = struct(3004, id="P-9")
    assert mes.call(AUTOMATIC, "StartSingleJob", None, part, None, BETA, None)["outputs"][1:] == [-4]
    job = mes.call(AUTOMATIC, "StartSingleJob", None, part, None, ALPHA, None)["outputs"][0]["id"]
    assert triggered()["product"] == alpha
    watch(mes, "2:ResultId", "2:ProductId", of_type="ns=2;i=1024")
    server.ask(publish=[{"id": "made", "part": "P-9", "job": job, "product": alpha}, {"id": "other"}])
    told = mes.until(lambda said: "event" in said, "the result")["event"]
    assert (told["2:ResultId"]["id"], told["2:ProductId"]["id"]) == ("made", alpha)
    wanted = [number(0), *[None] * 6, ALPHA, None, u32(10), u32(0), number(0)]
    found = mes.call(RESULTS, "GetResultListFiltered", *wanted)["outputs"][3]
    assert [(result["resultId"]["id"], result["productId"]["id"]) for result in found] == [("made", alpha)]
    server.said.clear()
    assert mes.call(RECIPES, "PrepareProduct", ALPHA)["outputs"][1:] == [0]
    mes.call(AUTOMATIC, "StartSingleJob", None, part, None, None, None)  # for the product that was prepared
    assert triggered()["product"] == alpha
    server.ask(publish=[{"id": "made-2", "job": "single-2", "product": alpha}])


def test_the_file_of_a_recipe_is_opened_where_the_recipe_is(mes: NodeClient, clients: dict[str, NodeClient]) -> None:
    file, mode = [*PLATE_B, "Handle"], {"type": "Byte", "value": 1}
    assert mes.ask(order="read", node=[*file, "Size"])["value"] == len(b"plate B")
    assert clients["observer"].call(file, "Open", mode)["status"] == "BadUserAccessDenied"
    assert mes.call(file, "Open", {"type": "Byte", "value": 2})["status"] == "BadNotWritable"
    assert mes.call(file, "Open", {"type": "Byte", "value": 0})["status"] == "BadInvalidArgument"
    (handle,) = mes.call(file, "Open", mode)["outputs"]
    assert mes.ask(order="read", node=[*file, "OpenCount"])["value"] == 1
    assert clients["engineer"].call(file, "Read", u32(handle), number(100))["status"] == "BadInvalidArgument"
    assert mes.call(file, "Read", u32(handle), number(6))["outputs"] == [b"plate ".hex()]
    assert mes.call(file, "GetPosition", u32(handle))["outputs"] == [6]
    assert mes.call(file, "Close", u32(handle))["status"] == "Good"
    assert mes.ask(order="read", node=[*file, "OpenCount"])["value"] == 0
    assert mes.call(file, "Read", u32(handle), number(6))["status"] == "BadInvalidArgument"


# Configurations -------------------------------------------------------------------------------------------------------


def test_a_configuration_is_added_by_its_file_and_waits(
    mes: NodeClient, clients: dict[str, NodeClient], server: Server
) -> None:
    engineer, management = clients["engineer"], [SYSTEM, "ConfigurationManagement"]
    transfer, wanted = [*management, "ConfigurationTransfer"], struct(3008, id="faster")
    watch(mes, "Message", "2:CausePath", of_type="ns=2;i=1015")
    active = engineer.call(transfer, "GenerateFileForRead", struct(3011, internalId={"id": "station-1"}))
    assert read_whole(engineer, *active["outputs"][:2]) == b"the active one"
    assert mes.call(transfer, "GenerateFileForRead", struct(3011, internalId={"id": "station-1"}))["outputs"] == []
    assert engineer.call(management, "AddConfiguration", wanted)["outputs"][1:] == ["ns=0;i=0", True, 0]

    def bring(content: bytes) -> str:
        options = struct(3011, internalId={"id": "faster"})
        node, handle = engineer.call(transfer, "GenerateFileForWrite", options)["outputs"]
        assert write(engineer, node, handle, content) == "Good"
        return str(engineer.call(transfer, "CloseAndCommit", u32(handle))["status"])

    assert bring(b"bad") == "BadInvalidArgument"
    told = mes.until(lambda said: "event" in said, "the reason")["event"]
    assert told["Message"] == "the configuration faster was not stored: line 3, takt_ms: must be greater than 0"
    assert bring(b"good one") == "Good"
    assert server.until(lambda said: said.get("audit") == "opcua-configuration", "the audit")["outcome"] == "stored"
    assert mes.ask(order="browse", node=[*management, "Configurations"])["children"] == ["4:station-1", "4:faster"]
    listed = mes.call(management, "GetConfigurationList", u32(0), u32(0), number(0))["outputs"]
    assert (listed[0], [one["internalId"]["id"] for one in listed[3]]) == (True, ["station-1", "faster"])
    assert engineer.call(management, "ActivateConfiguration", wanted)["outputs"] == [-2]
    assert engineer.call(management, "RemoveConfiguration", struct(3008, id="station-1"))["outputs"] == [-2]
    assert engineer.call(management, "RemoveConfiguration", wanted)["outputs"] == [0]
    assert engineer.call(management, "RemoveConfiguration", wanted)["outputs"] == [-3]
    assert mes.ask(order="browse", node=[*management, "Configurations"])["children"] == ["4:station-1"]


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
    assert [mes.ask(order="read", node=node)["value"] for node in health] == [0, 0]
    server.ask(line={"faults": [FAULT]})
    assert [mes.ask(order="read", node=node)["value"] for node in health] == [1, 1]
    server.ask(line={"warnings": ["The PLC is not connected."]})
    assert [mes.ask(order="read", node=node)["value"] for node in health] == [3, 0]


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
