"""What the configuration says of the OPC UA server, in the server's own terms."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path

from plc.opcua.ports import Asset, Configuration, Identity, Maintenance, Nameplate
from plc.opcua.settings import Limits, ServerSettings
from station.config import StationConfig
from station.line.status import read_status

SIMULATED = "simulated"
_MACHINE_ID = Path("/etc/machine-id")
_SERIAL_DIGITS = 16


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
        anonymous=opcua.anonymous_read_only,
    )


def read_configuration(path: Path, config: StationConfig) -> Configuration:
    """Describe the station's configuration by its name and the hash of its file. Raises OSError."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    simulated = all(camera.backend == SIMULATED for camera in config.camera)
    return Configuration(Identity(config.station.name, "", digest), modified, simulated)


def read_asset(config: StationConfig) -> Asset:
    """Describe the station as an asset; what its cameras are, they say themselves once they are up."""
    asset = config.asset
    serial = asset.serial_number or _serial_of_installation(config.station.name)
    plate = Nameplate(
        manufacturer=asset.manufacturer,
        serial_number=serial,
        product_instance_uri=asset.product_instance_uri or f"{server_settings(config).application_uri}:{serial}",
        model=asset.model,
        manufacturer_uri=asset.manufacturer_uri,
        product_code=asset.product_code,
        hardware_revision=asset.hardware_revision,
        software_revision=version("inspection-station"),
        location=asset.location,
        asset_id=asset.asset_id,
    )
    days = (asset.last_service, asset.next_service, asset.last_calibration, asset.next_calibration)
    cameras = {camera.name: Nameplate("", "") for camera in config.camera}
    return Asset(config.station.name, plate, cameras, Maintenance(*map(_beginning, days)))


def _beginning(day: date | None) -> datetime | None:
    """Return when a day begins, by UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


def read_cameras(config: StationConfig) -> Mapping[str, Nameplate]:
    """Return what the engine last wrote about its cameras, by their names."""
    devices = (read_status(config.station.data) or {}).get("devices", {})
    return {
        name: Nameplate(manufacturer=device["vendor"], serial_number=device["serial"], model=device["model"])
        for name, device in devices.items()
    }


def read_temperatures(config: StationConfig) -> Mapping[str, float]:
    """Return the temperatures in °C that the engine last heard of, by the cameras' names."""
    figures = (read_status(config.station.data) or {}).get("figures", {})
    return {name: said["temperature_c"] for name, said in figures.items() if "temperature_c" in said}


def _serial_of_installation(name: str) -> str:
    """Return a number that stays: of the operating system's id, which itself is not for the network (machine-id(5))."""
    try:
        machine = _MACHINE_ID.read_text("utf-8").strip()
    except OSError:
        machine = ""
    return hashlib.sha256(f"inspection-station {machine} {name}".encode()).hexdigest()[:_SERIAL_DIGITS]
