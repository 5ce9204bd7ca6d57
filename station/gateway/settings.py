"""What the configuration says of the OPC UA server, in the server's own terms."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from plc.opcua.ports import Configuration, Identity
from plc.opcua.settings import Limits, ServerSettings
from station.config import StationConfig


def opcua_folder(config: StationConfig) -> Path:
    """Where certificates, users and cursor lie."""
    return config.opcua.folder or config.station.data / "opcua"


def server_settings(config: StationConfig) -> ServerSettings:
    """Give the server's settings."""
    opcua = config.opcua
    return ServerSettings(
        name=config.station.name,
        host=opcua.host,
        port=opcua.port,
        certificates=opcua_folder(config) / "certificates",
        limits=Limits(sessions=opcua.max_sessions, sessions_per_client=opcua.max_sessions_per_client),
    )


def read_configuration(path: Path, config: StationConfig) -> Configuration:
    """Describe the station's configuration by its name and the hash of its file. Raises OSError."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Configuration(Identity(config.station.name, "", digest), modified)
