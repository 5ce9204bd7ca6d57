"""`station cameras features`: what a device says of itself, by SFNC names, as TOML; or a file of it back to the device."""

import argparse
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.cameras_source import add_source, camera_meant
from station.commands.output import emit_json, say
from station.feature_file import read_feature_file
from station.toml_file import ConfigError

if TYPE_CHECKING:
    from camera.device import CameraInfo, FeatureValue
    from camera.settings import CameraSettings


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action's own parser."""
    parser = subparsers.add_parser("features", help="read every feature of one camera, as TOML, or set those of a file")
    add_source(parser)
    parser.add_argument(
        "--load", type=Path, metavar="FILE", help="first set the features of this file, and read them back"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the TOML to a file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read a camera's features, after setting those of a file. Raises `ConfigError`, `CameraError`."""
    settings = camera_meant(args)
    loaded: Mapping[str, FeatureValue] = {}
    if args.load is not None:
        loaded = read_feature_file(args.load)
        settings = replace(settings, features={**settings.features, **loaded})
    info, features, settable = read(settings)
    text = as_toml(info, features, settable)
    if args.out is not None:
        try:
            args.out.write_text(text)
        except OSError as error:
            raise ConfigError(f"{args.out} cannot be written: {error.strerror}; name another file") from None
    if args.json:
        finite = {name: _finite(value) for name, value in features.items()}
        emit_json({"camera": settings.name, "backend": settings.backend, "loaded": len(loaded), "features": finite})
    elif args.load is not None:
        say(f"{settings.name}: {len(loaded)} features of {args.load} are set and read back")
    elif args.out is None:
        say(text.rstrip())
    return 0


def read(settings: "CameraSettings") -> "tuple[CameraInfo, dict[str, FeatureValue], frozenset[str]]":
    """Open a device, set what the settings want, read every feature and which can be set. Raises `CameraError`."""
    from camera.features import restore
    from camera.registry import make_device

    device = make_device(settings)
    try:
        info = device.open()
        return info, restore(device, settings), device.settable()
    finally:
        device.close()


def as_toml(info: "CameraInfo", features: "Mapping[str, FeatureValue]", settable: Collection[str]) -> str:
    """Write features as the table `[camera.features]` of `station.toml`; those that cannot be set are comments."""
    head = f"# {info.backend}: {info.vendor} {info.model}, serial {info.serial}"
    lines = [f"{'' if name in settable else '# '}{_key(name)} = {_value(value)}" for name, value in features.items()]
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
