"""Who attacks the OPC UA server, with a client that does what it is told: asyncua's own, bent."""

import asyncio
import contextlib
import logging
import random
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from asyncua import Client, Node, ua
from asyncua.crypto.security_policies import SecurityPolicyAes256Sha256RsaPss, SecurityPolicyBasic256Sha256
from hypothesis import given, settings
from hypothesis import strategies as st
from opcua_peers import SYSTEM, Server
from opcua_server import PASSWORD
from waiting import wait_until

from plc.opcua.certificates import OwnCertificate, ensure_own
from plc.opcua.guard import LARGEST_CHUNK_BYTES, WRONG_TRIES

pytestmark = pytest.mark.system

URI = "urn:test:client"
CODES = ua.StatusCodes


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    folder = tmp_path_factory.mktemp("server")
    limits = {"sessions": 6, "sessions_per_client": 3, "subscriptions_per_session": 2, "handshakes_at_once": 100_000}
    with Server(folder, **limits) as server:
        server.ask(line={})
        server.ask(publish=[{"id": "r-1"}])
        yield server


@pytest.fixture(scope="module")
def trusted(server: Server, tmp_path_factory: pytest.TempPathFactory) -> OwnCertificate:
    own = ensure_own(tmp_path_factory.mktemp("client"), URI, "client", datetime.now(UTC))
    server.trust.trust(own.certificate)
    return own


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> OwnCertificate:
    return ensure_own(tmp_path_factory.mktemp("stranger"), URI, "stranger", datetime.now(UTC))


