"""What the doctor's checks look at, on this machine.

Modules that need a library which may itself be broken are imported when a probe is used, so that the doctor always starts.
"""

# ruff: noqa: PLC0415 - see above
import importlib
import os
import queue
import socket
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path
from typing import Any

import psutil

from camera.client import CameraClient
from camera.device import CameraError, CameraInfo
from camera.events import CameraDown, CameraEvent, CameraUp
from camera.priority import raise_priority
from camera.settings import CameraSettings
from models.errors import ModelError
from models.providers import Provider
from station.config import StationConfig
from station.delivery.settings import DeliveryTable
from station.doctor import Check, State
from station.doctor_network import Interface

CONNECT_S = 2.0
"""How long a PLC may take to answer."""
LIBRARIES = (
    "camera.backends.genicam",
    "camera.backends.replay",
    "camera.backends.simulated",
    "models.session",
    "plc.modbus",
    "plc.opcua.server",
    "plc.sparkplug.edge",
    "station.delivery.webhook",
    "station.journal.store",
    "station.journal.images",
)
"""Modules that load every library the station stands on."""


def load_module(name: str) -> None:
    """Import a module. Raises `ImportError`, or `OSError` for a library of the system that is missing."""
    importlib.import_module(name)


def rmem_max() -> int | None:
    """Read the kernel's limit for socket receive buffers in bytes; None where it cannot be read."""
    try:
        return int(Path("/proc/sys/net/core/rmem_max").read_text())
    except (OSError, ValueError):
        return None


def may_raise_priority() -> bool:
    """Try whether a thread gets real-time priority, in one that ends with it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(raise_priority).result()


def interfaces() -> tuple[Interface, ...]:
    """List the network interfaces that are up."""
    addresses = psutil.net_if_addrs()
    return tuple(
        Interface(
            name,
            tuple(
                IPv4Interface(f"{entry.address}/{entry.netmask}")
                for entry in addresses.get(name, ())
                if entry.family == socket.AF_INET and entry.netmask
            ),
            status.mtu,
            _rp_filter(name),
            is_loopback="loopback" in status.flags.split(","),
        )
        for name, status in psutil.net_if_stats().items()
        if status.isup
    )


def _rp_filter(name: str) -> int | None:
    """Read the reverse path filter in force: the greater of the interface's own and that of all."""
    conf = Path("/proc/sys/net/ipv4/conf")
    try:
        return max(int((conf / place / "rp_filter").read_text()) for place in ("all", name))
    except (OSError, ValueError):
        return None


def route_to(address: IPv4Address) -> str | None:
    """Name the interface the kernel sends to an address by, None where it knows none; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((str(address), 9))  # of a datagram socket this only looks up the route
        except OSError:
            return None
        own = asked.getsockname()[0]
    return next((found.name for found in interfaces() if own in {str(one.ip) for one in found.addresses}), None)


def write_and_sync(folder: Path) -> None:
    """Write a file, sync it and its folder, remove it. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())
        directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def opcua_access(config: StationConfig) -> tuple[dict[str, str], int, int]:
    """Return the OPC UA users with their roles, and how many certificates are trusted and refused. Raises `ConfigError`."""
    from plc.opcua.certificates import TrustList
    from station.gateway.settings import opcua_folder
    from station.gateway.users import UserFile

    folder = opcua_folder(config)
    trust = TrustList(folder / "certificates")
    users = {name: role.name.lower() for name, role in UserFile(folder).names().items()}
    return users, len(list(trust.trusted())), len(list(trust.rejected()))


def delivery(data: Path, destination: DeliveryTable) -> Check:
    """Check a destination's queue and its secret. Reads the queue."""
    from station.delivery.standing import check_delivery, standing_of
    from station.journal.errors import StorageError

    try:
        return check_delivery(destination, standing_of(data, destination))
    except StorageError as error:
        return Check(f"delivery {destination.name}", State.FAIL, str(error), "mend what it names")


def bind(host: str, port: int) -> None:
    """Take a TCP port for a moment. Raises `OSError`."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)


def connect(host: str, port: int) -> None:
    """Reach a TCP port. Raises `OSError`."""
    socket.create_connection((host, port), CONNECT_S).close()


def open_camera(settings: CameraSettings) -> CameraInfo:
    """Open a camera in a worker of its own, as the station does, and let it go. Raises `CameraError`."""
    events: queue.Queue[CameraEvent] = queue.Queue()
    client = CameraClient(settings, events.put)
    client.start()
    try:
        while True:
            match events.get(timeout=settings.open_deadline_s + CONNECT_S):
                case CameraUp(info=info):
                    return info
                case CameraDown(reason=reason):
                    raise CameraError(reason)
    except queue.Empty:
        raise CameraError(f"camera {settings.name} says nothing") from None
    finally:
        client.stop()


def read_model(root: Path, name: str, provider: Provider) -> str:
    """Load the deployed version of a model as the engine would, and return it with what it runs on. Raises `ModelError`."""
    from models.predictor import Predictor
    from models.shelf import Shelf

    shelf = Shelf(root)
    version = shelf.deployed(name)
    if version is None:
        raise ModelError(f"no version of model {name!r} is deployed in {shelf.root}")
    predictor = Predictor.load(shelf.folder(name, version), threads=1, provider=provider)
    return f"{version} on {', '.join(predictor.runs_on)}"


def check_sqlite() -> None:
    """Ask the journal whether it trusts this SQLite. Raises `StorageError`."""
    from station.journal.connection import check_sqlite_version

    check_sqlite_version()


def status(data: Path) -> Mapping[str, Any] | None:
    """Read what the engine last said of itself; None where it said nothing."""
    from station.line.status import read_status

    return read_status(data)


def default_audit_key() -> Path:
    """Say where the audit key is unless the configuration names a place."""
    from station.journal.audit import default_key_path

    return default_key_path()


def mode(path: Path) -> int:
    """Read the mode of a file as in stat(2). Raises `OSError`."""
    return path.stat().st_mode
