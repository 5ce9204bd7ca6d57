"""asyncua's server closed: what it lets in by itself is refused here, before any of its services runs.

Refused beside what its settings already refuse: every service but discovery on a channel without encryption (asyncua
opens a session on a channel of policy None whatever policies are set), a channel whose certificate nobody trusts (it
asks for the one named in CreateSession only), a session taken over from another channel, subscriptions of other sessions,
writes and calls that no role allows, and registration of servers, which asyncua takes from anybody.
"""

import asyncio
import contextlib
import contextvars
import logging
from datetime import UTC, datetime
from typing import Any

from asyncua import ua
from asyncua.common.connection import TransportLimits
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User as ServerUser
from asyncua.crypto.permission_rules import UserRole
from asyncua.server.binary_server_asyncio import BinaryServer, OPCUAProtocol
from asyncua.server.internal_server import InternalServer
from asyncua.server.server import Server
from asyncua.server.uaprocessor import UaProcessor
from asyncua.server.user_managers import UserManager
from asyncua.ua.ua_binary import struct_from_binary, uatcp_to_binary

from plc.opcua.certificates import OwnCertificate, names_application, thumbprint
from plc.opcua.ports import Role, User
from plc.opcua.quick_services import serve_quickly
from plc.opcua.rules import Caller, Rules
from plc.opcua.sessions import GuardedSession

log = logging.getLogger(__name__)

LARGEST_CHUNK_BYTES = 65_535
LARGEST_MESSAGE_BYTES = 4 * 1024 * 1024
WRONG_TRIES = 5
LOCKED_S = 60.0
"""How long a client certificate may not log in after so many wrong passwords in a row."""
_DISCOVERY = frozenset(
    ua.NodeId(number)
    for number in (
        ua.ObjectIds.GetEndpointsRequest_Encoding_DefaultBinary,
        ua.ObjectIds.FindServersRequest_Encoding_DefaultBinary,
        ua.ObjectIds.CloseSecureChannelRequest_Encoding_DefaultBinary,
    )
)
_NEVER = frozenset(
    ua.NodeId(number)
    for number in (
        ua.ObjectIds.RegisterServerRequest_Encoding_DefaultBinary,
        ua.ObjectIds.RegisterServer2Request_Encoding_DefaultBinary,
        ua.ObjectIds.AddNodesRequest_Encoding_DefaultBinary,
        ua.ObjectIds.DeleteNodesRequest_Encoding_DefaultBinary,
        ua.ObjectIds.AddReferencesRequest_Encoding_DefaultBinary,
        ua.ObjectIds.DeleteReferencesRequest_Encoding_DefaultBinary,
        ua.ObjectIds.HistoryReadRequest_Encoding_DefaultBinary,
        ua.ObjectIds.TransferSubscriptionsRequest_Encoding_DefaultBinary,
    )
)
_CREATE_SESSION = ua.NodeId(ua.ObjectIds.CreateSessionRequest_Encoding_DefaultBinary)
_ACTIVATE_SESSION = ua.NodeId(ua.ObjectIds.ActivateSessionRequest_Encoding_DefaultBinary)


_logged_in: contextvars.ContextVar[User | None] = contextvars.ContextVar("logged_in", default=None)


class _CheckedUsers(UserManager):
    """Hands asyncua the user whom the processor has already checked, in a thread of its own."""

    def get_user(
        self,
        iserver: InternalServer,  # noqa: ARG002  # asyncua's signature
        username: str | None = None,
        password: str | None = None,  # noqa: ARG002
        certificate: Any = None,  # noqa: ARG002
    ) -> ServerUser | None:
        """Return the user of the log-in in progress."""
        user = _logged_in.get()
        known = user is not None and (user.name == username or user.role is Role.ANONYMOUS)
        return Caller(name=user.name, rights=user.role) if user is not None and known else None


