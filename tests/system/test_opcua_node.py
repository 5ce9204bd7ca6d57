"""The OPC UA server before a client nobody here wrote: node-opcua-client."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from opcua_peers import LAST, MACHINERY, NEXT, SYSTEM, NodeClient, Server, number, struct, text, trusted_client

from plc.opcua.settings import Limits

pytestmark = pytest.mark.system

RESULTS = [SYSTEM, "ResultManagement"]
RECIPES = [SYSTEM, "RecipeManagement"]
OUTER = [SYSTEM, "VisionStateMachine"]
INNER = [*OUTER, "AutomaticModeStateMachine"]
SERVER = ["i=2253"]
RESULT_ID, PART_ID, MEAS_ID, INTERNAL_RECIPE, CONFIGURATION_ID = 3021, 3004, 3015, 3013, 3008
NO_CAUSE = (number(0), text(""))
OPEN_JOB = (None, None, None, None, None)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server")) as server:
        server.ask(line={})
        yield server


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the clients keep whom they trust; making one takes seconds."""
    return tmp_path_factory.mktemp("pki")


@pytest.fixture(scope="module")
def clients(server: Server, pki: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, NodeClient]]:
    """A session for each role, and a client to watch with."""
    made = {
        name: trusted_client(server, tmp_path_factory.mktemp(name), pki, "observer" if name == "watcher" else name)
        for name in ("observer", "mes", "engineer", "watcher")
    }
    made["watcher"].ask(order="close")
    yield made
    for client in made.values():
        client.end()


@pytest.fixture
def mes(server: Server, clients: dict[str, NodeClient]) -> NodeClient:
    """A MES; the line is back where it was at the start."""
    server.ask(refuse=None)
    server.ask(line={"attached": False})
    server.ask(line={})
    if state(clients["mes"])[0] == "Halted":
        clients["engineer"].call(OUTER, "Reset", *NO_CAUSE)
    return clients["mes"]


@pytest.fixture
def watcher(server: Server, clients: dict[str, NodeClient]) -> Iterator[NodeClient]:
    """A client that has heard nothing yet."""
    client = clients["watcher"]
    client.said.clear()
    assert client.connect(server.url, "observer")["done"]
    yield client
    client.ask(order="close")


def watch(client: NodeClient, node: list[str], *fields: str) -> None:
    assert client.ask(order="watch", node=node, fields=["EventType", *fields])["status"] == "Good"


def state(client: NodeClient) -> list[str]:
    return [client.ask(order="read", node=[*machine, "CurrentState"])["value"] for machine in (OUTER, INNER)]


def last_transition(client: NodeClient, machine: list[str]) -> tuple[str, int]:
    name = client.ask(order="read", node=[*machine, "LastTransition"])["value"]
    return name, client.ask(order="read", node=[*machine, "LastTransition", "Number"])["value"]


# What is there --------------------------------------------------------------------------------------------------------


def test_discovery_offers_encrypted_endpoints_and_names_with_passwords_only(mes: NodeClient, server: Server) -> None:
    answer = mes.ask(order="endpoints", url=server.url)
    assert sorted(answer["endpoints"]) == [
        ["Aes256_Sha256_RsaPss", "SignAndEncrypt", ["UserName"]],
        ["Basic256Sha256", "SignAndEncrypt", ["UserName"]],
    ]


def test_the_vision_system_is_where_the_standard_has_it(mes: NodeClient) -> None:
    children = mes.ask(order="browse", node=[SYSTEM])["children"]
    assert {"2:VisionStateMachine", "2:ResultManagement", "2:RecipeManagement", "2:SystemState"} <= set(children)
    methods = mes.ask(order="browse", node=INNER)["children"]
    assert {"2:StartSingleJob", "2:StartContinuous", "2:Stop", "2:Abort", "CurrentState", "LastTransition"} <= set(
        methods
    )


# Results --------------------------------------------------------------------------------------------------------------


