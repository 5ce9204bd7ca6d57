"""What a station needs, checked one by one: pure functions over what a probe brings. Nothing is mended here."""

import errno
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from camera.device import CameraError, CameraInfo
from camera.registry import HARDWARE
from camera.settings import MEBIBYTE, CameraSettings
from models.errors import ModelError
from station.journal.errors import StorageError
from station.line.recipe import Recipe
from station.toml_file import ConfigError

PYTHON_VERSIONS = ((3, 11), (3, 13))
"""First and last supported."""
GIGE_RECEIVE_BUFFER = 32 * MEBIBYTE
"""net.core.rmem_max that GigE Vision cameras at full rate need."""
FRESH = timedelta(seconds=5)
"""A running engine writes its status more often than this."""


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and how to mend it. `absent` marks a device or peer that is not there."""

    name: str
    state: State
    text: str
    remedy: str = ""
    absent: bool = False


def _ok(name: str, text: str) -> Check:
    return Check(name, State.OK, text)


def _warning(name: str, text: str, remedy: str) -> Check:
    return Check(name, State.WARNING, text, remedy)


def _fail(name: str, text: str, remedy: str, *, absent: bool = False) -> Check:
    return Check(name, State.FAIL, text, remedy, absent)


def exit_code(checks: Iterable[Check]) -> int:
    """Give 0 where nothing failed, 3 where a device or peer is absent, 1 for any other failure."""
    failed = [check for check in checks if check.state is State.FAIL]
    if any(check.absent for check in failed):
        return 3
    return 1 if failed else 0


# The machine -------------------------------------------------------------------------------------------------------


def check_python(version: tuple[int, int]) -> Check:
    """Hold the interpreter to the supported versions."""
    first, last = PYTHON_VERSIONS
    text = f"CPython {version[0]}.{version[1]}"
    if first <= version <= last:
        return _ok("python", text)
    return _fail("python", text, f"install CPython {first[0]}.{first[1]} to {last[0]}.{last[1]} and run make setup")


def check_modules(names: Sequence[str], load: Callable[[str], None]) -> Check:
    """Load the modules that stand for each library; `load` raises ImportError or OSError for one that cannot be."""
    missing = []
    for name in names:
        try:
            load(name)
        except (ImportError, OSError) as error:
            missing.append(f"{name} ({error})")
    if missing:
        return _fail("packages", f"cannot be loaded: {'; '.join(missing)}", "run make setup")
    return _ok("packages", f"{len(names)} libraries load")


def check_sqlite(check: Callable[[], None]) -> Check:
    """Refuse an SQLite that can corrupt the journal; `check` raises `StorageError` for one."""
    try:
        check()
    except StorageError as error:
        return _fail("sqlite", str(error), "run make setup")
    return _ok("sqlite", "free of the WAL-reset bug")


def check_memory(available_bytes: int, cameras: Sequence[CameraSettings]) -> Check:
    """See whether the cameras' rings fit into memory when they are full."""
    wanted = sum(camera.ring_slots * camera.max_frame_bytes for camera in cameras)
    text = f"{available_bytes // MEBIBYTE} MiB free, camera rings take {wanted // MEBIBYTE} MiB at most"
    if wanted > available_bytes:
        return _warning("memory", text, "lower ring_slots or max_frame_mb of the cameras, or add memory")
    return _ok("memory", text)


def check_receive_buffer(rmem_max: int | None, cameras: Sequence[CameraSettings]) -> Check:
    """See whether the kernel lets a GigE Vision camera buffer enough; of no matter without such a camera."""
    if rmem_max is None:
        return _ok("receive buffer", "this kernel does not tell net.core.rmem_max")
    text = f"net.core.rmem_max = {rmem_max}"
    if rmem_max < GIGE_RECEIVE_BUFFER and any(camera.backend in {"genicam", "gige"} for camera in cameras):
        remedy = f"for GigE Vision cameras: sudo sysctl -w net.core.rmem_max={GIGE_RECEIVE_BUFFER}"
        return _warning("receive buffer", text, remedy)
    return _ok("receive buffer", text)


