"""Clients of the measured OPC UA server, a process of its own: they fetch the first page, subscribe and note when they hear.

`python -m plc.opcua.bench FOLDER PORT COUNT`: prints {"page_ms": […]} when all have subscribed; {"until": count} on
stdin is answered by {"heard": for each client [[ResultId, monotonic time], …]} once each has so many, or none came for a while.
"""

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from plc.opcua.certificates import TrustList, ensure_own

PASSWORD = "measured, on loopback"  # noqa: S105 - of a server that lives as long as the measurement
MOST_IN_A_PAGE = 100
URI = "urn:inspection-station:bench-client"
SYSTEM, RESULT_READY = ua.NodeId(5001, 4), ua.NodeId(1024, 2)
PUBLISHING_MS = 50
SILENCE_S = 10.0
FIELDS = ("EventType", "ResultId", "PartId", "IsPartial", "ResultState", "ResultContent")
PAGES = 30


class Listener:
    """One client's events."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, float]] = []

    def event_notification(self, event: Any) -> None:
        """Note a result, called by asyncua."""
        self.heard.append((event.ResultId.Id, time.monotonic()))


async def connect(folder: Path, port: int) -> Client:
    """Open a session."""
    own = ensure_own(folder / "client", URI, "bench-client", datetime.now(UTC))
    TrustList(folder / "certificates").trust(str(own.certificate))
    client = Client(f"opc.tcp://127.0.0.1:{port}/station/", timeout=30)
    client.application_uri = URI
    client.set_user("bench")
    client.set_password(PASSWORD)
    server = folder / "certificates" / "own" / "certificate.der"
    await client.set_security(SecurityPolicyBasic256Sha256, own.certificate, own.key, server_certificate=str(server))
    return client


async def first_page(client: Client) -> float:
    """Fetch the first page of all results; return how long that took in milliseconds."""
    management = await client.get_node(SYSTEM).get_child("2:ResultManagement")
    method = await management.get_child("2:GetResultListFiltered")
    number, count = ua.VariantType.Int32, ua.VariantType.UInt32
    arguments = [ua.Variant(0, number), *[ua.Variant(None)] * 8]
    arguments += [ua.Variant(MOST_IN_A_PAGE, count), ua.Variant(0, count), ua.Variant(0, number)]
    request = ua.CallMethodRequest(management.nodeid, method.nodeid, arguments)
    begin = time.perf_counter()
    (result,) = await client.uaclient.call([request])
    took_ms = 1000 * (time.perf_counter() - begin)
    assert len(result.OutputArguments[3].Value) == MOST_IN_A_PAGE
    return took_ms


async def subscribe(client: Client) -> Listener:
    """Hear ResultReady from now on."""
    listener = Listener()
    subscription = await client.create_subscription(PUBLISHING_MS, listener)
    paths = [[ua.QualifiedName(name, 0 if name == "EventType" else 2)] for name in FIELDS]
    clauses = [
        ua.SimpleAttributeOperand(ua.NodeId(ua.ObjectIds.BaseEventType), path, ua.AttributeIds.Value) for path in paths
    ]
    wanted = ua.LiteralOperand(Value=ua.Variant(RESULT_READY, ua.VariantType.NodeId))
    element = ua.ContentFilterElement(FilterOperator=ua.FilterOperator.OfType, FilterOperands=[wanted])
    where = ua.ContentFilter(Elements=[element])
    evfilter = ua.EventFilter(SelectClauses=clauses, WhereClause=where)
    await subscription.subscribe_events(client.get_node(SYSTEM), evfilter=evfilter)
    return listener


async def _listen(folder: Path, port: int, count: int) -> None:
    async with AsyncExitStack() as stack:
        listeners: list[Listener] = []
        for _ in range(count):
            client = await connect(folder, port)
            await stack.enter_async_context(client)
            if not listeners:
                await client.load_data_type_definitions()
                page_ms = [await first_page(client) for _ in range(PAGES)]
            listeners.append(await subscribe(client))
        _say(page_ms=page_ms)
        order = json.loads(await asyncio.to_thread(sys.stdin.readline))
        await _until(listeners, order["until"])
        _say(heard=[listener.heard for listener in listeners])


async def _until(listeners: Sequence[Listener], count: int) -> None:
    last, at = -1, time.monotonic()
    while min(len(listener.heard) for listener in listeners) < count and time.monotonic() - at < SILENCE_S:
        heard = sum(len(listener.heard) for listener in listeners)
        if heard != last:
            last, at = heard, time.monotonic()
        await asyncio.sleep(0.1)


def _say(**message: object) -> None:
    os.write(1, (json.dumps(message) + "\n").encode())


if __name__ == "__main__":
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    asyncio.run(_listen(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
