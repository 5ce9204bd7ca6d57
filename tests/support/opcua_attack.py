"""Clients that attack the OPC UA server of a test: asyncua's own, bent to do what they are told."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from opcua_peers import Server
from opcua_server import PASSWORD

from plc.opcua.certificates import OwnCertificate, ensure_own

URI = "urn:test:client"
CODES = ua.StatusCodes


@contextmanager
def attacked_server(folder: Path) -> Iterator[Server]:
    """Have a server with small limits and one result, which reads whatever comes."""
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    limits = {"sessions": 6, "sessions_per_client": 3, "subscriptions_per_session": 2, "handshakes_at_once": 100_000}
    with Server(folder, **limits) as server:
        server.ask(line={})
        server.ask(publish=[{"id": "r-1"}])
        yield server


def trusted_certificate(server: Server, folder: Path) -> OwnCertificate:
    """Return the certificate of a client that is let in."""
    own = ensure_own(folder, URI, "client", datetime.now(UTC))
    server.trust.trust(own.certificate)
    return own


class Reached(Protocol):
    """How a server is reached, by itself or over something else."""

    @property
    def url(self) -> str:
        """Where it is."""

    @property
    def certificates(self) -> Path:
        """Where its certificates lie."""


async def make(
    server: Reached, own: OwnCertificate, user: str = "mes", policy: Any = SecurityPolicyBasic256Sha256
) -> Client:
    client = Client(server.url, timeout=10)
    client.application_uri = URI
    client.set_user(user)
    client.set_password(PASSWORD)
    await client.set_security(
        policy, own.certificate, own.key, server_certificate=str(server.certificates / "own" / "certificate.der")
    )
    return client


@asynccontextmanager
async def session(server: Server, own: OwnCertificate, user: str = "mes", **options: Any) -> AsyncIterator[Client]:
    client = await make(server, own, user, **options)
    async with client:
        yield client


@asynccontextmanager
async def plain_channel(server: Server) -> AsyncIterator[Client]:
    """Force a channel of policy None, which the server does not offer."""
    client = Client(server.url, timeout=10)
    client.application_uri = URI
    await client.connect_sessionless()
    try:
        yield client
    finally:
        await client.disconnect_sessionless()


async def refused(work: Awaitable[Any]) -> int:
    """Return the status that something is refused with."""
    try:
        await work
    except ua.UaStatusCodeError as error:
        return int(error.code)
    except (TimeoutError, ConnectionError, ua.UaError):
        return int(CODES.BadConnectionClosed)
    pytest.fail("was not refused")


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(60):
            await work()

    asyncio.run(bounded())
