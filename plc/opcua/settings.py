"""Where an OPC UA server listens and what it is called; needs no library of the server."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one client, and all of them, may take."""

    sessions: int = 60
    sessions_per_client: int = 10
    subscriptions_per_session: int = 10
    connections: int = 100
    handshakes_per_s: int = 5
    """Connections of one address that never become a session, in the long run; `handshakes_at_once` are read at once."""
    handshakes_at_once: int = 100


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the server listens, what it is called and where its certificates lie."""

    name: str
    host: str
    port: int
    certificates: Path
    limits: Limits = field(default_factory=Limits)
    version: str = ""
    anonymous: bool = False
    """Whether there is an endpoint for reading without encryption and without a name."""

    @property
    def application_uri(self) -> str:
        """The name that its certificate bears."""
        return application_uri(self.name)


def application_uri(name: str) -> str:
    """Return the application URI of a station."""
    return f"urn:inspection-station:{name}"
