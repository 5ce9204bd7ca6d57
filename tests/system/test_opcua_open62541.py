"""The OPC UA server before a second independent stack: open62541, in a process of its own."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asyncua import ua
from json_process import JsonProcess
from opcua_peers import Server
from opcua_server import PASSWORD

from plc.opcua.certificates import ensure_own

pytestmark = pytest.mark.system

PEER = Path(__file__).parents[1] / "support" / "opcua_o6.py"


def test_open62541_reads_calls_and_hears(tmp_path: Path) -> None:
    own = ensure_own(tmp_path / "mes", "urn:test:mes", "mes", datetime.now(UTC))
    with Server(tmp_path / "server") as server:
        server.ask(line={})
        server.ask(publish=[{"id": "r-1", "part": "SN-1", "verdict": "NOT_OK"}])
        server.trust.trust(str(own.certificate))
        certificate = server.certificates / "own" / "certificate.der"
        command = [sys.executable, "-P", str(PEER), server.url, str(own.certificate), str(own.key), str(certificate)]
        with JsonProcess([*command, "mes", PASSWORD], tmp_path / "o6.log") as peer:
            assert peer.until(lambda said: "last" in said, "the last result")["last"] == "r-1"
            answer = peer.until(lambda said: "status" in said, "the result")
            assert answer == {"status": 0, "error": 0, "result": True, "part": True}
            found = peer.until(lambda said: "children" in said, "the vision system")["children"]
            assert {"VisionStateMachine", "ResultManagement", "RecipeManagement", "ConfigurationManagement"} <= set(
                found
            )
            vision = peer.until(lambda said: "vision" in said, "the result of the vision system")
            assert vision == {"vision": 0, "vision_error": 0, "vision_part": True}
            refused = peer.until(lambda said: "halt" in said, "the refusal")["halt"]
            assert refused == ua.StatusCodes.BadUserAccessDenied  # a MES may not halt
            peer.until(lambda said: "watching" in said, "the subscription")
            server.ask(publish=[{"id": "r-2", "part": "SN-2", "verdict": "OK"}])
            peer.until(lambda said: "part SN-2: OK" in str(said.get("event")), "the event of the result")
            server.ask(line={"faults": ["Camera top: no picture."]})
            peer.until(lambda said: "Camera top: no picture." in str(said.get("event")), "the fault")
            peer.until(lambda said: "Operational to Error" in str(said.get("event")), "the state")