def test_a_result_by_its_id(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": "by-id", "verdict": "NOT_OK", "part": "SN-7", "meas": "M-7"}])
    answer = mes.call(RESULTS, "GetResultById", struct(RESULT_ID, id="by-id"), number(0))
    handle, result, error = answer["outputs"]
    assert (answer["status"], error) == ("Good", 0)
    assert result["resultId"]["id"] == "by-id"
    assert (result["partId"]["id"], result["measId"]["id"], result["isPartial"]) == ("SN-7", "M-7", False)
    assert result["internalRecipeId"]["id"] == "plate-A"
    assert result["internalRecipeId"]["hash"] == "ab" * 32
    assert result["creationTime"] == "2026-05-01T06:00:00.000Z"
    (content,) = result["resultContent"]
    assert (content["verdict"], content["worstClass"], content["recipeSha256"]) == ("NOT_OK", "scratch", "ab" * 32)
    (defect,) = content["defects"]
    assert (defect["class"], defect["view"], defect["x"], defect["lengthMm"]) == ("scratch", "top", 10.0, 1.5)
    assert content["pictures"] == [{"view": "top", "mediaType": "image/png", "sha256": "ef" * 32}]
    assert content["models"] == [{"view": "top", "name": "plate-A", "version": "2", "sha256": "98" * 32}]
    times = result["processingTimes"]
    assert (times["startTime"], times["endTime"]) == ("2026-05-01T06:00:00.000Z",) * 2
    assert mes.call(RESULTS, "ReleaseResultHandle", number(handle, "UInt32"))["outputs"] == [0]
    assert mes.call(RESULTS, "ReleaseResultHandle", number(handle, "UInt32"))["status"] == "Uncertain"


def test_a_result_that_is_not_there(mes: NodeClient) -> None:
    answer = mes.call(RESULTS, "GetResultById", struct(RESULT_ID, id="nobody"), number(0))
    assert (answer["status"], answer["outputs"][-1]) == ("Uncertain", -3)


def test_the_components_of_a_result_one_by_one(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": "in-parts", "part": "SN-8", "job": "J-8"}])
    answer = mes.call(RESULTS, "GetResultComponentsById", struct(RESULT_ID, id="in-parts"), number(0))
    outputs = answer["outputs"]
    assert answer["status"] == "Good"
    assert len(outputs) == 17
    assert (outputs[4], outputs[6]["id"], outputs[12]["id"], outputs[16]) == (1, "SN-8", "J-8", 0)


def test_lists_in_pages_and_by_filter(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"part": "page", "id": f"page-{i}", "verdict": "NOT_OK" if i % 2 else "OK"} for i in range(5)])

    def page(start: int, most: int, part: str = "page") -> tuple[bool, list[str]]:
        filters = [number(0), None, struct(PART_ID, id=part), *[None] * 6]
        answer = mes.call(
            RESULTS, "GetResultListFiltered", *filters, number(most, "UInt32"), number(start, "UInt32"), number(0)
        )
        complete, count, _, results, error = answer["outputs"]
        assert (answer["status"], error, count) == ("Good", 0, len(results))
        return complete, [result["resultId"]["id"] for result in results]

    assert page(0, 2) == (False, ["page-0", "page-1"])
    assert page(2, 2) == (False, ["page-2", "page-3"])
    assert page(4, 2) == (True, ["page-4"])
    assert page(0, 0) == (True, [f"page-{i}" for i in range(5)])
    assert page(0, 5, "nobody's") == (True, [])


@pytest.mark.parametrize("node", [SERVER, [SYSTEM]])
def test_a_result_is_told_to_who_watches_the_system_or_the_server(
    watcher: NodeClient, server: Server, node: list[str]
) -> None:
    watch(watcher, node, "2:ResultId", "2:PartId", "2:IsPartial", "2:ResultState", "2:CreationTime", "2:ResultContent")
    name = "event-of-" + node[0]
    server.ask(publish=[{"id": name, "part": "SN-9", "verdict": "NOT_OK", "partial": False}])
    event = watcher.until(lambda said: _result_of(said) == name, "ResultReady")["event"]
    assert (event["2:PartId"]["id"], event["2:IsPartial"], event["2:ResultState"]) == ("SN-9", False, 1)
    assert event["2:CreationTime"] == "2026-05-01T06:00:00.000Z"
    assert event["2:ResultContent"][0]["defects"][0]["class"] == "scratch"


def test_a_verdict_of_a_person_is_a_result_of_the_same_part(watcher: NodeClient, server: Server) -> None:
    watch(watcher, SERVER, "2:ResultId", "2:PartId", "2:IsPartial", "2:ResultContent")
    first = {"id": "u", "part": "SN-10", "verdict": "NOT_DECIDABLE", "partial": True}
    second = {"id": "u.2", "part": "SN-10", "verdict": "OK", "by": "operator", "author": "Ann", "supersedes": "u"}
    server.ask(publish=[first, second])
    watcher.until(lambda said: _result_of(said) == "u.2", "the second ResultReady")
    told = [event for event in watcher.events() if _result_of({"event": event}) in {"u", "u.2"}]
    assert [event["2:PartId"]["id"] for event in told] == ["SN-10", "SN-10"]
    assert [event["2:IsPartial"] for event in told] == [True, False]
    content = told[1]["2:ResultContent"][0]
    assert (content["supersedes"], content["by"], content["author"]) == ("u", "operator", "Ann")


