"""Clients of node-opcua on one server, one for each role, and a session of its own for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from opcua_peers import SYSTEM, NodeClient, Server, number, trusted_client

OUTER = [SYSTEM, "VisionStateMachine"]
RECIPES = [SYSTEM, "RecipeManagement"]
SERVER = ["i=2253"]


@contextmanager
def clients_by_role(server: Server, new_folder: Callable[[str], Path]) -> Iterator[dict[str, NodeClient]]:
    """Have a session for each role."""
    pki = new_folder("pki")
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(trusted_client(server, new_folder(name), pki, name))
            for name in ("observer", "mes", "engineer")
        }


def begin(server: Server, client: NodeClient) -> NodeClient:
    """Return a MES with a session of its own for the test, on a line without conditions."""
    client.ask(order="close")
    client.said.clear()
    server.ask(line={})
    assert client.connect(server.url, "mes")["done"]
    client.call(OUTER, "ConfirmAll", None)
    return client


def u32(value: int) -> dict[str, Any]:
    """Return a handle or count as an argument."""
    return number(value, "UInt32")


def watch(client: NodeClient, *fields: str, of_type: str | None = None) -> None:
    """Hear the events of the server, of a type only where one is given."""
    answer = client.ask(order="watch", node=SERVER, fields=["EventType", *fields], ofType=of_type)
    assert answer["status"] == "Good"
