"""`station cameras features`: what a device says of itself, by SFNC names, as TOML."""

import argparse
import json
import re
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.cameras_source import add_source, camera_meant
from station.commands.output import emit_json, say
from station.toml_file import ConfigError

if TYPE_CHECKING:
    from camera.device import CameraInfo, FeatureValue
    from camera.settings import CameraSettings


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action's own parser."""
    parser = subparsers.add_parser("features", help="read every feature of one camera, as TOML")
    add_source(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the TOML to a file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read a camera's features. Raises `ConfigError`, `CameraError`."""
    settings = camera_meant(args)
    info, features = read(settings)
    text = as_toml(info, features)
    if args.out is not None:
        try:
            args.out.write_text(text)
        except OSError as error:
            raise ConfigError(f"{args.out} cannot be written: {error.strerror}; name another file") from None
    if args.json:
        finite = {name: _finite(value) for name, value in features.items()}
        emit_json({"camera": settings.name, "backend": settings.backend, "features": finite})
    elif args.out is None:
        say(text.rstrip())
    return 0


def read(settings: "CameraSettings") -> "tuple[CameraInfo, dict[str, FeatureValue]]":
    """Open a device, set what the settings want, and read every feature. Raises `CameraError`."""
    from camera.registry import make_device

    device = make_device(settings)
    try:
        info = device.open()
        device.set_features(settings.features)
        return info, device.features()
    finally:
        device.close()


def as_toml(info: "CameraInfo", features: "Mapping[str, FeatureValue]") -> str:
    """Write features as the table `[camera.features]` of `station.toml`; read-only ones are among them."""
    head = f"# {info.backend}: {info.vendor} {info.model}, serial {info.serial}"
    lines = [f"{_key(name)} = {_value(value)}" for name, value in features.items()]
    return "\n".join((re.sub(r"[\x00-\x1f\x7f]", " ", head), "[camera.features]", *lines, ""))


def _finite(value: "FeatureValue") -> "FeatureValue | None":
    return None if isinstance(value, float) and not isfinite(value) else value


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _value(value: "FeatureValue") -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """A basic string of TOML: that of JSON, but for one character more to be escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
