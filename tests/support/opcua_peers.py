"""The server of `opcua_server.py` and the node-opcua client of `tests/opcua`, as processes of a test."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from json_process import JsonProcess, Said
from opcua_server import PASSWORD

from plc.opcua.certificates import TrustList, ensure_own

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("opcua_server.py")
NODE = Path(sys.executable).with_name("node")
"""Node.js, a Python package of the tests."""
MODULES = ROOT / "build" / "opcua"
SYSTEM = "ns=4;i=5001"
MACHINERY = "ns=4;i=5050"
LAST, NEXT = "ns=4;i=5100", "ns=4;i=5200"


class Server(JsonProcess):
    """The server, its certificates in a folder; with `asset=True` it has the model of assets, too."""

    def __init__(self, folder: Path, **limits: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.certificates = folder / "certificates"
        command = [sys.executable, "-P", str(SCRIPT), str(self.certificates)]
        super().__init__([*command, json.dumps(limits)], folder / "server.log")
        try:
            self.port = int(self.until(lambda said: "port" in said, "the port")["port"])
        except BaseException:
            self.end()
            raise
        self.trust = TrustList(self.certificates)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"opc.tcp://127.0.0.1:{self.port}/station/"

    def trust_all(self) -> int:
        """Trust every client that was refused so far."""
        rejected = [path.stem for path, _ in self.trust.rejected()]
        for thumbprint in rejected:
            self.trust.trust(thumbprint)
        return len(rejected)


class NodeClient(JsonProcess):
    """A MES on node-opcua-client, with a certificate of its own in `folder`; `pki` is what it trusts itself."""

    def __init__(self, folder: Path, pki: Path) -> None:
        _require_node_modules("node-opcua-client")
        folder.mkdir(parents=True, exist_ok=True)
        self.pki = pki
        self.own = ensure_own(folder, "urn:test:mes", "mes", datetime.now(UTC))
        command = [str(NODE), str(ROOT / "tests" / "opcua" / "client.js"), str(MODULES)]
        super().__init__(command, folder / "node.log")

    def connect(self, url: str, user: str = "mes", **options: Any) -> Said:
        """Open a session."""
        return self.ask(**self.order(url, user, **options))

    def order(self, url: str, user: str = "mes", **options: Any) -> dict[str, Any]:
        """Return what opens a session."""
        files = {"pki": str(self.pki), "certificate": str(self.own.certificate), "key": str(self.own.key)}
        return {"order": "connect", "url": url, "user": user, **files, "password": PASSWORD, **options}

    def call(self, node: list[str], method: str, *args: Any) -> Said:
        """Call a method; the arguments as `client.js` takes them."""
        return self.ask(order="call", node=node, method=method, args=list(args))

    def events(self) -> list[Said]:
        """Return the events that came so far."""
        return [said["event"] for said in self.said if "event" in said]


class NodeMes(JsonProcess):
    """A MES that is a server itself, on node-opcua: encrypted channels and `user` alone, and no certificate trusted at first.

    `kinds` are its variables in the namespace `space`, each with its first value and its type; `Take` of `Mes` takes an id, an
    Int32 and a time, and what it was given comes as `{"called": […]}`.
    """

    def __init__(self, folder: Path, space: str, user: str, password: str, kinds: dict[str, tuple[Any, str]]) -> None:
        _require_node_modules("node-opcua-server")
        folder.mkdir(parents=True)
        self.own = ensure_own(folder / "mes", "urn:test:mes", "mes", datetime.now(UTC))
        files = {"pki": str(folder / "pki"), "certificate": str(self.own.certificate), "key": str(self.own.key)}
        given = {**files, "uri": "urn:test:mes", "space": space, "user": user, "password": password, "kinds": kinds}
        command = [str(NODE), str(ROOT / "tests" / "opcua" / "server.js"), str(MODULES), json.dumps(given)]
        super().__init__(command, folder / "mes.log")
        try:
            self.url = str(self.until(lambda said: "url" in said, "its url")["url"])
        except BaseException:
            self.end()
            raise

    def value(self, name: str) -> Any:
        """Return what was written into a variable."""
        return self.ask(order="read", name=name)["value"]

    def called(self) -> list[list[Any]]:
        """Return what `Take` was given so far."""
        return [said["called"] for said in self.said if "called" in said]


def _require_node_modules(name: str) -> None:
    if not NODE.is_file() or not (MODULES / "node_modules" / name).is_dir():
        pytest.fail(f"{name} is not installed; run make setup")


def trusted_client(server: Server, folder: Path, pki: Path, user: str = "mes") -> NodeClient:
    """Return a client with a session."""
    client = NodeClient(folder, pki)
    server.trust.trust(client.own.certificate)
    answer = client.connect(server.url, user)
    assert answer["done"], answer
    return client


def struct(number: int, **value: Any) -> dict[str, Any]:
    """Return a structure of the vision namespace as an argument."""
    return {"struct": f"ns=2;i={number}", "value": value}


def number(value: int, kind: str = "Int32") -> dict[str, Any]:
    """Return a number as an argument."""
    return {"type": kind, "value": value}


def text(value: str) -> dict[str, Any]:
    """Return a text as an argument."""
    return {"type": "String", "value": value}
