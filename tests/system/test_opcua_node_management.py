"""Files, recipes, products and configurations of the OPC UA server before a client nobody here wrote: node-opcua-client."""

import io
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from opcua_peers import MACHINERY, SYSTEM, NodeClient, Server, number, struct
from opcua_roles import OUTER, RECIPES, begin, clients_by_role, u32, watch
from opcua_server import PIXELS

pytestmark = pytest.mark.system

RESULTS, TRANSFER = [SYSTEM, "ResultManagement"], [*RECIPES, "RecipeTransfer"]
READ, WRITE, CLOSE = "i=11585", "i=11588", "i=11583"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as server:
        server.ask(line={})
        yield server


@pytest.fixture(scope="module")
def clients(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, NodeClient]]:
    with clients_by_role(server, tmp_path_factory.mktemp) as clients:
        yield clients


@pytest.fixture
def mes(server: Server, clients: dict[str, NodeClient]) -> NodeClient:
    return begin(server, clients["mes"])


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