def _result_of(said: dict[str, dict[str, dict[str, str]]]) -> str | None:
    result = said.get("event", {}).get("2:ResultId")
    return result["id"] if result else None


# Machinery ------------------------------------------------------------------------------------------------------------


def test_machinery_results_bear_the_verdict(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": "m-1", "part": "SN-M", "verdict": "NOT_DECIDABLE", "partial": True}])
    answer = mes.call([MACHINERY], "GetLatestResult", number(0))
    meta = answer["outputs"][1]["resultMetaData"]
    assert (meta["resultId"], meta["partId"], meta["resultEvaluation"]) == ("m-1", "SN-M", 3)
    assert meta["resultEvaluationDetails"] == "top: scratch 0.9; limit 0.5"
    handle = number(answer["outputs"][0], "UInt32")
    assert mes.call([MACHINERY], "ReleaseResultHandle", handle)["outputs"] == [0]
    by_id = mes.call([MACHINERY], "GetResultById", text("m-1"), number(0))
    assert by_id["outputs"][1]["resultMetaData"] == meta
    ids = mes.call([MACHINERY], "GetResultIdListFiltered", None, None, number(1, "UInt32"), number(0))
    assert ids["outputs"][1] == ["m-1"]


def test_machinery_result_events(watcher: NodeClient, server: Server) -> None:
    watch(watcher, [MACHINERY], "3:Result", "3:Result.3:ResultMetaData.3:ResultId")
    server.ask(publish=[{"id": "m-2", "verdict": "NOT_OK"}])
    event = watcher.until(lambda said: "event" in said, "the event")["event"]
    assert event["3:Result"]["resultMetaData"]["resultEvaluation"] == 2
    assert event["3:Result.3:ResultMetaData.3:ResultId"] == "m-2"


def test_acknowledging_results(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": "ack-1"}, {"id": "ack-2"}])
    ids = {"type": "String", "value": ["ack-1", "nobody"]}
    assert mes.call([MACHINERY], "AcknowledgeResults", ids)["outputs"] == [[0, -3], 0]
    last = mes.ask(order="read", node=[LAST, "Sequence"])["value"]
    acknowledged = mes.ask(order="read", node=[NEXT, "AcknowledgedSequence"])["value"]
    assert acknowledged == last - 1
    assert mes.ask(order="read", node=[NEXT, "ResultId"])["value"] == "ack-2"


# Plain variables ------------------------------------------------------------------------------------------------------


def test_who_reads_variables_only_gets_every_result_by_acknowledging(mes: NodeClient, server: Server) -> None:
    server.ask(publish=[{"id": f"tag-{i}", "verdict": "NOT_OK"} for i in range(3)])
    assert mes.ask(order="read", node=[LAST, "ResultId"])["value"] == "tag-2"
    seen: list[str] = []
    while sequence := mes.ask(order="read", node=[NEXT, "Sequence"])["value"]:
        seen.append(mes.ask(order="read", node=[NEXT, "ResultId"])["value"])
        written = mes.ask(order="write", node=[NEXT, "AcknowledgedSequence"], type="UInt64", value=sequence)
        assert written["status"] == "Good"
    assert seen[-3:] == ["tag-0", "tag-1", "tag-2"]
    assert len(seen) == len(set(seen))
    server.ask(publish=[{"id": "tag-3"}])
    assert mes.ask(order="read", node=[NEXT, "ResultId"])["value"] == "tag-3"


def test_what_cannot_be_acknowledged(mes: NodeClient, clients: dict[str, NodeClient]) -> None:
    node = [NEXT, "AcknowledgedSequence"]
    far = mes.ask(order="write", node=node, type="UInt64", value=10**6)
    assert far["status"] == "BadOutOfRange"
    assert mes.ask(order="write", node=node, type="String", value="1")["status"] == "BadTypeMismatch"
    assert clients["observer"].ask(order="write", node=node, type="UInt64", value=1)["status"] == "BadUserAccessDenied"
    assert mes.ask(order="write", node=[LAST, "ResultId"], type="String", value="x")["status"] == "BadUserAccessDenied"
    roles = [clients[name] for name in ("observer", "mes", "engineer")]
    levels = [client.ask(order="read", node=node, attribute="UserAccessLevel")["value"] for client in roles]
    assert levels == [1, 3, 3]


# The state machine ----------------------------------------------------------------------------------------------------


def test_a_job_from_its_start_to_its_result(mes: NodeClient, watcher: NodeClient, server: Server) -> None:
    watch(watcher, SERVER, "2:JobId", "Transition")
    assert state(mes) == ["Operational", "Ready"]
    started = mes.call(INNER, "StartSingleJob", struct(MEAS_ID, id="M"), struct(PART_ID, id="SN"), None, None, None)
    job = started["outputs"][0]["id"]
    assert started["outputs"][1] == 0
    told = server.until(lambda said: said.get("line") == "trigger" and said["meas_id"] == "M", "the trigger")
    assert told["part_id"] == "SN"
    assert state(mes) == ["Operational", "SingleExecution"]
    assert last_transition(mes, INNER) == ("ReadyToSingleExecution", 671)
    server.ask(captured=["acquired-1", job])
    watcher.until(
        lambda said: said.get("event", {}).get("EventType") == "ns=2;i=1025", "AcquisitionDone, with no result"
    )
    assert state(mes) == ["Operational", "SingleExecution"]
    server.ask(publish=[{"id": "acquired-1", "job": job}])
    assert state(mes) == ["Operational", "Ready"]
    assert last_transition(mes, INNER) == ("SingleExecutionToReadyAuto", 760)
    watcher.until(lambda said: said.get("event", {}).get("EventType") == "ns=2;i=1023", "Ready")
    kinds = [(event["EventType"], (event["2:JobId"] or {}).get("id")) for event in watcher.events()]
    started_, acquired, result, ready = ((f"ns=2;i={i}", job) for i in (1013, 1025, 1024, 1023))
    assert [kind for kind in kinds if kind[0] in {started_[0], acquired[0], result[0], ready[0]}] == [
        started_,
        acquired,
        result,
        ready,
    ]
    assert [event["Transition"] for event in watcher.events() if event["EventType"] == "ns=2;i=1018"] == [
        "ReadyToSingleExecution",
        "SingleExecutionToReadyAuto",
    ]


def test_parts_as_they_come_until_stopped(mes: NodeClient, server: Server) -> None:
    assert mes.call(INNER, "StartContinuous", *OPEN_JOB)["outputs"] == [{"id": "run-1"}, 0]
    assert state(mes) == ["Operational", "ContinuousExecution"]
    assert mes.call(INNER, "Stop", number(3), text("shift is over"))["outputs"] == [0]
    server.until(lambda said: "shift is over" in said.get("reason", ""), "the reason")
    assert state(mes) == ["Operational", "Ready"]
    assert last_transition(mes, INNER) == ("ContinuousExecutionToReadyStop", 861)
    assert mes.call(INNER, "StartContinuous", *OPEN_JOB)["outputs"][1] == 0
    assert mes.call(INNER, "Abort", *NO_CAUSE)["outputs"] == [0]
    assert last_transition(mes, INNER) == ("ContinuousExecutionToReadyAbort", 862)


def test_halt_and_reset(mes: NodeClient, clients: dict[str, NodeClient]) -> None:
    engineer = clients["engineer"]
    assert engineer.call(OUTER, "Halt", *NO_CAUSE)["outputs"] == [0]
    assert state(mes) == ["Halted", None]
    assert mes.ask(order="read", node=[*INNER, "CurrentState"])["status"] == "BadStateNotActive"
    refused = mes.call(INNER, "StartContinuous", *OPEN_JOB)
    assert (refused["status"], refused["outputs"][1]) == ("Uncertain", -2)
    assert engineer.call(OUTER, "Reset", *NO_CAUSE)["outputs"] == [0]
    assert state(mes) == ["Operational", "Ready"]


def test_a_fault_of_the_line_is_an_error_until_it_is_over(mes: NodeClient, watcher: NodeClient, server: Server) -> None:
    watch(watcher, SERVER, "Message", "Severity")
    server.ask(line={"faults": ["Camera top: no picture."]})
    assert state(mes) == ["Error", None]
    assert last_transition(mes, OUTER) == ("OperationalToErrorAuto", 430)
    shown = mes.ask(order="read", node=[SYSTEM, "SystemState"])["value"]
    assert shown == {"state": 5, "stateDescription": "Camera top: no picture."}
    server.ask(line={})
    assert state(mes) == ["Operational", "Ready"]
    watcher.until(lambda said: said.get("event", {}).get("EventType") == "ns=2;i=1020", "ErrorResolved")
    (error,) = [event for event in watcher.events() if event["EventType"] == "ns=2;i=1019"]
    assert (error["Message"], error["Severity"]) == ("Camera top: no picture.", 800)


def test_a_line_that_somebody_else_runs(mes: NodeClient, server: Server) -> None:
    server.ask(line={"accepting": True, "job": "theirs"})
    assert state(mes) == ["Operational", "ContinuousExecution"]
    assert last_transition(mes, INNER) == ("ReadyToContinuousExecutionAuto", 680)
    server.ask(line={"busy": True})
    assert state(mes) == ["Operational", "ContinuousExecution"]
    server.ask(line={})
    assert state(mes) == ["Operational", "Ready"]


def test_what_the_line_refuses_changes_no_state(mes: NodeClient, server: Server) -> None:
    server.ask(refuse="the station is offline")
    for method in ("StartSingleJob", "StartContinuous"):
        answer = mes.call(INNER, method, *OPEN_JOB)
        assert (answer["status"], answer["outputs"]) == ("Uncertain", [None, -1])
    assert state(mes) == ["Operational", "Ready"]
    refused = server.until(lambda said: said.get("outcome") == "the station is offline", "the audit entry")
    assert (refused["audit"], refused["user"]) == ("opcua-call", "mes")


# Recipes --------------------------------------------------------------------------------------------------------------


def test_recipes_are_listed_prepared_and_unprepared(mes: NodeClient, watcher: NodeClient) -> None:
    watch(watcher, SERVER, "2:InternalId")

    def listed(prepared: int) -> list[str]:
        args = (None, None, number(prepared), number(0, "UInt32"), number(0, "UInt32"), number(0))
        complete, count, handle, recipes, error = mes.call(RECIPES, "GetRecipeListFiltered", *args)["outputs"]
        assert (complete, count, error) == (True, len(recipes), 0)
        assert mes.call(RECIPES, "ReleaseRecipeHandle", number(handle, "UInt32"))["outputs"] == [0]
        return [recipe["id"] for recipe in recipes]

    assert (listed(2), listed(1), listed(0)) == (["plate-A", "plate-B"], ["plate-A"], ["plate-B"])
    plate = struct(INTERNAL_RECIPE, id="plate-A", version="3")
    unprepared = mes.call(RECIPES, "UnprepareRecipe", None, plate)
    assert unprepared["outputs"][1] == 0
    assert state(mes) == ["Operational", "Initialized"]
    assert mes.call(INNER, "StartContinuous", *OPEN_JOB)["outputs"][1] == -2
    prepared = mes.call(RECIPES, "PrepareRecipe", None, plate)
    assert (prepared["outputs"][0]["hash"], prepared["outputs"][1:]) == ("ab" * 32, [True, 0])
    assert state(mes) == ["Operational", "Ready"]
    assert last_transition(mes, INNER) == ("InitializedToReadyRecipe", 561)
    told = watcher.until(lambda said: said.get("event", {}).get("EventType") == "ns=2;i=1022", "RecipePrepared")
    assert told["event"]["2:InternalId"]["id"] == "plate-A"


def test_preparing_another_recipe_changes_the_line_over(mes: NodeClient, server: Server) -> None:
    other = struct(INTERNAL_RECIPE, id="plate-B")
    answer = mes.call(RECIPES, "PrepareRecipe", None, other)
    assert answer["outputs"][1:] == [False, 0]
    server.until(lambda said: said.get("line") == "change_recipe" and said["recipe"] == "plate-B", "the change-over")
    wrong = mes.call(RECIPES, "PrepareRecipe", None, struct(INTERNAL_RECIPE, id="plate-A", version="99"))
    assert (wrong["status"], wrong["outputs"][2]) == ("Uncertain", -3)


# The configuration ----------------------------------------------------------------------------------------------------


def test_the_configuration_that_is_active(mes: NodeClient, clients: dict[str, NodeClient]) -> None:
    node = [SYSTEM, "ConfigurationManagement"]
    active = mes.ask(order="read", node=[*node, "ActiveConfiguration"])["value"]
    assert (active["internalId"]["id"], active["internalId"]["hash"]) == ("station-1", "12" * 32)
    assert active["lastModified"] == "2026-05-01T06:00:00.000Z"
    listed = mes.call(node, "GetConfigurationList", number(0, "UInt32"), number(0, "UInt32"), number(0))
    complete, count, handle, found, error = listed["outputs"]
    assert (complete, count, found, error) == (True, 1, [active], 0)
    assert mes.call(node, "ReleaseConfigurationHandle", number(handle, "UInt32"))["outputs"] == [0]
    wanted = struct(CONFIGURATION_ID, id="station-1")
    assert mes.call(node, "GetConfigurationById", wanted, number(0))["outputs"][1:] == [active, 0]
    other = mes.call(node, "GetConfigurationById", struct(CONFIGURATION_ID, id="other"), number(0))
    assert (other["status"], other["outputs"][2]) == ("Uncertain", -3)
    assert mes.call(node, "ActivateConfiguration", wanted)["status"] == "BadUserAccessDenied"
    assert clients["engineer"].call(node, "ActivateConfiguration", wanted)["outputs"] == [0]


# Who may what ---------------------------------------------------------------------------------------------------------


def test_each_role_may_call_what_is_its_own(clients: dict[str, NodeClient], mes: NodeClient, server: Server) -> None:
    observer = clients["observer"]
    assert observer.call(INNER, "StartContinuous", *OPEN_JOB)["status"] == "BadUserAccessDenied"
    assert mes.call(OUTER, "Halt", *NO_CAUSE)["status"] == "BadUserAccessDenied"
    server.until(lambda said: said.get("audit") == "opcua-refused" and said["method"] == "Halt", "the audit entry")
    assert observer.call(RESULTS, "GetResultById", struct(RESULT_ID, id="x"), number(0))["status"] == "Uncertain"
    may = {
        user: [
            client.ask(order="read", node=[*node, method], attribute="UserExecutable")["value"]
            for node, method in ((RESULTS, "GetResultById"), (INNER, "StartSingleJob"), (OUTER, "Halt"))
        ]
        for user, client in clients.items()
        if user != "watcher"
    }
    assert may == {"observer": [True, False, False], "mes": [True, True, False], "engineer": [True, True, True]}


def test_arguments_are_checked(mes: NodeClient) -> None:
    few = mes.call(RESULTS, "GetResultById", struct(RESULT_ID, id="x"))
    assert few["status"] == "BadArgumentsMissing"
    many = mes.call(RESULTS, "GetResultById", struct(RESULT_ID, id="x"), number(0), number(0))
    assert many["status"] == "BadTooManyArguments"
    wrong = mes.call(RESULTS, "GetResultById", struct(PART_ID, id="x"), number(0))
    assert (wrong["status"], wrong["arguments"]) == ("BadInvalidArgument", ["BadTypeMismatch", "Good"])
    long = mes.call(RESULTS, "GetResultById", struct(RESULT_ID, id="x" * 5000), number(0))
    assert long["arguments"] == ["BadOutOfRange", "Good"]


def test_who_is_not_let_in(server: Server, pki: Path, tmp_path: Path) -> None:
    with NodeClient(tmp_path, pki) as stranger:
        assert not stranger.connect(server.url)["done"]
        assert server.trust_all() == 1
        for wrong in (
            {"password": "a wrong password"},
            {"user": "nobody"},
            {"token": "anonymous"},
            {"mode": "None", "policy": "None"},
            {"mode": "Sign"},
        ):
            assert not stranger.connect(server.url, **wrong)["done"], wrong
        assert stranger.connect(server.url)["done"]


HELLO = b"HELF" + (32).to_bytes(4, "little") + b"".join(n.to_bytes(4, "little") for n in (0, 65535, 65535, 0, 0, 0))


def test_one_connection_too_many_is_read_later_or_not_at_all_and_sessions_go_on(
    mes: NodeClient, server: Server
) -> None:
    def answered() -> bool | None:
        """Tell whether a stranger is answered at once; None when the connection is closed."""
        with socket.create_connection(("127.0.0.1", server.port), 5) as stranger:
            stranger.settimeout(0.02 if told else 5)
            try:
                stranger.sendall(HELLO)
                return len(stranger.recv(4)) == 4 or None
            except TimeoutError:
                return False
            except ConnectionError:
                return None

    told: list[bool | None] = []
    for _ in range(Limits().handshakes_at_once // 2):
        assert answered(), "a burst is read"
    told = [answered()]
    told += [answered() for _ in range(Limits().handshakes_at_once + 60)]
    assert False in told, "some are read later"
    assert told[-1] is None, "and too many are closed"
    assert state(mes) == ["Operational", "Ready"]
