"""What the server's guard goes by: bounds, who a caller is, and who decides what the caller may do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from asyncua import ua
from asyncua.crypto.permission_rules import User as ServerUser
from asyncua.crypto.permission_rules import UserRole

from plc.opcua.admission import Admission
from plc.opcua.certificates import TrustList
from plc.opcua.ports import Role, Users
from plc.opcua.settings import Limits


@dataclass(slots=True)
class Caller(ServerUser):
    """Who is behind a session; asyncua sees a plain user."""

    role: UserRole = UserRole.User
    name: str | None = None
    rights: Role = Role.OBSERVER
    session: str = ""


Calls = Callable[[Caller, ua.CallMethodRequest], Awaitable[ua.CallMethodResult]]
Writes = Callable[[Caller, ua.WriteValue], Awaitable[ua.StatusCode]]


@dataclass(slots=True)
class Rules:
    """What the guard asks, filled in once the nodes are there."""

    users: Users
    trust: TrustList
    limits: Limits
    anonymous: bool = False
    """Whether those without a name may read."""
    call: Calls | None = None
    write: Writes | None = None
    may_call: Callable[[Role, ua.NodeId], bool] = lambda _role, _node: False
    may_write: Callable[[Role, ua.NodeId], bool] = lambda _role, _node: False
    admission: Admission = field(init=False)
    ended: list[Callable[[str], None]] = field(default_factory=list)
    """Told of each session that ends."""
    wrong: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Wrong passwords in a row, and when the last one came, by certificate."""

    def __post_init__(self) -> None:
        """Make what counts connections, by the limits."""
        self.admission = Admission(self.limits.handshakes_per_s, self.limits.handshakes_at_once)