class GuardedInternalServer(InternalServer):
    """Makes guarded sessions, within the bounds."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(user_manager=_CheckedUsers())
        self.view_service, self.node_mgt_service = serve_quickly(self.aspace)
        self.rules = rules
        self.allow_remote_admin = False
        self.supported_tokens = (ua.UserNameIdentityToken, *([ua.AnonymousIdentityToken] if rules.anonymous else []))
        self.max_connections = rules.limits.connections
        self.max_subscriptions = rules.limits.sessions * rules.limits.subscriptions_per_session
        self.max_pending_activation_seconds = 10.0

    def create_session(self, name: str, user: Any = ServerUser(role=UserRole.Anonymous), external: bool = False) -> Any:  # noqa: B008
        """Make a session."""
        return GuardedSession(
            self, self.aspace, self.subscription_service, name, user=user, external=external, rules=self.rules
        )

    async def make_room(self, certificate: bytes) -> None:
        """See that one more session of a client fits; one of its own that lost its connection makes way.

        Raises
        ------
        ServiceError
            BadTooManySessions.
        """
        sessions = [session for session in self._external_sessions.values() if isinstance(session, GuardedSession)]
        own = [session for session in sessions if session.certificate == certificate]
        if len(own) < self.rules.limits.sessions_per_client and len(sessions) < self.rules.limits.sessions:
            return
        orphan = next((session for session in own if not session.attached), None)
        if orphan is None:
            raise ServiceError(ua.StatusCodes.BadTooManySessions)
        await orphan.close_session(True)


class GuardedProcessor(UaProcessor):
    """One connection. A message that breaks a rule ends it, in one line of the log."""

    iserver: GuardedInternalServer
    session: Any
    """A `GuardedSession`, None before there is one."""
    _let_in = False

    async def process(self, header: Any, body: Any) -> bool:
        """Take one message."""
        try:
            return bool(await super().process(header, body))
        except (ServiceError, ua.uaerrors.UaStatusCodeError) as error:
            return self._end(int(error.code), str(error))
        except Exception as error:  # noqa: BLE001  # whatever a stranger's bytes bring about ends his connection, not us
            return self._end(int(ua.StatusCodes.BadTcpInternalError), f"{type(error).__name__}: {error}")

    def _end(self, code: int, why: str) -> bool:
        log.warning("OPC UA: the connection from %s is closed: %s", self.name, why[:200])
        with contextlib.suppress(Exception):  # the other side is told if it still listens
            status = ua.ErrorMessage(ua.StatusCode(code), "")
            self._transport.write(uatcp_to_binary(ua.MessageType.Error, status))
        return False

    def open_secure_channel(self, algohdr: Any, seqhdr: Any, body: Any) -> None:
        """Open or renew a channel; one that encrypts needs a trusted certificate."""
        certificate = algohdr.SenderCertificate
        if algohdr.SecurityPolicyURI != _NONE:
            self._check_trust(certificate)
        super().open_secure_channel(algohdr, seqhdr, body)

    def _check_trust(self, certificate: bytes | None) -> None:
        trust = self.iserver.rules.trust
        why = trust.why_not(certificate or b"", datetime.now(UTC))
        if why is None:
            return
        kept = trust.reject(certificate) if certificate else None
        named = thumbprint(certificate or b"")
        log.warning("OPC UA: %s was refused: of its certificate %s, %s", self.name, named, why)
        if kept is not None:
            log.warning("OPC UA: `station opcua trust %s` lets it in", named[:12])
        raise ServiceError(ua.StatusCodes.BadSecurityChecksFailed)

    async def _process_message(self, typeid: Any, requesthdr: Any, seqhdr: Any, body: Any) -> Any:
        if typeid in _NEVER:
            raise ServiceError(ua.StatusCodes.BadServiceUnsupported)
        secure = self._connection.security_policy.Mode == ua.MessageSecurityMode.SignAndEncrypt
        if not secure and typeid not in _DISCOVERY and not self._is_open:
            log.warning("OPC UA: %s asked for a session without encryption and is refused", self.name)
            raise ServiceError(ua.StatusCodes.BadSecurityModeInsufficient)
        if typeid == _CREATE_SESSION:
            return await self._create_session(typeid, requesthdr, seqhdr, body)
        if typeid == _ACTIVATE_SESSION:
            return await self._activate_session(typeid, requesthdr, seqhdr, body)
        if typeid not in _DISCOVERY:
            self._check_session(requesthdr)
        return await self._serve(typeid, requesthdr, seqhdr, body)

    async def _serve(self, typeid: Any, requesthdr: Any, seqhdr: Any, body: Any) -> Any:
        try:
            return await super()._process_message(typeid, requesthdr, seqhdr, body)
        except (ServiceError, ua.uaerrors.UaStatusCodeError):
            raise
        except Exception as error:  # noqa: BLE001  # decoding a stranger's bytes raises whatever they bring about
            log.warning("OPC UA: a request of %s cannot be understood: %s: %s", self.name, type(error).__name__, error)
            raise ServiceError(ua.StatusCodes.BadDecodingError) from None

    @property
    def _is_open(self) -> bool:
        """Whether this is a channel without encryption on which nobody has a name, and the server has such an endpoint."""
        return self.iserver.rules.anonymous and (self._connection.security_policy.Mode == ua.MessageSecurityMode.None_)

    def _check_session(self, requesthdr: Any) -> None:
        if self.session is None or requesthdr.AuthenticationToken != self.session.auth_token:
            raise ServiceError(ua.StatusCodes.BadSessionIdInvalid)

    @property
    def _peer(self) -> bytes:
        """The certificate that the channel was opened with; empty on one without encryption."""
        return self._connection.security_policy.peer_certificate or b""

    async def _create_session(self, typeid: Any, requesthdr: Any, seqhdr: Any, body: Any) -> Any:
        peer = self._peer
        params = struct_from_binary(ua.CreateSessionParameters, body.copy())
        had_one: bool = self.session is not None
        if had_one or (params.ClientCertificate != peer and not self._is_open):
            raise ServiceError(ua.StatusCodes.BadSecurityChecksFailed)
        if not (self._is_open or names_application(peer, params.ClientDescription.ApplicationUri)):
            raise ServiceError(ua.StatusCodes.BadCertificateUriInvalid)
        await self.iserver.make_room(peer)
        answer = await self._serve(typeid, requesthdr, seqhdr, body)
        self.session.certificate = peer
        return answer

    async def _activate_session(self, typeid: Any, requesthdr: Any, seqhdr: Any, body: Any) -> Any:
        peer = self._peer
        session = self.session or self.iserver.lookup_external_session(requesthdr.AuthenticationToken)
        if session is None or session.certificate != peer or requesthdr.AuthenticationToken != session.auth_token:
            raise ServiceError(ua.StatusCodes.BadSessionIdInvalid)
        params = struct_from_binary(ua.ActivateSessionParameters, body.copy())
        token = _logged_in.set(await self._log_in(session, params.UserIdentityToken, peer))
        try:
            answer = await self._serve(typeid, requesthdr, seqhdr, body)
        finally:
            _logged_in.reset(token)
        session.attached = True
        if not self._let_in:
            self._let_in = True
            self.iserver.rules.admission.let_in(source_of(self._transport))
        return answer

    async def _log_in(self, session: GuardedSession, identity: Any, peer: bytes) -> User | None:
        if self._is_open:
            return _nobody(identity)
        if not isinstance(identity, ua.UserNameIdentityToken):
            raise ServiceError(ua.StatusCodes.BadIdentityTokenRejected)
        client, wrong = thumbprint(peer), self.iserver.rules.wrong
        now = asyncio.get_running_loop().time()
        tries, last = wrong.get(client, (0, now))
        if tries >= WRONG_TRIES and now - last < LOCKED_S:
            log.warning("OPC UA: %s may not log in for %.0f s after %d wrong passwords", self.name, LOCKED_S, tries)
            raise ServiceError(ua.StatusCodes.BadUserAccessDenied)
        try:
            name, password = self.iserver.decrypt_user_token(session, identity)
        except Exception:  # noqa: BLE001  # likewise
            raise ServiceError(ua.StatusCodes.BadIdentityTokenInvalid) from None
        user = await asyncio.to_thread(self.iserver.rules.users.check, str(name), str(password))
        if user is None:
            wrong[client] = (tries + 1, now)
            log.warning("OPC UA: %s gave a wrong name or password (%d in a row)", self.name, tries + 1)
            raise ServiceError(ua.StatusCodes.BadUserAccessDenied)
        wrong.pop(client, None)
        return user

    async def close(self) -> None:
        """Clean up after the connection."""
        if self.session is not None:
            self.session.attached = False
        await super().close()


def _nobody(identity: Any) -> User:
    """Return who speaks without a name; a name or a password would have crossed the network in clear."""
    left_out = isinstance(identity, ua.ExtensionObject) and identity.TypeId == ua.NodeId(ua.ObjectIds.Null)
    if not (isinstance(identity, ua.AnonymousIdentityToken) or left_out or identity is None):
        raise ServiceError(ua.StatusCodes.BadIdentityTokenRejected)
    return User("anonymous", Role.ANONYMOUS)


_NONE = "http://opcfoundation.org/UA/SecurityPolicy#None"
_SIZE_AT = slice(4, 8)


class GuardedProtocol(OPCUAProtocol):
    """One connection's bytes."""

    iserver: GuardedInternalServer
    processor: Any
    _buffer: bytes

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, at once or when it is its turn; one too many is closed unread."""
        assert isinstance(transport, asyncio.Transport)  # a stream, not a datagram
        wait_s = self.iserver.rules.admission.wait_s(source_of(transport))
        if wait_s is None:
            transport.abort()
            return
        super().connection_made(transport)
        if wait_s > 0 and self.processor is not None:
            transport.pause_reading()
            asyncio.get_running_loop().call_later(wait_s, _resume, transport)
        if self.processor is not None:
            self.processor = GuardedProcessor(self.iserver, transport, self.limits)
            self.processor.set_policies(self.policies)

    def data_received(self, data: bytes) -> None:
        """Take bytes; a chunk may not announce more than the limit, or a stranger could fill the memory."""
        super().data_received(data)
        size = int.from_bytes(self._buffer[_SIZE_AT], "little")
        if size > LARGEST_CHUNK_BYTES and self.transport is not None:
            log.warning("OPC UA: %s announced a chunk of %d bytes and is cut off", self.peer_name, size)
            self._buffer = b""
            self.transport.close()


def source_of(transport: asyncio.BaseTransport) -> str:
    """Return the address of the other side."""
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if peer else ""


def _resume(transport: asyncio.Transport) -> None:
    if not transport.is_closing():
        transport.resume_reading()


class _GuardedBinaryServer(BinaryServer):
    def _make_protocol(self) -> OPCUAProtocol:
        return GuardedProtocol(
            iserver=self.iserver,
            policies=self._policies,
            clients=self.clients,
            closing_tasks=self.closing_tasks,
            limits=self.limits,
        )


class GuardedServer(Server):
    """A server that speaks SignAndEncrypt with trusted clients and known users only."""

    iserver: GuardedInternalServer
    _policies: list[Any]

    def __init__(self, rules: Rules) -> None:
        super().__init__(iserver=GuardedInternalServer(rules))
        self.set_security_policy(
            [
                ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt,
                ua.SecurityPolicyType.Aes256Sha256RsaPss_SignAndEncrypt,
                *([ua.SecurityPolicyType.NoSecurity] if rules.anonymous else []),
            ]
        )
        self.limits = TransportLimits(
            max_recv_buffer=LARGEST_CHUNK_BYTES,
            max_send_buffer=LARGEST_CHUNK_BYTES,
            max_chunk_count=LARGEST_MESSAGE_BYTES // LARGEST_CHUNK_BYTES + 1,
            max_message_size=LARGEST_MESSAGE_BYTES,
        )

    def _set_endpoints(self, policy: Any, mode: ua.MessageSecurityMode, level: int) -> None:
        """Offer names with passwords where there is encryption, and nothing but no name where there is none."""
        every = self.iserver.supported_tokens
        without = mode == ua.MessageSecurityMode.None_
        self.iserver.supported_tokens = (ua.AnonymousIdentityToken if without else ua.UserNameIdentityToken,)
        try:
            super()._set_endpoints(policy, mode, level)
        finally:
            self.iserver.supported_tokens = every

    async def start(self) -> None:
        """Listen. Raises OSError when the address cannot be had."""
        await self._setup_server_nodes()
        await self.iserver.start()
        host, port = self._get_bind_socket_info()
        listener = _GuardedBinaryServer(self.iserver, host, port, self.limits)
        listener.set_policies(self._policies)
        try:
            await listener.start()
        except OSError:
            await self.iserver.stop()
            raise
        self.bserver = listener

    async def change_certificate(self, own: OwnCertificate) -> None:
        """Show another certificate to new connections; those that are open go on with theirs."""
        await self.load_certificate(own.certificate)
        await self.load_private_key(own.key)
        self.iserver.endpoints.clear()
        self._policies = []
        await self._setup_server_nodes()
        assert self.bserver is not None  # started
        self.bserver.set_policies(self._policies)

    async def stop(self) -> None:
        """Close the port and every session, without waiting for the clock's next second."""
        clock, self.iserver.time_task = self.iserver.time_task, None
        if clock is not None:
            clock.cancel()
            await asyncio.gather(clock, return_exceptions=True)
        await super().stop()

    @property
    def port(self) -> int:
        """The port it listens on."""
        assert self.bserver is not None  # asked for after the start only
        return int(self.bserver.port)
