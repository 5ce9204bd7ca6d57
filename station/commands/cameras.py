"""`station cameras`: what cameras there are; its actions look through one of them."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands import cameras_calibrate, cameras_features, cameras_grab, cameras_watch
from station.commands.options import add_json

if TYPE_CHECKING:
    from camera.device import CameraInfo


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("cameras", help="list the cameras that are there; grab, watch, features, calibrate")
    parser.add_argument(
        "--cti",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a GenTL producer to ask, may be repeated; without it, those of GENICAM_GENTL64_PATH",
    )
    add_json(parser)
    parser.set_defaults(run=run)
    actions = parser.add_subparsers(metavar="ACTION", required=False)
    for action in (cameras_grab, cameras_watch, cameras_features, cameras_calibrate):
        action.add_parser(actions)


def run(args: argparse.Namespace) -> int:
    """List every camera that the backends find."""
    from rich.table import Table

    from station.commands.output import console, emit_json

    found = find(args.cti)
    if args.json:
        emit_json({"cameras": [asdict(info) for info in found]})
        return 0
    table = Table("backend", "vendor", "model", "serial", "size", "pixel formats")
    for info in found:
        size = f"{info.width}x{info.height}"
        table.add_row(info.backend, info.vendor, info.model, info.serial, size, ", ".join(info.pixel_formats))
    console().print(table)
    return 0


def find(producers: list[Path]) -> list["CameraInfo"]:
    """Return what the GenTL producers, the network and the simulation offer.

    Raises
    ------
    CameraError
        If a producer that was named cannot be used.
    """
    from camera.registry import discover, is_installed

    options = [{"cti": str(producer)} for producer in producers] or [{}]
    through_producers = [info for option in options for info in discover("genicam", option)]
    without_producer = discover("gige", {}) if is_installed("gige") and not producers else []
    return [*through_producers, *without_producer, *discover("simulated", {})]
