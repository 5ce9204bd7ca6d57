"""Options several commands share, so that they read the same everywhere."""

import argparse
from pathlib import Path


def add_config(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add `--config F`."""
    parser.add_argument("--config", type=Path, metavar="F", required=required, help="the station's configuration")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print exactly one JSON object on stdout")


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add `--data DIR`."""
    parser.add_argument(
        "--data", type=Path, default=Path("station-data"), metavar="DIR", help="the data folder (default station-data)"
    )