def check_camera_priority(cameras: Sequence[CameraSettings], permitted: Callable[[], bool]) -> Check:
    """See whether what brings pictures may have real-time priority; of no matter without a real camera."""
    if not any(camera.backend in HARDWARE for camera in cameras):
        return _ok("camera priority", "no camera needs one")
    if permitted():
        return _ok("camera priority", "real-time")
    remedy = "sudo cp deploy/limits/60-inspection-station.conf /etc/security/limits.d/ and log in again"
    return _warning("camera priority", "no real-time priority; on a busy machine pictures come late", remedy)


def check_display(environment: Mapping[str, str]) -> Check:
    """Look for an X or Wayland display."""
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if environment.get(name):
            return _ok("display", f"{name} = {environment[name]}")
    return _warning("display", "none; everything runs headless", "start from a desktop session, or set DISPLAY")


# The station -------------------------------------------------------------------------------------------------------


def check_free_space(folder: Path, free_bytes: int, minimum_bytes: int) -> Check:
    """Compare the room on the data folder's disk with the watermark."""
    text = f"{free_bytes / 1e9:.1f} GB free for {folder}, parts are taken above {minimum_bytes / 1e9:.1f} GB"
    if free_bytes < minimum_bytes:
        return _fail("disk space", text, "free some space, or move station.data to a larger disk")
    return _ok("disk space", text)


