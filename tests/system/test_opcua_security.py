"""Who attacks the OPC UA server, with a client that does what it is told: asyncua's own, bent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asyncua import ua
from asyncua.crypto.security_policies import SecurityPolicyAes256Sha256RsaPss
from opcua_attack import CODES, URI, attacked_server, make, plain_channel, refused, run, session, trusted_certificate
from opcua_peers import SYSTEM, Server
from opcua_server import PASSWORD

from plc.opcua.certificates import OwnCertificate, ensure_own
from plc.opcua.guard import WRONG_TRIES

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with attacked_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="module")
def trusted(server: Server, tmp_path_factory: pytest.TempPathFactory) -> OwnCertificate:
    return trusted_certificate(server, tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> OwnCertificate:
    return ensure_own(tmp_path_factory.mktemp("stranger"), URI, "stranger", datetime.now(UTC))


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
