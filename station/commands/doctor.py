"""`station doctor`: looks at everything a station needs and says how to mend what is wrong."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psutil

from camera.device import CameraInfo
from camera.settings import CameraSettings
from station import probes
from station.commands.options import add_config, add_json
from station.commands.output import emit_json, say
from station.config import PlcMode, StationConfig, camera_settings, load_station
from station.doctor import (
    Check,
    State,
    check_anonymous,
    check_audit_key,
    check_camera,
    check_camera_priority,
    check_display,
    check_engine,
    check_free_space,
    check_listening,
    check_memory,
    check_model,
    check_modules,
    check_opcua,
    check_opcua_port,
    check_peer,
    check_python,
    check_receive_buffer,
    check_recipe,
    check_running_camera,
    check_sqlite,
    check_writable,
    exit_code,
    is_running,
)
from station.doctor_network import camera_address, check_way
from station.line.recipe import load_active_recipe


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("doctor", help="check cameras, model, disk, ports, kernel settings, display")
    add_config(parser, required=False)
    add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the machine and, with a configuration, the station. Raises `ConfigError`."""
    config = load_station(args.config) if args.config else None
    checks = examine(config)
    code = exit_code(checks)
    if args.json:
        shown = [
            {"name": check.name, "state": check.state.value, "text": check.text, "remedy": check.remedy}
            for check in checks
        ]
        emit_json({"ok": code == 0, "checks": shown})
    else:
        say(as_text(checks))
    return code


def as_text(checks: Sequence[Check]) -> str:
    """Give one line a check, and one below it where there is something to do."""
    width = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        lines.append(f"{check.state.value:<8} {check.name:<{width}}  {check.text}")
        if check.remedy:
            lines.append(f"{'':<8} {'':<{width}}  -> {check.remedy}")
    return "\n".join(lines)


def examine(config: StationConfig | None) -> list[Check]:
    """Run every check; those of the station only where there is a configuration and the libraries load."""
    cameras = camera_settings(config) if config else ()
    checks = list(_machine(cameras))
    libraries_load = all(check.state is not State.FAIL for check in checks if check.name == "packages")
    if config is not None and libraries_load:
        checks += _station(config, cameras)
    return checks


def _machine(cameras: Sequence[CameraSettings]) -> Iterator[Check]:
    yield check_python((sys.version_info.major, sys.version_info.minor))
    packages = check_modules(probes.LIBRARIES, probes.load_module)
    yield packages
    if packages.state is State.OK:
        yield check_sqlite(probes.check_sqlite)
    yield check_memory(psutil.virtual_memory().available, cameras)
    yield check_receive_buffer(probes.rmem_max(), cameras)
    yield check_camera_priority(cameras, probes.may_raise_priority)
    yield check_display(os.environ)


def _station(config: StationConfig, cameras: Sequence[CameraSettings]) -> Iterator[Check]:
    data = config.station.data
    status = probes.status(data)
    running = is_running(status, datetime.now(UTC))
    writable = check_writable(data, probes.write_and_sync)
    yield writable
    if writable.state is State.OK:
        yield check_free_space(data, psutil.disk_usage(str(data)).free, config.storage.min_free_mb * 1_000_000)
    yield check_audit_key(config.station.audit_key or probes.default_audit_key(), data, probes.mode)
    for camera in cameras:
        yield from _camera(camera, status if running else None)
    recipe, reading = check_recipe(lambda: load_active_recipe(config))
    yield reading
    provider = config.model.provider
    for view in recipe.views if recipe else ():
        yield check_model(view.name, view.model, lambda name: probes.read_model(data / "models", name, provider))
    if config.plc.mode is PlcMode.SERVER:
        yield check_listening(config.plc.host, config.plc.port, probes.bind, running=running)
    elif config.plc.mode is PlcMode.CLIENT:
        yield check_peer(config.plc.host, config.plc.port, probes.connect)
    if config.opcua.enabled:
        yield check_opcua_port(config.opcua.host, config.opcua.port, probes.bind, running=running)
        yield check_opcua(*probes.opcua_access(config))
        if config.opcua.anonymous_read_only:
            yield check_anonymous(config.opcua.host, config.opcua.port)
    for destination in config.delivery:
        yield probes.delivery(data, destination)
    yield from check_engine(status, running=running)


def _camera(settings: CameraSettings, status: Mapping[str, Any] | None) -> Iterator[Check]:
    """Look at a camera and the way to it; `status` is that of the running engine, which then holds the camera."""
    told = ""

    def opened(settings: CameraSettings) -> CameraInfo:
        nonlocal told
        info = probes.open_camera(settings)
        told = info.address
        return info

    yield check_camera(settings, opened) if status is None else check_running_camera(settings.name, status)
    if address := camera_address(settings, told):
        yield from check_way(settings, address, probes.interfaces(), probes.route_to(address))