async def make(
    server: Server, own: OwnCertificate, user: str = "mes", policy: Any = SecurityPolicyBasic256Sha256
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


# Channels and certificates --------------------------------------------------------------------------------------------


def test_a_forced_channel_without_encryption_gets_no_session(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with plain_channel(server) as client:
            assert len(await client.get_endpoints()) == 2  # who looks for the server must find it
            assert await refused(client.create_session()) == CODES.BadSecurityModeInsufficient
        async with plain_channel(server) as client:
            client.user_certificate = None
            client.security_policy.host_certificate = trusted.certificate.read_bytes()
            assert await refused(client.create_session()) == CODES.BadSecurityModeInsufficient
        async with plain_channel(server) as client:
            read = ua.ReadParameters(NodesToRead=[ua.ReadValueId(NodeId=ua.NodeId(2258), AttributeId=13)])
            await refused(client.uaclient.session.read(read))

    run(attack)


def test_a_session_is_not_taken_to_a_channel_without_encryption(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with session(server, trusted) as client, plain_channel(server) as thief:
            protocol = thief.uaclient.protocol
            assert protocol is not None
            own = client.uaclient.protocol
            assert own is not None
            protocol.authentication_token = own.authentication_token
            params = ua.ActivateSessionParameters()
            status = await refused(thief.uaclient.session.activate_session(params))
            assert status == CODES.BadSecurityModeInsufficient
            assert await client.get_node(ua.NodeId(2258)).read_value() is not None

    run(attack)


def test_nobody_registers_a_server(server: Server) -> None:
    async def attack() -> None:
        async with plain_channel(server) as client:
            entry = ua.RegisteredServer(ServerUri="urn:evil", ServerNames=[], DiscoveryUrls=["opc.tcp://evil"])
            assert await refused(client.uaclient.register_server(entry)) == CODES.BadServiceUnsupported
            assert [found.ApplicationUri for found in await client.find_servers()] == ["urn:inspection-station:test"]

    run(attack)


def test_a_stranger_is_refused_at_the_channel_and_trusted_without_a_restart(server: Server, tmp_path: Path) -> None:
    own = ensure_own(tmp_path, URI, "newcomer", datetime.now(UTC))

    async def attempt() -> None:
        await refused((await make(server, own)).connect())
        assert own.thumbprint in [path.stem for path, _ in server.trust.rejected()]
        server.trust.trust(own.thumbprint)
        async with session(server, own) as client:
            assert await client.get_node(ua.NodeId(2258)).read_value() is not None
        server.trust.distrust(own.thumbprint)
        await refused((await make(server, own)).connect())

    run(attempt)


def test_a_trusted_certificate_that_is_not_the_channels_own_opens_nothing(
    server: Server, trusted: OwnCertificate, stranger: OwnCertificate, tmp_path: Path
) -> None:
    """A channel with one's own certificate and the name of a trusted one in CreateSession, which anybody can read."""
    other = ensure_own(tmp_path, URI, "other", datetime.now(UTC))
    server.trust.trust(other.certificate)

    async def attack() -> None:
        client = await make(server, other)
        await client.connect_sessionless()
        try:
            client.security_policy.host_certificate = trusted.certificate.read_bytes()
            assert await refused(client.create_session()) == CODES.BadSecurityChecksFailed
        finally:
            await client.disconnect_sessionless()
        await refused((await make(server, stranger)).connect())

    run(attack)


def test_a_certificate_of_another_application_opens_nothing(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        client = await make(server, trusted)
        client.application_uri = "urn:somebody:else"
        assert await refused(client.connect()) == CODES.BadCertificateUriInvalid

    run(attack)


def test_the_stronger_policy_works_too(server: Server, trusted: OwnCertificate) -> None:
    async def attempt() -> None:
        async with session(server, trusted, policy=SecurityPolicyAes256Sha256RsaPss) as client:
            assert await client.get_node(ua.NodeId(2258)).read_value() is not None

    run(attempt)


# Users ----------------------------------------------------------------------------------------------------------------


def test_wrong_passwords_lock_the_certificate_out_for_a_while(server: Server, tmp_path: Path) -> None:
    own = ensure_own(tmp_path, URI, "guesser", datetime.now(UTC))
    server.trust.trust(own.certificate)

    async def guess(password: str) -> int:
        client = await make(server, own)
        client.set_password(password)
        return await refused(client.connect())

    async def attack() -> None:
        for number in range(WRONG_TRIES):
            assert await guess(f"guess {number}") == CODES.BadUserAccessDenied
        assert await guess(PASSWORD) == CODES.BadUserAccessDenied

    run(attack)


@pytest.mark.parametrize("user", ["", "admin", "nobody", "mes'--"])
def test_other_names_are_refused(server: Server, trusted: OwnCertificate, user: str) -> None:
    async def attempt() -> None:
        client = await make(server, trusted, user or "mes")
        if not user:
            client._username = None
        status = await refused(client.connect())
        assert status in {CODES.BadUserAccessDenied, CODES.BadIdentityTokenRejected, CODES.BadConnectionClosed}
        async with session(server, trusted):
            pass  # a right one forgives the wrong ones

    run(attempt)


# What a session may do --------------------------------------------------------------------------------------------------


def test_no_user_changes_the_address_space(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with session(server, trusted, "engineer") as client:
            folder = client.get_node(SYSTEM)
            assert await refused(folder.add_variable(ua.NodeId(9999, 4), "mine", 1)) == CODES.BadServiceUnsupported
            assert await refused(client.delete_nodes([folder])) == CODES.BadServiceUnsupported
            node = client.get_node(ua.NodeId(5101, 4))
            assert await refused(node.write_value("x", ua.VariantType.String)) == CODES.BadUserAccessDenied
            name = ua.DataValue(ua.Variant(ua.LocalizedText("x"), ua.VariantType.LocalizedText))
            acknowledged = client.get_node(ua.NodeId(5250, 4))
            write = acknowledged.write_attribute(ua.AttributeIds.DisplayName, name)
            assert await refused(write) == CODES.BadUserAccessDenied

    run(attack)


def test_an_object_that_does_not_have_the_method(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with session(server, trusted) as client:
            machine = await client.get_node(SYSTEM).get_child("2:VisionStateMachine/2:AutomaticModeStateMachine")
            stop = await machine.get_child("2:Stop")
            of_type = await client.get_node(ua.NodeId(1021, 2)).get_child("2:Stop")
            arguments = [ua.Variant(0, ua.VariantType.Int32), ua.Variant("", ua.VariantType.String)]

            async def call(owner: ua.NodeId, method: ua.NodeId) -> int:
                request = ua.CallMethodRequest(ObjectId=owner, MethodId=method, InputArguments=arguments)
                (result,) = await client.uaclient.call([request])
                return int(result.StatusCode.value)

            assert await call(machine.nodeid, stop.nodeid) == CODES.Uncertain  # known, and not possible now
            assert await call(machine.nodeid, of_type.nodeid) == CODES.Uncertain  # the type's method names it as well
            assert await call(client.get_node(SYSTEM).nodeid, stop.nodeid) == CODES.BadNodeIdUnknown
            results = await client.get_node(SYSTEM).get_child("2:ResultManagement")
            assert await call(results.nodeid, stop.nodeid) == CODES.BadMethodInvalid

    run(attack)


def test_subscriptions_are_their_sessions_own_and_bounded(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with session(server, trusted) as client, session(server, trusted, "observer") as other:
            own = await client.create_subscription(100, None)
            theirs = ua.DeleteSubscriptionsParameters(SubscriptionIds=[own.subscription_id]).SubscriptionIds
            (status,) = await other.uaclient.session.delete_subscriptions(theirs)
            assert status.value == CODES.BadSubscriptionIdInvalid
            items = ua.CreateMonitoredItemsParameters(SubscriptionId=own.subscription_id)
            created = other.uaclient.session.create_monitored_items(items)
            assert await refused(created) == CODES.BadSubscriptionIdInvalid
            await client.create_subscription(100, None)
            assert await refused(client.create_subscription(100, None)) == CODES.BadTooManySubscriptions

    run(attack)


def test_a_filter_that_asyncua_would_stumble_over(server: Server, trusted: OwnCertificate) -> None:
    def item(clauses: list[ua.SimpleAttributeOperand]) -> ua.MonitoredItemCreateRequest:
        watched = ua.ReadValueId(NodeId=ua.NodeId(2253), AttributeId=ua.AttributeIds.EventNotifier)
        asked = ua.MonitoringParameters(ClientHandle=1, Filter=ua.EventFilter(SelectClauses=clauses), QueueSize=10)
        return ua.MonitoredItemCreateRequest(watched, ua.MonitoringMode.Reporting, asked)

    async def attack() -> None:
        async with session(server, trusted) as client:
            subscription = await client.create_subscription(100, None)
            for clauses in ([], [ua.SimpleAttributeOperand(AttributeId=ua.IntegerId(99))]):
                params = ua.CreateMonitoredItemsParameters(
                    SubscriptionId=subscription.subscription_id, ItemsToCreate=[item(clauses)]
                )
                created = client.uaclient.session.create_monitored_items(params)
                assert await refused(created) == CODES.BadEventFilterInvalid

    run(attack)
    server.ask(publish=[{"id": "still there"}])


def test_a_client_has_its_share_of_sessions(server: Server, trusted: OwnCertificate, tmp_path: Path) -> None:
    own = ensure_own(tmp_path, URI, "greedy", datetime.now(UTC))
    server.trust.trust(own.certificate)

    async def attack() -> None:
        clients = [await make(server, own) for _ in range(4)]
        for client in clients[:3]:
            await client.connect()
        try:
            assert await refused(clients[3].connect()) == CODES.BadTooManySessions
            async with session(server, trusted) as other:  # somebody else still gets in
                assert await other.get_node(ua.NodeId(2258)).read_value() is not None
        finally:
            for client in clients[:3]:
                await client.disconnect()

    run(attack)


def test_a_client_that_crashed_gets_in_again(server: Server, tmp_path: Path) -> None:
    """Its old sessions have subscriptions, so that the server keeps them; they make way for the new one."""
    own = ensure_own(tmp_path, URI, "unlucky", datetime.now(UTC))
    server.trust.trust(own.certificate)

    async def attempt() -> None:
        for _ in range(5):
            client = await make(server, own)
            await client.connect()
            await client.create_subscription(100, None)
            client.uaclient.disconnect_socket()
            await client._cancel_task(client._renew_channel_task)
            await client._cancel_task(client._stale_watchdog_task)

    run(attempt)


# Bytes ----------------------------------------------------------------------------------------------------------------


def hello() -> bytes:
    url = b"opc.tcp://127.0.0.1/"
    body = b"".join(number.to_bytes(4, "little") for number in (0, 65535, 65535, 0, 0, len(url))) + url
    return b"HELF" + (8 + len(body)).to_bytes(4, "little") + body


def rubbish(number: int) -> list[bytes]:
    """Return what one broken or hostile client sends."""
    chance = random.Random(number)
    mangled = bytearray(hello())
    mangled[chance.randrange(len(mangled))] ^= 1 << chance.randrange(8)
    open_channel = b"OPNF" + (60).to_bytes(4, "little") + chance.randbytes(52)
    return [
        [chance.randbytes(chance.randrange(1, 400))],
        [bytes(mangled)],
        [hello(), open_channel],
        [hello(), b"MSGF" + (40).to_bytes(4, "little") + chance.randbytes(32)],
        [b"OPNF" + (LARGEST_CHUNK_BYTES * 100).to_bytes(4, "little"), chance.randbytes(5000)],
        [hello(), b"OPNC" + (60).to_bytes(4, "little") + chance.randbytes(52)] * 3,
    ][number % 6]


def storm(server: Server, numbers: range) -> None:
    for number in numbers:
        with socket.create_connection(("127.0.0.1", server.port), 5) as attacker:
            for chunk in rubbish(number):
                try:
                    attacker.sendall(chunk)
                except ConnectionError:
                    break
            if number % 7 == 0:
                attacker.settimeout(0.05)
                with contextlib.suppress(TimeoutError, ConnectionError):
                    attacker.recv(1000)


LEAK_BYTES = 8_000_000
"""600 attackers who each left 16 kB behind would be found."""


def test_malformed_bytes_neither_crash_nor_leak(server: Server, trusted: OwnCertificate) -> None:
    process = psutil.Process(server.process.pid)
    before, files = len(process.net_connections()), process.num_fds()
    storm(server, range(120))  # what is loaded and kept once is not a leak
    wait_until(lambda: len(process.net_connections()) <= before, "the first attackers' connections are gone")
    memory = process.memory_info().rss
    storm(server, range(120, 720))
    wait_until(lambda: len(process.net_connections()) <= before, "the attackers' connections are gone")
    wait_until(lambda: process.num_fds() <= files, "no file stays open")
    assert process.memory_info().rss - memory < LEAK_BYTES
    assert process.is_running()

    async def attempt() -> None:
        async with session(server, trusted) as client:
            assert (await client.get_node(ua.NodeId(5101, 4)).read_value()) is not None

    run(attempt)


@st.composite
def chunks(draw: st.DrawFn) -> bytes:
    """Return something like a chunk: a known or unknown type, and a size that is right or not."""
    kind = draw(st.sampled_from([hello()[:3], b"OPN", b"MSG", b"CLO", b"ERR", b"ACK", b"RHE", b"\x00\x00\x00"]))
    body = draw(st.binary(max_size=300))
    size = draw(st.one_of(st.just(8 + len(body)), st.integers(0, 2**32 - 1)))
    return kind + draw(st.sampled_from([b"F", b"C", b"A", b"?"])) + size.to_bytes(4, "little") + body


@settings(max_examples=60, deadline=None, database=None)
@given(greeting=st.booleans(), sent=st.lists(chunks(), min_size=1, max_size=4))
def test_whatever_one_client_sends_the_next_one_is_answered(server: Server, greeting: bool, sent: list[bytes]) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 20) as attacker, contextlib.suppress(ConnectionError):
        attacker.sendall((hello() if greeting else b"") + b"".join(sent))
    with socket.create_connection(("127.0.0.1", server.port), 20) as client:
        client.sendall(hello())
        assert client.recv(4) == b"ACKF"


def test_a_chunk_that_announces_too_much_is_cut_off(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as attacker:
        attacker.sendall(b"HELF" + (2**31).to_bytes(4, "little") + b"x" * 100)
        attacker.settimeout(5)
        assert attacker.recv(10) == b""


def test_requests_that_decode_to_nonsense_end_in_a_fault(server: Server, trusted: OwnCertificate) -> None:
    async def attack() -> None:
        async with session(server, trusted) as client:
            request = ua.CallMethodRequest(ObjectId=ua.NodeId(1, 77), MethodId=ua.NodeId("no", 3), InputArguments=[])
            (result,) = await client.uaclient.call([request])
            assert result.StatusCode.value == CODES.BadNodeIdUnknown
            many = [ua.ReadValueId(NodeId=ua.NodeId(2258), AttributeId=13)] * 1001
            read = client.uaclient.session.read(ua.ReadParameters(NodesToRead=many))
            assert await refused(read) == CODES.BadTooManyOperations

    run(attack)


def any_variant(chance: random.Random) -> ua.Variant:
    """Return an argument of any kind, seldom the right one."""
    structures = [kind for node, kind in ua.extension_objects_by_datatype.items() if node.NamespaceIndex in {2, 3}]
    text = "".join(chr(chance.randrange(32, 0x2FFF)) for _ in range(chance.choice([0, 1, 20, 5000])))
    return chance.choice(
        [
            lambda: ua.Variant(None),
            lambda: ua.Variant(text, ua.VariantType.String),
            lambda: ua.Variant([text[:20]] * chance.choice([0, 1, 2000]), ua.VariantType.String, is_array=True),
            lambda: ua.Variant(chance.choice([0, -1, 1, 2**31 - 1, -(2**31)]), ua.VariantType.Int32),
            lambda: ua.Variant(chance.choice([0, 1, 100, 2**32 - 1]), ua.VariantType.UInt32),
            lambda: ua.Variant(chance.random() < 0.5, ua.VariantType.Boolean),
            lambda: ua.Variant(chance.choice([0.0, float("nan"), float("inf")]), ua.VariantType.Double),
            lambda: ua.Variant(chance.randbytes(50), ua.VariantType.ByteString),
            lambda: ua.Variant(chance.choice(structures)(), ua.VariantType.ExtensionObject),
            lambda: ua.Variant([chance.choice(structures)()], ua.VariantType.ExtensionObject, is_array=True),
            lambda: ua.Variant(ua.NodeId(chance.randrange(99999), chance.randrange(9)), ua.VariantType.NodeId),
            lambda: ua.Variant(ua.ContentFilter(), ua.VariantType.ExtensionObject),
        ]
    )()


def right_kind(chance: random.Random, argument: ua.Argument) -> ua.Variant:
    """Return an argument of the declared kind with a value out of the ordinary."""
    if (kind := ua.extension_objects_by_datatype.get(argument.DataType)) is not None:
        return ua.Variant(kind(), ua.VariantType.ExtensionObject)
    numbers = {6: ua.VariantType.Int32, 7: ua.VariantType.UInt32}
    if (number := numbers.get(argument.DataType.Identifier)) is not None:
        return ua.Variant(chance.choice([0, 1, 2**31 - 1]), number)
    return any_variant(chance)


async def methods_under(node: Node) -> list[tuple[Node, Node]]:
    """Return every object below a node with each of its methods."""
    found = [(node, method) for method in await node.get_methods()]
    for child in await node.get_children(nodeclassmask=ua.NodeClass.Object):
        found += await methods_under(child)
    return found


def test_no_argument_of_any_method_brings_the_server_down(server: Server, trusted: OwnCertificate) -> None:
    chance = random.Random(5)

    async def attack() -> None:
        async with session(server, trusted, "engineer") as client:
            await client.load_data_type_definitions()
            machinery = client.get_node(ua.NodeId(5050, 4))
            methods = await methods_under(client.get_node(SYSTEM)) + await methods_under(machinery)
            assert len(methods) > 20
            answered = 0
            for owner, method in methods:
                declared: list[ua.Argument] = []
                with contextlib.suppress(ua.UaStatusCodeError):
                    declared = await (await method.get_child("0:InputArguments")).read_value()
                for _ in range(12):
                    given = [chance.choice([right_kind(chance, wanted), any_variant(chance)]) for wanted in declared]
                    given = given[: chance.choice([None, None, None, 1])]
                    request = ua.CallMethodRequest(owner.nodeid, method.nodeid, given)
                    try:
                        (result,) = await client.uaclient.call([request])
                    except ua.uaerrors.BadDecodingError:
                        continue  # a structure without what it must have; the session goes on
                    answered += 1
                    assert result.StatusCode.value != CODES.BadInternalError, (method, given)
            assert answered > 6 * len(methods)
            assert await client.get_node(ua.NodeId(2258)).read_value() is not None

    run(attack)
    assert "Traceback" not in server.log.read_text()
