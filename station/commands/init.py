"""`station init DIR`: a first configuration and a first recipe, ready to run with the simulated camera."""

import argparse
import sys
from importlib import resources
from pathlib import Path

from station.toml_file import ConfigError

FILES = {"station.toml": "station.toml", "plate-A.toml": "recipes/plate-A.toml"}
"""Template to the place it is written to."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser."""
    parser = subparsers.add_parser("init", help="write a commented station.toml and a first recipe")
    parser.add_argument("dir", type=Path, metavar="DIR", help="folder to write to; made if it is not there")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the files, or none of them if one is there already. Raises `ConfigError`."""
    written = write_first_station(args.dir)
    sys.stdout.write("".join(f"{path}\n" for path in written))
    config = args.dir / "station.toml"
    sys.stderr.write(f"next: station learn --config {config}, then station run --config {config}\n")
    return 0


def write_first_station(folder: Path) -> list[Path]:
    """Write every template below `folder` and return the paths.

    Raises
    ------
    ConfigError
        If one of the files exists, naming it, or a file cannot be written.
    """
    targets = {template: folder / place for template, place in FILES.items()}
    for path in targets.values():
        if path.exists():
            raise ConfigError(f"{path} exists already and is left as it is; name another folder, or remove it first")
    for template, path in targets.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(resources.files("station.templates").joinpath(template).read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"{path}: cannot be written: {error.strerror}; choose a folder of your own") from None
    return list(targets.values())
