"""An OPC UA client that brings values to another's server: it writes variables, or calls a method, one set after another.

Only SignAndEncrypt, and only to a server whose certificate is in the same trust list that lets clients into our own server.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asyncua import Client, Node, ua
from asyncua.crypto.security_policies import SecurityPolicyAes256Sha256RsaPss, SecurityPolicyBasic256Sha256
from asyncua.crypto.uacrypto import CertProperties

from plc.opcua.certificates import CertificateError, TrustList, ensure_own, thumbprint
from plc.opcua.settings import application_uri

Value = str | int | float | bool | datetime

ACKNOWLEDGE_POLL_S = 0.05
CLOSE_S = 1.0
_POLICIES = (SecurityPolicyAes256Sha256RsaPss, SecurityPolicyBasic256Sha256)
_REFUSALS = frozenset(
    {
        ua.StatusCodes.BadOutOfRange,
        ua.StatusCodes.BadTypeMismatch,
        ua.StatusCodes.BadInvalidArgument,
        ua.StatusCodes.BadRequestTooLarge,
        ua.StatusCodes.BadEncodingLimitsExceeded,
        ua.StatusCodes.BadEntryExists,
    }
)
"""Status codes that speak of the values; any other bad one speaks of the server, our rights or the moment."""
_TEXTS = frozenset({ua.VariantType.String, ua.VariantType.LocalizedText})
_INTEGERS = {
    ua.VariantType.SByte: (-(2**7), 2**7 - 1),
    ua.VariantType.Byte: (0, 2**8 - 1),
    ua.VariantType.Int16: (-(2**15), 2**15 - 1),
    ua.VariantType.UInt16: (0, 2**16 - 1),
    ua.VariantType.Int32: (-(2**31), 2**31 - 1),
    ua.VariantType.UInt32: (0, 2**32 - 1),
    ua.VariantType.Int64: (-(2**63), 2**63 - 1),
    ua.VariantType.UInt64: (0, 2**64 - 1),
}
_FLOATS = frozenset({ua.VariantType.Float, ua.VariantType.Double})


class PushError(Exception):
    """Nothing can be brought there now; the text says why, and what to do where one can."""


class PushRefusedError(Exception):
    """The server will not have these values; the text says what it said."""


@dataclass(frozen=True, slots=True)
class PushSettings:
    """Where to, as whom, and what goes where.

    Either `variables`, field by node id, are written, and `acknowledge` names the node where the server repeats the result's
    sequence or id; or `method` of `owner` is called with the fields of `arguments`.
    """

    url: str
    station: str
    certificates: Path
    user: str | None = None
    variables: Mapping[str, str] | None = None
    acknowledge: str | None = None
    owner: str = ""
    method: str = ""
    arguments: Sequence[str] = ()
    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True)
class _Target:
    """What one field goes to."""

    field: str
    node: str
    kind: ua.VariantType

    def value(self, fields: Mapping[str, Value]) -> ua.Variant:
        """Return the field as the server takes it. Raises `PushError`, `PushRefusedError`."""
        return ua.Variant(_converted(fields[self.field], self), self.kind)


class Push:
    """One server, connected when there is something to bring."""

    def __init__(self, settings: PushSettings, read_password: Callable[[], str | None]) -> None:
        self._settings = settings
        self._read_password = read_password
        self._trust = TrustList(settings.certificates)
        self._client: Client | None = None
        self._targets: tuple[_Target, ...] = ()
        self._names: tuple[str, ...] = ()

    async def send(self, fields: Mapping[str, Value]) -> None:
        """Bring one set of values there.

        Raises
        ------
        PushError
            If the server is not there or will have nothing now.
        PushRefusedError
            If it will not have these values.
        """
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                client = self._client or await self._connect()
                values = [target.value(fields) for target in self._targets]
                if self._settings.variables is None:
                    await self._call(client, values)
                else:
                    await self._write(client, values)
                    await self._acknowledged(client, fields)
        except PushRefusedError:
            raise
        except TimeoutError:
            await self.close()
            raise PushError(f"no answer within {self._settings.timeout_s:g} s{self._awaited()}") from None
        except (OSError, ua.UaError, CertificateError) as error:
            await self.close()
            raise PushError(_text(error)) from None
        except PushError:
            await self.close()
            raise

    async def close(self) -> None:
        """Disconnect; safe to call twice."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError, ua.UaError, TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await client.disconnect()

    def _awaited(self) -> str:
        node = self._settings.acknowledge
        return f"; {node} must repeat the result's sequence or result_id" if node is not None else ""

    async def _connect(self) -> Client:
        settings = self._settings
        uri = application_uri(settings.station)
        now = datetime.now(UTC)
        own = await asyncio.to_thread(ensure_own, settings.certificates, uri, settings.station, now)
        client = Client(settings.url, timeout=settings.timeout_s)
        client.application_uri, client.name = uri, settings.station
        policy, certificate = await self._trusted_endpoint(client)
        await client.set_security(
            policy, own.certificate, own.key, server_certificate=CertProperties(certificate, "der")
        )
        if settings.user is not None:
            client.set_user(settings.user)
            client.set_password(self._read_password() or "")
        self._client = client  # from here on there is something to close
        try:
            await client.connect()
        except ConnectionError as error:  # what a server does that does not know us, most of the time without a word
            remedy = "have the server trust the station's certificate (`station opcua certificate show`)"
            raise PushError(f"{_text(error)} as the encrypted channel was opened; if it stays so, {remedy}") from None
        self._names = tuple(await client.get_namespace_array())
        self._targets = tuple(await self._find_targets(client))
        return client

    async def _trusted_endpoint(self, client: Client) -> tuple[Any, bytes]:
        """Return the best policy that the server offers, and its certificate, before anything is said to it."""
        endpoints = await client.connect_and_get_server_endpoints()
        for policy in _POLICIES:
            for endpoint in endpoints:
                mode = endpoint.SecurityMode
                if endpoint.SecurityPolicyUri == policy.URI and mode == ua.MessageSecurityMode.SignAndEncrypt:
                    self._check_trust(endpoint.ServerCertificate or b"")
                    return policy, endpoint.ServerCertificate
        raise PushError(
            "the server offers no encrypted endpoint: switch on Basic256Sha256 or Aes256_Sha256_RsaPss there"
        )

    def _check_trust(self, der: bytes) -> None:
        why = self._trust.why_not(der, datetime.now(UTC))
        if why is not None:
            kept = self._trust.reject(der)
            remedy = f"; `station opcua trust add {thumbprint(der)[:12]}` trusts it" if kept is not None else ""
            raise PushError(f"of the server's certificate {thumbprint(der)}, {why}{remedy}")

    async def _find_targets(self, client: Client) -> list[_Target]:
        settings = self._settings
        if settings.variables is None:
            arguments = await self._arguments_of(client.get_node(self._node(settings.method)))
            pairs = zip(settings.arguments, arguments, strict=True)
            return [_Target(field, f"argument {argument.Name}", kind) for field, (argument, kind) in pairs]
        found = []
        for node, field in settings.variables.items():
            kind = await client.get_node(self._node(node)).read_data_type_as_variant_type()
            found.append(_Target(field, node, kind))
        return found

    async def _arguments_of(self, method: Node) -> list[tuple[Any, ua.VariantType]]:
        try:
            inputs = await (await method.get_child("0:InputArguments")).read_value()
        except ua.uaerrors.BadNoMatch:
            inputs = []
        if len(inputs or ()) != len(self._settings.arguments):
            raise PushError(
                f"the method takes {len(inputs or ())} arguments, the configuration has {len(self._settings.arguments)}"
            )
        found = []
        for argument in inputs:
            kind = argument.DataType.Identifier if argument.DataType.NamespaceIndex == 0 else None
            if kind not in {int(each) for each in ua.VariantType}:
                raise PushError(f"argument {argument.Name} is of a type that no field has; write variables instead")
            found.append((argument, ua.VariantType(kind)))
        return found

    def _node(self, text: str) -> ua.NodeId:
        """Return a node id; `nsu=URI;…` names its namespace by what no restart of the server changes."""
        if text.startswith("nsu="):
            uri, _, rest = text[4:].partition(";")
            if uri not in self._names:
                raise PushError(f"the server has no namespace {uri}")
            text = f"ns={self._names.index(uri)};{rest}"
        return ua.NodeId.from_string(text)

    async def _write(self, client: Client, values: Sequence[ua.Variant]) -> None:
        nodes = [self._node(target.node) for target in self._targets]
        wanted = ua.WriteParameters(
            NodesToWrite=[
                ua.WriteValue(NodeId=node, AttributeId=ua.AttributeIds.Value, Value=ua.DataValue(value))
                for node, value in zip(nodes, values, strict=True)
            ]
        )
        for target, status in zip(self._targets, await client.uaclient.write(wanted), strict=True):
            _check(status, target.node)

    async def _acknowledged(self, client: Client, fields: Mapping[str, Value]) -> None:
        if self._settings.acknowledge is None:
            return
        node = client.get_node(self._node(self._settings.acknowledge))
        wanted = {str(fields["sequence"]), str(fields["result_id"])}
        while str(await node.read_value()) not in wanted:  # noqa: ASYNC110  # a variable of another program
            await asyncio.sleep(ACKNOWLEDGE_POLL_S)

    async def _call(self, client: Client, values: Sequence[ua.Variant]) -> None:
        request = ua.CallMethodRequest(
            ObjectId=self._node(self._settings.owner),
            MethodId=self._node(self._settings.method),
            InputArguments=list(values),
        )
        (answer,) = await client.uaclient.call([request])
        _check(answer.StatusCode, "the method")


def _check(status: ua.StatusCode, what: str) -> None:
    if status.is_good():
        return
    text = f"{what}: {status.name}"
    if status.value in _REFUSALS or status.is_uncertain():
        raise PushRefusedError(text)
    raise PushError(text)


def _converted(value: Value, target: _Target) -> Any:
    """Return a value as the server's type has it."""
    kind = target.kind
    if kind in _TEXTS:
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        return ua.LocalizedText(text) if kind is ua.VariantType.LocalizedText else text
    if kind is ua.VariantType.Boolean and isinstance(value, bool):
        return value
    if kind is ua.VariantType.DateTime and isinstance(value, datetime):
        return value
    if isinstance(value, int | float) and kind in _FLOATS:
        return float(value)
    if isinstance(value, int) and kind in _INTEGERS:
        lowest, highest = _INTEGERS[kind]
        if not lowest <= value <= highest:
            raise PushRefusedError(f"{target.node}: {target.field} = {value} does not fit {kind.name}")
        return int(value)
    raise PushError(f"{target.node} takes {kind.name}, {target.field} is none; map another field to it")


def _text(error: Exception) -> str:
    name = type(error).__name__
    return f"{name}: {error}" if str(error) else name