def check_writable(folder: Path, write: Callable[[Path], None]) -> Check:
    """Write, sync and remove a file in the data folder; `write` raises OSError where that cannot be done."""
    try:
        write(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        return _fail("data folder", f"{folder}: {reason}", "give the station's user a writable station.data")
    return _ok("data folder", f"{folder} can be written and synced")


def check_audit_key(key: Path, data: Path, mode: Callable[[Path], int]) -> Check:
    """See that the audit key is away from the data it vouches for and its owner's alone; `mode` as in stat(2)."""
    if key.resolve().is_relative_to(data.resolve()):
        remedy = "name a place outside it in station.audit_key and move the key there"
        return _fail("audit key", f"{key} lies in the data folder", remedy)
    try:
        bits = stat.S_IMODE(mode(key))
    except FileNotFoundError:
        return _ok("audit key", f"{key} is made when the station first starts")
    except OSError as error:
        return _fail("audit key", f"{key}: {error.strerror}", "let the station's user read it")
    if bits & 0o077:
        return _fail("audit key", f"{key} may be used by other users (mode {bits:o})", f"chmod 600 {key}")
    return _ok("audit key", f"{key}, its owner's alone")


def check_camera(settings: CameraSettings, open_camera: Callable[[CameraSettings], CameraInfo]) -> Check:
    """Open a camera and let it go; `open_camera` raises `CameraError` with the reason."""
    name = f"camera {settings.name}"
    try:
        info = open_camera(settings)
    except CameraError as error:
        return _fail(name, str(error), "`station cameras` lists what is there", absent=True)
    return _ok(name, f"{info.vendor} {info.model} {info.serial}, {info.width}x{info.height} {info.pixel_format}")


def check_recipe(load: Callable[[], Recipe]) -> tuple[Recipe | None, Check]:
    """Load the active recipe; `load` raises `ConfigError`."""
    try:
        recipe = load()
    except ConfigError as error:
        return None, _fail("recipe", error.text, "correct the recipe, or line.recipe in station.toml")
    return recipe, _ok("recipe", f"{recipe.name} version {recipe.version}, number {recipe.number}")


def check_model(view: str, model: str, read: Callable[[str], str]) -> Check:
    """Read the deployed model of a view; `read` gives its version and raises `ModelError`."""
    name = f"model of {view}"
    try:
        version = read(model)
    except ModelError as error:
        return _fail(name, str(error), "`station learn` puts a model on the shelf")
    return _ok(name, f"{model} version {version}, its hash is right")


def check_listening(host: str, port: int, bind: Callable[[str, int], None], *, running: bool) -> Check:
    """See whether the station can serve the PLC on this address; `bind` raises OSError where it cannot."""
    name, where = "plc port", f"{host}:{port}"
    try:
        bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and running:
            return _ok(name, f"{where} is held by the running station")
        reason = error.strerror or str(error)
        remedy = {
            errno.EADDRINUSE: "end the program that holds it, or choose another plc.port",
            errno.EACCES: "ports below 1024 need the capability cap_net_bind_service; or choose plc.port = 1502",
        }.get(error.errno or 0, "plc.host must be an address of this machine")
        return _fail(name, f"{where}: {reason}", remedy)
    return _ok(name, f"{where} is free")


def check_peer(host: str, port: int, connect: Callable[[str, int], None]) -> Check:
    """Reach the PLC; `connect` raises OSError where nobody answers."""
    name, where = "plc", f"{host}:{port}"
    try:
        connect(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        return _fail(name, f"{where}: {reason}", "check the PLC's power, network, plc.host and plc.port", absent=True)
    return _ok(name, f"{where} answers")


def check_opcua(users: Mapping[str, str], trusted: int, rejected: int) -> Check:
    """Say who gets in over OPC UA; a server that nobody can use is closed, not broken."""
    name = "opc ua"
    if not users:
        return _ok(name, "nobody gets in: there are no users; `station opcua users add NAME --role ROLE` adds one")
    if not trusted:
        waiting = f", {rejected} wait in `station opcua trust list`" if rejected else ""
        return _ok(name, f"nobody gets in: no client's certificate is trusted{waiting}")
    roles = ", ".join(f"{user} ({role})" for user, role in sorted(users.items()))
    return _ok(name, f"users {roles}; {trusted} trusted certificates")


def check_anonymous(host: str, port: int) -> Check:
    """Say loudly that anybody may read; the switch is there for those who must, not for whom it is easier."""
    text = f"ANYBODY who reaches {host}:{port} can browse and read without a name and without encryption"
    return _warning(
        "opc ua anonymous", text, "set opcua.anonymous_read_only = false as soon as every client has a name"
    )


def check_opcua_port(host: str, port: int, bind: Callable[[str, int], None], *, running: bool) -> Check:
    """See whether the gateway can listen on this address; `bind` raises OSError where it cannot."""
    name, where = "opc ua port", f"{host}:{port}"
    try:
        bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and running:
            return _ok(name, f"{where} is held by the running station")
        reason = error.strerror or str(error)
        taken = "end the program that holds it, or choose another opcua.port"
        remedy = taken if error.errno == errno.EADDRINUSE else "opcua.host must be an address of this machine"
        return _fail(name, f"{where}: {reason}", remedy)
    return _ok(name, f"{where} is free")


# The running engine ------------------------------------------------------------------------------------------------


def is_running(status: Mapping[str, Any] | None, now: datetime) -> bool:
    """Whether the engine wrote this status a moment ago, and not as its last word."""
    if status is None or status.get("stopping"):
        return False
    try:
        return now - datetime.fromisoformat(str(status["time"])) < FRESH
    except (KeyError, ValueError, TypeError):
        return False


def check_engine(status: Mapping[str, Any] | None, *, running: bool) -> list[Check]:
    """Report what the engine last said of itself: whether it takes parts, and each standing fault."""
    if status is None:
        return [_ok("engine", "has not run with this data folder yet")]
    faults = [str(fault.get("text", fault)) for fault in status.get("faults", []) if isinstance(fault, Mapping)]
    if not running:
        text = "; ".join([f"not running; it last wrote its status {status.get('time', 'at an unknown time')}", *faults])
        return [_warning("engine", text, "`station run` starts it") if faults else _ok("engine", text)]
    if status.get("online"):
        return [_ok("engine", "running and online")]
    if status.get("paused") is not None and not faults:
        return [_warning("engine", f"running but paused: {status['paused']}", "resume it at a screen")]
    text = "; ".join([f"running but offline: {status.get('reason', 'no reason given')}", *faults])
    return [_fail("engine", text, "mend what it names; it comes back by itself")]


def check_running_camera(name: str, status: Mapping[str, Any]) -> Check:
    """Take a camera's state from the running engine, which holds it, so that nobody else can open it."""
    for fault in status.get("faults", []):
        if isinstance(fault, Mapping) and fault.get("source") == name:
            return _fail(f"camera {name}", str(fault.get("text")), "mend what it names", absent=True)
    if name in status.get("awaited", []):
        return _warning(f"camera {name}", "the running station still waits for it", "wait, then ask again")
    return _ok(f"camera {name}", "held by the running station")
