"""The OPC UA server of a MES that takes results: a variable for each field, and a method that takes three of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asyncua import Server, ua
from asyncua.crypto.permission_rules import User, UserRole
from asyncua.server.user_managers import UserManager
from delivery_parts import SECRET

from plc.opcua.certificates import OwnCertificate, TrustList, ensure_own

URI = "urn:test:mes"
SPACE = "http://mes.example/results"
KINDS = {
    "Verdict": ("", ua.VariantType.String),
    "Evaluation": (0, ua.VariantType.Byte),
    "Score": (0.0, ua.VariantType.Float),
    "Final": (False, ua.VariantType.Boolean),
    "Time": (datetime(2000, 1, 1, tzinfo=UTC), ua.VariantType.DateTime),
    "Sequence": (0, ua.VariantType.UInt32),
    "Taken": (0, ua.VariantType.UInt32),
}


class Users(UserManager):
    """Only the station gets in."""

    def get_user(self, _iserver: Any, username: Any = None, password: Any = None, **_certificate: Any) -> Any:
        return User(role=UserRole.Admin) if (username, password) == ("station", SECRET) else None


class Mes:
    """The other side: a server with a variable for each field, and a method that takes three of them."""

    def __init__(self, server: Server, url: str, own: OwnCertificate) -> None:
        self.server = server
        self.url = url
        self.own = own
        self.called: list[tuple[Any, ...]] = []
        self.answer = ua.StatusCode()

    def trusted_by(self, certificates: Path) -> None:
        """Let the station with these certificates trust us."""
        ensure_own(certificates, "urn:inspection-station:line-7", "line-7", datetime.now(UTC))
        TrustList(certificates).trust(str(self.own.certificate))

    count = ua.VariantType.UInt32
    """The type of its Sequence and Taken."""

    async def value(self, name: str) -> Any:
        return await self.server.get_node(f"ns=2;s={name}").read_value()

    async def take(self, _parent: ua.NodeId, *arguments: ua.Variant) -> Any:
        self.called.append(tuple(argument.Value for argument in arguments))
        return self.answer if not self.answer.is_good() else []


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Mes]:
    server = Server(user_manager=Users())
    await server.init()
    own = ensure_own(folder / "mes", URI, "mes", datetime.now(UTC))
    await server.set_application_uri(URI)
    await server.load_certificate(own.certificate)
    await server.load_private_key(own.key)
    server.set_endpoint("opc.tcp://127.0.0.1:0/")
    server.set_security_policy([ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt])
    server.set_identity_tokens([ua.UserNameIdentityToken])
    assert await server.register_namespace(SPACE) == 2
    mes = await server.nodes.objects.add_object(ua.NodeId("Mes", 2), "2:Mes")
    for name, (first, kind) in KINDS.items():
        variable = await mes.add_variable(ua.NodeId(name, 2), f"2:{name}", first, kind)
        await variable.set_writable()
    await server.start()
    port = server.bserver.port
    found = Mes(server, f"opc.tcp://127.0.0.1:{port}/", own)
    inputs = [ua.VariantType.String, ua.VariantType.Int32, ua.VariantType.String]
    await mes.add_method(ua.NodeId("Take", 2), "2:Take", found.take, inputs, [])
    try:
        yield found
    finally:
        await server.stop()
