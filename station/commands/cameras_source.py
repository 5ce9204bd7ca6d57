"""Which camera an action of `station cameras` is about: one of a configuration, or one described on the command line."""

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from station.scenario import read_scenario
from station.toml_file import ConfigError

if TYPE_CHECKING:
    from camera.device import FeatureValue
    from camera.settings import CameraSettings

FRAME_DEADLINE_S = 10.0
"""How long a camera described on the command line may take for a picture; it may stream slowly."""
_PACED_BY_US = ("replay", "simulated")
"""Backends that take software triggers for certain; any other camera is let run free unless told otherwise."""


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which camera is meant."""
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="a camera of --config; may be left out where it is the only one"
    )
    parser.add_argument("--config", type=Path, metavar="F", help="the station's configuration")
    parser.add_argument("--backend", metavar="B", help="without --config: the backend, such as genicam")
    _add_pairs(parser, "--option", "an option of the backend")
    _add_pairs(parser, "--feature", "an SFNC feature to set")
    faults = parser.add_mutually_exclusive_group()
    script = "what a simulated or replay camera does wrong, such as 'incomplete@12, black=0.02'"
    faults.add_argument("--faults", metavar="SCRIPT", help=script)
    faults.add_argument("--scenario", type=Path, metavar="FILE", help="the same from a TOML file of [[fault]] tables")
    # The command itself has --json with a default; another default here would undo `station cameras --json grab`.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def _add_pairs(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    text = f"{what}, may be repeated; a number meant as text needs quotes within: 'KEY=\"123\"'"
    parser.add_argument(name, action="append", default=[], metavar="KEY=VALUE", help=text)


def camera_meant(args: argparse.Namespace) -> "CameraSettings":
    """Return the settings of the camera that is meant.

    Raises
    ------
    ConfigError
        If none is, or its options are not those of its backend.
    """
    from camera.device import CameraError
    from camera.registry import make_device

    if (args.config is None) == (args.backend is None):
        raise ConfigError("name a camera of --config F, or describe one with --backend B --option KEY=VALUE")
    settings = _with_faults(_described(args) if args.config is None else _configured(args), args)
    settings = replace(settings, features={**settings.features, **read_pairs("--feature", args.feature)})
    try:
        make_device(settings)
    except CameraError as error:
        raise ConfigError(str(error)) from None
    return settings


def _with_faults(settings: "CameraSettings", args: argparse.Namespace) -> "CameraSettings":
    if args.faults is None and args.scenario is None:
        return settings
    if settings.backend not in _PACED_BY_US:
        raise ConfigError(f"camera {settings.name!r} is real; --faults and --scenario are for simulated and replay")
    script = args.faults if args.scenario is None else read_scenario(args.scenario)
    return replace(settings, options={**settings.options, "faults": script})


def _described(args: argparse.Namespace) -> "CameraSettings":
    from camera.device import TriggerKind
    from camera.settings import CameraSettings

    kind = TriggerKind.SOFTWARE if args.backend in _PACED_BY_US else TriggerKind.FREE_RUN
    options = read_pairs("--option", args.option)
    return CameraSettings(
        args.name or args.backend, args.backend, options, trigger=kind, frame_deadline_s=FRAME_DEADLINE_S
    )


def _configured(args: argparse.Namespace) -> "CameraSettings":
    from station.config import camera_settings, load_station
    from station.line.setups import without_wire

    cameras = {settings.name: settings for settings in camera_settings(load_station(args.config))}
    name = args.name or (next(iter(cameras)) if len(cameras) == 1 else None)
    if name not in cameras:
        said = "which camera?" if name is None else f"no camera {name!r};"
        raise ConfigError(f"{args.config}: {said} there are {', '.join(cameras)}")
    settings = without_wire(cameras[name])
    return replace(settings, options={**settings.options, **read_pairs("--option", args.option)})


def read_pairs(name: str, pairs: Sequence[str]) -> "dict[str, FeatureValue]":
    """Read KEY=VALUE pairs: values as TOML has them (12, 0.5, true, "text"), anything else as the text it is.

    Raises
    ------
    ConfigError
        If one has no key or no equals sign.
    """
    values: dict[str, FeatureValue] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not key or not equals:
            raise ConfigError(f"{name} {pair!r}: write KEY=VALUE")
        values[key] = _value(text)
    return values


def _value(text: str) -> "FeatureValue":
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value if isinstance(value, bool | int | float | str) else text
